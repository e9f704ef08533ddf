"""What announcements say, message by message, in each language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from storage.announcements import CHANNEL
from storage.database import Transaction
from storage.records import columns, parameters, reader, values


@dataclass(frozen=True, slots=True)
class Part:
    """One message of it. `language` is "" for everybody; a correction not yet confirmed has a "+" before it.

    `position` is the id of the organizer's message: it orders an album. `kind` is text, photo, video, document,
    audio, voice or location; `file` is Telegram's file_id, `text` HTML, `place` "latitude,longitude".

    Of words that the bot put together, `position` is the programme's version they were made by, negative, and `place`
    what they say of it (bot.actions.announcements.claims).
    """

    language: str
    position: int
    kind: str
    text: str = ""
    file: str = ""
    place: str = ""


record = reader(Part)

# The same message twice, after a crash, is one part.
PUT = f"""
    INSERT INTO announcement_parts (announcement, {columns(Part)}) VALUES (:number, {parameters(Part)})
    ON CONFLICT (announcement, language, position) DO NOTHING
"""
OF = f"""
    SELECT {columns(Part)} FROM announcement_parts WHERE announcement = :number ORDER BY language, position
"""
CHANGE = """
    UPDATE announcement_parts SET kind = :kind, text = :text, file = :file, place = :place
    WHERE announcement = :number AND language = :language AND position = :position
"""
DROP = "DELETE FROM announcement_parts WHERE announcement = :number AND language = :language"
MOVE = """
    UPDATE announcement_parts SET language = :becomes WHERE announcement = :number AND language = :language
"""


def put(tx: Transaction, number: int, part: Part) -> None:
    tx.notify(CHANNEL)
    tx.run(PUT, number=number, **values(part))


def change(tx: Transaction, number: int, part: Part) -> None:
    """The message at that position says this from now on."""
    tx.run(CHANGE, number=number, **values(part))


def of(tx: Transaction, number: int) -> Sequence[Part]:
    """By language, each version in order."""
    return tuple(record(row) for row in tx.rows(OF, number=number))


def drop(tx: Transaction, number: int, language: str) -> None:
    tx.notify(CHANNEL)
    tx.run(DROP, number=number, language=language)


def move(tx: Transaction, number: int, language: str, becomes: str) -> None:
    """Make the version of one language that of another, which has none yet."""
    tx.notify(CHANNEL)
    tx.run(MOVE, number=number, language=language, becomes=becomes)
