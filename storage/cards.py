"""Which message in which moderator's chat shows which question, and which revision of it."""

from __future__ import annotations

from dataclasses import dataclass

from storage.database import Transaction
from storage.records import columns, reader

FOLDED, MENU, REASONS = 0, 1, 2  # what stands there: the card, its menu or what that led to, the reasons of a decline


@dataclass(frozen=True, slots=True)
class Place:
    """A message that shows a question at a `revision`; `desk` is the list it was opened from, `unfolded` one of FOLDED,
    MENU and REASONS."""

    message: int
    revision: int
    desk: str
    unfolded: int


record = reader(Place)

PLACE = """
    INSERT INTO cards (chat, message, question, revision, desk, unfolded)
    VALUES (:chat, :message, :question, :revision, :desk, :unfolded)
    ON CONFLICT (chat, message)
    DO UPDATE SET question = excluded.question, revision = excluded.revision, desk = excluded.desk,
                  unfolded = excluded.unfolded
"""
# Only forward: a slow edit may be reported after the card was shown again.
RENEW = """
    UPDATE cards SET revision = :revision, unfolded = 0
    WHERE chat = :chat AND message = :message AND question = :question AND revision < :revision
"""
UNFOLD = "UPDATE cards SET unfolded = :unfolded WHERE chat = :chat AND message = :message AND question = :question"
# In a group the card is one for all.
FOLD = "UPDATE cards SET unfolded = 0 WHERE question = :question AND chat < 0 AND unfolded <> 0"
REVISION = "SELECT revision FROM cards WHERE chat = :chat AND message = :message AND question = :question"
SHOWN_IN = "SELECT question FROM cards WHERE chat = :chat AND message = :message"
LIFT = "DELETE FROM cards WHERE chat = :chat AND message = :message"
IN_CHAT = f"SELECT {columns(Place)} FROM cards WHERE question = :question AND chat = :chat ORDER BY message"
CHATS = "SELECT DISTINCT chat FROM cards WHERE question = :question ORDER BY chat"
OF_CHAT = "SELECT message, question FROM cards WHERE chat = :chat ORDER BY message"
DELETE = "DELETE FROM cards WHERE chat = :chat"


def place(
    tx: Transaction, chat: int, message: int, *, question: int, revision: int, desk: str, unfolded: int = FOLDED
) -> None:
    """Remember that the message shows this revision of the question now (it may have shown another before)."""
    where = {"chat": chat, "message": message}
    tx.run(PLACE, **where, question=question, revision=revision, desk=desk, unfolded=unfolded)


def renew(tx: Transaction, chat: int, message: int, *, question: int, revision: int) -> None:
    """The message shows the card of a newer revision, if it still shows that question."""
    tx.run(RENEW, chat=chat, message=message, question=question, revision=revision)


def unfold(tx: Transaction, chat: int, message: int, *, question: int, unfolded: int) -> None:
    """What the card led to stands in its place now."""
    tx.run(UNFOLD, chat=chat, message=message, question=question, unfolded=unfolded)


def fold(tx: Transaction, question: int) -> None:
    """What somebody unfolded in a group is not wanted there any more: the next change of the card covers it."""
    tx.run(FOLD, question=question)


def revision(tx: Transaction, chat: int, message: int, *, question: int) -> int:
    """Which revision of the question the message shows; 0, which no question has, when it is not known to show it."""
    return int(tx.value(REVISION, chat=chat, message=message, question=question) or 0)


def shown_in(tx: Transaction, chat: int, message: int) -> int | None:
    """The question that the message shows."""
    question: int | None = tx.value(SHOWN_IN, chat=chat, message=message)
    return question


def lift(tx: Transaction, chat: int, message: int) -> None:
    """The message shows no card any more, or is gone."""
    tx.run(LIFT, chat=chat, message=message)


def in_chat(tx: Transaction, question: int, chat: int) -> list[Place]:
    """The chat's messages that show the question, oldest first."""
    return [record(row) for row in tx.rows(IN_CHAT, question=question, chat=chat)]


def chats(tx: Transaction, question: int) -> list[int]:
    """Chats in which the question's card stands."""
    return [row["chat"] for row in tx.rows(CHATS, question=question)]


def of_chat(tx: Transaction, chat: int) -> list[tuple[int, int]]:
    """The chat's cards as (message, question)."""
    return [(row["message"], row["question"]) for row in tx.rows(OF_CHAT, chat=chat)]


def delete(tx: Transaction, chat: int) -> None:
    tx.run(DELETE, chat=chat)
