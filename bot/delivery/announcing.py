"""Writes the letters that announcements come to: sent, corrected, deleted, put forward for approval."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram.methods import DeleteMessages, EditMessageCaption, EditMessageText, SendMessage, TelegramMethod

from bot.actions import letters
from bot.actions.announcements import announcements, repairs
from bot.actions.announcements.wording import CAPTIONED
from bot.clock import Clock
from bot.delivery import content
from bot.delivery.content import Calls
from bot.people import People
from bot.programme.current import CurrentProgramme
from bot.texts import Translator
from bot.views.announcements import announcements as views
from bot.views.screen import Screen
from bot.who import Who
from storage import announced
from storage import announcements as records
from storage.announcements import ASKED, CANCELLED, PAUSED, Announcement, Part
from storage.database import Database, Transaction
from storage.deliveries import Delivery

# The calls that deliver it, or the moment (epoch seconds) at which to look again; None: it is dropped.
Written = Calls | int | None

KINDS = (
    letters.ANNOUNCEMENT,
    letters.ANNOUNCEMENT_EDIT,
    letters.ANNOUNCEMENT_DELETE,
    letters.APPROVAL,
    letters.CORRECTION_APPROVAL,
    letters.ANNOUNCEMENT_NEWS,
)
PAUSE = 5  # seconds after which what was claimed just before a pause is looked at again


def stored(tx: Transaction, number: int) -> tuple[Announcement, tuple[Part, ...]]:
    return announcements.get(tx, number), tuple(records.parts(tx, number))


class Announcing:
    """What one says is read once for all its readers that were claimed together, and again when it changes.

    A correction is owed to whoever is claimed by then; whoever is claimed later must be sent the new form. Another
    instance's news of it may be late, so what was read before a claim is not used for it.
    """

    def __init__(self, db: Database, people: People, current: CurrentProgramme, clock: Clock) -> None:
        self._db = db
        self._people = people
        self._current = current
        self._clock = clock
        self._read: dict[int, tuple[Announcement, tuple[Part, ...]]] = {}
        self._said: dict[tuple[int, int, str], list[Part]] = {}
        self._changes = 0
        db.listen(records.CHANNEL, self.forget_read)
        self._writers: dict[str, Callable[[Delivery, Who, Translator], Awaitable[Written]]] = {
            letters.ANNOUNCEMENT: self._announcement,
            letters.ANNOUNCEMENT_EDIT: self._correction,
            letters.ANNOUNCEMENT_DELETE: self._removal,
            letters.APPROVAL: self._approval,
            letters.CORRECTION_APPROVAL: self._correction_approval,
            letters.ANNOUNCEMENT_NEWS: self._news,
        }

    async def write(self, delivery: Delivery, who: Who, t: Translator) -> Written:
        return await self._writers[delivery.kind](delivery, who, t)

    def forget_read(self) -> None:
        self._changes += 1
        self._read.clear()
        self._said.clear()

    async def _get(self, number: int) -> tuple[Announcement, tuple[Part, ...]]:
        found = self._read.get(number)
        if found is None:
            changes = self._changes
            found = await self._db.read(stored, number)
            if changes == self._changes:  # or it may be older than the change or the claim
                self._read[number] = found
        return found

    async def _version(self, number: int, language: str) -> tuple[Announcement, list[Part]]:
        announcement, parts = await self._get(number)
        key = (number, announcement.revision, language)
        if key not in self._said:
            self._said[key] = content.read_by(parts, language)
        return announcement, self._said[key]

    async def _announcement(self, delivery: Delivery, who: Who, t: Translator) -> Written:
        announcement, parts = await self._version(int(delivery.thing), who.language)
        if announcement.state == PAUSED:
            return self._clock.seconds() + PAUSE
        if announcement.state == CANCELLED:
            return None
        return content.sent(delivery.recipient, parts) or None

    async def _correction(self, delivery: Delivery, who: Who, t: Translator) -> Written:
        """The newest form, whichever correction this one was owed for."""
        number, _ = letters.number_and_revision(delivery.thing)
        announcement, parts = await self._version(number, who.language)
        messages, _ = await self._db.read(announced.served, str(number), delivery.recipient)
        calls = content.edited(delivery.recipient, messages, parts)
        return None if announcement.withdrawn_at is not None else calls or None

    async def _removal(self, delivery: Delivery, who: Who, t: Translator) -> Written:
        """Too old to be deleted, it says that it was withdrawn."""
        _, parts = await self._version(int(delivery.thing), who.language)
        messages, sent_at = await self._db.read(announced.served, delivery.thing, delivery.recipient)
        if not messages:
            return None
        if self._clock.seconds() - sent_at < repairs.DELETABLE:
            return [DeleteMessages(chat_id=delivery.recipient, message_ids=messages)]
        call = withdrawn(delivery.recipient, messages[0], parts[0].kind, t)
        return None if call is None else [call]

    async def _approval(self, delivery: Delivery, who: Who, t: Translator) -> Written:
        number, _ = letters.number_and_revision(delivery.thing)
        announcement, _ = await self._get(number)
        if announcement.state != ASKED or not who.organizer:
            return None
        facts = await self._db.read(announcements.facts, who, number, self._clock.seconds())
        return said(who.id, views.desk(t, self._current.programme, facts, who.id))

    async def _correction_approval(self, delivery: Delivery, who: Who, t: Translator) -> Written:
        """Dropped when something else was staged since: that is put forward by itself."""
        number, language, mark = letters.put_forward(delivery.thing)
        announcement, _ = await self._get(number)
        if announcement.withdrawn_at is not None or not who.organizer:
            return None
        staged = await self._db.read(repairs.staged, who, number, language)
        if staged.mark != mark:
            return None
        return said(who.id, views.correction(t, number, language, *staged, asked=True))

    async def _news(self, delivery: Delivery, who: Who, t: Translator) -> Written:
        number, what = letters.number_and_news(delivery.thing)
        return said(who.id, views.news(t, number, what)) if who.organizer else None


def said(chat: int, screen: Screen) -> Calls:
    return [SendMessage(chat_id=chat, text=screen.text, reply_markup=screen.keyboard)]


def withdrawn(chat: int, message: int, kind: str, t: Translator) -> TelegramMethod[Any] | None:
    """The words that it was withdrawn in its place, where its kind has any."""
    words = t("announcements.withdrawn_words")
    if kind == "text":
        return EditMessageText(chat_id=chat, message_id=message, text=words)
    if kind in CAPTIONED:
        return EditMessageCaption(chat_id=chat, message_id=message, caption=words)
    return None
