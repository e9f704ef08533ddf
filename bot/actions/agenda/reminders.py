"""Which reminders are due: computed again each time from the programme, the bookmarks and the ledger."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.actions import outgoing
from bot.programme.model import Programme, Session
from storage import reminders
from storage.database import Transaction

LEADS = (5, 10, 15, 30, 0)  # minutes before a session; 0 is no reminders
LONGEST_LEAD = max(LEADS) * 60  # seconds
# How long before its time the first of a large audience may have to be reminded: 50,000 people at 28 a second.
LONGEST_WAVE = 1800  # seconds
# Of the bot's pace: the rest is for answers to taps and for what is late.
SHARE = 0.8
TRAVEL = 1  # seconds by which the last is sent before its time, for the way


@dataclass(frozen=True, slots=True)
class Wave:
    """Everybody who is to be reminded of one session with one lead: `people` of them, between `begins` and `ends`.

    All times are epoch seconds; the last of them is reminded `lead` minutes before `start`, or earlier where another
    wave needs the time.
    """

    session: str
    start: int
    lead: int
    people: int
    begins: int = 0
    ends: int = 0


def plan(tx: Transaction, programme: Programme, now: dt.datetime, per_second: float) -> list[Wave]:
    """The waves of the sessions to come, in the order in which they begin.

    Those that end together share their time. Counted backwards: a wave is over before the next must begin.
    """
    waves = [
        Wave(session.code, start, lead, people)
        for session in soon(programme, now)
        for start in [int(session.start.timestamp())]
        for lead, people in reminders.count_by_lead(tx, session.code).items()
    ]
    return scheduled(waves, per_second * SHARE)


def scheduled(waves: Sequence[Wave], per_second: float) -> list[Wave]:
    """Give each wave its time, so that no more than so many messages a second are due."""
    by_moment: dict[int, list[Wave]] = {}
    for wave in waves:
        by_moment.setdefault(wave.start - wave.lead * 60 - TRAVEL, []).append(wave)
    found: list[Wave] = []
    free = None
    for moment in sorted(by_moment, reverse=True):
        together = by_moment[moment]
        ends = moment if free is None else min(moment, free)
        free = ends - math.ceil(sum(wave.people for wave in together) / per_second)
        found += [replace(wave, begins=free, ends=ends) for wave in together]
    return sorted(found, key=lambda wave: wave.begins)


def enqueue(tx: Transaction, waves: Sequence[Wave], now: int) -> int:
    """Put the waves into the outbox. Returns how many reminders are new.

    It may be called at any time and as often as one likes: the ledger knows who was reminded of which start.
    """
    enqueued = 0
    for wave in waves:
        message = outgoing.Reminder(wave.session, wave.start)
        enqueued += reminders.enqueue(
            tx,
            message.kind,
            thing=message.thing,
            session=wave.session,
            start=wave.start,
            lead=wave.lead,
            due=range(wave.begins, wave.ends),
            now=now,
        )
    return enqueued


def soon(programme: Programme, now: dt.datetime) -> list[Session]:
    """The sessions that somebody may have to be reminded of now: what has begun reminds nobody."""
    seconds = now.timestamp()
    horizon = seconds + LONGEST_LEAD + LONGEST_WAVE
    return [one for one in reminded(programme) if seconds < one.start.timestamp() <= horizon]


def reminded(programme: Programme) -> tuple[Session, ...]:
    return tuple(one for one in programme.sessions if not (one.is_break or one.cancelled))


def still_true(programme: Programme, message: outgoing.Reminder | outgoing.Slot | outgoing.LeftOver) -> Session | None:
    """The session of a reminder, if it still starts when the reminder says."""
    session = programme.session(message.session)
    if session is None or session.cancelled or int(session.start.timestamp()) != message.start:
        return None
    return session


def wanted(tx: Transaction, person: int, session: str) -> bool:
    """False when the bookmark was taken back after the reminder went into the outbox."""
    return reminders.wanted(tx, person, session)
