"""Marking what really happens in the halls: from the stage, a session's card, "now and next", or a page of its own."""

from __future__ import annotations

import datetime as dt

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.actions.agenda import runs as actions
from bot.actions.rights import need_moderator
from bot.delivery.stage import Stages
from bot.errors import Stale
from bot.middlewares.answers import Toast
from bot.programme.estimates import Runs
from bot.programme.model import Programme
from bot.runs import RunsKeeper
from bot.texts import Translator
from bot.views.agenda import runs as views
from bot.views.agenda.buttons import MarkRun, RunPage, UnmarkRun
from bot.who import Who
from handlers.agenda.agenda import open_now, show_card
from handlers.answers import show
from handlers.filters import Press
from handlers.moderation.stage import put_stage
from storage.database import Database


def register(routes: Router) -> None:
    routes.callback_query.register(mark, Press(MarkRun))
    routes.callback_query.register(unmark, Press(UnmarkRun))
    routes.callback_query.register(open_page, Press(RunPage))


async def open_page(
    query: CallbackQuery, press: RunPage, who: Who, t: Translator, programme: Programme, runs: Runs, now: dt.datetime
) -> None:
    session = programme.session(press.session)
    if session is None:
        raise Stale("agenda.no_such_session")
    need_moderator(who, press.session)
    await show(query, views.page(t, programme, runs, session, now))


async def mark(
    query: CallbackQuery,
    press: MarkRun,
    who: Who,
    t: Translator,
    db: Database,
    programme: Programme,
    now: dt.datetime,
    runs_keeper: RunsKeeper,
    stage_keeper: Stages,
) -> Toast:
    wish = (press.session, press.move, press.until, press.read)
    made = await db.write(actions.mark, who, programme, *wish, now)
    runs = await runs_keeper.refresh()
    await show_place(query, press, who, t, db, programme, runs, now, stage_keeper)
    if not made:
        return Toast(t.plain("runs.moved_on"), alert=True)
    until = press.until if press.move == actions.OVER else int(now.timestamp())
    return Toast(t.plain(f"runs.done_{press.move}", time=t.clock(until)))


async def unmark(
    query: CallbackQuery,
    press: UnmarkRun,
    who: Who,
    t: Translator,
    db: Database,
    programme: Programme,
    now: dt.datetime,
    runs_keeper: RunsKeeper,
    stage_keeper: Stages,
) -> Toast:
    wish = (press.session, press.move, press.read, int(now.timestamp()))
    made = await db.write(actions.unmark, who, programme, *wish)
    runs = await runs_keeper.refresh()
    await show_place(query, press, who, t, db, programme, runs, now, stage_keeper)
    return Toast(t.plain("runs.done_undo")) if made else Toast(t.plain("runs.moved_on"), alert=True)


async def show_place(
    query: CallbackQuery,
    press: MarkRun | UnmarkRun,
    who: Who,
    t: Translator,
    db: Database,
    programme: Programme,
    runs: Runs,
    now: dt.datetime,
    stage_keeper: Stages,
) -> None:
    """The screen on which it was pressed, afresh."""
    if press.place == views.ON_STAGE:
        await put_stage(query, press.session, who, t, db, programme, runs, now, stage_keeper)
    elif press.place == views.ON_CARD:
        await show_card(query, press.session, "now", who, t, db, programme, runs, now)
    elif press.place == views.ON_NOW:
        await open_now(query, who, t, programme, runs, now)
    else:
        await open_page(query, RunPage(session=press.session), who, t, programme, runs, now)
