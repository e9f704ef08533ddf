"""How the time of a session is written: as planned, and as it really is or is expected."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from bot.programme.estimates import Runs, shown
from bot.programme.model import Programme, Session
from bot.texts import Translator


def times(t: Translator, session: Session) -> str:
    """As planned."""
    return f"{t.time(session.start)}–{t.time(session.end)}"


def expected_times(t: Translator, programme: Programme, runs: Runs, session: Session, now: dt.datetime) -> str:
    """ "10:00–11:00", where the halls are notably behind "≈10:20–11:20 (plan 10:00)"; of what is on, "10:00–≈11:15
    (plan 11:00)"; of what is over, as planned."""
    start, end = shown(programme, runs, session, now)
    if start != session.start:
        return f"≈{t.time(start)}–{t.time(end)} {t.plain('agenda.plan', plan=t.time(session.start))}"
    if end != session.end:
        return f"{t.time(start)}–≈{t.time(end)} {t.plain('agenda.plan', plan=t.time(session.end))}"
    return times(t, session)


def expected_start(t: Translator, programme: Programme, runs: Runs, session: Session, now: dt.datetime) -> str:
    """ "10:00", or "≈10:20" where the card says so: for a button, or among words."""
    start = shown(programme, runs, session, now).start
    return f"{'≈' if start != session.start else ''}{t.time(start)}"


def begin(t: Translator, programme: Programme, runs: Runs, sessions: Sequence[Session], now: dt.datetime) -> list[str]:
    """As above of each, for the buttons of a list."""
    return [expected_start(t, programme, runs, session, now) for session in sessions]


def when(t: Translator, start: dt.datetime, now: dt.datetime) -> str:
    """ "in 12 minutes" within the hour, the time on the same day, else the date and time."""
    minutes = max(1, round((start - now).total_seconds() / 60))
    if minutes <= 60:
        return t.plain_n("agenda.in_minutes", minutes)
    return exactly(t, start, now)


def exactly(t: Translator, start: dt.datetime, beside: dt.datetime) -> str:
    """The time alone on the day of what it stands beside, else the date and time."""
    if start.astimezone(t.zone).date() == beside.astimezone(t.zone).date():
        return t.time(start)
    return f"{t.date(start)}, {t.time(start)}"


def progress(t: Translator, programme: Programme, runs: Runs, session: Session) -> list[str]:
    """What was marked in the hall, a line of it; none when nobody marked anything."""
    mark = runs.of(programme, session.code)
    if mark.ended_at is not None:
        return [f"⏹ {t('runs.ended', time=t.clock(mark.ended_at))}"]
    if mark.ends_at is not None:
        return [f"⏳ {t('runs.over', time=t.clock(mark.ends_at))}"]
    if mark.started_at is not None:
        return [f"▶️ {t('runs.started', time=t.clock(mark.started_at))}"]
    return []
