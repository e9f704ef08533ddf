"""Which reminders are due: computed anew each time from the programme, the bookmarks and the ledger."""

from __future__ import annotations

import datetime as dt

from bot.actions import letters
from bot.actions.participants import LEADS
from bot.programme.model import Programme, Session
from storage import reminders
from storage.database import Transaction

LONGEST_LEAD = max(LEADS) * 60  # seconds


def owe(tx: Transaction, programme: Programme, now: dt.datetime) -> int:
    """Put into the outbox every reminder whose time has come. Returns how many are new.

    It may be called at any time and as often as one likes: the ledger knows who was told of which start,
    and what has begun reminds nobody.
    """
    owed = 0
    for session in soon(programme, now):
        start = int(session.start.timestamp())
        thing = letters.start_of(session.code, start)
        owed += reminders.owe(tx, letters.REMINDER, thing, session.code, start, int(now.timestamp()))
    return owed


def soon(programme: Programme, now: dt.datetime) -> list[Session]:
    """The sessions that somebody may have to be reminded of now."""
    seconds = now.timestamp()
    return [one for one in reminded(programme) if seconds < one.start.timestamp() <= seconds + LONGEST_LEAD]


def next_moment(programme: Programme, now: dt.datetime) -> dt.datetime | None:
    """When the next reminder can be due: the alarm to set."""
    seconds = now.timestamp()
    moments = (
        session.start.timestamp() - minutes * 60 for session in reminded(programme) for minutes in LEADS if minutes
    )
    following = min((moment for moment in moments if moment > seconds), default=None)
    return None if following is None else dt.datetime.fromtimestamp(following, dt.UTC)


def reminded(programme: Programme) -> tuple[Session, ...]:
    return tuple(one for one in programme.sessions if not (one.is_break or one.cancelled))


def still_true(programme: Programme, thing: str) -> Session | None:
    """The session of a reminder, if it still starts when the reminder says."""
    code, start = letters.session_and_start(thing)
    session = programme.session(code)
    if session is None or session.cancelled or int(session.start.timestamp()) != start:
        return None
    return session


def wanted(tx: Transaction, person: int, session: str) -> bool:
    """False when the bookmark was taken back after the reminder went into the outbox."""
    return reminders.wanted(tx, person, session)
