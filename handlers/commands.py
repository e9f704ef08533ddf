"""Telegram's own command menu: per language for everybody, per chat for staff and for whoever chose a language."""

from __future__ import annotations

import logging

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError
from aiogram.types import BotCommandScopeAllPrivateChats, BotCommandScopeChat

from bot.texts import LANGUAGES, Translator, Translators
from bot.views.people import menu
from bot.who import Who

log = logging.getLogger(__name__)


async def set_commands(bot: Bot | None, who: Who, t: Translator) -> None:
    """The person's own menu. Without it they still have everybody's, so a failure is only noted."""
    assert bot is not None
    try:
        await bot.set_my_commands(menu.commands(t, who), scope=BotCommandScopeChat(chat_id=who.id))
    except TelegramAPIError as error:
        log.warning("a person's command menu was not set: %s", error)


async def forget_commands(bot: Bot | None, person: int) -> None:
    """Back to everybody's menu."""
    assert bot is not None
    try:
        await bot.delete_my_commands(scope=BotCommandScopeChat(chat_id=person))
    except TelegramAPIError as error:
        log.warning("a person's command menu was not taken away: %s", error)


async def introduce(bot: Bot, translators: Translators) -> None:
    """What Telegram shows of the bot before and beside the chat, in each language; run once a start."""
    try:
        for language in ("", *LANGUAGES):
            # "" is for all other languages; a Russian text serves more of this forum's guests than any other.
            t = translators[language or "ru"]
            code = language or None
            await bot.set_my_commands(menu.commands(t), scope=BotCommandScopeAllPrivateChats(), language_code=code)
            await bot.set_my_description(t.plain("bot.description"), language_code=code)
            await bot.set_my_short_description(t.plain("bot.short_description"), language_code=code)
    except TelegramAPIError as error:
        log.warning("the bot's own description was not set: %s", error)
