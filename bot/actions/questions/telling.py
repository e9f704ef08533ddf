"""Telling whoever cares about a question: its author, those whose questions were merged into it, and who follows it."""

from __future__ import annotations

from collections.abc import Iterable

from bot.actions import outgoing
from bot.actions.codec import OutgoingMessage
from bot.actions.outgoing import QuestionNews
from storage import deliveries, followers, merges
from storage.database import Transaction
from storage.questions import NO_TIME, PUBLIC, Question


def tell(tx: Transaction, news: QuestionNews, now: int, due_at: int | None = None) -> None:
    """Enqueue the news for everybody who cares, each once; `due_at` is in epoch seconds."""
    asked_it = merges.authors(tx, news.question)
    enqueue(tx, news, asked_it, followers.of_all(tx, news.question), now, due_at=due_at)


def says_no_time(tx: Transaction, question: Question, person: int) -> bool:
    """Whether that there is no time is what is to be said of the question, and the person reads it by itself."""
    if question.shown_state != NO_TIME or question.unheard_at is None:
        return False
    news = outgoing.Unheard(question.number, question.unheard_at)
    state, _ = deliveries.outcome(tx, news.kind, news.thing, person)
    return state in (deliveries.WAITING, deliveries.CLAIMED, deliveries.SENT, deliveries.UNSURE)


def retract(tx: Transaction, news: QuestionNews, now: int) -> None:
    """Take news back: it is not sent to anyone it has not reached yet, and in the messages it was sent in its
    correction takes its place."""
    deliveries.withdraw(tx, news.kind, news.thing, now, "undone")
    correct(tx, news, now)


def tell_followers(tx: Transaction, news: QuestionNews, now: int) -> None:
    """Enqueue the news for those who follow this very question: what is done in its authors' name, or is told them
    otherwise."""
    enqueue(tx, news, [], followers.of_one(tx, news.question), now)


def tell_wording(tx: Transaction, question: Question, now: int) -> None:
    """Enqueue that a moderator has worded it otherwise: for its author, and for those who follow this very question.
    While it waits, its words are for nobody else."""
    author = [] if question.author is None else [question.author]
    readers = followers.of_one(tx, question.number) if question.state in PUBLIC else []
    enqueue(tx, outgoing.Edited(question.number, question.revision), author, readers, now)


def correct(tx: Transaction, news: QuestionNews, now: int) -> None:
    """In the messages that the news was sent in, let what holds now take its place."""
    asked_it = set(merges.authors(tx, news.question))
    reached = deliveries.reached(tx, news.kind, news.thing)
    authors = [one for one in reached if one in asked_it]
    enqueue(tx, outgoing.Correction.to(news), authors, [one for one in reached if one not in asked_it], now)


def stands_again(tx: Transaction, number: int, now: int) -> None:
    """Its session takes place after all: what was told of the question meanwhile says otherwise, and is put right
    where it stands."""
    asked_it = set(merges.authors(tx, number))
    former = [
        kind.parse(thing)
        for kind in (outgoing.Fate, outgoing.Carried)
        for thing in deliveries.things(tx, kind.kind, kind.beginning(number))
    ]
    told = {person for one in former for person in deliveries.reached(tx, one.kind, one.thing)}
    news = outgoing.StandsAgain(number, now)
    enqueue(tx, news, sorted(told & asked_it), sorted(told - asked_it), now)


def latest(tx: Transaction, number: int, person: int) -> tuple[int, QuestionNews] | None:
    """The last news of the question in the person's chat, with its message."""
    standing: dict[int, QuestionNews] = {}
    for kind in (outgoing.Fate, outgoing.Carried, outgoing.Unheard):
        messages = deliveries.messages(tx, kind.kind, person, kind.beginning(number))
        standing |= {message: kind.parse(thing) for message, thing in messages.items()}
    return max(standing.items(), default=None, key=lambda one: one[0])


def enqueue(
    tx: Transaction,
    message: OutgoingMessage,
    authors: Iterable[int],
    others: Iterable[int],
    now: int,
    *,
    due_at: int | None = None,
) -> None:
    """Five hundred who follow one question must not hold up what others wait for: theirs goes behind."""
    outgoing.enqueue(tx, message, authors, deliveries.LANE_ANSWER, now, due_at=due_at)
    outgoing.enqueue(tx, message, others, deliveries.LANE_REMINDER, now, due_at=due_at)
