"""The menu, help, /cancel, and the forum's own pages."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.context import Context
from bot.errors import Stale
from bot.middlewares.answers import Toast
from bot.middlewares.forms import ENDS
from bot.middlewares.kept import drop
from bot.texts import Html
from bot.views.buttons import Go, LeaveForm
from bot.views.people import menu as views
from bot.views.people.buttons import InfoPage, InfoPages, MenuPage
from bot.views.people.privacy import policy
from bot.views.screen import screen
from handlers.answers import message_of, show
from handlers.filters import Key, Press, page_in


def register(routes: Router) -> None:
    routes.message.register(open_everything, Key("menu.menu"))
    routes.message.register(open_both, Command("menu"))
    routes.message.register(open_help, Command("help"))
    routes.message.register(cancel, Command("cancel"), flags={"form": ENDS})
    routes.message.register(open_info, Key("menu.info"))
    routes.callback_query.register(leave_form, Press(LeaveForm))
    routes.callback_query.register(turn_page, Press(MenuPage))
    routes.callback_query.register(open_info, Press(Go, where="info"))
    routes.callback_query.register(open_info, Press(InfoPages))
    routes.callback_query.register(open_page, Press(InfoPage))
    routes.callback_query.register(send_map, Press(Go, where="map"))
    routes.callback_query.register(nothing, Press(Go, where="nothing"))


async def open_menu(message: Message, ctx: Context) -> None:
    await message.answer(views.welcome(ctx.t, ctx.programme, ctx.who), reply_markup=views.keyboard(ctx.t, ctx.who))


async def open_everything(event: Message | CallbackQuery, ctx: Context) -> None:
    await show(event, views.everything(ctx.t, ctx.programme, ctx.who))


async def open_both(message: Message, ctx: Context) -> None:
    """The keys too, in a message before it, for one carries only either: whoever asks by a command may have lost
    them."""
    await open_menu(message, ctx)
    await open_everything(message, ctx)


async def turn_page(query: CallbackQuery, press: MenuPage, ctx: Context) -> None:
    if press.what == "menu":
        await open_everything(query, ctx)
    else:
        page = views.help_text(ctx.t, ctx.who) if press.what == "help" else policy(ctx.t, ctx.who)
        await show(query, screen(page.text, *map(list, page.rows), views.to_menu(ctx.t)))


async def open_help(message: Message, ctx: Context) -> None:
    await show(message, views.help_text(ctx.t, ctx.who))


async def cancel(message: Message, state: FSMContext, ctx: Context) -> None:
    open_form = await state.get_state()
    await state.clear()
    dropped = await drop(state)
    said = ctx.t("form.cancelled" if open_form or dropped else "form.nothing_to_cancel")
    if not ctx.who.registered:
        said = Html(f"{said}\n{ctx.t('registration.how')}")
    await message.answer(said, reply_markup=views.keyboard(ctx.t, ctx.who))


async def leave_form(query: CallbackQuery, state: FSMContext, ctx: Context) -> Toast | None:
    if await state.get_state() is None:
        # The form was sent already: to say "cancelled" now would sound as if what was sent were gone.
        return Toast(ctx.t.plain("form.nothing_to_cancel"))
    await state.clear()
    await show(query, screen(ctx.t("form.cancelled")))
    return None


async def open_info(event: Message | CallbackQuery, ctx: Context, press: InfoPages | None = None) -> None:
    await show(event, views.info(ctx.t, ctx.programme, page_in(press)))


async def open_page(query: CallbackQuery, press: InfoPage, ctx: Context) -> None:
    page = ctx.programme.page(press.page)
    if page is None:
        raise Stale("info.no_such_page")
    await show(query, views.page(ctx.t, page))


async def send_map(query: CallbackQuery, ctx: Context) -> None:
    message, point = message_of(query), ctx.programme.forum.point
    if message is None or point is None:
        raise Stale("info.no_map")
    title = ctx.programme.forum.place.say(ctx.t.language) or ctx.programme.forum.title.say(ctx.t.language)
    address = ctx.programme.forum.address.say(ctx.t.language) or title
    await message.answer_venue(point[0], point[1], title=title[:250], address=address[:250])


async def nothing(query: CallbackQuery) -> None:
    """A label among buttons: it answers, and that is all."""
