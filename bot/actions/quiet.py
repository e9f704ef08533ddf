"""Quiet hours: when nothing that the bot sends unasked may make a sound."""

from __future__ import annotations

import datetime as dt
import re

from bot.errors import Stale
from storage import participants
from storage.database import Transaction

OFF = "off"
CHOICES = ("21-8", "22-7", "23-8", OFF)
SHAPE = re.compile(r"([01]?\d|2[0-3])-([01]?\d|2[0-3])")


def choose(tx: Transaction, person: int, hours: str) -> None:
    if hours not in CHOICES:
        raise Stale("refusal.stale")
    participants.set_quiet(tx, person, hours)


def ends(hours: str, now: dt.datetime) -> dt.datetime | None:
    """When the quiet that holds at `now` ends; None while none does.

    `hours` are whole hours of the day in the zone of `now`, as "22-7", over midnight or not, or "off".
    """
    found = SHAPE.fullmatch(hours)
    if found is None:
        return None
    begin, end = int(found[1]), int(found[2])
    # Counted from the beginning of the quiet hours, midnight makes no difference.
    if (now.hour - begin) % 24 >= (end - begin) % 24:
        return None
    morning = now.replace(hour=end, minute=0, second=0, microsecond=0)
    return morning if morning > now else morning + dt.timedelta(days=1)
