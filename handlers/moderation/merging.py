"""Merging questions that say the same."""

from __future__ import annotations

import datetime as dt

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.actions.moderation import claims
from bot.actions.moderation import merging as actions
from bot.actions.moderation.desk import Decision
from bot.middlewares.answers import Toast
from bot.programme.model import Programme
from bot.texts import Translator
from bot.views.moderation import merging as views
from bot.views.moderation.buttons import (
    MergeNow,
    MergePick,
    MergeWith,
    Unmerge,
)
from bot.views.moderation.claims import wait
from bot.views.moderation.desk import NO_LIST
from bot.views.screen import page_of
from bot.who import Who
from handlers.answers import show
from handlers.filters import Press
from handlers.moderation.desk import pressed_card, put_card, show_next
from handlers.questions.likeness import compared
from storage.database import Database


def register(routes: Router) -> None:
    routes.callback_query.register(pick, Press(MergePick))
    routes.callback_query.register(ask, Press(MergeWith))
    routes.callback_query.register(merge, Press(MergeNow))
    routes.callback_query.register(unmerge, Press(Unmerge))


async def pick(
    query: CallbackQuery, press: MergePick, who: Who, t: Translator, db: Database, now: dt.datetime
) -> Toast | None:
    question, others = await db.read(actions.mergeable, who, press.number)
    claim = await db.write(claims.take, who, press.number, int(now.timestamp()), pressed_card(query))
    if not claim.mine:
        return Toast(wait(t, claim), alert=True)
    numbers, near = await compared(len(others), actions.in_order, question, others)
    wanted, page, pages = page_of(numbers, press.page, views.PAGE)
    shown = await db.read(actions.shown, list(wanted))
    await show(query, views.pick(t, question, shown, near if page == 0 else 0, page, pages, press.desk))
    return None


async def ask(query: CallbackQuery, press: MergeWith, who: Who, t: Translator, db: Database) -> None:
    """Both texts side by side, before anything is done."""
    question, target = await db.read(actions.both, who, press.number, press.target)
    await show(query, views.sure(t, question, target, press.desk))


async def merge(
    query: CallbackQuery,
    press: MergeNow,
    who: Who,
    t: Translator,
    db: Database,
    programme: Programme,
    now: dt.datetime,
) -> Toast:
    seconds = int(now.timestamp())
    result = await db.write(actions.merge, who, press.number, press.target, press.read, press.beside, seconds)
    if not result.made:
        question, target = await db.read(actions.both, who, press.number, press.target)
        await show(query, views.sure(t, question, target, press.desk))
        return Toast(t.plain("moderation.read_again"), alert=True)
    if press.desk == NO_LIST:
        await put_card(query, press.number, press.desk, who, t, db, programme, now)
    else:
        done = Decision(result.question, True, "", undo=result.undo)
        await show_next(query, result.question.session, press.desk, press.number, who, t, db, programme, now, done)
    return Toast(t.plain("merging.done", number=press.number, target=press.target))


async def unmerge(
    query: CallbackQuery,
    press: Unmerge,
    who: Who,
    t: Translator,
    db: Database,
    programme: Programme,
    now: dt.datetime,
) -> Toast:
    await db.write(actions.unmerge, who, press.number, int(now.timestamp()), pressed_card(query))
    await put_card(query, press.number, press.desk, who, t, db, programme, now)
    return Toast(t.plain("merging.apart_done", number=press.number))
