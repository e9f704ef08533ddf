"""Changing the programme by thumb: one more session. When and how long, then its title; the rest on its own screen."""

from __future__ import annotations

import datetime as dt

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.actions import became
from bot.actions.became import ProgrammeName, SessionSlot
from bot.actions.publishing.edit import fresh_code, read_slot
from bot.context import Context
from bot.drafts import Drafts
from bot.errors import Stale
from bot.programme import edits
from bot.programme.lookup import need_date
from bot.programme.model import Session
from bot.programme.texts import read_names
from bot.views.publishing import add as views
from bot.views.publishing.buttons import AddSession
from handlers.answers import say_counted, show, text_only
from handlers.filters import Press, Text
from handlers.forms import (
    EverywhereForm,
    InForm,
    LengthForm,
    OfForm,
    PersonForm,
    RoomForm,
    SlotForm,
    StartForm,
    TextForm,
    TitleForm,
)
from handlers.publishing.edit import whole

NEW_KIND = "talk"


def register(routes: Router) -> None:
    routes.callback_query.register(begin, Press(AddSession))


def register_forms(routes: Router) -> None:
    """Also the answer to anything that is not text, for all forms of the programme's desk: stands after them."""
    routes.message.register(type_slot, InForm(SlotForm), Text())
    routes.message.register(type_title, InForm(TitleForm), Text())
    routes.edited_message.register(type_slot, InForm(TitleForm), OfForm(TitleForm), Text())
    routes.message.register(
        text_only,
        InForm(StartForm, LengthForm, RoomForm, PersonForm, EverywhereForm, TextForm, SlotForm, TitleForm),
    )  # in FindSessionForm a file is a file


async def begin(query: CallbackQuery, press: AddSession, state: FSMContext, ctx: Context, drafts: Drafts) -> None:
    draft = await drafts.get(ctx.who)
    day = need_date(press.day)
    if draft.programme.day(day) is None:
        raise Stale("change.no_such_day", day=press.day)
    await SlotForm(day.isoformat()).save(state)
    await show(query, views.slot(ctx.t, day))


async def type_slot(message: Message, text: str, state: FSMContext, ctx: Context, drafts: Drafts) -> SessionSlot:
    """Also of an edit of that message while the title is asked for."""
    draft = await drafts.get(ctx.who)
    day = dt.date.fromisoformat((await SlotForm.load(state)).day)
    start, minutes = read_slot(text, draft.programme, day)
    message_id = message.message_id
    await TitleForm(day.isoformat(), start=start.isoformat(), minutes=minutes, message=message_id).save(state)
    await say_counted(message, ctx)
    await show(message, views.title(ctx.t, day, start, edits.later(start, minutes)))
    return SessionSlot(day.isoformat(), "", start.isoformat(), minutes)


async def type_title(message: Message, text: str, state: FSMContext, ctx: Context, drafts: Drafts) -> ProgrammeName:
    form = await TitleForm.load(state)
    title = read_names(text)
    draft = await drafts.get(ctx.who)
    code = fresh_code(draft, "sessions", title)
    start = dt.datetime.fromisoformat(form.start).astimezone(ctx.t.zone)
    end = edits.later(start, form.minutes)
    session = Session(code, NEW_KIND, title, start, end, dt.date.fromisoformat(form.day))
    _, draft = await drafts.change_newest(ctx.who, edits.AddSession(code, new=session), ctx.now)
    await state.clear()
    if form.message is not None:
        slot = SessionSlot(form.day, code, form.start, form.minutes)
        await ctx.db.write(became.turn, ctx.who.id, form.message, slot)
    await show(message, whole(ctx, draft, code))
    return ProgrammeName("s", code, "t", text)
