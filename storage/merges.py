"""Questions merged into others: one is asked for all, and everybody's voice counts for it once."""

from __future__ import annotations

from storage import votes
from storage.database import Transaction
from storage.questions import CHANNEL

# Both ends must be as they were read, in one statement: of two who merge at once, one does.
MERGE = """
    UPDATE questions SET state = 'merged', merged_into = :target, revision = revision + 1,
           decided_by = :moderator, decided_at = :now
    WHERE number = :number AND number <> :target AND state IN ('pending', 'approved') AND revision = :read
      AND EXISTS (SELECT 1 FROM questions AS other WHERE other.number = :target
                  AND other.session = questions.session AND other.state IN ('pending', 'approved')
                  AND other.revision = :beside)
"""
PART = """
    UPDATE questions SET state = :state, merged_into = NULL, revision = revision + 1,
           decided_by = :decided_by, decided_at = :decided_at
    WHERE number = :number AND state = 'merged' AND revision = :read
"""
# UNION, not UNION ALL: it would end even if a chain closed.
STAYS = """
    WITH RECURSIVE chain AS (
        SELECT number, merged_into, state FROM questions WHERE number = :number
        UNION
        SELECT questions.number, questions.merged_into, questions.state
        FROM questions JOIN chain ON chain.state = 'merged' AND questions.number = chain.merged_into
    )
    SELECT number FROM chain WHERE state <> 'merged'
"""
AUTHORS = """
    WITH RECURSIVE fellows AS (
        SELECT number, author FROM questions WHERE number = :number
        UNION
        SELECT questions.number, questions.author FROM questions JOIN fellows ON questions.merged_into = fellows.number
    )
    SELECT DISTINCT author FROM fellows WHERE author IS NOT NULL ORDER BY author
"""
DIRECT = "SELECT number FROM questions WHERE merged_into = :number ORDER BY number"
FORGET_BROUGHT = "DELETE FROM votes WHERE question = :number AND via IS NOT NULL"
# Whoever asked the same has a voice for what stays, as all have who voted for theirs; the author of what stays
# needs none.
BRING_AUTHORS = """
    INSERT INTO votes (question, person, created_at, via)
    SELECT stays.number, merged.author, merged.asked_at, merged.number
    FROM questions AS merged JOIN questions AS stays ON stays.number = merged.merged_into
    WHERE stays.number = :number AND merged.author IS NOT NULL
      AND (stays.author IS NULL OR merged.author <> stays.author)
    ON CONFLICT (question, person) DO NOTHING
"""
BRING_VOTES = """
    INSERT INTO votes (question, person, created_at, via)
    SELECT merged.merged_into, votes.person, votes.created_at, merged.number
    FROM votes JOIN questions AS merged ON merged.number = votes.question
    WHERE merged.merged_into = :number
    ON CONFLICT (question, person) DO NOTHING
"""
UP = "SELECT merged_into FROM questions WHERE number = :number"


def merge(tx: Transaction, number: int, *, target: int, moderator: int, read: int, beside: int, now: int) -> bool:
    """Let `target` stand for the question too. False when they are of two sessions, or either is not pending or
    approved any more or not at its revision that was `read`, that of `target` being `beside`."""
    tx.notify(CHANNEL)
    done = tx.run(MERGE, number=number, target=target, moderator=moderator, read=read, beside=beside, now=now) == 1
    if done:
        unite(tx, target)
    return done


def part(
    tx: Transaction, number: int, *, read: int, state: str, decided_by: int | None = None, decided_at: int | None = None
) -> bool:
    """Let a merged question stand for itself again, in `state` as `decided_by` had left it; the votes that it brought
    leave with it. False when it is not merged, or not at the revision that was `read`."""
    tx.notify(CHANNEL)
    stood_for: int | None = tx.value(UP, number=number)
    done = tx.run(PART, number=number, read=read, state=state, decided_by=decided_by, decided_at=decided_at) == 1
    if done and stood_for is not None:
        unite(tx, stood_for)
    return done


def unite(tx: Transaction, number: int) -> None:
    """Count again what the questions merged into this one bring it, and so on up the chain."""
    above: int | None = number
    while above is not None:
        tx.run(FORGET_BROUGHT, number=above)
        tx.run(BRING_AUTHORS, number=above)
        tx.run(BRING_VOTES, number=above)
        votes.recount(tx, above)
        above = tx.value(UP, number=above)


def stays(tx: Transaction, number: int) -> int | None:
    """The number of the question that stands for this one, itself when it is not merged; None when there is none."""
    found: int | None = tx.value(STAYS, number=number)
    return found


def direct(tx: Transaction, number: int) -> list[int]:
    """The numbers of those that were merged into this one itself."""
    return [row["number"] for row in tx.rows(DIRECT, number=number)]


def authors(tx: Transaction, number: int) -> list[int]:
    """Everybody whose question this is: its author and those of all that were merged into it."""
    return [row["author"] for row in tx.rows(AUTHORS, number=number)]
