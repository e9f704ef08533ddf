"""The draft as a whole programme, for those who change it: put together once a revision, kept in memory."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from bot.actions.publishing import drafts
from bot.actions.publishing.drafts import Draft, Stored, whole
from bot.errors import Stale
from bot.programme.changes import diff
from bot.programme.model import Programme
from bot.who import Who
from storage.database import Database


class Drafts:
    """Reading and changing the draft. `version` gives the programme of a version's number."""

    def __init__(self, db: Database, version: Callable[[int], Awaitable[Programme]]) -> None:
        self._db = db
        self._version = version
        self._last: Draft | None = None

    async def get(self, who: Who) -> Draft:
        """The draft as it is now. Raises NotAllowed for who is no organizer."""
        return await self._whole(await self._db.read(drafts.stored, who))

    async def read(self) -> Draft:
        """The same without asking who wants it: for the bot itself."""
        return await self._whole(await self._db.read(drafts.read))

    async def change(
        self,
        who: Who,
        revision: int,
        what: str,
        detail: Mapping[str, Any],
        edit: Callable[[Programme], Programme],
        now: dt.datetime,
    ) -> Draft:
        """Make one more step of what `edit` does to the programme; nothing when it leaves it as it is.

        `revision` is the draft's as the person saw it: Stale when it has changed since, so a button that is pressed
        twice shifts once, and nobody changes what they have not seen. `edit` may raise a Refusal.
        """
        draft = await self.get(who)
        if draft.revision != revision:
            raise Stale("draft.moved_on")
        changes = await asyncio.to_thread(lambda: diff(draft.programme, edit(draft.programme)))
        if not changes:
            return draft
        await self._db.write(drafts.add, who, revision, what, detail, changes, int(now.timestamp()))
        return await self.get(who)

    async def _whole(self, stored: Stored) -> Draft:
        last = self._last
        if last is None or (last.base, last.revision) != (stored.base, stored.revision):
            published = await self._version(stored.base)
            last = self._last = await asyncio.to_thread(whole, published, stored)
        return last
