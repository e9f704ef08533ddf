"""What a board opens leads back to it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import CallbackQuery, TelegramObject

from bot.context import context_of
from bot.views.staff.way_back import WAY_BACK, way_back

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


class WayBackMiddleware(BaseMiddleware):
    """Around every handler of a press: on a board, or on a screen with the way back to it, the press gets the button
    that the next screen is to have (handlers.answers.show)."""

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        extra = event.model_extra if isinstance(event, CallbackQuery) else None
        if extra is not None and extra.get(WAY_BACK):
            extra[WAY_BACK] = way_back(context_of(data).t)
        return await handler(event, data)
