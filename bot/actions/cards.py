"""What a moderator's card of a question says."""

from __future__ import annotations

from dataclasses import dataclass

from bot.actions.questions import found
from storage import participants
from storage.database import Transaction
from storage.questions import Question


@dataclass(frozen=True, slots=True)
class CardFacts:
    """A question and what a moderator has to know about it.

    `author` is "" for an anonymous one, to everybody and always; `decider` is who decided last. `claimed_by` is the
    name of who works on it until `claimed_until` (epoch seconds), "" when nobody does. `labels` are codes of the
    programme's topics, `flags` the stop words found in it, `merged` how many questions were merged into it,
    `first` whether the author has been heard with no question yet, `muted` whether they may ask nothing for now.
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
    muted: bool = False


def card_facts(tx: Transaction, number: int) -> CardFacts:
    """Stale when there is no such question."""
    question = found(tx, number)
    return CardFacts(question, author_name(tx, question), decider_name(tx, question))


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
