"""Bookmarks: the sessions a person means to attend."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from bot.errors import NotRegistered, Stale
from bot.programme.clashes import clashes
from bot.programme.estimates import Runs, shown
from bot.programme.lookup import need_session
from bot.programme.model import Programme, Session
from bot.who import Who
from storage import bookmarks, questions
from storage.database import Transaction


def star(tx: Transaction, who: Who, now: int, programme: Programme, code: str, *, wanted: bool) -> bool:
    """Put a session into the person's agenda or take it out. True when that changed something.

    The button says what is wanted, so that a second tap on the same button does not undo the first.
    """
    session = need_session(programme, code) if wanted else None
    if not who.registered:
        raise NotRegistered(then=f"{'b' if wanted else 's'}_{code}")
    if session is None:  # also of one that has left the programme
        return bookmarks.remove(tx, who.id, code)
    if session.is_break or session.cancelled:
        raise Stale("agenda.not_for_bookmarks")
    return bookmarks.add(tx, who.id, code, now)


def mine(tx: Transaction, person: int, programme: Programme) -> tuple[Session, ...]:
    """The person's sessions in the order of the programme; those no longer in it are left out."""
    codes = frozenset(bookmarks.of_person(tx, person))
    return tuple(session for session in programme.sessions if session.code in codes)


@dataclass(frozen=True, slots=True)
class Agenda:
    """The person's sessions, and those of them that have left the programme."""

    sessions: tuple[Session, ...]
    gone: tuple[Session, ...] = ()


def whole(tx: Transaction, person: int, programme: Programme) -> Agenda:
    codes = frozenset(bookmarks.of_person(tx, person))
    gone = tuple(session for session in programme.gone if session.code in codes)
    return Agenda(mine(tx, person, programme), gone)


def card_facts(tx: Transaction, person: int, code: str) -> tuple[frozenset[str], int]:
    """The sessions the person starred, and how many questions of this one everybody may read."""
    return frozenset(bookmarks.of_person(tx, person)), questions.count_public(tx, code)


def overlaps(
    programme: Programme, runs: Runs, codes: Collection[str], now: dt.datetime
) -> tuple[tuple[Session, Session], ...]:
    """The pairs among the person's starred sessions that are at the same time, as far as they are told the times. Who
    must rest may: breaks are in nobody's way."""
    sessions = [one for one in programme.sessions if one.code in codes and not one.is_break]
    return clashes(sessions, lambda one: shown(programme, runs, one, now))


def at_the_same_time(
    programme: Programme, runs: Runs, codes: Collection[str], code: str, now: dt.datetime
) -> tuple[Session, ...]:
    """The starred sessions that overlap this one, if it is starred itself."""
    pairs = overlaps(programme, runs, codes, now) if code in codes else ()
    return tuple(other for pair in pairs for one, other in (pair, pair[::-1]) if one.code == code)
