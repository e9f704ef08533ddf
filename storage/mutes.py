"""Who may ask nothing for now, and where.

A person is muted by one of their questions, in a session or ("", EVERYWHERE) in all: the mute's scope. By a question
asked with a name they are muted by name: all of theirs with a name say so, as far as the scope goes. By an anonymous
one only that question says so, or the others would reveal whose it is. Mutes of different scopes stand on their own.
"""

from __future__ import annotations

from dataclasses import dataclass

from storage.database import Transaction
from storage.records import reader

EVERYWHERE = ""


@dataclass(frozen=True, slots=True)
class Mute:
    """`question` is the one by which they were muted, which is in `session` now; `person` is 0 and `name` "" when that
    is anonymous."""

    question: int
    session: str
    person: int
    name: str
    muted_at: int
    scope: str = EVERYWHERE


record = reader(Mute)

MUTE = """
    INSERT INTO mutes (person, question, scope, muted_by, muted_at)
    SELECT author, number, CAST(:scope AS TEXT), CAST(:moderator AS BIGINT), CAST(:now AS BIGINT) FROM questions
    WHERE number = :question AND author IS NOT NULL
    ON CONFLICT (person, question, scope) DO NOTHING
"""
# The mutes that belong together with that by a question: that one, and where it has a name all by the same person's
# with names.
ALIKE = """
    FROM mutes
    JOIN questions AS asked ON asked.number = :question
    JOIN questions AS reason ON reason.number = mutes.question
    WHERE (mutes.question = :question
        OR (asked.anonymous = 0 AND reason.anonymous = 0 AND mutes.person = asked.author))
"""
UNMUTE = f"DELETE FROM mutes WHERE scope = :scope AND question IN (SELECT mutes.question {ALIKE})"
SHOWN_ON = f"SELECT DISTINCT mutes.scope {ALIKE} AND mutes.scope IN ('', asked.session) ORDER BY mutes.scope"
IS_MUTED = "SELECT 1 FROM mutes WHERE person = :person AND scope IN ('', :session) LIMIT 1"
LISTED = """
    SELECT mutes.question, questions.session, mutes.muted_at, mutes.scope,
           CASE WHEN questions.anonymous = 1 THEN 0 ELSE mutes.person END AS person,
           CASE WHEN questions.anonymous = 1 THEN '' ELSE COALESCE(participants.name, '') END AS name
    FROM mutes JOIN questions ON questions.number = mutes.question
    LEFT JOIN participants ON participants.id = mutes.person
    ORDER BY mutes.muted_at DESC, mutes.question DESC, mutes.scope
"""
OF_PERSON = "SELECT question, scope, muted_at FROM mutes WHERE person = :person ORDER BY question, scope"
MADE_BY = "SELECT question, scope, muted_at FROM mutes WHERE muted_by = :person ORDER BY question, scope"
DELETE = "DELETE FROM mutes WHERE person = :person"
FORGET_MODERATOR = "UPDATE mutes SET muted_by = NULL WHERE muted_by = :person"


def mute(tx: Transaction, question: int, *, moderator: int, now: int, scope: str = EVERYWHERE) -> bool:
    """Mute the question's author. False when they were muted by it there already, or nobody knows whose it is."""
    return tx.run(MUTE, question=question, scope=scope, moderator=moderator, now=now) == 1


def unmute(tx: Transaction, question: int, scope: str = EVERYWHERE) -> bool:
    """Let the question's author ask again, as far as they were muted by it in that scope. False when they were not."""
    return tx.run(UNMUTE, question=question, scope=scope) > 0


def shown_on(tx: Transaction, question: int) -> tuple[str, ...]:
    """The scopes, EVERYWHERE first, in which the question says of its author that they are muted: those it is in."""
    return tuple(row["scope"] for row in tx.rows(SHOWN_ON, question=question))


def is_muted(tx: Transaction, person: int, session: str = EVERYWHERE) -> bool:
    """Whether they may ask nothing in that session, or nowhere."""
    return tx.value(IS_MUTED, person=person, session=session) is not None


def listed(tx: Transaction) -> list[Mute]:
    """All mutes, the last first; somebody muted by several questions with their name stands there as often."""
    return [record(row) for row in tx.rows(LISTED)]


def of_person(tx: Transaction, person: int) -> list[tuple[int, str, int]]:
    """The person's questions by which they are muted, with where and when: epoch seconds."""
    return [(row["question"], row["scope"], row["muted_at"]) for row in tx.rows(OF_PERSON, person=person)]


def made_by(tx: Transaction, person: int) -> list[tuple[int, str, int]]:
    """The mutes that the person spoke and that still hold, as (question, where, epoch seconds)."""
    return [(row["question"], row["scope"], row["muted_at"]) for row in tx.rows(MADE_BY, person=person)]


def forget(tx: Transaction, person: int) -> None:
    tx.run(DELETE, person=person)
    tx.run(FORGET_MODERATOR, person=person)
