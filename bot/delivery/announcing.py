"""Renders what announcements come to: sent, corrected, deleted, put forward for approval."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial, singledispatchmethod

from aiogram.methods import DeleteMessages, EditMessageCaption, EditMessageText, SendMessage

from bot.actions import outgoing
from bot.actions.announcements import announcements, repairs
from bot.actions.announcements.signing import line
from bot.actions.announcements.wording import CAPTIONED
from bot.actions.codec import OutgoingMessage
from bot.clock import Clock
from bot.delivery import content
from bot.delivery.rendered import AT_ONCE, Later, Rendered, Send, screen_sent
from bot.delivery.screens import Screens
from bot.people import People
from bot.programme.current import CurrentProgramme
from bot.texts import Translator
from bot.views.announcements import announcements as views
from bot.views.screen import Screen
from bot.who import Who
from storage import announced, announcement_parts
from storage import announcements as records
from storage.announcement_parts import Part
from storage.announcements import ASKED, CANCELLED, PAUSED, Announcement
from storage.database import Database, Transaction

PAUSE = 5  # seconds after which what was claimed just before a pause is looked at again


def stored(tx: Transaction, number: int) -> tuple[Announcement, tuple[Part, ...]]:
    return announcements.get(tx, number), tuple(announcement_parts.of(tx, number))


class Announcing:
    """What one says is read once for all its readers that were claimed together, and again when it changes.

    A correction is enqueued for whoever is claimed by then; whoever is claimed later must be sent the new form. Another
    instance's news of it may be late, so what was read before a claim is not used for it.
    """

    def __init__(
        self, db: Database, people: People, current: CurrentProgramme, clock: Clock, open_screens: Screens
    ) -> None:
        self._db = db
        self._screens = open_screens
        self._people = people
        self._current = current
        self._clock = clock
        self._read: dict[int, tuple[Announcement, tuple[Part, ...]]] = {}
        self._said: dict[tuple[int, int, str], list[Part]] = {}
        self._changes = 0
        db.listen(records.CHANNEL, self.forget_read)

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
            self._said[key] = content.read_by(parts, language, line(announcement.said_by, language))
        return announcement, self._said[key]

    @singledispatchmethod
    async def render(self, message: OutgoingMessage, who: Who, t: Translator) -> Rendered:
        """Nothing else is about announcements."""
        return None

    @render.register
    async def _announcement(self, message: outgoing.Announcement, who: Who, t: Translator) -> Rendered:
        announcement, parts = await self._version(message.number, who.language)
        if announcement.state == PAUSED:
            return Later(self._clock.seconds() + PAUSE, announced.PAUSED)
        calls = content.sent(who.id, parts)
        return None if announcement.state == CANCELLED or not calls else Send(calls)

    @render.register
    async def _edit(self, message: outgoing.AnnouncementEdit, who: Who, t: Translator) -> Rendered:
        """The newest form, whichever correction this one was enqueued for; as a message of its own for whoever may have
        a copy whose id nobody knows."""
        announcement, parts = await self._version(message.number, who.language)
        if announcement.withdrawn_at is not None or not parts:
            return None
        standing = await self._db.read(repairs.standing, message.number, who.id)
        words = t("announcements.correction_words", at=t.moment(announcement.started_at or 0))
        calls: content.Calls = []
        for copy in standing.copies:
            if copy.own:
                calls += content.corrected_again(who.id, copy.messages, parts, words)
            else:
                calls += content.edited(who.id, copy.messages, parts)
        if standing.uncorrected:
            calls += content.corrected(who.id, parts, words)
        return Send(calls, needed_by=AT_ONCE) if calls else None

    @render.register
    async def _removal(self, message: outgoing.AnnouncementDelete, who: Who, t: Translator) -> Rendered:
        """Too old to be deleted, it says that it was withdrawn; where it cannot, or a copy may stand that nobody knows
        the id of, a message of its own says so."""
        announcement, parts = await self._version(message.number, who.language)
        standing = await self._db.read(repairs.standing, message.number, who.id)
        gone: list[int] = []
        calls: content.Calls = []
        tell = standing.doubtful
        for copy in standing.copies:
            if self._clock.seconds() - copy.sent_at < repairs.DELETABLE:
                gone += copy.messages
                continue
            replaced = withdrawn(who.id, copy.messages, parts, t)
            calls += replaced
            tell = tell or not replaced
        if gone:
            calls.insert(0, DeleteMessages(chat_id=who.id, message_ids=gone))
        if tell:
            words = t("announcements.withdrawn_before", at=t.moment(announcement.started_at or 0))
            calls.append(SendMessage(chat_id=who.id, text=words))
        return Send(calls, needed_by=AT_ONCE) if calls else None

    @render.register
    async def _approval(self, message: outgoing.Approval, who: Who, t: Translator) -> Rendered:
        number = message.number
        announcement, _ = await self._get(number)
        if announcement.state != ASKED or not who.organizer:
            return None
        facts = await self._db.read(announcements.facts, who, self._clock.seconds(), number)
        return self._followed(who.id, views.desk(t, self._current.programme, facts, who.id))

    @render.register
    async def _edit_approval(self, message: outgoing.EditApproval, who: Who, t: Translator) -> Rendered:
        """Dropped when something else was staged since: that is put forward by itself."""
        number, language = message.number, message.language
        announcement, _ = await self._get(number)
        if announcement.withdrawn_at is not None or not who.organizer:
            return None
        staged = await self._db.read(repairs.staged, who, number, language)
        if staged.mark != message.mark:
            return None
        return self._followed(who.id, views.correction(t, number, language, staged))

    @render.register
    async def _news(self, message: outgoing.AnnouncementNews, who: Who, t: Translator) -> Rendered:
        return screen_sent(who.id, views.news(t, message.number, message.what)) if who.organizer else None

    def _followed(self, chat: int, screen: Screen) -> Send:
        """A screen that follows the announcement once it is there."""
        self._screens.expect(chat)
        call = SendMessage(chat_id=chat, text=screen.text, reply_markup=screen.keyboard)
        return Send([call], then=partial(self._screens.sent, call))


def withdrawn(chat: int, messages: Sequence[int], parts: Sequence[Part], t: Translator) -> content.Calls:
    """The words that it was withdrawn in its place, and no others; nothing where its kind has none."""
    kinds = [part.kind for part in parts] + ["text"] * (len(messages) - len(parts))
    words: str | None = t("announcements.withdrawn_words")
    calls: content.Calls = []
    for message, kind in zip(messages, kinds, strict=False):
        if kind == "text":
            calls.append(EditMessageText(chat_id=chat, message_id=message, text=t("announcements.withdrawn_words")))
        elif kind in CAPTIONED:
            calls.append(EditMessageCaption(chat_id=chat, message_id=message, caption=words))
        words = None
    return calls
