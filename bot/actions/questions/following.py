"""Following a question without asking or voting: whoever follows is told what becomes of it, as its author is."""

from __future__ import annotations

from bot.actions.questions.questions import OwnQuestion, found, stands_for
from bot.errors import NotRegistered, Stale
from bot.who import Who
from storage import followers, merges
from storage.database import Transaction
from storage.questions import PUBLIC, Question


def follow(tx: Transaction, who: Who, now: int, number: int) -> Question:
    """Follow a question that everybody may read; of a merged one, what stands for it. Again is the same."""
    number = merges.stays(tx, number) or number
    question = found(tx, number)
    if not who.registered:
        raise NotRegistered(then=f"q_{question.session}")
    if question.state not in PUBLIC:
        raise Stale("questions.no_such_question")
    followers.follow(tx, number, person=who.id, now=now)
    return question


def unfollow(tx: Transaction, who: Who, number: int) -> Question:
    """Stop following it, and what it was merged into; again is the same."""
    followers.unfollow(tx, number, who.id)
    stays = merges.stays(tx, number)
    if stays is not None:
        followers.unfollow(tx, stays, who.id)
    return found(tx, number)


def followed(tx: Transaction, person: int) -> list[OwnQuestion]:
    """What the person follows, the newest first."""
    found_ = (found(tx, number) for number, _ in followers.of_person(tx, person))
    return [OwnQuestion(one, stands_for(tx, one), followed=True) for one in found_]
