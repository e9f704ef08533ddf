"""What happened, numbered: the chat page and the tests follow it."""

from __future__ import annotations

import asyncio
from collections import deque
from itertools import islice
from typing import Any

from bot.rehearsal.wire import Json

KEPT = 5_000
"""Events kept for a page that reconnects. A longer gap shows in the numbers: fetch the state."""


class EventLog:
    def __init__(self) -> None:
        self._events: deque[Json] = deque(maxlen=KEPT)
        self._waiting: set[asyncio.Future[None]] = set()
        self.seq = 0

    def add(self, kind: str, /, **fields: Any) -> None:
        self.seq += 1
        self._events.append({"seq": self.seq, "type": kind, **fields})
        if self._waiting:
            self.wake()

    def wake(self) -> None:
        """Let everybody who waits look again (also used to end the waiting at stop)."""
        waiting, self._waiting = self._waiting, set()
        for future in waiting:
            if not future.done():
                future.set_result(None)

    def since(self, seq: int) -> list[Json]:
        """Events after number `seq`, oldest first, as far back as they are kept."""
        missed = self.seq - seq
        if missed <= 0:
            return []
        return list(islice(self._events, max(0, len(self._events) - missed), None))

    async def wait(self, seq: int, seconds: float) -> list[Json]:
        """Events after `seq`; waits up to `seconds` for the first, [] when none came."""
        found = self.since(seq)
        if found or seconds <= 0:
            return found
        future = asyncio.get_running_loop().create_future()
        self._waiting.add(future)
        try:
            await asyncio.wait_for(future, seconds)
        except TimeoutError:
            pass
        finally:
            self._waiting.discard(future)
        return self.since(seq)
