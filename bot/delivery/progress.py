"""Shows an organizer how far their announcement has come, in one message that is edited."""

from __future__ import annotations

import asyncio
import logging

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError, TelegramBadRequest, TelegramForbiddenError

from bot.actions.announcements import announcements
from bot.actions.announcements.announcements import Facts
from bot.clock import Clock
from bot.people import People
from bot.rounds import rounds
from bot.texts import Translators
from bot.views.announcements.announcements import report
from storage.database import Database

log = logging.getLogger(__name__)

EVERY = 1.5  # seconds between two edits of a report: a chat takes about one message a second
LEAST = 0.1  # seconds between two looks: however much happens meanwhile, a chat takes no more edits than this


class Progress:
    """Follows every announcement under way and every repair of one, those of a former run too."""

    def __init__(self, bot: Bot, db: Database, people: People, translators: Translators, clock: Clock) -> None:
        self._bot = bot
        self._db = db
        self._people = people
        self._translators = translators
        self._clock = clock
        self._wake = asyncio.Event()
        self._shown: dict[int, object] = {}

    def wake(self) -> None:
        self._wake.set()

    async def run(self) -> None:
        await rounds(self._wake, self._look, "the progress of announcements", settle=LEAST)

    async def _look(self) -> float | None:
        running = await self._db.read(announcements.running, self._clock.seconds())
        for facts in running:
            await self._show(facts)
        return EVERY if running else None

    async def _show(self, facts: Facts) -> None:
        number = facts.announcement.number
        over = not any(tally.open for tally in facts.tallies.values())
        if await self._told(facts) and over:
            await self._db.write(announcements.finish, number, self._clock.seconds())
            self._shown.pop(number, None)

    async def _told(self, facts: Facts) -> bool:
        """Bring the report up to date. False: Telegram did not take it, and another try makes sense."""
        announcement = facts.announcement
        chat, message = announcement.report_chat, announcement.report_message
        if chat is None or message is None:
            return True
        who = await self._people.get(chat)
        screen = report(self._translators[who.language], facts)
        shown = (chat, message, screen.text, announcement.state)
        if self._shown.get(announcement.number) == shown:
            return True
        try:
            await self._bot.edit_message_text(
                screen.text, chat_id=chat, message_id=message, reply_markup=screen.keyboard
            )
        except (TelegramBadRequest, TelegramForbiddenError):
            pass  # it says so already, or the organizer deleted it or blocked the bot
        except TelegramAPIError as error:
            log.warning("the report of announcement %s was not shown: %s", announcement.number, error)
            return False
        self._shown[announcement.number] = shown
        return True
