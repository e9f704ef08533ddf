"""The hall's screen: where it is, private or public."""

from __future__ import annotations

import datetime as dt

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.actions.moderation import hall as actions
from bot.middlewares.answers import Toast
from bot.programme.model import Programme
from bot.texts import Translator
from bot.views.moderation import hall as views
from bot.views.moderation.buttons import HallPrivate, HallScreen
from bot.who import Who
from handlers.answers import show
from handlers.filters import Press
from storage.database import Database


def register(routes: Router) -> None:
    routes.callback_query.register(open_links, Press(HallScreen))
    routes.callback_query.register(set_private, Press(HallPrivate))


async def open_links(
    query: CallbackQuery,
    press: HallScreen,
    who: Who,
    t: Translator,
    db: Database,
    programme: Programme,
    web_address: str,
) -> None:
    links = await db.read(actions.links, who, programme, press.session)
    await show(query, views.links(t, programme, links, web_address, who.organizer))


async def set_private(
    query: CallbackQuery,
    press: HallPrivate,
    who: Who,
    t: Translator,
    db: Database,
    programme: Programme,
    web_address: str,
    now: dt.datetime,
) -> Toast:
    wish = (press.session, bool(press.room), bool(press.wanted))
    await db.write(actions.set_private, who, programme, *wish, int(now.timestamp()))
    links = await db.read(actions.links, who, programme, press.session)
    await show(query, views.links(t, programme, links, web_address, who.organizer))
    return Toast(t.plain("hall.now_private" if press.wanted else "hall.now_public"))
