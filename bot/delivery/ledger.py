"""Writes down what became of deliveries, many in one transaction: at a thousand a second one by one is too slow."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from bot.clock import Clock
from storage import leases
from storage.database import Database
from storage.deliveries import Outcome
from storage.leases import PutBack

log = logging.getLogger(__name__)

TOGETHER = 0.05  # seconds in which results are gathered for one transaction
LAST = 1.5  # seconds for what is not written yet when the bot stops
RETRY = 1.0  # seconds until the database is tried again after a failure


class Ledger:
    """Notes results for the holder. `written` is called with the number of results each time some are durable.

    What the database does not take now is kept and tried again: whoever was sent something must be written down.
    """

    def __init__(self, db: Database, holder: str, clock: Clock, written: Callable[[int], None]) -> None:
        self._db = db
        self._holder = holder
        self._clock = clock
        self._written = written
        self._results: list[Outcome | PutBack | None] = []
        self._writing: asyncio.Task[None] | None = None

    def note(self, result: Outcome | PutBack | None) -> None:
        """Write it down within moments. None: that has been done elsewhere."""
        self._results.append(result)
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write())

    async def close(self) -> None:
        """Wait until all is written, or until it is clear that the database does not take it."""
        if self._writing is not None:
            await asyncio.wait((self._writing,), timeout=LAST)
            self._writing.cancel()

    async def _write(self) -> None:
        while self._results:
            await asyncio.sleep(TOGETHER)
            results = self._results
            self._results = []
            known = [result for result in results if result is not None]
            try:
                if known:
                    await self._db.write(leases.settle, self._holder, known, self._clock.seconds())
            except Exception:
                log.exception("what became of %s deliveries could not be written down; trying again", len(known))
                self._results = results + self._results
                await asyncio.sleep(RETRY)
            else:
                self._written(len(results))
