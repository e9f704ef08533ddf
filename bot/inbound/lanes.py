"""Many chats in parallel, each in order."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

log = logging.getLogger(__name__)

Item = TypeVar("Item")

LONGEST = 30  # items in a lane; at a message a second, which a chat takes, half a minute of answers


class Lanes(Generic[Item]):
    """Runs `work` for every item: one at a time and in order within a lane, `width` lanes at once.

    What stands in a lane beyond `longest` items is done like the rest but not counted, so that one lane alone
    never fills up all.
    """

    def __init__(
        self, work: Callable[[Item], Awaitable[None]], *, width: int = 100, most: int = 2000, longest: int = LONGEST
    ) -> None:
        self._work = work
        self._longest = longest
        self._slots = asyncio.Semaphore(width)
        self._queues: dict[int, deque[Item]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._most = most
        self._count = 0
        self._calm = asyncio.Event()
        self._calm.set()

    def __len__(self) -> int:
        return self._count

    def full(self, lane: int) -> bool:
        """Whether the lane holds its `longest` already."""
        return len(self._queues.get(lane, ())) >= self._longest

    def put(self, lane: int, item: Item) -> None:
        if not self.full(lane):
            self._count += 1
            if self._count >= self._most:
                self._calm.clear()
        queue = self._queues.get(lane)
        if queue is not None:
            queue.append(item)
            return
        self._queues[lane] = deque((item,))
        task = asyncio.create_task(self._run(lane))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def calm(self) -> None:
        """Wait until fewer than `most` items are counted inside: what keeps the memory bounded."""
        await self._calm.wait()

    async def drain(self, seconds: float) -> bool:
        """Let everything inside finish; what is still running after `seconds` is cancelled. True when all did."""
        if self._tasks:
            _, running = await asyncio.wait(self._tasks, timeout=seconds)
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)
            return not running
        return True

    async def _run(self, lane: int) -> None:
        queue = self._queues[lane]
        while queue:
            async with self._slots:
                try:
                    await self._work(queue[0])
                except Exception:
                    # The lane goes on: what waits behind a failure has nothing to do with it.
                    log.exception("the work on an item failed")
                finally:
                    queue.popleft()
                    if not self.full(lane):
                        self._count -= 1
                        if self._count < self._most:
                            self._calm.set()
        del self._queues[lane]
