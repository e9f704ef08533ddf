"""Taking a decision about a question back."""

from __future__ import annotations

from storage.database import Transaction
from storage.questions import CHANNEL

# The statement names the revision that the decision left: when more has happened since, no row is touched.
TAKE_BACK = """
    UPDATE questions SET state = :state, reason = '', answer = '', revision = revision + 1,
           decided_by = :decided_by, decided_at = :decided_at
    WHERE number = :number AND revision = :revision
"""


def take_back(
    tx: Transaction, number: int, *, revision: int, state: str, decided_by: int | None, decided_at: int | None
) -> bool:
    """Put the question back into the state it was in before it came to this revision, as `decided_by` had left it.

    Only a decision that is the last word has a reason or an answer, and before it there was none. False when the
    question is at another revision.
    """
    tx.notify(CHANNEL)
    touched = tx.run(
        TAKE_BACK, number=number, revision=revision, state=state, decided_by=decided_by, decided_at=decided_at
    )
    return touched == 1
