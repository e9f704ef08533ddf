"""For organizers: numbers."""

from __future__ import annotations

import asyncio

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from bot.actions.staff import stats as actions
from bot.context import Context
from bot.papers.charts import delegations_picture, growth_picture
from bot.views.buttons import Go
from bot.views.staff import stats as views
from bot.views.staff.buttons import RegistrationsPicture
from handlers.answers import show
from handlers.filters import Press


def register(routes: Router) -> None:
    routes.message.register(stats, Command("stats"))
    routes.callback_query.register(stats, Press(Go, where="stats"))
    routes.callback_query.register(send_registrations, Press(RegistrationsPicture))


async def stats(event: Message | CallbackQuery, ctx: Context) -> None:
    numbers = await ctx.read(actions.numbers, ctx.seconds)
    await show(event, views.stats(ctx.t, ctx.programme, numbers, ctx.seconds))


async def send_registrations(query: CallbackQuery, ctx: Context) -> None:
    """Two pictures: from where, and when."""
    found = await ctx.read(actions.registrations)
    pictures = (
        (
            await asyncio.to_thread(delegations_picture, ctx.t, ctx.programme, found),
            views.delegations_caption(ctx.t, ctx.programme, found, ctx.seconds),
        ),
        (
            await asyncio.to_thread(growth_picture, ctx.t, found, ctx.now),
            views.growth_caption(ctx.t, found, ctx.seconds),
        ),
    )
    assert query.bot is not None
    for picture, caption in pictures:
        await query.bot.send_photo(ctx.who.id, BufferedInputFile(picture, "registrations.png"), caption=caption)
