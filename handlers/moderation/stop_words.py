"""The organizers' list of words that flag a question."""

from __future__ import annotations

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.actions.became import StopWords
from bot.actions.moderation import stop_words as actions
from bot.context import Context
from bot.middlewares.answers import Toast
from bot.views.moderation import stop_words as views
from bot.views.moderation.buttons import AskStopWord, RemoveStopWord, StopWordsPage
from handlers.answers import show, text_only
from handlers.filters import Press, Text, WasTyped
from handlers.forms import InForm, StopWordsForm


def register(routes: Router) -> None:
    routes.callback_query.register(open_words, Press(StopWordsPage))
    routes.callback_query.register(ask_removal, Press(AskStopWord))
    routes.callback_query.register(remove, Press(RemoveStopWord))


def register_forms(routes: Router) -> None:
    routes.message.register(add, InForm(StopWordsForm), Text())
    routes.message.register(text_only, InForm(StopWordsForm))
    routes.edited_message.register(amend, WasTyped(StopWords), Text())
    routes.edited_message.register(text_only, WasTyped(StopWords))


async def open_words(query: CallbackQuery, press: StopWordsPage, state: FSMContext, ctx: Context) -> None:
    words = await ctx.read(actions.every)
    await StopWordsForm().save(state)
    await show(query, views.listed(ctx.t, words, press.page))


async def add(message: Message, text: str, ctx: Context) -> StopWords:
    """The form stays open: words come in several messages."""
    added = await ctx.write(actions.add, text)
    await message.answer(ctx.t.n("stop_words.added", len(added)))
    await show(message, views.listed(ctx.t, await ctx.read(actions.every), 0))
    return StopWords("\n".join(added))


async def ask_removal(query: CallbackQuery, press: AskStopWord, ctx: Context) -> None:
    word = await ctx.read(actions.marked, press.mark)
    await show(query, views.remove_sure(ctx.t, word, press.page))


async def remove(query: CallbackQuery, press: RemoveStopWord, ctx: Context) -> Toast:
    await ctx.write(actions.remove, press.mark)
    await show(query, views.listed(ctx.t, await ctx.read(actions.every), press.page))
    return Toast(ctx.t.plain("stop_words.removed"))


async def amend(message: Message, text: str, became: StopWords, ctx: Context) -> StopWords | None:
    """The message that added words was edited."""
    kept = became.kept.split("\n") if became.kept else []
    left = await ctx.write(actions.amend, kept=kept, typed=text)
    if set(left) == set(kept):
        return None
    await message.answer(ctx.t("edited.counted"))
    await show(message, views.listed(ctx.t, await ctx.read(actions.every), 0))
    return StopWords("\n".join(left))
