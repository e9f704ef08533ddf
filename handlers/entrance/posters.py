"""Posters with a QR code, and what is on behind a room's."""

from __future__ import annotations

import asyncio

from aiogram import Router
from aiogram.enums import ChatAction
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from bot import papers
from bot.actions.entrance import posters as actions
from bot.actions.rights import need_organizer
from bot.context import Context
from bot.programme.lookup import need_date
from bot.programme.now import nearest_day
from bot.texts import Translators
from bot.views.buttons import Go
from bot.views.entrance import posters as views
from bot.views.entrance.buttons import GetPoster, PosterDay, PosterOf, PosterSessions
from handlers.answers import show
from handlers.filters import Press


def register(routes: Router) -> None:
    routes.callback_query.register(open_today, Press(Go, where="posters"))
    routes.callback_query.register(open_day, Press(PosterDay))
    routes.callback_query.register(open_sessions, Press(PosterSessions))
    routes.callback_query.register(open_session, Press(PosterOf))
    routes.callback_query.register(send_posters, Press(GetPoster))


async def open_today(query: CallbackQuery, ctx: Context) -> None:
    """Opens at today; before the forum at its first day, after it at its last."""
    need_organizer(ctx.who)
    today = ctx.now.astimezone(ctx.t.zone).date()
    date = nearest_day(ctx.programme, today) or today
    await show(query, views.of_day(ctx.t, ctx.programme, actions.of_day(ctx.programme, date), date))


async def open_day(query: CallbackQuery, press: PosterDay, ctx: Context) -> None:
    need_organizer(ctx.who)
    date = need_date(press.day)
    await show(query, views.of_day(ctx.t, ctx.programme, actions.of_day(ctx.programme, date), date))


async def open_sessions(query: CallbackQuery, press: PosterSessions, ctx: Context) -> None:
    need_organizer(ctx.who)
    date = need_date(press.day)
    await show(query, views.sessions_of_day(ctx.t, actions.of_day(ctx.programme, date), date, press.page))


async def open_session(query: CallbackQuery, press: PosterOf, ctx: Context) -> None:
    session = actions.printable_session(ctx.who, ctx.programme, press.session)
    await show(query, views.of_session(ctx.t, ctx.programme, session, ctx.who.organizer))


async def send_posters(
    query: CallbackQuery, press: GetPoster, ctx: Context, translators: Translators, username: str
) -> None:
    wanted = await ctx.db.write(actions.wanted, ctx.who, ctx.programme, press.what, press.value)
    assert query.bot is not None
    await query.bot.send_chat_action(ctx.who.id, ChatAction.UPLOAD_DOCUMENT)
    content = await asyncio.to_thread(papers.poster_pages, translators, ctx.programme, wanted, username)
    file = BufferedInputFile(content, f"posters-{press.value or 'entrance'}.pdf")
    await query.bot.send_document(ctx.who.id, file, caption=ctx.t.n("posters.caption", len(wanted)))


async def show_room(event: Message | CallbackQuery, code: str, ctx: Context, *, way: bool = False) -> None:
    """The code on a room's door was scanned; or somebody asks for the `way` there."""
    found = actions.room_now(ctx.programme, ctx.runs, code, ctx.now)
    await show(event, views.room_now(ctx.t, ctx.programme, ctx.runs, found, ctx.now, way=way))
