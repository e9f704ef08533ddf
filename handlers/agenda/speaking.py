"""A speaker's own sessions."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.actions.agenda import speaking as actions
from bot.context import Context
from bot.views.agenda import speaking as views
from bot.views.agenda.buttons import SpeakingPage
from bot.views.buttons import Go
from handlers.answers import show
from handlers.filters import Press, page_in


def register(routes: Router) -> None:
    routes.callback_query.register(open_mine, Press(Go, where="speaking"))
    routes.callback_query.register(open_mine, Press(SpeakingPage))


async def open_mine(query: CallbackQuery, press: Go | SpeakingPage, ctx: Context) -> None:
    own = await ctx.read(actions.own, ctx.programme, page_in(press))
    await show(query, views.my_sessions(ctx.t, ctx.programme, ctx.runs, own, ctx.now))
