"""Changing the programme by thumb: a person or a room that nothing uses any more is taken out of it."""

from __future__ import annotations

import datetime as dt

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from bot.actions.agenda import speaking
from bot.actions.agenda.speaking import Linked
from bot.actions.publishing.drafts import Draft
from bot.drafts import Drafts
from bot.errors import Stale
from bot.middlewares.answers import Toast
from bot.programme import edits
from bot.programme.estimates import Runs
from bot.programme.texts import About, record_of
from bot.texts import Translator
from bot.views.publishing import edit_removal as views
from bot.views.publishing import edit_texts as texts_views
from bot.views.publishing.buttons import RemoveNow, SeeRemoval
from bot.views.screen import Screen
from bot.who import Who
from handlers.answers import show
from handlers.filters import Press
from handlers.publishing.change import Change, by_press
from storage.database import Database


def register(routes: Router) -> None:
    routes.callback_query.register(see, Press(SeeRemoval))
    routes.callback_query.register(remove, Press(RemoveNow))


async def see(
    query: CallbackQuery,
    press: SeeRemoval,
    state: FSMContext,
    who: Who,
    t: Translator,
    db: Database,
    drafts: Drafts,
    runs: Runs,
    now: dt.datetime,
) -> None:
    about = about_of(press)
    linked = await links(db, who, about, now)
    draft = await drafts.get(who)
    record_of(draft.programme, about)
    await state.clear()
    await show(query, views.removal(t, draft, about, linked, press.page, now, runs))


def about_of(press: SeeRemoval | RemoveNow) -> About:
    if press.kind not in views.KINDS:
        raise Stale("refusal.stale")
    return About(press.kind, press.code)


async def links(db: Database, who: Who, about: About, now: dt.datetime) -> Linked:
    """Who is this speaker here; a room is nobody."""
    linked = await db.read(speaking.linked, who, int(now.timestamp()))
    return linked.get(about.code, Linked()) if about.kind == "p" else Linked()


async def remove(
    query: CallbackQuery,
    press: RemoveNow,
    who: Who,
    t: Translator,
    db: Database,
    drafts: Drafts,
    runs: Runs,
    now: dt.datetime,
) -> Toast | None:
    """Back to the list; when it is still there, the draft has moved on, and what it is like now is shown."""
    about = about_of(press)
    linked = await links(db, who, about, now)
    edit = edits.without_speaker if about.kind == "p" else edits.without_room
    change = Change("removed", {"kind": about.kind, "code": about.code}, lambda programme: edit(programme, about.code))

    def after(draft: Draft) -> Screen:
        try:
            record_of(draft.programme, about)
        except Stale:
            return texts_views.records(t, draft, about.kind, 0, who.id)
        return views.removal(t, draft, about, linked, 0, now, runs)

    return await by_press(query, press.stamp, change, after, who, t, drafts, now)
