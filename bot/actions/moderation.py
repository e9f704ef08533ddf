"""What moderators decide about questions."""

from __future__ import annotations

from dataclasses import dataclass

from bot.actions import letters
from bot.actions.cards import Card, CardFacts, card_facts, decider_name
from bot.actions.questions import cards_changed, found, owe_change
from bot.actions.rights import moderated, need_moderator
from bot.actions.typed import says_something, tidy
from bot.errors import BadInput, Stale
from bot.who import Who
from storage import cards, deliveries, participants, questions, session_desks
from storage.database import Transaction
from storage.questions import ANSWERED, APPROVED, ASKED, DECLINED, PENDING, Question

WORDS_MAX = 1000  # of a reason or a written answer: with the question it fits one message

# Ready reasons of a decline: read by each author in their language.
REASONS = ("offtopic", "duplicate", "unclear", "personal", "rude", "answered")

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
    `question` is what it is now, `by` who decided about it.

    The same decision by the same person again, a double tap, is as good as made.
    """

    question: Question
    made: bool
    by: str


def possible(question: Question) -> tuple[str, ...]:
    """The decisions that can be made about the question as it is."""
    return tuple(name for name, (states, _) in DECISIONS.items() if question.state in states)


def card(tx: Transaction, who: Who, number: int, now: int) -> CardFacts:
    """What a question's card says, for who may moderate it."""
    moderated(tx, who, number)
    return card_facts(tx, number, now)


def choose(tx: Transaction, who: Who, number: int, decision: str, pressed: Card | None) -> Decision:
    """Before a reason or an answer is asked for: whether the pressed card can be decided so. Changes nothing."""
    question = moderated(tx, who, number)
    fits = revision_on(tx, pressed, number) == question.revision and decision in possible(question)
    return Decision(question, fits, decider_name(tx, question))


def revision_on(tx: Transaction, pressed: Card | None, number: int) -> int:
    """Which revision of the question the pressed card shows; 0 for a card nothing is known of any more."""
    return cards.revision(tx, *pressed, number) if pressed else 0


def decide(
    tx: Transaction,
    who: Who,
    number: int,
    decision: str,
    now: int,
    *,
    read: int,
    words: str = "",
    ready: str = "",
) -> Decision:
    """Carry out one of DECISIONS about the revision that the moderator has `read`, and about no other.

    `words` are the reason of a decline or the written answer, `ready` one of REASONS instead. The author is
    owed the news and every card its new state, in this same transaction.
    """
    question = moderated(tx, who, number)
    if decision not in DECISIONS:
        raise Stale("refusal.stale")
    states, state = DECISIONS[decision]
    text = worth_reading(words) if decision == "answer" or words else ""
    changed = (
        read == question.revision
        and question.state in states
        and questions.decide(
            tx,
            number,
            expected=question.state,
            state=state,
            moderator=who.id,
            now=now,
            reason=kept_reason(text, ready) if state == DECLINED else "",
            answer=text if state == ANSWERED else "",
        )
    )
    if changed:
        question = found(tx, number)
        cards_changed(tx, question, now)
        if question.author is not None:
            thing = letters.revision_of(number, question.revision)
            deliveries.put(tx, letters.FATE, thing, [question.author], deliveries.LANE_ANSWER, now)
    again = question.state == state and question.decided_by == who.id
    return Decision(question, changed or again, decider_name(tx, question))


def decide_pressed(
    tx: Transaction, who: Who, number: int, decision: str, now: int, pressed: Card | None, ready: str = ""
) -> Decision:
    """As `decide`, by a button of a card: about the text that this card shows.

    Whoever pressed it shows the next thing in it themselves.
    """
    read = revision_on(tx, pressed, number)
    if pressed is not None:
        cards.lift(tx, *pressed)
    return decide(tx, who, number, decision, now, read=read, ready=ready)


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
    return questions.count_by_session(tx)


def next_in_list(tx: Transaction, who: Who, session: str, waiting: bool, after: int, now: int) -> int | None:
    """The number of the next question in a list of the desk: those that wait, or those ready to be asked.

    After the last comes the first again; None when the list is empty.
    """
    need_moderator(who, session)
    sorting = session_desks.get(tx, session).sorting
    following = questions.next_waiting if waiting else questions.next_ready
    return following(tx, session, sorting, after, who.id, now)


def card_shown(tx: Transaction, chat: int, message: int, shown: Question, desk: str, now: int) -> None:
    """Remember that the message shows the question from now on, and from which of the desk's lists.

    If it was decided while its card was under way, the chat is owed its new state.
    """
    if participants.get(tx, chat) is None:
        return  # forgotten while the card was under way
    cards.place(tx, chat, message, shown.number, shown.revision, desk)
    question = found(tx, shown.number)
    if question.revision != shown.revision:
        thing = letters.late_change_of(question.number, question.revision, message)
        owe_change(tx, question.number, thing, [chat], now)


def card_renewed(tx: Transaction, chat: int, message: int, shown: Question) -> None:
    """The card in the message has followed its question. What has changed since is owed already."""
    cards.renew(tx, chat, message, shown.number, shown.revision)


def lift_card(tx: Transaction, chat: int, message: int) -> None:
    cards.lift(tx, chat, message)
