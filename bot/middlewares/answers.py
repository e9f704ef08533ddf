"""Every press gets its answer, every refusal its words, every failure an id: in one place."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from aiogram import BaseMiddleware
from aiogram.exceptions import TelegramAPIError
from aiogram.types import CallbackQuery, Message, TelegramObject

from bot.errors import NotRegistered, Refusal
from bot.texts import Translator
from bot.views.participants import greeting
from bot.views.screen import TOAST_LIMIT, shorten

log = logging.getLogger(__name__)

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


@dataclass(frozen=True, slots=True)
class Toast:
    """What a handler of a press returns when there is something to say in passing."""

    text: str
    alert: bool = False


class AnswersMiddleware(BaseMiddleware):
    """Around every handler of a message or a press.

    A press is answered exactly once, with the Toast its handler returned or with nothing, so no button
    spins; too old a press is nobody's fault and leaves no trace.
    """

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        toast: Toast | None = None
        try:
            result = await handler(event, data)
            if isinstance(event, CallbackQuery) and isinstance(result, Toast):
                toast = result
        except NotRegistered as refusal:
            await self._invite(event, refusal, data)
        except Refusal as refusal:
            t: Translator = data["t"]
            toast = Toast(t.plain(refusal.key, **refusal.fields), alert=True)
            if isinstance(event, Message):
                await event.answer(t(refusal.key, **refusal.fields))
        except TelegramAPIError as error:
            # The person's side of the wire: they blocked the bot meanwhile, or Telegram is out of reach.
            log.warning("an answer did not reach the person: %s", error)
        except Exception:
            failure = secrets.token_hex(4)
            log.exception("failure %s", failure)
            toast = Toast(data["t"].plain("refusal.failure", id=failure), alert=True)
            if isinstance(event, Message):
                with suppress(TelegramAPIError):
                    await event.answer(data["t"]("refusal.failure", id=failure))
        if isinstance(event, CallbackQuery):
            await self._answer(event, toast)
        return None

    async def _answer(self, press: CallbackQuery, toast: Toast | None) -> None:
        with suppress(TelegramAPIError):
            if toast is None:
                await press.answer()
            else:
                await press.answer(shorten(toast.text, TOAST_LIMIT), show_alert=toast.alert)

    async def _invite(self, event: TelegramObject, refusal: NotRegistered, data: dict[str, Any]) -> None:
        """Who may not do it yet for want of a registration is offered one, and comes back afterwards."""
        screen = greeting(data["t"], data["programme"], refusal.then)
        message = event.message if isinstance(event, CallbackQuery) else event
        if isinstance(message, Message):
            await message.answer(screen.text, reply_markup=screen.keyboard)
