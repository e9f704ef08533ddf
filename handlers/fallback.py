"""What nothing else took: groups, stale buttons, unknown commands, pictures; and who blocked the bot."""

from __future__ import annotations

from aiogram import Router
from aiogram.enums import ChatMemberStatus, ChatType
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message

from bot.actions.people import participants as actions
from bot.context import Context
from bot.middlewares.answers import Toast
from bot.people import People
from handlers.filters import InGroup
from handlers.groups import in_group


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


async def in_silence(message: Message) -> None:
    """An edited message that was no question needs no answer."""


async def membership(update: ChatMemberUpdated, ctx: Context, people: People) -> None:
    """A person blocked the bot, or came back."""
    if update.chat.type != ChatType.PRIVATE or ctx.who.participant is None:
        return
    blocked = update.new_chat_member.status == ChatMemberStatus.KICKED
    await ctx.db.write(actions.blocked, ctx.who.id, blocked, ctx.seconds)
    people.changed(ctx.who.id)


async def unknown(message: Message, ctx: Context) -> None:
    if message.text is not None and message.text.startswith("/"):
        await message.answer(ctx.t("fallback.unknown_command"))
    elif message.content_type not in SERVICE:
        await message.answer(ctx.t("fallback.unknown_kind"))


async def stale(query: CallbackQuery, ctx: Context) -> Toast:
    """A button of last year, of no version of ours, or one of a private chat's that somebody sends from a group."""
    return Toast(ctx.t.plain("refusal.stale"), alert=True)


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
