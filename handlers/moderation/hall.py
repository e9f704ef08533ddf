"""The hall's screen: where it is, private or public."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.actions.moderation import hall as actions
from bot.context import Context
from bot.middlewares.answers import Toast
from bot.views.moderation import hall as views
from bot.views.moderation.buttons import HallPrivate, HallScreen
from handlers.answers import show
from handlers.filters import Press


def register(routes: Router) -> None:
    routes.callback_query.register(open_links, Press(HallScreen))
    routes.callback_query.register(set_private, Press(HallPrivate))


async def open_links(query: CallbackQuery, press: HallScreen, ctx: Context, web_address: str) -> None:
    links = await ctx.read(actions.links, ctx.programme, press.session)
    await show(query, views.links(ctx.t, ctx.programme, links, web_address, ctx.who.organizer))


async def set_private(query: CallbackQuery, press: HallPrivate, ctx: Context, web_address: str) -> Toast:
    await ctx.write(
        actions.set_private, ctx.programme, press.session, room=bool(press.room), private=bool(press.wanted)
    )
    await open_links(query, HallScreen(session=press.session), ctx, web_address)
    return Toast(ctx.t.plain("hall.now_private" if press.wanted else "hall.now_public"))
