"""For organizers: numbers."""

from __future__ import annotations

import datetime as dt

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import Message

from bot.actions import stats as actions
from bot.programme.model import Programme
from bot.texts import Translator
from bot.views import stats as views
from bot.who import Who
from handlers.answers import show
from storage.database import Database


def router() -> Router:
    routes = Router(name="stats")
    routes.message.register(stats, Command("stats"))
    return routes


async def stats(
    message: Message, who: Who, t: Translator, db: Database, programme: Programme, now: dt.datetime
) -> None:
    numbers = await db.read(actions.numbers, who, int(now.timestamp()))
    await show(message, views.stats(t, programme, numbers))
