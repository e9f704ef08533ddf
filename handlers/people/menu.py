"""The menu, help, /cancel, and the forum's own pages."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.errors import Stale
from bot.middlewares.answers import Toast
from bot.programme.model import Programme
from bot.texts import Translator
from bot.views.buttons import Go, LeaveForm
from bot.views.people import menu as views
from bot.views.people.buttons import InfoPage
from bot.views.screen import screen
from bot.who import Who
from handlers.answers import message_of, show
from handlers.filters import Key, Press


def register(routes: Router) -> None:
    routes.message.register(open_menu, Command("menu"))
    routes.message.register(open_help, Command("help"))
    routes.message.register(cancel, Command("cancel"), flags={"form": True})
    routes.message.register(open_info, Key("menu.info"))
    routes.callback_query.register(leave_form, Press(LeaveForm))
    routes.callback_query.register(open_info, Press(Go, where="info"))
    routes.callback_query.register(open_page, Press(InfoPage))
    routes.callback_query.register(send_map, Press(Go, where="map"))
    routes.callback_query.register(nothing, Press(Go, where="nothing"))


async def open_menu(message: Message, who: Who, t: Translator, programme: Programme) -> None:
    await message.answer(views.welcome(t, programme, who), reply_markup=views.keyboard(t, who))


async def open_help(message: Message, who: Who, t: Translator) -> None:
    await show(message, views.help_text(t, who))


async def cancel(message: Message, state: FSMContext, who: Who, t: Translator) -> None:
    open_form = await state.get_state()
    await state.clear()
    word = "form.cancelled" if open_form else "form.nothing_to_cancel"
    await message.answer(t(word), reply_markup=views.keyboard(t, who))


async def leave_form(query: CallbackQuery, state: FSMContext, t: Translator) -> Toast | None:
    if await state.get_state() is None:
        # The form was sent already: to say "cancelled" now would sound as if what was sent were gone.
        return Toast(t.plain("form.nothing_to_cancel"))
    await state.clear()
    await show(query, screen(t("form.cancelled")))
    return None


async def open_info(event: Message | CallbackQuery, t: Translator, programme: Programme) -> None:
    await show(event, views.info(t, programme))


async def open_page(query: CallbackQuery, press: InfoPage, t: Translator, programme: Programme) -> None:
    page = programme.page(press.page)
    if page is None:
        raise Stale("info.no_such_page")
    await show(query, views.page(t, page))


async def send_map(query: CallbackQuery, t: Translator, programme: Programme) -> None:
    message, point = message_of(query), programme.forum.point
    if message is None or point is None:
        raise Stale("info.no_map")
    title = programme.forum.place.say(t.language) or programme.forum.title.say(t.language)
    address = programme.forum.address.say(t.language) or title
    await message.answer_venue(point[0], point[1], title=title[:250], address=address[:250])


async def nothing(query: CallbackQuery) -> None:
    """A label among buttons: it answers, and that is all."""
