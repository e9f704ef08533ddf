"""Whether a question shows its author's name, which the author may change while it waits."""

from __future__ import annotations

from storage.database import Transaction
from storage.questions import CHANNEL

# Its side, by which delegations take turns, goes with the name: an anonymous question is nobody's.
SET = """
    UPDATE questions SET anonymous = CAST(:anonymous AS BIGINT), revision = revision + 1,
           side = CASE WHEN CAST(:anonymous AS BIGINT) = 1 THEN '?'
                       ELSE COALESCE((SELECT delegation FROM participants WHERE id = CAST(:author AS BIGINT)), '') END
    WHERE number = :number AND author = :author AND state = 'pending' AND anonymous <> CAST(:anonymous AS BIGINT)
"""


def choose(tx: Transaction, number: int, *, author: int, anonymous: bool) -> bool:
    """Hide the author's name, or show it. False when it is so already, or not theirs to choose any more."""
    tx.notify(CHANNEL)
    return tx.run(SET, number=number, author=author, anonymous=int(anonymous)) == 1
