"""The organizers' list of words that flag a question."""

from __future__ import annotations

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.actions.moderation import stop_words as actions
from bot.context import Context
from bot.middlewares.answers import Toast
from bot.views.moderation import stop_words as views
from bot.views.moderation.buttons import RemoveStopWord, StopWordsPage
from handlers.answers import show, text_only
from handlers.filters import Press, Text
from handlers.forms import InForm, StopWordsForm


def register(routes: Router) -> None:
    routes.callback_query.register(open_words, Press(StopWordsPage))
    routes.callback_query.register(remove, Press(RemoveStopWord))


def register_forms(routes: Router) -> None:
    routes.message.register(add, InForm(StopWordsForm), Text())
    routes.message.register(text_only, InForm(StopWordsForm))


async def open_words(query: CallbackQuery, press: StopWordsPage, state: FSMContext, ctx: Context) -> None:
    words = await ctx.read(actions.every)
    await StopWordsForm().save(state)
    await show(query, views.listed(ctx.t, words, press.page))


async def add(message: Message, text: str, ctx: Context) -> None:
    """The form stays open: words come in several messages."""
    added = await ctx.write(actions.add, text)
    await message.answer(ctx.t.n("stop_words.added", len(added)))
    await show(message, views.listed(ctx.t, await ctx.read(actions.every), 0))


async def remove(query: CallbackQuery, press: RemoveStopWord, ctx: Context) -> Toast:
    await ctx.write(actions.remove, press.mark)
    await show(query, views.listed(ctx.t, await ctx.read(actions.every), press.page))
    return Toast(ctx.t.plain("stop_words.removed"))
