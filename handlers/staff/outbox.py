"""/outbox: what waits to be sent, the pace, the last errors."""

from __future__ import annotations

from math import ceil

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.actions.staff import outbox as actions
from bot.context import Context
from bot.delivery.pace import Pace
from bot.delivery.sender import places_at
from bot.views.buttons import Go
from bot.views.staff import outbox as views
from handlers.answers import show
from handlers.filters import Press


def register(routes: Router) -> None:
    routes.message.register(open_outbox, Command("outbox"))
    routes.callback_query.register(open_outbox, Press(Go, where="outbox"))


async def open_outbox(event: Message | CallbackQuery, ctx: Context, pace: Pace) -> None:
    found = await ctx.read(actions.overview, ctx.seconds)
    state = pace.now
    await show(
        event,
        views.outbox(
            ctx.t,
            found,
            per_second=state.per_second,
            allowed=state.limit,
            paused=ceil(state.pause),
            most_in_flight=places_at(state.limit),
            now=ctx.seconds,
        ),
    )
