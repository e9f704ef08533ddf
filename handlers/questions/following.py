"""A question on its own screen, and following it without having asked it."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot.actions.questions import following as actions
from bot.actions.questions import questions
from bot.context import Context
from bot.errors import Stale
from bot.middlewares.answers import Toast
from bot.views.questions import following as views
from bot.views.questions.buttons import Follow, FollowAlike, OpenQuestion, VoteHere
from bot.views.questions.questions import one_of_mine
from handlers.answers import show
from handlers.filters import Press


def register(routes: Router) -> None:
    routes.callback_query.register(open_question, Press(OpenQuestion))
    routes.callback_query.register(follow, Press(Follow, wanted=1))
    routes.callback_query.register(stop, Press(Follow))
    routes.callback_query.register(vote, Press(VoteHere))
    routes.callback_query.register(follow_alike, Press(FollowAlike))


async def open_question(query: CallbackQuery, press: OpenQuestion, ctx: Context) -> None:
    await show_question(query, press.number, press.page, ctx)


async def follow(query: CallbackQuery, press: Follow, ctx: Context) -> Toast:
    question = await ctx.write(actions.follow, press.number)
    await show_question(query, question.number, press.page, ctx)
    return Toast(ctx.t.plain("following.followed"))


async def stop(query: CallbackQuery, press: Follow, ctx: Context) -> Toast:
    """What only those may open who follow it cannot be shown any more."""
    await ctx.write(actions.unfollow, press.number)
    try:
        await show_question(query, press.number, press.page, ctx)
    except Stale:
        await show(query, views.stopped(ctx.t, press.number))
    return Toast(ctx.t.plain("following.stopped"))


async def vote(query: CallbackQuery, press: VoteHere, ctx: Context) -> Toast:
    result = await ctx.write(questions.vote, ctx.programme, press.number, wanted=bool(press.wanted))
    await show_question(query, press.number, press.page, ctx)
    return Toast(ctx.t.plain("questions.voted" if result.mine else "questions.unvoted"))


async def follow_alike(query: CallbackQuery, press: FollowAlike, ctx: Context) -> Toast:
    """The screen stays: what was typed waits there to be sent."""
    await ctx.write(actions.follow, press.number)
    return Toast(ctx.t.plain("following.followed"))


async def follow_link(message: Message, number: int, ctx: Context) -> None:
    """Where somebody comes back to who had to register first; a guest who only looks around reads it."""
    if ctx.who.registered:
        number = (await ctx.write(actions.follow, number)).number
    await show_question(message, number, 0, ctx)


async def show_question(event: Message | CallbackQuery, number: int, page: int, ctx: Context) -> None:
    reading = await ctx.read(actions.reading, number)
    if reading.own:
        await show(event, one_of_mine(ctx.t, ctx.programme, reading.question, stays=reading.stays))
    else:
        await show(event, views.one(ctx.t, ctx.programme, reading, page))
