"""Who follows a question without having asked it."""

from __future__ import annotations

from storage.database import Transaction
from storage.questions import QUESTION, Question
from storage.questions import record as question_record

FOLLOW = """
    INSERT INTO followers (question, person, followed_at)
    SELECT number, CAST(:person AS BIGINT), CAST(:now AS BIGINT) FROM questions
    WHERE number = :question AND (author IS NULL OR author <> :person)
    ON CONFLICT (question, person) DO NOTHING
"""
UNFOLLOW = "DELETE FROM followers WHERE question = :question AND person = :person"
FOLLOWS = "SELECT 1 FROM followers WHERE question = :question AND person = :person"
OF_ONE = "SELECT person FROM followers WHERE question = :question ORDER BY person"
OF_PERSON = "SELECT question, followed_at FROM followers WHERE person = :person ORDER BY question DESC"
QUESTIONS_OF = (
    QUESTION
    + """
    WHERE number IN (SELECT question FROM followers WHERE person = :person) ORDER BY number DESC
"""
)
IN_SESSION = """
    SELECT followers.question FROM followers JOIN questions ON questions.number = followers.question
    WHERE followers.person = :person AND questions.session = :session
"""
# UNION, not UNION ALL: it would end even if a chain closed. A join is answered by reading all that anybody follows.
OF_ALL = """
    WITH RECURSIVE fellows AS (
        SELECT number FROM questions WHERE number = :question
        UNION
        SELECT questions.number FROM questions JOIN fellows ON questions.merged_into = fellows.number
    )
    SELECT DISTINCT person FROM followers WHERE question IN (SELECT number FROM fellows) ORDER BY person
"""
# Not to whom asked the other one: they are told of it anyway.
MOVE = """
    INSERT INTO followers (question, person, followed_at)
    SELECT stays.number, former.person, former.followed_at
    FROM followers AS former JOIN questions AS stays ON stays.number = :to
    WHERE former.question = :question AND (stays.author IS NULL OR stays.author <> former.person)
    ON CONFLICT (question, person) DO NOTHING
"""
LEAVE = "DELETE FROM followers WHERE question = :question"
FORGET = "DELETE FROM followers WHERE person = :person"


def follow(tx: Transaction, question: int, *, person: int, now: int) -> bool:
    """False when the person follows it already, asked it, or there is no such question."""
    return tx.run(FOLLOW, question=question, person=person, now=now) == 1


def unfollow(tx: Transaction, question: int, person: int) -> bool:
    """False when the person did not follow it."""
    return tx.run(UNFOLLOW, question=question, person=person) == 1


def follows(tx: Transaction, question: int, person: int) -> bool:
    return tx.value(FOLLOWS, question=question, person=person) is not None


def of_person(tx: Transaction, person: int) -> list[tuple[int, int]]:
    """The questions the person follows with since when (epoch seconds), the newest question first."""
    return [(row["question"], row["followed_at"]) for row in tx.rows(OF_PERSON, person=person)]


def questions_of(tx: Transaction, person: int) -> list[Question]:
    """The questions the person follows, the newest first."""
    return [question_record(row) for row in tx.rows(QUESTIONS_OF, person=person)]


def in_session(tx: Transaction, person: int, session: str) -> frozenset[int]:
    """Numbers of the session's questions that the person follows."""
    return frozenset(row["question"] for row in tx.rows(IN_SESSION, person=person, session=session))


def of_one(tx: Transaction, question: int) -> list[int]:
    """Who follows this very question."""
    return [row["person"] for row in tx.rows(OF_ONE, question=question)]


def of_all(tx: Transaction, question: int) -> list[int]:
    """Everybody who follows the question, or one that was merged into it."""
    return [row["person"] for row in tx.rows(OF_ALL, question=question)]


def move(tx: Transaction, question: int, to: int) -> None:
    """Let everybody who follows the one follow the other instead."""
    tx.run(MOVE, question=question, to=to)
    tx.run(LEAVE, question=question)


def forget(tx: Transaction, person: int) -> None:
    tx.run(FORGET, person=person)
