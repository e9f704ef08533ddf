"""What papers need in addition to the questions themselves: names, delegations and labels, each in one statement.

A session's code asks for those of its questions, "" for those of all.
"""

from __future__ import annotations

from dataclasses import dataclass

from storage.database import Transaction
from storage.records import or_empty, reader


@dataclass(frozen=True, slots=True)
class Author:
    """Who asked. `delegation` is a code of the programme; what is not known is ""."""

    name: str
    organization: str
    delegation: str


record = reader(Author, name=or_empty, organization=or_empty, delegation=or_empty)

# Whoever asked without a name is not even read.
NAMED = """
    SELECT questions.number, people.name, people.organization, people.delegation
    FROM questions JOIN participants AS people ON people.id = questions.author
    WHERE questions.anonymous = 0
"""
OF_SESSION = " AND (CAST(:session AS TEXT) = '' OR questions.session = :session)"
AUTHORS = NAMED + OF_SESSION
AUTHOR = NAMED + " AND questions.number = :number"
DECIDERS = f"""
    SELECT questions.number, people.name
    FROM questions JOIN participants AS people ON people.id = questions.decided_by {OF_SESSION}
"""
LABELS = f"""
    SELECT labels.question, labels.topic
    FROM labels JOIN questions ON questions.number = labels.question {OF_SESSION}
    ORDER BY labels.question, labels.topic
"""


def authors(tx: Transaction, session: str) -> dict[int, Author]:
    """Question -> its author; anonymous questions are not in it."""
    return {row["number"]: record(row) for row in tx.rows(AUTHORS, session=session)}


def author(tx: Transaction, number: int) -> Author | None:
    """None for an anonymous question, and for one whose author is not known any more."""
    row = tx.row(AUTHOR, number=number)
    return None if row is None else record(row)


def deciders(tx: Transaction, session: str) -> dict[int, str]:
    """Question -> the name of who decided about it last."""
    return {row["number"]: row["name"] or "" for row in tx.rows(DECIDERS, session=session)}


def labels(tx: Transaction, session: str) -> dict[int, tuple[str, ...]]:
    """Question -> codes of its topics."""
    found: dict[int, tuple[str, ...]] = {}
    for row in tx.rows(LABELS, session=session):
        found[row["question"]] = (*found.get(row["question"], ()), row["topic"])
    return found
