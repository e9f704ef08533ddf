"""The draft as a whole programme, for those who change it: put together once a revision, kept in memory."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import Enum, auto

from bot.actions.publishing import drafts
from bot.actions.publishing.drafts import Draft, Stored, whole
from bot.errors import Stale
from bot.programme.changes import diff
from bot.programme.edits import Edit
from bot.programme.model import Programme
from bot.who import Who
from storage.database import Database

MOVED_ON = "draft.moved_on"
ATTEMPTS = 5  # of an edit of the newest draft, while others change it at the same time


class Outcome(Enum):
    """The outcome of an edit."""

    MADE = auto()
    SAME = auto()  # it leaves the draft as it is
    TWICE = auto()  # the draft moved on by this very edit of the same person: they tapped twice
    MOVED_ON = auto()  # the draft has changed since it was seen, and stays as it is now


@dataclass(frozen=True, slots=True)
class Changed:
    """The draft after an edit, or as it is now that none was made."""

    draft: Draft
    outcome: Outcome

    @property
    def through(self) -> bool:
        """Whether the draft is as the edit wants it, made by this press or needless."""
        return self.outcome in (Outcome.MADE, Outcome.SAME)


class Drafts:
    """Reading and changing the draft. `version` gives the programme of a version's number."""

    def __init__(self, db: Database, version: Callable[[int], Awaitable[Programme]]) -> None:
        self._db = db
        self._version = version
        self._last: Draft | None = None

    async def get(self, who: Who) -> Draft:
        """The draft as it is now. Raises NotAllowed for anyone who is not an organizer."""
        return await self._whole(await self._db.read(drafts.stored, who))

    async def read(self) -> Draft:
        """The same without asking who wants it: for the bot itself."""
        return await self._whole(await self._db.read(drafts.read))

    async def change(self, who: Who, revision: int, edit: Edit, now: dt.datetime) -> Changed:
        """Make one more step of the edit; nothing when it leaves the programme as it is.

        `revision` is the draft's as the person saw it: when it has changed since, no step is made, so a button that is
        pressed twice shifts once, and nobody changes what they have not seen. The edit may raise a Refusal.
        """
        try:
            draft = await self._add(who, await self.get(who), revision, edit, now)
        except Stale as moved:
            if moved.key != MOVED_ON:
                raise
            draft = await self.get(who)
            return Changed(draft, Outcome.TWICE if is_last(draft, revision, edit, who) else Outcome.MOVED_ON)
        return Changed(draft, Outcome.SAME if draft.revision == revision else Outcome.MADE)

    async def change_newest(self, who: Who, edit: Edit, now: dt.datetime) -> tuple[Draft, Draft]:
        """The same upon the draft as it is: what was typed or sent says by itself what is meant. The draft before the
        edit, and with it.

        While one works it out, others may change the draft: then it is worked out again, ATTEMPTS times at most.
        """
        for _ in range(ATTEMPTS):
            draft = await self.get(who)
            try:
                return draft, await self._add(who, draft, draft.revision, edit, now)
            except Stale as moved:
                if moved.key != MOVED_ON:
                    raise
        raise Stale(MOVED_ON)

    async def _add(self, who: Who, draft: Draft, revision: int, edit: Edit, now: dt.datetime) -> Draft:
        if draft.revision != revision:
            raise Stale(MOVED_ON)
        changes = await asyncio.to_thread(lambda: diff(draft.programme, edit.apply(draft.programme)))
        if not changes:
            return draft
        await self._db.write(drafts.add, who, int(now.timestamp()), revision, edit=edit, changes=changes)
        return await self.get(who)

    async def _whole(self, stored: Stored) -> Draft:
        last = self._last
        if last is None or (last.base, last.revision) != (stored.base, stored.revision):
            published = await self._version(stored.base)
            last = self._last = await asyncio.to_thread(whole, published, stored)
        return last


def is_last(draft: Draft, revision: int, edit: Edit, who: Who) -> bool:
    """Whether all that happened since that revision is this edit, by this person."""
    if not draft.steps or draft.revision != revision + 1:
        return False
    last = draft.steps[-1]
    return (last.made_by, last.what, last.detail) == (who.id, edit.what, edit.detail())
