"""Which messages in organizers' chats show an announcement, or ask something about it, and follow it."""

from __future__ import annotations

from dataclasses import dataclass

from storage.database import Transaction
from storage.records import columns, reader

CHANNEL = "announcements"  # the same as what the screens follow (storage.announcements)
MOST = 4  # screens of a chat that follow: as many as an organizer has before their eyes

# What a message shows: the announcement itself; whether to send it; whether to delete it; for a correction put in a
# screen, the language it is staged for and its mark, "+kk:0123456789abcdef". WRITE: it asks for a version or for a
# correction. LEFT: newer screens have taken its place.
ITSELF, SEND, REMOVE, WRITE, LEFT = "", "send", "remove", "write", "left"
CARDS = (ITSELF, SEND, WRITE, LEFT)  # of which the lowest in a chat is enough


@dataclass(frozen=True, slots=True)
class AnnouncementScreen:
    """A message that shows an announcement; `asks` is one of ITSELF, SEND, REMOVE, WRITE, LEFT, a correction's mark."""

    chat: int
    message: int
    announcement: int
    asks: str = ITSELF


record = reader(AnnouncementScreen)

SCREEN = f"SELECT {columns(AnnouncementScreen)} FROM announcement_screens "
EVERY = SCREEN + "ORDER BY chat, nth DESC"
GET = SCREEN + "WHERE chat = :chat AND message = :message"
IN_CHAT = SCREEN + "WHERE chat = :chat ORDER BY nth DESC"
PLACE = """
    INSERT INTO announcement_screens (chat, message, announcement, asks, nth)
    SELECT CAST(:chat AS BIGINT), CAST(:message AS BIGINT), CAST(:announcement AS BIGINT), CAST(:asks AS TEXT),
           COALESCE((SELECT MAX(nth) FROM announcement_screens WHERE chat = :chat), 0) + 1
    WHERE 1 = 1
    ON CONFLICT (chat, message)
    DO UPDATE SET announcement = excluded.announcement, asks = excluded.asks, nth = excluded.nth
"""
LEAVE = """
    UPDATE announcement_screens SET asks = 'left'
    WHERE chat = :chat AND asks <> 'left' AND message NOT IN (
        SELECT message FROM announcement_screens WHERE chat = :chat ORDER BY nth DESC LIMIT :most
    )
"""
TURN = """
    UPDATE announcement_screens SET asks = :asks
    WHERE chat = :chat AND message = :message AND announcement = :announcement AND asks <> 'left'
"""
LIFT = "DELETE FROM announcement_screens WHERE chat = :chat AND message = :message"
DELETE = "DELETE FROM announcement_screens WHERE chat = :chat"


def every(tx: Transaction) -> list[AnnouncementScreen]:
    """By chat, the newest of each first."""
    return [record(row) for row in tx.rows(EVERY)]


def get(tx: Transaction, chat: int, message: int) -> AnnouncementScreen | None:
    """What the message shows; None when it is none of these screens."""
    row = tx.row(GET, chat=chat, message=message)
    return None if row is None else record(row)


def in_chat(tx: Transaction, chat: int) -> list[AnnouncementScreen]:
    """The newest first."""
    return [record(row) for row in tx.rows(IN_CHAT, chat=chat)]


def cards(tx: Transaction, chat: int, announcement: int) -> list[int]:
    """The messages of the chat that show the announcement, or lead back to it, the newest first."""
    return [one.message for one in in_chat(tx, chat) if one.announcement == announcement and one.asks in CARDS]


def place(tx: Transaction, chat: int, message: int, announcement: int, asks: str = ITSELF) -> None:
    """The message shows that from now on, whatever it showed before; the chat's oldest beyond MOST is LEFT."""
    tx.notify(CHANNEL)
    tx.run(PLACE, chat=chat, message=message, announcement=announcement, asks=asks)
    tx.run(LEAVE, chat=chat, most=MOST)


def turn(tx: Transaction, screen: AnnouncementScreen, asks: str) -> None:
    """What the message asked is out of date: it shows something else about the announcement now."""
    tx.run(TURN, chat=screen.chat, message=screen.message, announcement=screen.announcement, asks=asks)


def lift(tx: Transaction, chat: int, message: int) -> bool:
    """The message shows something else now, or is gone. False when it was none of these screens."""
    return tx.run(LIFT, chat=chat, message=message) == 1


def delete(tx: Transaction, chat: int) -> None:
    """The person is not to be followed to any more."""
    tx.run(DELETE, chat=chat)
