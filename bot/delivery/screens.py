"""Notes which messages show an announcement, by the buttons of what is sent to an organizer's chat or edited there."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from weakref import WeakValueDictionary

from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.exceptions import TelegramBadRequest, TelegramNetworkError, TelegramRetryAfter, TelegramServerError
from aiogram.methods import DeleteMessage, DeleteMessages, EditMessageText, Response, SendMessage, TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.types import InlineKeyboardMarkup, Message

from bot.delivery.calls import EDITS, readable
from bot.texts import Html
from bot.views.announcements.screens import shown_by
from bot.views.screen import Screen
from storage import announcement_screens as screens
from storage.database import Database, DatabaseError

log = logging.getLogger(__name__)

LATELY = 200  # messages edited last: who presses a request before Telegram's answer to it has come, may have gone on

Place = tuple[int, int]
"""A chat and a message in it."""


class Screens(BaseRequestMiddleware):
    """Around every call of the bot that is made in answer to somebody.

    A message that is about to show something else is struck off before, so that nothing edits it back; while a call
    about one of these messages is on its way, no other is (`one_at_a_time`): Telegram may carry out two in any order.
    The database is asked for the chats of organizers only, which show, or have shown, an announcement.
    """

    def __init__(self, db: Database) -> None:
        self._db = db
        self._chats: set[int] = set()
        self._locks: WeakValueDictionary[Place, asyncio.Lock] = WeakValueDictionary()
        self._edited: dict[Place, None] = {}
        self.shown: dict[Place, Screen] = {}
        """What is known to stand in the messages that follow an announcement."""
        self._noted: set[Place] = set()

    async def start(self) -> None:
        """Before anything is handled: what stood open when the last run ended may be pressed at once."""
        self.know(await self._db.read(screens.every))

    def know(self, followed: Sequence[screens.AnnouncementScreen]) -> None:
        """All there are: what others have placed is looked at here, too."""
        self._chats |= {one.chat for one in followed}
        places = {(one.chat, one.message) for one in followed}
        self.shown = {place: look for place, look in self.shown.items() if place in places}

    def noted(self) -> set[Place]:
        """The messages in which a screen was shown since this was asked last: what it says was read a moment before."""
        found, self._noted = self._noted, set()
        return found

    def one_at_a_time(self, place: Place) -> asyncio.Lock:
        return self._locks.setdefault(place, asyncio.Lock())

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        chat = getattr(method, "chat_id", None)
        if not isinstance(chat, int) or chat < 0:
            return await make_request(bot, method)
        found = shown_by(getattr(method, "reply_markup", None))
        message = changed_by(method)
        if message is None or (found is None and chat not in self._chats):
            response = await make_request(bot, method)
            if found is not None and isinstance(response, Message):  # for aiogram, Response is what it results in
                await self._note(method, (chat, response.message_id), found)
            return response
        place = chat, message
        async with self.one_at_a_time(place):
            self._edited[place] = self._edited.pop(place, None)
            if len(self._edited) > LATELY:
                del self._edited[next(iter(self._edited))]
            former = await self._strike_off(place) if found is None else None
            try:
                with readable(method):
                    response = await make_request(bot, method)
            except (TelegramBadRequest, TelegramServerError, TelegramRetryAfter) as error:
                if found is not None and "not modified" in error.message:
                    await self._note(method, place, found)
                elif former is not None:
                    await self._place(place, former)  # nothing has changed there
                raise
            except TelegramNetworkError:
                if found is not None:
                    await self._place(place, found)  # it may have arrived, and is brought up to date anyway
                raise
            if found is not None:
                await self._note(method, place, found)
            return response

    def expect(self, chat: int) -> None:
        """A screen is about to be sent there by the outbox: whoever sees it may press before that has its answer."""
        self._chats.add(chat)

    async def sent(self, method: SendMessage, message: int) -> None:
        """The outbox, whose calls do not come by here, has sent this message."""
        place, found = (int(method.chat_id), message), shown_by(method.reply_markup)
        async with self.one_at_a_time(place):
            if found is not None and place not in self._edited:
                await self._note(method, place, found)

    async def _note(self, method: TelegramMethod[TelegramType], place: Place, found: tuple[int, str]) -> None:
        """The message shows this from now on."""
        if isinstance(method, SendMessage | EditMessageText) and method.text is not None:
            keyboard = method.reply_markup if isinstance(method.reply_markup, InlineKeyboardMarkup) else None
            self.shown[place] = Screen(Html(method.text), keyboard)
        await self._place(place, found)

    async def _place(self, place: Place, found: tuple[int, str]) -> None:
        self._chats.add(place[0])
        self._noted.add(place)
        try:
            await self._db.write(screens.place, *place, *found)
        except DatabaseError as error:
            log.warning("the screen of announcement %s will not be followed: %s", found[0], error)

    async def _strike_off(self, place: Place) -> tuple[int, str] | None:
        """What the message has shown, if that was an announcement."""
        self.shown.pop(place, None)
        try:
            former = await self._db.read(screens.get, *place)
            if former is None:
                return None
            await self._db.write(screens.lift, *place)
        except DatabaseError as error:
            log.warning("a screen that shows something else may be taken for an announcement's: %s", error)
            return None
        return former.announcement, former.asks


def changed_by(method: TelegramMethod[TelegramType]) -> int | None:
    """The message that stands somewhere already and is edited or deleted."""
    if isinstance(method, DeleteMessages):
        return method.message_ids[0] if len(method.message_ids) == 1 else None
    if isinstance(method, DeleteMessage) or method.__api_method__.startswith(EDITS):
        return getattr(method, "message_id", None)
    return None
