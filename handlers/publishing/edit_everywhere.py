"""Changing the programme by thumb: somebody comes in the place of a person, in all their sessions."""

from __future__ import annotations

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.actions import became
from bot.actions.agenda import speaking
from bot.actions.agenda.speaking import Linked
from bot.actions.became import ProgrammeName, SoughtName
from bot.actions.publishing.drafts import Draft
from bot.actions.publishing.edit import speakers_found
from bot.actions.typed import one_line
from bot.context import Context
from bot.drafts import Drafts
from bot.errors import BadInput, Stale
from bot.middlewares.answers import Toast
from bot.programme import edits
from bot.programme.current import CurrentProgramme
from bot.programme.lookup import need_speaker
from bot.programme.model import Speaker
from bot.programme.texts import read_names
from bot.views.publishing import edit_everywhere as views
from bot.views.publishing.buttons import (
    ReplaceEverywhere,
    ReplaceNow,
    SeeReplacing,
    revision_of,
)
from bot.views.screen import Screen
from handlers.answers import say_counted, show
from handlers.filters import Press, Text
from handlers.forms import EverywhereForm, InForm, OfForm
from handlers.publishing.change import toast_of
from handlers.publishing.edit_people import new_speaker


def register(routes: Router) -> None:
    press = routes.callback_query.register
    press(ask_who, Press(ReplaceEverywhere))
    press(see, Press(SeeReplacing))
    press(replace, Press(ReplaceNow))


def register_forms(routes: Router) -> None:
    routes.message.register(find, InForm(EverywhereForm), Text())
    routes.edited_message.register(find, InForm(EverywhereForm), OfForm(EverywhereForm), Text())


async def ask_who(
    query: CallbackQuery, press: ReplaceEverywhere, state: FSMContext, ctx: Context, drafts: Drafts
) -> None:
    draft = await drafts.get(ctx.who)
    old = need_speaker(draft.programme, press.speaker)
    coming = edits.not_over_of(draft.programme, old.code, ctx.now, ctx.runs)
    if not coming:
        raise BadInput("change.everywhere_none")
    await EverywhereForm(old=old.code).save(state)
    await show(query, views.ask(ctx.t, draft, old, coming))


async def find(
    message: Message, state: FSMContext, ctx: Context, drafts: Drafts, current: CurrentProgramme
) -> SoughtName:
    """Whoever may be meant; the form stays open, for another try and for the name of somebody new. Also of an edit of
    the message with the last name."""
    form, text = await EverywhereForm.load(state), message.text or ""
    names = read_names(text)
    draft = await drafts.get(ctx.who)
    old = need_speaker(draft.programme, form.old)
    await EverywhereForm(old=form.old, typed=text, message=message.message_id).save(state)
    found = speakers_found(current.index, draft, one_line(names.variants[0][1]), ctx.t.language)
    await say_counted(message, ctx)
    await show(message, views.candidates(ctx.t, old, ctx.t.say_plain(names), found))
    return SoughtName(text)


async def see(query: CallbackQuery, press: SeeReplacing, state: FSMContext, ctx: Context, drafts: Drafts) -> None:
    linked = await ctx.read(speaking.linked, ctx.seconds)
    draft = await drafts.get(ctx.who)
    old, new = need_speaker(draft.programme, press.speaker), await coming_in(draft, press, state)
    edit = edits.ReplaceEverywhere(old.code, new.code, new=new, now=ctx.now, runs=ctx.runs)
    await show(query, preview(ctx, draft, edit, old, linked.get(old.code, Linked())))


async def coming_in(draft: Draft, press: SeeReplacing | ReplaceNow, state: FSMContext) -> Speaker:
    """Who comes: somebody of the programme, or whom the form has by name."""
    if press.other:
        return need_speaker(draft.programme, press.other)
    form = await EverywhereForm.opened(state)
    if form is None or form.old != press.speaker or form.typed is None:
        raise Stale("refusal.stale")
    return new_speaker(draft, form.typed)


def preview(ctx: Context, draft: Draft, edit: edits.ReplaceEverywhere, old: Speaker, linked: Linked) -> Screen:
    coming = edits.not_over_of(draft.programme, old.code, ctx.now, ctx.runs)
    return views.preview(
        ctx.t, draft, edit.apply(draft.programme), old=old, new=edit.new, coming=coming, linked=linked, now=ctx.now
    )


async def replace(
    query: CallbackQuery, press: ReplaceNow, state: FSMContext, ctx: Context, drafts: Drafts
) -> Toast | None:
    """Afterwards nothing is left to replace; where something is, the draft has moved on and is shown again."""
    linked = (await ctx.read(speaking.linked, ctx.seconds)).get(press.speaker, Linked())
    draft = await drafts.get(ctx.who)
    old, new = need_speaker(draft.programme, press.speaker), await coming_in(draft, press, state)
    edit = edits.ReplaceEverywhere(old.code, new.code, new=new, now=ctx.now, runs=ctx.runs)
    changed = await drafts.change(ctx.who, revision_of(press.stamp), edit, ctx.now)
    if edits.not_over_of(changed.draft.programme, old.code, ctx.now, ctx.runs):
        await show(query, preview(ctx, changed.draft, edit, old, linked))
    else:
        await show(query, views.done(ctx.t, changed.draft, old, new=new, now=ctx.now, me=ctx.who.id))
    toast = toast_of(ctx, changed)
    if toast is None:  # done; else the name that was typed is still wanted
        form = await EverywhereForm.opened(state)
        if form is not None and form.message is not None and form.typed is not None and not press.other:
            await ctx.db.write(became.turn, ctx.who.id, form.message, ProgrammeName("p", new.code, "n", form.typed))
        await state.clear()
    return toast
