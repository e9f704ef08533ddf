"""Filters of ours. All are asynchronous: aiogram sends every other filter, F included, to a thread."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from aiogram.enums import ChatType
from aiogram.filters import Filter
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message

from bot.actions.became import Became
from bot.inbound.switchboard import Keyed, OfGroups
from bot.texts import LANGUAGES, Translators
from bot.views.buttons import forged

# Anybody can send any callback data; no number of ours is above it, and a database takes no larger ones.
LARGEST = 2**53


class Press(Filter, Keyed):
    """A press of a button with this callback data; the handler gets it as `press`."""

    def __init__(self, data: type[CallbackData], **wanted: Any) -> None:
        self.data = data
        self._prefix = data.__prefix__
        self._start = f"{data.__prefix__}{data.__separator__}"
        self.keys = frozenset((self._prefix,))
        self._wanted = wanted

    async def __call__(self, query: CallbackQuery) -> bool | dict[str, Any]:
        text = query.data
        # Most filters meet somebody else's press: the prefix says so without unpacking.
        if text is None or not (text.startswith(self._start) or text == self._prefix):
            return False
        try:
            press = self.data.unpack(text)
        except (TypeError, ValueError):
            return False
        if any(getattr(press, name) != value for name, value in self._wanted.items()):
            return False
        if any(isinstance(value, int) and abs(value) > LARGEST for value in vars(press).values()):
            return False
        if forged(press):
            return False  # it is as stale as any other that no version of ours has made
        return {"press": press}


def page_in(press: CallbackData | None) -> int:
    """The page that a press turns to; 0 when it only opens the list, or a message does."""
    page: int = getattr(press, "page", 0)
    return page


class Key(Filter, Keyed):
    """A key of the menu under the input field, in any language: an old keyboard still works."""

    def __init__(self, key: str) -> None:
        translators = Translators(ZoneInfo("UTC"))
        self.labels = frozenset(translators[language].plain(key) for language in LANGUAGES)
        self.keys = self.labels

    async def __call__(self, message: Message) -> bool:
        return message.text in self.labels


class Text(Filter):
    """A message of text that is not a command; the handler gets `text`."""

    async def __call__(self, message: Message) -> bool | dict[str, Any]:
        if message.text is None or message.text.startswith("/"):
            return False
        return {"text": message.text}


class WasTyped(Filter):
    """An edit of a message that has become this; the handler gets it as `became` (bot.middlewares.typed)."""

    def __init__(self, *kinds: type[Became]) -> None:
        self.kinds = kinds

    async def __call__(self, message: Message, became: Became | None = None) -> bool:
        return isinstance(became, self.kinds)


class InGroup(Filter, OfGroups):
    """A message of a group or channel, a press on one there, or the news of our standing in it."""

    only_in_groups = True

    async def __call__(self, event: Message | CallbackQuery | ChatMemberUpdated) -> bool:
        owner = event.message if isinstance(event, CallbackQuery) else event
        return owner is not None and owner.chat.type != ChatType.PRIVATE


class Migrated(Filter, OfGroups):
    """The last message of a group that has become a supergroup."""

    only_in_groups = True

    async def __call__(self, message: Message) -> bool:
        return message.migrate_to_chat_id is not None
