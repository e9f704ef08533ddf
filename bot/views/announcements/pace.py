"""How far an announcement has gone out, how fast it goes, and who waits for the end of their quiet hours."""

from __future__ import annotations

from bot.actions.announcements.announcements import Facts
from bot.texts import Html, Translator
from storage.announced import Tally


def bar(done: int, total: int) -> Html:
    full = 10 if total <= 0 else min(10, done * 10 // total)
    return Html("▰" * full + "▱" * (10 - full) + f" {done}/{total}")


def moving_lines(t: Translator, tally: Tally, facts: Facts) -> list[str]:
    """How fast it goes, and when those get it who are in their quiet hours."""
    asleep = facts.asleep
    lines = pace_line(t, tally.recent, tally.open - asleep.people, facts.measured)
    if asleep.people:
        first, last = t.clock(asleep.first), t.clock(asleep.last)
        key = "asleep" if first == last else "asleep_until"
        lines.append(t(f"announcements.{key}", count=asleep.people, first=first, last=last))
    return lines


def pace_line(t: Translator, recent: int, waiting: int, measured: int) -> list[str]:
    """How fast it goes, by so many seconds, and when those have it who can get it now."""
    if not recent or not waiting:
        return []
    per_second = recent / measured
    minutes = max(1, round(waiting / per_second / 60))
    return [t("announcements.pace", speed=f"{per_second:.1f}", minutes=minutes)]
