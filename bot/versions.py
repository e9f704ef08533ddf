"""The versions of the programme in memory: the newest, which everybody reads, and the older ones that news is about."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from bot.actions.publishing import gone
from bot.programme.current import CurrentProgramme
from bot.programme.model import Programme
from bot.rounds import rounds
from storage import programmes
from storage.database import Database

log = logging.getLogger(__name__)

KEPT = 8  # older versions; one of 900 sessions is about 5 MB


class Versions:
    """Reads the newest version whenever somebody, on this instance or another, has published one.

    Older ones are read when somebody asks for them, and the last few are kept.
    """

    def __init__(self, db: Database, current: CurrentProgramme) -> None:
        self._db = db
        self._current = current
        self._followers: list[Callable[[], None]] = []
        self._older: dict[int, Programme] = {}  # the one asked for last stands last
        self._reading = asyncio.Lock()  # one at a time: the older of two must not come after the newer
        self._news = asyncio.Event()
        self._warming: asyncio.Task[None] | None = None

    def follow(self, *followers: Callable[[], None]) -> None:
        """Call these after each change of the version that holds: whoever shows the programme looks again."""
        self._followers += followers

    async def get(self, number: int) -> Programme:
        """A version that is there, whole. Raises DatabaseError."""
        if number == self._current.number:
            return self._current.programme
        programme = self._older.pop(number, None)
        if programme is None:
            stored = await self._db.read(programmes.get, number)
            assert stored is not None, f"version {number} is gone"
            programme = await asyncio.to_thread(Programme.from_document, stored.document)
        self._older[number] = programme
        if len(self._older) > KEPT:
            del self._older[next(iter(self._older))]
        return programme

    def wake(self) -> None:
        """There may be a newer version in the database."""
        self._news.set()

    async def settled(self) -> None:
        """What a publication has enqueued is about the version it made: wait until that holds here."""
        if self._news.is_set() or self._reading.locked():
            await self.refresh()

    async def refresh(self) -> int:
        """Let everybody read the newest version from here on; its number."""
        async with self._reading:
            newest = await self._db.read(programmes.newest_number)
            if newest > self._current.number:
                programme = await self._db.write(gone.remembered, await self.get(newest))
                self._older[self._current.number] = self._current.programme  # the news of the change will ask for it
                self._current.replace(programme, newest)
                log.info("programme version %s holds", newest)
                self._warming = asyncio.create_task(asyncio.to_thread(self._current.warm_up))
                for follower in self._followers:
                    follower()
            return newest

    async def run(self) -> None:
        await rounds(self._news, self._look, "the newest version of the programme")

    async def _look(self) -> None:
        await self.refresh()
