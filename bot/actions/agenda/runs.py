"""What really happens in the halls, as staff mark it: started, runs over, ended; and each mark taken back."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from bot.actions.rights import need_moderator
from bot.errors import Stale
from bot.programme.estimates import NOTABLE, Runs, ends, markable, span
from bot.programme.lookup import need_session
from bot.programme.model import Programme, Session
from bot.who import Who
from storage import audit, session_runs
from storage.database import Transaction
from storage.session_runs import SessionRun

# Started now, or when it was planned; runs over; ended now, or when it was due: for anyone who comes late to mark it.
START, ON_TIME, OVER, END, DUE = MOVES = ("start", "time", "over", "end", "due")
OVERRUNS = (5, 10, 15, 30)  # minutes
# Seconds after the expected end until which it can be marked: an end that somebody remembers and marks hours later
# would shift the rest of the day.
OVERDUE = 3600
CODES = {START: "run_started", ON_TIME: "run_started", OVER: "run_over", END: "run_ended", DUE: "run_ended"}


def marks(tx: Transaction) -> Runs:
    """All marks as this transaction finds them."""
    return Runs(session_runs.everything(tx))


def possible(programme: Programme, runs: Runs, session: Session, now: dt.datetime) -> frozenset[str]:
    """Which marks can be made at a moment: about the start from an hour before it is planned, about the end until an
    hour after it is expected."""
    seconds = now.timestamp()
    mark = runs.of(programme, session.code)
    if session.cancelled or mark.ended_at is not None or not markable(session, seconds):
        return frozenset()
    moves = set()
    if mark.started_at is None:
        moves.add(START)
        if seconds >= session.start.timestamp() + NOTABLE:
            moves.add(ON_TIME)
    start, end = span(programme, runs, session)
    if start.timestamp() <= seconds <= end.timestamp() + OVERDUE:
        moves |= {OVER, END}
        if seconds >= end.timestamp() + NOTABLE:
            moves.add(DUE)
    return frozenset(moves)


def moved_by_start(
    programme: Programme, runs: Runs, session: Session, now: dt.datetime
) -> tuple[Runs, tuple[Session, ...]]:
    """The marks as they were if a session began now, and the sessions to come that would be expected at another time
    then."""
    found = runs.of(programme, session.code)
    after = runs.instead(replace(found, started_at=int(now.timestamp())))
    moved = (
        one
        for one in programme.sessions
        if one.code != session.code
        and span(programme, after, one).end > now
        and span(programme, after, one) != span(programme, runs, one)
    )
    return after, tuple(moved)


def last(mark: SessionRun) -> str:
    """The mark that can be taken back: first the end, then the overrun, then the start; "" when there is none."""
    if mark.ended_at is not None:
        return END
    if mark.ends_at is not None:
        return OVER
    return "" if mark.started_at is None else START


def mark(
    tx: Transaction, who: Who, now: int, programme: Programme, code: str, *, move: str, until: int, read: int
) -> bool:
    """Make a mark on the marks that were seen, of revision `read`; again is the same. `until` is for OVER.

    False when others have marked meanwhile, or the time it says has passed: the person is to look again. Raises Stale
    when there is nothing to be marked at this time.
    """
    session = to_be_marked(who, programme, code)
    runs = marks(tx)
    found = runs.of(programme, code)
    if found.revision != read:
        return stands(found, move, until)
    if move not in possible(programme, runs, session, dt.datetime.fromtimestamp(now, dt.UTC)):
        raise Stale("runs.not_now")
    if move == OVER and not (until > now and markable(session, until)):
        return False
    planned = {ON_TIME: session.start, DUE: ends(programme, runs, session)}.get(move)
    at = now if planned is None else int(planned.timestamp())
    if not session_runs.put(tx, marked(found, move, until, at), who.id, now):
        return False
    audit.note(tx, who.id, CODES[move], now, session=code, detail={"until": until} if move == OVER else {})
    return True


def unmark(tx: Transaction, who: Who, now: int, programme: Programme, code: str, *, move: str, read: int) -> bool:
    """Take the last mark back, `move`, as it was seen at revision `read`; again is the same. False when others have
    marked meanwhile."""
    to_be_marked(who, programme, code)
    found = marks(tx).of(programme, code)
    if found.revision != read:
        return not stands(found, move, found.ends_at or 0)
    if not move or last(found) != move:
        return False
    if not session_runs.put(tx, without(found, move), who.id, now):
        return False
    audit.note(tx, who.id, "run_reset", now, session=code, detail={"mark": move})
    return True


def to_be_marked(who: Who, programme: Programme, code: str) -> Session:
    need_moderator(who, code)
    session = need_session(programme, code)
    if session.cancelled:
        raise Stale("questions.session_cancelled")
    return session


def marked(found: SessionRun, move: str, until: int, at: int) -> SessionRun:
    if move == OVER:
        return replace(found, ends_at=until)
    return replace(found, ended_at=at) if move in (END, DUE) else replace(found, started_at=at)


def without(found: SessionRun, move: str) -> SessionRun:
    if move == OVER:
        return replace(found, ends_at=None)
    return replace(found, ended_at=None) if move == END else replace(found, started_at=None)


def stands(found: SessionRun, move: str, until: int) -> bool:
    """Whether the marks already say what the press was to say: it came twice, or two people saw the same."""
    if move == OVER:
        return found.ended_at is None and found.ends_at == until
    return (found.ended_at if move in (END, DUE) else found.started_at) is not None
