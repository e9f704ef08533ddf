"""Who did what: for organizers all of it, for moderators what was done about a question."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.actions.moderation import claims
from bot.actions.staff import audit as actions
from bot.context import Context
from bot.views.buttons import Go
from bot.views.moderation.buttons import History
from bot.views.moderation.desk import NO_LIST
from bot.views.staff import audit as views
from bot.views.staff.buttons import JournalBy, JournalPage
from handlers.answers import message_of, show
from handlers.filters import Press


def register(routes: Router) -> None:
    routes.message.register(open_journal, Command("audit"))
    routes.callback_query.register(open_journal, Press(Go, where="audit"))
    routes.callback_query.register(open_journal, Press(JournalPage))
    routes.callback_query.register(choose_person, Press(JournalBy, what="person"))
    routes.callback_query.register(choose_session, Press(JournalBy, what="session"))
    routes.callback_query.register(history, Press(History))


async def open_journal(event: Message | CallbackQuery, ctx: Context, press: JournalPage | Go | None = None) -> None:
    wanted = press if isinstance(press, JournalPage) else JournalPage(person=0, session="", page=0)
    page = await ctx.read(actions.journal, wanted.person, wanted.session, wanted.page)
    await show(event, views.journal(ctx.t, ctx.programme, page))


async def choose_person(query: CallbackQuery, press: JournalBy, ctx: Context) -> None:
    await show(query, views.choose_person(ctx.t, await ctx.read(actions.actors), press.page))


async def choose_session(query: CallbackQuery, press: JournalBy, ctx: Context) -> None:
    codes = await ctx.read(actions.sessions)
    sessions = [session for session in (*ctx.programme.sessions, *ctx.programme.gone) if session.code in codes]
    await show(query, views.choose_session(ctx.t, ctx.programme, sessions, press.page))


async def history(query: CallbackQuery, press: History, ctx: Context) -> None:
    """In the place of the card, which is a press away. It goes on following its question there."""
    found, card = await ctx.read(actions.history, press.number), message_of(query)
    at = (card.chat.id, card.message_id) if card else None
    await ctx.write(claims.keep, press.number, at, take_it=press.desk != NO_LIST)
    await show(query, views.history(ctx.t, press.number, found, press.desk))
