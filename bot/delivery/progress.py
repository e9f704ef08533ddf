"""Shows an organizer how far their announcement has come, in one message that is edited."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError, TelegramBadRequest, TelegramForbiddenError

from bot.actions import announcements
from bot.people import People
from bot.texts import Translators
from bot.views.announcements import report
from storage.announcements import Announcement
from storage.database import Database
from storage.deliveries import CLAIMED, WAITING

log = logging.getLogger(__name__)

EVERY = 1.5  # seconds between two edits of a report: a chat takes about one message a second


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
            with suppress(TimeoutError):
                async with asyncio.timeout(EVERY if running else None):
                    await self._wake.wait()

    async def _show(self, announcement: Announcement, states: dict[str, int]) -> None:
        over = not states.get(WAITING) and not states.get(CLAIMED)
        if await self._told(announcement, states) and over:
            await self._db.write(announcements.finish, announcement.number)
            self._shown.pop(announcement.number, None)

    async def _told(self, announcement: Announcement, states: dict[str, int]) -> bool:
        """Bring the report up to date. False: Telegram did not take it, and another try makes sense."""
        if announcement.author is None or announcement.report_message is None:
            return True
        who = await self._people.get(announcement.author)
        text = report(self._translators[who.language], announcement, states).text
        if self._shown.get(announcement.number) == text:
            return True
        try:
            await self._bot.edit_message_text(text, chat_id=announcement.author, message_id=announcement.report_message)
        except (TelegramBadRequest, TelegramForbiddenError):
            pass  # it says so already, or the organizer deleted it or blocked the bot
        except TelegramAPIError as error:
            log.warning("the report of announcement %s was not shown: %s", announcement.number, error)
            return False
        self._shown[announcement.number] = text
        return True
