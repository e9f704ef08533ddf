"""Posters with a QR code, and what is on behind a room's."""

from __future__ import annotations

import asyncio
import datetime as dt

from aiogram import Router
from aiogram.enums import ChatAction
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from bot import papers
from bot.actions.entrance import posters as actions
from bot.actions.rights import need_organizer
from bot.programme.estimates import Runs
from bot.programme.model import Programme
from bot.programme.now import nearest_day
from bot.texts import Translator, Translators
from bot.views.buttons import Go
from bot.views.entrance import posters as views
from bot.views.entrance.buttons import GetPoster, PosterDay, PosterOf
from bot.who import Who
from handlers.answers import show
from handlers.filters import Press
from storage.database import Database


def register(routes: Router) -> None:
    routes.callback_query.register(open_today, Press(Go, where="posters"))
    routes.callback_query.register(open_day, Press(PosterDay))
    routes.callback_query.register(open_session, Press(PosterOf))
    routes.callback_query.register(send_posters, Press(GetPoster))


async def open_today(query: CallbackQuery, who: Who, t: Translator, programme: Programme, now: dt.datetime) -> None:
    """Opens at today; before the forum at its first day, after it at its last."""
    need_organizer(who)
    today = now.astimezone(t.zone).date()
    date = nearest_day(programme, today) or today
    await show(query, views.of_day(t, programme, actions.of_day(programme, date), date, 0))


async def open_day(query: CallbackQuery, press: PosterDay, who: Who, t: Translator, programme: Programme) -> None:
    need_organizer(who)
    date = actions.date_of(press.day)
    await show(query, views.of_day(t, programme, actions.of_day(programme, date), date, press.page))


async def open_session(query: CallbackQuery, press: PosterOf, who: Who, t: Translator, programme: Programme) -> None:
    session = actions.printable_session(who, programme, press.session)
    await show(query, views.of_session(t, programme, session, who.organizer))


async def send_posters(
    query: CallbackQuery,
    press: GetPoster,
    who: Who,
    t: Translator,
    db: Database,
    programme: Programme,
    translators: Translators,
    username: str,
) -> None:
    wanted = await db.write(actions.wanted, who, programme, press.what, press.value)
    assert query.bot is not None
    await query.bot.send_chat_action(who.id, ChatAction.UPLOAD_DOCUMENT)
    content = await asyncio.to_thread(papers.poster_pages, translators, programme, wanted, username)
    file = BufferedInputFile(content, f"posters-{press.value or 'entrance'}.pdf")
    await query.bot.send_document(who.id, file, caption=t.n("posters.caption", len(wanted)))


async def show_room(
    message: Message, code: str, t: Translator, programme: Programme, runs: Runs, now: dt.datetime
) -> None:
    """The code on a room's door was scanned."""
    found = actions.room_now(programme, runs, code, now)
    await show(message, views.room_now(t, programme, runs, found, now))
