"""The order of a session's questions."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.actions.moderation import sorting as actions
from bot.errors import Stale
from bot.middlewares.answers import Toast
from bot.programme.model import Programme
from bot.texts import Translator
from bot.views.moderation import sorting as views
from bot.views.moderation.buttons import Sort, Sortings
from bot.who import Who
from handlers.answers import show
from handlers.filters import Press
from storage.database import Database


def register(routes: Router) -> None:
    routes.callback_query.register(open_sortings, Press(Sortings))
    routes.callback_query.register(sort, Press(Sort))


async def open_sortings(
    query: CallbackQuery, press: Sortings, who: Who, t: Translator, db: Database, programme: Programme
) -> None:
    session = programme.session(press.session)
    if session is None:
        raise Stale("agenda.no_such_session")
    await show(query, views.choose(t, session, await db.read(actions.of, who, press.session)))


async def sort(query: CallbackQuery, press: Sort, who: Who, t: Translator, db: Database, programme: Programme) -> Toast:
    session = programme.session(press.session)
    if session is None:
        raise Stale("agenda.no_such_session")
    sorting = await db.write(actions.choose, who, press.session, press.sorting)
    await show(query, views.choose(t, session, sorting))
    return Toast(t.plain("sorting.done"))
