"""What is typed instead of a key being pressed comes to the key's handler; an old keyboard gets its successor."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from aiogram import BaseMiddleware
from aiogram.enums import ChatType
from aiogram.exceptions import TelegramAPIError
from aiogram.types import Message, TelegramObject

from bot.context import context_of
from bot.views.people.menu import keyboard
from bot.views.people.menu_words import meant, of_old_keyboard

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


class MenuWordsMiddleware(BaseMiddleware):
    """Around the answers to a message, so that the new keyboard also follows a refusal."""

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        if not isinstance(event, Message) or event.text is None or event.chat.type != ChatType.PRIVATE:
            return await handler(event, data)
        ctx = context_of(data)
        text = meant(event.text, data.get("raw_state"), ctx.who)
        typed = event if text is None or text == event.text else event.model_copy(update={"text": text})
        result = await handler(typed, data)
        if of_old_keyboard(event.text) and data.get("unread") is None:
            with suppress(TelegramAPIError):
                await event.answer(ctx.t("menu.fewer"), reply_markup=keyboard(ctx.t, ctx.who))
        return result
