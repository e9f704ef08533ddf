"""What follows from a question being of another session now, whoever carried it there."""

from __future__ import annotations

from bot.actions import outgoing
from bot.actions.questions import desk_cards
from bot.actions.questions.questions import cards_changed, found
from bot.actions.questions.telling import tell
from bot.who import Who
from storage import audit, claims, session_desks
from storage.database import Transaction
from storage.questions import Question


def carried(tx: Transaction, who: Who, now: int, before: Question) -> Question:
    """What follows from a question having been carried that was so `before`; whoever cares is told."""
    question = moved_with_cards(tx, who, now, before)
    tell(tx, outgoing.Carried(question.number, question.revision), now)
    return question


def moved_with_cards(tx: Transaction, who: Who, now: int, before: Question) -> Question:
    """The same without telling anybody: the stage is free of it, its cards follow, the other session's moderators get
    it."""
    question = found(tx, before.number)
    session_desks.clear_stage(tx, before.session, before.number)
    claims.drop(tx, before.number)
    detail = {
        "revision": question.revision,
        "session": before.session,
        "state": before.state,
        "unheard_at": before.unheard_at,
    }
    audit.note(tx, who.id, "carry", now, question=before.number, session=question.session, detail=detail)
    cards_changed(tx, question, now)
    desk_cards.enqueue(tx, question.number, question.session, now)
    return question
