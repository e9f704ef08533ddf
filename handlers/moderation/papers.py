"""The questions to take away: /export and the papers of a session."""

from __future__ import annotations

import asyncio
import datetime as dt

from aiogram import Router
from aiogram.enums import ChatAction
from aiogram.filters import Command
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from bot import papers
from bot.actions.moderation import papers as actions
from bot.errors import Stale
from bot.programme.model import Programme
from bot.texts import Translator
from bot.views.moderation import papers as views
from bot.views.moderation.buttons import GetPaper, Papers, ReadSummary
from bot.who import Who
from handlers.answers import show
from handlers.filters import Press
from storage.database import Database


def register(routes: Router) -> None:
    routes.message.register(open_forum, Command("export"))
    routes.callback_query.register(open_menu, Press(Papers))
    routes.callback_query.register(read_summary, Press(ReadSummary))
    routes.callback_query.register(send_paper, Press(GetPaper))


async def open_forum(message: Message, who: Who, t: Translator, db: Database, programme: Programme) -> None:
    lines = await db.read(actions.lines, who, actions.WHOLE_FORUM)
    await show(message, views.menu(t, programme, actions.WHOLE_FORUM, len(lines)))


async def open_menu(
    query: CallbackQuery, press: Papers, who: Who, t: Translator, db: Database, programme: Programme
) -> None:
    lines = await db.read(actions.lines, who, press.session)
    await show(query, views.menu(t, programme, press.session, len(lines)))


async def read_summary(
    query: CallbackQuery, press: ReadSummary, who: Who, t: Translator, db: Database, programme: Programme
) -> None:
    numbers = await db.read(actions.summary, who, press.session)
    await show(query, views.summary(t, programme, press.session, numbers))


async def send_paper(
    query: CallbackQuery,
    press: GetPaper,
    who: Who,
    t: Translator,
    db: Database,
    programme: Programme,
    now: dt.datetime,
) -> None:
    if press.kind not in papers.KINDS:
        raise Stale("refusal.stale")
    lines = await db.read(actions.lines, who, press.session)
    assert query.bot is not None
    await query.bot.send_chat_action(who.id, ChatAction.UPLOAD_DOCUMENT)
    paper = await asyncio.to_thread(papers.make, press.kind, t, programme, press.session, lines, now)
    await query.bot.send_document(
        who.id, BufferedInputFile(paper.content, paper.name), caption=t.n("papers.caption", len(lines))
    )
