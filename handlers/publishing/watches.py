"""The address from which the programme is watched: for organizers."""

from __future__ import annotations

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.actions.became import WatchedAddress
from bot.actions.publishing import watches as actions
from bot.actions.rights import need_organizer
from bot.context import Context
from bot.errors import Stale
from bot.middlewares.answers import Toast
from bot.views.buttons import Go
from bot.views.publishing import watches as views
from bot.views.publishing.buttons import CheckWatch, EndWatch, WatchAddress
from bot.watching.fetch import NotFetched, address_of
from bot.watching.watcher import Watcher
from handlers.answers import show, text_only
from handlers.filters import Press, Text, WasTyped
from handlers.forms import InForm, WatchForm


def register(routes: Router) -> None:
    routes.callback_query.register(open_watch, Press(Go, where="watch"))
    routes.callback_query.register(ask, Press(WatchAddress))
    routes.callback_query.register(check, Press(CheckWatch))
    routes.callback_query.register(end, Press(EndWatch))


def register_forms(routes: Router) -> None:
    routes.message.register(begin, InForm(WatchForm), Text())
    routes.message.register(text_only, InForm(WatchForm))
    routes.edited_message.register(amend, WasTyped(WatchedAddress), Text())
    routes.edited_message.register(text_only, WasTyped(WatchedAddress))


async def open_watch(query: CallbackQuery, ctx: Context) -> None:
    await show(query, views.watch(ctx.t, await ctx.read(actions.watched)))


async def ask(query: CallbackQuery, state: FSMContext, ctx: Context) -> None:
    need_organizer(ctx.who)
    await WatchForm().save(state)
    await show(query, views.type_address(ctx.t))


async def begin(
    message: Message, text: str, state: FSMContext, ctx: Context, watcher: Watcher
) -> WatchedAddress | None:
    watched = await watch(message, address_of(text), ctx, watcher)
    if watched is not None:
        await state.clear()
    return watched


async def watch(message: Message, address: str, ctx: Context, watcher: Watcher) -> WatchedAddress | None:
    """The look takes its seconds, and whoever waits is notified of it."""
    need_organizer(ctx.who)
    await show(message, views.looking(ctx.t))
    try:
        changes = await watcher.begin(ctx.who, address)
    except NotFetched as found:
        await show(message, views.not_begun(ctx.t, found.fault))
        return None
    await show(message, views.begun(ctx.t, changes))
    return WatchedAddress(address)


async def amend(
    message: Message, text: str, became: WatchedAddress, ctx: Context, watcher: Watcher
) -> WatchedAddress | None:
    """The message with the address was edited while that address is watched."""
    address, watched = address_of(text), await ctx.read(actions.watched)
    if address == became.kept:
        return None
    if watched is None or watched.address not in (became.kept, address):
        raise Stale("edited.replaced")
    return await watch(message, address, ctx, watcher)


async def check(query: CallbackQuery, ctx: Context) -> Toast:
    """A press has to be answered sooner than a slow server answers: the result comes as a message of its own."""
    await ctx.db.write(actions.ask, ctx.who)
    return Toast(ctx.t.plain("watch.checking"))


async def end(query: CallbackQuery, press: EndWatch, ctx: Context) -> Toast | None:
    need_organizer(ctx.who)
    if not press.sure:
        await show(query, views.end_sure(ctx.t))
        return None
    ended = await ctx.write(actions.end)
    await show(query, views.watch(ctx.t, None))
    return Toast(ctx.t.plain("watch.ended" if ended else "watch.ended_already"))
