"""A speaker's own sessions."""

from __future__ import annotations

import datetime as dt

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.actions.agenda import speaking as actions
from bot.programme.estimates import Runs
from bot.programme.model import Programme
from bot.texts import Translator
from bot.views.agenda import speaking as views
from bot.views.agenda.buttons import SpeakingPage
from bot.views.buttons import Go
from bot.who import Who
from handlers.answers import show
from handlers.filters import Press
from storage.database import Database


def register(routes: Router) -> None:
    routes.callback_query.register(open_mine, Press(Go, where="speaking"))
    routes.callback_query.register(turn, Press(SpeakingPage))


async def open_mine(
    query: CallbackQuery, who: Who, t: Translator, db: Database, programme: Programme, runs: Runs, now: dt.datetime
) -> None:
    own = await db.read(actions.own, who, programme, 0)
    await show(query, views.my_sessions(t, programme, runs, own, now))


async def turn(
    query: CallbackQuery,
    press: SpeakingPage,
    who: Who,
    t: Translator,
    db: Database,
    programme: Programme,
    runs: Runs,
    now: dt.datetime,
) -> None:
    own = await db.read(actions.own, who, programme, press.page)
    await show(query, views.my_sessions(t, programme, runs, own, now))
