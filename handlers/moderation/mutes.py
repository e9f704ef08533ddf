"""Muting the author of a question, and who is muted."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.actions.moderation import mutes as actions
from bot.context import Context
from bot.middlewares.answers import Toast
from bot.views.moderation import mutes as views
from bot.views.moderation.buttons import AskUnmute, MutedPage, SetVoice
from handlers.answers import show
from handlers.filters import Press, page_in
from handlers.moderation.desk import pressed_card, put_menu


def register(routes: Router) -> None:
    routes.message.register(open_list, Command("muted"))
    routes.callback_query.register(open_list, Press(MutedPage))
    routes.callback_query.register(ask_unmute, Press(AskUnmute))
    routes.callback_query.register(set_voice, Press(SetVoice))


async def open_list(event: Message | CallbackQuery, ctx: Context, press: MutedPage | None = None) -> None:
    listed = await ctx.read(actions.listed)
    await show(event, views.muted(ctx.t, ctx.programme, listed, page_in(press)))


async def ask_unmute(query: CallbackQuery, press: AskUnmute, ctx: Context) -> Toast | None:
    one = next((one for one in await ctx.read(actions.listed) if one.question == press.number), None)
    if one is None:
        await open_list(query, ctx)
        return Toast(ctx.t.plain("mutes.done_unmute"))
    await show(query, views.unmute_sure(ctx.t, one))
    return None


async def set_voice(query: CallbackQuery, press: SetVoice, ctx: Context) -> Toast:
    act = actions.mute if press.muted else actions.unmute
    await ctx.write(act, press.number, pressed_card(query))
    if press.desk == views.LIST:
        await open_list(query, ctx)
    else:
        await put_menu(query, press.number, press.desk, ctx)
    return Toast(ctx.t.plain("mutes.done_mute" if press.muted else "mutes.done_unmute"))
