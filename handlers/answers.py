"""The last of a handler's five steps: showing the screen."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from typing import Any

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError, TelegramBadRequest, TelegramEntityTooLarge
from aiogram.methods import SendMessage, TelegramMethod
from aiogram.types import CallbackQuery, FSInputFile, Message, ReplyParameters
from aiogram.types.base import TelegramObject

from bot.context import Context
from bot.errors import Stale
from bot.views.apart import cells_of
from bot.views.screen import Screen
from bot.views.staff.way_back import WAY_BACK, led_back

log = logging.getLogger(__name__)


async def show(event: Message | CallbackQuery, screen: Screen) -> Message | None:
    """A new message to a message; to a press the message it belongs to is edited, so the chat stays short.

    A press on a message that can no longer be edited gets a new one instead of nothing. Where it was pressed nothing
    else that decides comes to stand.
    """
    if isinstance(event, Message):
        return await send(event, screen)
    message = event.message
    if isinstance(message, Message):
        screen = under_the_thumb(event, screen)
        if screen.photo is None and message.text is not None:
            try:
                await message.edit_text(screen.text, reply_markup=screen.keyboard)
            except TelegramBadRequest as error:
                if "message is not modified" in error.message:
                    return message
                if "message to edit not found" not in error.message and "can't be edited" not in error.message:
                    raise
            else:
                return message
        # A text cannot become a photo by editing, nor the other way round: the new one takes its place.
        sent = await send(message, screen)
        with suppress(TelegramAPIError):
            await message.delete()
        return sent
    return await send_to(event.bot, event.from_user.id, screen)


def under_the_thumb(query: CallbackQuery, screen: Screen) -> Screen:
    """The screen as it may take the place of the one that was pressed, with the way back to the board that it had."""
    back = (query.model_extra or {}).get(WAY_BACK)
    return led_back(screen, back if isinstance(back, dict) else None).apart(query.data or "", cells_of(query))


async def send(message: Message, screen: Screen) -> Message:
    sent = await send_to(message.bot, message.chat.id, screen)
    assert sent is not None
    return sent


async def send_to(bot: Bot | None, chat: int, screen: Screen) -> Message | None:
    assert bot is not None
    if screen.photo is not None:
        photo = screen.photo if isinstance(screen.photo, str) else FSInputFile(screen.photo)
        try:
            return await bot.send_photo(chat, photo, caption=screen.caption, reply_markup=screen.keyboard)
        except (TelegramBadRequest, TelegramEntityTooLarge) as error:
            # An address that is gone, a file that is not a picture: the words matter more.
            log.warning("the photo %s is left out: %s", screen.photo, error.message)
    return await bot(SendMessage(chat_id=chat, text=screen.text, reply_markup=screen.keyboard))


async def reply(bot: Bot | None, chat: int, screen: Screen, to: int) -> None:
    """A new message that quotes one of theirs: a press on it brings the words along, also after a restart."""
    assert bot is not None
    quoted = ReplyParameters(message_id=to, allow_sending_without_reply=True)
    await bot(SendMessage(chat_id=chat, text=screen.text, reply_markup=screen.keyboard, reply_parameters=quoted))


def need_quoted(query: CallbackQuery) -> Message:
    """The person's own text that the pressed message quotes; Stale when it is there no more."""
    quoted = need_message(query, "typed.lost").reply_to_message
    own = quoted is not None and quoted.from_user is not None and quoted.from_user.id == query.from_user.id
    if quoted is None or quoted.text is None or not own:
        raise Stale("typed.lost")
    return quoted


async def send_calls(message: Message, calls: Iterable[TelegramMethod[Any]]) -> None:
    """Messages that are calls already, such as an announcement's, in their order."""
    assert message.bot is not None
    for call in calls:
        await message.bot(call)


async def say_counted(message: Message, ctx: Context) -> None:
    """That an edit counts, where a form takes an edit of a message as it takes the message, which needs no word."""
    if message.edit_date is not None:
        await message.answer(ctx.t("edited.counted"))


def message_of(event: TelegramObject) -> Message | None:
    """The message a press belongs to, if it can still be written under."""
    if isinstance(event, Message):
        return event
    if isinstance(event, CallbackQuery) and isinstance(event.message, Message):
        return event.message
    return None


def need_message(query: CallbackQuery, gone: str = "refusal.stale") -> Message:
    """The message a press belongs to. Stale, with the text of that key, for one that Telegram no longer shows us."""
    message = message_of(query)
    if message is None:
        raise Stale(gone)
    return message


def only(key: str) -> Callable[[Message, Context], Awaitable[None]]:
    """A handler of what does not fit into a form that is open: it says, with the text of that key, what does."""

    async def answer(message: Message, ctx: Context) -> None:
        await message.answer(ctx.t(key))

    return answer


text_only = only("moderation.text_only")
