"""/start: the languages, consent, name, delegation, organization; and where a deep link leads."""

from __future__ import annotations

from dataclasses import replace

from aiogram import Router
from aiogram.filters import CommandObject, CommandStart
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.actions.became import OwnName, OwnOrganization
from bot.actions.people import participants as actions
from bot.actions.typed import one_line, says_something
from bot.context import Context
from bot.errors import BadInput, NotRegistered, Refusal, Stale
from bot.middlewares.answers import Toast
from bot.people import People
from bot.texts import LANGUAGES, Translators
from bot.views.people import menu
from bot.views.people import participants as views
from bot.views.people.buttons import (
    Agree,
    DelegationsPage,
    Greet,
    Look,
    RegistrationStep,
    SkipOrganization,
    TakeDelegation,
    TakeName,
)
from handlers.agenda.agenda import show_card
from handlers.announcements.news import notify_latecomer
from handlers.answers import message_of, need_message, show
from handlers.commands import set_commands
from handlers.entrance.posters import show_room
from handlers.filters import Press, Text
from handlers.forms import (
    InForm,
    Registration,
    RegistrationDelegation,
    RegistrationName,
    RegistrationOrganization,
)
from handlers.people.deep_links import (
    SCREENS,
    before_registering,
    follow,
    from_outside,
    in_one_glance,
    sealed,
)
from handlers.people.menu import open_menu
from storage.participants import Participant


def register(routes: Router) -> None:
    routes.message.register(start, CommandStart(), flags={"form": True})
    routes.callback_query.register(greet, Press(Greet))
    routes.callback_query.register(agree, Press(Agree))
    routes.callback_query.register(look, Press(Look))
    routes.callback_query.register(take_name, Press(TakeName))
    routes.callback_query.register(turn_delegations, Press(DelegationsPage))
    routes.callback_query.register(take_delegation, Press(TakeDelegation))
    routes.callback_query.register(skip_organization, Press(SkipOrganization))
    routes.callback_query.register(go_to_step, Press(RegistrationStep))


def register_forms(routes: Router) -> None:
    """What is typed in the middle of a registration; stands after the commands and the menu's keys."""
    routes.message.register(type_name, InForm(RegistrationName), Text())
    routes.message.register(type_organization, InForm(RegistrationOrganization), Text())
    every = InForm(RegistrationName, RegistrationDelegation, RegistrationOrganization)
    routes.message.register(ask_again, every)


async def start(message: Message, command: CommandObject, state: FSMContext, ctx: Context, people: People) -> None:
    then = from_outside((command.args or "").strip())
    if ctx.who.registered:
        await state.clear()
        if not in_one_glance(then, ctx):
            await open_menu(message, ctx)
        if then:
            await follow(message, sealed(then), state, ctx, people)
        return
    before = await before_registering(then, ctx)
    if ctx.who.participant is None:
        await show(message, views.greeting(ctx.t, ctx.programme, then, before))
        return
    if before:
        await message.answer(before)
    await next_step(message, state, ctx.who.participant, ctx, then)


async def greet(query: CallbackQuery, press: Greet, ctx: Context, translators: Translators, people: People) -> None:
    if press.language not in LANGUAGES:
        raise Stale("refusal.stale")
    if ctx.who.participant is None:
        people.speak(ctx.who.id, press.language)
    ctx = replace(ctx, t=translators[press.language])
    await show(query, views.greeting(ctx.t, ctx.programme, press.then, await before_registering(press.then, ctx)))


async def look(query: CallbackQuery, press: Look, state: FSMContext, ctx: Context, people: People) -> None:
    message = message_of(query)
    if message is None:
        return
    await open_menu(message, ctx)
    kind, _, code = press.then.partition("_")
    if kind in ("s", "q", "b") and ctx.programme.session(code):
        await show_card(message, code, "", ctx)
    elif kind == "r" and ctx.programme.room(code):
        await show_room(message, code, ctx)
    elif kind == "f":
        await follow(message, press.then, state, ctx, people)
    elif press.then and kind not in ("i", "p", "c", "t", "v", *SCREENS):
        await message.answer(ctx.t("fallback.bad_link"))


async def agree(query: CallbackQuery, press: Agree, state: FSMContext, ctx: Context, people: People) -> Toast | None:
    """From here on everything is in the language of the button: a guest's choice may be forgotten meanwhile."""
    ctx = replace(ctx, t=ctx.t.into(press.language))
    if ctx.who.registered:
        return Toast(ctx.t.plain("registration.already"))
    person = await ctx.db.write(actions.consent, ctx.who.id, ctx.t.language, ctx.seconds)
    people.changed(ctx.who.id)
    await next_step(query, state, person, ctx, press.then)
    return None


async def next_step(
    event: Message | CallbackQuery, state: FSMContext, person: Participant, ctx: Context, then: str = ""
) -> None:
    """Ask for what is still missing. `then` is the deep link to follow afterwards; "" keeps the former."""
    if then:
        await RegistrationName(sealed(then)).save(state)
    if person.name is None:
        await ask_name(event, state, person, ctx)
    elif person.delegation is None and ctx.programme.delegations:
        await ask_delegation(event, state, person, ctx)
    else:
        await ask_organization(event, state, ctx)


async def ask_name(event: Message | CallbackQuery, state: FSMContext, person: Participant, ctx: Context) -> None:
    await RegistrationName.enter(state)
    await show(event, views.ask_name(ctx.t, suggested_name(event), person.name or ""))


async def ask_delegation(event: Message | CallbackQuery, state: FSMContext, person: Participant, ctx: Context) -> None:
    await RegistrationDelegation.enter(state)
    await show(event, views.ask_delegation(ctx.t, ctx.programme, 0, person.delegation))


async def ask_organization(event: Message | CallbackQuery, state: FSMContext, ctx: Context) -> None:
    await RegistrationOrganization.enter(state)
    await show(event, views.ask_organization(ctx.t, bool(ctx.programme.delegations)))


async def go_to_step(query: CallbackQuery, press: RegistrationStep, state: FSMContext, ctx: Context) -> Toast | None:
    """Back, or on again: what was entered stays until something else is. Where the deep link leads stays too."""
    person = ctx.who.participant
    if ctx.who.registered:
        return Toast(ctx.t.plain("registration.already"))
    if person is None:
        raise NotRegistered
    if press.step == "name":
        await ask_name(query, state, person, ctx)
    elif press.step == "delegation" and person.name is not None and ctx.programme.delegations:
        await ask_delegation(query, state, person, ctx)
    else:
        await next_step(query, state, person, ctx)
    return None


def suggested_name(event: Message | CallbackQuery) -> str:
    """The name of the Telegram profile, its first name when the whole is too long; "" when neither is a name."""
    user = event.from_user
    names = [one_line(name) for name in (user.full_name, user.first_name)] if user else []
    return next((name for name in names if says_something(name) and len(name) <= actions.NAME_MAX), "")


async def type_name(message: Message, text: str, state: FSMContext, ctx: Context, people: People) -> OwnName:
    person = await ctx.db.write(actions.name, ctx.who.id, text)
    people.changed(ctx.who.id)
    await next_step(message, state, person, ctx)
    return OwnName(person.name or "")


async def take_name(query: CallbackQuery, state: FSMContext, ctx: Context, people: People) -> Toast | None:
    person = await ctx.db.write(actions.name, ctx.who.id, suggested_name(query))
    people.changed(ctx.who.id)
    if person.registered_at is None:
        await next_step(query, state, person, ctx)
        return None
    await state.clear()
    await show(query, views.settings(ctx.t, ctx.programme, await people.get(ctx.who.id)))
    return Toast(ctx.t.plain("settings.saved"))


async def turn_delegations(query: CallbackQuery, press: DelegationsPage, ctx: Context) -> None:
    chosen = ctx.who.participant.delegation if ctx.who.participant else None
    await show(query, views.ask_delegation(ctx.t, ctx.programme, press.page, chosen, leaving=ctx.who.registered))


async def take_delegation(
    query: CallbackQuery, press: TakeDelegation, state: FSMContext, ctx: Context, people: People
) -> Toast | None:
    person = await ctx.db.write(actions.delegation, ctx.who.id, ctx.programme, press.delegation)
    people.changed(ctx.who.id)
    if person.registered_at is None:
        await next_step(query, state, person, ctx)
        return None
    await show(query, views.settings(ctx.t, ctx.programme, await people.get(ctx.who.id)))
    return Toast(ctx.t.plain("settings.saved"))


async def type_organization(
    message: Message, text: str, state: FSMContext, ctx: Context, people: People
) -> OwnOrganization:
    person = await ctx.db.write(actions.organization, ctx.who.id, text)
    await complete(message, state, ctx, people)
    return OwnOrganization(person.organization or "")


async def skip_organization(query: CallbackQuery, state: FSMContext, ctx: Context, people: People) -> Toast | None:
    if ctx.who.registered:
        return Toast(ctx.t.plain("registration.already"))
    message = need_message(query)
    await show(query, views.no_organization(ctx.t))
    await complete(message, state, ctx, people)
    return None


async def complete(message: Message, state: FSMContext, ctx: Context, people: People) -> None:
    then = (await Registration.load(state)).then
    person = await ctx.db.write(actions.register, ctx.who.id, ctx.seconds)
    await state.clear()
    people.changed(ctx.who.id)
    ctx = replace(ctx, who=await people.get(ctx.who.id))
    await message.answer(views.registered(ctx.t, ctx.programme, person), reply_markup=menu.keyboard(ctx.t, ctx.who))
    await set_commands(message.bot, ctx.who, ctx.t)
    await notify_latecomer(message, ctx)
    if then:
        await land(message, then, state, ctx, people)


async def land(message: Message, then: str, state: FSMContext, ctx: Context, people: People) -> None:
    """Lead them where they wanted. A refusal is read in the chat: an alert over "you are registered" would be gone with
    a tap."""
    try:
        await follow(message, then, state, ctx, people)
    except Refusal as refusal:
        await message.answer(ctx.t(refusal.key, **refusal.fields))


async def ask_again(message: Message, state: FSMContext, ctx: Context) -> None:
    """Something that is not text, or a text where a button is due: say what is expected, keep the form."""
    keys = {
        RegistrationName.STATE: "registration.bad_name",
        RegistrationDelegation.STATE: "registration.choose_delegation",
        RegistrationOrganization.STATE: "registration.bad_organization",
    }
    limits = {RegistrationName.STATE: actions.NAME_MAX, RegistrationOrganization.STATE: actions.ORGANIZATION_MAX}
    current = await state.get_state() or ""
    raise BadInput(keys[current], limit=limits.get(current, 0))
