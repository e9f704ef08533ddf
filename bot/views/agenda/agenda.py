"""The agenda: now and next, by day, by room, and my own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache

from bot.actions.agenda.agenda import Agenda, overlaps
from bot.programme.estimates import Runs, is_on, span
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
from bot.views.agenda.lists import HALL_MAX, STAR, entries, named, titled
from bot.views.agenda.sessions import (
    DAY,
    MINE,
    ROOM,
)
from bot.views.buttons import Go, button
from bot.views.labels import WHOLE, side_by_side
from bot.views.names import in_quotes
from bot.views.pager import pager
from bot.views.screen import Row, Screen, cut, in_rows, page_of, screen, shorten
from bot.views.times import expected_start, expected_times

PAGE = 4  # sessions a page: with three lines each and the ways elsewhere a phone shows it at once
ROOMS_PAGE = 6  # rows of rooms
DAYS_SHOWN = 3  # besides the one that is shown
CLASHES_SHOWN = 1
GONE_SHOWN = 1
TITLE_MAX = 180  # of a title that is listed; its card shows it whole
DAYS_KEPT = 256  # pages of days; about 10 KB each
QUOTED_MAX = 32  # of a title in a sentence
PLACE_MAX = 60  # of a room's name in a list
CLASH = "⚠️"


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


def dated(t: Translator, sessions: Sequence[Session], written: Sequence[str], apart: int = 2) -> str:
    """The lines of the sessions, so many `apart`, with the date before the first of each day."""
    parts: list[str] = []
    day: dt.date | None = None
    for session, text in zip(sessions, written, strict=True):
        if session.day != day:
            day = session.day
            parts.append(f"📅 <b>{t.date(day)}</b>")
        parts.append(text)
    return ("\n" * apart).join(parts)


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
    title = f" · {named(t, found.title, 2 * HALL_MAX)}" if found and found.title else ""
    text = "\n".join(entries(t, programme, runs, shown, marked=starred, now=now))
    return screen(
        f"📅 <b>{t.date(date)}</b>{title}\n\n{text if shown else t('agenda.empty')}",
        *titled(t, programme, runs, shown, starred=starred, back=f"{DAY}.{key}.{page}", now=now),
        pager(page, pages, lambda to: DayPage(day=key, page=to)),
        day_tabs(t, programme, date),
        *tabs(t, "days"),
    )


def day_tabs(t: Translator, programme: Programme, here: dt.date) -> Row:
    """A button for each other day; a congress of weeks shows the nearest."""
    days = [one.date for one in programme.days if one.date != here]
    nearest = sorted(sorted(days, key=lambda date: abs(date - here))[:DAYS_SHOWN])
    return [button(t.short_date(date), DayPage(day=day_key(date), page=0)) for date in nearest]


def rooms(t: Translator, programme: Programme, page: int) -> Screen:
    """The rooms something happens in."""
    used = [room for room in programme.rooms if programme.in_room(room.code)]
    rows = side_by_side(
        [button(shorten(t.say_plain(room.name), WHOLE), RoomPage(room=room.code, page=0)) for room in used]
    )
    shown, page, pages = page_of(rows, page, ROOMS_PAGE)
    return screen(
        f"📍 <b>{t('agenda.rooms')}</b>" + ("" if used else f"\n\n{t('agenda.empty')}"),
        *shown,
        pager(page, pages, lambda to: RoomsPage(page=to)),
        *tabs(t, "rooms"),
    )


def room(
    t: Translator, programme: Programme, runs: Runs, code: str, *, page: int, starred: frozenset[str], now: dt.datetime
) -> Screen:
    found = programme.room(code)
    assert found is not None
    shown, page, pages = page_of(programme.in_room(code), page, PAGE)
    written = entries(t, programme, runs, shown, marked=starred, now=now, hall=False)
    hint = f"\n<i>{cut(t.say(found.hint), 2 * QUOTED_MAX)}</i>" if found.hint else ""
    listed = dated(t, shown, written, apart=1) or t("agenda.empty")
    return screen(
        f"📍 <b>{cut(t.say(found.name), 2 * QUOTED_MAX)}</b>{hint}\n{listed}",
        *titled(t, programme, runs, shown, starred=starred, back=f"{ROOM}.{code}.{page}", now=now),
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
    shown, page, pages = page_of(sessions, page, PAGE - 2 * bool(drop) - bool(speaking))
    pairs = overlaps(programme, runs, [one.code for one in sessions], now)
    clashing = frozenset(one.code for pair in pairs for one in pair)
    # A star at every line would say nothing: all of these are starred.
    text = dated(t, shown, entries(t, programme, runs, shown, marked=clashing, now=now, mark=CLASH), apart=1)

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
        f"{STAR} <b>{t('agenda.mine')}</b>\n{text}{warning}{gone}",
        *titled(t, programme, runs, shown, starred=frozenset(), back=f"{MINE}.{page}", now=now),
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
