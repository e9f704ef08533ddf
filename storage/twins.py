"""Open questions of a session that say much the same, linked in pairs for their moderators."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from storage.database import Transaction
from storage.records import reader


@dataclass(frozen=True, slots=True)
class Waiting:
    """A question that waits for a moderator, or was merged into one: `merged_into` says into which."""

    number: int
    author: int | None
    anonymous: bool
    text: str
    merged_into: int | None


record = reader(Waiting, anonymous=bool)

PAIRS = """
    SELECT twin AS other, likeness FROM twins WHERE question = :number
    UNION
    SELECT question AS other, likeness FROM twins WHERE twin = :number
"""
OF = PAIRS + " ORDER BY other"
NEAREST = f"""
    SELECT pairs.other FROM ({PAIRS}) AS pairs JOIN questions AS found ON found.number = pairs.other
    WHERE found.state IN ('pending', 'approved') ORDER BY pairs.likeness DESC, pairs.other LIMIT 1
"""
# Whether the question itself is open does not matter: one that has just been decided was their nearest until then.
NAMED_BY = f"""
    SELECT pairs.other FROM ({PAIRS}) AS pairs
    WHERE NOT EXISTS (
        SELECT 1 FROM twins AS nearer
        JOIN questions AS found
          ON found.number = CASE WHEN nearer.question = pairs.other THEN nearer.twin ELSE nearer.question END
        WHERE (nearer.question = pairs.other OR nearer.twin = pairs.other)
          AND found.number <> :number AND found.state IN ('pending', 'approved')
          AND (nearer.likeness > pairs.likeness
               OR (nearer.likeness = pairs.likeness AND found.number < :number)))
    ORDER BY pairs.other
"""
LINK = """
    INSERT INTO twins (question, twin, likeness) VALUES (:question, :twin, :likeness)
    ON CONFLICT (question, twin) DO UPDATE SET likeness = excluded.likeness
"""
PART = "DELETE FROM twins WHERE question = :number OR twin = :number"
OPEN_TEXTS = """
    SELECT number, text FROM questions
    WHERE session = :session AND state IN ('pending', 'approved') AND number <> :number
"""
WAITING = """
    SELECT number, author, anonymous, text, CASE WHEN state = 'merged' THEN merged_into END AS merged_into
    FROM questions WHERE session = :session AND state IN ('pending', 'merged') ORDER BY number
"""


def of(tx: Transaction, number: int) -> dict[int, int]:
    """The twins of the question, each with its likeness."""
    return {row["other"]: row["likeness"] for row in tx.rows(OF, number=number)}


def nearest(tx: Transaction, number: int) -> int | None:
    """The twin that is most alike, the first asked among equals."""
    found: int | None = tx.value(NEAREST, number=number)
    return found


def named_by(tx: Transaction, number: int) -> list[int]:
    """Those whose nearest twin the question is, or was until it was decided."""
    return [row["other"] for row in tx.rows(NAMED_BY, number=number)]


def link(tx: Transaction, number: int, found: Mapping[int, int]) -> None:
    """These, each with its likeness, are the question's twins, and no others are."""
    part(tx, number)
    tx.many(LINK, [{"question": number, "twin": twin, "likeness": likeness} for twin, likeness in found.items()])


def part(tx: Transaction, number: int) -> None:
    """The question has no twins any more."""
    tx.run(PART, number=number)


def open_texts(tx: Transaction, session: str, number: int) -> dict[int, str]:
    """The texts of the session's open questions but this one, by their numbers."""
    return {row["number"]: row["text"] for row in tx.rows(OPEN_TEXTS, session=session, number=number)}


def waiting(tx: Transaction, session: str) -> list[Waiting]:
    """The session's questions that wait for a moderator, and all that were merged."""
    return [record(row) for row in tx.rows(WAITING, session=session)]
