"""What a moderator's card of a question says, and enqueueing its changes for all cards of the question."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace

from bot.actions import outgoing
from bot.actions.moderation import stop_words
from bot.actions.moderation.undo import may_undo, undoable
from bot.actions.questions.questions import cards_touched, found
from bot.errors import Stale
from bot.who import Who
from storage import cards, claims, deliveries, labelling, mutes, papers, participants, questions, twins
from storage.cards import Place
from storage.claims import Claim
from storage.database import Transaction
from storage.questions import Question

Card = tuple[int, int]  # the chat and message in which a card stands


@dataclass(frozen=True, slots=True)
class CardFacts:
    """A question and what a moderator has to know about it.

    `author` and `delegation`, a code of the programme's, are "" for an anonymous one, to everybody and always;
    `decider` is who decided last. `claimed_by` is the name of whoever works on it until `claimed_until` (epoch
    seconds), "" when nobody does. `labels` are codes of the programme's topics, `flags` the stop words found in it,
    `merged` how many questions were merged into it, `first` whether the author has been heard with no question yet,
    `muted` whether they may ask nothing for now, `muted_in` by mutes of which scopes (storage.mutes). `undo` is the
    action (storage.audit) that can be undone as the question is, 0 when none can. `twin` is an open question that says
    much the same.

    So it is said on a card that is everybody's. What only some may do there is left to `seen_by`: `mine` whether the
    reader works on it, `over` whether they may take it over, `wide` whether they moderate all sessions, `own` whether
    they asked it. `claimant` and `undo_by` are ids, for nobody to read.
    """

    question: Question
    author: str = ""
    decider: str = ""
    claimed_by: str = ""
    claimed_until: int = 0
    labels: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    merged: int = 0
    first: bool = False
    muted_in: tuple[str, ...] = ()
    undo: int = 0
    delegation: str = ""
    twin: Question | None = None
    undo_by: int | None = None
    claimant: int = 0
    mine: bool = False
    over: bool = False
    wide: bool = False
    own: bool = False

    @property
    def muted(self) -> bool:
        return bool(self.muted_in)


def card_facts(tx: Transaction, number: int, now: int) -> CardFacts:
    """Stale when there is no such question."""
    question = found(tx, number)
    claim = claims.get(tx, number, now)
    last = undoable(tx, question)
    author = None if question.anonymous else papers.author(tx, number)
    twin = twins.nearest(tx, number)
    return CardFacts(
        question,
        "" if author is None else ", ".join(part for part in (author.name, author.organization) if part),
        decider_name(tx, question),
        claimed_by="" if claim is None else participants.name_of(tx, claim.moderator),
        claimed_until=0 if claim is None else claim.until,
        labels=labelling.of(tx, number),
        flags=stop_words.flags(tx, question.text),
        merged=questions.count_merged_in(tx, number),
        first=new_voice(tx, question),
        muted_in=mutes.shown_on(tx, number),
        undo=0 if last is None else last.id,
        undo_by=None if last is None else last.actor,
        claimant=0 if claim is None else claim.moderator,
        delegation="" if author is None else author.delegation,
        twin=None if twin is None else questions.get(tx, twin),
    )


def seen_by(who: Who, facts: CardFacts) -> CardFacts:
    """The card in somebody's own chat, where only what this reader may do stands on it."""
    return replace(
        facts,
        undo=facts.undo if may_undo(who, facts.undo_by) else 0,
        mine=facts.claimant == who.id,
        over=facts.claimant not in (0, who.id) and who.organizer,
        wide=who.moderates_everywhere,
        own=facts.question.author == who.id,
    )


def shared(chat: int) -> bool:
    """Whether a card there is everybody's: a group's, in which one unfolds it for all."""
    return chat < 0


def facts_of(tx: Transaction, things: Iterable[str], now: int) -> dict[str, CardFacts]:
    """What these cards (outgoing.Card) are to say, by their things; those that name no question are left out."""
    facts: dict[str, CardFacts] = {}
    for thing in things:
        with suppress(Stale, ValueError):
            facts[thing] = card_facts(tx, outgoing.Card.parse(thing).question, now)
    return facts


def new_voice(tx: Transaction, question: Question) -> bool:
    """Whether the author has not been heard yet; nothing is said of an anonymous one."""
    if question.anonymous or question.author is None:
        return False
    return not questions.count_heard(tx, question.author)


def decider_name(tx: Transaction, question: Question) -> str:
    return participants.name_of(tx, question.decided_by)


def card_touched(tx: Transaction, number: int, now: int, at: Card | None = None) -> None:
    """Enqueue for every chat with a card of the question what it says now, though the question is at the same revision:
    who is on it, its labels, its author's mute.

    The card `at` which somebody pressed is left out: there the press has its own answer, and the card must not cover
    what that shows, e.g. the reasons of a decline.
    """
    cards_touched(tx, number, now, at)


def claim_ends(tx: Transaction, claim: Claim, now: int) -> None:
    """Have the cards say when the claim is over that it is."""
    end = outgoing.CardChange.claim_end(claim.question, claim.until)
    outgoing.enqueue(tx, end, cards.chats(tx, claim.question), deliveries.LANE_CARD, now, due_at=claim.until)


@dataclass(frozen=True, slots=True)
class ChangedCards:
    """What the chat's cards of a question are to say; `places` are their messages, each with the list it was
    opened from."""

    facts: CardFacts
    places: tuple[tuple[int, str], ...] = ()


def unfolded(tx: Transaction, again: outgoing.CardUnfolded, chat: int, now: int) -> tuple[CardFacts, Place | None]:
    """What is to be shown again, and where; no place when the card stands there again."""
    facts = card_facts(tx, again.question, now)
    places = cards.in_chat(tx, again.question, chat)
    covered = (place for place in places if place.message == again.message and stays_unfolded(place, chat, facts))
    return facts, next(covered, None)


def stays_unfolded(place: Place, chat: int, facts: CardFacts) -> bool:
    """Whether what the card led to is still wanted there. In a group it is for as long as somebody works on the
    question: they unfolded it for all (bot.actions.moderation.claims)."""
    return bool(place.unfolded) and (bool(facts.claimant) or not shared(chat))


def changed_cards(tx: Transaction, change: outgoing.CardChange, chat: int, now: int) -> ChangedCards:
    """What a change has to alter in the chat, as of its sending.

    The end of a claim that was released or made longer changes nothing. A message that the touch leaves out, or in
    which the card is unfolded, stays as it is, unless the question itself has moved on since.
    """
    facts = card_facts(tx, change.question, now)
    until = change.end_of_claim
    if until is not None and claims.last_until(tx, change.question) != until:
        return ChangedCards(facts)
    places = [
        (place.message, place.desk)
        for place in cards.in_chat(tx, change.question, chat)
        if place.revision != facts.question.revision
        or not (stays_unfolded(place, chat, facts) or place.message == change.passed_over)
    ]
    return ChangedCards(facts, tuple(places))
