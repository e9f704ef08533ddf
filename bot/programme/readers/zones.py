"""Time zones by name, and by the offset of a file that names none."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

# Offsets that are not whole hours have no Etc/GMT zone; each of these places keeps its offset all year.
_UNEVEN = {
    dt.timedelta(hours=-9, minutes=-30): "Pacific/Marquesas",
    dt.timedelta(hours=3, minutes=30): "Asia/Tehran",
    dt.timedelta(hours=4, minutes=30): "Asia/Kabul",
    dt.timedelta(hours=5, minutes=30): "Asia/Kolkata",
    dt.timedelta(hours=5, minutes=45): "Asia/Kathmandu",
    dt.timedelta(hours=6, minutes=30): "Asia/Yangon",
    dt.timedelta(hours=8, minutes=45): "Australia/Eucla",
    dt.timedelta(hours=9, minutes=30): "Australia/Darwin",
}


def zone_named(name: str) -> ZoneInfo | None:
    """The zone of an IANA name, or None; never raises, whatever the name is made of."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # unknown; leads out of the folder; a folder, or far too long
        return None


def zone_at(offset: dt.timedelta) -> ZoneInfo:
    """A zone that always keeps an offset; UTC for an offset that no place on Earth has.

    Etc/GMT-5 is five hours *ahead* of UTC: POSIX counts westward.
    """
    hours, rest = divmod(offset, dt.timedelta(hours=1))
    if rest:
        return ZoneInfo(_UNEVEN.get(offset, "UTC"))
    return (zone_named(f"Etc/GMT{-hours:+d}") if hours else None) or ZoneInfo("UTC")
