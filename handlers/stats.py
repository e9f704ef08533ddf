"""For organizers: numbers, and the programme's version."""

from __future__ import annotations

import datetime as dt

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import Message

from bot.actions import stats as actions
from bot.actions.staff import need_organizer
from bot.programme.current import CurrentProgramme
from bot.programme.model import Programme
from bot.texts import Translator
from bot.views import stats as views
from bot.who import Who
from handlers.answers import show
from storage import programmes
from storage.database import Database


def router() -> Router:
    routes = Router(name="stats")
    routes.message.register(stats, Command("stats"))
    routes.message.register(version, Command("programme"))
    return routes


async def stats(
    message: Message, who: Who, t: Translator, db: Database, programme: Programme, now: dt.datetime
) -> None:
    numbers = await db.read(actions.numbers, who, int(now.timestamp()))
    await show(message, views.stats(t, programme, numbers))


async def version(message: Message, who: Who, t: Translator, db: Database, current: CurrentProgramme) -> None:
    need_organizer(who)
    newest = await db.read(programmes.newest)
    assert newest is not None
    await show(message, views.version(t, current.programme, newest.number, newest.source, newest.published_at))
