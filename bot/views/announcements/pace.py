"""How far the sending of an announcement is, and how fast it goes."""

from __future__ import annotations

from bot.texts import Html, Translator
from storage.announced import Tally


def bar(done: int, total: int) -> Html:
    full = 10 if total <= 0 else min(10, done * 10 // total)
    return Html("▰" * full + "▱" * (10 - full) + f" {done}/{total}")


def pace_line(t: Translator, tally: Tally, measured: int) -> list[str]:
    """How fast it goes, by so many seconds, and when it will be over."""
    if not tally.recent:
        return []
    per_second = tally.recent / measured
    minutes = max(1, round(tally.open / per_second / 60))
    return [t("announcements.pace", speed=f"{per_second:.1f}", minutes=minutes)]
