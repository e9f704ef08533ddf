"""Who works on which question now: a lock of two minutes, and the database's."""

from __future__ import annotations

from dataclasses import dataclass

from storage.database import Transaction
from storage.records import columns, reader


@dataclass(frozen=True, slots=True)
class Claim:
    """`until` is in epoch seconds: a claim that is over stays in its row, and keeps nobody out."""

    question: int
    moderator: int
    until: int


record = reader(Claim)

CLAIM = f"SELECT {columns(Claim)} FROM claims "
GET = CLAIM + "WHERE question = :question AND until > :now"
LAST_UNTIL = "SELECT until FROM claims WHERE question = :question"
OF_PERSON = CLAIM + "WHERE moderator = :person ORDER BY question"
# One statement, so that of two at once one gets in: a free question, one's own, or one whose claim is over.
TAKE = """
    INSERT INTO claims (question, moderator, until) VALUES (:question, :moderator, :until)
    ON CONFLICT (question) DO UPDATE SET moderator = excluded.moderator, until = excluded.until
    WHERE claims.moderator = excluded.moderator OR claims.until <= :now
"""
RELEASE = "DELETE FROM claims WHERE question = :question AND moderator = :moderator"
DROP = "DELETE FROM claims WHERE question = :question"
FORGET = "DELETE FROM claims WHERE moderator = :person"


def get(tx: Transaction, question: int, now: int) -> Claim | None:
    """The claim that holds now."""
    row = tx.row(GET, question=question, now=now)
    return None if row is None else record(row)


def last_until(tx: Transaction, question: int) -> int | None:
    """When the claim is over, or was: it stays known until somebody lets go of it or another begins."""
    until: int | None = tx.value(LAST_UNTIL, question=question)
    return until


def take(tx: Transaction, question: int, *, moderator: int, now: int, until: int) -> bool:
    """Claim the question, or claim it for longer. False while somebody else holds it."""
    return tx.run(TAKE, question=question, moderator=moderator, now=now, until=until) == 1


def release(tx: Transaction, question: int, moderator: int) -> bool:
    """Let go of one's own claim. False when there was none."""
    return tx.run(RELEASE, question=question, moderator=moderator) == 1


def drop(tx: Transaction, question: int) -> bool:
    """End the question's claim, whoever holds it. False when there was none."""
    return tx.run(DROP, question=question) == 1


def of_person(tx: Transaction, person: int) -> list[Claim]:
    return [record(row) for row in tx.rows(OF_PERSON, person=person)]


def forget(tx: Transaction, person: int) -> None:
    tx.run(FORGET, person=person)
