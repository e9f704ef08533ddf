"""Changing the programme by thumb: two rooms change places for the rest of a day."""

from __future__ import annotations

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from bot.actions.publishing.drafts import Draft
from bot.context import Context
from bot.drafts import Drafts
from bot.errors import Stale
from bot.middlewares.answers import Toast
from bot.programme import edits
from bot.programme.lookup import need_date, need_room
from bot.programme.model import Room
from bot.views.publishing import edit_halls as views
from bot.views.publishing.buttons import (
    HallsOfDay,
    SeeHalls,
    SwapHalls,
    revision_of,
)
from handlers.answers import show
from handlers.filters import Press
from handlers.publishing.change import toast_of


def register(routes: Router) -> None:
    press = routes.callback_query.register
    press(choose, Press(HallsOfDay))
    press(see, Press(SeeHalls))
    press(swap, Press(SwapHalls))


async def choose(query: CallbackQuery, press: HallsOfDay, state: FSMContext, ctx: Context, drafts: Drafts) -> None:
    draft = await drafts.get(ctx.who)
    first = need_room(draft.programme, press.room) if press.room else None
    await state.clear()
    date = need_date(press.day)
    await show(query, views.halls(ctx.t, draft, date, first=first, page=press.page, now=ctx.now, runs=ctx.runs))


async def see(query: CallbackQuery, press: SeeHalls, ctx: Context, drafts: Drafts) -> None:
    draft, date = await drafts.get(ctx.who), need_date(press.day)
    one, other = need_room(draft.programme, press.room), need_room(draft.programme, press.other)
    after = edits.SwapRooms(date, one.code, other.code, now=ctx.now, runs=ctx.runs).apply(draft.programme)
    await show(query, views.pair(ctx.t, draft, after, date=date, one=one, other=other, now=ctx.now, runs=ctx.runs))


async def swap(query: CallbackQuery, press: SwapHalls, ctx: Context, drafts: Drafts) -> Toast | None:
    """What is shown afterwards cannot swap back, so a double tap swaps once."""
    date, draft = need_date(press.day), await drafts.get(ctx.who)
    one, other = placed(draft, press.here), placed(draft, press.there)
    edit = edits.SwapRooms(date, one.code, other.code, now=ctx.now, runs=ctx.runs)
    changed = await drafts.change(ctx.who, revision_of(press.stamp), edit, ctx.now)
    await show(query, views.swapped(ctx.t, changed.draft, date, ctx.now, ctx.who.id))
    return toast_of(ctx, changed)


def placed(draft: Draft, place: int) -> Room:
    """The room at a place; of a draft that has moved on another, but that is not changed by this press either."""
    if not 0 <= place < len(draft.programme.rooms):
        raise Stale("change.no_such_room")
    return draft.programme.rooms[place]
