"""Questions that nobody decided, or that were approved and not asked, when their session is over."""

from __future__ import annotations

from dataclasses import dataclass

from storage.database import Transaction
from storage.questions import CHANNEL
from storage.records import reader


@dataclass(frozen=True, slots=True)
class LeftOver:
    """What is open in a session: `pending` wait for a moderator, `approved` for being asked, of which the chair took
    `skipped` off the line. Of all of them `told` are those whose authors know that there was no time. `last` is the
    largest number among them."""

    session: str
    pending: int = 0
    approved: int = 0
    skipped: int = 0
    told: int = 0
    last: int = 0

    @property
    def all(self) -> int:
        return self.pending + self.approved


record = reader(LeftOver, skipped=int)

OPEN = "state IN ('pending', 'approved')"
COUNTED = """
    session, SUM(CASE state WHEN 'pending' THEN 1 ELSE 0 END) AS pending,
    SUM(CASE state WHEN 'approved' THEN 1 ELSE 0 END) AS approved,
    SUM(CASE state WHEN 'approved' THEN skipped ELSE 0 END) AS skipped, COUNT(unheard_at) AS told, MAX(number) AS last
"""
BY_SESSION = f"SELECT {COUNTED} FROM questions WHERE {OPEN} GROUP BY session"
OF_SESSION = f"SELECT {COUNTED} FROM questions WHERE {OPEN} AND session = :session GROUP BY session"
NUMBERS = f"SELECT number FROM questions WHERE {OPEN} AND session = :session AND number <= :upto ORDER BY number"
UNTOLD = f"""
    SELECT number FROM questions WHERE {OPEN} AND session = :session AND unheard_at IS NULL ORDER BY number LIMIT :limit
"""
TOLD = f"""
    SELECT number, unheard_at FROM questions
    WHERE {OPEN} AND session = :session AND unheard_at IS NOT NULL ORDER BY number LIMIT :limit
"""
# Of two instances that look at once, one touches the row.
MARK = f"UPDATE questions SET unheard_at = :at WHERE number = :number AND {OPEN} AND unheard_at IS NULL"
UNMARK = f"UPDATE questions SET unheard_at = NULL WHERE number = :number AND {OPEN} AND unheard_at = :at"
REWORD = """
    UPDATE questions SET reason = :reason WHERE number = :number AND state = 'closed' AND revision = :revision
"""
# UNION, not UNION ALL: it would end even if a chain closed. Each question without a name counts as somebody else's, or
# the count would tell whose it is.
PEOPLE = f"""
    WITH RECURSIVE fellows AS (
        SELECT number, author, anonymous FROM questions WHERE {OPEN} AND session = :session AND number <= :upto
        UNION
        SELECT questions.number, questions.author, questions.anonymous
        FROM questions JOIN fellows ON questions.merged_into = fellows.number
    )
    SELECT COUNT(*) FROM (
        SELECT author AS person, 0 AS unnamed FROM fellows WHERE author IS NOT NULL AND anonymous = 0
        UNION
        SELECT followers.person, 0 AS unnamed FROM followers JOIN fellows ON fellows.number = followers.question
        UNION
        SELECT 0 AS person, number AS unnamed FROM fellows WHERE author IS NOT NULL AND anonymous = 1
    ) AS people
"""


def by_session(tx: Transaction) -> list[LeftOver]:
    """Of every session in which anything is open."""
    return [record(row) for row in tx.rows(BY_SESSION)]


def of_session(tx: Transaction, session: str) -> LeftOver:
    row = tx.row(OF_SESSION, session=session)
    return LeftOver(session) if row is None else record(row)


def numbers(tx: Transaction, session: str, upto: int) -> list[int]:
    """The session's open questions, no later one than `upto`."""
    return [row["number"] for row in tx.rows(NUMBERS, session=session, upto=upto)]


def untold(tx: Transaction, session: str, limit: int) -> list[int]:
    """Open questions of the session whose authors were not told that there was no time."""
    return [row["number"] for row in tx.rows(UNTOLD, session=session, limit=limit)]


def told(tx: Transaction, session: str, limit: int) -> list[tuple[int, int]]:
    """Open questions of the session whose authors were told so, with when."""
    return [(row["number"], row["unheard_at"]) for row in tx.rows(TOLD, session=session, limit=limit)]


def mark(tx: Transaction, number: int, at: int) -> bool:
    """There was no time for the question, as those who care are told at that moment. False when they were told before,
    or it is not open any more."""
    tx.notify(CHANNEL)
    return tx.run(MARK, number=number, at=at) == 1


def unmark(tx: Transaction, number: int, at: int) -> bool:
    """The question has a chance again; those who care were told at that moment that it had none. False when it is not
    so any more."""
    tx.notify(CHANNEL)
    return tx.run(UNMARK, number=number, at=at) == 1


def count_people(tx: Transaction, session: str, upto: int) -> int:
    """How many people care about `numbers`; each question without a name counts as somebody else's."""
    return int(tx.value(PEOPLE, session=session, upto=upto))


def reword(tx: Transaction, number: int, reason: str, revision: int) -> bool:
    """Close a question, closed at that revision, with another word. False when it is not so any more."""
    return tx.run(REWORD, number=number, reason=reason, revision=revision) == 1
