"""What people have left at a session: their stars, and questions that nobody has dealt with yet."""

from __future__ import annotations

from storage.database import Transaction

LIVE_BY_SESSION = """
    SELECT session, COUNT(*) AS questions FROM questions WHERE state IN ('pending', 'approved') GROUP BY session
"""
STARS_BY_SESSION = "SELECT session, COUNT(*) AS stars FROM bookmarks GROUP BY session"
# Who starred it, asked there, or follows a question there. What was merged waits with what stands for it. Each question
# without a name counts as somebody else's, or the count would tell whose it is.
PEOPLE = """
    SELECT person, 0 AS unnamed FROM bookmarks WHERE session = :session
    UNION SELECT CASE anonymous WHEN 1 THEN 0 ELSE author END AS person,
                 CASE anonymous WHEN 1 THEN number ELSE 0 END AS unnamed FROM questions
    WHERE session = :session AND author IS NOT NULL AND state IN ('pending', 'approved', 'merged')
    UNION SELECT followers.person, 0 AS unnamed FROM followers JOIN questions ON questions.number = followers.question
    WHERE questions.session = :session AND questions.state IN ('pending', 'approved', 'merged')
"""
LIVE = "SELECT number FROM questions WHERE session = :session AND state IN ('pending', 'approved') ORDER BY number"
# Of one person, asked or followed; of a merged one the one that stands for it is of the same session.
LIVE_OF_PERSON = """
    SELECT number, session FROM questions WHERE author = :person AND state IN ('pending', 'approved', 'merged')
    UNION SELECT number, session FROM questions
    WHERE number IN (SELECT question FROM followers WHERE person = :person)
      AND state IN ('pending', 'approved', 'merged')
    ORDER BY number
"""


def live(tx: Transaction) -> dict[str, int]:
    """Session code -> how many questions wait to be decided about, or to be asked."""
    return {row["session"]: row["questions"] for row in tx.rows(LIVE_BY_SESSION)}


def stars(tx: Transaction) -> dict[str, int]:
    """Session code -> how many people starred it."""
    return {row["session"]: row["stars"] for row in tx.rows(STARS_BY_SESSION)}


def people(tx: Transaction, session: str) -> set[tuple[int, int]]:
    """Each once, for counting: (person, 0), and (0, number) for whoever asked that question without a name."""
    return {(row["person"], row["unnamed"]) for row in tx.rows(PEOPLE, session=session)}


def live_in(tx: Transaction, session: str) -> list[int]:
    """The numbers of the session's questions that wait."""
    return [row["number"] for row in tx.rows(LIVE, session=session)]


def live_of(tx: Transaction, person: int) -> list[tuple[int, str]]:
    """The questions that the person waits for, asked or followed: their numbers and sessions."""
    return [(row["number"], row["session"]) for row in tx.rows(LIVE_OF_PERSON, person=person)]
