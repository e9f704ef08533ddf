"""Taking a question, leaving it, taking it over; and what else a card offers."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.actions.moderation import claims as actions
from bot.context import Context
from bot.middlewares.answers import Toast
from bot.views.moderation import claims as views
from bot.views.moderation.buttons import More, Work
from handlers.filters import Press
from handlers.moderation.desk import pressed_card, put_card, put_menu


def register(routes: Router) -> None:
    routes.callback_query.register(more, Press(More))
    routes.callback_query.register(work, Press(Work))


async def more(query: CallbackQuery, press: More, ctx: Context) -> None:
    await put_menu(query, press.number, press.desk, ctx)


async def work(query: CallbackQuery, press: Work, ctx: Context) -> Toast:
    pressed = pressed_card(query)
    claim = await ctx.write(actions.work, press.number, act=press.act, at=pressed)
    await put_card(query, press.number, press.desk, ctx, claimed=False)
    if claim is not None and not claim.mine:
        return Toast(views.wait(ctx.t, claim), alert=True)
    return Toast(ctx.t.plain(f"claims.done_{press.act}"))
