"""Changing the programme by thumb: two rooms change places for the rest of a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from bot.actions.publishing.drafts import Draft
from bot.programme.concerns import fresh
from bot.programme.edits import yet_to_begin
from bot.programme.estimates import Runs
from bot.programme.model import Programme, Room, Session
from bot.texts import Html, Translator
from bot.views.agenda.agenda import day_key
from bot.views.buttons import Button, button
from bot.views.labels import WHOLE
from bot.views.pager import pager
from bot.views.publishing.buttons import (
    ChangeDay,
    HallsOfDay,
    SeeHalls,
    SwapHalls,
    stamp_of,
)
from bot.views.publishing.concerns import concern_lines, timed_title
from bot.views.publishing.edit import last_step, tail
from bot.views.screen import Screen, cut, page_of, screen, shorten

PAGE = 6
SHOWN = 8  # sessions of a room
NAME_MAX = 60


def halls(
    t: Translator, draft: Draft, date: dt.date, *, first: Room | None, page: int, now: dt.datetime, runs: Runs
) -> Screen:
    """Choose a room that has something left to move, then any other; each with how many sessions that is."""
    left = {one.code: len(yet_to_begin(draft.programme, date, one.code, now, runs)) for one in draft.programme.rooms}
    rooms = [one for one in draft.programme.rooms if (left[one.code] if first is None else one != first)]
    shown, page, pages = page_of(rooms, page, PAGE)
    if not any(left.values()) or not rooms:
        asked = t("change.halls_none")
    elif first is None:
        asked = t("change.halls_first")
    else:
        asked = t("change.halls_second", room=name(t, first))
    code = first.code if first else ""
    up = HallsOfDay(day=day_key(date), room="", page=0) if first else ChangeDay(day=day_key(date), page=0)
    return screen(
        f"{title(t, date)}\n\n{asked}",
        *([room_button(t, date, first, one, left[one.code])] for one in shown),
        pager(page, pages, lambda to: HallsOfDay(day=day_key(date), room=code, page=to)),
        [button(t.plain("menu.back"), up)],
    )


def room_button(t: Translator, date: dt.date, first: Room | None, room: Room, left: int) -> Button:
    label = f"{shorten(t.say_plain(room.name), WHOLE - 6)} ({left})"
    if first is None:
        return button(label, HallsOfDay(day=day_key(date), room=room.code, page=0))
    return button(label, SeeHalls(day=day_key(date), room=first.code, other=room.code))


def pair(
    t: Translator,
    draft: Draft,
    after: Programme,
    *,
    date: dt.date,
    one: Room,
    other: Room,
    now: dt.datetime,
    runs: Runs,
) -> Screen:
    """What goes where and what that brings about, before it is done; `after` is the draft with it done."""
    going, coming = (yet_to_begin(draft.programme, date, room.code, now, runs) for room in (one, other))
    of_day = [held for room in (one, other) for held in draft.programme.in_room(room.code) if held.day == date]
    begun = len(of_day) - len(going) - len(coming)
    sessions = t.plain_n("step.sessions", len(going) + len(coming))
    here, there = (draft.programme.rooms.index(room) for room in (one, other))
    data = SwapHalls(day=day_key(date), here=here, there=there, stamp=stamp_of(draft.revision))
    lines = [
        title(t, date),
        *moving(t, draft.programme, one, other, going),
        *moving(t, draft.programme, other, one, coming),
        *(["", t.n("change.stays_begun", begun)] if begun else []),
        *(["", *warnings] if (warnings := concern_lines(t, after, fresh(draft.programme, after, now))) else []),
    ]
    return screen(
        "\n".join(lines),
        [button(t.plain("change.halls_now", sessions=sessions), data)],
        [button(t.plain("menu.back"), HallsOfDay(day=day_key(date), room=one.code, page=0))],
    )


def moving(t: Translator, programme: Programme, here: Room, there: Room, sessions: Sequence[Session]) -> list[str]:
    """From a room to the other, a line for each session, the first SHOWN of them."""
    if not sessions:
        return []
    more = len(sessions) - SHOWN
    return [
        "",
        f"📍 {name(t, here)} → <b>{name(t, there)}</b>",
        *(f"• {'❌ ' if one.cancelled else ''}{timed_title(t, programme, one.code)}" for one in sessions[:SHOWN]),
        *([f"… +{more}"] if more > 0 else []),
    ]


def swapped(t: Translator, draft: Draft, date: dt.date, now: dt.datetime, me: int) -> Screen:
    """The draft's last step, and where to go from here: no button does the same once more."""
    warnings = concern_lines(t, draft.programme, fresh(draft.published, draft.programme, now))
    return screen(
        "\n".join([title(t, date), *(["", *warnings] if warnings else []), *last_step(t, draft)]),
        *tail(t, draft, me, ""),
        [button(t.plain("menu.back"), ChangeDay(day=day_key(date), page=0))],
    )


def title(t: Translator, date: dt.date) -> str:
    return f"<b>{t('change.halls')}</b> · {t.date(date)}"


def name(t: Translator, room: Room) -> Html:
    return cut(t.say(room.name), NAME_MAX)
