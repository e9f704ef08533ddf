"""Asks Telegram for updates and confirms them only when they are stored."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from typing import Any

from aiogram import Bot
from aiogram.exceptions import (
    AiogramError,
    TelegramConflictError,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.methods import TelegramMethod

from bot.inbound.inbox import Inbox

log = logging.getLogger(__name__)

# What the bot reads. Named, since an empty list would leave the former setting (Bot API, getUpdates).
ALLOWED_UPDATES = ["message", "edited_message", "callback_query", "my_chat_member"]
LONG_POLL = 25  # seconds; Telegram caps it at 50
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0  # seconds between tries while Telegram does not answer


class GetRawUpdates(TelegramMethod[list[dict[str, Any]]]):
    """getUpdates without aiogram's decoding: one malformed update would fail the whole batch (aiogram #1840)."""

    __returning__ = list[dict[str, Any]]
    __api_method__ = "getUpdates"

    offset: int | None = None
    limit: int = 100
    timeout: int = LONG_POLL
    allowed_updates: list[str] = ALLOWED_UPDATES


class Poller:
    """The long-polling loop. `first_poll` is set when the first request has gone out."""

    def __init__(self, bot: Bot, inbox: Inbox) -> None:
        self._bot = bot
        self._inbox = inbox
        self.first_poll = asyncio.Event()

    async def run(self) -> None:
        """Poll until cancelled. To cancel is safe at any moment: what is not stored is not confirmed.

        Raises TelegramUnauthorizedError: a wrong token does not get better by waiting.
        """
        offset: int | None = None
        pause = FIRST_PAUSE
        while True:
            await self._inbox.calm()
            method = GetRawUpdates(offset=offset)
            self.first_poll.set()
            try:
                batch = await self._bot(method, request_timeout=LONG_POLL + 15)
            except TelegramUnauthorizedError:
                raise
            except TelegramRetryAfter as error:
                await asyncio.sleep(error.retry_after)
                continue
            except AiogramError as error:
                if not isinstance(error, TelegramConflictError):
                    log.warning("Telegram does not answer (%s); trying again in %.0f s", said(error), pause)
                elif "webhook" in error.message:
                    await self._take_over()
                else:
                    log.error("another program polls with this token; trying again in %.0f s", pause)
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
                continue
            pause = FIRST_PAUSE
            if batch:
                await self._inbox.take_in(batch)
                offset = max(update["update_id"] for update in batch) + 1

    async def _take_over(self) -> None:
        """A webhook that was set for this token earlier keeps the updates away; none of them is dropped."""
        log.warning("a webhook was set for this token; it is removed, since this bot polls")
        with suppress(AiogramError):
            await self._bot.delete_webhook()


def said(error: AiogramError) -> str:
    """What went wrong, in a line."""
    return getattr(error, "message", type(error).__name__)
