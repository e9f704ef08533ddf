"""Posters with a QR code: what they are of, who may print them, and what is on behind a room's code."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from bot.actions.entrance import presence
from bot.actions.questions.questions import takes_questions
from bot.actions.rights import need_moderator, need_organizer
from bot.errors import Stale
from bot.programme.estimates import Runs, is_on, starts
from bot.programme.lookup import need_date, need_session
from bot.programme.model import Programme, Room, Session
from bot.who import Who
from storage.database import Transaction

ASK, ABOUT = "q", "s"  # what a session's code leads to: the form for a question, or the session's card
ROOM, DAY_SESSIONS, DAY_ROOMS, ARRIVAL = "r", "sessions", "rooms", "p"


@dataclass(frozen=True, slots=True)
class SessionPoster:
    session: Session
    leads: str  # ASK or ABOUT


@dataclass(frozen=True, slots=True)
class RoomPoster:
    room: Room
    day: dt.date


@dataclass(frozen=True, slots=True)
class ArrivalPoster:
    token: str


Wanted = SessionPoster | RoomPoster | ArrivalPoster


@dataclass(frozen=True, slots=True)
class RoomNow:
    """What is `first` in a room: what is on, else what comes next, else what was last; `later` follows it. `asks`: the
    first takes questions."""

    room: Room
    first: Session | None
    later: Session | None
    asks: bool


def wanted(tx: Transaction, who: Who, programme: Programme, what: str, value: str) -> Sequence[Wanted]:
    """One poster on each page, none empty: of a session (`value` is its code) for its moderators, of a room on each of
    its days (its code), of all sessions or rooms of a day (as 20261126) and of the entrance for organizers. Stale for
    what does not exist."""
    if what in (ASK, ABOUT):
        return [SessionPoster(printable_session(who, programme, value), what)]
    need_organizer(who)
    found: Sequence[Wanted] = ()
    if what == ARRIVAL:
        found = [ArrivalPoster(presence.token(tx, who))]
    elif what == ROOM:
        room = programme.room(value)
        days = sorted({one.day for one in programme.in_room(value) if worth_one(one)})
        found = [RoomPoster(room, day) for day in days] if room else []
    elif what == DAY_SESSIONS:
        found = [SessionPoster(one, ASK) for one in of_day(programme, need_date(value))]
    elif what == DAY_ROOMS:
        date = need_date(value)
        used = {one.room for one in of_day(programme, date)}
        found = [RoomPoster(room, date) for room in programme.rooms if room.code in used]
    if not found:
        raise Stale("posters.none")
    return found


def printable_session(who: Who, programme: Programme, code: str) -> Session:
    """For its moderators."""
    need_moderator(who, code)
    session = need_session(programme, code)
    if session.is_break:
        raise Stale("agenda.no_such_session")
    return session


def of_day(programme: Programme, date: dt.date) -> Sequence[Session]:
    """The sessions of a day that are worth a poster."""
    return [one for one in programme.of_day(date) if worth_one(one)]


def worth_one(session: Session) -> bool:
    return not (session.is_break or session.cancelled)


def room_now(programme: Programme, runs: Runs, code: str, now: dt.datetime) -> RoomNow:
    """Stale for a room that does not exist any more."""
    room = programme.room(code)
    if room is None:
        raise Stale("fallback.bad_link")
    held = [one for one in programme.in_room(code) if worth_one(one)]
    on = [one for one in held if is_on(programme, runs, one, now)]
    coming = [one for one in held if starts(programme, runs, one) > now]
    first = on[-1] if on else coming[0] if coming else held[-1] if held else None
    later = next((one for one in coming if one is not first), None)
    return RoomNow(room, first, later, first is not None and takes_questions(programme, runs, first, now))
