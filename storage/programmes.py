"""Versions of the programme: whole documents, never edited, the newest one holds."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from storage.database import Row, Transaction

CHANNEL = "programmes"  # told when a version was published


@dataclass(frozen=True, slots=True)
class Version:
    """`document` is the programme as plain JSON data, `source` says where it came from: a file's name, or "draft".

    `restores` is the older version it brings back. Times are epoch seconds.
    """

    number: int
    document: dict[str, Any]
    source: str
    published_by: int | None
    published_at: int
    restores: int | None


VERSION = "SELECT number, document, source, published_by, published_at, restores FROM programmes "
NEWEST = VERSION + "ORDER BY number DESC LIMIT 1"
GET = VERSION + "WHERE number = :number"
NEWEST_NUMBER = "SELECT MAX(number) FROM programmes"
PUBLISH = """
    INSERT INTO programmes (document, source, published_by, published_at, restores)
    VALUES (:document, :source, :published_by, :now, :restores) RETURNING number
"""
PUBLISHED_BY = "SELECT number, published_at FROM programmes WHERE published_by = :person ORDER BY number"
FORGET = "UPDATE programmes SET published_by = NULL WHERE published_by = :person"


def newest(tx: Transaction) -> Version | None:
    row = tx.row(NEWEST)
    return None if row is None else record(row)


def get(tx: Transaction, number: int) -> Version | None:
    row = tx.row(GET, number=number)
    return None if row is None else record(row)


def newest_number(tx: Transaction) -> int:
    return int(tx.value(NEWEST_NUMBER))


def record(row: Row) -> Version:
    return Version(
        number=row["number"],
        document=json.loads(row["document"]),
        source=row["source"],
        published_by=row["published_by"],
        published_at=row["published_at"],
        restores=row["restores"],
    )


def publish(
    tx: Transaction,
    document: dict[str, Any],
    source: str,
    published_by: int | None,
    now: int,
    restores: int | None = None,
) -> int:
    """Store a version and return its number."""
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    tx.tell(CHANNEL)
    return int(tx.value(PUBLISH, document=text, source=source, published_by=published_by, now=now, restores=restores))


def published_by(tx: Transaction, person: int) -> list[tuple[int, int]]:
    """The versions the person published, as (number, epoch seconds)."""
    return [(row["number"], row["published_at"]) for row in tx.rows(PUBLISHED_BY, person=person)]


def forget(tx: Transaction, person: int) -> None:
    tx.run(FORGET, person=person)
