"""The organizers' boards: which message shows one, and what they show, in a few statements."""

from __future__ import annotations

from dataclasses import dataclass

from storage.database import Transaction
from storage.records import columns, or_empty, reader

CHANNEL = "boards"  # notified of what a board shows where nobody else listens for it


@dataclass(frozen=True, slots=True)
class BoardMessage:
    """`says` is a digest of what the message says; `former`: a newer board of the chat has taken its place."""

    chat: int
    message: int
    says: str = ""
    former: bool = False


record = reader(BoardMessage, former=bool)


@dataclass(frozen=True, slots=True)
class Open:
    """The open questions of a session: `pending` of them wait for a moderator, the `oldest` since then (epoch seconds,
    None when none does)."""

    session: str
    pending: int
    questions: int
    oldest: int | None


open_record = reader(Open)


@dataclass(frozen=True, slots=True)
class Drafted:
    """How many steps of the draft a person has made; `person` is None for the bot, `name` "" for who has none."""

    person: int | None
    name: str
    steps: int


drafted_record = reader(Drafted, name=or_empty)


@dataclass(frozen=True, slots=True)
class Lost:
    """How many messages did not arrive, of how many it is not known, and when the last of them came to that."""

    failed: int
    unsure: int
    last: int


lost_record = reader(Lost)

BOARD = f"SELECT {columns(BoardMessage)} FROM boards "
EVERY = BOARD + "ORDER BY chat, message"
GET = BOARD + "WHERE chat = :chat AND message = :message"
IN_CHAT = BOARD + "WHERE chat = :chat ORDER BY message"
LEAVE = "UPDATE boards SET former = 1 WHERE chat = :chat AND message <> :message"
PLACE = """
    INSERT INTO boards (chat, message, says, former) VALUES (:chat, :message, :says, :former)
    ON CONFLICT (chat, message) DO UPDATE SET says = excluded.says, former = excluded.former
"""
SAY = "UPDATE boards SET says = :says WHERE chat = :chat AND message = :message"
LIFT = "DELETE FROM boards WHERE chat = :chat AND message = :message"
DELETE = "DELETE FROM boards WHERE chat = :chat"

OPEN = """
    SELECT session, SUM(CASE state WHEN 'pending' THEN 1 ELSE 0 END) AS pending, COUNT(*) AS questions,
           MIN(CASE state WHEN 'pending' THEN asked_at END) AS oldest
    FROM questions WHERE state IN ('pending', 'approved') GROUP BY session ORDER BY session
"""
DRAFTED = """
    SELECT draft_steps.made_by AS person, MAX(participants.name) AS name, COUNT(*) AS steps
    FROM draft_steps LEFT JOIN participants ON participants.id = draft_steps.made_by
    GROUP BY draft_steps.made_by ORDER BY steps DESC, MIN(draft_steps.number)
"""
# The condition on the state is the index's own: what arrived is not looked through.
LOST = """
    SELECT COALESCE(SUM(CASE state WHEN 'failed' THEN 1 ELSE 0 END), 0) AS failed,
           COALESCE(SUM(CASE state WHEN 'unsure' THEN 1 ELSE 0 END), 0) AS unsure, COALESCE(MAX(done_at), 0) AS last
    FROM deliveries WHERE state IN ('failed', 'unsure') AND done_at > :since
"""


def every(tx: Transaction) -> list[BoardMessage]:
    return [record(row) for row in tx.rows(EVERY)]


def get(tx: Transaction, chat: int, message: int) -> BoardMessage | None:
    """None when the message shows no board."""
    row = tx.row(GET, chat=chat, message=message)
    return None if row is None else record(row)


def in_chat(tx: Transaction, chat: int) -> list[BoardMessage]:
    return [record(row) for row in tx.rows(IN_CHAT, chat=chat)]


def place(tx: Transaction, chat: int, message: int, says: str) -> None:
    """The message is the chat's board from now on, and any other is a former one."""
    tx.notify(CHANNEL)
    tx.run(LEAVE, chat=chat, message=message)
    tx.run(PLACE, chat=chat, message=message, says=says, former=0)


def put_back(tx: Transaction, board: BoardMessage) -> None:
    """The message shows what it showed before it was lifted."""
    tx.notify(CHANNEL)
    tx.run(PLACE, chat=board.chat, message=board.message, says=board.says, former=int(board.former))


def say(tx: Transaction, chat: int, message: int, says: str) -> None:
    """The board was edited, and says this now."""
    tx.run(SAY, chat=chat, message=message, says=says)


def lift(tx: Transaction, chat: int, message: int) -> bool:
    """The message shows something else now, or is gone. False when it showed no board."""
    return tx.run(LIFT, chat=chat, message=message) == 1


def delete(tx: Transaction, chat: int) -> None:
    """The person is not to be followed to any more."""
    tx.run(DELETE, chat=chat)


def open_questions(tx: Transaction) -> list[Open]:
    """Of every session that has any, also of one that has left the programme."""
    return [open_record(row) for row in tx.rows(OPEN)]


def drafted(tx: Transaction) -> list[Drafted]:
    """Who has put what into the draft, the busiest first."""
    return [drafted_record(row) for row in tx.rows(DRAFTED)]


def lost(tx: Transaction, since: int) -> Lost:
    """What did not arrive, or perhaps did not, after `since`."""
    row = tx.row(LOST, since=since)
    assert row is not None
    return lost_record(row)
