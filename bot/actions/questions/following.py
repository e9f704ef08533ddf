"""Following a question without asking or voting: followers are told its outcome, as its author is."""

from __future__ import annotations

from dataclasses import dataclass

from bot.actions import outgoing
from bot.actions.questions.questions import OwnQuestion, Voted, as_followed, found, mine, stands_for, vote
from bot.actions.questions.telling import tell_followers
from bot.errors import NotRegistered, Stale
from bot.programme.model import Programme
from bot.who import Who
from storage import followers, merges, questions, votes
from storage.database import Transaction
from storage.questions import PUBLIC, WITHDRAWN, Question


@dataclass(frozen=True, slots=True)
class Reading:
    """A question on its own screen: whether it is the reader's `own`, and whether they follow it or voted for what
    stands for it."""

    question: Question
    stays: Question | None
    own: bool
    followed: bool
    voted: bool


def follow(tx: Transaction, who: Who, now: int, number: int) -> Question:
    """Follow a question that everybody may read; of a merged one, what stands for it. Again is the same."""
    number = merges.stays(tx, number) or number
    question = found(tx, number)
    if not who.registered:
        raise NotRegistered(then=f"f_{number}")
    if question.author == who.id:
        raise Stale("following.own")
    if question.state not in PUBLIC:
        raise Stale("questions.no_such_question")
    followers.follow(tx, number, person=who.id, now=now)
    return question


def unfollow(tx: Transaction, who: Who, now: int, number: int) -> Question:
    """Stop following it, with all that were merged with it: they are one question now. Again is the same."""
    stays = merges.stays(tx, number) or number
    for one in {number, stays, *questions.fellows(tx, stays)}:
        followers.unfollow(tx, one, who.id)
    return found(tx, number)


def add_voice(tx: Transaction, who: Who, now: int, programme: Programme, number: int) -> Voted:
    """Vote for a question instead of asking the same, and learn its outcome."""
    voted = vote(tx, who, now, programme, number, wanted=True)
    followers.follow(tx, voted.question.number, person=who.id, now=now)
    return voted


def reading(tx: Transaction, who: Who, number: int) -> Reading:
    """A question for anybody: one's own, one that is followed, or one that everybody may read; of another that was
    merged, what stands for it. Else it is treated as missing."""
    question = found(tx, number)
    followed = followers.follows(tx, number, who.id)
    if question.author != who.id and not followed:
        question = stands_for(tx, question) or question
        followed = followers.follows(tx, question.number, who.id)
    if question.author == who.id:
        one, own = mine(tx, who, question.number), True
    elif followed or question.state in PUBLIC:
        one, own = as_followed(tx, question), False
    else:
        raise Stale("questions.no_such_question")
    stands = one.stays or one.question
    voted = stands.number in votes.voted(tx, who.id, stands.session)
    return Reading(one.question, one.stays, own, followed, voted)


def listed(tx: Transaction, who: Who) -> list[OwnQuestion]:
    """What the person asked and what they follow, the newest question first."""
    own = [OwnQuestion(one) for one in questions.of_author(tx, who.id)]
    followed = [as_followed(tx, one) for one in followers.questions_of(tx, who.id)]
    return sorted(own + followed, key=lambda one: one.question.number, reverse=True)


def left_by_author(tx: Transaction, question: Question, now: int) -> None:
    """The question's author has erased it. Whoever follows it follows what it was merged into, and where it was not,
    hears that it is withdrawn."""
    stays = None if question.merged_into is None else merges.stays(tx, question.merged_into)
    if stays is None or found(tx, stays).state == WITHDRAWN:
        tell_followers(tx, outgoing.Fate(question.number, question.revision), now)
    else:
        followers.move(tx, question.number, stays)
