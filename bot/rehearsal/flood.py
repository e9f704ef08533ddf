"""Telegram's limits on sending, and the switch that makes it say 429 on purpose.

The limits are those of the official FAQ ("Broadcasting to Users"): about 30 messages a second for
the whole bot, one a second in one chat with short bursts allowed, 20 a minute in a group. Telegram
does not publish its exact windows; these count real (monotonic) time, not the movable clock,
because a bot keeps its pace by real time too.
"""

from __future__ import annotations

import math
import time
from collections import deque

from bot.rehearsal.errors import ApiError, too_many_requests
from bot.rehearsal.people import Chat
from bot.rehearsal.wire import Json

WHOLE_BOT = (30, 1.0)
PRIVATE_BURST = (5, 5.0)
GROUP = (20, 60.0)


def _wait(sent: deque[float], limit: int, window: float, now: float) -> float:
    """Seconds until one more is allowed; 0 when it is now. Forgets what left the window."""
    while sent and sent[0] <= now - window:
        sent.popleft()
    return window - (now - sent[0]) if len(sent) >= limit else 0.0


class Flood:
    def __init__(self, limits: bool) -> None:
        self._limits = limits
        self._sent: deque[float] = deque()
        self._sent_to: dict[int, deque[float]] = {}
        """When messages went out lately, to anybody and by chat; monotonic seconds."""
        self.on = False
        self.retry_after = 5
        self.next = 0
        """How many of the next sends are refused."""

    def switch(self, *, on: bool, retry_after: int) -> None:
        self.on, self.retry_after = on, retry_after

    def refuse_next(self, count: int, retry_after: int) -> None:
        self.next, self.retry_after = count, retry_after

    def check(self, chat: Chat) -> ApiError | None:
        """Count one message to `chat`, or say why it is refused."""
        if self.next > 0:
            self.next -= 1
            return too_many_requests(self.retry_after)
        if self.on:
            return too_many_requests(self.retry_after)
        if self._limits:
            now = time.monotonic()
            here = self._sent_to.setdefault(chat.id, deque())
            wait = max(
                _wait(self._sent, *WHOLE_BOT, now),
                _wait(here, *(PRIVATE_BURST if chat.private else GROUP), now),
            )
            if wait > 0:
                return too_many_requests(max(1, math.ceil(wait)))
            self._sent.append(now)
            here.append(now)
        return None

    def as_page(self) -> Json:
        return {"on": self.on, "retry_after": self.retry_after}
