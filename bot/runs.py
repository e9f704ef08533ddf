"""The marks of what really happens, in memory like the programme: no update asks the database for them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from bot.programme.current import CurrentProgramme
from bot.programme.estimates import Runs
from storage import session_runs
from storage.database import Database, DatabaseError
from storage.session_runs import SessionRun

log = logging.getLogger(__name__)

PAUSE = 5.0  # seconds between two tries to read


class RunsKeeper:
    """Reads the marks at the start and whenever somebody, on this instance or another, has made or taken back one.

    `followers` are called after that: whatever shows times looks again.
    """

    def __init__(self, db: Database, current: CurrentProgramme, *followers: Callable[[], None]) -> None:
        self._db = db
        self._current = current
        self._followers = followers
        self._marks: list[SessionRun] = []
        self._reading = asyncio.Lock()  # one at a time: what was read before must not come after
        self._news = asyncio.Event()

    def wake(self) -> None:
        """There are other marks in the database."""
        self._news.set()

    async def refresh(self) -> Runs:
        """The marks as they stand in the database now, for everybody from here on."""
        async with self._reading:
            marks = await self._db.read(session_runs.everything)
            if marks != self._marks:
                self._marks = marks
                self._current.runs = Runs(marks)
                for follower in self._followers:
                    follower()
            return self._current.runs

    async def run(self) -> None:
        while True:
            await self._news.wait()
            self._news.clear()
            try:
                await self.refresh()
            except DatabaseError:
                log.exception("the marks of the sessions could not be read; once more in %.0f s", PAUSE)
                self._news.set()
                await asyncio.sleep(PAUSE)
