"""Carrying a question, or all that is left of a session, to another session."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.actions.moderation import carrying as actions
from bot.actions.moderation import claims, left_over
from bot.actions.moderation.desk import Decision
from bot.actions.questions.questions import moderated
from bot.context import Context
from bot.errors import Stale
from bot.middlewares.answers import Toast
from bot.views.moderation import carrying as views
from bot.views.moderation import left_over as left_over_views
from bot.views.moderation.buttons import DeskNext
from bot.views.moderation.carrying import Load
from bot.views.moderation.claims import wait
from bot.views.moderation.desk import NO_LIST
from bot.views.moderation.left_over_buttons import CarryAll, CarryAsk, CarryAskAll, CarryNow, CarryPick
from handlers.answers import show
from handlers.filters import Press
from handlers.moderation.desk import lift, pressed_card, put_card, show_next, too_late
from handlers.moderation.left_over import nothing_left
from storage.questions import LIVE


def register(routes: Router) -> None:
    routes.callback_query.register(pick, Press(CarryPick))
    routes.callback_query.register(ask, Press(CarryAsk))
    routes.callback_query.register(ask, Press(CarryAskAll))
    routes.callback_query.register(carry, Press(CarryNow))
    routes.callback_query.register(carry_all, Press(CarryAll))


async def load_of(press: CarryPick | CarryAsk | CarryAskAll, ctx: Context) -> Load:
    """What is to be carried, as it is now; Stale when there is nothing any more."""
    if isinstance(press, CarryAskAll) or (isinstance(press, CarryPick) and not press.number):
        return Load(press.session, NO_LIST, await ctx.read(left_over.reach, press.session))
    question = await ctx.read(moderated, press.number)
    if question.state not in LIVE:
        raise Stale("carrying.too_late")
    people = await ctx.db.read(actions.reach, press.number)
    return Load(question.session, press.desk, left_over.Reach(1, people, press.number), question)


async def pick(query: CallbackQuery, press: CarryPick, ctx: Context) -> Toast | None:
    load = await load_of(press, ctx)
    if load.question is not None:
        claim = await ctx.write(claims.take, press.number, pressed_card(query))
        if not claim.mine:
            return Toast(wait(ctx.t, claim), alert=True)
    sessions = actions.targets(ctx.programme, ctx.runs, ctx.now, load.session)
    await show(
        query,
        views.pick(
            ctx.t, ctx.programme, ctx.runs, load, sessions=sessions, now=ctx.now, day=press.day, page=press.page
        ),
    )
    return None


async def ask(query: CallbackQuery, press: CarryAsk | CarryAskAll, ctx: Context) -> None:
    load = await load_of(press, ctx)
    to = actions.need_target(ctx.programme, ctx.runs, press.to, ctx.now)
    moderates = ctx.who.moderates(press.to)
    await show(query, views.sure(ctx.t, ctx.programme, ctx.runs, load, to=to, now=ctx.now, moderates=moderates))


async def carry_all(query: CallbackQuery, press: CarryAll, ctx: Context) -> Toast:
    """In several transactions, so that nobody waits for hundreds."""
    made, way = left_over.Several(), left_over.Way(press.session, press.to, press.upto)
    while made.more:
        made = await ctx.write(left_over.carry_some, ctx.programme, ctx.runs, way=way, so_far=made)
    if made.nothing:
        made = await ctx.read(left_over.last_together, "carry", press.to)
    if made.nothing:
        return await nothing_left(query, press.session, ctx)
    await show(query, left_over_views.carried(ctx.t, ctx.programme, press.session, made, press.to))
    return Toast(ctx.t.plain("left.carried", count=made.done))


async def carry(query: CallbackQuery, press: CarryNow, ctx: Context) -> Toast:
    """At the desk the next question comes by itself; else what was done, which whoever does not moderate there can
    undo from here."""
    way = actions.Way(press.number, press.to, press.read)
    made = await ctx.write(actions.carry, ctx.programme, ctx.runs, way=way)
    done = Decision(made.question, made.made, "", made.claim, undo=made.action)
    if not made.made:
        if ctx.who.moderates(made.question.session):
            await put_card(query, press.number, press.desk, ctx)
        else:
            await lift(query, ctx)
            await show(query, views.elsewhere(ctx.t, ctx.programme, made.question))
        return too_late(ctx, done, made.question.state)
    if press.desk != NO_LIST and made.action:
        await show_next(query, DeskNext(session=made.former, which=press.desk, after=press.number), ctx, done)
    else:
        await lift(query, ctx)
        await show(query, views.done(ctx.t, ctx.programme, done, made.former, press.desk))
    return Toast(ctx.t.plain("carrying.done", number=press.number))
