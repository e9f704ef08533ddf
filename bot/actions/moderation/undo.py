"""Undoing the last thing that was done about a question, with the news of it."""

from __future__ import annotations

from collections.abc import Callable

from bot.actions.questions.questions import (
    cards_changed,
    found,
)
from bot.actions.rights import (
    need_a_desk,
    need_moderator,
)
from bot.errors import NotAllowed, Stale
from bot.who import Who
from storage import audit
from storage.audit import StaffAction
from storage.database import Transaction
from storage.questions import Question

LOOK_BACK = 50  # actions about one question: many, e.g. claims taken over, may come after the one that is looked for

UndoHandler = Callable[[Transaction, Who, int, StaffAction], None]

UNDO_HANDLERS: dict[str, UndoHandler] = {}
"""By action, what undoes it: puts back what the action's detail says was before, its news included (`retract`).

The modules with such actions enter theirs here. They log the action with "revision" in its detail, the question's
revision after it: it can be undone while the question is at that revision.
"""


def undoable(tx: Transaction, question: Question) -> StaffAction | None:
    """The last action about the question, while the question is as that left it."""
    for action in audit.standing(tx, question.number, LOOK_BACK):
        if action.deed in UNDO_HANDLERS:
            return action if action.detail.get("revision") == question.revision else None
    return None


def may_undo(who: Who, actor: int | None) -> bool:
    """Whether somebody undoes what that one did, by a button of their own chat."""
    return who.organizer or actor == who.id


def undo_of(tx: Transaction, who: Who, question: Question) -> int:
    """The action about the question that this person can undo as it is, 0 when there is none."""
    last = undoable(tx, question)
    return last.id if last is not None and may_undo(who, last.actor) else 0


def undo(tx: Transaction, who: Who, now: int, action: int, *, on_shared_card: bool = False) -> Question:
    """Undo an action: one's own, or any for organizers. By a card `on_shared_card`, which is one for all, everybody who
    moderates the question's session does. Again, a double tap, is the same. The question as it is then.

    Stale when something has happened to the question since.
    """
    need_a_desk(who)
    done = audit.get(tx, action)
    if done is None or done.question is None:
        raise Stale("undo.moved_on")
    question = found(tx, done.question)
    # Whoever carried it away may take it back, though they do not moderate where it is now.
    need_moderator(who, done.detail.get("session", question.session) if done.actor == who.id else question.session)
    if not (on_shared_card or may_undo(who, done.actor)):
        raise NotAllowed("undo.not_yours")
    if done.undone_at is not None:
        return question
    last = undoable(tx, question)
    if last is None or last.id != action or not audit.undo(tx, action, person=who.id, now=now):
        raise Stale("undo.moved_on")
    UNDO_HANDLERS[done.deed](tx, who, now, done)
    audit.note(tx, who.id, "undo", now, question=question.number, session=question.session, detail={"deed": done.deed})
    question = found(tx, question.number)
    cards_changed(tx, question, now)
    return question
