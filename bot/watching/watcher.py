"""Looks at the watched address every few minutes, and puts what is new there into the draft: it publishes nothing."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import asdict

from bot.actions.publishing import watches as actions
from bot.actions.publishing.watches import Version, host_of
from bot.clock import Clock
from bot.drafts import Drafts
from bot.errors import Stale
from bot.programme.changes import Change, diff
from bot.programme.edits import Watched
from bot.programme.faults import Fault, ProgrammeFaults
from bot.programme.load import read_programme
from bot.programme.model import Programme
from bot.rounds import rounds
from bot.watching.fetch import Fetched, NotFetched, fetch
from bot.watching.reach import Reach
from bot.who import Who
from storage import programme_watches as watches
from storage.database import Database, Transaction
from storage.programme_watches import Watch

log = logging.getLogger(__name__)

EVERY = 600  # seconds between two looks
PAUSE = 30.0  # seconds after a look that failed by our own fault
TRIES = 3  # to change the draft, while organizers change it too

Write = Callable[[Transaction, int, Sequence[Change]], None]


class Unreadable(NotFetched):
    """Something stands at the address, but no programme can be read from it: so many faults, and the first."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("watch.unreadable", count=len(faults))
        self.fault["first"] = asdict(faults[0])


class Watcher:
    """`reach` says where a connection may lead."""

    def __init__(self, db: Database, drafts: Drafts, clock: Clock, reach: Reach) -> None:
        self._db = db
        self._drafts = drafts
        self._clock = clock
        self._reach = reach
        self._news = asyncio.Event()

    def wake(self) -> None:
        """It may have to be looked at now."""
        self._news.set()

    async def run(self) -> None:
        await rounds(self._news, self.look, "the watched address", again=PAUSE)

    async def look(self) -> float:
        """Look if it is time. Seconds until the next look."""
        watch = await self._db.read(watches.get)
        if watch is None:
            return EVERY
        now = self._clock.seconds()
        wait = 0 if watch.checked_at is None else watch.checked_at + EVERY - now
        if wait > 0:
            return min(wait, EVERY)
        if await self._db.write(watches.claim, watch, now):
            await self._check(watch)
        return EVERY

    async def begin(self, who: Who, address: str) -> int:
        """Take what stands at the address, and watch it from now on. Returns of how many things it changes something.

        Raises NotFetched when there is nothing to read, and what `actions.begin` does.
        """
        fetched = await fetch(address, "", self._reach)
        assert fetched is not None
        taken = await self._read(fetched)
        edit = Watched(host_of(address), taken=taken)
        version = await asyncio.to_thread(version_of, address, fetched, edit)
        now = self._clock.seconds()

        def write(tx: Transaction, revision: int, changes: Sequence[Change]) -> None:
            actions.begin(tx, who, now, version, revision=revision, changes=changes)

        return await self._into_draft(edit, write)

    async def _check(self, watch: Watch) -> None:
        address, now = watch.address, self._clock.seconds()
        try:
            fetched = await fetch(address, watch.mark, self._reach)
            if fetched is None or fetched.digest == watch.digest:
                mark = watch.mark if fetched is None else fetched.mark
                await self._db.write(actions.same, address, mark, now)
                return
            taken = await self._read(fetched)
        except NotFetched as found:
            log.warning("the watched address at %s: %s", host_of(address), found)
            await self._db.write(actions.failed, address, found.fault, isinstance(found, Unreadable), now)
            return
        await self._take(address, fetched, taken)

    async def _take(self, address: str, fetched: Fetched, taken: Programme) -> None:
        document = await self._db.read(watches.document, address)
        if document is None:
            return  # ended meanwhile
        last = await asyncio.to_thread(Programme.from_document, document)
        edit = Watched(host_of(address), taken=taken, last=last)
        version = await asyncio.to_thread(version_of, address, fetched, edit)
        now = self._clock.seconds()

        def write(tx: Transaction, revision: int, changes: Sequence[Change]) -> None:
            actions.take(tx, version, revision, changes, now)

        await self._into_draft(edit, write)

    async def _into_draft(self, edit: Watched, write: Write) -> int:
        """Write what the edit does to the draft, upon the draft as it is by then."""
        for left in reversed(range(TRIES)):
            draft = await self._drafts.read()
            changes = await asyncio.to_thread(changed, draft.programme, edit)
            try:
                await self._db.write(write, draft.revision, changes)
            except Stale:
                if not left:
                    raise
            else:
                return actions.records(changes)
        raise AssertionError

    async def _read(self, fetched: Fetched) -> Programme:
        """The programme in it. Raises Unreadable."""
        try:
            return await asyncio.to_thread(read_programme, fetched.data, fetched.name)
        except ProgrammeFaults as found:
            raise Unreadable(found.faults) from found


def changed(programme: Programme, edit: Watched) -> Sequence[Change]:
    return diff(programme, edit.apply(programme))


def version_of(address: str, fetched: Fetched, edit: Watched) -> Version:
    return Version(address, edit, fetched.mark, fetched.digest, edit.taken.to_document())
