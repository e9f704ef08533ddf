"""Changing the programme by thumb: somebody comes in the place of a person, in all their sessions."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.actions.agenda import speaking
from bot.actions.agenda.speaking import Linked
from bot.actions.publishing.drafts import Draft
from bot.actions.publishing.edit import speakers_found
from bot.actions.typed import one_line
from bot.context import Context
from bot.drafts import Drafts
from bot.errors import BadInput, Stale
from bot.middlewares.answers import Toast
from bot.programme import edits
from bot.programme.current import CurrentProgramme
from bot.programme.model import Programme, Speaker
from bot.programme.texts import read_names
from bot.views.publishing import edit_everywhere as views
from bot.views.publishing.buttons import ReplaceEverywhere, ReplaceNow, SeeReplacing
from bot.views.screen import Screen
from handlers.answers import show
from handlers.filters import Press, Text
from handlers.forms import ProgrammeForm
from handlers.publishing.change import Change, by_press
from handlers.publishing.edit_people import new_speaker


def register(routes: Router) -> None:
    press = routes.callback_query.register
    press(ask_who, Press(ReplaceEverywhere))
    press(see, Press(SeeReplacing))
    press(replace, Press(ReplaceNow))


def register_forms(routes: Router) -> None:
    routes.message.register(find, StateFilter(ProgrammeForm.everywhere), Text(), flags={"form": True})


async def ask_who(
    query: CallbackQuery, press: ReplaceEverywhere, state: FSMContext, ctx: Context, drafts: Drafts
) -> None:
    draft = await drafts.get(ctx.who)
    old = person(draft, press.speaker)
    coming = edits.not_over_of(draft.programme, old.code, ctx.now, ctx.runs)
    if not coming:
        raise BadInput("change.everywhere_none")
    await state.set_state(ProgrammeForm.everywhere)
    await state.set_data({"old": old.code})
    await show(query, views.ask(ctx.t, draft, old, coming))


def person(draft: Draft, code: str) -> Speaker:
    found = draft.programme.speaker(code)
    if found is None:
        raise Stale("change.no_such_person")
    return found


async def find(
    message: Message, text: str, state: FSMContext, ctx: Context, drafts: Drafts, current: CurrentProgramme
) -> None:
    """Whoever may be meant; the form stays open, for another try and for the name of somebody new."""
    form = await state.get_data()
    names = read_names(text)
    draft = await drafts.get(ctx.who)
    old = person(draft, form["old"])
    await state.update_data(typed=text)
    found = speakers_found(current.index, draft, one_line(names.variants[0][1]), ctx.t.language)
    await show(message, views.candidates(ctx.t, old, ctx.t.say_plain(names), found))


async def see(query: CallbackQuery, press: SeeReplacing, state: FSMContext, ctx: Context, drafts: Drafts) -> None:
    linked = await ctx.read(speaking.linked, ctx.seconds)
    draft = await drafts.get(ctx.who)
    old, new = person(draft, press.speaker), await coming_in(draft, press, state)
    change = replacing(old, new, ctx)
    await show(query, preview(ctx, draft, change, old, new, linked.get(old.code, Linked())))


async def coming_in(draft: Draft, press: SeeReplacing | ReplaceNow, state: FSMContext) -> Speaker:
    """Who comes: somebody of the programme, or whom the form has by name."""
    if press.other:
        return person(draft, press.other)
    form = await state.get_data()
    typed = await state.get_state() == ProgrammeForm.everywhere.state and form["old"] == press.speaker
    if not typed or "typed" not in form:
        raise Stale("refusal.stale")
    return new_speaker(draft, form["typed"])


def replacing(old: Speaker, new: Speaker, ctx: Context) -> Change:
    """`new` comes into the programme when it has them not yet."""

    def edit(programme: Programme) -> Programme:
        known = programme if programme.speaker(new.code) else edits.with_speaker(programme, new)
        return edits.replaced_everywhere(known, old.code, new.code, ctx.now, ctx.runs)

    return Change("person_everywhere", {"old": old.code, "person": new.code}, edit)


def preview(ctx: Context, draft: Draft, change: Change, old: Speaker, new: Speaker, linked: Linked) -> Screen:
    coming = edits.not_over_of(draft.programme, old.code, ctx.now, ctx.runs)
    return views.preview(ctx.t, draft, change.edit(draft.programme), old, new, coming, linked, ctx.now)


async def replace(
    query: CallbackQuery, press: ReplaceNow, state: FSMContext, ctx: Context, drafts: Drafts
) -> Toast | None:
    """Afterwards nothing is left to replace; where something is, the draft has moved on and is shown once more."""
    linked = (await ctx.read(speaking.linked, ctx.seconds)).get(press.speaker, Linked())
    draft = await drafts.get(ctx.who)
    old, new = person(draft, press.speaker), await coming_in(draft, press, state)
    change = replacing(old, new, ctx)

    def after(draft: Draft) -> Screen:
        if edits.not_over_of(draft.programme, old.code, ctx.now, ctx.runs):
            return preview(ctx, draft, change, old, new, linked)
        return views.done(ctx.t, draft, old, new, ctx.now, ctx.who.id)

    toast = await by_press(query, press.stamp, change, after, ctx, drafts)
    if toast is None:  # done; else the name that was typed is still wanted
        await state.clear()
    return toast
