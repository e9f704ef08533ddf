"""When a session begins and ends, from what is written next to its day; and the least that has to be written."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from bot.programme.model import Session

# A day of a programme ends at 03:59, as pretalx's does: 00:30 stands under the evening it belongs to.
DAY_STARTS = dt.time(4)

LONGEST = dt.timedelta(hours=24)

# An end earlier than the start is after midnight. Longer than this it is rather 10:30 - 09:30, a slip.
_LONGEST_NIGHT = dt.timedelta(hours=12)

Said = dt.time | dt.datetime  # a time of day, or a moment with its date, which may have an offset


def start_at(day: dt.date, said: Said, zone: ZoneInfo) -> dt.datetime:
    if isinstance(said, dt.datetime):
        return _in_zone(said, zone)
    night = dt.timedelta(days=1 if said < DAY_STARTS else 0)
    return dt.datetime.combine(day + night, said, zone)


def end_at(start: dt.datetime, said: Said, zone: ZoneInfo) -> dt.datetime:
    """Not after the start when a slip was written."""
    if isinstance(said, dt.datetime):
        return _in_zone(said, zone)
    end = dt.datetime.combine(start.date(), said)
    wall = start.replace(tzinfo=None)
    if end < wall and end + dt.timedelta(days=1) - wall <= _LONGEST_NIGHT:
        end += dt.timedelta(days=1)
    return end.replace(tzinfo=zone)


def said_of(session: Session, zone: ZoneInfo) -> tuple[Said, Said]:
    """The shortest start and end from which start_at() and end_at() make the session's own.

    Times of day, where they are enough; else with the date, and in the hour that a clock set back repeats with the
    offset as well.
    """
    start = next(said for said in _ways(session.start) if _same(start_at(session.day, said, zone), session.start))
    end = next(said for said in _ways(session.end) if _same(end_at(session.start, said, zone), session.end))
    return start, end


def _ways(moment: dt.datetime) -> tuple[Said, ...]:
    plain = moment.replace(tzinfo=None, fold=0)
    exact = moment.replace(tzinfo=dt.timezone(moment.utcoffset() or dt.timedelta()), fold=0)
    return (plain.time(), plain, exact) if not moment.second else (plain, exact)


def _same(one: dt.datetime, other: dt.datetime) -> bool:
    return one.replace(tzinfo=None) == other.replace(tzinfo=None) and one.utcoffset() == other.utcoffset()


def _in_zone(moment: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    return moment.astimezone(zone) if moment.tzinfo else moment.replace(tzinfo=zone)
