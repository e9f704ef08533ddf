"""Updates that came in and are not finished yet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from storage import conversations
from storage.conversations import Conversation
from storage.database import Transaction

# Telegram may begin a new numbering after a week without updates (Bot API, Update.update_id).
NUMBERING_HOLDS = 6 * 86400

MARK = "SELECT update_id, received_at FROM inbox_mark WHERE bot = :bot"
SET_MARK = """
    INSERT INTO inbox_mark (bot, update_id, received_at) VALUES (:bot, :update_id, :now)
    ON CONFLICT (bot) DO UPDATE SET update_id = excluded.update_id, received_at = excluded.received_at
"""
TAKE_IN = """
    INSERT INTO inbox (update_id, body, received_at) VALUES (:update_id, :body, :now)
    ON CONFLICT (update_id) DO NOTHING
"""
UNFINISHED = "SELECT update_id, body FROM inbox ORDER BY update_id"
FINISH = "DELETE FROM inbox WHERE update_id = :update_id"
COUNT = "SELECT COUNT(*) FROM inbox"


def take_in(tx: Transaction, bot: int, updates: Sequence[tuple[int, str]], now: int) -> list[int]:
    """Store a batch of (update_id, JSON) and return the ids that are new.

    An id not above the highest one ever taken in has been handled before: the batch was stored, but the process died
    before it could confirm it to Telegram. Every bot has a numbering of its own, so the bot is not silent after an
    operator changes the token.
    """
    mark = tx.row(MARK, bot=bot)
    highest = mark["update_id"] if mark and now - mark["received_at"] < NUMBERING_HOLDS else -1
    new = [(update_id, body) for update_id, body in updates if update_id > highest]
    if not new:
        return []
    tx.many(TAKE_IN, ({"update_id": update_id, "body": body, "now": now} for update_id, body in new))
    tx.run(SET_MARK, bot=bot, update_id=max(update_id for update_id, _ in new), now=now)
    return [update_id for update_id, _ in new]


def unfinished(tx: Transaction) -> list[tuple[int, str]]:
    """What a former run took in and did not finish, oldest first."""
    return [(row["update_id"], row["body"]) for row in tx.rows(UNFINISHED)]


def finish(tx: Transaction, update_id: int, dialogues: Iterable[Conversation], now: int) -> None:
    """Strike an update out together with what it changed in the dialogues.

    One transaction for both: an update that is handled again after a crash finds the dialogue
    as it was before it, so the same answer to the same question comes out.
    """
    for dialogue in dialogues:
        conversations.keep(tx, dialogue, now)
    tx.run(FINISH, update_id=update_id)


def strike_out(tx: Transaction, updates: Iterable[int]) -> None:
    """Strike out what will not be handled."""
    tx.many(FINISH, ({"update_id": update_id} for update_id in updates))


def count(tx: Transaction) -> int:
    return int(tx.value(COUNT))
