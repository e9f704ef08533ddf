"""Words that flag a question for its moderators."""

from __future__ import annotations

from storage.database import Transaction

EVERY = "SELECT word FROM stop_words ORDER BY word"
ADD = """
    INSERT INTO stop_words (word, added_by, added_at) VALUES (:word, :person, :now) ON CONFLICT (word) DO NOTHING
"""
REMOVE = "DELETE FROM stop_words WHERE word = :word"
ADDED_BY = "SELECT word, added_at FROM stop_words WHERE added_by = :person ORDER BY word"
FORGET = "UPDATE stop_words SET added_by = NULL WHERE added_by = :person"


def every(tx: Transaction) -> list[str]:
    return [row["word"] for row in tx.rows(EVERY)]


def add(tx: Transaction, word: str, person: int, now: int) -> bool:
    """False when it is in the list already."""
    return tx.run(ADD, word=word, person=person, now=now) == 1


def remove(tx: Transaction, word: str) -> bool:
    return tx.run(REMOVE, word=word) == 1


def added_by(tx: Transaction, person: int) -> list[tuple[str, int]]:
    """(word, epoch seconds)."""
    return [(row["word"], row["added_at"]) for row in tx.rows(ADDED_BY, person=person)]


def forget(tx: Transaction, person: int) -> None:
    """The words stay; who added them is not known any more."""
    tx.run(FORGET, person=person)
