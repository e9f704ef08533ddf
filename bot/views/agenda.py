"""The agenda: now and next, by day, by room, my own, a session's card."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from bot.programme.clashes import clashes
from bot.programme.model import Programme, Session
from bot.texts import Html, Translator
from bot.views.buttons import (
    AskIn,
    Calendar,
    DayPage,
    DeskSession,
    FeedPage,
    Go,
    MyPage,
    RoomPage,
    SessionCard,
    SpeakerCard,
    Star,
    button,
)
from bot.views.pager import pager
from bot.views.screen import TEXT_LIMIT, Row, Screen, cut, in_rows, page_of, screen, shorten, units

PAGE = 8  # sessions a page: two rows of number buttons
TITLE_MAX = 180  # of a title in a list; its card shows it whole
STAR = "⭐"


def day_key(date: dt.date) -> str:
    return date.strftime("%Y%m%d")


def day_from_key(key: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(key)
    except ValueError:
        return None


def times(t: Translator, session: Session) -> str:
    return f"{t.time(session.start)}–{t.time(session.end)}"


def place(t: Translator, programme: Programme, session: Session) -> str:
    room = programme.room(session.room) if session.room else None
    return t.say_plain(room.name) if room else ""


def line(t: Translator, programme: Programme, session: Session, number: int, starred: bool, now: dt.datetime) -> Html:
    """One session of a list, two lines: number, time, marks, title; room."""
    running = session.start <= now < session.end and not session.cancelled
    title = cut(t.say(session.title), TITLE_MAX)
    if session.cancelled:
        title = Html(f"<s>{title}</s> {t('agenda.cancelled_mark')}")
    marks = ("🔴 " if running else "") + (f"{STAR} " if starred else "")
    room = place(t, programme, session)
    where = f"\n     📍 {t('agenda.room_line', room=room)}" if room else ""
    return Html(f"<b>{number}.</b> <b>{times(t, session)}</b> {marks}{title}{where}")


def listing(
    t: Translator,
    programme: Programme,
    sessions: Sequence[Session],
    starred: frozenset[str],
    now: dt.datetime,
    back: str,
    days: bool = False,
) -> tuple[str, list[Row]]:
    """Numbered lines, and a button a number. `days` puts a date before each day's first line."""
    lines: list[str] = []
    day: dt.date | None = None
    for number, session in enumerate(sessions, start=1):
        if days and session.day != day:
            day = session.day
            lines.append(f"📅 <b>{t.date(day)}</b>")
        lines.append(line(t, programme, session, number, session.code in starred, now))
    keys = [
        button(
            f"{number} {STAR}" if session.code in starred else str(number),
            SessionCard(session=session.code, back=back),
        )
        for number, session in enumerate(sessions, start=1)
    ]
    return "\n\n".join(lines), in_rows(keys, 4)


def tabs(t: Translator, here: str) -> Row:
    """Where else the agenda can be looked at."""
    places = (
        ("now", "agenda.tab_now"),
        ("days", "agenda.tab_days"),
        ("rooms", "agenda.tab_rooms"),
        ("my", "agenda.tab_my"),
    )
    return [button(t.plain(key), Go(where=where)) for where, key in places if where != here]


def now_and_next(
    t: Translator,
    programme: Programme,
    current: Sequence[Session],
    coming: Sequence[Session],
    starred: frozenset[str],
    now: dt.datetime,
) -> Screen:
    current, coming = current[:PAGE], coming[:PAGE]
    parts: list[str] = []
    rows: list[Row] = []
    text, keys = listing(t, programme, (*current, *coming), starred, now, "now")
    lines = text.split("\n\n") if text else []
    if current:
        parts += [f"<b>{t('agenda.now')}</b>", *lines[: len(current)]]
    else:
        parts.append(f"<b>{t('agenda.nothing_now')}</b>")
    if coming:
        parts += [f"<b>{t('agenda.next', when=when(t, coming[0], now))}</b>", *lines[len(current) :]]
    elif not current:
        parts.append(t("agenda.over") if programme.sessions else t("agenda.empty"))
    rows += keys
    rows.append(tabs(t, "now"))
    return screen("\n\n".join(parts), *rows)


def when(t: Translator, session: Session, now: dt.datetime) -> str:
    """ "in 12 minutes" within the hour, the time on the same day, else the date and time."""
    minutes = max(0, round((session.start - now).total_seconds() / 60))
    if minutes <= 60:
        return t.plain_n("agenda.in_minutes", minutes)
    if session.start.astimezone(t.zone).date() == now.astimezone(t.zone).date():
        return t.time(session.start)
    return f"{t.date(session.start)}, {t.time(session.start)}"


def day(
    t: Translator,
    programme: Programme,
    date: dt.date,
    page: int,
    starred: frozenset[str],
    now: dt.datetime,
) -> Screen:
    """A day of the programme, a page of it."""
    shown, page, pages = page_of(programme.of_day(date), page, PAGE)
    key = day_key(date)
    found = programme.day(date)
    title = f" · {t.say(found.title)}" if found and found.title else ""
    text, keys = listing(t, programme, shown, starred, now, f"d.{key}.{page}")
    heading = f"📅 <b>{t.date(date)}</b>{title}"
    return screen(
        f"{heading}\n\n{text or t('agenda.empty')}",
        *keys,
        pager(page, pages, lambda to: DayPage(day=key, page=to)),
        *day_tabs(t, programme, date),
        tabs(t, "days"),
    )


def day_tabs(t: Translator, programme: Programme, here: dt.date | None) -> list[Row]:
    """A button a day, three a row; a congress of weeks shows the days around."""
    days = [one.date for one in programme.days]
    if len(days) > 9 and here in days:
        middle = days.index(here)
        days = days[max(0, middle - 4) :][:9]
    return in_rows([button(t.short_date(date), DayPage(day=day_key(date), page=0)) for date in days if date != here], 3)


def rooms(t: Translator, programme: Programme) -> Screen:
    keys = [
        [button(shorten(t.say_plain(room.name), 40), RoomPage(room=room.code, page=0))]
        for room in programme.rooms[:40]
        if programme.in_room(room.code)
    ]
    return screen(f"📍 <b>{t('agenda.rooms')}</b>", *keys, tabs(t, "rooms"))


def room(
    t: Translator,
    programme: Programme,
    code: str,
    page: int,
    starred: frozenset[str],
    now: dt.datetime,
) -> Screen:
    found = programme.room(code)
    assert found is not None
    shown, page, pages = page_of(programme.in_room(code), page, PAGE)
    text, keys = listing(t, programme, shown, starred, now, f"r.{code}.{page}", days=True)
    hint = f"\n<i>{t.say(found.hint)}</i>" if found.hint else ""
    return screen(
        f"📍 <b>{t.say(found.name)}</b>{hint}\n\n{text or t('agenda.empty')}",
        *keys,
        pager(page, pages, lambda to: RoomPage(room=code, page=to)),
        tabs(t, ""),
    )


def mine(t: Translator, programme: Programme, sessions: Sequence[Session], page: int, now: dt.datetime) -> Screen:
    """My agenda, with what overlaps."""
    if not sessions:
        return screen(f"{STAR} <b>{t('agenda.mine')}</b>\n\n{t('agenda.mine_empty')}", tabs(t, "my"))
    shown, page, pages = page_of(sessions, page, PAGE)
    text, keys = listing(t, programme, shown, frozenset(one.code for one in sessions), now, "my", days=True)
    overlaps = [
        t("agenda.clash", one=clash_name(t, first), other=clash_name(t, second)) for first, second in clashes(sessions)
    ]
    warning = "\n\n⚠️ " + "\n⚠️ ".join(overlaps[:4]) if overlaps else ""
    return screen(
        f"{STAR} <b>{t('agenda.mine')}</b>\n\n{text}{warning}",
        *keys,
        pager(page, pages, lambda to: MyPage(page=to)),
        [button(t.plain("agenda.calendar"), Calendar(which="my"))],
        tabs(t, "my"),
    )


def clash_name(t: Translator, session: Session) -> str:
    return f"{t.time(session.start)} «{shorten(session.title.say(t.language), 60)}»"


def found(
    t: Translator,
    programme: Programme,
    query: str,
    sessions: Sequence[Session],
    starred: frozenset[str],
    now: dt.datetime,
) -> Screen:
    """What a search brought, best first."""
    if not sessions:
        return screen(t("agenda.not_found", query=shorten(query, 60)), tabs(t, ""))
    shown = sessions[:PAGE]
    lines, keys = [], []
    for number, session in enumerate(shown, start=1):
        entry = line(t, programme, session, number, session.code in starred, now)
        lines.append(f"{entry}\n     📅 {t.short_date(session.start)}")
        keys.append(button(str(number), SessionCard(session=session.code, back="")))
    more = "\n\n" + t.n("agenda.more_found", len(sessions) - PAGE) if len(sessions) > PAGE else ""
    return screen(
        f"🔎 <b>{t('agenda.found', query=shorten(query, 60))}</b>\n\n" + "\n\n".join(lines) + more,
        *in_rows(keys, 4),
        tabs(t, ""),
    )


def card(
    t: Translator,
    programme: Programme,
    session: Session,
    starred: bool,
    asks: bool,
    back: str,
    approved: int,
    moderates: bool,
) -> Screen:
    """A session's card. `asks`: it takes questions now; `approved`: how many are to be read."""
    head = [f"<b>{t.say(session.title)}</b>"]
    if session.cancelled:
        head.append(f"❌ <b>{t('agenda.cancelled')}</b>")
    head.append(f"🕙 {t.date(session.start)}, {times(t, session)}")
    room_found = programme.room(session.room) if session.room else None
    if room_found:
        hint = f" · <i>{t.say(room_found.hint)}</i>" if room_found.hint else ""
        head.append(f"📍 {t.say(room_found.name)}{hint}")
    topic = programme.topic(session.topic) if session.topic else None
    if topic:
        head.append(f"🏷 {t.say(topic.name)}")
    people = people_lines(t, programme, session)
    body = "\n".join(head) + (f"\n\n{people}" if people else "")
    if session.abstract:
        room_left = TEXT_LIMIT - units(body) - 10
        body = f"{cut(body, 2500)}\n\n{cut(t.say_html(session.abstract), max(room_left, 500))}"
    rows: list[Row] = []
    if not session.is_break and not session.cancelled:
        key = "agenda.unstar" if starred else "agenda.star"
        rows.append([button(t.plain(key), Star(session=session.code, wanted=int(not starred), back=back))])
    elif starred:
        rows.append([button(t.plain("agenda.unstar"), Star(session=session.code, wanted=0, back=back))])
    questions: Row = []
    if asks:
        questions.append(button(t.plain("questions.ask"), AskIn(session=session.code)))
    if approved:
        questions.append(button(t.plain("questions.feed", count=approved), FeedPage(session=session.code, page=0)))
    rows.append(questions)
    if moderates and not session.is_break:
        rows.append([button(t.plain("moderation.open"), DeskSession(session=session.code))])
    rows += in_rows(
        [
            button(shorten(t.say_plain(speaker.name), 30), SpeakerCard(speaker=speaker.code, page=0))
            for code in (*session.speakers, *session.moderators)[:6]
            if (speaker := programme.speaker(code))
        ],
        2,
    )
    rows.append(back_row(t, back))
    return screen(body, *rows)


def people_lines(t: Translator, programme: Programme, session: Session) -> str:
    lines = []
    for key, codes in (("agenda.speaker", session.speakers), ("agenda.moderator", session.moderators)):
        for code in codes[:12]:
            speaker = programme.speaker(code)
            if speaker is None:
                continue
            office = f"\n     <i>{t.say(speaker.office)}</i>" if speaker.office else ""
            lines.append(f"{t(key, name=t.say_plain(speaker.name))}{office}")
    return "\n".join(lines)


def back_row(t: Translator, back: str) -> Row:
    """The way back to the list a card was opened from."""
    kind, _, rest = back.partition(".")
    word = t.plain("menu.back")
    if kind == "d" and "." in rest:
        key, _, page = rest.rpartition(".")
        return [button(word, DayPage(day=key, page=int(page) if page.isdigit() else 0))]
    if kind == "r" and "." in rest:
        key, _, page = rest.rpartition(".")
        return [button(word, RoomPage(room=key, page=int(page) if page.isdigit() else 0))]
    if kind == "p" and rest:
        return [button(word, SpeakerCard(speaker=rest, page=0))]
    if kind in ("my", "now"):
        return [button(word, Go(where=kind))]
    return [button(t.plain("agenda.tab_days"), Go(where="days"))]
