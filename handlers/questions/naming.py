"""Hiding or showing one's name with a question that was sent."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.actions.questions import naming as actions
from bot.context import Context
from bot.views.questions import naming as views
from bot.views.questions import questions as question_views
from bot.views.questions.buttons import ShowName
from handlers.answers import show
from handlers.filters import Press


def register(routes: Router) -> None:
    routes.callback_query.register(choose, Press(ShowName))


async def choose(query: CallbackQuery, press: ShowName, ctx: Context) -> None:
    if press.sure:
        question = await ctx.write(actions.choose, press.number, shown=bool(press.wanted))
        news = f"{views.chosen(ctx.t, question)}\n\n"
        await show(query, question_views.one_of_mine(ctx.t, ctx.programme, question, news))
        return
    question, seen_by = await ctx.read(actions.changeable, press.number)
    if question.anonymous == bool(press.wanted):
        await show(query, views.name_sure(ctx.t, question, seen_by))
    else:  # an old button: it is so already
        await show(query, question_views.one_of_mine(ctx.t, ctx.programme, question))
