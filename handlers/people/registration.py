"""/start: the languages, consent, name, delegation, organization; and where a deep link leads."""

from __future__ import annotations

import datetime as dt

from aiogram import Router
from aiogram.filters import CommandObject, CommandStart, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.actions.people import participants as actions
from bot.actions.typed import one_line, says_something
from bot.errors import BadInput, Stale
from bot.middlewares.answers import Toast
from bot.people import People
from bot.programme.estimates import Runs
from bot.programme.model import Programme
from bot.texts import LANGUAGES, Translator, Translators
from bot.views.people import menu
from bot.views.people import participants as views
from bot.views.people.buttons import (
    Agree,
    DelegationsPage,
    Greet,
    Look,
    SkipOrganization,
    TakeDelegation,
    TakeName,
)
from bot.who import Who
from handlers.agenda.agenda import show_card
from handlers.announcements.news import tell_who_came_late
from handlers.answers import message_of, show
from handlers.commands import set_commands
from handlers.entrance.posters import show_room
from handlers.filters import Press, Text
from handlers.forms import Registration
from handlers.people.deep_links import follow, in_one_glance, sealed
from storage.database import Database
from storage.participants import Participant

# "i_" and an invitation's 22 characters, "s_" and a code's 24: with prefix and language they fit 64 bytes.
LONGEST_PAYLOAD = 40


def register(routes: Router) -> None:
    routes.message.register(start, CommandStart(), flags={"form": True})
    routes.callback_query.register(greet, Press(Greet))
    routes.callback_query.register(agree, Press(Agree))
    routes.callback_query.register(look, Press(Look))
    routes.callback_query.register(take_name, Press(TakeName))
    routes.callback_query.register(turn_delegations, Press(DelegationsPage))
    routes.callback_query.register(take_delegation, Press(TakeDelegation))
    routes.callback_query.register(skip_organization, Press(SkipOrganization))


def register_forms(routes: Router) -> None:
    """What is typed in the middle of a registration; stands after the commands and the menu's keys."""
    form = {"form": True}
    routes.message.register(type_name, StateFilter(Registration.name), Text(), flags=form)
    routes.message.register(type_organization, StateFilter(Registration.organization), Text(), flags=form)
    routes.message.register(ask_again, StateFilter(Registration), flags=form)


async def start(
    message: Message,
    command: CommandObject,
    state: FSMContext,
    who: Who,
    t: Translator,
    db: Database,
    people: People,
    programme: Programme,
    runs: Runs,
    now: dt.datetime,
) -> None:
    then = (command.args or "").strip()
    if who.registered:
        await state.clear()
        if not in_one_glance(then, programme):
            await message.answer(menu.welcome(t, programme, who), reply_markup=menu.keyboard(t, who))
        if then:
            await follow(message, sealed(then), state, who, t, db, people, programme, runs, now)
    elif who.participant is not None:
        await next_step(message, state, who.participant, t, programme, then)
    else:
        await show(message, views.greeting(t, programme, fitting(then)))


def fitting(then: str) -> str:
    """A deep link's payload if it can travel in a button, as all of ours can; a broken one is dropped."""
    return then if len(then.encode()) <= LONGEST_PAYLOAD and ":" not in then else ""


async def greet(
    query: CallbackQuery, press: Greet, who: Who, translators: Translators, people: People, programme: Programme
) -> None:
    if press.language not in LANGUAGES:
        raise Stale("refusal.stale")
    if who.participant is None:
        people.speak(who.id, press.language)
    await show(query, views.greeting(translators[press.language], programme, press.then))


async def look(
    query: CallbackQuery,
    press: Look,
    who: Who,
    t: Translator,
    db: Database,
    programme: Programme,
    runs: Runs,
    now: dt.datetime,
) -> None:
    message = message_of(query)
    if message is None:
        return
    await message.answer(menu.welcome(t, programme, who), reply_markup=menu.keyboard(t, who))
    kind, _, code = press.then.partition("_")
    if kind in ("s", "q") and programme.session(code):
        await show_card(message, code, "", who, t, db, programme, runs, now)
    elif kind == "r" and programme.room(code):
        await show_room(message, code, t, programme, runs, now)
    elif press.then and kind not in ("i", "p", "c"):
        await message.answer(t("fallback.bad_link"))


async def agree(
    query: CallbackQuery,
    press: Agree,
    state: FSMContext,
    who: Who,
    db: Database,
    people: People,
    translators: Translators,
    programme: Programme,
    now: dt.datetime,
) -> Toast | None:
    t = translators[press.language]
    if who.registered:
        return Toast(t.plain("registration.already"))
    person = await db.write(actions.consent, who.id, t.language, int(now.timestamp()))
    people.changed(who.id)
    await next_step(query, state, person, t, programme, press.then)
    return None


async def next_step(
    event: Message | CallbackQuery,
    state: FSMContext,
    person: Participant,
    t: Translator,
    programme: Programme,
    then: str = "",
) -> None:
    """Ask for what is still missing. `then` is the deep link to follow afterwards; "" keeps the former."""
    if then:
        await state.set_data({"then": sealed(then)})
    if person.name is None:
        await state.set_state(Registration.name)
        await show(event, views.ask_name(t, suggested_name(event)))
    elif person.delegation is None and programme.delegations:
        await state.set_state(Registration.delegation)
        await show(event, views.ask_delegation(t, programme, 0))
    else:
        await state.set_state(Registration.organization)
        await show(event, views.ask_organization(t))


def suggested_name(event: Message | CallbackQuery) -> str:
    """The name of the Telegram profile, its first name when the whole is too long; "" when it is no name."""
    user = event.from_user
    names = [one_line(name) for name in (user.full_name, user.first_name)] if user else []
    return next((name for name in names if says_something(name) and len(name) <= actions.NAME_MAX), "")


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
    person = await db.write(actions.name, who.id, text)
    people.changed(who.id)
    await next_step(message, state, person, t, programme)


async def take_name(
    query: CallbackQuery,
    state: FSMContext,
    who: Who,
    t: Translator,
    db: Database,
    people: People,
    programme: Programme,
) -> Toast | None:
    person = await db.write(actions.name, who.id, suggested_name(query))
    people.changed(who.id)
    if person.registered_at is None:
        await next_step(query, state, person, t, programme)
        return None
    await state.clear()
    await show(query, views.settings(t, programme, await people.get(who.id)))
    return Toast(t.plain("settings.saved"))


async def turn_delegations(
    query: CallbackQuery, press: DelegationsPage, who: Who, t: Translator, programme: Programme
) -> None:
    await show(query, views.ask_delegation(t, programme, press.page, leaving=who.registered))


async def take_delegation(
    query: CallbackQuery,
    press: TakeDelegation,
    state: FSMContext,
    who: Who,
    t: Translator,
    db: Database,
    people: People,
    programme: Programme,
) -> Toast | None:
    person = await db.write(actions.delegation, who.id, programme, press.delegation)
    people.changed(who.id)
    if person.registered_at is None:
        await next_step(query, state, person, t, programme)
        return None
    await show(query, views.settings(t, programme, await people.get(who.id)))
    return Toast(t.plain("settings.saved"))


async def type_organization(
    message: Message,
    text: str,
    state: FSMContext,
    who: Who,
    t: Translator,
    db: Database,
    people: People,
    programme: Programme,
    runs: Runs,
    now: dt.datetime,
) -> None:
    await db.write(actions.organization, who.id, text)
    await complete(message, state, who, t, db, people, programme, runs, now)


async def skip_organization(
    query: CallbackQuery,
    state: FSMContext,
    who: Who,
    t: Translator,
    db: Database,
    people: People,
    programme: Programme,
    runs: Runs,
    now: dt.datetime,
) -> Toast | None:
    if who.registered:
        return Toast(t.plain("registration.already"))
    message = message_of(query)
    if message is None:
        raise Stale("refusal.stale")
    await show(query, views.no_organization(t))
    await complete(message, state, who, t, db, people, programme, runs, now)
    return None


async def complete(
    message: Message,
    state: FSMContext,
    who: Who,
    t: Translator,
    db: Database,
    people: People,
    programme: Programme,
    runs: Runs,
    now: dt.datetime,
) -> None:
    then = (await state.get_data()).get("then", "")
    person = await db.write(actions.register, who.id, int(now.timestamp()))
    await state.clear()
    people.changed(who.id)
    who = await people.get(who.id)
    await message.answer(views.registered(t, programme, person), reply_markup=menu.keyboard(t, who))
    await set_commands(message.bot, who, t)
    await tell_who_came_late(message, who, t, db, people, now)
    if then:
        await follow(message, then, state, who, t, db, people, programme, runs, now)


async def ask_again(message: Message, state: FSMContext, t: Translator) -> None:
    """Something that is no text, or a text where a button is due: say what is expected, keep the form."""
    keys = {
        Registration.name.state: "registration.bad_name",
        Registration.delegation.state: "registration.choose_delegation",
        Registration.organization.state: "registration.bad_organization",
    }
    limits = {Registration.name.state: actions.NAME_MAX, Registration.organization.state: actions.ORGANIZATION_MAX}
    current = await state.get_state()
    raise BadInput(keys[current], limit=limits.get(current, 0))
