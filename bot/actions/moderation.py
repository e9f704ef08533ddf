"""What moderators decide about questions."""

from __future__ import annotations

from dataclasses import dataclass

from bot.actions import letters
from bot.actions.questions import cards_changed, found
from bot.actions.typed import says_something, tidy
from bot.errors import BadInput, NotAllowed, Stale
from bot.who import Who
from storage import cards, deliveries, participants, questions
from storage.database import Transaction
from storage.questions import ANSWERED, APPROVED, ASKED, DECLINED, PENDING, Question

WORDS_MAX = 1000  # of a reason or a written answer: with the question it fits one message

# Ready reasons of a decline: kept as "=key", read by each author in their language.
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
    """`made` is False when somebody else was faster: `question` is then what they made of it, `by` who.

    The same decision by the same person again, a double tap, is as good as made.
    """

    question: Question
    made: bool
    by: str


def possible(question: Question) -> tuple[str, ...]:
    """The decisions that can be made about the question as it is."""
    return tuple(name for name, (states, _) in DECISIONS.items() if question.state in states)


def card(tx: Transaction, who: Who, number: int) -> tuple[Question, str, str]:
    """A question with its author's and its decider's names, for who may moderate it."""
    question = found(tx, number)
    if not who.moderates(question.session):
        raise NotAllowed("refusal.not_moderator")
    return question, author_name(tx, question), decider_name(tx, question)


def decide(
    tx: Transaction,
    who: Who,
    number: int,
    decision: str,
    now: int,
    words: str = "",
    pressed: tuple[int, int] | None = None,
) -> Decision:
    """Carry out one of DECISIONS; `words` are the reason of a decline or the written answer.

    The author is owed the news and every card its new state, in this same transaction. `pressed` is the
    (chat, message) of the card that was pressed: whoever pressed it shows the next thing in it themselves.
    """
    question = found(tx, number)
    if not who.moderates(question.session):
        raise NotAllowed("refusal.not_moderator")
    if decision not in DECISIONS:
        raise Stale("refusal.stale")
    states, state = DECISIONS[decision]
    text = tidy(words)
    if decision == "answer" or words:
        if not says_something(text):
            raise BadInput("moderation.say_something")
        if len(text) > WORDS_MAX:
            raise BadInput("moderation.too_long", most=WORDS_MAX, length=len(text))
    changed = question.state in states and questions.decide(
        tx,
        number,
        expected=question.state,
        state=state,
        moderator=who.id,
        now=now,
        reason=text if state == DECLINED else "",
        answer=text if state == ANSWERED else "",
    )
    if pressed is not None:
        cards.lift(tx, *pressed)
    if changed:
        question = found(tx, number)
        cards_changed(tx, question, now)
        if question.author is not None:
            thing = letters.revision_of(number, question.revision)
            deliveries.put(tx, letters.FATE, thing, [question.author], deliveries.LANE_ANSWER, now)
    again = question.state == state and question.decided_by == who.id
    return Decision(question, changed or again, decider_name(tx, question))


def counts(tx: Transaction) -> dict[str, dict[str, int]]:
    """Session code -> state -> how many questions."""
    return questions.count_by_session(tx)


def next_in_list(tx: Transaction, who: Who, session: str, waiting: bool, after: int) -> int | None:
    """The number of the next question in a list of the desk: those that wait, or those ready to be asked.

    After the last comes the first again; None when the list is empty.
    """
    if not who.moderates(session):
        raise NotAllowed("refusal.not_moderator")
    listed = questions.queue(tx, session) if waiting else questions.to_ask(tx, session)
    numbers = [question.number for question in listed]
    if not numbers:
        return None
    if after in numbers:
        return numbers[(numbers.index(after) + 1) % len(numbers)]
    # It has just left the list: the waiting ones go on by number, the others by their votes.
    return next((number for number in numbers if number > after), numbers[0]) if waiting else numbers[0]


def card_shown(tx: Transaction, chat: int, message: int, shown: Question, desk: str, now: int) -> None:
    """Remember that the message shows the question from now on, and from which of the desk's lists.

    If it was decided while its card was under way, the chat is owed its new state.
    """
    cards.place(tx, chat, message, shown.number, desk)
    question = found(tx, shown.number)
    if question.revision != shown.revision:
        thing = letters.late_change_of(question.number, question.revision, message)
        deliveries.put(tx, letters.CARD_CHANGE, thing, [chat], deliveries.LANE_CARD, now)


def lift_card(tx: Transaction, chat: int, message: int) -> None:
    cards.lift(tx, chat, message)


def author_name(tx: Transaction, question: Question) -> str:
    """ "" for an anonymous question, to everybody and always."""
    if question.anonymous or question.author is None:
        return ""
    author = participants.get(tx, question.author)
    if author is None or not author.name:
        return ""
    return f"{author.name}, {author.organization}" if author.organization else author.name


def decider_name(tx: Transaction, question: Question) -> str:
    return "" if question.decided_by is None else participants.name_of(tx, question.decided_by) or ""
