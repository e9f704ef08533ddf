"""Changing the programme by thumb: shifting, other times and lengths, rooms, swapping."""

from __future__ import annotations

from typing import Any

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.actions.publishing.drafts import Draft
from bot.actions.publishing.edit import fresh_code, read_length, read_start
from bot.context import Context
from bot.drafts import Drafts
from bot.errors import Stale
from bot.middlewares.answers import Toast
from bot.programme import edits
from bot.programme.model import Programme, Room
from bot.programme.texts import read_names
from bot.views.publishing import edit_time as views
from bot.views.publishing.buttons import (
    Shift,
    ShiftScope,
    SwapWith,
    ToRoom,
    TypeChange,
)
from bot.views.screen import Screen
from handlers.answers import show
from handlers.filters import Press, Text
from handlers.forms import ProgrammeForm
from handlers.publishing.change import Change, by_press, by_words
from handlers.publishing.edit import on_session, whole

FORMS = {"start": ProgrammeForm.start, "length": ProgrammeForm.length, "room": ProgrammeForm.room}


def register(routes: Router) -> None:
    press = routes.callback_query.register
    press(set_scope, Press(ShiftScope))
    press(shift, Press(Shift))
    press(to_room, Press(ToRoom))
    press(swap, Press(SwapWith))
    press(begin_form, Press(TypeChange))


def register_forms(routes: Router) -> None:
    form = {"form": True}
    routes.message.register(type_start, StateFilter(ProgrammeForm.start), Text(), flags=form)
    routes.message.register(type_length, StateFilter(ProgrammeForm.length), Text(), flags=form)
    routes.message.register(type_room, StateFilter(ProgrammeForm.room), Text(), flags=form)


async def set_scope(query: CallbackQuery, press: ShiftScope, ctx: Context, drafts: Drafts) -> None:
    await show(query, times(ctx, await drafts.get(ctx.who), press.session, press.scope))


def times(ctx: Context, draft: Draft, code: str, scope: str) -> Screen:
    return views.time(ctx.t, draft, edits.need(draft.programme, code), scope, ctx.now, ctx.who.id)


async def shift(query: CallbackQuery, press: Shift, ctx: Context, drafts: Drafts) -> Toast | None:
    """The screen stays, with the same scope: another press shifts further."""
    if press.scope not in edits.SCOPES or abs(press.minutes) > edits.MOST_MINUTES:
        raise Stale("refusal.stale")

    def edit(programme: Programme) -> Programme:
        return edits.shift(programme, press.session, press.scope, press.minutes, ctx.now)

    change = Change("shift", {"session": press.session, "minutes": press.minutes, "scope": press.scope}, edit)
    return await by_press(
        query, press.stamp, change, lambda draft: times(ctx, draft, press.session, press.scope), ctx, drafts
    )


async def to_room(query: CallbackQuery, press: ToRoom, ctx: Context, drafts: Drafts) -> Toast | None:
    change = Change(
        "room",
        {"session": press.session, "room": press.room},
        lambda programme: edits.to_room(programme, press.session, press.room),
    )
    return await on_session(query, press, change, ctx, drafts)


async def swap(query: CallbackQuery, press: SwapWith, ctx: Context, drafts: Drafts) -> Toast | None:
    change = Change(
        "swap",
        {"session": press.session, "other": press.other},
        lambda programme: edits.swap(programme, press.session, press.other),
    )
    return await on_session(query, press, change, ctx, drafts)


async def begin_form(query: CallbackQuery, press: TypeChange, state: FSMContext, ctx: Context, drafts: Drafts) -> None:
    draft = await drafts.get(ctx.who)
    form = FORMS.get(press.what)
    if form is None:
        raise Stale("refusal.stale")
    session = edits.need(draft.programme, press.session)
    await state.set_state(form)
    await state.set_data({"session": press.session})
    await show(query, views.form(ctx.t, draft, session, press.what))


async def type_start(message: Message, text: str, state: FSMContext, ctx: Context, drafts: Drafts) -> None:
    code = (await state.get_data())["session"]
    draft = await drafts.get(ctx.who)
    day, start = read_start(text, draft.programme, edits.need(draft.programme, code).day)
    change = Change(
        "move",
        {"session": code, "start": start.isoformat()},
        lambda programme: edits.move(programme, code, day, start),
    )
    await finish(message, state, change, ctx, drafts)


async def type_length(message: Message, text: str, state: FSMContext, ctx: Context, drafts: Drafts) -> None:
    code = (await state.get_data())["session"]
    minutes = read_length(text, edits.need((await drafts.get(ctx.who)).programme, code).start)
    change = Change(
        "length", {"session": code, "minutes": minutes}, lambda programme: edits.lengthen(programme, code, minutes)
    )
    await finish(message, state, change, ctx, drafts)


async def type_room(message: Message, text: str, state: FSMContext, ctx: Context, drafts: Drafts) -> None:
    """A room that is not in the programme yet."""
    code = (await state.get_data())["session"]
    name = read_names(text)
    draft = await drafts.get(ctx.who)
    room = Room(fresh_code(draft, "rooms", name), name)

    def edit(programme: Programme) -> Programme:
        return edits.to_room(edits.with_room(programme, room), code, room.code)

    await finish(message, state, Change("room", {"session": code, "room": room.code}, edit), ctx, drafts)


async def finish(message: Message, state: FSMContext, change: Change, ctx: Context, drafts: Drafts) -> None:
    """Make the change that was typed and show the session as it is then."""
    detail: Any = change.detail
    draft = await by_words(change, ctx, drafts)
    await state.clear()
    await show(message, whole(ctx, draft, detail["session"]))
