"""Which bot's chats the stored message ids belong to. Every bot has chats of its own, with ids from the beginning."""

from __future__ import annotations

from storage.database import Transaction

SERVING = "SELECT bot FROM serving_bot"
RETIRE = "DELETE FROM serving_bot"
SERVE = "INSERT INTO serving_bot (bot) VALUES (:bot)"
DROP_OF_QUESTIONS = "UPDATE questions SET message = NULL WHERE message IS NOT NULL"
DROP_OF_ANNOUNCEMENTS = "UPDATE announcements SET message = NULL"
DROP_OF_DELIVERIES = "UPDATE deliveries SET message = NULL, messages = '' WHERE message IS NOT NULL"
DROP_CARDS = "DELETE FROM cards"
DROP_STAGES = "DELETE FROM stages"
DROP_TYPED = "DELETE FROM typed_messages"
DROP_SCREENS = "DELETE FROM announcement_screens"
DROP_BOARDS = "DELETE FROM boards"
DROPS = (
    DROP_OF_QUESTIONS,
    DROP_OF_ANNOUNCEMENTS,
    DROP_OF_DELIVERIES,
    DROP_CARDS,
    DROP_STAGES,
    DROP_TYPED,
    DROP_SCREENS,
    DROP_BOARDS,
)


def serve(tx: Transaction, bot: int) -> bool:
    """Let the bot have the database. True when it was another's: what it remembered by message ids is dropped, so that
    no new message is taken for an old one with the same id."""
    former = tx.value(SERVING)
    if former == bot:
        return False
    tx.run(RETIRE)
    tx.run(SERVE, bot=bot)
    if former is None:
        return False
    for statement in DROPS:
        tx.run(statement)
    return True
