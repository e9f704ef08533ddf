"""The pace at which the bot writes to others: even spacing, and one pause for all when Telegram says so."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable


class Pace:
    """At most `per_second` turns a second, evenly spaced: bursts are what Telegram answers with 429.

    (Bots FAQ: about 30 messages a second for the whole bot.) Times are of the monotonic clock, in seconds.
    """

    def __init__(self, per_second: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._gap = 1.0 / per_second
        self._clock = clock
        self._next = 0.0
        self._until = 0.0

    def wait(self) -> float:
        """Take the next turn; how many seconds to wait until it comes."""
        now = self._clock()
        turn = max(self._next, now)
        self._next = turn + self._gap
        return turn - now

    async def turn(self) -> None:
        await asyncio.sleep(self.wait())
        # A pause may have begun meanwhile, and another during that one.
        left = self._until - self._clock()
        if left > 0:
            await asyncio.sleep(left)
            await self.turn()

    def pause(self, seconds: float) -> None:
        """Nobody's turn comes before that many seconds have passed."""
        self._until = self._clock() + seconds
        self._next = max(self._next, self._until)
