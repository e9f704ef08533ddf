"""Undoing the last decision about a question."""

from __future__ import annotations

import datetime as dt

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.actions.moderation import undo as actions
from bot.middlewares.answers import Toast
from bot.programme.model import Programme
from bot.texts import Translator
from bot.views.moderation.buttons import Undo
from bot.who import Who
from handlers.filters import Press
from handlers.moderation.desk import put_card
from storage.database import Database


def register(routes: Router) -> None:
    routes.callback_query.register(undo, Press(Undo))


async def undo(
    query: CallbackQuery, press: Undo, who: Who, t: Translator, db: Database, programme: Programme, now: dt.datetime
) -> Toast:
    """The question is back under the thumb of who wants it decided otherwise."""
    question = await db.write(actions.undo, who, press.deed, int(now.timestamp()))
    await put_card(query, question.number, press.desk, who, t, db, programme, now, claimed=True)
    return Toast(t.plain("undo.done", number=question.number))
