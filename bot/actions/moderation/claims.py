"""Working on a question: while one moderator does, the others see who."""

from __future__ import annotations

from dataclasses import dataclass

from bot.actions.moderation.cards import Card, card_touched, claim_ends
from bot.actions.questions.questions import (
    moderated,
)
from bot.actions.rights import (
    need_organizer,
)
from bot.errors import Stale
from bot.who import Who
from storage import audit, cards, claims, participants
from storage.database import Transaction
from storage.questions import LIVE

LASTS = 120  # seconds; every step of its holder starts them again
WORKED_ON = LIVE  # in the other states nothing is left that two could do twice


@dataclass(frozen=True, slots=True)
class Claim:
    """Who works on a question: `by` is their name, `mine` whether it is the person who asked, `until` epoch seconds."""

    by: str
    until: int
    mine: bool


def take(tx: Transaction, who: Who, now: int, number: int, at: Card | None = None) -> Claim:
    """Claim the question for two minutes from now, or find out who holds it: `mine` says which.

    Every card of it says so from then on, except the one `at` which it was taken: there the press itself shows it. What
    is decided already cannot be claimed: that, too, is `mine`, and over at once.
    """
    question = moderated(tx, who, number)
    if question.state not in WORKED_ON:
        return Claim(who.name, now, mine=True)
    before = claims.get(tx, number, now)
    if not claims.take(tx, number, moderator=who.id, now=now, until=now + LASTS):
        holder = claims.get(tx, number, now)
        assert holder is not None  # or it would have been taken: nobody writes between two statements of a unit
        return named(tx, who, holder)
    if before is None or before.moderator != who.id:
        cards.fold(tx, number)
    notify_of_claim(tx, number, before, now, at)
    return Claim(who.name, now + LASTS, mine=True)


def keep(tx: Transaction, who: Who, now: int, number: int, at: Card | None, *, take_it: bool = False) -> None:
    """A step of somebody at a question: whoever works on it does so for two minutes from now. `take_it`: also whoever
    came to it from a list of the desk, if it is free."""
    holder = claims.get(tx, number, now)
    if take_it or (holder is not None and holder.moderator == who.id):
        take(tx, who, now, number, at)


def take_over(tx: Transaction, who: Who, now: int, number: int, at: Card | None = None) -> Claim:
    """As `take`, also while somebody else holds it: for organizers."""
    question = moderated(tx, who, number)
    need_organizer(who)
    before = claims.get(tx, number, now)
    if before is not None and before.moderator != who.id:
        claims.drop(tx, number)
        audit.note(tx, who.id, "take_over", now, question=number, session=question.session)
    return take(tx, who, now, number, at)


def let_go(tx: Transaction, who: Who, now: int, number: int, at: Card | None = None) -> bool:
    """Leave the question to the others, and fold what they unfolded in the group. False when the person had not claimed
    it."""
    if not claims.release(tx, number, who.id):
        return False
    cards.fold(tx, number)
    card_touched(tx, number, now, at)
    return True


def work(tx: Transaction, who: Who, now: int, number: int, *, act: str, at: Card | None) -> Claim | None:
    """ "take", "leave" or "over" (take over), by a button of the card `at`. The claim that holds then; None when the
    question is nobody's."""
    moderated(tx, who, number)
    if act == "take":
        return take(tx, who, now, number, at)
    if act == "over":
        return take_over(tx, who, now, number, at)
    if act != "leave":
        raise Stale("refusal.stale")
    let_go(tx, who, now, number, at)
    return held(tx, who, now, number)


def held(tx: Transaction, who: Who, now: int, number: int) -> Claim | None:
    """The claim that holds now, whoever has it."""
    holder = claims.get(tx, number, now)
    return None if holder is None else named(tx, who, holder)


def held_by_another(tx: Transaction, who: Who, now: int, number: int) -> Claim | None:
    """The claim for which this person must wait."""
    claim = held(tx, who, now, number)
    return None if claim is None or claim.mine else claim


def named(tx: Transaction, who: Who, holder: claims.Claim) -> Claim:
    return Claim(participants.name_of(tx, holder.moderator), holder.until, holder.moderator == who.id)


def notify_of_claim(tx: Transaction, number: int, before: claims.Claim | None, now: int, at: Card | None) -> None:
    """Have the cards say the new claim, now and when it is over; `before` is what they say.

    Cards show the minute: a claim made longer within it changes none of them.
    """
    after = claims.get(tx, number, now)
    if after is None or after == before:
        return
    claim_ends(tx, after, now)
    if before is None or (before.moderator, before.until // 60) != (after.moderator, after.until // 60):
        card_touched(tx, number, now, at)
