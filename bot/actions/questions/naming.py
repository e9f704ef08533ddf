"""The author hides or shows their name until the question is decided."""

from __future__ import annotations

from bot.actions import outgoing
from bot.actions.questions.questions import EDITS, cards_changed, found, of_author
from bot.errors import Stale, TooMany
from bot.who import Who
from storage import audit, cards, deliveries, question_names
from storage.database import Transaction
from storage.questions import PENDING, Question

LOOK_BACK = 50  # staff actions about one question

# Who may have seen the name of a question that shows it.
NOBODY, MODERATORS, HALL = "", "moderators", "hall"


def changeable(tx: Transaction, who: Who, number: int) -> tuple[Question, str]:
    """The person's own question while it is not decided, and who may have seen their name with it."""
    question = of_author(tx, who, number)
    if question.state != PENDING:
        raise Stale("naming.decided", number=number)
    return question, seen_by(tx, question)


def seen_by(tx: Transaction, question: Question) -> str:
    """NOBODY only where no moderator can have seen it: none has a card, or is being sent one."""
    if question.anonymous:
        return NOBODY
    number = question.number
    if any(one.deed == "approve" for one in audit.of_question(tx, number, LOOK_BACK)):
        return HALL  # it was approved, and that was undone
    in_groups = deliveries.things(tx, outgoing.DeskCard.kind, outgoing.DeskCard.beginning(number))
    brought = [outgoing.Card(number), *map(outgoing.DeskCard.parse, in_groups)]
    reached = any(deliveries.reached(tx, one.kind, one.thing) for one in brought)
    return MODERATORS if reached or cards.chats(tx, number) else NOBODY


def choose(tx: Transaction, who: Who, now: int, number: int, *, shown: bool) -> Question:
    """Show the author's name with the question, or hide it; the same again is the same. Cards follow.

    One may always hide it; it is shown again only as often as its words may change, for each change moves its cards.
    """
    question, _ = changeable(tx, who, number)
    if shown and question.anonymous and question.revision > EDITS:
        raise TooMany("questions.too_many_edits", limit=EDITS)
    if question_names.choose(tx, number, author=who.id, anonymous=not shown):
        question = found(tx, number)
        cards_changed(tx, question, now)
    return question
