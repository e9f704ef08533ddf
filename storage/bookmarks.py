"""Starred sessions: a person's own agenda."""

from __future__ import annotations

from storage.database import Transaction

ADD = """
    INSERT INTO bookmarks (person, session, created_at) VALUES (:person, :session, :now)
    ON CONFLICT (person, session) DO NOTHING
"""
REMOVE = "DELETE FROM bookmarks WHERE person = :person AND session = :session"
OF_PERSON = "SELECT session FROM bookmarks WHERE person = :person ORDER BY created_at, session"
HAS = "SELECT 1 FROM bookmarks WHERE person = :person AND session = :session"
DELETE = "DELETE FROM bookmarks WHERE person = :person"


def add(tx: Transaction, person: int, session: str, now: int) -> bool:
    """Star a session. True when it was not starred yet."""
    return tx.run(ADD, person=person, session=session, now=now) == 1


def remove(tx: Transaction, person: int, session: str) -> bool:
    """Take the star back. True when there was one."""
    return tx.run(REMOVE, person=person, session=session) == 1


def of_person(tx: Transaction, person: int) -> list[str]:
    """Session codes in the order they were starred."""
    return [row["session"] for row in tx.rows(OF_PERSON, person=person)]


def has(tx: Transaction, person: int, session: str) -> bool:
    return tx.value(HAS, person=person, session=session) is not None


def delete(tx: Transaction, person: int) -> None:
    tx.run(DELETE, person=person)
