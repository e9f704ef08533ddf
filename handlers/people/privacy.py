"""/privacy, /mydata, /forget."""

from __future__ import annotations

import datetime as dt

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import BufferedInputFile, CallbackQuery, Message, ReplyKeyboardRemove, Update

from bot.actions.people import privacy as actions
from bot.errors import Stale
from bot.people import People
from bot.texts import Translator
from bot.views.people import privacy as views
from bot.views.people.buttons import Forget
from bot.views.screen import screen
from bot.who import Who
from handlers.answers import message_of, show
from handlers.commands import forget_commands
from handlers.filters import Press
from storage import inbox
from storage.database import Database


def register(routes: Router) -> None:
    routes.message.register(policy, Command("privacy"))
    routes.message.register(my_data, Command("mydata"))
    routes.message.register(ask_forget, Command("forget"))
    routes.callback_query.register(forget, Press(Forget))


async def policy(message: Message, t: Translator) -> None:
    await show(message, screen(t("privacy.text")))


async def my_data(message: Message, who: Who, t: Translator, db: Database) -> None:
    if who.participant is None:
        raise Stale("privacy.nothing_stored")
    everything = await db.read(actions.everything, who.id)
    file = BufferedInputFile(views.my_data(t, everything), "my-data.json")
    await message.answer_document(file, caption=t("privacy.mydata_caption"))


async def ask_forget(message: Message, who: Who, t: Translator) -> None:
    if who.participant is None:
        raise Stale("privacy.nothing_stored")
    await show(message, views.ask_forget(t))


async def forget(
    query: CallbackQuery,
    press: Forget,
    state: FSMContext,
    who: Who,
    t: Translator,
    db: Database,
    people: People,
    now: dt.datetime,
    event_update: Update,
) -> None:
    if not press.sure:
        await show(query, screen(t("privacy.kept")))
        return
    await db.write(actions.forget, who.id, int(now.timestamp()))
    await state.clear()
    people.changed(who.id)
    await show(query, screen(t("privacy.forgotten")))
    message = message_of(query)
    if message is not None:
        await message.answer("👋", reply_markup=ReplyKeyboardRemove())
    await forget_commands(query.bot, who.id)
    # This very press names the person too: it is done, and goes before the bytes of all that is gone do.
    await db.write(inbox.strike_out, [event_update.update_id])
    await db.scrub()
