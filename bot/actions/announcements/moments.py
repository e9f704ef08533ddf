"""Moments that people type: "14:30", "27.11 14:30", "27.11.2026 14:30"."""

from __future__ import annotations

import datetime as dt
import re

from bot.errors import BadInput

SHAPE = re.compile(r"(?:(\d{1,2})[./](\d{1,2})(?:[./](\d{4}))?[ ,]+)?(\d{1,2})[:.](\d{2})")


def read_moment(typed: str, now: dt.datetime) -> int:
    """Epoch seconds of the moment to come that was typed, in the zone of `now`.

    A time without a date is today's, a date without a year this year's. BadInput for anything else, and for a moment
    that is over.
    """
    found = SHAPE.fullmatch(typed.strip())
    if found is None:
        raise BadInput("announcements.bad_time")
    day, month, year, hour, minute = (None if part is None else int(part) for part in found.groups())
    try:
        moment = dt.datetime(
            year or now.year, month or now.month, day or now.day, hour or 0, minute or 0, tzinfo=now.tzinfo
        )
    except ValueError:
        raise BadInput("announcements.bad_time") from None
    if moment <= now:
        raise BadInput("announcements.past_time")
    return int(moment.timestamp())


def end_of_day(moment: int, zone: dt.tzinfo) -> int:
    """The last second of that day at the forum."""
    day = dt.datetime.fromtimestamp(moment, zone)
    return int(day.replace(hour=23, minute=59, second=59, microsecond=0).timestamp())
