"""What goes on paper: the questions of a session or of the forum, with who asked and the outcome of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.actions.rights import need_moderator, need_organizer
from bot.programme.outside import OUTSIDE
from bot.who import Who
from storage import labelling, papers, questions
from storage.database import Transaction
from storage.papers import Author
from storage.questions import (
    ANSWERED,
    APPROVED,
    ASKED,
    CLOSED,
    DECLINED,
    MERGED,
    NO_TIME,
    PENDING,
    PUBLIC,
    WITHDRAWN,
    Question,
)

WHOLE_FORUM = ""  # instead of a session's code
NOBODY = Author("", "", "")
LEADING = 5
TOPICS = 3
PRINTED = (PENDING, APPROVED, ASKED, ANSWERED)  # in a document; of all others it says how many there are
COUNTED = (*PRINTED, DECLINED, MERGED, NO_TIME, CLOSED)  # by a field of Summary each


@dataclass(frozen=True, slots=True)
class Line:
    """One question. `author` is NOBODY for an anonymous one; `labels` are codes of the programme's topics."""

    question: Question
    author: Author = NOBODY
    decider: str = ""
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Summary:
    """The numbers a chair reads aloud.

    `received` counts all but the withdrawn ones: it is the sum of those from `asked` to `closed` and of those in
    `others`, by their states, which have no field. `waiting` counts those approved and neither asked nor answered,
    `left_out` those that are not PRINTED. Those for which there was no time are `no_time`, until somebody answers or
    closes them.
    `delegations` are those of authors who gave their name: an anonymous one must not be found by subtraction.
    """

    received: int = 0
    anonymous: int = 0
    delegations: int = 0
    asked: int = 0
    answered: int = 0
    waiting: int = 0
    pending: int = 0
    declined: int = 0
    merged: int = 0
    no_time: int = 0
    closed: int = 0
    withdrawn: int = 0
    others: Sequence[tuple[str, int]] = field(default_factory=tuple)
    left_out: int = 0
    topics: Sequence[tuple[str, int]] = field(default_factory=tuple)
    leading: Sequence[Line] = field(default_factory=tuple)


def lines(tx: Transaction, who: Who, session: str) -> list[Line]:
    """Every question of a session, for its moderators, or of the WHOLE_FORUM, for organizers; by number."""
    if session == WHOLE_FORUM:
        need_organizer(who)
    else:
        need_moderator(who, session)
    authors, deciders, labels = papers.authors(tx, session), papers.deciders(tx, session), papers.labels(tx, session)
    received = questions.every(tx) if session == WHOLE_FORUM else questions.of_session(tx, session)
    return [
        Line(one, authors.get(one.number, NOBODY), deciders.get(one.number, ""), labels.get(one.number, ()))
        for one in received
    ]


def line_of(tx: Transaction, question: Question) -> Line:
    """One question as `lines` has it."""
    author = NOBODY if question.anonymous else papers.author(tx, question.number) or NOBODY
    return Line(question, author, labels=labelling.of(tx, question.number))


def summary(tx: Transaction, who: Who, session: str) -> Summary:
    return summed(lines(tx, who, session))


def summed(all_lines: Sequence[Line]) -> Summary:
    received = [line for line in all_lines if line.question.state != WITHDRAWN]
    states = Counter(line.question.shown_state for line in received)
    topics = Counter(topic for line in received for topic in line.labels)
    public = [line for line in received if line.question.state in PUBLIC]
    return Summary(
        received=len(received),
        anonymous=sum(line.question.anonymous for line in received),
        delegations=len({line.author.delegation for line in received} - {"", *OUTSIDE}),
        asked=states[ASKED],
        answered=states[ANSWERED],
        waiting=states[APPROVED],
        pending=states[PENDING],
        declined=states[DECLINED],
        merged=states[MERGED],
        no_time=states[NO_TIME],
        closed=states[CLOSED],
        withdrawn=len(all_lines) - len(received),
        others=sorted((state, count) for state, count in states.items() if state not in COUNTED),
        left_out=sum(line.question.state not in PRINTED for line in all_lines),
        topics=topics.most_common(TOPICS),
        leading=by_votes(public)[:LEADING],
    )


def by_votes(some: Sequence[Line]) -> list[Line]:
    return sorted(some, key=lambda line: (-line.question.votes, line.question.number))
