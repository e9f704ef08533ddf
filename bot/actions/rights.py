"""Who may do what: organizers, and moderators at the desk."""

from __future__ import annotations

from bot.actions.questions.questions import found
from bot.errors import NotAllowed, NotRegistered
from bot.who import Who
from storage.database import Transaction
from storage.questions import Question


def need_organizer(who: Who) -> None:
    if not who.organizer:
        raise NotAllowed("refusal.not_organizer")
    if not who.registered:
        raise NotRegistered  # one named in the settings, who has consented to nothing yet


def need_moderator(who: Who, session: str) -> None:
    if not who.moderates(session):
        raise NotAllowed("refusal.not_moderator")
    if not who.registered:
        raise NotRegistered(then=f"s_{session}")


def need_a_desk(who: Who) -> None:
    """Refuse who moderates nothing at all."""
    if not who.moderator:
        raise NotAllowed("refusal.not_moderator")
    if not who.registered:
        raise NotRegistered


def moderated(tx: Transaction, who: Who, number: int) -> Question:
    """A question, for who may moderate it."""
    question = found(tx, number)
    need_moderator(who, question.session)
    return question
