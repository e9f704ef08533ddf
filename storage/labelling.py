"""Labels of questions: codes of the programme's topics."""

from __future__ import annotations

from storage.database import Transaction
from storage.questions import CHANNEL, QUESTION, Question, record

PUT = "INSERT INTO labels (question, topic) VALUES (:question, :topic) ON CONFLICT (question, topic) DO NOTHING"
TAKE = "DELETE FROM labels WHERE question = :question AND topic = :topic"
OF = "SELECT topic FROM labels WHERE question = :question ORDER BY topic"
COUNTS = """
    SELECT labels.topic, COUNT(*) AS questions FROM labels JOIN questions ON questions.number = labels.question
    WHERE questions.session = :session AND questions.state IN ('pending', 'approved')
    GROUP BY labels.topic ORDER BY labels.topic
"""
LABELLED = (
    QUESTION
    + """
    JOIN labels ON labels.question = questions.number
    WHERE questions.session = :session AND labels.topic = :topic AND questions.state IN ('pending', 'approved')
    ORDER BY CASE state WHEN 'pending' THEN 0 ELSE 1 END, number LIMIT :limit OFFSET :offset
"""
)


def put(tx: Transaction, question: int, topic: str) -> bool:
    """False when it has the label already."""
    tx.notify(CHANNEL)
    return tx.run(PUT, question=question, topic=topic) == 1


def take_off(tx: Transaction, question: int, topic: str) -> bool:
    tx.notify(CHANNEL)
    return tx.run(TAKE, question=question, topic=topic) == 1


def of(tx: Transaction, question: int) -> tuple[str, ...]:
    return tuple(row["topic"] for row in tx.rows(OF, question=question))


def counts(tx: Transaction, session: str) -> dict[str, int]:
    """Topic -> how many of the session's pending and approved questions carry it."""
    return {row["topic"]: row["questions"] for row in tx.rows(COUNTS, session=session)}


def labelled(tx: Transaction, session: str, topic: str, limit: int, offset: int) -> list[Question]:
    """The session's pending questions with the label, then the approved ones, by number."""
    rows = tx.rows(LABELLED, session=session, topic=topic, limit=limit, offset=offset)
    return [record(row) for row in rows]
