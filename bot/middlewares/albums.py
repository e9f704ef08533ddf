"""Pictures that were sent together get one answer."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.dispatcher.flags import get_flag
from aiogram.enums import ChatType
from aiogram.types import Message, TelegramObject

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]

MOST = 10_000  # chats remembered


class AlbumsMiddleware(BaseMiddleware):
    """Around every handler of a message.

    Telegram sends each picture of an album by itself. The first is handled as any message is, and the others only by
    what takes whole albums (flag "album"). Nothing outlives a restart.
    """

    def __init__(self) -> None:
        self._last: OrderedDict[int, str] = OrderedDict()

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        album = event.media_group_id if isinstance(event, Message) else None
        if not isinstance(event, Message) or album is None or event.chat.type != ChatType.PRIVATE:
            return await handler(event, data)
        known = self._last.get(event.chat.id) == album
        self._last[event.chat.id] = album
        self._last.move_to_end(event.chat.id)
        if len(self._last) > MOST:
            self._last.popitem(last=False)
        return None if known and not get_flag(data, "album") else await handler(event, data)
