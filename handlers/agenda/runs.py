"""Marking what really happens in the halls: from the stage, a session's card, "now and next", or a page of its own."""

from __future__ import annotations

from dataclasses import replace

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.actions.agenda import runs as actions
from bot.actions.rights import need_moderator
from bot.context import Context
from bot.delivery.stage import Stages
from bot.errors import Stale
from bot.middlewares.answers import Toast
from bot.programme.lookup import need_session
from bot.programme.model import Session
from bot.runs import RunsKeeper
from bot.views.agenda import runs as views
from bot.views.agenda.buttons import MarkLateStart, MarkRun, RunPage, UnmarkRun
from handlers.agenda.agenda import open_now, show_card
from handlers.answers import show
from handlers.filters import Press
from handlers.moderation.stage import lift, put_stage


def register(routes: Router) -> None:
    routes.callback_query.register(mark, Press(MarkRun))
    routes.callback_query.register(mark_late_start, Press(MarkLateStart))
    routes.callback_query.register(unmark, Press(UnmarkRun))
    routes.callback_query.register(open_page, Press(RunPage))


async def open_page(query: CallbackQuery, press: RunPage, ctx: Context) -> None:
    session = need_session(ctx.programme, press.session)
    need_moderator(ctx.who, press.session)
    await show(query, views.page(ctx.t, ctx.programme, ctx.runs, session, ctx.now))


async def mark(
    query: CallbackQuery, press: MarkRun, ctx: Context, runs_keeper: RunsKeeper, stage_keeper: Stages
) -> Toast | None:
    """A start after the planned end may be one that somebody forgot to mark hours ago: then it asks."""
    session = need_session(ctx.programme, press.session)
    if press.move == actions.START and ctx.now >= session.end:
        await ask_late_start(query, press, session, ctx)
        return None
    made = await ctx.write(
        actions.mark, ctx.programme, press.session, move=press.move, until=press.until, read=press.read
    )
    after = replace(ctx, runs=await runs_keeper.refresh())
    await show_place(query, press, after, stage_keeper)
    if not made:
        return Toast(ctx.t.plain("runs.moved_on"), alert=True)
    until = press.until if press.move == actions.OVER else ctx.seconds
    return Toast(ctx.t.plain(f"runs.done_{press.move}", time=ctx.t.clock(until)))


async def ask_late_start(query: CallbackQuery, press: MarkRun, session: Session, ctx: Context) -> None:
    need_moderator(ctx.who, press.session)
    if actions.START not in actions.possible(ctx.programme, ctx.runs, session, ctx.now):
        raise Stale("runs.not_now")
    if press.place == views.ON_STAGE:
        await lift(query, ctx)
    await show(query, views.late_start_sure(ctx.t, ctx.programme, ctx.runs, session, now=ctx.now, place=press.place))


async def mark_late_start(
    query: CallbackQuery, press: MarkLateStart, ctx: Context, runs_keeper: RunsKeeper, stage_keeper: Stages
) -> Toast:
    made = await ctx.write(actions.mark, ctx.programme, press.session, move=actions.START, until=0, read=press.read)
    after = replace(ctx, runs=await runs_keeper.refresh())
    await show_place(query, press, after, stage_keeper)
    if not made:
        return Toast(ctx.t.plain("runs.moved_on"), alert=True)
    return Toast(ctx.t.plain("runs.done_start"))


async def unmark(
    query: CallbackQuery, press: UnmarkRun, ctx: Context, runs_keeper: RunsKeeper, stage_keeper: Stages
) -> Toast:
    made = await ctx.write(actions.unmark, ctx.programme, press.session, move=press.move, read=press.read)
    after = replace(ctx, runs=await runs_keeper.refresh())
    await show_place(query, press, after, stage_keeper)
    return Toast(ctx.t.plain("runs.done_undo")) if made else Toast(ctx.t.plain("runs.moved_on"), alert=True)


async def show_place(
    query: CallbackQuery, press: MarkRun | MarkLateStart | UnmarkRun, ctx: Context, stage_keeper: Stages
) -> None:
    """Show the screen on which it was pressed as it is now."""
    if press.place == views.ON_STAGE:
        await put_stage(query, press.session, ctx, stage_keeper)
    elif press.place == views.ON_CARD:
        await show_card(query, press.session, "now", ctx)
    elif press.place == views.ON_NOW:
        await open_now(query, ctx)
    else:
        await open_page(query, RunPage(session=press.session), ctx)
