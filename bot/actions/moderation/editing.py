"""A moderator corrects a question's wording before it is heard. Its author is notified at once, whoever follows it
after them, and the votes stay."""

from __future__ import annotations

from dataclasses import dataclass

from bot.actions import outgoing
from bot.actions.became import digest
from bot.actions.moderation.undo import UNDO_HANDLERS
from bot.actions.questions import telling
from bot.actions.questions.questions import (
    cards_changed,
    found,
    moderated,
    worded,
)
from bot.actions.questions.telling import retract
from bot.errors import Stale
from bot.who import Who
from storage import audit, claims, deliveries, questions
from storage.audit import StaffAction
from storage.database import Transaction
from storage.questions import LIVE, Question


@dataclass(frozen=True, slots=True)
class Rewording:
    """`made` is False when the question is not the one that was read: `question` is what it is now."""

    question: Question
    made: bool


def correctable(tx: Transaction, who: Who, number: int) -> Question:
    """The question, for anyone who may correct its wording, while that can be done."""
    question = moderated(tx, who, number)
    if question.state not in LIVE:
        raise Stale("editing.too_late")
    return question


def correct(tx: Transaction, who: Who, now: int, number: int, *, typed: str, read: int) -> Rewording:
    """Give the question at the revision that was `read` another wording; the author's own is kept too.

    The author's own words typed again end the correction. Again, by the same person, counts as made.
    """
    text = worded(typed)
    question = correctable(tx, who, number)
    if text == question.text:
        return Rewording(question, made=True)
    own = question.original or question.text
    if not questions.correct(tx, number, text, "" if text == own else own, read):
        return Rewording(question, made=False)
    claims.release(tx, number, who.id)
    before, question = question, found(tx, number)
    detail = {"revision": question.revision, "text": before.text, "original": before.original}
    audit.note(tx, who.id, "edit", now, question=number, session=question.session, detail=detail)
    cards_changed(tx, question, now)
    telling.tell_wording(tx, question, now)
    return Rewording(question, made=True)


def amend(tx: Transaction, who: Who, now: int, number: int, *, kept: str, typed: str) -> Rewording | None:
    """The message with the wording of the digest `kept` is edited before the author was sent it. None when it says the
    same; `made` is False when the author has it: then nothing is changed."""
    text = worded(typed)
    question = correctable(tx, who, number)
    if digest(text) == kept:
        return None
    if question.text == text:
        return Rewording(question, made=True)
    if digest(question.text) != kept:
        raise Stale("edited.replaced")
    news = outgoing.Edited(number, question.revision)
    if deliveries.reached(tx, news.kind, news.thing):
        return Rewording(question, made=False)
    return correct(tx, who, now, number, typed=typed, read=question.revision)


def undo_correction(tx: Transaction, who: Who, now: int, action: StaffAction) -> None:
    """Put back the wording from before, and take the news of the other one back."""
    assert action.question is not None
    revision = action.detail["revision"]
    if not questions.correct(tx, action.question, action.detail["text"], action.detail["original"], revision):
        raise Stale("undo.moved_on")
    retract(tx, outgoing.Edited(action.question, revision), now)


UNDO_HANDLERS["edit"] = undo_correction
