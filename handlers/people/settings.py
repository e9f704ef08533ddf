"""A person's own settings and profile."""

from __future__ import annotations

from dataclasses import replace

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.actions import quiet
from bot.actions.became import OwnName, OwnOrganization
from bot.actions.people import participants as actions
from bot.context import Context
from bot.errors import BadInput, NotRegistered, Stale
from bot.middlewares.answers import Toast
from bot.people import People
from bot.texts import LANGUAGES, Translators
from bot.views.buttons import Go
from bot.views.people import participants as views
from bot.views.people.buttons import (
    Profile,
    SetLanguage,
    SetLead,
    SetMuted,
    SetQuiet,
)
from handlers.answers import message_of, show
from handlers.commands import set_commands
from handlers.filters import Key, Press, Text, WasTyped
from handlers.forms import InForm, ProfileName, ProfileOrganization
from handlers.people.menu import open_menu
from handlers.people.registration import suggested_name


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
    routes.message.register(type_name, InForm(ProfileName), Text())
    routes.message.register(type_organization, InForm(ProfileOrganization), Text())
    routes.message.register(ask_again, InForm(ProfileName, ProfileOrganization))
    routes.edited_message.register(amend_name, WasTyped(OwnName), Text())
    routes.edited_message.register(amend_organization, WasTyped(OwnOrganization), Text())
    routes.edited_message.register(bad_name, WasTyped(OwnName))
    routes.edited_message.register(bad_organization, WasTyped(OwnOrganization))


async def open_settings(message: Message, ctx: Context) -> None:
    await show(message, views.settings(ctx.t, ctx.programme, ctx.who))


async def back_to_settings(query: CallbackQuery, state: FSMContext, ctx: Context) -> None:
    """From a form of the profile, which is closed by that."""
    await state.clear()
    await show(query, views.settings(ctx.t, ctx.programme, ctx.who))


async def set_language(
    query: CallbackQuery, press: SetLanguage, ctx: Context, people: People, translators: Translators
) -> Toast:
    if press.language not in LANGUAGES:
        raise Stale("refusal.stale")
    if ctx.who.participant is None:
        people.speak(ctx.who.id, press.language)
    else:
        await ctx.db.write(actions.language, ctx.who.id, press.language)
        people.changed(ctx.who.id)
    who = await people.get(ctx.who.id, press.language)
    ctx = replace(ctx, who=who, t=translators[who.language])
    await show(query, views.settings(ctx.t, ctx.programme, ctx.who))
    message = message_of(query)
    if message is not None:
        await open_menu(message, ctx)  # the keyboard under the input field changes only with a message
    if ctx.who.participant is not None:
        await set_commands(query.bot, ctx.who, ctx.t)
    return Toast(ctx.t.plain("settings.saved"))


async def set_lead(query: CallbackQuery, press: SetLead, ctx: Context, people: People) -> Toast:
    need_row(ctx)
    await ctx.db.write(actions.lead, ctx.who.id, press.minutes)
    return await saved(query, ctx, people)


async def set_muted(query: CallbackQuery, press: SetMuted, ctx: Context, people: People) -> Toast:
    need_row(ctx)
    await ctx.db.write(actions.mute, ctx.who.id, bool(press.muted))
    return await saved(query, ctx, people)


async def set_quiet(query: CallbackQuery, press: SetQuiet, ctx: Context, people: People) -> Toast:
    need_row(ctx)
    await ctx.db.write(quiet.choose, ctx.who.id, press.hours)
    return await saved(query, ctx, people)


async def saved(query: CallbackQuery, ctx: Context, people: People) -> Toast:
    people.changed(ctx.who.id)
    await show(query, views.settings(ctx.t, ctx.programme, await people.get(ctx.who.id)))
    return Toast(ctx.t.plain("settings.saved"))


async def change_profile(
    query: CallbackQuery, press: Profile, state: FSMContext, ctx: Context, people: People
) -> Toast | None:
    need_row(ctx)
    if press.what == "name":
        await ProfileName.enter(state)
        await show(query, views.change_name(ctx.t, suggested_name(query)))
    elif press.what == "organization":
        await ProfileOrganization.enter(state)
        await show(query, views.change_organization(ctx.t))
    elif press.what == "delegation":
        chosen = ctx.who.participant.delegation if ctx.who.participant else None
        await show(query, views.ask_delegation(ctx.t, ctx.programme, 0, chosen, leaving=True))
    elif press.what == "no_organization":
        await state.clear()
        await ctx.db.write(actions.organization, ctx.who.id, None)
        return await saved(query, ctx, people)
    else:
        raise Stale("refusal.stale")
    return None


async def type_name(message: Message, text: str, state: FSMContext, ctx: Context, people: People) -> OwnName:
    person = await ctx.db.write(actions.name, ctx.who.id, text)
    await changed(message, state, ctx, people)
    return OwnName(person.name or "")


async def type_organization(
    message: Message, text: str, state: FSMContext, ctx: Context, people: People
) -> OwnOrganization:
    person = await ctx.db.write(actions.organization, ctx.who.id, text)
    await changed(message, state, ctx, people)
    return OwnOrganization(person.organization or "")


async def amend_name(message: Message, text: str, became: OwnName, ctx: Context, people: People) -> OwnName | None:
    """The message with the name was edited, be it here or in the middle of the registration."""
    person = await ctx.db.write(actions.amend_name, ctx.who.id, became.kept, text)
    if person is None:
        return None
    people.changed(ctx.who.id)
    await message.answer(ctx.t("edited.counted_as", text=person.name or ""))
    return OwnName(person.name or "")


async def amend_organization(
    message: Message, text: str, became: OwnOrganization, ctx: Context, people: People
) -> OwnOrganization | None:
    person = await ctx.db.write(actions.amend_organization, ctx.who.id, became.kept, text)
    if person is None:
        return None
    people.changed(ctx.who.id)
    await message.answer(ctx.t("edited.counted_as", text=person.organization or ""))
    return OwnOrganization(person.organization or "")


async def changed(message: Message, state: FSMContext, ctx: Context, people: People) -> None:
    await state.clear()
    people.changed(ctx.who.id)
    await message.answer(ctx.t("settings.saved"))
    await show(message, views.settings(ctx.t, ctx.programme, await people.get(ctx.who.id)))


async def ask_again(message: Message, state: FSMContext) -> None:
    if await state.get_state() == ProfileName.STATE:
        await bad_name(message)
    await bad_organization(message)


async def bad_name(message: Message) -> None:
    raise BadInput("registration.bad_name", limit=actions.NAME_MAX)


async def bad_organization(message: Message) -> None:
    raise BadInput("registration.bad_organization", limit=actions.ORGANIZATION_MAX)


def need_row(ctx: Context) -> None:
    if ctx.who.participant is None:
        raise NotRegistered("settings")
