"""What is on at a moment, and what comes next."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Sequence

from bot.programme.estimates import Runs, is_on, starts
from bot.programme.model import Programme, Session

_LONGEST = 24 * 3600  # seconds: readers refuse a longer session, so nothing older can still be on


def now(programme: Programme, runs: Runs, moment: dt.datetime) -> tuple[Session, ...]:
    """The sessions on at an aware moment, breaks included and cancelled ones not.

    A session is on from its start up to, not including, its end: as marks have it, else as planned.
    """
    at = moment.timestamp()
    planned = programme.sessions[_begun(programme, at - _LONGEST) : _begun(programme, at)]
    return tuple(s for s in _with_moved(programme, runs, planned) if is_on(programme, runs, s, moment))


def next_up(programme: Programme, runs: Runs, moment: dt.datetime) -> tuple[Session, ...]:
    """All sessions that share the earliest start that is expected after a moment; cancelled ones do not count."""
    at = moment.timestamp()
    planned = programme.sessions[_begun(programme, at) :]
    coming = [
        (start, s)
        for s in _with_moved(programme, runs, planned)
        if not s.cancelled and (start := starts(programme, runs, s).timestamp()) > at
    ]
    first = min((start for start, _ in coming), default=None)
    return tuple(s for start, s in coming if start == first)


def nearest_day(programme: Programme, date: dt.date) -> dt.date | None:
    """The programme's day on that date, or the next one it has; after its last day that. None when it has no days."""
    days = [day.date for day in programme.days]
    return next((one for one in days if one >= date), days[-1] if days else None)


def _with_moved(programme: Programme, runs: Runs, planned: Sequence[Session]) -> Sequence[Session]:
    """These and all that do not go by the programme, in its order."""
    moved = runs.moved(programme)
    if not moved:
        return planned
    looked_at = {s.code for s in planned} | moved.keys()
    return [s for s in programme.sessions if s.code in looked_at]


def _begun(programme: Programme, at: float) -> int:
    """How many sessions have begun at a moment; by timestamp, since an hour set back repeats on the wall."""
    return bisect_right(programme.sessions, at, key=_start)


def _start(session: Session) -> float:
    return session.start.timestamp()
