"""What those may read of a question who did not ask it, though they follow it."""

from __future__ import annotations

from dataclasses import replace

from storage import audit
from storage.database import Transaction
from storage.questions import PUBLIC, Question

LOOK_BACK = 50  # staff actions: whoever took the question up came after its last decision


def as_read(tx: Transaction, question: Question) -> Question:
    """The question without what leads to its author, and without its words ("") where they are not for everybody."""
    text = question.text if legible(tx, question) else ""
    return replace(question, author=None, anonymous=True, text=text, original="", decided_by=None)


def legible(tx: Transaction, question: Question) -> bool:
    """Whether everybody may read its words, or could until the last thing that was done about it. What is worded again
    while it waits is nobody's but its author's and the moderators'."""
    if question.state in PUBLIC:
        return True
    done = (one.detail for one in audit.standing(tx, question.number, LOOK_BACK) if "revision" in one.detail)
    last = next(done, {})
    return last.get("revision") == question.revision and last.get("state") in PUBLIC
