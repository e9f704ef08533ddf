"""Changing the programme by thumb: choosing a session and opening its screens; cancelling, its kind, taking back."""

from __future__ import annotations

import datetime as dt

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.actions.publishing import drafts as actions
from bot.actions.publishing.drafts import Draft
from bot.actions.publishing.edit import sessions_found
from bot.actions.typed import one_line
from bot.drafts import Drafts
from bot.errors import Stale
from bot.middlewares.answers import Toast
from bot.programme import edits
from bot.programme.current import CurrentProgramme
from bot.programme.model import Programme
from bot.programme.now import nearest_day
from bot.programme.readers.times import DAY_STARTS
from bot.texts import Translator
from bot.views.agenda.agenda import day_from_key
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
from bot.views.screen import Screen
from bot.who import Who
from handlers.answers import show
from handlers.filters import Press, Text
from handlers.forms import ProgrammeForm
from handlers.publishing.change import MOVED_ON, Change, by_press
from storage.database import Database

QUERY_MAX = 200


def register(routes: Router) -> None:
    press = routes.callback_query.register
    press(open_today, Press(Go, where="change"))
    press(open_day, Press(ChangeDay))
    press(open_session, Press(ChangeSession))
    press(set_cancelled, Press(SetCancelled))
    press(set_kind, Press(SetKind))
    press(take_back, Press(TakeBackChange))


def register_forms(routes: Router) -> None:
    routes.message.register(find, StateFilter(ProgrammeForm.find), Text(), flags={"form": True})


async def open_today(
    query: CallbackQuery, state: FSMContext, who: Who, t: Translator, drafts: Drafts, now: dt.datetime
) -> None:
    draft = await drafts.get(who)
    await state.set_state(ProgrammeForm.find)
    await show(query, today(t, draft, who, now))


def today(t: Translator, draft: Draft, who: Who, now: dt.datetime) -> Screen:
    """The day that is on, or the next one, at the first session that is not over."""
    here = now.astimezone(t.zone)
    day = nearest_day(draft.programme, here.date() - dt.timedelta(days=1 if here.time() < DAY_STARTS else 0))
    if day is None:
        return views.no_days(t)
    over = sum(one.end <= now for one in draft.programme.of_day(day))
    return views.day(t, draft, day, over // views.PAGE, who.id)


async def open_day(
    query: CallbackQuery, press: ChangeDay, state: FSMContext, who: Who, t: Translator, drafts: Drafts
) -> None:
    draft = await drafts.get(who)
    date = day_from_key(press.day)
    if date is None:
        raise Stale("refusal.stale")
    await state.set_state(ProgrammeForm.find)
    await show(query, views.day(t, draft, date, press.page, who.id))


async def find(message: Message, text: str, who: Who, t: Translator, drafts: Drafts, current: CurrentProgramme) -> None:
    """The form stays open: the next word is looked for too."""
    draft = await drafts.get(who)
    words = one_line(text[:QUERY_MAX])
    await show(message, views.found(t, draft, words, sessions_found(current.index, draft, words, t.language)))


async def open_session(
    query: CallbackQuery,
    press: ChangeSession,
    state: FSMContext,
    who: Who,
    t: Translator,
    drafts: Drafts,
    now: dt.datetime,
) -> None:
    draft = await drafts.get(who)
    await state.clear()
    await show(query, part(t, draft, press, who, now))


def part(t: Translator, draft: Draft, press: ChangeSession, who: Who, now: dt.datetime) -> Screen:
    """One of a session's screens."""
    session = edits.need(draft.programme, press.session)
    match press.part:
        case "time":
            return time_views.time(t, draft, session, edits.ONLY, now, who.id)
        case "room":
            return time_views.room(t, draft, session, press.page)
        case "swap":
            return time_views.swap(t, draft, session, press.page)
        case "people":
            return people_views.people(t, draft, session, press.page)
        case "kind":
            return views.kinds(t, draft, session)
    return views.session(t, draft, session, now, who.id)


def whole(t: Translator, draft: Draft, code: str, who: Who, now: dt.datetime) -> Screen:
    """The session's own screen."""
    return views.session(t, draft, edits.need(draft.programme, code), now, who.id)


async def on_session(
    query: CallbackQuery,
    press: SetCancelled | SetKind | ToRoom | SwapWith | DropPerson | TakePerson,
    change: Change,
    who: Who,
    t: Translator,
    drafts: Drafts,
    now: dt.datetime,
) -> Toast | None:
    """Make the change that a press wants of a session, and show the session as it is then."""
    return await by_press(
        query, press.stamp, change, lambda draft: whole(t, draft, press.session, who, now), who, t, drafts, now
    )


async def set_cancelled(
    query: CallbackQuery, press: SetCancelled, who: Who, t: Translator, drafts: Drafts, now: dt.datetime
) -> Toast | None:
    def edit(programme: Programme) -> Programme:
        return edits.cancel(programme, press.session, bool(press.wanted))

    change = Change("cancel" if press.wanted else "uncancel", {"session": press.session}, edit)
    return await on_session(query, press, change, who, t, drafts, now)


async def set_kind(
    query: CallbackQuery, press: SetKind, who: Who, t: Translator, drafts: Drafts, now: dt.datetime
) -> Toast | None:
    def edit(programme: Programme) -> Programme:
        return edits.of_kind(programme, press.session, press.kind)

    change = Change("kind", {"session": press.session, "kind": press.kind}, edit)
    return await on_session(query, press, change, who, t, drafts, now)


async def take_back(
    query: CallbackQuery,
    press: TakeBackChange,
    who: Who,
    t: Translator,
    db: Database,
    drafts: Drafts,
    now: dt.datetime,
) -> Toast:
    """The last step; from the screen of a session that is there no more, back to its day."""
    toast = Toast(t.plain("change.taken_back"))
    try:
        await db.write(actions.take_back, who, revision_of(press.stamp), press.number, int(now.timestamp()))
    except Stale as moved:
        toast = Toast(t.plain(moved.key), alert=True)
        if moved.key != MOVED_ON:
            raise
    draft = await drafts.get(who)
    there = draft.programme.session(press.session) is not None
    await show(query, whole(t, draft, press.session, who, now) if there else today(t, draft, who, now))
    return toast
