"""Keeps the moderators' group as the desk needs it: its topics, and what Telegram refuses there."""

from __future__ import annotations

import asyncio
import logging

from aiogram import Bot
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramMigrateToChat,
)

from bot.actions import outgoing
from bot.actions.moderation import group as desk_group
from bot.actions.moderation.group import TOPICS, WRITE
from bot.actions.questions.desk_cards import replace_card
from bot.clock import Clock
from bot.programme.current import CurrentProgramme
from bot.rounds import rounds
from bot.texts import Translators
from bot.views.moderation.group import topic_name
from storage.database import Database
from storage.deliveries import DROPPED, FAILED, Delivery, Outcome
from storage.desk_groups import DeskGroup
from storage.leases import PutBack

log = logging.getLogger(__name__)

EVERY = 15.0  # seconds: how late a topic learns of its session's new title
# What Telegram says of the group itself, and not of the moment.
OF_THE_GROUP = (TelegramForbiddenError, TelegramBadRequest, TelegramMigrateToChat)
# In Telegram's descriptions: the topic is gone; nothing about it changed; the group has no topics any more;
# a right is missing, to manage topics or to write at all.
GONE = ("message thread not found", "TOPIC_DELETED", "TOPIC_ID_INVALID")
SAME = "TOPIC_NOT_MODIFIED"
NO_FORUM = ("the chat is not a forum", "CHAT_NOT_FORUM", "CHANNEL_FORUM_MISSING")
NO_TOPICS = ("not enough rights", "CHAT_ADMIN_REQUIRED")
NO_WRITING = ("not enough rights to send", "CHAT_WRITE_FORBIDDEN", "have no rights to send")


class DeskKeeper:
    """Makes a session's topic with its first question, names it as the programme does, and makes it again when
    it was deleted. What it sees is always the whole: after a crash or a pause nothing has to be remembered.
    """

    def __init__(
        self, bot: Bot, db: Database, translators: Translators, current: CurrentProgramme, clock: Clock
    ) -> None:
        self._bot = bot
        self._db = db
        self._translators = translators
        self._current = current
        self._clock = clock
        self._wake = asyncio.Event()

    def wake(self) -> None:
        """A topic may be to be made or named, or time has moved."""
        self._wake.set()

    async def run(self) -> None:
        await rounds(self._wake, self._look, "the desk's group")

    async def _look(self) -> float:
        try:
            await self._repair()
        except TelegramAPIError as error:
            log.warning("the topics of the desk's group are not as they should be: %s", error)
        return EVERY

    async def _repair(self) -> None:
        to_do = await self._db.read(desk_group.topics_to_do)
        if to_do is None:
            return
        group, wanting, topics = to_do
        t, programme = self._translators[group.language], self._current.programme
        for session in wanting:
            if not await self._make(group, session, topic_name(t, programme, session)):
                return
        for topic in topics:
            name = topic_name(t, programme, topic.session)
            if name != topic.name and not await self._name(group, topic.thread, name):
                return

    async def _make(self, group: DeskGroup, session: str, name: str) -> bool:
        """Make a topic, unless another instance does. False: the group is no longer what it was, and the next look
        begins again."""
        if not await self._db.write(desk_group.begin_topic, group, session, self._clock.seconds()):
            return True
        try:
            made = await self._bot.create_forum_topic(group.chat, name)
        except TelegramAPIError as error:
            await self._db.write(desk_group.topic_failed, group, session)
            if not isinstance(error, OF_THE_GROUP):
                raise
            await self._note(group.chat, error)
            return False
        await self._db.write(
            desk_group.topic_made,
            group,
            session=session,
            thread=made.message_thread_id,
            name=name,
            now=self._clock.seconds(),
        )
        return True

    async def _name(self, group: DeskGroup, thread: int, name: str) -> bool:
        """Name a topic; False as in `_make`."""
        try:
            await self._bot.edit_forum_topic(group.chat, thread, name=name)
        except OF_THE_GROUP as error:
            if SAME not in error.message:
                await self._note(group.chat, error, thread)
                return False
        await self._db.write(desk_group.topic_named, group.chat, thread, name)
        return True

    async def refused(self, delivery: Delivery, error: TelegramAPIError) -> Outcome | PutBack:
        """What happens to a message to a group that Telegram refused. Put back it waits for the group's new id."""
        message = outgoing.of(delivery.kind, delivery.thing)
        thread = message.thread if isinstance(message, outgoing.DeskCard) else 0
        known = await self._note(delivery.recipient, error, thread)
        if isinstance(error, TelegramMigrateToChat):
            return PutBack(delivery.id)
        return Outcome(delivery.id, DROPPED if known else FAILED, error=error.message)

    async def card_gone(self, chat: int, message: int) -> None:
        """A card was to be edited and is not there any more."""
        await self._db.write(replace_card, chat, message=message, now=self._clock.seconds())

    async def _note(self, chat: int, error: TelegramAPIError, thread: int = 0) -> bool:
        """Draw the conclusion from a refusal. False when there is none and it is only logged."""
        now, words = self._clock.seconds(), error.message
        if isinstance(error, TelegramMigrateToChat):
            await self._db.write(desk_group.moved, chat, chat=error.migrate_to_chat_id, now=now)
        elif isinstance(error, TelegramForbiddenError) or "chat not found" in words:
            await self._db.write(desk_group.removed, chat, now)
        elif thread and any(sign in words for sign in GONE):
            await self._db.write(desk_group.topic_gone, chat, thread)
        elif any(sign in words for sign in NO_FORUM):
            await self._db.write(desk_group.standing, chat, "", False, now)
        elif any(sign in words for sign in NO_WRITING):
            await self._db.write(desk_group.standing, chat, WRITE, bool(thread), now)
        elif any(sign in words for sign in NO_TOPICS):
            await self._db.write(desk_group.standing, chat, TOPICS, True, now)
        else:
            log.warning("the desk's group refuses: %s", words)
            return False
        return True
