"""Carrying a question to another session: because there was no time for it, its session is gone, or it fits better."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from bot.actions import outgoing
from bot.actions.moderation.claims import Claim, held_by_another
from bot.actions.moderation.undo import LOOK_BACK, UNDO_HANDLERS, undoable
from bot.actions.questions import desk_cards
from bot.actions.questions.carrying import as_it_stood, carried, fellows_touched, is_target
from bot.actions.questions.questions import found, moderated, session_to_ask
from bot.actions.questions.telling import retract
from bot.actions.rights import need_a_desk
from bot.errors import Stale
from bot.programme.estimates import Runs
from bot.programme.model import Programme, Session
from bot.who import Who
from storage import audit, carrying, claims, followers, merges, questions, session_desks
from storage.audit import StaffAction
from storage.database import Transaction
from storage.questions import LIVE, PENDING, Question


@dataclass(frozen=True, slots=True)
class Carry:
    """`made` is False when the question is not the one that was read: `question` is what it is now; `claim` is somebody
    else's, for which this one must wait. `action` (storage.audit) is what can be undone, 0 where there is nothing;
    `former` the session that the question was of."""

    question: Question
    made: bool
    claim: Claim | None = None
    action: int = 0
    former: str = ""


def targets(programme: Programme, runs: Runs, now: dt.datetime, former: str) -> list[Session]:
    """Where a question of the session `former`, which may be gone, can be carried: what is on or to come."""
    return [one for one in programme.sessions if one.code != former and is_target(programme, runs, one, now)]


def need_target(programme: Programme, runs: Runs, code: str, now: dt.datetime) -> Session:
    """The session, if questions can be carried there; else Stale with the reason."""
    session = session_to_ask(programme, runs, code, now)
    if not is_target(programme, runs, session, now):
        raise Stale("carrying.ended")
    return session


def reach(tx: Transaction, number: int) -> int:
    """How many people are told when something happens to the question; of those that it stands for, each without a
    name counts as somebody else's, or the count would tell whose it is."""
    all_of_it = [found(tx, one) for one in (number, *questions.fellows(tx, number))]
    asked = [one for one in all_of_it if one.author is not None]
    named = {one.author for one in asked if not one.anonymous}
    return len(named.union(followers.of_all(tx, number))) + sum(one.anonymous for one in asked)


@dataclass(frozen=True, slots=True)
class Way:
    """A question, at the revision that was `read`, to the session `to`. `first` is the action (storage.audit) that was
    the first of several with one press."""

    number: int
    to: str
    read: int
    first: int = 0


def carry(tx: Transaction, who: Who, now: int, programme: Programme, runs: Runs, *, way: Way) -> Carry:
    """Let the question be of another session, which must be on or to come.

    It stays approved for whoever moderates that one too; else its moderators decide about it again. Again, by the same
    person, counts as made.
    """
    need_a_desk(who)
    question = found(tx, way.number)
    if question.session == way.to:
        return carried_before(tx, who, question)
    moderated(tx, who, way.number)
    need_target(programme, runs, way.to, dt.datetime.fromtimestamp(now, dt.UTC))
    if question.state not in LIVE or question.revision != way.read:
        return Carry(question, made=False)
    claim = held_by_another(tx, who, now, way.number)
    if claim is not None:
        return Carry(question, made=False, claim=claim)
    state = question.state if who.moderates(way.to) else PENDING
    if not carrying.carry(tx, way.number, session=way.to, state=state, read=way.read):
        return Carry(question, made=False)
    after, action = carried(tx, who, now, question, way.first)
    return Carry(after, made=True, action=action, former=question.session)


def carried_before(tx: Transaction, who: Who, question: Question) -> Carry:
    """It is where it was to be carried; with what can be undone if the person carried it there."""
    last = undoable(tx, question)
    if last is None or (last.deed, last.actor) != ("carry", who.id):
        return Carry(question, made=True, former=question.session)
    return Carry(question, made=True, action=last.id, former=last.detail["session"])


def carry_back(tx: Transaction, who: Who, now: int, action: StaffAction) -> None:
    """Undo it: the question is of its former session again, where it stood."""
    assert action.question is not None
    kept = action.detail
    question, revision = found(tx, action.question), kept["revision"]
    before = replace(as_it_stood(tx, question, kept), session=kept["session"], state=kept["state"])
    if not carrying.carry_back(tx, before, revision):
        raise Stale("undo.moved_on")
    session_desks.clear_stage(tx, action.session, action.question)
    claims.drop(tx, action.question)
    fellows_touched(tx, action.question, now)
    desk_cards.enqueue(tx, action.question, before.session, now)
    retract(tx, outgoing.Carried(action.question, revision), now)


UNDO_HANDLERS["carry"] = carry_back


def was_in(tx: Transaction, number: int) -> frozenset[str]:
    """The sessions that the question, or the one that stands for it, was carried from or was in for a while: whoever
    moderates one of them may have its card."""
    numbers = {number, merges.stays(tx, number) or number}
    actions = [one for each in numbers for one in audit.of_question(tx, each, LOOK_BACK) if one.deed == "carry"]
    return frozenset(code for one in actions for code in (one.session, one.detail.get("session", "")) if code)
