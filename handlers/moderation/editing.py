"""A moderator corrects a question's wording."""

from __future__ import annotations

import datetime as dt
from typing import Any

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.actions.moderation import claims
from bot.actions.moderation import editing as actions
from bot.actions.questions.questions import (
    moderated,
)
from bot.middlewares.answers import Toast
from bot.programme.model import Programme
from bot.texts import Translator
from bot.views.moderation import editing as views
from bot.views.moderation.buttons import Correct, ShowOriginal
from bot.views.moderation.claims import wait
from bot.who import Who
from handlers.answers import send_to, show, text_only
from handlers.filters import Press, Text
from handlers.forms import EditingForm
from handlers.moderation.desk import put_card
from storage.database import Database


def register(routes: Router) -> None:
    routes.callback_query.register(begin, Press(Correct))
    routes.callback_query.register(show_original, Press(ShowOriginal))


def register_forms(routes: Router) -> None:
    form = {"form": True}
    routes.message.register(take, StateFilter(EditingForm.text), Text(), flags=form)
    routes.message.register(text_only, StateFilter(EditingForm), flags=form)


async def begin(
    query: CallbackQuery, press: Correct, state: FSMContext, who: Who, t: Translator, db: Database, now: dt.datetime
) -> Toast | None:
    """Ask for the new wording; the card itself stays where it is."""
    question = await db.read(actions.correctable, who, press.number)
    claim = await db.write(claims.take, who, press.number, int(now.timestamp()))
    if not claim.mine:
        return Toast(wait(t, claim), alert=True)
    await state.set_state(EditingForm.text)
    await state.set_data({"number": question.number, "desk": press.desk, "revision": question.revision})
    await send_to(query.bot, query.from_user.id, views.form(t, question))
    return None


async def take(
    message: Message,
    text: str,
    state: FSMContext,
    who: Who,
    t: Translator,
    db: Database,
    programme: Programme,
    now: dt.datetime,
) -> None:
    """What is decided after a correction is decided at once: the card comes by itself."""
    form: dict[str, Any] = await state.get_data()
    result = await db.write(actions.correct, who, form["number"], text, form["revision"], int(now.timestamp()))
    if not result.made:
        await state.update_data(revision=result.question.revision)
        await show(message, views.form_again(t, result.question))
        return
    await state.clear()
    await message.answer(t("editing.done", number=form["number"]))
    await put_card(message, form["number"], form["desk"], who, t, db, programme, now, claimed=True)


async def show_original(query: CallbackQuery, press: ShowOriginal, who: Who, t: Translator, db: Database) -> None:
    await show(query, views.original(t, await db.read(moderated, who, press.number), press.desk))
