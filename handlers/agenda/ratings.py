"""Rating a session that has ended; for organizers, what came of it."""

from __future__ import annotations

import asyncio

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from bot.actions.agenda import ratings as actions
from bot.actions.became import RatingWords, remember
from bot.context import Context
from bot.errors import BadInput, Stale
from bot.middlewares.answers import Toast
from bot.middlewares.rated import Rated
from bot.middlewares.typed import fingerprint
from bot.papers import ratings as papers
from bot.papers.charts import ratings_picture
from bot.views.agenda import ratings as views
from bot.views.agenda.buttons import (
    AddToRating,
    AskRemoveRating,
    Rate,
    RateWord,
    RatingsFile,
    RatingsPage,
    RatingsPicture,
    RemoveRating,
    SessionRatings,
)
from bot.views.screen import back_in_form, page_of
from handlers.answers import need_quoted, only, send_to, show
from handlers.filters import Press, Text, WasTyped
from handlers.forms import InForm, RatingForm


def register(routes: Router) -> None:
    routes.callback_query.register(rate, Press(Rate))
    routes.callback_query.register(open_word, Press(RateWord))
    routes.callback_query.register(add_typed, Press(AddToRating))
    routes.callback_query.register(ask_removal, Press(AskRemoveRating))
    routes.callback_query.register(remove, Press(RemoveRating))
    routes.callback_query.register(open_results, Press(RatingsPage))
    routes.callback_query.register(open_session, Press(SessionRatings))
    routes.callback_query.register(send_picture, Press(RatingsPicture))
    routes.callback_query.register(send_file, Press(RatingsFile))


def register_forms(routes: Router) -> None:
    routes.message.register(take_word, InForm(RatingForm), Text())
    routes.message.register(only("ratings.text_only"), InForm(RatingForm))
    routes.edited_message.register(amend_word, WasTyped(RatingWords), Text())
    routes.edited_message.register(only("ratings.text_only"), WasTyped(RatingWords))


async def rate(query: CallbackQuery, press: Rate, state: FSMContext, ctx: Context) -> Toast:
    rating = await ctx.write(actions.rate, ctx.programme, press.session, stars=press.stars)
    await Rated(press.session, ctx.seconds).keep(state)
    await show(query, views.thanks(ctx.t, ctx.programme, rating))
    return Toast(ctx.t.plain("ratings.thanks", stars=rating.stars))


async def open_word(query: CallbackQuery, press: RateWord, state: FSMContext, ctx: Context) -> None:
    """Ask for it in a message of its own; the stars stay where they are."""
    rating = await ctx.read(actions.rated, press.session)
    await RatingForm(press.session).save(state)
    await send_to(query.bot, query.from_user.id, views.word_form(ctx.t, ctx.programme, rating))


async def add_typed(query: CallbackQuery, press: AddToRating, state: FSMContext, ctx: Context) -> None:
    """What was typed outside any form; an edit of it counts as one of a word that the form took."""
    typed = need_quoted(query)
    try:
        rating = await ctx.db.write(actions.add_word, ctx.who, press.session, typed.text or "")
    except BadInput as refusal:
        await RatingForm(press.session).save(state)
        form = views.word_form(ctx.t, ctx.programme, await ctx.read(actions.rated, press.session))
        await show(query, back_in_form(form, ctx.t(refusal.key, **refusal.fields)))
        return
    words = RatingWords(press.session, rating.word)
    await ctx.db.write(remember, ctx.who.id, typed.message_id, words, seen=fingerprint(typed), now=ctx.seconds)
    await show(query, views.thanks(ctx.t, ctx.programme, rating))


async def take_word(message: Message, text: str, state: FSMContext, ctx: Context) -> RatingWords:
    form = await RatingForm.load(state)
    rating = await ctx.db.write(actions.add_word, ctx.who, form.session, text)
    await state.clear()
    await show(message, views.thanks(ctx.t, ctx.programme, rating))
    return RatingWords(form.session, rating.word)


async def amend_word(message: Message, text: str, became: RatingWords, ctx: Context) -> RatingWords | None:
    """The message with the words was edited."""
    rating = await ctx.db.write(actions.amend_word, ctx.who, became.session, kept=became.kept, typed=text)
    if rating is None:
        return None
    await message.answer(ctx.t("edited.counted"))
    await show(message, views.thanks(ctx.t, ctx.programme, rating))
    return RatingWords(became.session, rating.word)


async def ask_removal(query: CallbackQuery, press: AskRemoveRating, ctx: Context) -> None:
    rating = await ctx.read(actions.rated, press.session)
    if press.wanted:
        await show(query, views.remove_sure(ctx.t, ctx.programme, press.session))
    else:
        await show(query, views.thanks(ctx.t, ctx.programme, rating))


async def remove(query: CallbackQuery, press: RemoveRating, ctx: Context) -> Toast:
    await ctx.db.write(actions.remove, ctx.who, press.session)
    await show(query, views.request(ctx.t, ctx.programme, press.session))
    return Toast(ctx.t.plain("ratings.removed"))


async def open_results(query: CallbackQuery, press: RatingsPage, ctx: Context) -> None:
    listed = await ctx.read(actions.results, ctx.programme, press.order)
    screen = views.results(ctx.t, ctx.programme, listed, press.order, page=press.page, now=ctx.seconds)
    await show(query, screen)


async def open_session(query: CallbackQuery, press: SessionRatings, ctx: Context) -> None:
    found = await ctx.read(actions.result, ctx.programme, press.session)
    await show(
        query,
        views.one_session(ctx.t, ctx.programme, found, page=press.page, order=press.order, list_page=press.list_page),
    )


async def send_picture(query: CallbackQuery, press: RatingsPicture, ctx: Context) -> None:
    """Of the sessions that the page of the list shows."""
    shown, _, _ = page_of(await ctx.read(actions.results, ctx.programme, press.order), press.page, views.PAGE)
    if not shown:
        raise Stale("ratings.no_results")
    picture = await asyncio.to_thread(ratings_picture, ctx.t, ctx.programme, shown)
    assert query.bot is not None
    file = BufferedInputFile(picture, "ratings.png")
    await query.bot.send_photo(ctx.who.id, file, caption=views.caption(ctx.t, ctx.programme, shown, ctx.seconds))


async def send_file(query: CallbackQuery, ctx: Context) -> None:
    listed = await ctx.read(actions.results, ctx.programme)
    content = await asyncio.to_thread(papers.sheet, ctx.t, ctx.programme, listed)
    assert query.bot is not None
    file = BufferedInputFile(content, f"ratings-{ctx.now.astimezone(ctx.t.zone):%Y-%m-%d}.xlsx")
    await query.bot.send_document(ctx.who.id, file, caption=views.file_caption(ctx.t, ctx.seconds))
