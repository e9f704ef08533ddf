"""Who is here: people who said so themselves at the entrance's link, and those whose badge was scanned."""

from __future__ import annotations

from dataclasses import dataclass

from storage import boards
from storage.database import Transaction
from storage.records import or_empty, reader

LEAVE = "UPDATE participants SET present_at = NULL WHERE id = :person AND present_at = :present_at"
BY_DELEGATION = """
    SELECT COALESCE(delegation, '') AS delegation, COUNT(*) AS people, COUNT(present_at) AS here
    FROM participants WHERE registered_at IS NOT NULL GROUP BY COALESCE(delegation, '')
"""
TOTAL = "SELECT COUNT(present_at) AS here, COUNT(*) AS people FROM participants WHERE registered_at IS NOT NULL"
NAMES = "SELECT id AS person, name, delegation FROM participants WHERE registered_at IS NOT NULL ORDER BY name, id"


@dataclass(frozen=True, slots=True)
class Attendance:
    """How many registered people there are, and how many of them are here."""

    here: int
    people: int


attendance_record = reader(Attendance)


@dataclass(frozen=True, slots=True)
class Named:
    """`delegation` is a code or ""."""

    person: int
    name: str
    delegation: str


named_record = reader(Named, delegation=or_empty)


def leave(tx: Transaction, person: int, present_at: int) -> None:
    """The person is not here after all; anyone who came at another moment, on their own, stays."""
    tx.notify(boards.CHANNEL)
    tx.run(LEAVE, person=person, present_at=present_at)


def by_delegation(tx: Transaction) -> dict[str, Attendance]:
    """By the delegation's code, "" for people without one."""
    return {row["delegation"]: attendance_record(row) for row in tx.rows(BY_DELEGATION)}


def total(tx: Transaction) -> Attendance:
    row = tx.row(TOTAL)
    assert row is not None
    return attendance_record(row)


def names(tx: Transaction) -> list[Named]:
    """All registered people."""
    return [named_record(row) for row in tx.rows(NAMES)]
