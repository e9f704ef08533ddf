"""What many screens watch: read once for all of them when it may have changed, and handed to each as it can take it."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass

log = logging.getLogger(__name__)

PAUSE = 0.25  # seconds between two readings of a place, however many votes come in
LOOK = 5.0  # seconds after which a place is read anyway: time passes, and the programme may have changed


@dataclass(frozen=True, slots=True)
class Shown:
    """What a place shows now, as JSON, and the key that opens it ("" when it is public)."""

    key: str
    text: str


Read = Callable[[str], Awaitable[Shown | None]]
"""What a place shows; None when there is no such place (any more)."""


class Watch:
    """A place that somebody watches. Whoever is slow finds the newest state, never a queue of old ones."""

    def __init__(self) -> None:
        self.watchers = 0
        self.version = 0  # 0: not read yet
        self.shown: Shown | None = None
        self.dirty = asyncio.Event()
        self._news = asyncio.Event()

    def put(self, shown: Shown | None) -> None:
        if self.version == 0 or shown != self.shown:
            self.shown = shown
            self.version += 1
            self.rouse()

    def rouse(self) -> None:
        """Let everybody look, be there anything new or not."""
        self._news.set()
        self._news = asyncio.Event()

    async def newer(self, seen: int, within: float) -> bool:
        """Whether there is a version after `seen`: at once, or within so many seconds."""
        if self.version == seen:
            with suppress(TimeoutError):
                async with asyncio.timeout(within):
                    await self._news.wait()
        return self.version != seen


class Live:
    """The places that are watched now, each with one task that reads it; nothing is kept of the others."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self._watched: dict[str, Watch] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self.closed = False

    def wake(self) -> None:
        """Something may have changed."""
        for watch in self._watched.values():
            watch.dirty.set()

    def close(self) -> None:
        """Let every stream come to its end."""
        self.closed = True
        for watch in self._watched.values():
            watch.rouse()

    @asynccontextmanager
    async def watch(self, place: str) -> AsyncIterator[Watch]:
        watch = self._watched.setdefault(place, Watch())
        watch.watchers += 1
        if place not in self._tasks:
            self._tasks[place] = asyncio.create_task(self._follow(place, watch), name=f"hall {place}")
        try:
            yield watch
        finally:
            watch.watchers -= 1
            if watch.watchers == 0:
                del self._watched[place]
                self._tasks.pop(place).cancel()

    async def _follow(self, place: str, watch: Watch) -> None:
        while True:
            watch.dirty.clear()
            try:
                watch.put(await self._read(place))
            except Exception:
                # The screens keep what they have; the next look may find the database there again.
                log.exception("the hall screen of %s cannot be read", place)
            await asyncio.sleep(PAUSE)
            with suppress(TimeoutError):
                async with asyncio.timeout(LOOK):
                    await watch.dirty.wait()


class Full(Exception):
    """No more streams can be served, or none to this address."""


class Seats:
    """How many streams are open, in all and by address."""

    def __init__(self, most: int, most_by_address: int) -> None:
        self._most = most
        self._most_by_address = most_by_address
        self._taken: Counter[str] = Counter()

    @contextmanager
    def taken(self, address: str) -> Iterator[None]:
        """Hold a seat. Raises Full."""
        if self._taken.total() >= self._most or self._taken[address] >= self._most_by_address:
            raise Full
        self._taken[address] += 1
        try:
            yield
        finally:
            self._taken[address] -= 1
            if not self._taken[address]:
                del self._taken[address]
