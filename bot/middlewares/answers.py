"""Every press gets its answer, every refusal its words, every failure an id: in one place."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from aiogram import BaseMiddleware
from aiogram.exceptions import TelegramAPIError, TelegramBadRequest
from aiogram.types import CallbackQuery, Message, TelegramObject

from bot.context import context_of
from bot.errors import NotRegistered, Refusal
from bot.texts import Translator
from bot.views.people.participants import door
from bot.views.screen import TOAST_LIMIT, shorten

log = logging.getLogger(__name__)

# In Telegram's descriptions of what is gone, or already as it is wanted.
HARMLESS = ("not found", "not modified", "can't be edited", "can't be deleted", "too old")

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
            toast = await self._invite(event, refusal, data)
        except Refusal as refusal:
            t = context_of(data).t
            toast = Toast(t.plain(refusal.key, **refusal.fields), alert=True)
            if isinstance(event, Message):
                await event.answer(t(refusal.key, **refusal.fields))
        except Exception as error:
            if isinstance(error, TelegramAPIError) and not of_our_making(error):
                log.warning("an answer did not reach the person: %s", error)
            else:
                toast = await self._fail(event, context_of(data).t)
        if isinstance(event, CallbackQuery):
            await self._answer(event, toast)
        return None

    async def _fail(self, event: TelegramObject, t: Translator) -> Toast:
        """Write the exception at hand down under an id, and give the id to the person."""
        failure = secrets.token_hex(4)
        log.exception("failure %s", failure)
        if isinstance(event, Message):
            with suppress(TelegramAPIError):
                await event.answer(t("refusal.failure", id=failure))
        return Toast(t.plain("refusal.failure", id=failure), alert=True)

    async def _answer(self, press: CallbackQuery, toast: Toast | None) -> None:
        with suppress(TelegramAPIError):
            if toast is None:
                await press.answer()
            else:
                await press.answer(shorten(toast.text, TOAST_LIMIT), show_alert=toast.alert)

    async def _invite(self, event: TelegramObject, refusal: NotRegistered, data: dict[str, Any]) -> Toast | None:
        """Offer a registration to whoever needs one, and say for what; they come back afterwards."""
        ctx = context_of(data)
        screen = door(ctx.t, ctx.programme, ctx.who, refusal.then)
        message = event.message if isinstance(event, CallbackQuery) else event
        if isinstance(message, Message):
            await message.answer(screen.text, reply_markup=screen.keyboard)
            return None
        return Toast(ctx.t.plain(refusal.key), alert=True)


def of_our_making(error: TelegramAPIError) -> bool:
    """Whether Telegram refused what we wrote, e.g. bad HTML. All else is the person's side of the wire: they
    blocked the bot, deleted the message or pressed twice, or Telegram is out of reach."""
    return isinstance(error, TelegramBadRequest) and not any(sign in error.message for sign in HARMLESS)
