"""Changing the programme by thumb: one more session. When and how long, then its title; the rest on its own screen."""

from __future__ import annotations

import datetime as dt

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.actions.publishing.edit import fresh_code, read_slot
from bot.context import Context
from bot.drafts import Drafts
from bot.errors import Stale
from bot.programme import edits
from bot.programme.model import Session
from bot.programme.texts import read_names
from bot.views.agenda.agenda import day_from_key
from bot.views.publishing import add as views
from bot.views.publishing.buttons import AddSession
from handlers.answers import show, text_only
from handlers.filters import Press, Text
from handlers.forms import ProgrammeForm
from handlers.publishing.edit import whole

NEW_KIND = "talk"


def register(routes: Router) -> None:
    routes.callback_query.register(begin, Press(AddSession))


def register_forms(routes: Router) -> None:
    """Also the answer to what is no text, for all forms of the programme's desk: stands after them."""
    form = {"form": True}
    routes.message.register(type_slot, StateFilter(ProgrammeForm.slot), Text(), flags=form)
    routes.message.register(type_title, StateFilter(ProgrammeForm.title), Text(), flags=form)
    others = [one for one in ProgrammeForm.__states__ if one is not ProgrammeForm.find]  # there a file is a file
    routes.message.register(text_only, StateFilter(*others), flags=form)


async def begin(query: CallbackQuery, press: AddSession, state: FSMContext, ctx: Context, drafts: Drafts) -> None:
    draft = await drafts.get(ctx.who)
    day = day_from_key(press.day)
    if day is None or draft.programme.day(day) is None:
        raise Stale("change.no_such_day", day=press.day)
    await state.set_state(ProgrammeForm.slot)
    await state.set_data({"day": day.isoformat()})
    await show(query, views.slot(ctx.t, day))


async def type_slot(message: Message, text: str, state: FSMContext, ctx: Context, drafts: Drafts) -> None:
    draft = await drafts.get(ctx.who)
    day = dt.date.fromisoformat((await state.get_data())["day"])
    start, minutes = read_slot(text, draft.programme, day)
    await state.set_state(ProgrammeForm.title)
    await state.update_data(start=start.isoformat(), minutes=minutes)
    await show(message, views.title(ctx.t, day, start, edits.later(start, minutes)))


async def type_title(message: Message, text: str, state: FSMContext, ctx: Context, drafts: Drafts) -> None:
    form = await state.get_data()
    title = read_names(text)
    draft = await drafts.get(ctx.who)
    code = fresh_code(draft, "sessions", title)
    start = dt.datetime.fromisoformat(form["start"]).astimezone(ctx.t.zone)
    end = edits.later(start, form["minutes"])
    session = Session(code, NEW_KIND, title, start, end, dt.date.fromisoformat(form["day"]))
    _, draft = await drafts.change_newest(ctx.who, edits.AddSession(code, new=session), ctx.now)
    await state.clear()
    await show(message, whole(ctx, draft, code))
