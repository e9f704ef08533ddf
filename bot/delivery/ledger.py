"""Records the outcomes of deliveries, many in one transaction: at a thousand a second one by one is too slow."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Collection

from bot.clock import Clock
from storage import leases
from storage.database import Database
from storage.deliveries import Outcome
from storage.leases import PutBack

log = logging.getLogger(__name__)

TOGETHER = 0.05  # seconds in which results are gathered for one transaction
LAST = 1.5  # seconds for what is not written yet when the bot stops
RETRY = 1.0  # seconds until the database is tried again after a failure
ALONE = 2  # so many that are refused one by one mean that it is the database's fault, not theirs


class Ledger:
    """Notes results for the holder. `written` is called with the deliveries' ids each time some are durable.

    What the database does not take now is kept and tried again: whoever was sent something must be written down.
    """

    def __init__(self, db: Database, holder: str, clock: Clock, written: Callable[[Collection[int]], None]) -> None:
        self._db = db
        self._holder = holder
        self._clock = clock
        self._written = written
        self._results: list[Outcome | PutBack] = []
        self._writing: asyncio.Task[None] | None = None

    def note(self, result: Outcome | PutBack) -> None:
        """Write it down within moments."""
        self._results.append(result)
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write())

    async def close(self) -> bool:
        """Wait until all is written, or until it is clear that the database does not take it: then False."""
        if self._writing is None:
            return True
        await asyncio.wait((self._writing,), timeout=LAST)
        return not self._writing.cancel()

    async def _write(self) -> None:
        while self._results:
            await asyncio.sleep(TOGETHER)
            results, self._results = self._results, []
            if not await self._settle(results):
                await self._one_by_one(results)

    async def _one_by_one(self, results: list[Outcome | PutBack]) -> None:
        """What the database refuses for itself must not hold up what came with it: it goes behind all others."""
        refused: list[Outcome | PutBack] = []
        while results and len(refused) < ALONE:
            if not await self._settle(results[:1]):
                refused += results[:1]
            del results[0]
        self._results = results + self._results + refused
        if refused:
            await asyncio.sleep(RETRY)

    async def _settle(self, results: list[Outcome | PutBack]) -> bool:
        try:
            await self._db.write(leases.settle, self._holder, results, self._clock.seconds())
        except Exception:
            log.exception("what became of %s deliveries could not be written down; trying again", len(results))
            return False
        self._written([result.id for result in results])
        return True
