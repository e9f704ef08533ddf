"""The order of a session's questions."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.actions.moderation import sorting as actions
from bot.context import Context
from bot.middlewares.answers import Toast
from bot.programme.lookup import need_known
from bot.views.moderation import sorting as views
from bot.views.moderation.buttons import Sort, Sortings
from handlers.answers import show
from handlers.filters import Press


def register(routes: Router) -> None:
    routes.callback_query.register(open_sortings, Press(Sortings))
    routes.callback_query.register(sort, Press(Sort))


async def open_sortings(query: CallbackQuery, press: Sortings, ctx: Context) -> None:
    session = need_known(ctx.programme, press.session)
    await show(query, views.choose(ctx.t, session, await ctx.read(actions.of, press.session)))


async def sort(query: CallbackQuery, press: Sort, ctx: Context) -> Toast:
    session = need_known(ctx.programme, press.session)
    sorting = await ctx.db.write(actions.choose, ctx.who, press.session, press.sorting)
    await show(query, views.choose(ctx.t, session, sorting))
    return Toast(ctx.t.plain("sorting.done"))
