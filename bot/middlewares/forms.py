"""Leaving a half-typed form by doing something else."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.dispatcher.flags import get_flag
from aiogram.fsm.context import FSMContext
from aiogram.types import TelegramObject

from bot.errors import NotAllowed, NotRegistered, Stale

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


class FormsMiddleware(BaseMiddleware):
    """A message that is handled by anything but a form's own handler (flag "form", set by handlers.forms.InForm) closes
    the form: a menu key or a command is never taken for an answer, and the next word typed not for a question.

    Where a deep link leads after the registration is kept: it is begun again with /start. A form whose end is
    refused for good (the session is over, the role was revoked) closes too; bad input leaves it open.
    """

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        if data.get("raw_state") is not None and not get_flag(data, "form"):
            state: FSMContext = data["state"]
            form = await state.get_data()
            await state.set_state(None)
            await state.set_data({"then": form["then"]} if form.get("then") else {})
        try:
            return await handler(event, data)
        except (NotAllowed, NotRegistered, Stale):
            if data.get("raw_state") is not None:
                await data["state"].clear()
            raise
