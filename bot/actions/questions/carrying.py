"""Where a question can be carried, and what follows from its being of another session, whoever carried it there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.actions import outgoing
from bot.actions.questions import desk_cards
from bot.actions.questions.questions import cards_changed, cards_touched, found, takes_questions
from bot.actions.questions.telling import tell
from bot.programme.estimates import Runs, ends
from bot.programme.model import Programme, Session
from bot.who import Who
from storage import audit, claims, deliveries, questions, session_desks
from storage.database import Transaction
from storage.questions import Question


def is_target(programme: Programme, runs: Runs, session: Session, now: dt.datetime) -> bool:
    """Whether a question can be carried there: the session is on or to come."""
    return takes_questions(programme, runs, session, now) and now < ends(programme, runs, session)


def carried(tx: Transaction, who: Who, now: int, before: Question, first: int = 0) -> tuple[Question, int]:
    """What follows from a question having been carried that was so `before`; whoever cares is told. The question as it
    is, and the action (storage.audit) that can be undone; `first` is the action that was the first of several."""
    question, action = moved_with_cards(tx, who, now, before, first)
    tell(tx, outgoing.Carried(question.number, question.revision), now)
    return question, action


def moved_with_cards(tx: Transaction, who: Who, now: int, before: Question, first: int = 0) -> tuple[Question, int]:
    """The same without telling anybody: the stage is free of it, its cards follow, the other session's moderators get
    it."""
    question = found(tx, before.number)
    session_desks.clear_stage(tx, before.session, before.number)
    claims.drop(tx, before.number)
    detail: dict[str, Any] = {
        "revision": question.revision,
        "session": before.session,
        "state": before.state,
        "postponed_at": before.postponed_at,
        "skipped": before.skipped,
        "unheard_at": before.unheard_at,
    }
    detail |= {"first": first} if first else {}
    action = audit.note(tx, who.id, "carry", now, question=before.number, session=question.session, detail=detail)
    cards_changed(tx, question, now)
    fellows_touched(tx, question.number, now)
    desk_cards.enqueue(tx, question.number, question.session, now)
    return question, action


def as_it_stood(tx: Transaction, question: Question, kept: Mapping[str, Any]) -> Question:
    """The question with its place in the line as the detail of its carrying has it, and as one for which there was no
    time where people were told so before it was carried."""
    at: int | None = kept.get("unheard_at")
    news = None if at is None else outgoing.Unheard(question.number, at)
    told = news is not None and deliveries.reached(tx, news.kind, news.thing)
    return replace(
        question,
        postponed_at=kept.get("postponed_at"),
        skipped=bool(kept.get("skipped")),
        unheard_at=at if told else None,
    )


def fellows_touched(tx: Transaction, number: int, now: int) -> None:
    """The cards of those it stands for say where they are now."""
    for fellow in questions.fellows(tx, number):
        cards_touched(tx, fellow, now)
