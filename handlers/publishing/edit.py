"""Changing the programme by thumb: choosing a session and opening its screens; cancelling, its kind, taking back."""

from __future__ import annotations

import datetime as dt

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.actions.publishing import drafts as actions
from bot.actions.publishing.drafts import Draft
from bot.actions.publishing.edit import sessions_found
from bot.actions.typed import one_line
from bot.context import Context
from bot.drafts import MOVED_ON, Drafts
from bot.errors import Stale
from bot.middlewares.answers import Toast
from bot.programme import edits
from bot.programme.current import CurrentProgramme
from bot.programme.edits import Edit
from bot.programme.lookup import need_date, need_session
from bot.programme.now import nearest_day
from bot.programme.readers.times import DAY_STARTS
from bot.views.buttons import Go
from bot.views.publishing import edit as views
from bot.views.publishing import edit_people as people_views
from bot.views.publishing import edit_time as time_views
from bot.views.publishing.buttons import (
    ChangeDay,
    ChangeSession,
    DropPerson,
    SetCancelled,
    SetKind,
    SwapWith,
    TakeBackChange,
    TakePerson,
    ToRoom,
    revision_of,
)
from bot.views.publishing.more_buttons import ChangeMore
from bot.views.screen import Screen
from handlers.answers import show
from handlers.filters import Press, Text
from handlers.forms import FindSessionForm, InForm
from handlers.publishing.change import toast_of
from handlers.publishing.publishing import undone

QUERY_MAX = 200


def register(routes: Router) -> None:
    press = routes.callback_query.register
    press(open_today, Press(Go, where="change"))
    press(open_day, Press(ChangeDay))
    press(open_more, Press(ChangeMore))
    press(open_session, Press(ChangeSession))
    press(set_cancelled, Press(SetCancelled))
    press(set_kind, Press(SetKind))
    press(take_back, Press(TakeBackChange))


def register_forms(routes: Router) -> None:
    routes.message.register(find, InForm(FindSessionForm), Text())


async def open_today(query: CallbackQuery, state: FSMContext, ctx: Context, drafts: Drafts) -> None:
    draft = await drafts.get(ctx.who)
    await FindSessionForm.enter(state)
    await show(query, today(ctx, draft))


def today(ctx: Context, draft: Draft) -> Screen:
    """The day that is on, or the next one, at the first session that is not over."""
    here = ctx.now.astimezone(ctx.t.zone)
    day = nearest_day(draft.programme, here.date() - dt.timedelta(days=1 if here.time() < DAY_STARTS else 0))
    if day is None:
        return views.no_days(ctx.t)
    over = sum(one.end <= ctx.now for one in draft.programme.of_day(day))
    return views.day(ctx.t, draft, day, over // views.PAGE, ctx.who.id)


async def open_day(query: CallbackQuery, press: ChangeDay, state: FSMContext, ctx: Context, drafts: Drafts) -> None:
    draft = await drafts.get(ctx.who)
    date = need_date(press.day)
    await FindSessionForm.enter(state)
    await show(query, views.day(ctx.t, draft, date, press.page, ctx.who.id))


async def open_more(query: CallbackQuery, press: ChangeMore, state: FSMContext, ctx: Context, drafts: Drafts) -> None:
    draft = await drafts.get(ctx.who)
    await state.clear()
    await show(query, views.more(ctx.t, draft, need_date(press.day)))


async def find(message: Message, text: str, ctx: Context, drafts: Drafts, current: CurrentProgramme) -> None:
    """The form stays open: the next word is looked for too."""
    draft = await drafts.get(ctx.who)
    words = one_line(text[:QUERY_MAX])
    await show(message, views.found(ctx.t, draft, words, sessions_found(current.index, draft, words, ctx.t.language)))


async def open_session(
    query: CallbackQuery, press: ChangeSession, state: FSMContext, ctx: Context, drafts: Drafts
) -> None:
    draft = await drafts.get(ctx.who)
    await state.clear()
    await show(query, part(ctx, draft, press))


def part(ctx: Context, draft: Draft, press: ChangeSession) -> Screen:
    """One of a session's screens."""
    session = need_session(draft.programme, press.session)
    match press.part:
        case "time":
            return time_views.time(ctx.t, draft, session, scope=edits.ONLY, now=ctx.now, me=ctx.who.id)
        case "room":
            return time_views.room(ctx.t, draft, session, press.page)
        case "swap":
            return time_views.swap(ctx.t, draft, session, press.page)
        case "people":
            return people_views.people(ctx.t, draft, session, press.page)
        case "kind":
            return views.kinds(ctx.t, draft, session)
    return views.session(ctx.t, draft, session, ctx.now, ctx.who.id)


def whole(ctx: Context, draft: Draft, code: str) -> Screen:
    """The session's own screen."""
    return views.session(ctx.t, draft, need_session(draft.programme, code), ctx.now, ctx.who.id)


async def on_session(
    query: CallbackQuery,
    press: SetCancelled | SetKind | ToRoom | SwapWith | DropPerson | TakePerson,
    edit: Edit,
    ctx: Context,
    drafts: Drafts,
) -> Toast | None:
    """Make the edit that a press wants of a session, and show the session as it is then."""
    changed = await drafts.change(ctx.who, revision_of(press.stamp), edit, ctx.now)
    await show(query, whole(ctx, changed.draft, press.session))
    return toast_of(ctx, changed)


async def set_cancelled(query: CallbackQuery, press: SetCancelled, ctx: Context, drafts: Drafts) -> Toast | None:
    edit = edits.Cancel(press.session) if press.wanted else edits.Uncancel(press.session)
    return await on_session(query, press, edit, ctx, drafts)


async def set_kind(query: CallbackQuery, press: SetKind, ctx: Context, drafts: Drafts) -> Toast | None:
    return await on_session(query, press, edits.SetKind(press.session, press.kind), ctx, drafts)


async def take_back(query: CallbackQuery, press: TakeBackChange, ctx: Context, drafts: Drafts) -> Toast | None:
    """The last step; from the screen of a session that is there no more, back to its day."""
    before = await drafts.get(ctx.who)
    toast: Toast | None
    try:
        step = await ctx.write(actions.take_back, revision_of(press.stamp), number=press.number)
        toast = Toast(undone(ctx, before, step)) if step else None
    except Stale as moved:
        toast = Toast(ctx.t.plain(moved.key), alert=True)
        if moved.key != MOVED_ON:
            raise
    draft = await drafts.get(ctx.who)
    there = draft.programme.session(press.session) is not None
    await show(query, whole(ctx, draft, press.session) if there else today(ctx, draft))
    return toast
