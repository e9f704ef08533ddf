"""Labels of questions."""

from __future__ import annotations

import datetime as dt

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.actions.moderation import labelling as actions
from bot.actions.paging import in_range
from bot.errors import Stale
from bot.programme.model import Programme
from bot.texts import Translator
from bot.views.moderation import labelling as views
from bot.views.moderation.buttons import (
    LabelCounts,
    LabelList,
    LabelPick,
    SetLabel,
)
from bot.who import Who
from handlers.answers import show
from handlers.filters import Press
from handlers.moderation.desk import pressed_card
from storage.database import Database


def register(routes: Router) -> None:
    routes.callback_query.register(pick, Press(LabelPick))
    routes.callback_query.register(choose, Press(SetLabel))
    routes.callback_query.register(open_counts, Press(LabelCounts))
    routes.callback_query.register(open_list, Press(LabelList))


async def pick(
    query: CallbackQuery, press: LabelPick, who: Who, t: Translator, db: Database, programme: Programme
) -> None:
    question, labels = await db.read(actions.of, who, press.number)
    await show(query, views.pick(t, programme, question, labels, press.desk))


async def choose(
    query: CallbackQuery,
    press: SetLabel,
    who: Who,
    t: Translator,
    db: Database,
    programme: Programme,
    now: dt.datetime,
) -> None:
    wish = (press.number, press.topic, bool(press.wanted), int(now.timestamp()), pressed_card(query))
    question, labels = await db.write(actions.choose, who, programme, *wish)
    await show(query, views.pick(t, programme, question, labels, press.desk))


async def open_counts(
    query: CallbackQuery, press: LabelCounts, who: Who, t: Translator, db: Database, programme: Programme
) -> None:
    session = programme.session(press.session)
    if session is None:
        raise Stale("agenda.no_such_session")
    count = await db.read(actions.counts, who, press.session)
    await show(query, views.counts(t, programme, session, count))


async def open_list(
    query: CallbackQuery, press: LabelList, who: Who, t: Translator, db: Database, programme: Programme
) -> None:
    session = programme.session(press.session)
    if session is None:
        raise Stale("agenda.no_such_session")
    count = (await db.read(actions.counts, who, press.session)).get(press.topic, 0)
    page, pages = in_range(press.page, count, views.PAGE)
    questions = await db.read(actions.listed, who, press.session, press.topic, views.PAGE, page * views.PAGE)
    await show(query, views.listed(t, programme, session, press.topic, questions, page, pages))
