"""For organizers: numbers."""

from __future__ import annotations

import asyncio
import datetime as dt

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from bot.actions.staff import stats as actions
from bot.papers.charts import delegations_picture, growth_picture
from bot.programme.model import Programme
from bot.texts import Translator
from bot.views.buttons import Go
from bot.views.staff import stats as views
from bot.views.staff.buttons import RegistrationsPicture
from bot.who import Who
from handlers.answers import show
from handlers.filters import Press
from storage.database import Database


def register(routes: Router) -> None:
    routes.message.register(stats, Command("stats"))
    routes.callback_query.register(stats, Press(Go, where="stats"))
    routes.callback_query.register(send_registrations, Press(RegistrationsPicture))


async def stats(
    event: Message | CallbackQuery, who: Who, t: Translator, db: Database, programme: Programme, now: dt.datetime
) -> None:
    numbers = await db.read(actions.numbers, who, int(now.timestamp()))
    await show(event, views.stats(t, programme, numbers))


async def send_registrations(
    query: CallbackQuery, who: Who, t: Translator, db: Database, programme: Programme, now: dt.datetime
) -> None:
    """Two pictures: from where, and when."""
    found = await db.read(actions.registrations, who)
    pictures = (
        (
            await asyncio.to_thread(delegations_picture, t, programme, found),
            views.delegations_caption(t, programme, found),
        ),
        (await asyncio.to_thread(growth_picture, t, found, now), views.growth_caption(t, found)),
    )
    assert query.bot is not None
    for picture, caption in pictures:
        await query.bot.send_photo(who.id, BufferedInputFile(picture, "registrations.png"), caption=caption)
