"""What moderators decide about questions."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from bot.actions import outgoing
from bot.actions.became import digest
from bot.actions.moderation.cards import (
    Card,
    CardFacts,
    card_facts,
    claim_ends,
    decider_name,
    seen_by,
    shared,
)
from bot.actions.moderation.claims import (
    Claim,
    held_by_another,
    keep,
    let_go,
    take,
)
from bot.actions.moderation.undo import (
    LOOK_BACK,
    UNDO_HANDLERS,
    undo,
    undo_of,
    undoable,
)
from bot.actions.questions.desk_cards import holds_desk
from bot.actions.questions.questions import (
    cards_changed,
    enqueue_change,
    found,
    moderated,
    notify_of_fate,
)
from bot.actions.questions.telling import retract
from bot.actions.rights import (
    need_moderator,
)
from bot.actions.typed import says_something, tidy
from bot.errors import BadInput, Stale
from bot.who import Who
from storage import audit, cards, claims, decisions, deliveries, participants, question_counts, questions, session_desks
from storage.audit import StaffAction
from storage.database import Transaction
from storage.questions import ANSWERED, APPROVED, ASKED, DECLINED, PENDING, Question

WORDS_MAX = 1000  # of a reason or a written answer: with the question it fits one message

# Ready reasons of a decline: read by each author in their language.
REASONS = ("offtopic", "duplicate", "unclear", "personal", "rude", "answered")
NO_REASON = "none"  # said as such: a decline that says nothing about its reason is none that we offer

# decision -> (states it is possible in, the state it leads to)
DECISIONS = {
    "approve": ((PENDING,), APPROVED),
    "decline": ((PENDING, APPROVED), DECLINED),
    "asked": ((APPROVED,), ASKED),
    "answer": ((PENDING, APPROVED, ASKED), ANSWERED),
}


@dataclass(frozen=True, slots=True)
class Decision:
    """`made` is False when the question is no longer what the moderator has read, and nothing was changed:
    `question` is what it is now, `by` who decided about it; `claim` is somebody else's, for which this one must wait;
    `undo` is the action (storage.audit) by which it can be undone, 0 when it cannot.

    The same decision by the same person again, a double tap, counts as made.
    """

    question: Question
    made: bool
    by: str
    claim: Claim | None = None
    undo: int = 0


def possible(question: Question) -> tuple[str, ...]:
    """The decisions that can be made about the question as it is."""
    return tuple(name for name, (states, _) in DECISIONS.items() if question.state in states)


def choose(
    tx: Transaction, who: Who, now: int, number: int, decision: str, *, pressed: Card | None, covered: bool
) -> Decision:
    """Before a reason or an answer is asked for: whether the pressed card can be decided so, and if it can, the claim
    that leaves time for it. `covered` is a card whose place the ready reasons take."""
    question = moderated(tx, who, number)
    fits = revision_on(tx, pressed, number) == question.revision and decision in possible(question)
    claim = take(tx, who, now, number, pressed if covered else None) if fits else None
    if claim is not None and not claim.mine:
        return Decision(question, False, "", claim)
    if fits and covered and pressed is not None:
        cards.unfold(tx, *pressed, question=number, unfolded=cards.REASONS)
    return Decision(question, fits, decider_name(tx, question))


def revision_on(tx: Transaction, pressed: Card | None, number: int) -> int:
    """Which revision of the question the pressed card shows; 0 for a card that is not known any more."""
    return cards.revision(tx, *pressed, question=number) if pressed else 0


@dataclass(frozen=True, slots=True)
class Verdict:
    """One of DECISIONS. `words` are the reason of a decline or the written answer, `ready` one of REASONS or NO_REASON
    instead."""

    decision: str
    words: str = ""
    ready: str = ""

    @property
    def known(self) -> bool:
        """Whether it is one that is offered."""
        return self.decision in DECISIONS and (
            self.decision != "decline" or bool(self.words) or self.ready in (*REASONS, NO_REASON)
        )


def decide(
    tx: Transaction, who: Who, now: int, number: int, verdict: Verdict, *, read: int, on_stage: bool = False
) -> Decision:
    """Carry out a verdict about the revision that the moderator has `read`, and about no other.

    The news for the author and the new state for every card are enqueued in this same transaction. A question that
    somebody else works on is left to them, unless it is `on_stage`: what was said in the hall was said.
    """
    question, decision = moderated(tx, who, number), verdict.decision
    if not verdict.known:
        raise Stale("refusal.stale")
    states, state = DECISIONS[decision]
    text = worth_reading(verdict.words) if decision == "answer" or verdict.words else ""
    fits = read == question.revision and question.state in states
    claim = held_by_another(tx, who, now, number) if fits and not on_stage else None
    if claim is not None:
        return Decision(question, False, "", claim)
    changed = fits and questions.decide(
        tx,
        number,
        expected=question.state,
        state=state,
        moderator=who.id,
        now=now,
        reason=kept_reason(text, verdict.ready) if state == DECLINED else "",
        answer=text if state == ANSWERED else "",
    )
    if changed:
        question = decided(tx, who, now, question, decision)
    again = question.state == state and question.decided_by == who.id
    return Decision(
        question,
        changed or again,
        decider_name(tx, question),
        undo=undo_of(tx, who, question) if changed or again else 0,
    )


def amend(
    tx: Transaction, who: Who, now: int, number: int, *, decision: str, revision: int, kept: str, typed: str
) -> Decision | None:
    """The words of one's decision, which made that revision, are edited before anybody was sent them: the decision is
    made again with the new ones. None when they are the same. `kept` is their digest.

    `made` is False when somebody has them: then nothing is changed, and `undo` is what undoes the decision.
    """
    text = worth_reading(typed)
    question = moderated(tx, who, number)
    last = undoable(tx, question)
    if digest(text) == kept:
        return None
    if text in words_of(question) and question.decided_by == who.id:  # a former try was cut off when it was done
        return Decision(question, True, "", undo=undo_of(tx, who, question))
    if (
        question.revision != revision
        or last is None
        or last.actor != who.id
        or kept not in map(digest, words_of(question))
    ):
        raise Stale("edited.replaced")
    news = outgoing.Fate(number, revision)
    if deliveries.reached(tx, news.kind, news.thing):
        return Decision(question, False, "", undo=last.id)
    before = undo(tx, who, now, last.id)
    return decide(tx, who, now, number, Verdict(decision, text), read=before.revision, on_stage=True)


def words_of(question: Question) -> tuple[str, str]:
    """The written answer and the reason in own words, "" where there is none."""
    return question.answer, read_reason(question.reason)[1]


def decided(tx: Transaction, who: Who, now: int, before: Question, decision: str) -> Question:
    """What follows from a decision about the question that was so `before`."""
    question = found(tx, before.number)
    claims.drop(tx, question.number)
    kept = {"state": before.state, "decided_at": before.decided_at, "revision": question.revision}
    audit.note(tx, who.id, decision, now, question=question.number, session=question.session, detail=kept)
    cards_changed(tx, question, now)
    notify_of_fate(tx, question, now)
    return question


def take_back(tx: Transaction, who: Who, now: int, action: StaffAction) -> None:
    """Undo a decision: the question is as it was before, and its author is notified."""
    assert action.question is not None
    before = [
        one for one in audit.standing(tx, action.question, LOOK_BACK) if one.deed in DECISIONS and one.id < action.id
    ]
    decider = before[0].actor if before else None
    kept = action.detail
    if not decisions.take_back(
        tx,
        action.question,
        revision=kept["revision"],
        state=kept["state"],
        decided_by=decider,
        decided_at=kept["decided_at"],
    ):
        raise Stale("undo.moved_on")
    retract(tx, outgoing.Fate(action.question, kept["revision"]), now)


UNDO_HANDLERS.update(dict.fromkeys(DECISIONS, take_back))


def decide_pressed(
    tx: Transaction, who: Who, now: int, number: int, verdict: Verdict, *, pressed: Card | None
) -> Decision:
    """As `decide`, by a button of a card: about the text that this card shows.

    The caller shows what comes next in it.
    """
    read = revision_on(tx, pressed, number)
    if pressed is not None:
        cards.lift(tx, *pressed)
    return decide(tx, who, now, number, verdict, read=read)


def worth_reading(words: str) -> str:
    """A reason or an answer as it will be kept; BadInput when it says nothing or is too long."""
    text = tidy(words)
    if not says_something(text):
        raise BadInput("moderation.say_something")
    if len(text) > WORDS_MAX:
        raise BadInput("moderation.too_long", most=WORDS_MAX, length=len(text))
    return text


def kept_reason(words: str, ready: str) -> str:
    """A ready reason is kept as its key, "=rude"; own words that begin with "=" get one more, and stay words."""
    if ready in REASONS:
        return f"={ready}"
    return f"={words}" if words.startswith("=") else words


def read_reason(kept: str) -> tuple[str, str]:
    """What `kept_reason` kept: (one of REASONS, "") or ("", the moderator's own words)."""
    if kept.startswith("="):
        return (kept[1:], "") if kept[1:] in REASONS else ("", kept[1:])
    return "", kept


def counts(tx: Transaction) -> dict[str, dict[str, int]]:
    """Session code -> state -> how many questions."""
    return question_counts.by_session(tx)


def open_card(tx: Transaction, who: Who, now: int, number: int, pressed: Card | None, *, claimed: bool) -> CardFacts:
    """What a question's card says when it is shown to a moderator, in the place of the `pressed` card if one was.

    The claim on what stood there before is released. `claimed`: they work on the question from now on, if nobody else
    does; whoever does already goes on.
    """
    moderated(tx, who, number)
    leave(tx, who, now, pressed, number)
    keep(tx, who, now, number, pressed, take_it=claimed)
    return seen_by(who, card_facts(tx, number, now))


def open_next(
    tx: Transaction, who: Who, now: int, session: str, *, waiting: bool, after: int, pressed: Card | None
) -> CardFacts | None:
    """The next card of a list of the desk, as by `open_card`: of the questions that wait, or of those ready to be
    asked, without those that others work on. After the last comes the first again; None when there is none."""
    need_moderator(who, session)
    sorting = session_desks.get(tx, session).sorting
    following = questions.next_waiting if waiting else questions.next_ready
    number = following(tx, session, sorting=sorting, after=after, moderator=who.id, now=now)
    if number is None:
        leave(tx, who, now, pressed)
        return None
    facts = open_card(tx, who, now, number, pressed, claimed=True)
    if held_by_another(tx, who, now, number) is None:
        return facts
    # On PostgreSQL somebody may have claimed it between the two statements: then it is passed over now.
    return open_next(tx, who, now, session, waiting=waiting, after=after, pressed=None)


def all_held(tx: Transaction, session: str, waiting: bool) -> bool:
    """Whether a list of the desk in which no next question was found still has questions."""
    listed = questions.waiting if waiting else questions.ready
    return bool(listed(tx, session, session_desks.get(tx, session).sorting, 1))


def leave(tx: Transaction, who: Who, now: int, pressed: Card | None, opens: int = 0) -> None:
    """The pressed card gives way to another: this person's claim on its question ends, unless it is the one that
    `opens`."""
    if pressed is None:
        return
    number = cards.shown_in(tx, *pressed)
    cards.lift(tx, *pressed)
    if number is not None and number != opens:
        let_go(tx, who, now, number)


def card_shown(
    tx: Transaction, chat: int, *, message: int, shown: Question, desk: str, now: int, unfolded: int = cards.FOLDED
) -> None:
    """Remember that the message shows the question from now on, from which of the desk's lists, and whether it is the
    card or (`unfolded`) what that led to.

    If it was decided while its card was under way, its new state is enqueued for the chat.
    """
    if not (participants.get(tx, chat) if chat > 0 else holds_desk(tx, chat)):
        return  # forgotten, or the group's desk closed, while the card was under way
    cards.place(tx, chat, message=message, question=shown.number, revision=shown.revision, desk=desk, unfolded=unfolded)
    question = found(tx, shown.number)
    claim = claims.get(tx, question.number, now)
    if claim is not None:
        claim_ends(tx, claim, now)
    if question.revision != shown.revision:
        change = outgoing.CardChange.to_revision(question.number, question.revision, message)
        enqueue_change(tx, change, [chat], now)


def card_renewed(tx: Transaction, chat: int, message: int, shown: Question, now: int) -> None:
    """The card in the message has followed its question. What has changed since is enqueued already.

    What a press opened there meanwhile may have been covered, and is enqueued again.
    """
    cards.renew(tx, chat, message=message, question=shown.number, revision=shown.revision)
    number = cards.shown_in(tx, chat, message)
    if number is None:
        return
    if shared(chat) and claims.get(tx, number, now) is None:
        cards.fold(tx, number)  # the claim of whoever had unfolded it there is over
    place = next(place for place in cards.in_chat(tx, number, chat) if place.message == message)
    token = secrets.token_hex(4)
    if place.unfolded:
        outgoing.enqueue(tx, outgoing.CardUnfolded(number, message, token), [chat], deliveries.LANE_CARD, now)
    elif number != shown.number:
        enqueue_change(tx, outgoing.CardChange.touch(number, token), [chat], now)
