"""Muting: somebody asks nothing for now. They vote, read and do all else as before.

A right's scope is its effect's: whoever moderates all sessions mutes everywhere, whoever moderates some does in the
session of the question by which they mute, and each takes back what they may say. The two stand on their own.

They learn of it when they next try to ask, and not before: a mute is often short, and a message about it in the middle
of a full hall would shame more than it helps. What they typed is given back to them.
"""

from __future__ import annotations

from bot.actions.moderation.cards import Card, card_touched
from bot.actions.questions.questions import (
    found,
    moderated,
)
from bot.actions.rights import (
    need_a_desk,
    need_moderator,
)
from bot.errors import NotAllowed, Stale
from bot.who import Who
from storage import audit, mutes
from storage.database import Transaction
from storage.mutes import EVERYWHERE, Mute
from storage.questions import Question


def reach(who: Who, session: str) -> str:
    """The scope of what this person says by a question of the session."""
    return EVERYWHERE if who.moderates_everywhere else session


def mute(tx: Transaction, who: Who, now: int, number: int, at: Card | None = None) -> str:
    """Mute the question's author as far as one may, at a card of it or in the list; again is the same. Where."""
    question = moderated(tx, who, number)
    if question.author is None:
        raise Stale("mutes.nobody")
    if question.author == who.id:
        raise Stale("mutes.yourself")
    scope = reach(who, question.session)
    if mutes.mute(tx, number, moderator=who.id, now=now, scope=scope):
        note(tx, who, now, "mute", question, scope=scope, at=at)
    return scope


def unmute(tx: Transaction, who: Who, now: int, number: int, at: Card | None = None, *, here: bool = False) -> str:
    """Let the question's author ask again as far as one may, or (`here`) only in the session of the question by which
    they were muted; again is the same. Where."""
    question = found(tx, number)
    scope = session_of(tx, who, question)
    if not here:
        scope = reach(who, scope)
    need_moderator(who, scope)
    if mutes.unmute(tx, number, scope):
        note(tx, who, now, "unmute", question, scope=scope, at=at)
    elif scope and EVERYWHERE in mutes.shown_on(tx, number):
        raise NotAllowed("mutes.wider")
    return scope


def session_of(tx: Transaction, who: Who, question: Question) -> str:
    """The session in which a button of the question's is about its author's mute: where the question is, or was when
    they were muted by it; of several one that this person moderates."""
    by_it = [one.scope for one in mutes.listed(tx) if one.question == question.number and one.scope]
    if question.session in mutes.shown_on(tx, question.number):
        by_it.insert(0, question.session)
    return next((one for one in by_it if who.moderates(one)), (by_it or [question.session])[0])


def note(tx: Transaction, who: Who, now: int, action: str, question: Question, *, scope: str, at: Card | None) -> None:
    number = question.number
    audit.note(tx, who.id, action, now, question=number, session=question.session, detail={"scope": scope})
    card_touched(tx, number, now, at)


def listed(tx: Transaction, who: Who) -> list[Mute]:
    """Who is muted, as far as it was in sessions or by questions this person moderates; whoever was muted by name
    stands there once for each scope."""
    need_a_desk(who)
    mine = [one for one in mutes.listed(tx) if who.moderates(one.scope or one.session)]
    latest = {(one.person, one.scope): one.question for one in reversed(mine) if one.person}
    return [one for one in mine if latest.get((one.person, one.scope), one.question) == one.question]


def listed_one(tx: Transaction, who: Who, number: int, *, here: bool) -> Mute | None:
    """Of those listed, the mute by that question which this person's button is about: `here`, one in a session only;
    None when it is taken back."""
    by_it = [one for one in listed(tx, who) if one.question == number and revocable(who, one)]
    return next((one for one in by_it if bool(one.scope) == (here or not who.moderates_everywhere)), None)


def revocable(who: Who, one: Mute) -> bool:
    """Whether this person may take the mute back: a wider one needs the wider right."""
    return who.moderates(one.scope)
