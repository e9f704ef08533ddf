"""When sessions really begin and end, as far as marks made in the halls show: a pure function of programme and marks.

Where nobody marked anything the programme holds. What the marks say of one session moves what comes after it in the
same room on the same day:

- a session begins no earlier than planned, and no earlier than what stands before it in its room is expected to end,
  unless it is marked as started;
- it is expected to take its time: what began late ends later by as much, what began early ends as planned;
- running over replaces the end that is expected; ended is ended. Who forgets to say "ended" shifts nothing: a session
  is over when it was expected to be, or when the next one in its room is marked as started;
- a break gives up to half of its length, at least five minutes are left; time between sessions is given up whole;
- sessions that overlap in the plan do not push each other, cancelled ones push nobody, and people who are in two rooms
  are not looked at.

A mark counts only near the time its session is planned for: what was marked before a session was moved away is void.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from bot.programme.model import Programme, Session
from storage.session_runs import SessionRun

EARLIEST = 3600  # seconds before its planned start from which a session may be marked
LATEST = 4 * 3600  # seconds after its planned end until which it may
BREAK_LEAST = 300  # seconds that are left of a break
NOTABLE = 300  # seconds: what differs by less from the plan is on time


class Span(NamedTuple):
    """When a session really begins and ends, or is expected to: aware, in the forum's zone."""

    start: dt.datetime
    end: dt.datetime


class Runs:
    """The marks of all sessions as they are at one moment; a new mark makes a new one, so that it is a key by itself.

    The result is computed once for a programme, and kept.
    """

    def __init__(self, marks: Iterable[SessionRun] = ()) -> None:
        self._marks = {mark.session: mark for mark in marks}
        self._known: tuple[Programme, Mapping[str, Span]] | None = None

    def of(self, programme: Programme, session: str) -> SessionRun:
        """The marks of a session that count; without any when there are none, or no such session."""
        mark = self._marks.get(session)
        planned = programme.session(session)
        if mark is None or planned is None or planned.cancelled:
            return SessionRun(session, revision=mark.revision if mark else 0)
        return counting(planned, mark)

    def instead(self, mark: SessionRun) -> Runs:
        """The same with other marks of one session."""
        return Runs([*(one for one in self._marks.values() if one.session != mark.session), mark])

    def moved(self, programme: Programme) -> Mapping[str, Span]:
        """By their codes the sessions that do not go by the programme to the second."""
        known = self._known
        if known is None or known[0] is not programme:
            known = self._known = programme, compute(programme, self._marks)
        return known[1]


NO_RUNS = Runs()


def span(programme: Programme, runs: Runs, session: Session) -> Span:
    return runs.moved(programme).get(session.code) or Span(session.start, session.end)


def shown(programme: Programme, runs: Runs, session: Session, now: dt.datetime) -> Span:
    """When it begins and ends as people are told: as expected where that differs notably from the plan. Of what is on
    only the end does; what is over is as planned."""
    start, end = span(programme, runs, session)
    planned, seconds = Span(session.start, session.end), now.timestamp()
    if seconds < start.timestamp():
        return planned if late(programme, runs, session) < NOTABLE else Span(start, end)
    if seconds >= end.timestamp() or abs(end.timestamp() - session.end.timestamp()) < NOTABLE:
        return planned
    return Span(session.start, end)


def starts(programme: Programme, runs: Runs, session: Session) -> dt.datetime:
    """When the session began, or is expected to."""
    return span(programme, runs, session).start


def ends(programme: Programme, runs: Runs, session: Session) -> dt.datetime:
    """When the session ended, or is expected to. A cancelled one goes by the programme."""
    return span(programme, runs, session).end


def is_on(programme: Programme, runs: Runs, session: Session, now: dt.datetime) -> bool:
    """Whether it goes on at a moment: from its start up to, not including, its end."""
    if session.cancelled:
        return False
    found = span(programme, runs, session)
    return found.start.timestamp() <= now.timestamp() < found.end.timestamp()


def late(programme: Programme, runs: Runs, session: Session) -> int:
    """By how many seconds it begins, or began, after its time; negative when it was started before."""
    return int(starts(programme, runs, session).timestamp() - session.start.timestamp())


def markable(session: Session, at: float) -> bool:
    """Whether a mark at that moment (epoch seconds) can be about the session as it is planned."""
    return session.start.timestamp() - EARLIEST <= at <= session.end.timestamp() + LATEST


def counting(session: Session, mark: SessionRun) -> SessionRun:
    """Of the marks those that are about the session as it is planned."""
    started, until, ended = (
        at if at is not None and markable(session, at) else None
        for at in (mark.started_at, mark.ends_at, mark.ended_at)
    )
    return SessionRun(session.code, started, until, ended, mark.revision)


def compute(programme: Programme, marks: Mapping[str, SessionRun]) -> dict[str, Span]:
    """The sessions that marks move, wherever there are any."""
    marked = [one for one in map(programme.session, marks) if one is not None and not one.cancelled]
    zone = programme.forum.zone
    found: dict[str, Span] = {}
    for line in lines(programme, marked):
        for session, start, end in follow(line, marks):
            if (start, end) != (session.start.timestamp(), session.end.timestamp()):
                found[session.code] = Span(dt.datetime.fromtimestamp(start, zone), dt.datetime.fromtimestamp(end, zone))
    return found


def lines(programme: Programme, marked: Iterable[Session]) -> list[list[Session]]:
    """What follows each other where marked sessions are held, in the programme's order; without a room one is alone."""
    places = {(one.room, one.day, "" if one.room else one.code): one for one in marked}
    return [
        [other for other in programme.in_room(one.room) if other.day == one.day and not other.cancelled]
        if one.room
        else [one]
        for one in places.values()
    ]


def follow(line: Sequence[Session], marks: Mapping[str, SessionRun]) -> list[tuple[Session, float, float]]:
    """The sessions of one room and day with their start and end in epoch seconds, as the marks have it."""
    read = {one.code: counting(one, marks.get(one.code) or SessionRun(one.code)) for one in line}
    found: list[tuple[Session, float, float]] = []
    for place, session in enumerate(line):
        mark = read[session.code]
        begins, over = session.start.timestamp(), session.end.timestamp()
        start = max([begins, *(end for one, _, end in found if one.end.timestamp() <= begins)])
        if mark.started_at is not None:
            start = mark.started_at
        if mark.ended_at is not None:
            # Ended before it could begin: it was marked as ended and never as started.
            start = min(start, mark.ended_at) if mark.started_at is None else start
            found.append((session, start, max(start, mark.ended_at)))
            continue
        end = max(over, start + shortest(session))
        if mark.ends_at is not None:
            end = max(over, mark.ends_at, start)
        followers = [read[other.code].started_at for other in line[place + 1 :] if over <= other.start.timestamp()]
        found.append((session, start, min([end, *(at for at in followers if at is not None and at >= start)])))
    return found


def shortest(session: Session) -> float:
    """How many seconds it takes at the least."""
    length = session.end.timestamp() - session.start.timestamp()
    return min(length, max(length / 2, BREAK_LEAST)) if session.is_break else length
