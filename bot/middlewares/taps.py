"""A second tap decides nothing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import CallbackQuery, TelegramObject

from bot.clock import Clock
from bot.context import context_of
from bot.middlewares.answers import Toast
from bot.taps import Taps
from bot.views.apart import cells_of

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


class TapsMiddleware(BaseMiddleware):
    """Around every handler of a press: one that decides something, and came before that could be seen, is only told so.
    One that repeats what is done already, and would do it again, changes nothing.

    `received` is when the update came (`Clock.steady`). Of the last run nothing is remembered, so its presses count.
    """

    def __init__(self, taps: Taps, clock: Clock) -> None:
        self._taps = taps
        self._clock = clock

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        if isinstance(event, CallbackQuery) and event.message is not None and event.data is not None:
            received: float = data.get("received", self._clock.steady())
            place = event.message.chat.id, event.message.message_id
            if self._taps.too_soon(*place, data=event.data, received=received):
                return Toast(context_of(data).t.plain("refusal.too_soon"))
            if self._taps.again(*place, event.data):
                return None
            self._taps.pressed(*place, event.data, cells_of(event))
        return await handler(event, data)
