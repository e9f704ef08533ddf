"""Bookmarks: the sessions a person means to attend."""

from __future__ import annotations

from bot.errors import NotRegistered, Stale
from bot.programme.lookup import need_session
from bot.programme.model import Programme, Session
from bot.who import Who
from storage import bookmarks, questions
from storage.database import Transaction


def star(tx: Transaction, who: Who, now: int, programme: Programme, code: str, *, wanted: bool) -> bool:
    """Put a session into the person's agenda or take it out. True when that changed something.

    The button says what is wanted, so that a second tap on the same button does not undo the first.
    """
    session = need_session(programme, code)
    if not who.registered:
        raise NotRegistered(then=f"{'b' if wanted else 's'}_{code}")
    if not wanted:
        return bookmarks.remove(tx, who.id, code)
    if session.is_break or session.cancelled:
        raise Stale("agenda.not_for_bookmarks")
    return bookmarks.add(tx, who.id, code, now)


def mine(tx: Transaction, person: int, programme: Programme) -> tuple[Session, ...]:
    """The person's sessions in the order of the programme; those no longer in it are left out."""
    codes = frozenset(bookmarks.of_person(tx, person))
    return tuple(session for session in programme.sessions if session.code in codes)


def card_facts(tx: Transaction, person: int, code: str) -> tuple[bool, int]:
    """Whether the person starred the session, and how many of its questions everybody may read."""
    return bookmarks.has(tx, person, code), questions.count_public(tx, code)
