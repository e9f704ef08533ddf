"""What people have left at a session: their stars, and questions that nobody has dealt with yet."""

from __future__ import annotations

from storage.database import Transaction
from storage.questions import CHANNEL

LIVE_BY_SESSION = """
    SELECT session, COUNT(*) AS questions FROM questions WHERE state IN ('pending', 'approved') GROUP BY session
"""
STARS_BY_SESSION = "SELECT session, COUNT(*) AS stars FROM bookmarks GROUP BY session"
# Who starred it, asked there, or follows a question there. What was merged waits with what stands for it.
PEOPLE = """
    SELECT person FROM bookmarks WHERE session = :session
    UNION SELECT author FROM questions
    WHERE session = :session AND author IS NOT NULL AND state IN ('pending', 'approved', 'merged')
    UNION SELECT followers.person FROM followers JOIN questions ON questions.number = followers.question
    WHERE questions.session = :session AND questions.state IN ('pending', 'approved', 'merged')
"""
LIVE = "SELECT number FROM questions WHERE session = :session AND state IN ('pending', 'approved') ORDER BY number"
# Of one person, asked or followed; of a merged one the one that stands for it is of the same session.
LIVE_OF_PERSON = """
    SELECT DISTINCT questions.number, questions.session FROM questions
    LEFT JOIN followers ON followers.question = questions.number AND followers.person = :person
    WHERE questions.state IN ('pending', 'approved', 'merged')
      AND (questions.author = :person OR followers.person IS NOT NULL)
    ORDER BY questions.number
"""
UNHEARD = "UPDATE questions SET unheard_at = :now WHERE number = :number AND unheard_at IS NULL"
TOLD_UNHEARD = """
    SELECT number, unheard_at FROM questions
    WHERE session = :session AND state IN ('pending', 'approved') AND unheard_at IS NOT NULL ORDER BY number
"""
HEARD_AGAIN = """
    UPDATE questions SET unheard_at = NULL
    WHERE session = :session AND state IN ('pending', 'approved') AND unheard_at IS NOT NULL
"""


def live(tx: Transaction) -> dict[str, int]:
    """Session code -> how many questions wait to be decided about, or to be asked."""
    return {row["session"]: row["questions"] for row in tx.rows(LIVE_BY_SESSION)}


def stars(tx: Transaction) -> dict[str, int]:
    """Session code -> how many people starred it."""
    return {row["session"]: row["stars"] for row in tx.rows(STARS_BY_SESSION)}


def people(tx: Transaction, session: str) -> set[int]:
    return {row["person"] for row in tx.rows(PEOPLE, session=session)}


def live_in(tx: Transaction, session: str) -> list[int]:
    """The numbers of the session's questions that wait."""
    return [row["number"] for row in tx.rows(LIVE, session=session)]


def live_of(tx: Transaction, person: int) -> list[tuple[int, str]]:
    """The questions that the person waits for, asked or followed: their numbers and sessions."""
    return [(row["number"], row["session"]) for row in tx.rows(LIVE_OF_PERSON, person=person)]


def unheard(tx: Transaction, number: int, now: int) -> bool:
    """Those who care are told that the question has no session any more. False when they were told before."""
    tx.notify(CHANNEL)
    return tx.run(UNHEARD, number=number, now=now) == 1


def heard_again(tx: Transaction, session: str) -> list[tuple[int, int]]:
    """The questions that wait there have another chance: their numbers, and when it was told that they had none."""
    tx.notify(CHANNEL)
    told = [(row["number"], row["unheard_at"]) for row in tx.rows(TOLD_UNHEARD, session=session)]
    tx.run(HEARD_AGAIN, session=session)
    return told
