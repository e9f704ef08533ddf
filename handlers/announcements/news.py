"""/news: the announcements that hold, exactly as they were sent."""

from __future__ import annotations

import datetime as dt

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.actions.announcements import news as actions
from bot.delivery import content
from bot.errors import Stale
from bot.people import People
from bot.texts import Translator
from bot.views.announcements import news as views
from bot.views.announcements.buttons import NewsItem, NewsPage
from bot.who import Who
from handlers.answers import message_of, send_calls, show
from handlers.filters import Press
from storage.database import Database


def register(routes: Router) -> None:
    routes.message.register(open_news, Command("news"))
    routes.callback_query.register(open_news, Press(NewsPage))
    routes.callback_query.register(show_item, Press(NewsItem))


async def open_news(
    event: Message | CallbackQuery,
    who: Who,
    t: Translator,
    db: Database,
    people: People,
    now: dt.datetime,
    press: NewsPage | None = None,
) -> None:
    valid = await db.read(actions.valid, who, people.chiefs, int(now.timestamp()))
    await show(event, views.feed(t, valid, press.page if press else 0))


async def show_item(
    query: CallbackQuery, press: NewsItem, who: Who, db: Database, people: People, now: dt.datetime
) -> None:
    _, parts = await db.read(actions.item, who, press.number, people.chiefs, int(now.timestamp()))
    message = message_of(query)
    if message is None:
        raise Stale("news.gone")
    await send_calls(message, content.sent(who.id, content.read_by(parts, who.language)))


async def tell_who_came_late(
    message: Message, who: Who, t: Translator, db: Database, people: People, now: dt.datetime
) -> None:
    """After the registration: how many hold, and a button; not all of them at once."""
    valid = await db.read(actions.valid, who, people.chiefs, int(now.timestamp()))
    if valid:
        await show(message, views.waiting(t, len(valid)))
