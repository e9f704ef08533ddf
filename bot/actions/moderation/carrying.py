"""Carrying a question to another session: because there was no time for it, its session is gone, or it fits better."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from bot.actions import outgoing
from bot.actions.moderation.undo import UNDO_HANDLERS, retract
from bot.actions.questions import desk_cards
from bot.actions.questions.questions import cards_changed, found, moderated, session_to_ask
from bot.actions.questions.telling import tell
from bot.errors import Stale
from bot.programme.estimates import Runs
from bot.programme.model import Programme
from bot.who import Who
from storage import audit, carrying, claims, session_desks
from storage.audit import StaffAction
from storage.database import Transaction
from storage.questions import LIVE, PENDING, Question


@dataclass(frozen=True, slots=True)
class Carry:
    """`made` is False when the question is not the one that was read: `question` is what it is now."""

    question: Question
    made: bool


def carry(
    tx: Transaction, who: Who, now: int, programme: Programme, runs: Runs, *, number: int, to: str, read: int
) -> Carry:
    """Let the question at the revision that was `read` be of the session `to`, which must take questions.

    It stays approved for whoever moderates that one too; else its moderators decide about it anew. Again, by the same
    person, counts as made.
    """
    question = moderated(tx, who, number)
    session_to_ask(programme, runs, to, dt.datetime.fromtimestamp(now, dt.UTC))
    if question.state not in LIVE or question.session == to:
        return Carry(question, made=question.session == to)
    state = question.state if who.moderates(to) else PENDING
    if not carrying.carry(tx, number, session=to, state=state, read=read):
        return Carry(question, made=False)
    return Carry(carried(tx, who, now, question), made=True)


def carried(tx: Transaction, who: Who, now: int, before: Question) -> Question:
    """What follows from a question having been carried that was so `before`: the stage is free of it, its cards follow,
    the other session's moderators get it, and whoever cares is told."""
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
    tell(tx, outgoing.Carried(question.number, question.revision), now)
    return question


def carry_back(tx: Transaction, who: Who, now: int, action: StaffAction) -> None:
    """Undo it: the question is of its former session again."""
    assert action.question is not None
    before, revision = action.detail, action.detail["revision"]
    if not carrying.carry(tx, action.question, session=before["session"], state=before["state"], read=revision):
        raise Stale("undo.moved_on")
    session_desks.clear_stage(tx, action.session, action.question)
    retract(tx, outgoing.Carried(action.question, revision), now)


UNDO_HANDLERS["carry"] = carry_back
