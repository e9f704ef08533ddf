"""The organizers' list of words that flag a question."""

from __future__ import annotations

import datetime as dt

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.actions.moderation import stop_words as actions
from bot.middlewares.answers import Toast
from bot.texts import Translator
from bot.views.moderation import stop_words as views
from bot.views.moderation.buttons import RemoveStopWord, StopWordsPage
from bot.who import Who
from handlers.answers import show, text_only
from handlers.filters import Press, Text
from handlers.forms import StopWordsForm
from storage.database import Database


def register(routes: Router) -> None:
    routes.callback_query.register(open_words, Press(StopWordsPage))
    routes.callback_query.register(remove, Press(RemoveStopWord))


def register_forms(routes: Router) -> None:
    form = {"form": True}
    routes.message.register(add, StateFilter(StopWordsForm.words), Text(), flags=form)
    routes.message.register(text_only, StateFilter(StopWordsForm), flags=form)


async def open_words(
    query: CallbackQuery, press: StopWordsPage, state: FSMContext, who: Who, t: Translator, db: Database
) -> None:
    words = await db.read(actions.every, who)
    await state.set_state(StopWordsForm.words)
    await state.set_data({})
    await show(query, views.listed(t, words, press.page))


async def add(message: Message, text: str, who: Who, t: Translator, db: Database, now: dt.datetime) -> None:
    """The form stays open: words come in several messages."""
    added = await db.write(actions.add, who, text, int(now.timestamp()))
    await message.answer(t.n("stop_words.added", len(added)))
    await show(message, views.listed(t, await db.read(actions.every, who), 0))


async def remove(
    query: CallbackQuery, press: RemoveStopWord, who: Who, t: Translator, db: Database, now: dt.datetime
) -> Toast:
    await db.write(actions.remove, who, press.mark, int(now.timestamp()))
    await show(query, views.listed(t, await db.read(actions.every, who), press.page))
    return Toast(t.plain("stop_words.removed"))
