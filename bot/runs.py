"""The marks of what really happens, in memory like the programme: no update asks the database for them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from bot.programme.current import CurrentProgramme
from bot.programme.estimates import Runs
from bot.rounds import rounds
from storage import session_runs
from storage.database import Database
from storage.session_runs import SessionRun


class RunsKeeper:
    """Reads the marks at the start and whenever somebody, on this instance or another, has made or taken back one."""

    def __init__(self, db: Database, current: CurrentProgramme) -> None:
        self._db = db
        self._current = current
        self._followers: list[Callable[[], None]] = []
        self._marks: list[SessionRun] = []
        self._reading = asyncio.Lock()  # one at a time: what was read before must not come after
        self._news = asyncio.Event()

    def follow(self, *followers: Callable[[], None]) -> None:
        """Call these when the marks have changed: whatever shows times looks again."""
        self._followers += followers

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
        await rounds(self._news, self._look, "the marks of the sessions")

    async def _look(self) -> None:
        await self.refresh()
