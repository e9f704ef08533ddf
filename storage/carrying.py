"""Carrying a question to another session, with all that were merged into it."""

from __future__ import annotations

from storage.database import Transaction
from storage.questions import CHANNEL, Question

# Whoever put it off, skipped it or had no time for it, did so where it was.
CARRY = """
    UPDATE questions SET session = :session, state = :state, revision = revision + 1,
           postponed_at = NULL, skipped = 0, unheard_at = NULL
    WHERE number = :number AND state IN ('pending', 'approved') AND revision = :read
"""
CARRY_BACK = """
    UPDATE questions SET session = :session, state = :state, revision = revision + 1, postponed_at = :postponed_at,
           skipped = :skipped, unheard_at = :unheard_at
    WHERE number = :number AND state IN ('pending', 'approved') AND revision = :read
"""
# UNION, not UNION ALL: it would end even if a chain closed.
CARRY_MERGED = """
    UPDATE questions SET session = :session WHERE number IN (
        WITH RECURSIVE fellows AS (
            SELECT number FROM questions WHERE merged_into = :number
            UNION
            SELECT questions.number FROM questions JOIN fellows ON questions.merged_into = fellows.number
        )
        SELECT number FROM fellows
    )
"""


def carry(tx: Transaction, number: int, *, session: str, state: str, read: int) -> bool:
    """Let a pending or approved question be of another session, in `state`. False when it is not at the revision that
    was `read`."""
    tx.notify(CHANNEL)
    done = tx.run(CARRY, number=number, session=session, state=state, read=read) == 1
    if done:
        tx.run(CARRY_MERGED, number=number, session=session)
    return done


def carry_back(tx: Transaction, before: Question, read: int) -> bool:
    """Let a question be of the session again that it was of `before`, as it stood there. False as for `carry`."""
    tx.notify(CHANNEL)
    done = tx.run(
        CARRY_BACK,
        number=before.number,
        session=before.session,
        state=before.state,
        read=read,
        postponed_at=before.postponed_at,
        skipped=int(before.skipped),
        unheard_at=before.unheard_at,
    )
    if done == 1:
        tx.run(CARRY_MERGED, number=before.number, session=before.session)
    return done == 1
