"""Edits of when sessions are held."""

from __future__ import annotations

import datetime as dt
from dataclasses import KW_ONLY, dataclass, replace

from bot.errors import BadInput
from bot.programme.edits.edit import Edit
from bot.programme.edits.sessions import changed
from bot.programme.lookup import need_session
from bot.programme.model import Programme, Session
from bot.programme.readers.times import DAY_STARTS, LONGEST

ONLY, ROOM, DAY = "o", "r", "d"  # how far a shift goes: this session, what follows in its room, what follows that day
SCOPES = (ONLY, ROOM, DAY)
MOST_MINUTES = int(LONGEST.total_seconds()) // 60


@dataclass(frozen=True, slots=True)
class Shift(Edit):
    """Move by minutes. BadInput when there is nothing left to move, and when a session would leave its day."""

    what = "shift"

    session: str
    minutes: int
    scope: str  # one of SCOPES
    _: KW_ONLY
    now: dt.datetime

    def apply(self, programme: Programme) -> Programme:
        moved = [_shifted(one, self.minutes) for one in following(programme, self.session, self.scope, self.now)]
        if not moved:
            raise BadInput("change.is_over")
        return changed(programme, *moved)


@dataclass(frozen=True, slots=True)
class Move(Edit):
    """Begin at another time, maybe on another day of the programme; as long as before."""

    what = "move"

    session: str
    start: dt.datetime
    _: KW_ONLY
    day: dt.date

    def apply(self, programme: Programme) -> Programme:
        session = need_session(programme, self.session)
        if programme.day(self.day) is None:
            raise BadInput("change.no_such_day", day=self.day.isoformat())
        end = later(self.start, minutes_of(session))
        return changed(programme, replace(session, day=self.day, start=self.start, end=end))


@dataclass(frozen=True, slots=True)
class Lengthen(Edit):
    """Last so many minutes, 1 to MOST_MINUTES."""

    what = "length"

    session: str
    minutes: int

    def apply(self, programme: Programme) -> Programme:
        session = need_session(programme, self.session)
        if not 1 <= self.minutes <= MOST_MINUTES:
            raise BadInput("change.bad_length")
        return changed(programme, replace(session, end=later(session.start, self.minutes)))


@dataclass(frozen=True, slots=True)
class Swap(Edit):
    """Each takes the other's start and room and keeps its own length."""

    what = "swap"

    session: str
    other: str

    def apply(self, programme: Programme) -> Programme:
        first, second = need_session(programme, self.session), need_session(programme, self.other)
        return changed(programme, _in_place_of(first, second), _in_place_of(second, first))


def following(programme: Programme, code: str, scope: str, now: dt.datetime) -> tuple[Session, ...]:
    """What a shift moves: the session and, as the scope has it, those of its day that start with it or after it,
    cancelled ones too. What is over is never among them; without a room nothing follows in it."""
    session = need_session(programme, code)
    if scope == DAY:
        rest = programme.of_day(session.day)
    elif scope == ROOM and session.room:
        rest = tuple(one for one in programme.in_room(session.room) if one.day == session.day)
    else:
        rest = (session,)
    return tuple(one for one in rest if one.start >= session.start and one.end > now)


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


def _in_place_of(session: Session, other: Session) -> Session:
    end = later(other.start, minutes_of(session))
    return replace(session, start=other.start, end=end, day=other.day, room=other.room)
