"""Labels of questions, chosen from the programme's topics: for moderators to find their way."""

from __future__ import annotations

from bot.actions.moderation.cards import Card, card_touched
from bot.actions.questions.questions import (
    moderated,
)
from bot.actions.rights import (
    need_moderator,
)
from bot.errors import Stale
from bot.programme.model import Programme
from bot.who import Who
from storage import audit, labelling
from storage.database import Transaction
from storage.questions import Question

Labelled = tuple[Question, tuple[str, ...]]


def of(tx: Transaction, who: Who, number: int) -> Labelled:
    """The question and the codes of its topics."""
    return moderated(tx, who, number), labelling.of(tx, number)


def choose(
    tx: Transaction, who: Who, now: int, programme: Programme, number: int, *, topic: str, wanted: bool, at: Card | None
) -> Labelled:
    """Put the label on the question or take it off; again is the same. `at` is where it was pressed."""
    question = moderated(tx, who, number)
    if wanted and programme.topic(topic) is None:
        raise Stale("labelling.no_such_topic")
    changed = labelling.put(tx, number, topic) if wanted else labelling.take_off(tx, number, topic)
    if changed:
        action = "label" if wanted else "unlabel"
        audit.note(tx, who.id, action, now, question=number, session=question.session, detail={"topic": topic})
        card_touched(tx, number, now, at)
    return question, labelling.of(tx, number)


def counts(tx: Transaction, who: Who, session: str) -> dict[str, int]:
    """Topic -> how many of the session's questions that are still to be dealt with carry it."""
    need_moderator(who, session)
    return labelling.counts(tx, session)


def listed(tx: Transaction, who: Who, session: str, *, topic: str, limit: int, offset: int) -> list[Question]:
    need_moderator(who, session)
    return labelling.labelled(tx, session, topic, limit, offset)
