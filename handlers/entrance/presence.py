"""The entrance: a badge is scanned, somebody without one is let in; who is here, by delegation."""

from __future__ import annotations

import datetime as dt

from aiogram import Router
from aiogram.filters import Command, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message
from aiogram.utils.deep_linking import create_deep_link

from bot.actions.entrance import presence as actions
from bot.actions.rights import need_organizer
from bot.middlewares.answers import Toast
from bot.people import People
from bot.programme.model import Programme
from bot.texts import Translator
from bot.views.buttons import Go
from bot.views.entrance import presence as views
from bot.views.entrance.buttons import (
    GuestCard,
    LetIn,
    PresentPage,
    TakeBack,
)
from bot.who import Who
from handlers.answers import show, text_only
from handlers.filters import Press, Text
from handlers.forms import EntranceForm
from storage.database import Database


def register(routes: Router) -> None:
    routes.message.register(open_entrance, Command("entrance"))
    routes.callback_query.register(open_entrance, Press(Go, where="entrance"))
    routes.callback_query.register(open_present, Press(Go, where="present"))
    routes.callback_query.register(open_present, Press(PresentPage))
    routes.callback_query.register(open_link, Press(Go, where="checkin"))
    routes.callback_query.register(open_search, Press(Go, where="find"))
    routes.callback_query.register(open_guest, Press(GuestCard))
    routes.callback_query.register(let_in, Press(LetIn))
    routes.callback_query.register(take_back, Press(TakeBack))


def register_forms(routes: Router) -> None:
    form = {"form": True}
    routes.message.register(search, StateFilter(EntranceForm.name), Text(), flags=form)
    routes.message.register(text_only, StateFilter(EntranceForm), flags=form)


async def open_entrance(
    event: Message | CallbackQuery, state: FSMContext, who: Who, t: Translator, db: Database
) -> None:
    attendance = await db.read(actions.attendance, who)
    await state.clear()
    await show(event, views.entrance(t, who, attendance))


async def open_present(
    query: CallbackQuery, press: Go | PresentPage, who: Who, t: Translator, db: Database, programme: Programme
) -> None:
    groups = await db.read(actions.who_is_here, who)
    page = press.page if isinstance(press, PresentPage) else 0
    await show(query, views.present(t, programme, groups, page))


async def open_link(query: CallbackQuery, who: Who, t: Translator, db: Database, username: str) -> None:
    token = await db.write(actions.token, who)
    await show(query, views.link(t, create_deep_link(username=username, link_type="start", payload=f"p_{token}")))


async def open_search(query: CallbackQuery, state: FSMContext, who: Who, t: Translator) -> None:
    need_organizer(who)
    await state.set_state(EntranceForm.name)
    await state.set_data({})
    await show(query, views.find(t))


async def search(message: Message, text: str, who: Who, t: Translator, db: Database, programme: Programme) -> None:
    """The form stays open: the next in the queue has forgotten their badge too."""
    people = await db.read(actions.search, who, text)
    await show(message, views.found(t, programme, people))


async def open_guest(
    query: CallbackQuery, press: GuestCard, who: Who, t: Translator, db: Database, programme: Programme
) -> None:
    guest = await db.read(actions.guest, who, press.person)
    await show(query, views.guest(t, programme, guest))


async def let_in(
    query: CallbackQuery,
    press: LetIn,
    who: Who,
    t: Translator,
    db: Database,
    people: People,
    programme: Programme,
    now: dt.datetime,
) -> None:
    found = await db.write(actions.admit, who, press.person, int(now.timestamp()))
    people.changed(found.person)
    await show(query, views.arrival(t, programme, found, True))


async def scan(
    message: Message,
    code: str,
    who: Who,
    t: Translator,
    db: Database,
    people: People,
    programme: Programme,
    now: dt.datetime,
) -> None:
    """A badge's link was opened, with the camera of whoever stands at the door."""
    found = await db.write(actions.scan, who, code, int(now.timestamp()))
    people.changed(found.person)
    await show(message, views.arrival(t, programme, found, False))


async def take_back(
    query: CallbackQuery,
    press: TakeBack,
    who: Who,
    t: Translator,
    db: Database,
    people: People,
    programme: Programme,
    now: dt.datetime,
) -> Toast:
    guest = await db.write(actions.take_back, who, press.person, press.at, int(now.timestamp()))
    people.changed(press.person)
    await show(query, views.guest(t, programme, guest) if who.organizer else views.taken_back(t, guest))
    return Toast(t.plain("presence.taken_back_toast"))
