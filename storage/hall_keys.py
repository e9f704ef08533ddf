"""Which hall screens are private, and the key that ends the link to each."""

from __future__ import annotations

from storage.database import Transaction
from storage.questions import CHANNEL

KEY_OF = "SELECT key FROM hall_keys WHERE place = :place"
LOCK = """
    INSERT INTO hall_keys (place, key, made_by, made_at) VALUES (:place, :key, :person, :now)
    ON CONFLICT (place) DO NOTHING
"""
UNLOCK = "DELETE FROM hall_keys WHERE place = :place"
MADE_BY = "SELECT place, made_at FROM hall_keys WHERE made_by = :person ORDER BY place"
FORGET = "UPDATE hall_keys SET made_by = NULL WHERE made_by = :person"


def key_of(tx: Transaction, place: str) -> str:
    """The key that opens the screen of a place (a session's or a room's code); "" when it is public."""
    return str(tx.value(KEY_OF, place=place) or "")


def lock(tx: Transaction, place: str, key: str, person: int, now: int) -> bool:
    """Make a screen private. False when it was, and its key stays."""
    tx.notify(CHANNEL)
    return tx.run(LOCK, place=place, key=key, person=person, now=now) == 1


def unlock(tx: Transaction, place: str) -> bool:
    """Make a screen public; its old key opens nothing any more. False when it was public."""
    tx.notify(CHANNEL)
    return tx.run(UNLOCK, place=place) == 1


def made_by(tx: Transaction, person: int) -> list[tuple[str, int]]:
    """The screens the person made private, as (place, epoch seconds)."""
    return [(row["place"], row["made_at"]) for row in tx.rows(MADE_BY, person=person)]


def forget(tx: Transaction, person: int) -> None:
    tx.run(FORGET, person=person)
