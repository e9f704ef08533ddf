"""Notifies a person of their messages that were not read."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.enums import ChatType
from aiogram.types import Message, TelegramObject

from bot.context import context_of

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


class UnreadMiddleware(BaseMiddleware):
    """A message that comes with a number `unread` is the first of so many that nobody reads (bot.inbound.unread).

    It goes to no handler; the notice stands under it. In a group nothing is said: there people talk to each other.
    """

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        unread: int | None = data.get("unread")
        if unread is None:
            return await handler(event, data)
        if isinstance(event, Message) and event.chat.type == ChatType.PRIVATE:
            under = event.as_reply_parameters(allow_sending_without_reply=True)  # they may have deleted it meanwhile
            await event.answer(context_of(data).t.n("unread.notice", unread), reply_parameters=under)
        return None
