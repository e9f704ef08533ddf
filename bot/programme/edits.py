"""Changes that an organizer makes by thumb: each makes another programme of one, whole as it was.

A session that is not there is Stale, what cannot be meant is BadInput; what is rarely meant is made all the same, and
bot.programme.concerns says so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from bot.errors import BadInput, Stale
from bot.programme.estimates import Runs, ends, starts
from bot.programme.model import KINDS, Programme, Room, Session, Speaker
from bot.programme.readers.times import DAY_STARTS, LONGEST

ONLY, ROOM, DAY = "o", "r", "d"  # how far a shift goes: this session, what follows in its room, what follows that day
SCOPES = (ONLY, ROOM, DAY)
MOST_MINUTES = int(LONGEST.total_seconds()) // 60
ROLES = {"s": "speakers", "m": "moderators"}


def need(programme: Programme, code: str) -> Session:
    session = programme.session(code)
    if session is None:
        raise Stale("agenda.no_such_session")
    return session


def following(programme: Programme, code: str, scope: str, now: dt.datetime) -> tuple[Session, ...]:
    """What a shift moves: the session and, as the scope has it, those of its day that start with it or after it,
    cancelled ones too. What is over is never among them; without a room nothing follows in it."""
    session = need(programme, code)
    if scope == DAY:
        rest = programme.of_day(session.day)
    elif scope == ROOM and session.room:
        rest = tuple(one for one in programme.in_room(session.room) if one.day == session.day)
    else:
        rest = (session,)
    return tuple(one for one in rest if one.start >= session.start and one.end > now)


def shift(programme: Programme, code: str, scope: str, minutes: int, now: dt.datetime) -> Programme:
    """Move by minutes. BadInput when there is nothing left to move, and when a session would leave its day."""
    moved = [_shifted(one, minutes) for one in following(programme, code, scope, now)]
    if not moved:
        raise BadInput("change.is_over")
    return changed(programme, *moved)


def _shifted(session: Session, minutes: int) -> Session:
    moved = replace(session, start=later(session.start, minutes), end=later(session.end, minutes))
    if within_day(session) and not within_day(moved):
        raise BadInput("change.leaves_day", start=f"{moved.start:%H:%M}")
    return moved


def within_day(session: Session) -> bool:
    """Whether it starts on the day it is listed under, which ends at 03:59."""
    opening = dt.datetime.combine(session.day, DAY_STARTS, session.start.tzinfo)
    return opening <= session.start < opening + dt.timedelta(days=1)


def later(moment: dt.datetime, minutes: float) -> dt.datetime:
    """So many minutes of real time later; on the wall an hour may have been set back meanwhile."""
    return (moment.astimezone(dt.UTC) + dt.timedelta(minutes=minutes)).astimezone(moment.tzinfo)


def minutes_of(session: Session) -> float:
    return (session.end.timestamp() - session.start.timestamp()) / 60


def move(programme: Programme, code: str, day: dt.date, start: dt.datetime) -> Programme:
    """Begin at another time, maybe on another day of the programme; as long as before."""
    session = need(programme, code)
    if programme.day(day) is None:
        raise BadInput("change.no_such_day", day=day.isoformat())
    return changed(programme, replace(session, day=day, start=start, end=later(start, minutes_of(session))))


def lengthen(programme: Programme, code: str, minutes: int) -> Programme:
    """Last so many minutes, 1 to MOST_MINUTES."""
    session = need(programme, code)
    if not 1 <= minutes <= MOST_MINUTES:
        raise BadInput("change.bad_length")
    return changed(programme, replace(session, end=later(session.start, minutes)))


def to_room(programme: Programme, code: str, room: str) -> Programme:
    """Move to a room; "" is none."""
    if room and programme.room(room) is None:
        raise Stale("change.no_such_room")
    return changed(programme, replace(need(programme, code), room=room or None))


def with_room(programme: Programme, room: Room) -> Programme:
    _need_free(programme.room(room.code))
    return replace(programme, rooms=(*programme.rooms, room))


def swap(programme: Programme, one: str, other: str) -> Programme:
    """Each takes the other's start and room and keeps its own length."""
    first, second = need(programme, one), need(programme, other)
    return changed(programme, _in_place_of(first, second), _in_place_of(second, first))


def _in_place_of(session: Session, other: Session) -> Session:
    end = later(other.start, minutes_of(session))
    return replace(session, start=other.start, end=end, day=other.day, room=other.room)


def yet_to_begin(programme: Programme, day: dt.date, room: str, now: dt.datetime, runs: Runs) -> tuple[Session, ...]:
    """What of a day in a room has not begun, as it was marked in the halls, else as planned; cancelled ones too."""
    return tuple(one for one in programme.in_room(room) if one.day == day and starts(programme, runs, one) > now)


def swap_halls(programme: Programme, day: dt.date, one: str, other: str, now: dt.datetime, runs: Runs) -> Programme:
    """What has not begun of that day in either room goes to the other. BadInput when that is nothing."""
    for room in (one, other):
        if programme.room(room) is None:
            raise Stale("change.no_such_room")
    moved = [
        replace(session, room=there)
        for here, there in ((one, other), (other, one))
        for session in yet_to_begin(programme, day, here, now, runs)
    ]
    if one == other or not moved:
        raise BadInput("change.halls_none")
    return changed(programme, *moved)


def without_room(programme: Programme, code: str) -> Programme:
    """Take a room out; BadInput while a session is held there, be it cancelled or over."""
    if programme.room(code) is None:
        raise Stale("change.no_such_room")
    if programme.in_room(code):
        raise BadInput("change.still_used")
    return replace(programme, rooms=tuple(one for one in programme.rooms if one.code != code))


def with_speaker(programme: Programme, speaker: Speaker) -> Programme:
    """One more person of the programme, in no session yet."""
    _need_free(programme.speaker(speaker.code))
    return replace(programme, speakers=(*programme.speakers, speaker))


def with_person(programme: Programme, code: str, person: str, role: str) -> Programme:
    """One more in a session; `role` is one of ROLES."""
    _need_person(programme, person)
    session = need(programme, code)
    people = (*getattr(session, _field(role)), person)
    return changed(programme, _with_people(session, role, people))


def without_person(programme: Programme, code: str, person: str, role: str) -> Programme:
    """One less in a session; a person of the programme they stay."""
    session = need(programme, code)
    people = (one for one in getattr(session, _field(role)) if one != person)
    return changed(programme, _with_people(session, role, people))


def replaced_person(programme: Programme, code: str, old: str, new: str) -> Programme:
    """In the old one's places of a session stands the new one."""
    _need_person(programme, new)
    session = need(programme, code)
    if old not in session.speakers + session.moderators:
        raise Stale("change.no_such_person")
    return changed(programme, _replaced(session, old, new))


def _replaced(session: Session, old: str, new: str) -> Session:
    for role in ROLES:
        people = (new if one == old else one for one in getattr(session, _field(role)))
        session = _with_people(session, role, people)
    return session


def not_over_of(programme: Programme, person: str, now: dt.datetime, runs: Runs) -> tuple[Session, ...]:
    """The sessions with a person in them that are not over, as marked in the halls, else as planned."""
    return tuple(one for one in programme.of_speaker(person) if ends(programme, runs, one) > now)


def replaced_everywhere(programme: Programme, old: str, new: str, now: dt.datetime, runs: Runs) -> Programme:
    """As replaced_person, in everything that is not over. BadInput when that is nothing."""
    _need_person(programme, new)
    found = not_over_of(programme, old, now, runs)
    if old == new or not found:
        raise BadInput("change.everywhere_none")
    return changed(programme, *(_replaced(one, old, new) for one in found))


def without_speaker(programme: Programme, code: str) -> Programme:
    """Take a person out of the programme; BadInput while they are in a session, be it cancelled or over."""
    _need_person(programme, code)
    if programme.of_speaker(code):
        raise BadInput("change.still_used")
    return replace(programme, speakers=tuple(one for one in programme.speakers if one.code != code))


def people_of(session: Session) -> tuple[str, ...]:
    """Everybody in it once, the speakers first: a place in this order names a person in a button."""
    return tuple(dict.fromkeys(session.speakers + session.moderators))


def _field(role: str) -> str:
    if role not in ROLES:
        raise Stale("refusal.stale")
    return ROLES[role]


def _with_people(session: Session, role: str, people: Iterable[str]) -> Session:
    unique = tuple(dict.fromkeys(people))
    return replace(session, speakers=unique) if role == "s" else replace(session, moderators=unique)


def _need_person(programme: Programme, person: str) -> None:
    if programme.speaker(person) is None:
        raise Stale("change.no_such_person")


def cancel(programme: Programme, code: str, cancelled: bool) -> Programme:
    return changed(programme, replace(need(programme, code), cancelled=cancelled))


def of_kind(programme: Programme, code: str, kind: str) -> Programme:
    if kind not in KINDS:
        raise Stale("refusal.stale")
    return changed(programme, replace(need(programme, code), kind=kind))


def with_session(programme: Programme, session: Session) -> Programme:
    _need_free(programme.session(session.code))
    if programme.day(session.day) is None:
        raise Stale("change.no_such_day", day=session.day.isoformat())
    return replace(programme, sessions=(*programme.sessions, session))


def _need_free(taken: object) -> None:
    """The code of something new was chosen when nothing had it: who took it since changed the draft."""
    if taken is not None:
        raise Stale("draft.moved_on")


def changed(programme: Programme, *sessions: Session) -> Programme:
    """The programme with these in the place of those that have their codes."""
    new = {one.code: one for one in sessions}
    return replace(programme, sessions=tuple(new.get(one.code, one) for one in programme.sessions))
