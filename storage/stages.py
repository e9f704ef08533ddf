"""The one message in a chair's chat that follows the stage."""

from __future__ import annotations

from dataclasses import dataclass

from storage.database import Transaction
from storage.records import columns, reader


@dataclass(frozen=True, slots=True)
class StageMessage:
    chat: int
    message: int
    session: str


record = reader(StageMessage)

STAGE = f"SELECT {columns(StageMessage)} FROM stages "
IN_CHAT = STAGE + "WHERE chat = :chat"
EVERY = STAGE + "ORDER BY chat"
PLACE = """
    INSERT INTO stages (chat, message, session) VALUES (:chat, :message, :session)
    ON CONFLICT (chat) DO UPDATE SET message = excluded.message, session = excluded.session
"""
LIFT = "DELETE FROM stages WHERE chat = :chat AND message = :message"
DELETE = "DELETE FROM stages WHERE chat = :chat"


def in_chat(tx: Transaction, chat: int) -> StageMessage | None:
    row = tx.row(IN_CHAT, chat=chat)
    return None if row is None else record(row)


def every(tx: Transaction) -> list[StageMessage]:
    return [record(row) for row in tx.rows(EVERY)]


def place(tx: Transaction, chat: int, message: int, session: str) -> None:
    """The message shows the session's stage from now on, instead of any other of the chat."""
    tx.run(PLACE, chat=chat, message=message, session=session)


def lift(tx: Transaction, chat: int, message: int) -> bool:
    """The message shows something else now, or is gone. False when it showed no stage."""
    return tx.run(LIFT, chat=chat, message=message) == 1


def delete(tx: Transaction, chat: int) -> None:
    tx.run(DELETE, chat=chat)
