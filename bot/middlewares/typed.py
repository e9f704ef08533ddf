"""Remembers what a typed message became, and finds it again when that very message is edited."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.enums import ChatType
from aiogram.types import Message, TelegramObject

from bot.actions import became as actions
from bot.actions.became import Became
from bot.context import context_of
from bot.errors import Refusal
from storage import typed_messages

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


class TypedMiddleware(BaseMiddleware):
    """Around messages and edits of messages.

    What a handler of a message returns as a Became is remembered with the message. An edit comes to its handler with
    that as `became` (handlers.filters.WasTyped), once: Telegram also reports edits that change nothing a reader sees,
    as when a link gets its preview, and the same one twice.
    """

    def __init__(self, *, edits: bool) -> None:
        self._edits = edits

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        if not isinstance(event, Message) or event.chat.type != ChatType.PRIVATE:
            return await handler(event, data)
        if self._edits:
            return await self._edited(handler, event, data)
        result = await handler(event, data)
        if isinstance(result, Became):
            await remember(event, result, data)
        return result

    async def _edited(self, handler: Handler, event: Message, data: dict[str, Any]) -> Any:
        ctx = context_of(data)
        typed = await ctx.db.read(typed_messages.get, ctx.who.id, event.message_id)
        if typed is None:
            return await handler(event, data)
        seen = fingerprint(event)
        data["became"] = actions.of(typed.kind, typed.thing)
        if seen == typed.seen or data["became"] is None:
            return None
        try:
            result = await handler(event, data)
        except Refusal:
            await ctx.db.write(typed_messages.see, ctx.who.id, event.message_id, seen)
            raise
        if isinstance(result, Became):
            await remember(event, result, data)
        else:
            await ctx.db.write(typed_messages.see, ctx.who.id, event.message_id, seen)
        return result


async def remember(message: Message, became: Became, data: dict[str, Any]) -> None:
    ctx = context_of(data)
    await ctx.db.write(
        actions.remember, ctx.who.id, message.message_id, became, seen=fingerprint(message), now=ctx.seconds
    )


def fingerprint(message: Message) -> str:
    """Tells what a message says from anything else it could say: its words with their formatting, and its file."""
    return hashlib.sha256(repr((message.html_text, lasting_name(message))).encode()).hexdigest()[:16]


def lasting_name(message: Message) -> str:
    """Telegram's name of the message's file, which is the same whenever it comes; "" without one."""
    files = (message.photo[-1] if message.photo else None, message.video, message.audio, message.voice)
    return next((one.file_unique_id for one in (*files, message.document) if one is not None), "")
