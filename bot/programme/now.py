"""What is on at a moment, and what comes next."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right

from bot.programme.model import Programme, Session

_LONGEST = 24 * 3600  # seconds: readers refuse a longer session, so nothing older can still be on


def now(programme: Programme, moment: dt.datetime) -> tuple[Session, ...]:
    """The sessions on at an aware moment, breaks included and cancelled ones not.

    A session is on from its start up to, not including, its end.
    """
    at = moment.timestamp()
    sessions = programme.sessions[_begun(programme, at - _LONGEST) : _begun(programme, at)]
    return tuple(s for s in sessions if s.end.timestamp() > at and not s.cancelled)


def next_up(programme: Programme, moment: dt.datetime) -> tuple[Session, ...]:
    """All sessions that share the earliest start after an aware moment; cancelled ones do not count."""
    coming = programme.sessions[_begun(programme, moment.timestamp()) :]
    first = next((s.start.timestamp() for s in coming if not s.cancelled), None)
    if first is None:
        return ()
    together = coming[: bisect_right(coming, first, key=_start)]
    return tuple(s for s in together if s.start.timestamp() == first and not s.cancelled)


def _begun(programme: Programme, at: float) -> int:
    """How many sessions have begun at a moment; by timestamp, since an hour set back repeats on the wall."""
    return bisect_right(programme.sessions, at, key=_start)


def _start(session: Session) -> float:
    return session.start.timestamp()
