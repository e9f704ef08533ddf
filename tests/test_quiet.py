"""When quiet hours hold and when they end, by the clock on the wall."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.actions.quiet import ends

ZONE = ZoneInfo("Asia/Almaty")


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(f"2026-11-{text}").replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("hours", "now", "end"),
    [
        ("22-7", "26 21:59:59", None),
        ("22-7", "26 22:00", "27 07:00"),
        ("22-7", "26 23:30", "27 07:00"),
        ("22-7", "27 00:00", "27 07:00"),
        ("22-7", "27 06:59:59", "27 07:00"),
        ("22-7", "27 07:00", None),
        ("0-8", "26 00:00", "26 08:00"),
        ("0-8", "26 23:59", None),
        ("13-15", "26 14:30", "26 15:00"),
        ("22-0", "26 23:00", "27 00:00"),
        ("5-5", "26 05:00", None),
        ("off", "26 23:00", None),
        ("", "26 23:00", None),
    ],
)
def test_from_hour_to_hour(hours: str, now: str, end: str | None) -> None:
    assert ends(hours, at(now)) == (None if end is None else at(end))


@given(st.integers(0, 23), st.integers(0, 23), st.integers(0, 86399))
def test_quiet_ends_within_a_day_on_its_hour_and_holds_no_longer(begin: int, end: int, second: int) -> None:
    now = at("26 00:00") + dt.timedelta(seconds=second)
    until = ends(f"{begin}-{end}", now)
    if until is not None:
        assert now < until <= now + dt.timedelta(days=1)
        assert (until.hour, until.minute, until.second) == (end, 0, 0)
        assert ends(f"{begin}-{end}", until) is None
