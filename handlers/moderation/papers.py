"""The questions to take away: /export and the papers of a session."""

from __future__ import annotations

import asyncio

from aiogram import Router
from aiogram.enums import ChatAction
from aiogram.filters import Command
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from bot import papers
from bot.actions.moderation import papers as actions
from bot.context import Context
from bot.errors import Stale
from bot.views.moderation import papers as views
from bot.views.moderation.buttons import GetPaper, Papers, ReadSummary
from handlers.answers import show
from handlers.filters import Press


def register(routes: Router) -> None:
    routes.message.register(open_menu, Command("export"))
    routes.callback_query.register(open_menu, Press(Papers))
    routes.callback_query.register(read_summary, Press(ReadSummary))
    routes.callback_query.register(send_paper, Press(GetPaper))


async def open_menu(event: Message | CallbackQuery, ctx: Context, press: Papers | None = None) -> None:
    code = press.session if press else actions.WHOLE_FORUM
    numbers = await ctx.read(actions.summary, code)
    await show(event, views.menu(ctx.t, ctx.programme, code, numbers, ctx.seconds))


async def read_summary(query: CallbackQuery, press: ReadSummary, ctx: Context) -> None:
    numbers = await ctx.read(actions.summary, press.session)
    await show(query, views.summary(ctx.t, ctx.programme, press.session, numbers, ctx.seconds))


async def send_paper(query: CallbackQuery, press: GetPaper, ctx: Context) -> None:
    if press.kind not in papers.KINDS:
        raise Stale("refusal.stale")
    lines = await ctx.read(actions.lines, press.session)
    assert query.bot is not None
    await query.bot.send_chat_action(ctx.who.id, ChatAction.UPLOAD_DOCUMENT)
    paper = await asyncio.to_thread(
        papers.make, press.kind, t=ctx.t, programme=ctx.programme, session=press.session, lines=lines, now=ctx.now
    )
    caption = views.caption(ctx.t, actions.summed(lines), ctx.seconds)
    await query.bot.send_document(ctx.who.id, BufferedInputFile(paper.content, paper.name), caption=caption)
