"""What the outbox writes about a changed programme: to each the difference between two versions that is theirs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from aiogram.methods import EditMessageText, SendMessage, TelegramMethod

from bot.actions import letters
from bot.actions.publishing import notices
from bot.actions.publishing.notices import News, concerned, outdates
from bot.clock import Clock
from bot.programme.differences import TIME, SessionChange, session_change, session_changes
from bot.texts import Translator
from bot.versions import Versions
from bot.views.publishing import notices as views
from storage import deliveries, programmes
from storage import notices as ledger
from storage.database import Database
from storage.deliveries import CLAIMED, SENT, WAITING, Delivery

KEPT = 32  # differences between two versions: five thousand letters in a row are about one
AFTER = 1  # seconds from a newer notice to the mark on the older

Calls = Sequence[TelegramMethod[Any]]


class Notices:
    """Writes them as calls. None: there is nothing to tell (any more), and it is dropped."""

    def __init__(self, db: Database, versions: Versions, clock: Clock) -> None:
        self._db = db
        self._versions = versions
        self._clock = clock
        self._found: dict[tuple[int, int], tuple[SessionChange, ...]] = {}

    async def goes_with_newer(self, delivery: Delivery) -> bool:
        """Whether there is more to tell the person by now. If so it waits again, as one message of all that."""
        if not await self._db.read(notices.overtaken, delivery):
            return False
        await self._db.write(notices.gather, delivery, self._clock.seconds())
        return True

    async def change(self, delivery: Delivery, t: Translator) -> tuple[Calls, int] | None:
        """And when (epoch seconds) it must be known at the latest."""
        now = self._clock.seconds()
        ties, former = await self._db.read(notices.facts, delivery.recipient)
        before, after = letters.versions_of(delivery.thing)
        changes = [one for one in concerned(ties, await self._between(before, after)) if one.over_at > now]
        if not changes:
            return None
        news = [News(one, await self._is_again(one, former, after)) for one in in_order(changes, now)]
        screen = views.change(t, news)
        call = SendMessage(chat_id=delivery.recipient, text=screen.text, reply_markup=screen.keyboard)
        return [call], needed_by(changes, now)

    async def mark(self, delivery: Delivery, t: Translator) -> Calls | int | None:
        """On a message that says what is not so any more. A number: only then (epoch seconds), after the newer message,
        for that may yet be undone."""
        now = self._clock.seconds()
        due = await self._db.read(ledger.waits, letters.CHANGE, delivery.recipient)
        state, message = await self._db.read(deliveries.outcome, letters.CHANGE, delivery.thing, delivery.recipient)
        if due is not None or state in (WAITING, CLAIMED):
            return max(now, due or now) + AFTER
        if state != SENT or message is None:
            return None
        ties, _ = await self._db.read(notices.facts, delivery.recipient)
        before, after = letters.versions_of(delivery.thing)
        told = concerned(ties, await self._between(before, after))
        since = {one.code: one for one in await self._between(after, await self._db.read(programmes.newest_number))}
        gone = {one.code for one in told if one.code in since and outdates(one, since[one.code])}
        if not gone:
            return None
        screen = views.outdated(t, [News(one) for one in told], gone)
        return [
            EditMessageText(
                chat_id=delivery.recipient, message_id=message, text=screen.text, reply_markup=screen.keyboard
            )
        ]

    async def tells_start(self, person: int, session: str, since: int) -> bool:
        """Whether a notice that the person gets now, or got since then (epoch seconds), says when the session starts:
        who has just read that it begins in five minutes is not reminded that it does, nor that they speak there."""
        for thing in await self._db.read(ledger.told_since, letters.CHANGE, person, since):
            changes = await self._between(*letters.versions_of(thing))
            if any(one.code == session and TIME in one.told for one in changes):
                return True
        return False

    async def _between(self, before: int, after: int) -> tuple[SessionChange, ...]:
        found = self._found.get((before, after))
        if found is None:
            found = session_changes(await self._versions.get(before), await self._versions.get(after))
            if len(self._found) >= KEPT:
                del self._found[next(iter(self._found))]
            self._found[before, after] = found
        return found

    async def _is_again(self, change: SessionChange, former: str | None, after: int) -> bool:
        """Whether the person's last notice is taken back: the session is as it was before that."""
        if former is None:
            return False
        was, told = letters.versions_of(former)
        if all(one.code != change.code or not one.told for one in await self._between(was, told)):
            return False
        first, now = await self._versions.get(was), await self._versions.get(after)
        return not session_change(first, now, first.session(change.code), now.session(change.code)).told


def in_order(changes: Sequence[SessionChange], now: float) -> list[SessionChange]:
    """What is to be known first stands first."""
    return sorted(changes, key=lambda one: (first_start(one, now), one.code))


def needed_by(changes: Sequence[SessionChange], now: float) -> int:
    return int(min(first_start(one, now) for one in changes))


def first_start(change: SessionChange, now: float) -> float:
    """The first start, old or new, that is still to come; of what is on, its end."""
    return min((start for start in change.starts if start > now), default=change.over_at)
