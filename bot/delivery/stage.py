"""Keeps the chairs' stages up to date: one message in each chair's chat, edited in place and without a sound."""

from __future__ import annotations

import asyncio
import logging

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError, TelegramBadRequest, TelegramForbiddenError

from bot.actions.moderation import stage as actions
from bot.clock import Clock
from bot.errors import NotAllowed, NotRegistered
from bot.people import People
from bot.programme.current import CurrentProgramme
from bot.rounds import rounds
from bot.texts import Translators
from bot.views.moderation import stage as views
from bot.views.screen import Screen
from storage import stages
from storage.database import Database
from storage.stages import StageMessage

log = logging.getLogger(__name__)

SETTLE = 0.3  # seconds: a press shows by itself what comes of it, and votes come in bunches
EVERY = 2.0  # seconds between two edits of a stage at the least; a chat takes about one message a second


class Stages:
    """Follows what is on every stage: votes, what was decided at the desk, the note, the minutes that are left.

    It edits by itself and enqueues nothing: a stage has no history, only the newest state counts, and
    a vote is not to leave a row for each chair. What could not be shown is tried again in the next round.
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
    ) -> None:
        self._bot = bot
        self._db = db
        self._people = people
        self._translators = translators
        self._current = current
        self._clock = clock
        self._wake = asyncio.Event()
        self._shown: dict[int, tuple[int, Screen]] = {}  # by chat: the message, and what it says

    def wake(self) -> None:
        """Something a stage shows may have changed, or time has moved."""
        self._wake.set()

    def shown(self, chat: int, message: int, screen: Screen) -> None:
        """Somebody's press has put a stage there."""
        self._shown[chat] = message, screen
        self.wake()

    async def run(self) -> None:
        await rounds(self._wake, self._look, "the stages", settle=SETTLE)

    async def _look(self) -> float | None:
        followed = await self._db.read(stages.every)
        # All at once: a chat that Telegram holds up must not hold up the others.
        edits = await asyncio.gather(*(self._follow(one) for one in followed))
        if any(edits):
            await asyncio.sleep(EVERY - SETTLE)
        return self._to_next_minute() if followed else None

    def _to_next_minute(self) -> float:
        """Seconds until the number of minutes that are left changes."""
        return 60.0 - self._clock.now().timestamp() % 60.0

    async def _follow(self, one: StageMessage) -> bool:
        """Bring one stage up to date. True when that took an edit."""
        who = await self._people.get(one.chat)
        try:
            facts = await self._db.read(actions.stage, who, one.session)
        except (NotAllowed, NotRegistered):  # their role has ended
            await self._leave(one)
            return False
        current, t = self._current, self._translators[who.language]
        screen = views.stage(t, current.programme, current.runs, facts, self._clock.now())
        if self._shown.get(one.chat) == (one.message, screen):
            return False
        try:
            await self._bot.edit_message_text(
                screen.text, chat_id=one.chat, message_id=one.message, reply_markup=screen.keyboard
            )
        except (TelegramBadRequest, TelegramForbiddenError) as error:
            if "message is not modified" not in error.message:
                await self._leave(one)  # they deleted it or blocked the bot
                return True
        except TelegramAPIError as error:
            log.warning("the stage of %s was not shown: %s", one.session, error)
            self.wake()
            return True
        self._shown[one.chat] = one.message, screen
        return True

    async def _leave(self, one: StageMessage) -> None:
        self._shown.pop(one.chat, None)
        await self._db.write(stages.lift, one.chat, one.message)
