"""Rating a session that has ended; for organizers, what came of it."""

from __future__ import annotations

import asyncio
import datetime as dt

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from bot.actions.agenda import ratings as actions
from bot.errors import Stale
from bot.middlewares.answers import Toast
from bot.papers import ratings as papers
from bot.papers.charts import ratings_picture
from bot.programme.model import Programme
from bot.texts import Translator
from bot.views.agenda import ratings as views
from bot.views.agenda.buttons import (
    Rate,
    RateWord,
    RatingsFile,
    RatingsPage,
    RatingsPicture,
    RemoveRating,
    SessionRatings,
)
from bot.views.screen import page_of
from bot.who import Who
from handlers.answers import send_to, show
from handlers.filters import Press, Text
from handlers.forms import RatingForm
from storage.database import Database


def register(routes: Router) -> None:
    routes.callback_query.register(rate, Press(Rate))
    routes.callback_query.register(open_word, Press(RateWord))
    routes.callback_query.register(remove, Press(RemoveRating))
    routes.callback_query.register(open_results, Press(RatingsPage))
    routes.callback_query.register(open_session, Press(SessionRatings))
    routes.callback_query.register(send_picture, Press(RatingsPicture))
    routes.callback_query.register(send_file, Press(RatingsFile))


def register_forms(routes: Router) -> None:
    form = {"form": True}
    routes.message.register(take_word, StateFilter(RatingForm.word), Text(), flags=form)
    routes.message.register(text_only, StateFilter(RatingForm), flags=form)


async def rate(
    query: CallbackQuery, press: Rate, who: Who, t: Translator, db: Database, programme: Programme, now: dt.datetime
) -> Toast:
    rating = await db.write(actions.rate, who, programme, press.session, press.stars, int(now.timestamp()))
    await show(query, views.thanks(t, programme, rating))
    return Toast(t.plain("ratings.thanks", stars=rating.stars))


async def open_word(
    query: CallbackQuery,
    press: RateWord,
    state: FSMContext,
    who: Who,
    t: Translator,
    db: Database,
    programme: Programme,
) -> None:
    """Ask for it in a message of its own; the stars stay where they are."""
    rating = await db.read(actions.rated, who, press.session)
    await state.set_state(RatingForm.word)
    await state.set_data({"session": press.session})
    await send_to(query.bot, query.from_user.id, views.word_form(t, programme, rating))


async def take_word(
    message: Message, text: str, state: FSMContext, who: Who, t: Translator, db: Database, programme: Programme
) -> None:
    session: str = (await state.get_data())["session"]
    rating = await db.write(actions.add_word, who, session, text)
    await state.clear()
    await show(message, views.thanks(t, programme, rating))


async def text_only(message: Message, t: Translator) -> None:
    await message.answer(t("ratings.text_only"))


async def remove(
    query: CallbackQuery, press: RemoveRating, who: Who, t: Translator, db: Database, programme: Programme
) -> Toast:
    await db.write(actions.remove, who, press.session)
    await show(query, views.request(t, programme, press.session))
    return Toast(t.plain("ratings.removed"))


async def open_results(
    query: CallbackQuery, press: RatingsPage, who: Who, t: Translator, db: Database, programme: Programme
) -> None:
    listed = await db.read(actions.results, who, programme, press.order)
    await show(query, views.results(t, programme, listed, press.order, press.page))


async def open_session(
    query: CallbackQuery, press: SessionRatings, who: Who, t: Translator, db: Database, programme: Programme
) -> None:
    found = await db.read(actions.result, who, programme, press.session)
    await show(query, views.one_session(t, programme, found, press.page, press.order, press.list_page))


async def send_picture(
    query: CallbackQuery, press: RatingsPicture, who: Who, t: Translator, db: Database, programme: Programme
) -> None:
    """Of the sessions that the page of the list shows."""
    shown, _, _ = page_of(await db.read(actions.results, who, programme, press.order), press.page, views.PAGE)
    if not shown:
        raise Stale("ratings.no_results")
    picture = await asyncio.to_thread(ratings_picture, t, programme, shown)
    assert query.bot is not None
    file = BufferedInputFile(picture, "ratings.png")
    await query.bot.send_photo(who.id, file, caption=views.caption(t, programme, shown))


async def send_file(
    query: CallbackQuery, who: Who, t: Translator, db: Database, programme: Programme, now: dt.datetime
) -> None:
    listed = await db.read(actions.results, who, programme)
    content = await asyncio.to_thread(papers.sheet, t, programme, listed)
    assert query.bot is not None
    file = BufferedInputFile(content, f"ratings-{now.astimezone(t.zone):%Y-%m-%d}.xlsx")
    await query.bot.send_document(who.id, file, caption=t.plain("ratings.file_caption"))
