"""The orders of storage.lines said the plain way: the votes counted, the delegations joined, the whole line ranked."""

from __future__ import annotations

from storage.database import Transaction
from storage.lines import BY_DELEGATION, BY_TIME, BY_VOTES, FIRST_TIMERS

VOICES = "(SELECT COUNT(*) FROM votes WHERE votes.question = questions.number)"
IN_LINE = "questions.session = :session AND questions.state = :state AND questions.skipped = 0"
PLAIN_LINE = f"SELECT questions.number, questions.postponed_at, {VOICES} AS votes FROM questions WHERE {IN_LINE}"
TIME_LINE = f"SELECT questions.number, questions.postponed_at FROM questions WHERE {IN_LINE}"
# A person's first: none of their questions has been heard at the forum, and none stands before it here.
FIRST_LINE = f"""
    SELECT questions.number, questions.postponed_at, {VOICES} AS votes,
           CASE WHEN questions.anonymous = 0 AND questions.author IS NOT NULL AND NOT EXISTS (
               SELECT 1 FROM questions AS own
               WHERE own.author = questions.author AND own.anonymous = 0
                 AND (own.state IN ('asked', 'answered') OR (own.session = questions.session
                      AND own.state = questions.state AND own.skipped = 0 AND own.number < questions.number))
           ) THEN 0 ELSE 1 END AS turn
    FROM questions WHERE {IN_LINE}
"""
# Whose turn a question takes: a delegation's, or that of the anonymous.
SIDE = """
    CASE WHEN questions.anonymous = 1 OR questions.author IS NULL THEN '?'
         ELSE COALESCE(participants.delegation, '') END
"""
# Delegations take turns, the anonymous as one more. Anyone heard in this session has had that turn: otherwise
# the first of the line, once asked, would make room for the next of the same delegation.
TURNS_LINE = f"""
    SELECT placed.number, placed.postponed_at, placed.votes,
           COALESCE(before.heard, 0) + ROW_NUMBER() OVER (
               PARTITION BY placed.side ORDER BY placed.postponed_at NULLS FIRST, placed.votes DESC, placed.number
           ) AS turn
    FROM (
        SELECT questions.number, questions.postponed_at, {VOICES} AS votes, {SIDE} AS side
        FROM questions LEFT JOIN participants ON participants.id = questions.author WHERE {IN_LINE}
    ) AS placed
    LEFT JOIN (
        SELECT {SIDE} AS side, COUNT(*) AS heard
        FROM questions LEFT JOIN participants ON participants.id = questions.author
        WHERE questions.session = :session AND questions.skipped = 0
          AND (questions.state IN ('asked', 'answered') OR (questions.state = 'approved' AND :state = 'pending'))
        GROUP BY 1
    ) AS before ON before.side = placed.side
"""
ORDERS = {
    BY_VOTES: (PLAIN_LINE, "postponed_at NULLS FIRST, votes DESC, number"),
    BY_TIME: (TIME_LINE, "postponed_at NULLS FIRST, number"),
    FIRST_TIMERS: (FIRST_LINE, "postponed_at NULLS FIRST, turn, votes DESC, number"),
    BY_DELEGATION: (TURNS_LINE, "postponed_at NULLS FIRST, turn, votes DESC, number"),
}
NUMBERS = {
    sorting: f"""
        WITH line AS ({line})
        SELECT number, ROW_NUMBER() OVER (ORDER BY {order}) AS place FROM line
        ORDER BY {order} LIMIT :limit OFFSET :offset
    """
    for sorting, (line, order) in ORDERS.items()
}
# The next after `after` that nobody else works on, from the beginning again after the last. A question that has left
# the line left its place too: those asked after it come next when the line goes by time, else the first of all.
BEFORE = "number = :after OR (number < :after AND postponed_at IS NULL)"
NEXT = {
    sorting: f"""
        WITH line AS ({line}),
             placed AS (SELECT number, postponed_at, ROW_NUMBER() OVER (ORDER BY {order}) AS place FROM line)
        SELECT number FROM placed
        WHERE NOT EXISTS (SELECT 1 FROM claims WHERE claims.question = placed.number
                          AND claims.moderator <> :moderator AND claims.until > :now)
        ORDER BY CASE WHEN place > COALESCE((SELECT MAX(place) FROM placed WHERE {passed}), 0) THEN 0 ELSE 1 END, place
        LIMIT 1
    """
    for sorting, (line, order) in ORDERS.items()
    for passed in (BEFORE if sorting == BY_TIME else "number = :after",)
}
VOTES_DRIFTED = f"SELECT number FROM questions WHERE votes <> {VOICES}"
SIDES_DRIFTED = f"""
    SELECT number FROM questions LEFT JOIN participants ON participants.id = questions.author WHERE side <> {SIDE}
"""


def order(tx: Transaction, session: str, *, state: str, sorting: str) -> list[int]:
    return [row["number"] for row in tx.rows(NUMBERS[sorting], session=session, state=state, limit=1000, offset=0)]


def following(
    tx: Transaction, session: str, *, state: str, sorting: str, after: int, moderator: int, now: int
) -> int | None:
    found: int | None = tx.value(NEXT[sorting], session=session, state=state, after=after, moderator=moderator, now=now)
    return found


def drifted(tx: Transaction) -> list[int]:
    """The questions whose own row says something else of their votes or their side than is so."""
    return [row["number"] for statement in (VOTES_DRIFTED, SIDES_DRIFTED) for row in tx.rows(statement)]
