"""Leaving a half-typed form by doing something else."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.dispatcher.flags import get_flag
from aiogram.types import TelegramObject

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


class FormsMiddleware(BaseMiddleware):
    """A message that is handled by anything but a form's own handler (flag "form") closes the form:
    a menu key or a command is never taken for an answer, and the next word typed not for a question."""

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        if data.get("raw_state") is not None and not get_flag(data, "form"):
            await data["state"].clear()
        return await handler(event, data)
