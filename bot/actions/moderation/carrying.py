"""Carrying a question to another session: because there was no time for it, its session is gone, or it fits better."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.actions import outgoing
from bot.actions.moderation.claims import Claim, held_by_another
from bot.actions.moderation.undo import LOOK_BACK, UNDO_HANDLERS, retract, undoable
from bot.actions.questions import desk_cards
from bot.actions.questions.carrying import carried, fellows_touched, is_target
from bot.actions.questions.questions import found, moderated, session_to_ask
from bot.actions.rights import need_a_desk
from bot.errors import Stale
from bot.programme.estimates import Runs
from bot.programme.model import Programme, Session
from bot.who import Who
from storage import audit, carrying, deliveries, followers, merges, session_desks
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
    """How many people are told when something becomes of the question."""
    return len({*merges.authors(tx, number), *followers.of_all(tx, number)})


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

    It stays approved for whoever moderates that one too; else its moderators decide about it anew. Again, by the same
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
    before = replace(
        question,
        session=kept["session"],
        state=kept["state"],
        postponed_at=kept.get("postponed_at"),
        skipped=bool(kept.get("skipped")),
        unheard_at=known_unheard(tx, question.number, kept),
    )
    if not carrying.carry_back(tx, before, revision):
        raise Stale("undo.moved_on")
    session_desks.clear_stage(tx, action.session, action.question)
    fellows_touched(tx, action.question, now)
    desk_cards.enqueue(tx, action.question, before.session, now)
    retract(tx, outgoing.Carried(action.question, revision), now)


def known_unheard(tx: Transaction, number: int, kept: Mapping[str, Any]) -> int | None:
    """When people were told that there was no time for it; None where nobody was before it was carried."""
    at: int | None = kept.get("unheard_at")
    if at is None:
        return None
    news = outgoing.Unheard(number, at)
    return at if deliveries.reached(tx, news.kind, news.thing) else None


UNDO_HANDLERS["carry"] = carry_back


def was_in(tx: Transaction, number: int) -> frozenset[str]:
    """The sessions that the question, or the one that stands for it, was carried from or was in for a while: whoever
    moderates one of them may have its card."""
    numbers = {number, merges.stays(tx, number) or number}
    actions = [one for each in numbers for one in audit.of_question(tx, each, LOOK_BACK) if one.deed == "carry"]
    return frozenset(code for one in actions for code in (one.session, one.detail.get("session", "")) if code)
