"""Versions of an announcement that may still say what another version no longer says."""

from __future__ import annotations

from storage.announcements import CHANNEL
from storage.database import Transaction

PUT = """
    INSERT INTO announcement_behind (announcement, language, because) VALUES (:number, :language, :because)
    ON CONFLICT (announcement, language, because) DO NOTHING
"""
OF = "SELECT DISTINCT language FROM announcement_behind WHERE announcement = :number"
NUMBERS = "SELECT DISTINCT announcement FROM announcement_behind"
CATCH_UP = "DELETE FROM announcement_behind WHERE announcement = :number AND language = :language"
CALL_OFF = "DELETE FROM announcement_behind WHERE announcement = :number AND because = :because"
CLEAR = "DELETE FROM announcement_behind WHERE announcement = :number"


def put(tx: Transaction, number: int, language: str, because: str) -> None:
    """The version in that language was not changed since the one in `because` was."""
    tx.notify(CHANNEL)
    tx.run(PUT, number=number, language=language, because=because)


def of(tx: Transaction, number: int) -> frozenset[str]:
    """The languages of those behind."""
    return frozenset(row["language"] for row in tx.rows(OF, number=number))


def numbers(tx: Transaction) -> frozenset[int]:
    """The announcements that have versions behind."""
    return frozenset(row["announcement"] for row in tx.rows(NUMBERS))


def catch_up(tx: Transaction, number: int, language: str) -> bool:
    """The version in that language was changed. False when it was not behind."""
    tx.notify(CHANNEL)
    return tx.run(CATCH_UP, number=number, language=language) > 0


def call_off(tx: Transaction, number: int, because: str) -> None:
    """What the others were behind of is not so."""
    tx.notify(CHANNEL)
    tx.run(CALL_OFF, number=number, because=because)


def clear(tx: Transaction, number: int) -> None:
    """All versions are right as they are."""
    tx.notify(CHANNEL)
    tx.run(CLEAR, number=number)
