"""What the outbox writes about a changed programme: to each the difference between two versions that is theirs."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram.methods import SendMessage

from bot.actions.outgoing import ChangeMark, ChangeNotice
from bot.actions.publishing import notices
from bot.actions.publishing.notices import News, concerned, outdates
from bot.clock import Clock
from bot.delivery.rendered import Later, Rendered, Requeued, Send, screen_edited
from bot.programme.differences import TIME, SessionChange, session_change, session_changes
from bot.texts import Translator
from bot.versions import Versions
from bot.views.publishing import notices as views
from storage import deliveries, programmes
from storage import notices as ledger
from storage.database import Database
from storage.deliveries import CLAIMED, SENT, WAITING, Delivery

KEPT = 32  # differences between two versions: five thousand notices in a row are about one
AFTER = 1  # seconds from a newer notice to the mark on the older


class Notices:
    """Renders notices and the marks on them."""

    def __init__(self, db: Database, versions: Versions, clock: Clock) -> None:
        self._db = db
        self._versions = versions
        self._clock = clock
        self._found: dict[ChangeNotice, tuple[SessionChange, ...]] = {}

    async def change(self, notice: ChangeNotice, delivery: Delivery, t: Translator) -> Rendered:
        """Where there is more news for the person by now, it waits again, as one message with all of it."""
        now = self._clock.seconds()
        if await self._db.read(notices.overtaken, notice, delivery):
            await self._db.write(notices.gather, delivery, now)
            return Requeued()
        ties, former = await self._db.read(notices.facts, delivery.recipient)
        changes = [one for one in concerned(ties, await self._between(notice)) if one.over_at > now]
        if not changes:
            return None
        news = [News(one, await self._is_again(one, former, notice.after)) for one in in_order(changes, now)]
        screen = views.change(t, news)
        call = SendMessage(chat_id=delivery.recipient, text=screen.text, reply_markup=screen.keyboard)
        return Send([call], needed_by=needed_by(changes, now))

    async def mark(self, mark: ChangeMark, person: int, t: Translator) -> Rendered:
        """On a message that says what is not so any more: after the newer message, for that may yet be undone."""
        now = self._clock.seconds()
        notice = ChangeNotice(mark.before, mark.after)
        due = await self._db.read(ledger.waits, notice.kind, person)
        state, message = await self._db.read(deliveries.outcome, notice.kind, notice.thing, person)
        if due is not None or state in (WAITING, CLAIMED):
            return Later(max(now, due or now) + AFTER, "after the newer one")
        if state != SENT or message is None:
            return None
        ties, _ = await self._db.read(notices.facts, person)
        said = concerned(ties, await self._between(notice))
        newest = await self._db.read(programmes.newest_number)
        since = {one.code: one for one in await self._between(ChangeNotice(mark.after, newest))}
        gone = {one.code for one in said if one.code in since and outdates(one, since[one.code])}
        if not gone:
            return None
        screen = views.outdated(t, [News(one) for one in said], gone)
        return Send([screen_edited(person, message, screen)])

    async def covers_start(self, person: int, session: str, since: int) -> bool:
        """Whether a notice that the person gets now, or got since then (epoch seconds), says when the session starts:
        whoever has just read that it begins in five minutes is not reminded of it, nor of speaking there."""
        for thing in await self._db.read(ledger.notified_since, ChangeNotice.kind, person, since):
            changes = await self._between(ChangeNotice.parse(thing))
            if any(one.code == session and TIME in one.told for one in changes):
                return True
        return False

    async def _between(self, notice: ChangeNotice) -> tuple[SessionChange, ...]:
        """What differs between its versions."""
        found = self._found.get(notice)
        if found is None:
            found = session_changes(await self._versions.get(notice.before), await self._versions.get(notice.after))
            if len(self._found) >= KEPT:
                del self._found[next(iter(self._found))]
            self._found[notice] = found
        return found

    async def _is_again(self, change: SessionChange, former: ChangeNotice | None, after: int) -> bool:
        """Whether the person's last notice is taken back: the session is as it was before that."""
        if former is None:
            return False
        if all(one.code != change.code or not one.told for one in await self._between(former)):
            return False
        first, now = await self._versions.get(former.before), await self._versions.get(after)
        return not session_change(first, now, first.session(change.code), now.session(change.code)).told


def in_order(changes: Sequence[SessionChange], now: float) -> list[SessionChange]:
    """What is to be known first stands first."""
    return sorted(changes, key=lambda one: (first_start(one, now), one.code))


def needed_by(changes: Sequence[SessionChange], now: float) -> int:
    return int(min(first_start(one, now) for one in changes))


def first_start(change: SessionChange, now: float) -> float:
    """The first start, old or new, that is still to come; of what is on, its end."""
    return min((start for start in change.starts if start > now), default=change.over_at)
