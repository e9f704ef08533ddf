"""Votes for questions: one a person."""

from __future__ import annotations

from storage.database import Transaction
from storage.questions import CHANNEL

VOTE = """
    INSERT INTO votes (question, person, created_at)
    SELECT number, CAST(:person AS BIGINT), CAST(:now AS BIGINT) FROM questions
    WHERE number = :number AND state = 'approved'
    ON CONFLICT (question, person) DO NOTHING
"""
# Also what the person gave to those merged into it, or the next count would bring it again.
TAKE_BACK = """
    DELETE FROM votes WHERE person = :person AND question IN (
        WITH RECURSIVE all_of_it AS (
            SELECT number FROM questions WHERE number = :number AND state = 'approved'
            UNION
            SELECT questions.number FROM questions JOIN all_of_it ON questions.merged_into = all_of_it.number
        )
        SELECT number FROM all_of_it
    )
"""
VOTED = """
    SELECT votes.question FROM votes JOIN questions ON questions.number = votes.question
    WHERE votes.person = :person AND questions.session = :session
"""
OF_PERSON = "SELECT question, created_at FROM votes WHERE person = :person ORDER BY question"
FORGET = "DELETE FROM votes WHERE person = :person"


def vote(tx: Transaction, number: int, person: int, now: int) -> bool:
    """One vote a person, on approved questions only. True when it was new."""
    tx.tell(CHANNEL)
    return tx.run(VOTE, number=number, person=person, now=now) == 1


def take_back(tx: Transaction, number: int, person: int) -> bool:
    tx.tell(CHANNEL)
    return tx.run(TAKE_BACK, number=number, person=person) > 0


def voted(tx: Transaction, person: int, session: str) -> frozenset[int]:
    """Numbers of the session's questions the person voted for."""
    return frozenset(row["question"] for row in tx.rows(VOTED, person=person, session=session))


def of_person(tx: Transaction, person: int) -> list[tuple[int, int]]:
    """The person's votes as (question, epoch seconds)."""
    return [(row["question"], row["created_at"]) for row in tx.rows(OF_PERSON, person=person)]


def forget(tx: Transaction, person: int) -> None:
    tx.tell(CHANNEL)
    tx.run(FORGET, person=person)
