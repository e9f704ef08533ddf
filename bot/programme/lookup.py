"""What a button or a form names by its code, found in a programme; Stale when it is not there any more."""

from __future__ import annotations

import datetime as dt

from bot.errors import Stale
from bot.programme.model import Programme, Room, Session, Speaker


def need_date(iso: str) -> dt.date:
    """A date as buttons carry it; the programme need not have such a day."""
    try:
        return dt.date.fromisoformat(iso)
    except ValueError:
        raise Stale("refusal.stale") from None


def need_session(programme: Programme, code: str) -> Session:
    session = programme.session(code)
    if session is None:
        raise Stale("agenda.no_such_session")
    return session


def need_known(programme: Programme, code: str) -> Session:
    """The session, or what it was: for those whose work there goes on when it has left the programme."""
    session = programme.known(code)
    if session is None:
        raise Stale("agenda.no_such_session")
    return session


def need_room(programme: Programme, code: str) -> Room:
    room = programme.room(code)
    if room is None:
        raise Stale("change.no_such_room")
    return room


def need_speaker(programme: Programme, code: str) -> Speaker:
    speaker = programme.speaker(code)
    if speaker is None:
        raise Stale("change.no_such_person")
    return speaker
