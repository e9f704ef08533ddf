"""What is typed outside any form: looked for in the programme."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot.actions.typed import one_line
from bot.context import Context
from bot.errors import BadInput
from bot.programme.current import CurrentProgramme
from bot.views.agenda import found as views
from bot.views.agenda.buttons import Found
from handlers.answers import show
from handlers.filters import Press, Text

QUERY_MAX = 200  # characters of a search: nobody types more, and what is pasted needs no more to be found


def register(routes: Router) -> None:
    routes.callback_query.register(turn_found, Press(Found))


def register_words(routes: Router) -> None:
    """Any other word that is typed. Stands after every form."""
    routes.message.register(search, Text())


async def search(message: Message, text: str, ctx: Context, current: CurrentProgramme) -> None:
    await show_found(message, one_line(text[:QUERY_MAX]), 0, ctx, current)


async def turn_found(query: CallbackQuery, press: Found, ctx: Context, current: CurrentProgramme) -> None:
    await show_found(query, press.query, press.page, ctx, current)


async def show_found(
    event: Message | CallbackQuery, words: str, page: int, ctx: Context, current: CurrentProgramme
) -> None:
    if not any(letter.isalnum() for letter in words):
        raise BadInput("agenda.nothing_to_find")
    hits = current.index.find(words, ctx.t.language)
    sessions = [hit.session for hit in hits]
    await show(
        event,
        views.found(ctx.t, ctx.programme, ctx.runs, words, sessions, page=page, starred=ctx.who.starred, now=ctx.now),
    )
