"""Muting the author of a question, and who is muted."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.actions.moderation import mutes as actions
from bot.context import Context
from bot.middlewares.answers import Toast
from bot.views.moderation import mutes as views
from bot.views.moderation.buttons import AskUnmute, AskUnmuteHere, MutedPage, SetVoice, SetVoiceHere
from handlers.answers import show
from handlers.filters import Press, page_in
from handlers.moderation.desk import pressed_card, put_menu


def register(routes: Router) -> None:
    routes.message.register(open_list, Command("muted"))
    routes.callback_query.register(open_list, Press(MutedPage))
    routes.callback_query.register(ask_unmute, Press(AskUnmute))
    routes.callback_query.register(ask_unmute, Press(AskUnmuteHere))
    routes.callback_query.register(set_voice, Press(SetVoice))
    routes.callback_query.register(set_voice, Press(SetVoiceHere))


async def open_list(event: Message | CallbackQuery, ctx: Context, press: MutedPage | None = None) -> None:
    listed = await ctx.read(actions.listed)
    await show(event, views.muted(ctx.t, ctx.programme, listed, page_in(press), ctx.who))


async def ask_unmute(query: CallbackQuery, press: AskUnmute | AskUnmuteHere, ctx: Context) -> Toast | None:
    one = await ctx.read(actions.listed_one, press.number, here=isinstance(press, AskUnmuteHere))
    if one is None:
        await open_list(query, ctx)
        here = isinstance(press, AskUnmuteHere) or not ctx.who.moderates_everywhere
        return Toast(ctx.t.plain("mutes.done_unmute_here" if here else "mutes.done_unmute"))
    await show(query, views.unmute_sure(ctx.t, ctx.programme, one, ctx.who))
    return None


async def set_voice(query: CallbackQuery, press: SetVoice | SetVoiceHere, ctx: Context) -> Toast:
    at = pressed_card(query)
    if press.muted:
        scope = await ctx.write(actions.mute, press.number, at)
    else:
        scope = await ctx.write(actions.unmute, press.number, at, here=isinstance(press, SetVoiceHere))
    if press.desk == views.LIST:
        await open_list(query, ctx)
    else:
        await put_menu(query, press.number, press.desk, ctx)
    return said(ctx, bool(press.muted), scope)


def said(ctx: Context, muted: bool, scope: str) -> Toast:
    """What holds now, and where."""
    if muted:
        return Toast(ctx.t.plain("mutes.done_mute_here" if scope else "mutes.done_mute"))
    return Toast(ctx.t.plain("mutes.done_unmute_here" if scope else "mutes.done_unmute"))
