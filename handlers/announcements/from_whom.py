"""From whom an announcement is: the choice, and the offices there are to choose from."""

from __future__ import annotations

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.actions.announcements import from_whom as actions
from bot.actions.announcements import signing
from bot.actions.announcements.announcements import facts as facts_of
from bot.actions.became import OfficeName
from bot.context import Context
from bot.middlewares.answers import Toast
from bot.views.announcements import announcements as card_views
from bot.views.announcements import from_whom as views
from bot.views.announcements.buttons import AnnounceFrom, AnnounceOffice
from handlers.announcements.announcements import bring_down, show_desk
from handlers.answers import only, show
from handlers.filters import Press, Text, WasTyped
from handlers.forms import InForm, OfficeForm


def register(routes: Router) -> None:
    press = routes.callback_query.register
    press(choose, Press(AnnounceFrom))
    press(write, Press(AnnounceOffice, act="write"))
    press(ask_drop, Press(AnnounceOffice, act="ask"))
    press(drop, Press(AnnounceOffice, act="drop"))
    press(for_all, Press(AnnounceOffice, act="default"))


def register_forms(routes: Router) -> None:
    routes.message.register(type_office, InForm(OfficeForm), Text())
    routes.message.register(only("from_whom.text_only"), InForm(OfficeForm))
    routes.edited_message.register(amend_office, WasTyped(OfficeName), Text())
    routes.edited_message.register(only("from_whom.text_only"), WasTyped(OfficeName))


async def choose(query: CallbackQuery, press: AnnounceFrom, state: FSMContext, ctx: Context) -> None:
    await state.clear()
    if not press.choice:
        await show(query, views.choose(ctx.t, await ctx.read(actions.choices, press.number)))
        return
    if press.choice == views.ORGANIZERS:
        said_by = views.lines(ctx.t)
    elif press.choice == views.NOBODY:
        said_by = signing.NOBODY
    else:
        found = await ctx.read(actions.choices, press.number)
        said_by = views.lines(ctx.t, actions.office(found.offices, press.choice))
    await ctx.db.write(actions.choose, ctx.who, press.number, said_by)
    await show_desk(query, press.number, ctx)


async def write(query: CallbackQuery, press: AnnounceOffice, state: FSMContext, ctx: Context) -> None:
    found = await ctx.read(actions.choices, press.number)
    await OfficeForm(press.number).save(state)
    await show(query, views.form(ctx.t, found.announcement))


async def type_office(message: Message, text: str, state: FSMContext, ctx: Context) -> OfficeName:
    form = await OfficeForm.load(state)
    office = actions.named(text)
    await ctx.db.write(actions.add, ctx.who, form.number, office, views.lines(ctx.t, office))
    await state.clear()
    await show_card(message, form.number, ctx)
    return OfficeName(form.number, actions.code(office))


async def amend_office(message: Message, text: str, became: OfficeName, ctx: Context) -> OfficeName | None:
    """The message that named the office was edited."""
    office = actions.named(text)
    if actions.code(office) == became.kept:
        return None
    found = await ctx.read(actions.choices, became.number)
    former = actions.office(found.offices, became.kept)
    was, said_by = views.lines(ctx.t, former), views.lines(ctx.t, office)
    await ctx.db.write(actions.rename, ctx.who, became.number, former=former, office=office, was=was, said_by=said_by)
    await message.answer(ctx.t("edited.counted"))
    await show_card(message, became.number, ctx)
    return OfficeName(became.number, actions.code(office))


async def show_card(message: Message, number: int, ctx: Context) -> None:
    facts = await ctx.read(facts_of, ctx.seconds, number)
    await bring_down(message, card_views.desk(ctx.t, ctx.programme, facts, ctx.who.id), number, ctx)


async def ask_drop(query: CallbackQuery, press: AnnounceOffice, ctx: Context) -> None:
    found = await ctx.read(actions.choices, press.number)
    await show(query, views.drop_sure(ctx.t, press.number, actions.office(found.offices, press.office)))


async def drop(query: CallbackQuery, press: AnnounceOffice, ctx: Context) -> None:
    await ctx.db.write(actions.drop, ctx.who, press.office)
    await show(query, views.choose(ctx.t, await ctx.read(actions.choices, press.number)))


async def for_all(query: CallbackQuery, press: AnnounceOffice, ctx: Context) -> Toast:
    await ctx.db.write(actions.choose_for_all, ctx.who, press.number)
    await show(query, views.choose(ctx.t, await ctx.read(actions.choices, press.number)))
    return Toast(ctx.t.plain("from_whom.done_for_all"))
