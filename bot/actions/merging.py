"""Questions that say the same: one stays and is asked for all, everybody's voice counts for it once.

Each author keeps their own receipt, which follows what becomes of the one that stays.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.actions import letters, likeness
from bot.actions.cards import Card, card_touched
from bot.actions.questions import cards_changed, found, tell_fate
from bot.actions.rights import moderated
from bot.actions.undo import UNDOERS, retract
from bot.errors import Stale
from bot.who import Who
from storage import audit, cards, claims, merges, questions
from storage.audit import Deed
from storage.database import Transaction
from storage.questions import APPROVED, MERGED, PENDING, Question

LIVE = (PENDING, APPROVED)
NEAR = 5  # offered before all others
LOOK_BACK = 50  # deeds about one question
FAINT = 50.0  # of likeness.alike: a moderator reads both texts before they merge, so less is enough for an offer


@dataclass(frozen=True, slots=True)
class Merge:
    """`made` is False when one of the two is not what was read: `question` is what it is now."""

    question: Question
    target: Question
    made: bool


def mergeable(tx: Transaction, who: Who, number: int) -> tuple[Question, dict[int, str]]:
    """The question, and the texts of all others of its session that it could be merged into."""
    question = moderated(tx, who, number)
    if question.state not in LIVE:
        raise Stale("merging.too_late")
    others = questions.texts(tx, question.session, APPROVED) | questions.texts(tx, question.session, PENDING)
    others.pop(number, None)
    return question, others


def in_order(question: Question, others: dict[int, str]) -> tuple[list[int], int]:
    """The numbers of the others, near ones first and then as they were asked, and how many are near.

    For outside a transaction.
    """
    near = [number for number, _ in likeness.nearest(question.text, others, NEAR, FAINT)]
    return near + sorted(set(others).difference(near)), len(near)


def shown(tx: Transaction, numbers: list[int]) -> list[Question]:
    """Those of the numbers that are there still, with their votes."""
    return [one for one in (questions.get(tx, number) for number in numbers) if one is not None]


def both(tx: Transaction, who: Who, number: int, target: int) -> tuple[Question, Question]:
    """What is to be merged and what is to stay, if it can be."""
    question, other = moderated(tx, who, number), found(tx, target)
    if question.state not in LIVE:
        raise Stale("merging.too_late")
    if number == target or other.session != question.session or other.state not in LIVE:
        raise Stale("merging.cannot_stay", number=target)
    return question, other


def merge(tx: Transaction, who: Who, number: int, target: int, read: int, beside: int, now: int) -> Merge:
    """Let `target` stand for the question: both at the revisions that were `read` `beside` each other.

    A double tap is as good as made.
    """
    before = moderated(tx, who, number)
    if before.state == MERGED and before.merged_into == target and before.decided_by == who.id:
        return Merge(before, found(tx, target), made=True)
    both(tx, who, number, target)
    if not merges.merge(tx, number, target, who.id, read, beside, now):
        return Merge(before, found(tx, target), made=False)
    claims.release(tx, number, who.id)
    question = found(tx, number)
    detail = {"revision": question.revision, "state": before.state, "target": target}
    audit.note(tx, who.id, "merge", now, question=number, session=question.session, detail=detail)
    cards_changed(tx, question, now)
    stays_touched(tx, target, now)
    tell_fate(tx, question, now)
    return Merge(question, found(tx, target), made=True)


def unmerge(tx: Transaction, who: Who, number: int, now: int, pressed: Card | None) -> Question:
    """Let a merged question stand for itself again, as it did before, by a button of its card; again is the same."""
    before = moderated(tx, who, number)
    if before.state != MERGED:
        return before
    read = cards.revision(tx, *pressed, number) if pressed else 0
    if not merges.part(tx, number, state_before(tx, number), who.id, read, now):
        raise Stale("moderation.read_again")
    question = found(tx, number)
    detail = {"revision": question.revision, "target": before.merged_into}
    audit.note(tx, who.id, "unmerge", now, question=number, session=question.session, detail=detail)
    cards_changed(tx, question, now)
    if before.merged_into is not None:
        stays_touched(tx, before.merged_into, now)
    tell_fate(tx, question, now)
    return question


def undo_merge(tx: Transaction, who: Who, deed: Deed, now: int) -> None:
    """Both stand as before, and the news of the merge is taken back."""
    assert deed.question is not None
    number, revision = deed.question, deed.detail["revision"]
    if not merges.part(tx, number, deed.detail["state"], None, revision, now):
        raise Stale("undo.moved_on")
    stays_touched(tx, deed.detail["target"], now)
    retract(tx, letters.FATE, letters.revision_of(number, revision), now)


UNDOERS["merge"] = undo_merge


def state_before(tx: Transaction, number: int) -> str:
    """What the question was before it was merged: waiting, when that is not known any more."""
    deeds = audit.of_question(tx, number, LOOK_BACK)
    state = next((deed.detail.get("state") for deed in deeds if deed.deed == "merge" and deed.undone_at is None), None)
    return APPROVED if state == APPROVED else PENDING


def stays_touched(tx: Transaction, number: int, now: int) -> None:
    """The cards of what stays say how many it stands for and their votes; so do those above it in the chain."""
    above: int | None = number
    while above is not None:
        card_touched(tx, above, now)
        above = found(tx, above).merged_into
