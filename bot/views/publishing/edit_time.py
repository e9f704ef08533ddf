"""Changing the programme by thumb: when a session is, and where."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from bot.actions.publishing.drafts import Draft
from bot.programme.concerns import meet
from bot.programme.edits import DAY, ONLY, ROOM, following
from bot.programme.model import Room, Session
from bot.texts import Html, Translator, escape
from bot.views.agenda.agenda import day_key
from bot.views.buttons import Button, button
from bot.views.labels import WHOLE, timed
from bot.views.pager import pager
from bot.views.publishing.buttons import (
    ChangeSession,
    HallsOfDay,
    Shift,
    ShiftScope,
    SwapWith,
    ToRoom,
    TypeChange,
    stamp_of,
)
from bot.views.publishing.concerns import quoted
from bot.views.publishing.edit import (
    back_to_session,
    heading,
    last_step,
    room_line,
    tail,
    time_line,
    warning_lines,
)
from bot.views.screen import Row, Screen, cut, page_of, screen, shorten

MINUTES = ((-15, -10, -5, 5, 10), (15, 20, 30, 60))
ROOMS_PAGE, PAGE = 4, 5
HELD_MAX = 24  # characters of the title of what holds a room


def time(t: Translator, draft: Draft, session: Session, *, scope: str, now: dt.datetime, me: int) -> Screen:
    """How far a shift goes, by how many minutes; or another time, another length."""
    code = session.code
    scopes = (ONLY, ROOM, DAY) if session.room else (ONLY, DAY)
    scope = scope if scope in scopes else ONLY
    return screen(
        "\n".join(
            [
                heading(t, session),
                time_line(t, draft, session),
                room_line(t, draft, session),
                *warning_lines(t, draft, session, now),
                *last_step(t, draft),
                "",
                t("change.shift_how"),
            ]
        ),
        *([scope_button(t, draft, session, scope=one, chosen=one == scope, now=now)] for one in scopes),
        *([shift_button(draft, code, scope, minutes) for minutes in row] for row in MINUTES),
        [
            button(t.plain("change.to_time"), TypeChange(session=code, what="start")),
            button(t.plain("change.length"), TypeChange(session=code, what="length")),
        ],
        *tail(t, draft, me, code),
        [back_to_session(t, code)],
    )


def scope_button(
    t: Translator, draft: Draft, session: Session, *, scope: str, chosen: bool, now: dt.datetime
) -> Button:
    words = t.plain(f"change.scope_{scope}", count=len(following(draft.programme, session.code, scope, now)))
    return button(("🔘 " if chosen else "⚪ ") + words, ShiftScope(session=session.code, scope=scope))


def shift_button(draft: Draft, code: str, scope: str, minutes: int) -> Button:
    data = Shift(session=code, scope=scope, minutes=minutes, stamp=stamp_of(draft.revision))
    return button(f"{minutes:+d}".replace("-", "−"), data)


def form(t: Translator, draft: Draft, session: Session, asked: str) -> Screen:
    """What to type: a time, a length, or the name of a new room."""
    lines = [heading(t, session), time_line(t, draft, session), "", t(f"change.type_{asked}")]
    return screen("\n".join(lines), [button(t.plain("form.cancel"), up(session.code, asked))])


def up(code: str, what: str) -> ChangeSession:
    return ChangeSession(session=code, part="room" if what == "room" else "time", page=0)


def room(t: Translator, draft: Draft, session: Session, page: int) -> Screen:
    """The rooms, with a sign on those where somebody is at that time."""
    code, stamp = session.code, stamp_of(draft.revision)
    shown, page, pages = page_of(draft.programme.rooms, page, ROOMS_PAGE)
    rows: list[Row] = [
        [button(room_label(t, draft, session, one), ToRoom(session=code, room=one.code, stamp=stamp))] for one in shown
    ]
    return screen(
        "\n".join(
            [
                heading(t, session),
                time_line(t, draft, session),
                room_line(t, draft, session),
                "",
                held(t, draft, session, shown),
            ]
        ),
        *rows,
        pager(page, pages, lambda to: ChangeSession(session=code, part="room", page=to)),
        [
            button(t.plain("change.without_room"), ToRoom(session=code, room="", stamp=stamp)),
            button(t.plain("change.new_room"), TypeChange(session=code, what="room")),
        ],
        [back_to_session(t, code)],
    )


def held(t: Translator, draft: Draft, session: Session, rooms: Sequence[Room]) -> Html:
    """Who is in these rooms at the session's time."""
    lines = []
    for one in rooms:
        for other in others_in(draft, session, one)[:1]:
            name = shorten(t.say_plain(one.name), WHOLE)
            lines.append(
                t(
                    "change.room_held",
                    room=name,
                    at=f"{t.time(other.start)}–{t.time(other.end)}",
                    title=quoted(t, cut(escape(t.say_plain(other.title)), HELD_MAX)),
                )
            )
    return Html("\n".join(lines) or t("change.rooms_free"))


def room_label(t: Translator, draft: Draft, session: Session, room: Room) -> str:
    sign = "✅ " if room.code == session.room else "⚠️ " if others_in(draft, session, room) else ""
    return sign + shorten(t.say_plain(room.name), WHOLE - len(sign))


def others_in(draft: Draft, session: Session, room: Room) -> list[Session]:
    return [one for one in draft.programme.in_room(room.code) if meet(session, one)]


def swap(t: Translator, draft: Draft, session: Session, page: int) -> Screen:
    """The other sessions of the day: one press, and the two have changed places."""
    code, stamp = session.code, stamp_of(draft.revision)
    others = [one for one in draft.programme.of_day(session.day) if one.code != code]
    shown, page, pages = page_of(others, page, PAGE)
    rows: list[Row] = [
        [button(label, SwapWith(session=code, other=one.code, stamp=stamp))]
        for one, label in zip(shown, timed(t, shown), strict=True)
    ]
    lines = [heading(t, session), time_line(t, draft, session), room_line(t, draft, session), ""]
    return screen(
        "\n".join([*lines, t("change.swap_how") if others else t("change.no_others")]),
        *rows,
        pager(page, pages, lambda to: ChangeSession(session=code, part="swap", page=to)),
        [button(t.plain("change.halls"), HallsOfDay(day=day_key(session.day), room=session.room or "", page=0))],
        [back_to_session(t, code)],
    )
