"""/outbox: what waits to be sent, the pace, the last errors."""

from __future__ import annotations

import datetime as dt
from math import ceil

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.actions.staff import outbox as actions
from bot.delivery.pace import Pace
from bot.delivery.sender import places_at
from bot.texts import Translator
from bot.views.buttons import Go
from bot.views.staff import outbox as views
from bot.who import Who
from handlers.answers import show
from handlers.filters import Press
from storage.database import Database


def register(routes: Router) -> None:
    routes.message.register(open_outbox, Command("outbox"))
    routes.callback_query.register(open_outbox, Press(Go, where="outbox"))


async def open_outbox(
    event: Message | CallbackQuery, who: Who, t: Translator, db: Database, pace: Pace, now: dt.datetime
) -> None:
    seconds = int(now.timestamp())
    found = await db.read(actions.overview, who, seconds)
    state = pace.now
    speed = (state.per_second, state.limit, ceil(state.pause))
    await show(event, views.outbox(t, found, *speed, places_at(state.limit), seconds))
