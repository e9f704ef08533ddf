"""Around every call of the Bot API: what Telegram says of the pace is obeyed everywhere."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.exceptions import ClientDecodeError, TelegramRetryAfter, TelegramServerError
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType

from bot.delivery.pace import Pace

log = logging.getLogger(__name__)

LONGEST_WAIT = 30.0  # seconds an answer to a tap waits; after that it would come out of nowhere
COUNTED = ("send", "edit", "copy", "forward")  # the methods that Telegram's limits are about


class Courtesy(BaseRequestMiddleware):
    """An answer that meets a 429 pauses the outbox too, waits as told and is sent then."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        waited = 0.0
        if method.__api_method__.startswith(COUNTED):
            chat = getattr(method, "chat_id", None)
            self._pace.answered(chat if isinstance(chat, int) else None)
        while True:
            try:
                with readable(method):
                    return await make_request(bot, method)
            except TelegramRetryAfter as error:
                self._pace.pause(error.retry_after)
                waited += error.retry_after
                if waited > LONGEST_WAIT or method.__api_method__ == "getUpdates":
                    raise
                log.info("Telegram asks to wait %s s", error.retry_after)
                # One after the other: all that waited at once would be the next flood.
                await asyncio.sleep(self._pace.wait())


async def once(bot: Bot, method: TelegramMethod[TelegramType]) -> TelegramType:
    """One try, past Courtesy: for the outbox, which keeps the pace and repeats by itself."""
    with readable(method):
        return await bot.session.make_request(bot, method)


@contextmanager
def readable(method: TelegramMethod[Any]) -> Iterator[None]:
    """The error page of a server in front of Telegram's becomes a TelegramServerError: aiogram fails to read
    it before it looks at the status."""
    try:
        yield
    except ClientDecodeError as error:
        if not isinstance(error.data, str):
            raise  # JSON, but of a shape that aiogram does not know
        raise TelegramServerError(method, "the answer is not JSON") from error
