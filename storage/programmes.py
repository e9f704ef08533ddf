"""Versions of the programme: whole documents, never edited, the newest one holds."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from storage.database import Transaction
from storage.records import columns, reader

CHANNEL = "programmes"  # notified when a version was published


@dataclass(frozen=True, slots=True)
class Version:
    """`document` is the programme as plain JSON data, `source` says where it came from: a file's name, or "draft".

    `restores` is the older version it brings back, `steps` the number of a draft's changes it was made of; nobody was
    notified of a `quiet` one who was not to be anyway; `people` are so many as were to be. Times are epoch seconds.
    """

    number: int
    document: dict[str, Any]
    source: str
    published_by: int | None
    published_at: int
    restores: int | None
    steps: int = 0
    quiet: bool = False
    people: int = 0


record = reader(Version, document=json.loads, quiet=bool)

VERSION = f"SELECT {columns(Version)} FROM programmes "
# A document of 900 sessions is a megabyte: a list leaves it out.
BRIEF = VERSION.replace("document", "'{}' AS document")
NEWEST = VERSION + "ORDER BY number DESC LIMIT 1"
GET = VERSION + "WHERE number = :number"
NEWEST_NUMBER = "SELECT MAX(number) FROM programmes"
# Numbers may be left out (what PostgreSQL rolls back leaves a gap).
BEFORE = "SELECT MAX(number) FROM programmes WHERE number < :number"
COUNT = "SELECT COUNT(*) FROM programmes"
PAGE = BRIEF + "ORDER BY number DESC LIMIT :limit OFFSET :offset"
BRIEFLY = BRIEF + "WHERE number = :number"
PUBLISH = """
    INSERT INTO programmes (document, source, published_by, published_at, restores, steps, quiet)
    VALUES (:document, :source, :published_by, :now, :restores, :steps, :quiet) RETURNING number
"""
NOTE_PEOPLE = "UPDATE programmes SET people = :people WHERE number = :number"
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


def before(tx: Transaction, number: int) -> int | None:
    """The version before one; None for the first."""
    found: int | None = tx.value(BEFORE, number=number)
    return found


def count(tx: Transaction) -> int:
    return int(tx.value(COUNT))


def page(tx: Transaction, limit: int, offset: int) -> list[Version]:
    """Versions without their documents, the newest first."""
    return [record(row) for row in tx.rows(PAGE, limit=limit, offset=offset)]


def briefly(tx: Transaction, number: int) -> Version | None:
    """A version without its document."""
    row = tx.row(BRIEFLY, number=number)
    return None if row is None else record(row)


def publish(
    tx: Transaction,
    document: dict[str, Any],
    *,
    source: str,
    published_by: int | None,
    now: int,
    restores: int | None = None,
    steps: int = 0,
    quiet: bool = False,
) -> int:
    """Store a version and return its number."""
    text = packed(document)
    tx.notify(CHANNEL)
    params = {"source": source, "published_by": published_by, "now": now, "restores": restores, "steps": steps}
    return int(tx.value(PUBLISH, document=text, quiet=int(quiet), **params))


def note_people(tx: Transaction, number: int, people: int) -> None:
    """So many are to be notified of the version."""
    tx.run(NOTE_PEOPLE, number=number, people=people)


def published_by(tx: Transaction, person: int) -> list[tuple[int, int]]:
    """The versions the person published, as (number, epoch seconds)."""
    return [(row["number"], row["published_at"]) for row in tx.rows(PUBLISHED_BY, person=person)]


def forget(tx: Transaction, person: int) -> None:
    tx.run(FORGET, person=person)


def packed(value: object) -> str:
    """As JSON, without what only people need: a document is a megabyte."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
