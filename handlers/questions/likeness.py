"""What a delegate does when their question was asked already: adds their voice, or sends their own anyway."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from bot.actions.questions import following
from bot.actions.questions import questions as actions
from bot.actions.questions.twins import people_waiting
from bot.context import Context
from bot.errors import Stale
from bot.middlewares.answers import Toast
from bot.views.questions import likeness as views
from bot.views.questions.buttons import AddVoice, SendAnyway
from handlers.answers import show
from handlers.filters import Press
from handlers.forms import AlikeForm
from handlers.questions.questions import show_receipt
from storage import questions as records

T = TypeVar("T")
P = ParamSpec("P")

AT_ONCE = 200  # texts: these are compared faster than a thread is found for it


def register(routes: Router) -> None:
    routes.callback_query.register(add_voice, Press(AddVoice))
    routes.callback_query.register(send_anyway, Press(SendAnyway))


async def add_voice(query: CallbackQuery, press: AddVoice, state: FSMContext, ctx: Context) -> Toast:
    result = await ctx.write(following.add_voice, ctx.programme, press.number)
    if await AlikeForm.opened(state) is not None:
        await state.clear()
    await show(query, views.voice_added(ctx.t, result.question))
    return Toast(ctx.t.plain("questions.voted"))


async def send_anyway(query: CallbackQuery, press: SendAnyway, state: FSMContext, ctx: Context) -> None:
    """A second tap finds the question sent, and shows its receipt again."""
    question = await ctx.db.read(records.by_message, ctx.who.id, press.message)
    if question is None:
        form = await AlikeForm.opened(state)
        if form is None or form.message != press.message:
            raise Stale("likeness.gone")
        asked = actions.Asked(form.session, form.message, form.anonymous, form.typed)
        try:
            question = await ctx.write(actions.ask, ctx.programme, ctx.runs, asked=asked)
        except Stale as refusal:
            await state.clear()
            await show(query, views.not_sent(ctx.t, ctx.t(refusal.key, **refusal.fields)))
            return
        await state.clear()
    waiting = await ctx.db.read(people_waiting, question.session, ctx.who.id, question.text)
    await show_receipt(query, question, ctx, waiting)


async def compared(many: int, comparing: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What comes of comparing with so many texts.

    After a start the words of each are taken apart for the first time, a tenth of a second for two thousand: that is
    done beside the loop, for nobody else is to wait for it.
    """
    if many <= AT_ONCE:
        return comparing(*args, **kwargs)
    return await asyncio.to_thread(comparing, *args, **kwargs)
