"""How far the repair of an announcement is with those who have it, or may have it."""

from __future__ import annotations

from bot.texts import Translator
from storage.announced import Tally
from storage.deliveries import BLOCKED, DROPPED, FAILED, SENT, UNSURE


def repaired(t: Translator, tally: Tally, key: str) -> list[str]:
    """The lines of a correction or a deletion. Their counts add up to everybody who has the announcement or may have
    it; anyone for whom the repair was dropped has nothing of it."""
    states = tally.states
    total = tally.total - states.get(DROPPED, 0)
    if not total:
        return []
    lines: list[str] = [
        t(key, done=states.get(SENT, 0), total=total, failed=states.get(FAILED, 0) + states.get(BLOCKED, 0))
    ]
    if tally.own:
        lines.append(t("announcements.own", count=tally.own))
    if states.get(UNSURE):
        lines.append(t("announcements.repair_unsure", count=states[UNSURE]))
    return lines


def unrepaired(tally: Tally) -> int:
    """How many it did not reach, or perhaps did not."""
    return tally.undelivered - tally.states.get(DROPPED, 0)
