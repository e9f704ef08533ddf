"""Posters: which are wanted; and what the QR code of a room shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from bot.actions.entrance.posters import RoomNow
from bot.programme.estimates import Runs, is_on, starts
from bot.programme.model import Programme, Room, Session
from bot.texts import Translator
from bot.views.agenda.agenda import day_key
from bot.views.agenda.buttons import RoomPage, SessionCard
from bot.views.buttons import Go, button
from bot.views.entrance.buttons import GetPoster, PosterDay, PosterOf, PosterSessions
from bot.views.labels import WHOLE, timed
from bot.views.moderation.buttons import DeskSession, HallScreen
from bot.views.pager import pager
from bot.views.questions.buttons import AskIn
from bot.views.screen import Row, Screen, cut, in_rows, page_of, screen, shorten
from bot.views.times import expected_times, when

PAGE = 6  # sessions
DAYS = 9


def of_day(t: Translator, programme: Programme, sessions: Sequence[Session], date: dt.date) -> Screen:
    """All of a day in one file, or one session's; the nearest other days below."""
    key = day_key(date)
    others = sorted((day.date for day in programme.days if day.date != date), key=lambda one: abs(one - date))
    days = [button(t.short_date(one), PosterDay(day=day_key(one), page=0)) for one in sorted(others[:DAYS])]
    whole: list[Row] = [
        [button(t.plain("posters.all_sessions"), GetPoster(what="sessions", value=key), style="primary")],
        [button(t.plain("posters.all_rooms"), GetPoster(what="rooms", value=key))],
        [button(t.plain("posters.one_session"), PosterSessions(day=key, page=0))],
    ]
    return screen(
        f"🖼 <b>{t('posters.title')}</b> · {t.date(date)}\n\n{t('posters.how')}",
        *(whole if sessions else []),
        *in_rows(days, 3),
        [button(t.plain("menu.back"), Go(where="entrance"))],
    )


def sessions_of_day(t: Translator, sessions: Sequence[Session], date: dt.date, page: int) -> Screen:
    """Whose posters are wanted."""
    shown, page, pages = page_of(sessions, page, PAGE)
    key = day_key(date)
    return screen(
        f"🖼 <b>{t('posters.title')}</b> · {t.date(date)}",
        *(
            [button(label, PosterOf(session=session.code))]
            for session, label in zip(shown, timed(t, shown), strict=True)
        ),
        pager(page, pages, lambda to: PosterSessions(day=key, page=to)),
        [button(t.plain("menu.back"), PosterDay(day=key, page=0))],
    )


def of_session(t: Translator, programme: Programme, session: Session, organizer: bool) -> Screen:
    """Which poster of a session; its room's too, for organizers."""
    room = programme.room(session.room) if session.room else None
    of_room: Row = []
    if room is not None and organizer:
        name = shorten(t.plain("posters.of_room", room=t.say_plain(room.name)), WHOLE)
        of_room = [button(name, GetPoster(what="r", value=room.code))]
    return screen(
        f"🖼 <b>{cut(t.say(session.title), 300)}</b>\n\n{t('posters.which')}",
        [button(t.plain("posters.of_questions"), GetPoster(what="q", value=session.code), style="primary")],
        [button(t.plain("posters.of_card"), GetPoster(what="s", value=session.code))],
        of_room,
        [
            button(t.plain("moderation.to_session"), DeskSession(session=session.code)),
            button(t.plain("hall.open"), HallScreen(session=session.code)),
        ],
        [button(t.plain("posters.others"), PosterDay(day=day_key(session.day), page=0))] if organizer else [],
    )


def room_now(
    t: Translator, programme: Programme, runs: Runs, found: RoomNow, now: dt.datetime, *, way: bool = False
) -> Screen:
    """What is on in a room, or comes next, or was last; and what follows it. For who is not there yet, the way."""
    lines = [f"📍 <b>{cut(t.say(found.room.name), 200)}</b>", *(way_lines(t, programme, found.room) if way else ())]
    rows: list[Row] = []
    first, later = found.first, found.later
    if first is not None:
        begins = starts(programme, runs, first)
        if is_on(programme, runs, first, now):
            head = f"🔴 {t('posters.now')} · {expected_times(t, programme, runs, first, now)}"
        elif begins > now:
            head = f"{t('posters.next')} · {when(t, begins, now)}"
        else:
            head = t("posters.over")
        lines += ["", head, f"<b>{cut(t.say(first.title), 500)}</b>"]
        if found.asks:
            rows.append([button(t.plain("questions.ask"), AskIn(session=first.code), style="primary")])
        rows.append([button(t.plain("posters.card"), SessionCard(session=first.code, back=""))])
    if later is not None:
        begins = starts(programme, runs, later)
        lines += ["", f"{t('posters.next')} · {when(t, begins, now)}", cut(t.say(later.title), 500)]
        rows.append([button(t.plain("posters.next_card"), SessionCard(session=later.code, back=""))])
    if first is None:
        lines += ["", t("posters.nothing_here")]
    rows.append([button(t.plain("posters.room_day"), RoomPage(room=found.room.code, page=0))])
    if way and programme.forum.point:
        rows.append([button(t.plain("info.map"), Go(where="map"))])
    return screen("\n".join(lines), *rows)


def way_lines(t: Translator, programme: Programme, room: Room) -> list[str]:
    """How to get to the room, and the address of the forum."""
    forum = programme.forum
    address = ", ".join(part for part in (t.say(forum.place), t.say(forum.address)) if part)
    return [f"<i>{cut(part, 500)}</i>" for part in (t.say(room.hint), address) if part]
