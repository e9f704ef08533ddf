"""Shows an organizer how far their announcement has come, in one message that is edited."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError

from bot.actions import announcements
from bot.people import People
from bot.texts import Translators
from bot.views.announcements import report
from storage.announcements import Announcement
from storage.database import Database
from storage.deliveries import CLAIMED, WAITING

log = logging.getLogger(__name__)

EVERY = 1.5  # seconds between two edits: a chat takes about one message a second


class Progress:
    """Follows every announcement under way, those of a former run too."""

    def __init__(self, bot: Bot, db: Database, people: People, translators: Translators) -> None:
        self._bot = bot
        self._db = db
        self._people = people
        self._translators = translators
        self._wake = asyncio.Event()
        self._shown: dict[int, str] = {}

    def wake(self) -> None:
        self._wake.set()

    async def run(self) -> None:
        while True:
            self._wake.clear()
            try:
                running = await self._db.read(announcements.running)
                for announcement, states in running:
                    await self._show(announcement, states)
            except Exception:
                log.exception("the progress of an announcement could not be shown")
                running = []
            if running:
                await asyncio.sleep(EVERY)
            else:
                await self._wake.wait()

    async def _show(self, announcement: Announcement, states: dict[str, int]) -> None:
        if not states.get(WAITING) and not states.get(CLAIMED):
            await self._db.write(announcements.finish, announcement.number)
            announcement, states = await self._db.read(announcements.report, announcement.number)
        if announcement.author is None or announcement.report_message is None:
            return
        who = await self._people.get(announcement.author)
        screen = report(self._translators[who.language], announcement, states)
        if self._shown.get(announcement.number) == screen.text:
            return
        self._shown[announcement.number] = screen.text
        with suppress(TelegramAPIError):
            await self._bot.edit_message_text(
                screen.text, chat_id=announcement.author, message_id=announcement.report_message
            )
