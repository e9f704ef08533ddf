"""Gives every handler its Context, by the name `ctx`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.enums import ChatType
from aiogram.types import Chat, TelegramObject, Update, User

from bot.clock import Clock
from bot.context import Context
from bot.people import People
from bot.programme.current import CurrentProgramme
from bot.texts import Translators
from storage.database import Database

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


class ContextMiddleware(BaseMiddleware):
    """On every update, after aiogram has found out the user. Nothing here waits for a database or a network,
    but for a person's first update after a start."""

    def __init__(
        self, db: Database, people: People, translators: Translators, current: CurrentProgramme, clock: Clock
    ) -> None:
        self._db = db
        self._people = people
        self._translators = translators
        self._current = current
        self._clock = clock

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        user: User | None = data.get("event_from_user")
        if user is None:
            return None  # nothing the bot subscribes to comes from nobody
        who = await self._people.who(user)
        if who.participant is not None and who.participant.blocked_at is not None and writes_to_the_bot(event, data):
            who = await self._people.is_back(who, self._clock.seconds())
        words, now = self._translators[who.language], self._clock.now()
        data["ctx"] = Context(who, words, now, self._current.programme, self._current.runs, self._db)
        return await handler(event, data)


def writes_to_the_bot(event: TelegramObject, data: dict[str, Any]) -> bool:
    """Whether the person did something in their own chat with the bot.

    A word in a group says nothing about that chat, and my_chat_member may just be the news of a block.
    """
    chat: Chat | None = data.get("event_chat")
    news = isinstance(event, Update) and event.my_chat_member is not None
    return chat is not None and chat.type == ChatType.PRIVATE and not news
