"""The outbox in one message: what waits, the pace, the last errors."""

from __future__ import annotations

from collections.abc import Iterator

from bot.actions.staff.outbox import Outbox
from bot.texts import Translator, escape
from bot.views.buttons import Go, button
from bot.views.screen import Screen, cut, screen
from storage.deliveries import (
    BLOCKED,
    DROPPED,
    FAILED,
    LANE_ANNOUNCEMENT,
    LANE_ANSWER,
    LANE_CARD,
    LANE_REMINDER,
    SENT,
    UNSURE,
)

LANES = {
    LANE_ANSWER: "outbox.lane_answer",
    LANE_CARD: "outbox.lane_card",
    LANE_REMINDER: "outbox.lane_reminder",
    LANE_ANNOUNCEMENT: "outbox.lane_announcement",
}
LOST = {BLOCKED: "outbox.blocked", FAILED: "outbox.failed", UNSURE: "outbox.unsure", DROPPED: "outbox.dropped"}
ERROR_LIMIT = 200  # characters of Telegram's own words


def outbox(
    t: Translator, found: Outbox, *, per_second: float, allowed: float, paused: int, most_in_flight: int, now: int
) -> Screen:
    """`per_second` is the pace of the moment, `allowed` the one that is set; `paused` seconds are still to wait."""
    lines = [f"📮 <b>{t('outbox.title')}</b>", "", *waiting(t, found, now)]
    lines += ["", t("outbox.in_flight", count=found.in_flight, most=most_in_flight)]
    lines.append(t("outbox.pace", now=f"{per_second:g}", allowed=f"{allowed:g}"))
    if paused:
        lines.append(t("outbox.paused", count=paused))
    lines += ["", t("outbox.sent", minute=found.minute.get(SENT, 0), day=found.day.get(SENT, 0))]
    if found.twice:
        lines.append(t("outbox.twice", count=found.twice))
    lines += [t(key, count=found.day[state]) for state, key in LOST.items() if found.day.get(state)]
    if found.faults:
        lines += ["", f"<b>{t('outbox.errors')}</b>"]
        lines += [
            f"• {t.moment(fault.last)} · {t(LANES[fault.lane])} ×{fault.times}\n"
            f"<code>{cut(escape(fault.error), ERROR_LIMIT)}</code>"
            for fault in found.faults
        ]
    return screen("\n".join(lines), [button(t.plain("outbox.refresh"), Go(where="outbox"))])


def waiting(t: Translator, found: Outbox, now: int) -> Iterator[str]:
    if not found.queues:
        yield t("outbox.empty")
        return
    yield t("outbox.waiting", count=sum(queue.due for queue in found.queues))
    yield from (f"• {t(LANES[queue.lane])}: {queue.due}" for queue in found.queues if queue.due)
    oldest = max((now - queue.oldest for queue in found.queues if queue.due), default=0)
    if oldest >= 60:
        yield t("outbox.oldest", count=oldest // 60)
    later = sum(queue.later for queue in found.queues)
    if later:
        yield t("outbox.later", count=later)
    if found.again:
        yield t("outbox.again", count=found.again)
