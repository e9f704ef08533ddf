"""Keeps every screen of an announcement that stands open in an organizer's chat up to date."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError, TelegramRetryAfter
from aiogram.methods import EditMessageText

from bot.actions.announcements import announcements, screens
from bot.actions.announcements.announcements import Facts
from bot.actions.announcements.screens import Standing
from bot.clock import Clock
from bot.delivery.calls import once
from bot.delivery.pace import Pace
from bot.delivery.screens import Place, Screens
from bot.people import People
from bot.programme.current import CurrentProgramme
from bot.rounds import ended, rounds
from bot.texts import Translators
from bot.views.announcements import announcements as views
from bot.views.announcements import screens as screen_views
from bot.views.screen import Screen
from bot.views.staff.way_back import found_in, led_back
from bot.who import Who
from storage import announcement_screens as records
from storage import participants
from storage.announcement_screens import ITSELF, LEFT, SEND, AnnouncementScreen
from storage.database import Database

log = logging.getLogger(__name__)

EVERY = 1.5  # seconds between two edits of counts in a chat: it takes about one message a second
LEAST = 0.1  # seconds between two looks: however much happens meanwhile, a chat takes no more edits than this


class Seen(NamedTuple):
    """What a screen depends on but for the counts of what is under way."""

    standing: Standing
    asks: str
    language: str
    version: int


class Due(NamedTuple):
    """What a message is to show; `changed`: more than counts is new."""

    at: AnnouncementScreen
    screen: Screen
    seen: Seen
    changed: bool

    @property
    def place(self) -> Place:
        return self.at.chat, self.at.message


class Progress:
    """Follows every announcement that a screen shows, and those under way, of a former run too.

    What has changed is shown at once in all chats; of counts alone each chat gets one edit in EVERY seconds, its
    screens in turns. A chat that Telegram holds up holds up no other.
    """

    def __init__(
        self,
        bot: Bot,
        db: Database,
        people: People,
        *,
        translators: Translators,
        current: CurrentProgramme,
        clock: Clock,
        pace: Pace,
        open_screens: Screens,
    ) -> None:
        self._bot = bot
        self._db = db
        self._people = people
        self._translators = translators
        self._current = current
        self._clock = clock
        self._pace = pace
        self._screens = open_screens
        self._wake = asyncio.Event()
        self._seen: dict[Place, Seen] = {}
        self._edited: dict[int, float] = {}  # when the chat had its latest edit, of the monotonic clock
        self._turns: dict[Place, float] = {}  # and the message
        self._rests: dict[int, float] = {}  # until when a chat gets no counts
        self._busy: dict[int, asyncio.Task[None]] = {}
        self._waiting: set[int] = set()  # busy chats for which there is more

    def wake(self) -> None:
        self._wake.set()

    async def run(self) -> None:
        try:
            await rounds(self._wake, self._look, "the progress of announcements", settle=LEAST)
        finally:
            await ended(self._busy.values())

    async def _look(self) -> float | None:
        for place in self._screens.noted():
            self._seen.pop(place, None)
        followed, standing = await self._db.read(screens.standing)
        self._screens.know(followed)
        under_way = {number for number, one in standing.items() if one.under_way}
        readers = await self._readers(followed)
        seen = {
            (one.chat, one.message): Seen(
                standing[one.announcement], one.asks, readers[one.chat].language, self._current.number
            )
            for one in followed
            if one.chat in readers
        }
        changed = {place for place, now in seen.items() if self._seen.get(place) != now}
        numbers = under_way | {one.announcement for one in followed if (one.chat, one.message) in changed}
        facts = await self._db.read(screens.facts_of, numbers, self._clock.seconds()) if numbers else {}
        self._seen = {place: was for place, was in self._seen.items() if place in seen}
        self._turns = {place: at for place, at in self._turns.items() if place in seen}
        due: dict[int, list[Due]] = defaultdict(list)
        for one in followed:
            place = one.chat, one.message
            if place in seen and one.announcement in numbers:
                screen = self._screen(one, readers[one.chat], seen[place], facts)
                shown = self._screens.shown.get(place)
                screen = screen and led_back(screen, found_in(shown))
                if screen is None or (shown is not None and shown.says_as(screen)):
                    self._seen[place] = seen[place]
                else:
                    due[one.chat].append(Due(one, screen, seen[place], place in changed))
        for chat, ones in due.items():
            self._bring(chat, ones)
        await self._finish(under_way - {one.at.announcement for ones in due.values() for one in ones}, facts)
        return EVERY if under_way or due else None

    async def _readers(self, followed: Iterable[AnnouncementScreen]) -> dict[int, Who]:
        """The organizers of these chats, but for those who have blocked the bot: once they are back, it goes on. For
        whoever is no organizer any more nothing is followed."""
        readers = {}
        for one in followed:
            who = await self._people.get(one.chat)
            if not who.organizer:
                await self._db.write(records.lift, one.chat, one.message)
            elif who.participant is None or who.participant.blocked_at is None:
                readers[one.chat] = who
        return readers

    def _screen(self, one: AnnouncementScreen, who: Who, now: Seen, facts: Mapping[int, Facts]) -> Screen | None:
        """What the message is to show; None when what it asks stands as it is."""
        t, found = self._translators[who.language], facts.get(one.announcement)
        if found is None:
            return screen_views.outcome(t, self._current.programme, None, who.id)
        shows = screens.shows_now(one, found)
        former = self._seen.get((one.chat, one.message))
        if shows == SEND and former is not None and former.standing != now.standing:
            shows = ITSELF  # what was asked about has changed since
        if shows == LEFT:
            return screen_views.left(t, one.announcement)
        return views.desk(t, self._current.programme, found, who.id) if shows == ITSELF else None

    def _bring(self, chat: int, due: list[Due]) -> None:
        """Show what has changed, or the counts of the screen whose turn it is."""
        now = time.monotonic()
        if chat in self._busy:
            self._waiting.add(chat)
            return
        if now < self._rests.get(chat, 0.0):
            return
        first = [one for one in due if one.changed][: max(1, self._pace.free(chat))]  # the newest first
        if not first:
            if now - self._edited.get(chat, 0.0) < EVERY * 0.9:
                return
            first = [min(due, key=lambda one: self._turns.get(one.place, 0.0))]
        self._busy[chat] = asyncio.create_task(self._show_all(chat, first))

    async def _show_all(self, chat: int, due: list[Due]) -> None:
        try:
            for one in due:
                await self._show(one)
        except TelegramRetryAfter as error:
            self._rests[chat] = time.monotonic() + self._pace.refused(chat, error.retry_after)
        except Exception as error:
            log.warning("a screen of announcement %s was not brought up to date: %s", due[0].at.announcement, error)
            self._rests[chat] = time.monotonic() + EVERY * 0.5
        finally:
            del self._busy[chat]
            if chat in self._waiting:
                self._waiting.discard(chat)
                self.wake()

    async def _show(self, due: Due) -> None:
        at, screen = due.at, due.screen
        await self._pace.tap(at.chat, edits=True)
        async with self._screens.one_at_a_time(due.place):
            if await self._db.read(records.get, *due.place) != at:
                return  # it shows something else by now
            try:
                await once(
                    self._bot,
                    EditMessageText(
                        chat_id=at.chat, message_id=at.message, text=screen.text, reply_markup=screen.keyboard
                    ),
                )
            except TelegramForbiddenError:
                if (await self._people.get(at.chat)).participant is None:
                    await self._db.write(records.lift, *due.place)  # nobody would know that they are back
                await self._db.write(participants.block, at.chat, self._clock.seconds())
                self._people.changed(at.chat)
                return
            except TelegramBadRequest as error:
                if "not modified" not in error.message:
                    log.info("a screen of announcement %s is gone: %s", at.announcement, error.message)
                    await self._db.write(records.lift, *due.place)
                    return
            self._edited[at.chat] = self._turns[due.place] = time.monotonic()
            self._seen[due.place] = due.seen
            self._screens.shown[due.place] = screen
            found = screen_views.shown_by(screen.keyboard)
            if found is None or at.asks == LEFT:
                await self._db.write(records.lift, *due.place)
            elif found[1] != at.asks:
                await self._db.write(records.turn, at, found[1])

    async def _finish(self, numbers: Iterable[int], facts: Mapping[int, Facts]) -> None:
        """Those that are over and whose screens all say so."""
        for number in numbers:
            found = facts.get(number)
            if found is not None and not any(tally.open for tally in found.tallies.values()):
                await self._db.write(announcements.finish, number, self._clock.seconds())
                self.wake()
