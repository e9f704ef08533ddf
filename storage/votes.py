"""Votes for questions: one a person. Each question's own row counts them, in the transaction that writes them."""

from __future__ import annotations

from storage.database import Row, Transaction
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
    RETURNING question
"""
VOTED = """
    SELECT votes.question FROM votes JOIN questions ON questions.number = votes.question
    WHERE votes.person = :person AND questions.session = :session
"""
OF_PERSON = "SELECT question, created_at FROM votes WHERE person = :person ORDER BY question"
FORGET = "DELETE FROM votes WHERE person = :person RETURNING question"
ONE_MORE = "UPDATE questions SET votes = votes + 1 WHERE number = :number"
ONE_LESS = "UPDATE questions SET votes = votes - 1 WHERE number = :number"
RECOUNT = """
    UPDATE questions SET votes = (SELECT COUNT(*) FROM votes WHERE votes.question = questions.number)
    WHERE number = :number
"""


def vote(tx: Transaction, number: int, *, person: int, now: int) -> bool:
    """One vote for each person, on approved questions only. True when it was new."""
    tx.notify(CHANNEL)
    new = tx.run(VOTE, number=number, person=person, now=now) == 1
    if new:
        tx.run(ONE_MORE, number=number)
    return new


def take_back(tx: Transaction, number: int, person: int) -> bool:
    tx.notify(CHANNEL)
    return take_off(tx, tx.rows(TAKE_BACK, number=number, person=person))


def voted(tx: Transaction, person: int, session: str) -> frozenset[int]:
    """Numbers of the session's questions the person voted for."""
    return frozenset(row["question"] for row in tx.rows(VOTED, person=person, session=session))


def of_person(tx: Transaction, person: int) -> list[tuple[int, int]]:
    """The person's votes as (question, epoch seconds)."""
    return [(row["question"], row["created_at"]) for row in tx.rows(OF_PERSON, person=person)]


def forget(tx: Transaction, person: int) -> None:
    tx.notify(CHANNEL)
    take_off(tx, tx.rows(FORGET, person=person))


def take_off(tx: Transaction, deleted: list[Row]) -> bool:
    """Count one less for each question that a person's vote was deleted from. False when there was none."""
    for row in deleted:
        tx.run(ONE_LESS, number=row["question"])
    return bool(deleted)


def recount(tx: Transaction, number: int) -> None:
    """Where many votes came and went at once."""
    tx.run(RECOUNT, number=number)
