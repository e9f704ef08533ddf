"""Muting: somebody asks nothing for now. They vote, read and do all else as before.

They learn of it when they next try to ask, and not before: a mute is often short, and a message about it in the middle
of a full hall would shame more than it helps. What they typed is given back to them.
"""

from __future__ import annotations

from bot.actions.moderation.cards import Card, card_touched
from bot.actions.questions.questions import (
    moderated,
)
from bot.actions.rights import (
    need_a_desk,
)
from bot.errors import Stale
from bot.who import Who
from storage import audit, mutes
from storage.database import Transaction
from storage.mutes import Mute
from storage.questions import Question


def mute(tx: Transaction, who: Who, now: int, number: int, at: Card | None = None) -> Question:
    """Mute the question's author, at a card of it or in the list; again is the same."""
    question = moderated(tx, who, number)
    if question.author is None:
        raise Stale("mutes.nobody")
    if question.author == who.id:
        raise Stale("mutes.yourself")
    if mutes.mute(tx, number, moderator=who.id, now=now):
        audit.note(tx, who.id, "mute", now, question=number, session=question.session)
        card_touched(tx, number, now, at)
    return question


def unmute(tx: Transaction, who: Who, now: int, number: int, at: Card | None = None) -> Question:
    """Let the question's author ask again; again is the same."""
    question = moderated(tx, who, number)
    if mutes.unmute(tx, number):
        audit.note(tx, who.id, "unmute", now, question=number, session=question.session)
        card_touched(tx, number, now, at)
    return question


def listed(tx: Transaction, who: Who) -> list[Mute]:
    """Who is muted, as far as it was by questions this person moderates; whoever was muted by name stands there
    once."""
    need_a_desk(who)
    mine = [one for one in mutes.listed(tx) if who.moderates(one.session)]
    latest = {one.person: one.question for one in reversed(mine) if one.person}
    return [one for one in mine if latest.get(one.person, one.question) == one.question]
