"""What really happens in the halls: when a session was begun and ended, and until when it is expected to run over."""

from __future__ import annotations

from dataclasses import dataclass, replace

from storage.database import Transaction
from storage.records import columns, parameters, reader, values

CHANNEL = "session-runs"


@dataclass(frozen=True, slots=True)
class SessionRun:
    """The marks of a session; None where nobody made one. Times are epoch seconds.

    `ends_at` is until when it was said to run over. `revision` counts the marks made and taken back: 0 for a session
    that nobody has ever marked.
    """

    session: str
    started_at: int | None = None
    ends_at: int | None = None
    ended_at: int | None = None
    revision: int = 0


record = reader(SessionRun)

EVERYTHING = f"SELECT {columns(SessionRun)} FROM session_runs ORDER BY session"
# Only over the marks that were seen: of two at once the first counts, the other looks again.
PUT = f"""
    INSERT INTO session_runs ({columns(SessionRun)}, marked_by, marked_at)
    VALUES ({parameters(SessionRun)}, :person, :now)
    ON CONFLICT (session) DO UPDATE SET
        started_at = excluded.started_at, ends_at = excluded.ends_at, ended_at = excluded.ended_at,
        revision = excluded.revision, marked_by = excluded.marked_by, marked_at = excluded.marked_at
    WHERE session_runs.revision = excluded.revision - 1
"""
MARKED_BY = "SELECT session, marked_at FROM session_runs WHERE marked_by = :person ORDER BY session"
FORGET = "UPDATE session_runs SET marked_by = NULL WHERE marked_by = :person"


def everything(tx: Transaction) -> list[SessionRun]:
    return [record(row) for row in tx.rows(EVERYTHING)]


def put(tx: Transaction, run: SessionRun, person: int, now: int) -> bool:
    """Make these the session's marks. `run.revision` is the one they were made from; False, and nothing is changed,
    when that is not the newest any more."""
    tx.notify(CHANNEL)
    marked = replace(run, revision=run.revision + 1)
    return tx.run(PUT, **values(marked), person=person, now=now) == 1


def marked_by(tx: Transaction, person: int) -> list[tuple[str, int]]:
    """The sessions whose last mark is the person's, as (session, epoch seconds)."""
    return [(row["session"], row["marked_at"]) for row in tx.rows(MARKED_BY, person=person)]


def forget(tx: Transaction, person: int) -> None:
    """The marks stay, for the hall goes by them; who made them is not known any more."""
    tx.run(FORGET, person=person)
