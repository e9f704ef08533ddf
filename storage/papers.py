"""What papers need beside the questions themselves: names, delegations and labels, each in one statement."""

from __future__ import annotations

from dataclasses import dataclass

from storage.database import Row, Transaction


@dataclass(frozen=True, slots=True)
class Author:
    """Who asked. `delegation` is a code of the programme; what is not known is ""."""

    name: str
    organization: str
    delegation: str


# Whoever asked without a name is not even read.
AUTHORS = """
    SELECT questions.number, people.name, people.organization, people.delegation
    FROM questions JOIN participants AS people ON people.id = questions.author
    WHERE questions.anonymous = 0
"""
AUTHOR = AUTHORS + "AND questions.number = :number"
DECIDERS = """
    SELECT questions.number, people.name
    FROM questions JOIN participants AS people ON people.id = questions.decided_by
"""
LABELS = "SELECT question, topic FROM labels ORDER BY question, topic"


def record(row: Row) -> Author:
    return Author(row["name"] or "", row["organization"] or "", row["delegation"] or "")


def authors(tx: Transaction) -> dict[int, Author]:
    """Question -> its author; anonymous questions are not in it."""
    return {row["number"]: record(row) for row in tx.rows(AUTHORS)}


def author(tx: Transaction, number: int) -> Author | None:
    """None for an anonymous question, and for one whose author is not known any more."""
    row = tx.row(AUTHOR, number=number)
    return None if row is None else record(row)


def deciders(tx: Transaction) -> dict[int, str]:
    """Question -> the name of who decided about it last."""
    return {row["number"]: row["name"] or "" for row in tx.rows(DECIDERS)}


def labels(tx: Transaction) -> dict[int, tuple[str, ...]]:
    """Question -> codes of its topics."""
    found: dict[int, tuple[str, ...]] = {}
    for row in tx.rows(LABELS):
        found[row["question"]] = (*found.get(row["question"], ()), row["topic"])
    return found
