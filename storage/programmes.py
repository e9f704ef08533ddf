"""Versions of the programme: whole documents, never edited, the newest one holds."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from storage.database import Transaction


@dataclass(frozen=True, slots=True)
class Version:
    """`document` is the programme as plain JSON data, `source` the file it was read from."""

    number: int
    document: dict[str, Any]
    source: str
    published_by: int | None
    published_at: int


NEWEST = """
    SELECT number, document, source, published_by, published_at FROM programmes ORDER BY number DESC LIMIT 1
"""
PUBLISH = """
    INSERT INTO programmes (document, source, published_by, published_at)
    VALUES (:document, :source, :published_by, :now) RETURNING number
"""
PUBLISHED_BY = "SELECT number, published_at FROM programmes WHERE published_by = :person ORDER BY number"
FORGET = "UPDATE programmes SET published_by = NULL WHERE published_by = :person"


def newest(tx: Transaction) -> Version | None:
    row = tx.row(NEWEST)
    if row is None:
        return None
    return Version(
        number=row["number"],
        document=json.loads(row["document"]),
        source=row["source"],
        published_by=row["published_by"],
        published_at=row["published_at"],
    )


def publish(tx: Transaction, document: dict[str, Any], source: str, published_by: int | None, now: int) -> int:
    """Store a version and return its number."""
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return int(tx.value(PUBLISH, document=text, source=source, published_by=published_by, now=now))


def published_by(tx: Transaction, person: int) -> list[tuple[int, int]]:
    """The versions the person published, as (number, epoch seconds)."""
    return [(row["number"], row["published_at"]) for row in tx.rows(PUBLISHED_BY, person=person)]


def forget(tx: Transaction, person: int) -> None:
    tx.run(FORGET, person=person)
