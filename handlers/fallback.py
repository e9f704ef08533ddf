"""What nothing else took: groups, stale buttons, unknown commands, pictures; and who blocked the bot."""

from __future__ import annotations

import datetime as dt

from aiogram import Router
from aiogram.enums import ChatMemberStatus, ChatType
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message

from bot.actions.people import participants as actions
from bot.delivery.pace import Pace
from bot.middlewares.answers import Toast
from bot.people import People
from bot.texts import Translator
from bot.who import Who
from handlers.filters import InGroup
from storage.database import Database

FOR_THE_DESK = 15  # of the messages a group takes in a minute, which are twenty


def register_groups(routes: Router) -> None:
    """Stands first: nothing of a group may reach the handlers of a private chat."""
    routes.message.register(in_group, InGroup())
    routes.edited_message.register(in_silence, InGroup())
    routes.callback_query.register(stale, InGroup())
    routes.my_chat_member.register(membership)


def register(routes: Router) -> None:
    """Stands last."""
    routes.message.register(unknown)
    routes.edited_message.register(in_silence)
    routes.callback_query.register(stale)


async def in_group(message: Message, t: Translator, username: str, pace: Pace) -> None:
    """Politely points a command to the private chat; says nothing to anything else, nor to whoever commands on and
    on: a group takes few messages a minute, and they are for the desk's cards."""
    command = (message.text or "").split(maxsplit=1)[0] if message.text else ""
    ours = command.startswith("/") and (command.endswith(f"@{username}") or command == "/start")
    if ours and pace.room(message.chat.id) > FOR_THE_DESK:
        await message.reply(t("fallback.group", link=f"https://t.me/{username}"))


async def in_silence(message: Message) -> None:
    """An edited message that was no question needs no answer."""


async def membership(update: ChatMemberUpdated, who: Who, db: Database, people: People, now: dt.datetime) -> None:
    """A person blocked the bot, or came back."""
    if update.chat.type != ChatType.PRIVATE or who.participant is None:
        return
    blocked = update.new_chat_member.status == ChatMemberStatus.KICKED
    await db.write(actions.blocked, who.id, blocked, int(now.timestamp()))
    people.changed(who.id)


async def unknown(message: Message, t: Translator) -> None:
    if message.text is not None and message.text.startswith("/"):
        await message.answer(t("fallback.unknown_command"))
    elif message.content_type not in SERVICE:
        await message.answer(t("fallback.unknown_kind"))


async def stale(query: CallbackQuery, t: Translator) -> Toast:
    """A button of last year, of no version of ours, or one of a private chat's that somebody sends from a group."""
    return Toast(t.plain("refusal.stale"), alert=True)


# What Telegram itself writes into a chat: nobody waits for an answer to it.
SERVICE = frozenset(
    (
        "pinned_message",
        "message_auto_delete_timer_changed",
        "chat_background_set",
        "write_access_allowed",
        "boost_added",
    )
)
