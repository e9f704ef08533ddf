"""A person's own settings and profile."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import Command, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.actions import quiet
from bot.actions.people import participants as actions
from bot.errors import BadInput, NotRegistered, Stale
from bot.middlewares.answers import Toast
from bot.people import People
from bot.programme.model import Programme
from bot.texts import LANGUAGES, Translator, Translators
from bot.views.buttons import Go
from bot.views.people import menu
from bot.views.people import participants as views
from bot.views.people.buttons import (
    Profile,
    SetLanguage,
    SetLead,
    SetMuted,
    SetQuiet,
)
from bot.who import Who
from handlers.answers import message_of, show
from handlers.commands import set_commands
from handlers.filters import Key, Press, Text
from handlers.forms import ProfileForm
from handlers.people.registration import suggested_name
from storage.database import Database


def register(routes: Router) -> None:
    for entry in (Key("menu.settings"), Command("settings")):
        routes.message.register(open_settings, entry)
    routes.callback_query.register(back_to_settings, Press(Go, where="settings"))
    routes.callback_query.register(set_language, Press(SetLanguage))
    routes.callback_query.register(set_lead, Press(SetLead))
    routes.callback_query.register(set_muted, Press(SetMuted))
    routes.callback_query.register(set_quiet, Press(SetQuiet))
    routes.callback_query.register(change_profile, Press(Profile))


def register_forms(routes: Router) -> None:
    form = {"form": True}
    routes.message.register(type_name, StateFilter(ProfileForm.name), Text(), flags=form)
    routes.message.register(type_organization, StateFilter(ProfileForm.organization), Text(), flags=form)
    routes.message.register(ask_again, StateFilter(ProfileForm), flags=form)


async def open_settings(message: Message, who: Who, t: Translator, programme: Programme) -> None:
    await show(message, views.settings(t, programme, who))


async def back_to_settings(
    query: CallbackQuery, state: FSMContext, who: Who, t: Translator, programme: Programme
) -> None:
    """From a form of the profile, which is closed by that."""
    await state.clear()
    await show(query, views.settings(t, programme, who))


async def set_language(
    query: CallbackQuery,
    press: SetLanguage,
    who: Who,
    db: Database,
    people: People,
    translators: Translators,
    programme: Programme,
) -> Toast:
    if press.language not in LANGUAGES:
        raise Stale("refusal.stale")
    if who.participant is None:
        people.speak(who.id, press.language)
    else:
        await db.write(actions.language, who.id, press.language)
        people.changed(who.id)
    who = await people.get(who.id, press.language)
    t = translators[who.language]
    await show(query, views.settings(t, programme, who))
    message = message_of(query)
    if message is not None:
        # The keyboard under the input field changes only with a message.
        await message.answer(menu.welcome(t, programme, who), reply_markup=menu.keyboard(t, who))
    if who.participant is not None:
        await set_commands(query.bot, who, t)
    return Toast(t.plain("settings.saved"))


async def set_lead(
    query: CallbackQuery,
    press: SetLead,
    who: Who,
    t: Translator,
    db: Database,
    people: People,
    programme: Programme,
) -> Toast:
    need_row(who)
    await db.write(actions.lead, who.id, press.minutes)
    return await saved(query, who, t, people, programme)


async def set_muted(
    query: CallbackQuery,
    press: SetMuted,
    who: Who,
    t: Translator,
    db: Database,
    people: People,
    programme: Programme,
) -> Toast:
    need_row(who)
    await db.write(actions.mute, who.id, bool(press.muted))
    return await saved(query, who, t, people, programme)


async def set_quiet(
    query: CallbackQuery,
    press: SetQuiet,
    who: Who,
    t: Translator,
    db: Database,
    people: People,
    programme: Programme,
) -> Toast:
    need_row(who)
    await db.write(quiet.choose, who.id, press.hours)
    return await saved(query, who, t, people, programme)


async def saved(query: CallbackQuery, who: Who, t: Translator, people: People, programme: Programme) -> Toast:
    people.changed(who.id)
    await show(query, views.settings(t, programme, await people.get(who.id)))
    return Toast(t.plain("settings.saved"))


async def change_profile(
    query: CallbackQuery,
    press: Profile,
    state: FSMContext,
    who: Who,
    t: Translator,
    db: Database,
    people: People,
    programme: Programme,
) -> Toast | None:
    need_row(who)
    if press.what == "name":
        await state.set_state(ProfileForm.name)
        await show(query, views.change_name(t, suggested_name(query)))
    elif press.what == "organization":
        await state.set_state(ProfileForm.organization)
        await show(query, views.change_organization(t))
    elif press.what == "delegation":
        await show(query, views.ask_delegation(t, programme, 0, leaving=True))
    elif press.what == "no_organization":
        await state.clear()
        await db.write(actions.organization, who.id, None)
        return await saved(query, who, t, people, programme)
    else:
        raise Stale("refusal.stale")
    return None


async def type_name(
    message: Message,
    text: str,
    state: FSMContext,
    who: Who,
    t: Translator,
    db: Database,
    people: People,
    programme: Programme,
) -> None:
    await db.write(actions.name, who.id, text)
    await changed(message, state, who, t, people, programme)


async def type_organization(
    message: Message,
    text: str,
    state: FSMContext,
    who: Who,
    t: Translator,
    db: Database,
    people: People,
    programme: Programme,
) -> None:
    await db.write(actions.organization, who.id, text)
    await changed(message, state, who, t, people, programme)


async def changed(
    message: Message, state: FSMContext, who: Who, t: Translator, people: People, programme: Programme
) -> None:
    await state.clear()
    people.changed(who.id)
    await message.answer(t("settings.saved"))
    await show(message, views.settings(t, programme, await people.get(who.id)))


async def ask_again(message: Message, state: FSMContext) -> None:
    if await state.get_state() == ProfileForm.name.state:
        raise BadInput("registration.bad_name", limit=actions.NAME_MAX)
    raise BadInput("registration.bad_organization", limit=actions.ORGANIZATION_MAX)


def need_row(who: Who) -> None:
    if who.participant is None:
        raise NotRegistered
