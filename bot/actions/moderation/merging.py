"""Questions that say the same: one stays and is asked for all, everybody's voice counts for it once.

Each author keeps their own receipt, which follows the outcome of the one that stays.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.actions import outgoing
from bot.actions.moderation.cards import Card, card_touched
from bot.actions.moderation.claims import Claim, held_by_another
from bot.actions.moderation.undo import (
    LOOK_BACK,
    UNDO_HANDLERS,
    undo_of,
)
from bot.actions.questions import likeness
from bot.actions.questions.questions import (
    cards_changed,
    found,
    moderated,
    notify_of_fate,
)
from bot.actions.questions.telling import retract
from bot.errors import Stale
from bot.who import Who
from storage import audit, cards, claims, merges, questions, session_desks, twins
from storage.audit import StaffAction
from storage.database import Transaction
from storage.questions import APPROVED, LIVE, MERGED, PENDING, Question

NEAR = 5  # offered before all others
FAINT = 50.0  # of likeness.alike: a moderator reads both texts before they merge, so less is enough for an offer


@dataclass(frozen=True, slots=True)
class Merge:
    """`made` is False when one of the two is not what was read: `question` is what it is now; or `claim` is somebody
    else's, for which this one must wait. `undo` is the action (storage.audit) by which it can be undone, 0 when it
    cannot."""

    question: Question
    target: Question
    made: bool
    undo: int = 0
    claim: Claim | None = None


def mergeable(tx: Transaction, who: Who, number: int) -> tuple[Question, dict[int, str]]:
    """The question, and the texts of all others of its session that it could be merged with."""
    question = moderated(tx, who, number)
    if question.state not in LIVE:
        raise Stale("merging.too_late")
    return question, twins.open_texts(tx, question.session, number)


def in_order(question: Question, others: dict[int, str]) -> tuple[list[int], int]:
    """The numbers of the others, near ones first and then as they were asked, and how many are near.

    For outside a transaction.
    """
    near = [number for number, _ in likeness.nearest(question.text, others, NEAR, FAINT)]
    return near + sorted(set(others).difference(near)), len(near)


def shown(tx: Transaction, numbers: list[int]) -> list[Question]:
    """Those of the numbers that are still there, with their votes."""
    return [one for one in (questions.get(tx, number) for number in numbers) if one is not None]


def both(tx: Transaction, who: Who, number: int, target: int) -> tuple[Question, Question]:
    """The two that are to be merged, if they can be."""
    question, other = moderated(tx, who, number), found(tx, target)
    if question.state not in LIVE:
        raise Stale("merging.too_late")
    if number == target or other.session != question.session or other.state not in LIVE:
        raise Stale("merging.cannot_stay", number=target)
    return question, other


def is_shown(tx: Transaction, number: int, card: Card | None) -> bool:
    """Whether the message shows the question, or what its card led to."""
    return card is not None and cards.shown_in(tx, *card) == number


def may_stay(one: Question, other: Question) -> bool:
    """Whether the other may be merged into this one. What the hall reads already is merged only into what it may read,
    or it would vanish with all its votes."""
    return one.state == APPROVED or other.state == PENDING


def merge(
    tx: Transaction, who: Who, now: int, number: int, *, target: int, read: int, beside: int, at: Card | None = None
) -> Merge:
    """Let `target` stand for the question: both at the revisions that were `read` `beside` each other, by a button of
    the card `at`.

    A double tap counts as made.
    """
    before = moderated(tx, who, number)
    if before.state == MERGED and before.merged_into == target and before.decided_by == who.id:
        return stands_now(tx, who, before, target)
    question, other = both(tx, who, number, target)
    if not may_stay(other, question):
        raise Stale("merging.other_way", number=target)
    claim = held_by_another(tx, who, now, number)
    if claim is not None:
        return Merge(before, other, made=False, claim=claim)
    if not merges.merge(tx, number, target=target, moderator=who.id, read=read, beside=beside, now=now):
        return Merge(before, found(tx, target), made=False)
    claims.release(tx, number, who.id)
    question = found(tx, number)
    kept = {"state": before.state, "decided_at": before.decided_at}
    detail = {"revision": question.revision, "target": target, **kept}
    audit.note(tx, who.id, "merge", now, question=number, session=question.session, detail=detail)
    cards_changed(tx, question, now, at)
    stays_touched(tx, target, now, at)
    notify_of_fate(tx, question, now)
    take_stage(tx, question, target, now)
    return stands_now(tx, who, question, target)


def stands_now(tx: Transaction, who: Who, question: Question, target: int) -> Merge:
    return Merge(question, found(tx, target), made=True, undo=undo_of(tx, who, question))


def unmerge(tx: Transaction, who: Who, now: int, number: int, pressed: Card | None) -> Question:
    """Let a merged question stand for itself again, as it did before, by a button of its card; again is the same."""
    before = moderated(tx, who, number)
    if before.state != MERGED:
        return before
    read = cards.revision(tx, *pressed, question=number) if pressed else 0
    merged = next((one for one in audit.standing(tx, number, LOOK_BACK) if one.deed == "merge"), None)
    state, decided_by, decided_at = as_before(tx, number, merged)
    if not merges.part(tx, number, read=read, state=state, decided_by=decided_by, decided_at=decided_at):
        raise Stale("moderation.read_again")
    question = found(tx, number)
    detail = {"revision": question.revision, "target": before.merged_into}
    audit.note(tx, who.id, "unmerge", now, question=number, session=question.session, detail=detail)
    cards_changed(tx, question, now)
    if before.merged_into is not None:
        stays_touched(tx, before.merged_into, now)
    notify_of_fate(tx, question, now)
    return question


def undo_merge(tx: Transaction, who: Who, now: int, action: StaffAction) -> None:
    """Both stand as before, and the news of the merge is taken back."""
    assert action.question is not None
    number, revision = action.question, action.detail["revision"]
    state, decided_by, decided_at = as_before(tx, number, action)
    if not merges.part(tx, number, read=revision, state=state, decided_by=decided_by, decided_at=decided_at):
        raise Stale("undo.moved_on")
    stays_touched(tx, action.detail["target"], now)
    retract(tx, outgoing.Fate(number, revision), now)


UNDO_HANDLERS["merge"] = undo_merge


def as_before(tx: Transaction, number: int, merged: StaffAction | None) -> tuple[str, int | None, int | None]:
    """The state of a question before that action, who had decided it and when; waiting, when the action is not
    known, or the question was carried since: whoever approved it did so for another session."""
    elsewhere = merged is not None and merged.session != found(tx, number).session
    if merged is None or merged.detail.get("state") != APPROVED or elsewhere:
        return PENDING, None, None
    approved = next((one for one in audit.standing(tx, number, LOOK_BACK) if one.deed == "approve"), None)
    return APPROVED, approved.actor if approved else None, merged.detail.get("decided_at")


def take_stage(tx: Transaction, question: Question, target: int, now: int) -> None:
    """A hall that reads a question on its screen goes on with the one that stands for it."""
    if session_desks.get(tx, question.session).on_stage == question.number and found(tx, target).state == APPROVED:
        session_desks.put_on_stage(tx, question.session, target, now)


def stays_touched(tx: Transaction, number: int, now: int, at: Card | None = None) -> None:
    """The cards of what stays say how many it stands for and their votes; so do those above it in the chain."""
    above: int | None = number
    while above is not None:
        card_touched(tx, above, now, at)
        above = found(tx, above).merged_into
