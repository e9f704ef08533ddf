"""Around every call of the Bot API: it waits for its turn, and what Telegram says of the pace is obeyed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.exceptions import ClientDecodeError, TelegramRetryAfter, TelegramServerError
from aiogram.methods import CopyMessages, ForwardMessages, Response, SendMediaGroup, TelegramMethod
from aiogram.methods.base import TelegramType

from bot.delivery.pace import Pace

log = logging.getLogger(__name__)

LONGEST_WAIT = 30.0  # seconds an answer to a tap waits; after that it would come out of nowhere
# How the methods begin that Telegram counts. Of deletions, of answers to presses and of all others no limit is known.
MESSAGES, EDITS = ("send", "copy", "forward"), "edit"
UNCOUNTED = ("sendChatAction",)


class Courtesy(BaseRequestMiddleware):
    """An answer waits for its chat's turn. What meets a 429 nevertheless waits as long as it says and is sent then.

    Every call of the bot comes by here but those of the outbox, which waits for its turns before it writes its
    messages (`once`). What a 429 means for the others is the pace's to know. One of a call that is about no chat,
    e.g. of a command list set too often, means nothing for them.
    """

    def __init__(self, pace: Pace) -> None:
        self._pace = pace

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        chat = chat_of(method)
        if (messages := counted(method)) > 0:
            await self._pace.tap(chat, messages, edits=method.__api_method__.startswith(EDITS))
        waited = 0.0
        while True:
            try:
                with readable(method):
                    return await make_request(bot, method)
            except TelegramRetryAfter as error:
                wait = float(error.retry_after) if chat is None else self._pace.refused(chat, error.retry_after)
                waited += error.retry_after
                if waited > LONGEST_WAIT or method.__api_method__ == "getUpdates":
                    raise
                log.info("Telegram asks to wait %s s", error.retry_after)
                await asyncio.sleep(wait)


def counted(method: TelegramMethod[Any]) -> int:
    """How many messages Telegram counts for the call: an album is as many as it holds."""
    name = method.__api_method__
    if not name.startswith((*MESSAGES, EDITS)) or name in UNCOUNTED:
        return 0
    if isinstance(method, SendMediaGroup):
        return len(method.media)
    if isinstance(method, CopyMessages | ForwardMessages):
        return len(method.message_ids)
    return 1


def chat_of(method: TelegramMethod[Any]) -> int | None:
    chat = getattr(method, "chat_id", None)
    return chat if isinstance(chat, int) else None


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
