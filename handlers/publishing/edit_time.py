"""Changing the programme by thumb: shifting, other times and lengths, rooms, swapping."""

from __future__ import annotations

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.actions.became import ProgrammeName, SessionLength, SessionStart
from bot.actions.publishing.drafts import Draft
from bot.actions.publishing.edit import fresh_code, read_length, read_start
from bot.context import Context
from bot.drafts import Drafts
from bot.errors import Stale
from bot.middlewares.answers import Toast
from bot.programme import edits
from bot.programme.lookup import need_session
from bot.programme.model import Room
from bot.programme.texts import read_names
from bot.views.publishing import edit_time as views
from bot.views.publishing.buttons import (
    Shift,
    ShiftScope,
    SwapWith,
    ToRoom,
    TypeChange,
    revision_of,
)
from bot.views.screen import Screen
from handlers.answers import show
from handlers.filters import Press, Text
from handlers.forms import InForm, LengthForm, RoomForm, SessionForm, StartForm
from handlers.publishing.change import toast_of
from handlers.publishing.edit import on_session, whole

FORMS: dict[str, type[SessionForm]] = {"start": StartForm, "length": LengthForm, "room": RoomForm}


def register(routes: Router) -> None:
    press = routes.callback_query.register
    press(set_scope, Press(ShiftScope))
    press(shift, Press(Shift))
    press(to_room, Press(ToRoom))
    press(swap, Press(SwapWith))
    press(begin_form, Press(TypeChange))


def register_forms(routes: Router) -> None:
    routes.message.register(type_start, InForm(StartForm), Text())
    routes.message.register(type_length, InForm(LengthForm), Text())
    routes.message.register(type_room, InForm(RoomForm), Text())


async def set_scope(query: CallbackQuery, press: ShiftScope, ctx: Context, drafts: Drafts) -> None:
    await show(query, times(ctx, await drafts.get(ctx.who), press.session, press.scope))


def times(ctx: Context, draft: Draft, code: str, scope: str) -> Screen:
    return views.time(ctx.t, draft, need_session(draft.programme, code), scope=scope, now=ctx.now, me=ctx.who.id)


async def shift(query: CallbackQuery, press: Shift, ctx: Context, drafts: Drafts) -> Toast | None:
    """The screen stays, with the same scope: another press shifts further."""
    if press.scope not in edits.SCOPES or abs(press.minutes) > edits.MOST_MINUTES:
        raise Stale("refusal.stale")
    edit = edits.Shift(press.session, press.minutes, press.scope, now=ctx.now)
    changed = await drafts.change(ctx.who, revision_of(press.stamp), edit, ctx.now)
    await show(query, times(ctx, changed.draft, press.session, press.scope))
    return toast_of(ctx, changed)


async def to_room(query: CallbackQuery, press: ToRoom, ctx: Context, drafts: Drafts) -> Toast | None:
    return await on_session(query, press, edits.ToRoom(press.session, press.room), ctx, drafts)


async def swap(query: CallbackQuery, press: SwapWith, ctx: Context, drafts: Drafts) -> Toast | None:
    return await on_session(query, press, edits.Swap(press.session, press.other), ctx, drafts)


async def begin_form(query: CallbackQuery, press: TypeChange, state: FSMContext, ctx: Context, drafts: Drafts) -> None:
    draft = await drafts.get(ctx.who)
    form = FORMS.get(press.what)
    if form is None:
        raise Stale("refusal.stale")
    session = need_session(draft.programme, press.session)
    await form(press.session).save(state)
    await show(query, views.form(ctx.t, draft, session, press.what))


async def type_start(message: Message, text: str, state: FSMContext, ctx: Context, drafts: Drafts) -> SessionStart:
    code = (await StartForm.load(state)).session
    draft = await drafts.get(ctx.who)
    day, start = read_start(text, draft.programme, need_session(draft.programme, code).day)
    await finish(message, state, edits.Move(code, start, day=day), ctx, drafts)
    return SessionStart(code, start.isoformat())


async def type_length(message: Message, text: str, state: FSMContext, ctx: Context, drafts: Drafts) -> SessionLength:
    code = (await LengthForm.load(state)).session
    minutes = read_length(text, need_session((await drafts.get(ctx.who)).programme, code).start)
    await finish(message, state, edits.Lengthen(code, minutes), ctx, drafts)
    return SessionLength(code, minutes)


async def type_room(message: Message, text: str, state: FSMContext, ctx: Context, drafts: Drafts) -> ProgrammeName:
    """A room that is not in the programme yet."""
    code = (await RoomForm.load(state)).session
    name = read_names(text)
    draft = await drafts.get(ctx.who)
    room = Room(fresh_code(draft, "rooms", name), name)
    await finish(message, state, edits.ToRoom(code, room.code, new=room), ctx, drafts)
    return ProgrammeName("r", room.code, "n", text)


async def finish(
    message: Message, state: FSMContext, edit: edits.Move | edits.Lengthen | edits.ToRoom, ctx: Context, drafts: Drafts
) -> None:
    """Make the edit that was typed and show the session as it is then."""
    _, draft = await drafts.change_newest(ctx.who, edit, ctx.now)
    await state.clear()
    await show(message, whole(ctx, draft, edit.session))
