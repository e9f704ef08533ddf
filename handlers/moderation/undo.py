"""Undoing the last decision about a question."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.actions.moderation import undo as actions
from bot.context import Context
from bot.middlewares.answers import Toast
from bot.views.moderation.buttons import Undo
from handlers.filters import Press
from handlers.moderation.desk import put_card


def register(routes: Router) -> None:
    routes.callback_query.register(undo, Press(Undo))


async def undo(query: CallbackQuery, press: Undo, ctx: Context) -> Toast:
    """The question is back under the thumb of whoever wants it decided otherwise."""
    question = await ctx.write(actions.undo, press.deed)
    await put_card(query, question.number, press.desk, ctx, claimed=True)
    return Toast(ctx.t.plain("undo.done", number=question.number))
