"""The agenda: now and next, by day, by room, and my own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache

from bot.actions.agenda.agenda import Agenda, overlaps
from bot.actions.questions.questions import takes_questions
from bot.programme.estimates import Runs, is_on, span, starts
from bot.programme.model import Programme, Session
from bot.texts import Html, Translator, escape
from bot.views.agenda.buttons import (
    Calendar,
    DayPage,
    MyPage,
    RoomPage,
    RoomsPage,
    SessionCard,
    Star,
)
from bot.views.agenda.runs import mark_rows
from bot.views.agenda.sessions import (
    DAY,
    MINE,
    NOW,
    ROOM,
)
from bot.views.buttons import Go, button
from bot.views.labels import WHOLE, distinguish, side_by_side
from bot.views.names import in_quotes
from bot.views.pager import pager
from bot.views.questions.buttons import AskIn
from bot.views.screen import Row, Screen, cut, in_rows, page_of, screen, shorten
from bot.views.times import expected_start, expected_times, when
from bot.who import Who

PAGE = 8  # sessions a page: two rows of number buttons
ROOMS_PAGE = 20
DAYS_SHOWN = 9  # as tabs, three rows of them
CLASHES_SHOWN = 4
GONE_SHOWN = 4
TITLE_MAX = 180  # of a title in a list; its card shows it whole
DAYS_KEPT = 256  # pages of days; about 10 KB each
QUOTED_MAX = 60  # of a title in a sentence
PLACE_MAX = 60  # of a room's name in a list
ASKS = 3  # sessions on now that have a row to ask in; fewer where staff's marks stand below
ASK_NAME = 30  # characters of a title on it
STAR, CLASH = "⭐", "⚠️"


def day_key(date: dt.date) -> str:
    return date.strftime("%Y%m%d")


def line(
    t: Translator, programme: Programme, runs: Runs, session: Session, *, number: int, mark: str, now: dt.datetime
) -> Html:
    """One session of a list: number, time, marks (whether it is on, and the reader's own `mark`), title."""
    running = is_on(programme, runs, session, now)
    title = cut(t.say(session.title), TITLE_MAX)
    if session.cancelled:
        title = Html(f"<s>{title}</s> {t('agenda.cancelled_mark')}")
    marks = ("🔴 " if running else "") + (f"{mark} " if mark else "")
    return Html(f"<b>{number}.</b> <b>{expected_times(t, programme, runs, session, now)}</b> {marks}{title}")


def place(t: Translator, programme: Programme, session: Session) -> str:
    """Its room, "" when it has none."""
    room = programme.room(session.room) if session.room else None
    return f"📍 {cut(t.say(room.name), PLACE_MAX)}" if room else ""


def place_line(t: Translator, programme: Programme, session: Session) -> str:
    """The line under a session of a list."""
    where = place(t, programme, session)
    return f"\n     {where}" if where else ""


def date_and_place(t: Translator, programme: Programme, session: Session) -> str:
    return " · ".join(part for part in (f"📅 {t.short_date(session.start)}", place(t, programme, session)) if part)


def lines(
    t: Translator,
    programme: Programme,
    runs: Runs,
    sessions: Sequence[Session],
    *,
    starred: frozenset[str],
    now: dt.datetime,
    first: int = 1,
    mark: str = STAR,
) -> list[str]:
    """The sessions numbered from `first`, two lines each; those in `starred` have the `mark`."""
    return [
        line(t, programme, runs, session, number=number, mark=mark if session.code in starred else "", now=now)
        + place_line(t, programme, session)
        for number, session in enumerate(sessions, start=first)
    ]


def dated(t: Translator, sessions: Sequence[Session], written: Sequence[str]) -> str:
    """The lines of the sessions, with the date before the first of each day."""
    parts: list[str] = []
    day: dt.date | None = None
    for session, text in zip(sessions, written, strict=True):
        if session.day != day:
            day = session.day
            parts.append(f"📅 <b>{t.date(day)}</b>")
        parts.append(text)
    return "\n\n".join(parts)


def keys(sessions: Sequence[Session], starred: frozenset[str], back: str) -> list[Row]:
    """A button for each session, with its number in the list."""
    row = [
        button(
            f"{number} {STAR}" if session.code in starred else str(number),
            SessionCard(session=session.code, back=back),
        )
        for number, session in enumerate(sessions, start=1)
    ]
    return in_rows(row, 4)


def tabs(t: Translator, here: str) -> list[Row]:
    """Where else the agenda can be looked at: three in a row, four in two rows, so that a phone shows their words."""
    places = (
        ("now", "agenda.tab_now"),
        ("days", "agenda.tab_days"),
        ("rooms", "agenda.tab_rooms"),
        ("my", "agenda.tab_my"),
    )
    others = [button(t.plain(key), Go(where=where)) for where, key in places if where != here]
    return in_rows(others, 3 if len(others) == 3 else 2)


def now_and_next(
    t: Translator,
    programme: Programme,
    runs: Runs,
    current: Sequence[Session],
    *,
    coming: Sequence[Session],
    who: Who,
    now: dt.datetime,
) -> Screen:
    """What is on and what comes next, the first of each: a day's page has all of them. Staff mark there with one tap
    what begins, runs over and ends."""
    starred = who.starred
    on, soon = current[:PAGE], coming[:PAGE]
    if on:
        parts = [
            f"<b>{t('agenda.now')}</b>",
            *lines(t, programme, runs, on, starred=starred, now=now),
            *and_more(t, current),
        ]
    else:
        parts = [f"<b>{t('agenda.nothing_now')}</b>"]
    if soon:
        parts.append(f"<b>{t('agenda.next', when=when(t, starts(programme, runs, soon[0]), now))}</b>")
        parts += [*lines(t, programme, runs, soon, starred=starred, now=now, first=len(on) + 1), *and_more(t, coming)]
    elif not on:
        parts.append(t("agenda.over") if programme.sessions else t("agenda.empty"))
    if on or soon:
        parts.append(f"<i>{t('agenda.tap_number')}</i>")
    marks = mark_rows(t, programme, runs, who, (*on, *soon), now=now)
    asking = [one for one in on if takes_questions(programme, runs, one, now)][: max(1, ASKS - len(marks))]
    ask = ask_rows(t, asking)
    return screen("\n\n".join(parts), *keys((*on, *soon), starred, NOW), *ask, *marks, *tabs(t, "now"))


def ask_rows(t: Translator, sessions: Sequence[Session]) -> list[Row]:
    names = distinguish([t.say_plain(one.title) for one in sessions], ASK_NAME)
    return [
        [button(t.plain("questions.ask_named", session=name), AskIn(session=one.code))]
        for one, name in zip(sessions, names, strict=True)
    ]


def and_more(t: Translator, sessions: Sequence[Session]) -> list[str]:
    return [t.n("agenda.more_now", len(sessions) - PAGE)] if len(sessions) > PAGE else []


class Same:
    """A programme as a key: equal to itself alone, so that nothing in it need be compared."""

    __slots__ = ("programme",)

    def __init__(self, programme: Programme) -> None:
        self.programme = programme

    def __hash__(self) -> int:
        return id(self.programme)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self.programme is other.programme


def day(
    t: Translator,
    programme: Programme,
    runs: Runs,
    date: dt.date,
    *,
    page: int,
    starred: frozenset[str],
    now: dt.datetime,
) -> Screen:
    """A day of the programme, a page of it.

    Everybody turns these pages, so they are kept: a page changes with the stars on it, and when something on it begins
    or ends, or something is marked in a hall.
    """
    shown, page, _ = page_of(programme.of_day(date), page, PAGE)
    stars = starred.intersection([session.code for session in shown])
    seconds = now.timestamp()
    edges = [edge.timestamp() for session in shown for edge in span(programme, runs, session)]
    changed = max((edge for edge in edges if edge <= seconds), default=0.0)
    return _day_since(t, Same(programme), runs=runs, date=date, page=page, starred=stars, changed=changed)


@lru_cache(maxsize=DAYS_KEPT)
def _day_since(
    t: Translator, same: Same, *, runs: Runs, date: dt.date, page: int, starred: frozenset[str], changed: float
) -> Screen:
    """A page of a day as it is from the last change on it (epoch seconds) to the next."""
    programme, now = same.programme, dt.datetime.fromtimestamp(changed, dt.UTC)
    shown, page, pages = page_of(programme.of_day(date), page, PAGE)
    key = day_key(date)
    found = programme.day(date)
    title = f" · {cut(t.say(found.title), TITLE_MAX)}" if found and found.title else ""
    text = "\n\n".join(
        (*lines(t, programme, runs, shown, starred=starred, now=now), f"<i>{t('agenda.tap_number')}</i>")
    )
    return screen(
        f"📅 <b>{t.date(date)}</b>{title}\n\n{text if shown else t('agenda.empty')}",
        *keys(shown, starred, f"{DAY}.{key}.{page}"),
        pager(page, pages, lambda to: DayPage(day=key, page=to)),
        *day_tabs(t, programme, date),
        *tabs(t, "days"),
    )


def day_tabs(t: Translator, programme: Programme, here: dt.date) -> list[Row]:
    """A button for each day, three in a row; a congress of weeks shows the days around."""
    days = [one.date for one in programme.days]
    if len(days) > DAYS_SHOWN and here in days:
        middle = days.index(here)
        days = days[max(0, middle - DAYS_SHOWN // 2) :][:DAYS_SHOWN]
    return in_rows([button(t.short_date(date), DayPage(day=day_key(date), page=0)) for date in days if date != here], 3)


def rooms(t: Translator, programme: Programme, page: int) -> Screen:
    """The rooms something happens in."""
    used = [room for room in programme.rooms if programme.in_room(room.code)]
    shown, page, pages = page_of(used, page, ROOMS_PAGE)
    keys = [button(shorten(t.say_plain(room.name), WHOLE), RoomPage(room=room.code, page=0)) for room in shown]
    return screen(
        f"📍 <b>{t('agenda.rooms')}</b>" + ("" if used else f"\n\n{t('agenda.empty')}"),
        *side_by_side(keys),
        pager(page, pages, lambda to: RoomsPage(page=to)),
        *tabs(t, "rooms"),
    )


def room(
    t: Translator, programme: Programme, runs: Runs, code: str, *, page: int, starred: frozenset[str], now: dt.datetime
) -> Screen:
    found = programme.room(code)
    assert found is not None
    shown, page, pages = page_of(programme.in_room(code), page, PAGE)
    written = [
        line(t, programme, runs, session, number=number, mark=STAR if session.code in starred else "", now=now)
        for number, session in enumerate(shown, start=1)
    ]
    hint = f"\n<i>{cut(t.say(found.hint), 2 * TITLE_MAX)}</i>" if found.hint else ""
    return screen(
        f"📍 <b>{cut(t.say(found.name), TITLE_MAX)}</b>{hint}\n\n{dated(t, shown, written) or t('agenda.empty')}",
        *keys(shown, starred, f"{ROOM}.{code}.{page}"),
        pager(page, pages, lambda to: RoomPage(room=code, page=to)),
        *tabs(t, ""),
    )


def mine(
    t: Translator,
    programme: Programme,
    runs: Runs,
    agenda: Agenda,
    *,
    page: int,
    speaks: bool,
    now: dt.datetime,
) -> Screen:
    """My agenda, with what overlaps, and what has left the programme; for a speaker also with the way to their own
    sessions."""
    sessions = agenda.sessions
    speaking = [button(t.plain("speaking.button"), Go(where="speaking"))] if speaks else []
    gone, drop = gone_lines(t, agenda.gone), drop_gone(t, agenda.gone)
    if not sessions:
        empty = f"{STAR} <b>{t('agenda.mine')}</b>\n\n{t('agenda.mine_empty')}{gone}"
        return screen(empty, drop, speaking, *tabs(t, "my"))
    shown, page, pages = page_of(sessions, page, PAGE)
    pairs = overlaps(programme, runs, [one.code for one in sessions], now)
    clashing = frozenset(one.code for pair in pairs for one in pair)
    # A star at every line would say nothing: all of these are starred.
    written = lines(t, programme, runs, shown, starred=clashing, now=now, mark=CLASH)
    text = dated(t, shown, written)

    def name(one: Session) -> str:
        return f"{expected_start(t, programme, runs, one, now)} {in_quotes(t, one, QUOTED_MAX)}"

    warnings = [
        f"\n{CLASH} " + t("agenda.clash", one=name(first), other=name(second))
        for first, second in pairs[:CLASHES_SHOWN]
    ]
    if len(pairs) > CLASHES_SHOWN:
        warnings.append("\n" + t.n("agenda.more_clashes", len(pairs) - CLASHES_SHOWN))
    warning = "\n" + "".join(warnings) if warnings else ""
    return screen(
        f"{STAR} <b>{t('agenda.mine')}</b>\n\n{text}{warning}{gone}",
        *keys(shown, frozenset(), f"{MINE}.{page}"),
        pager(page, pages, lambda to: MyPage(page=to)),
        drop,
        speaking,
        [button(t.plain("agenda.calendar"), Calendar(which="my"))],
        *tabs(t, "my"),
    )


def gone_lines(t: Translator, gone: Sequence[Session]) -> str:
    """The starred sessions that are in the programme no more."""
    if not gone:
        return ""
    lines = [f"🚫 {t.short_date(one.start)}, {escape(clash_name(t, one))}" for one in gone[:GONE_SHOWN]]
    lines += [f"… +{len(gone) - GONE_SHOWN}"] if len(gone) > GONE_SHOWN else []
    return "\n".join(("", "", f"<b>{t('agenda.gone')}</b>", *lines))


def drop_gone(t: Translator, gone: Sequence[Session]) -> Row:
    """The star of the first of them; when it is off, the next one's stands there."""
    if not gone:
        return []
    name = shorten(t.say_plain(gone[0].title), WHOLE - len("🗑 "))
    return [button(f"🗑 {name}", Star(session=gone[0].code, wanted=0, back=MINE))]


def clash_name(t: Translator, session: Session) -> str:
    return f"{t.time(session.start)} {in_quotes(t, session, QUOTED_MAX)}"
