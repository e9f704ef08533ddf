"""Carrying a question to another session: because there was no time for it, its session is gone, or it fits better."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from bot.actions import outgoing
from bot.actions.moderation.undo import UNDO_HANDLERS, retract
from bot.actions.questions.carrying import carried
from bot.actions.questions.questions import moderated, session_to_ask
from bot.errors import Stale
from bot.programme.estimates import Runs
from bot.programme.model import Programme
from bot.who import Who
from storage import carrying, session_desks
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


def carry_back(tx: Transaction, who: Who, now: int, action: StaffAction) -> None:
    """Undo it: the question is of its former session again."""
    assert action.question is not None
    before, revision = action.detail, action.detail["revision"]
    if not carrying.carry(tx, action.question, session=before["session"], state=before["state"], read=revision):
        raise Stale("undo.moved_on")
    session_desks.clear_stage(tx, action.session, action.question)
    retract(tx, outgoing.Carried(action.question, revision), now)


UNDO_HANDLERS["carry"] = carry_back
