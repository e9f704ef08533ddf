"""Labels of questions."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.actions.moderation import labelling as actions
from bot.actions.paging import in_range
from bot.context import Context
from bot.programme.lookup import need_known
from bot.views.moderation import labelling as views
from bot.views.moderation.buttons import LabelCounts, LabelCountsPage, LabelList, LabelPage, LabelPick, SetLabel
from handlers.answers import show
from handlers.filters import Press, page_in
from handlers.moderation.desk import keep, pressed_card


def register(routes: Router) -> None:
    routes.callback_query.register(pick, Press(LabelPick))
    routes.callback_query.register(pick, Press(LabelPage))
    routes.callback_query.register(choose, Press(SetLabel))
    routes.callback_query.register(open_counts, Press(LabelCounts))
    routes.callback_query.register(open_counts, Press(LabelCountsPage))
    routes.callback_query.register(open_list, Press(LabelList))


async def pick(query: CallbackQuery, press: LabelPick | LabelPage, ctx: Context) -> None:
    question, labels = await ctx.read(actions.of, press.number)
    await keep(query, press, ctx)
    await show(query, views.pick(ctx.t, ctx.programme, question, labels, press.desk, page=page_in(press)))


async def choose(query: CallbackQuery, press: SetLabel, ctx: Context) -> None:
    question, labels = await ctx.write(
        actions.choose,
        ctx.programme,
        press.number,
        topic=press.topic,
        wanted=bool(press.wanted),
        at=pressed_card(query),
    )
    await keep(query, press, ctx)
    await show(query, views.pick(ctx.t, ctx.programme, question, labels, press.desk, topic=press.topic))


async def open_counts(query: CallbackQuery, press: LabelCounts | LabelCountsPage, ctx: Context) -> None:
    session = need_known(ctx.programme, press.session)
    count = await ctx.read(actions.counts, press.session)
    await show(query, views.counts(ctx.t, ctx.programme, session, count, page_in(press)))


async def open_list(query: CallbackQuery, press: LabelList, ctx: Context) -> None:
    session = need_known(ctx.programme, press.session)
    count = (await ctx.read(actions.counts, press.session)).get(press.topic, 0)
    page, pages = in_range(press.page, count=count, size=views.PAGE)
    questions = await ctx.read(
        actions.listed, press.session, topic=press.topic, limit=views.PAGE, offset=page * views.PAGE
    )
    await show(
        query,
        views.listed(ctx.t, ctx.programme, session, code=press.topic, questions=questions, page=page, pages=pages),
    )
