"""/privacy, /mydata, /forget."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import BufferedInputFile, CallbackQuery, Message, ReplyKeyboardRemove, Update

from bot.actions.people import privacy as actions
from bot.context import Context
from bot.middlewares.kept import drop
from bot.people import People
from bot.views.people import privacy as views
from bot.views.people.buttons import Forget
from bot.views.screen import screen
from handlers.answers import message_of, show
from handlers.commands import forget_commands
from handlers.filters import Press
from storage import inbox


def register(routes: Router) -> None:
    routes.message.register(policy, Command("privacy"))
    routes.message.register(my_data, Command("mydata"))
    routes.message.register(ask_forget, Command("forget"))
    routes.callback_query.register(keep, Press(Forget, sure=0))
    routes.callback_query.register(forget, Press(Forget))


async def policy(message: Message, ctx: Context) -> None:
    await show(message, views.policy(ctx.t, ctx.who))


async def my_data(message: Message, ctx: Context) -> None:
    if ctx.who.participant is None:
        await show(message, views.nothing_stored(ctx.t, ctx.who))
        return
    everything = await ctx.db.read(actions.everything, ctx.who.id)
    file = BufferedInputFile(views.my_data(ctx.t, everything), "my-data.json")
    caption = views.caption(ctx.t, ctx.who)
    await message.answer_document(file, caption=caption.caption, reply_markup=caption.keyboard)


async def ask_forget(message: Message, ctx: Context) -> None:
    if ctx.who.participant is None:
        await show(message, views.nothing_stored(ctx.t, ctx.who))
        return
    await show(message, views.ask_forget(ctx.t, ctx.who.chief))


async def keep(query: CallbackQuery, ctx: Context) -> None:
    await show(query, screen(ctx.t("privacy.kept")))


async def forget(query: CallbackQuery, state: FSMContext, ctx: Context, people: People, event_update: Update) -> None:
    await ctx.db.write(actions.forget, ctx.who.id, ctx.seconds)
    await state.clear()
    await drop(state)
    people.changed(ctx.who.id)
    await show(query, views.forgotten(ctx.t, ctx.who.chief))
    message = message_of(query)
    if message is not None:
        await message.answer("👋", reply_markup=ReplyKeyboardRemove())
    await forget_commands(query.bot, ctx.who.id)
    # This very press names the person too: it is done, and goes before the bytes of all that is gone do.
    await ctx.db.write(inbox.strike_out, [event_update.update_id])
    await ctx.db.scrub()
