"""A session's desk: the order of its lists, the question on stage, the silent note to the chair."""

from __future__ import annotations

from dataclasses import dataclass

from storage.database import Transaction
from storage.questions import CHANNEL
from storage.records import columns, reader


@dataclass(frozen=True, slots=True)
class SessionDesk:
    """`sorting` is "" for the usual order (bot.actions.moderation.sorting); `on_stage` is a question's number, and
    `note` is "" when there is none. Times are epoch seconds."""

    session: str
    sorting: str = ""
    on_stage: int | None = None
    on_stage_at: int | None = None
    note: str = ""
    note_by: int | None = None
    note_at: int | None = None


record = reader(SessionDesk)

DESK = f"SELECT {columns(SessionDesk)} FROM session_desks "
GET = DESK + "WHERE session = :session"
SET_SORTING = """
    INSERT INTO session_desks (session, sorting) VALUES (:session, :sorting)
    ON CONFLICT (session) DO UPDATE SET sorting = excluded.sorting
"""
PUT_ON_STAGE = """
    INSERT INTO session_desks (session, on_stage, on_stage_at) VALUES (:session, :question, :now)
    ON CONFLICT (session) DO UPDATE SET on_stage = excluded.on_stage, on_stage_at = excluded.on_stage_at
"""
# Only the question that was seen there: another chair may have put up the next one meanwhile.
CLEAR_STAGE = """
    UPDATE session_desks SET on_stage = NULL, on_stage_at = NULL WHERE session = :session AND on_stage = :question
"""
SET_NOTE = """
    INSERT INTO session_desks (session, note, note_by, note_at) VALUES (:session, :note, :author, :now)
    ON CONFLICT (session) DO UPDATE SET note = excluded.note, note_by = excluded.note_by, note_at = excluded.note_at
"""
NOTES_BY = "SELECT session, note, note_at FROM session_desks WHERE note_by = :person AND note <> '' ORDER BY session"
FORGET = "UPDATE session_desks SET note_by = NULL WHERE note_by = :person"


def get(tx: Transaction, session: str) -> SessionDesk:
    """The session's desk; one that nobody has touched yet is an empty one."""
    row = tx.row(GET, session=session)
    return SessionDesk(session) if row is None else record(row)


def set_sorting(tx: Transaction, session: str, sorting: str) -> None:
    tx.notify(CHANNEL)
    tx.run(SET_SORTING, session=session, sorting=sorting)


def put_on_stage(tx: Transaction, session: str, question: int, now: int) -> None:
    """The question stands on stage from now on, instead of whatever stood there."""
    tx.notify(CHANNEL)
    tx.run(PUT_ON_STAGE, session=session, question=question, now=now)


def clear_stage(tx: Transaction, session: str, question: int) -> bool:
    """Take the question off the stage. False when another, or none, stands there."""
    tx.notify(CHANNEL)
    return tx.run(CLEAR_STAGE, session=session, question=question) == 1


def set_note(tx: Transaction, session: str, note: str, author: int, now: int) -> None:
    """A silent note to the chair; "" clears it."""
    tx.notify(CHANNEL)
    tx.run(SET_NOTE, session=session, note=note, author=author, now=now)


def notes_by(tx: Transaction, person: int) -> list[tuple[str, str, int]]:
    """The notes the person wrote that still stand: (session, note, epoch seconds)."""
    return [(row["session"], row["note"], row["note_at"]) for row in tx.rows(NOTES_BY, person=person)]


def forget(tx: Transaction, person: int) -> None:
    """The notes stay, for a chair may be reading them; their author is not known any more."""
    tx.run(FORGET, person=person)
