"""Telling everybody registered that a day or a hall moves: the announcement worded, and worded again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.actions.announcements import claims, moved, repairs
from bot.actions.announcements.moved import Offer, Words
from bot.context import Context
from bot.programme.moves import moves
from bot.texts import LANGUAGES, Html, Translator
from bot.versions import Versions
from bot.views.announcements import announcements as desk_views
from bot.views.announcements.buttons import WordAgain
from bot.views.publishing import moved as views
from bot.views.publishing.buttons import TellEverybody
from handlers.announcements.announcements import show_desk
from handlers.answers import need_message, send
from handlers.filters import Press
from storage import programmes


def register(routes: Router) -> None:
    routes.callback_query.register(tell, Press(TellEverybody))
    routes.callback_query.register(word_again, Press(WordAgain))


async def what_moved(number: int, ctx: Context, versions: Versions) -> Offer:
    """What that version moves as a whole."""
    before = await ctx.db.read(programmes.before, number)
    after = await versions.get(number)
    former = after if before is None else await versions.get(before)
    return await ctx.read(moved.offer, ctx.seconds, before=former, after=after, version=number)


async def tell(query: CallbackQuery, press: TellEverybody, ctx: Context, versions: Versions) -> None:
    """The desk of the announcement there is of it, or of a new draft."""
    before = await ctx.db.read(programmes.before, press.number)
    words = None if before is None else await worded(ctx, versions, before)
    announcement = await ctx.write(moved.draft, press.number, words)
    await show_desk(query, announcement.number, ctx)


async def word_again(query: CallbackQuery, press: WordAgain, ctx: Context, versions: Versions) -> None:
    """A draft by the programme of now; what has gone out gets a correction in each language that needs one."""
    about = await ctx.read(moved.about, press.number)
    if about.announcement.started_at is None:
        await ctx.write(moved.again, press.number, await worded(ctx, versions, about.before))
        await show_desk(query, press.number, ctx)
        return
    words = await spoken(ctx, versions, about)
    languages = await ctx.write(moved.stage, press.number, words=words, programme=ctx.programme)
    await show_desk(query, press.number, ctx)
    message = need_message(query, "announcements.gone")
    for language in languages:
        staged = await ctx.read(repairs.staged, press.number, language)
        await send(message, desk_views.correction(ctx.t, press.number, language, staged))


async def worded(ctx: Context, versions: Versions, before: int) -> Words | None:
    """What to say of the way from that version to the one that holds; None when nothing is moved as a whole."""
    number = await versions.refresh()
    former, programme = await versions.get(before), await versions.get(number)
    found = await asyncio.to_thread(moves, former, programme, ctx.seconds)
    if not found:
        return None
    codes = [change.code for move in found for change in move.changes]
    texts = in_all(ctx.t, lambda t: views.words(t, programme, found))
    return Words(number, texts, claims.of(before, programme, codes))


async def spoken(ctx: Context, versions: Versions, about: moved.About) -> Words:
    """What the programme says now of the sessions of an announcement."""
    number = await versions.refresh()
    former, programme = await versions.get(about.before), await versions.get(number)
    texts = in_all(ctx.t, lambda t: views.correction(t, former, programme, about.sessions))
    return Words(number, texts, claims.of(about.before, programme, about.sessions))


def in_all(t: Translator, said: Callable[[Translator], Html]) -> dict[str, str]:
    return {language: said(t.into(language)) for language in LANGUAGES}
