"""The entrance: a badge is scanned, somebody without one is let in; who is here, by delegation."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message
from aiogram.utils.deep_linking import create_deep_link

from bot.actions.entrance import presence as actions
from bot.actions.rights import need_organizer
from bot.context import Context
from bot.middlewares.answers import Toast
from bot.people import People
from bot.views.buttons import Go
from bot.views.entrance import presence as views
from bot.views.entrance.buttons import (
    GuestCard,
    LetIn,
    PresentPage,
    TakeBack,
)
from handlers.answers import show, text_only
from handlers.filters import Press, Text, page_in
from handlers.forms import EntranceForm, InForm


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
    routes.message.register(search, InForm(EntranceForm), Text())
    routes.message.register(text_only, InForm(EntranceForm))


async def open_entrance(event: Message | CallbackQuery, state: FSMContext, ctx: Context) -> None:
    attendance = await ctx.read(actions.attendance)
    await state.clear()
    await show(event, views.entrance(ctx.t, ctx.who, attendance))


async def open_present(query: CallbackQuery, press: Go | PresentPage, ctx: Context) -> None:
    groups = await ctx.read(actions.who_is_here)
    await show(query, views.present(ctx.t, ctx.programme, groups, page_in(press), ctx.seconds))


async def open_link(query: CallbackQuery, ctx: Context, username: str) -> None:
    token = await ctx.db.write(actions.token, ctx.who)
    await show(query, views.link(ctx.t, create_deep_link(username=username, link_type="start", payload=f"p_{token}")))


async def open_search(query: CallbackQuery, state: FSMContext, ctx: Context) -> None:
    need_organizer(ctx.who)
    await EntranceForm().save(state)
    await show(query, views.find(ctx.t))


async def search(message: Message, text: str, ctx: Context) -> None:
    """The form stays open: the next in the queue has forgotten their badge too."""
    people = await ctx.read(actions.search, text)
    await show(message, views.found(ctx.t, ctx.programme, people))


async def open_guest(query: CallbackQuery, press: GuestCard, ctx: Context) -> None:
    guest = await ctx.read(actions.guest, press.person)
    await show(query, views.guest(ctx.t, ctx.programme, guest))


async def let_in(query: CallbackQuery, press: LetIn, ctx: Context, people: People) -> None:
    found = await ctx.write(actions.admit, press.person)
    people.changed(found.person)
    await show(query, views.arrival(ctx.t, ctx.programme, found, True))


async def scan(message: Message, code: str, ctx: Context, people: People) -> None:
    """A badge's link was opened, with the camera of whoever stands at the door."""
    found = await ctx.write(actions.scan, code)
    people.changed(found.person)
    await show(message, views.arrival(ctx.t, ctx.programme, found, False))


async def take_back(query: CallbackQuery, press: TakeBack, ctx: Context, people: People) -> Toast:
    guest = await ctx.write(actions.take_back, press.person, used_at=press.at)
    people.changed(press.person)
    await show(query, views.guest(ctx.t, ctx.programme, guest) if ctx.who.organizer else views.taken_back(ctx.t, guest))
    return Toast(ctx.t.plain("presence.taken_back_toast"))
