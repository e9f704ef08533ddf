"""Changing the programme by thumb: who speaks and who moderates."""

from __future__ import annotations

from dataclasses import replace

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.actions import became
from bot.actions.became import ProgrammeName, SoughtName
from bot.actions.publishing.drafts import Draft
from bot.actions.publishing.edit import fresh_code, speakers_found
from bot.actions.typed import one_line
from bot.context import Context
from bot.drafts import Drafts
from bot.errors import Stale
from bot.middlewares.answers import Toast
from bot.programme import edits
from bot.programme.current import CurrentProgramme
from bot.programme.lookup import need_session, need_speaker
from bot.programme.model import Session, Speaker
from bot.programme.texts import read_names
from bot.views.publishing import edit_people as views
from bot.views.publishing.buttons import (
    DropPerson,
    FindPerson,
    NewPerson,
    PersonIn,
    TakePerson,
)
from handlers.answers import say_counted, show
from handlers.filters import Press, Text
from handlers.forms import InForm, OfForm, PersonForm
from handlers.publishing.edit import on_session


def register(routes: Router) -> None:
    press = routes.callback_query.register
    press(open_person, Press(PersonIn))
    press(drop, Press(DropPerson))
    press(ask_who, Press(FindPerson))
    press(take_person, Press(TakePerson))
    press(take_new_person, Press(NewPerson))


def register_forms(routes: Router) -> None:
    routes.message.register(find, InForm(PersonForm), Text())
    routes.edited_message.register(find, InForm(PersonForm), OfForm(PersonForm), Text())


async def open_person(query: CallbackQuery, press: PersonIn, ctx: Context, drafts: Drafts) -> None:
    draft = await drafts.get(ctx.who)
    session = need_session(draft.programme, press.session)
    person = need_speaker(draft.programme, press.speaker)
    await show(query, views.person(ctx.t, draft, session, person))


async def drop(query: CallbackQuery, press: DropPerson, ctx: Context, drafts: Drafts) -> Toast | None:
    edit = edits.DropPerson(press.session, press.speaker, press.seat)
    return await on_session(query, press, edit, ctx, drafts)


async def ask_who(query: CallbackQuery, press: FindPerson, state: FSMContext, ctx: Context, drafts: Drafts) -> None:
    """The form remembers who is replaced by their code: others may change the session meanwhile."""
    draft = await drafts.get(ctx.who)
    session = need_session(draft.programme, press.session)
    await PersonForm(session=press.session, seat=press.seat, old=old_in(session, press.seat)).save(state)
    await show(query, views.find(ctx.t, draft, session, press.seat))


def old_in(session: Session, seat: str) -> str:
    """Who is at a seat of a session; "" when the seat is a role, for one more."""
    people = edits.people_of(session)
    if seat in edits.ROLES:
        return ""
    if not seat.isdecimal() or int(seat) >= len(people):
        raise Stale("change.no_such_person")
    return people[int(seat)]


async def find(
    message: Message, state: FSMContext, ctx: Context, drafts: Drafts, current: CurrentProgramme
) -> SoughtName:
    """Whoever may be meant; the form stays open, for another try and for the name of somebody new. Also of an edit of
    the message with the last name."""
    form, text = await PersonForm.load(state), message.text or ""
    names = read_names(text)
    draft = await drafts.get(ctx.who)
    session = need_session(draft.programme, form.session)
    seat = seat_of(session, form.old) or form.seat
    await replace(form, typed=text, message=message.message_id).save(state)
    found = speakers_found(current.index, draft, one_line(names.variants[0][1]), ctx.t.language)
    await say_counted(message, ctx)
    await show(message, views.candidates(ctx.t, draft, session, seat=seat, name=ctx.t.say_plain(names), found=found))
    return SoughtName(text)


def seat_of(session: Session, person: str) -> str:
    people = edits.people_of(session)
    if person and person not in people:
        raise Stale("change.no_such_person")
    return str(people.index(person)) if person else ""


async def take_person(
    query: CallbackQuery, press: TakePerson, state: FSMContext, ctx: Context, drafts: Drafts
) -> Toast | None:
    draft = await drafts.get(ctx.who)
    old = old_in(need_session(draft.programme, press.session), press.seat)
    edit = coming(press.session, seat=press.seat, old=old, person=press.speaker)
    toast = await on_session(query, press, edit, ctx, drafts)
    await state.clear()
    return toast


def coming(session: str, *, seat: str, old: str, person: str, new: Speaker | None = None) -> edits.Edit:
    """A person comes into a session, instead of `old` if that is somebody; `new` is them when no list has them yet."""
    if old:
        return edits.ReplacePerson(session, old, person, new=new)
    return edits.AddPerson(session, person, seat, new=new)


async def take_new_person(
    query: CallbackQuery, press: NewPerson, state: FSMContext, ctx: Context, drafts: Drafts
) -> Toast:
    """Somebody who is not in the programme yet, by the name that was typed; their office can be added then."""
    draft = await drafts.get(ctx.who)
    form = await PersonForm.opened(state)
    if form is None or form.session != press.session or form.typed is None:
        raise Stale("refusal.stale")
    person = new_speaker(draft, form.typed)
    edit = coming(press.session, seat=form.seat, old=form.old, person=person.code, new=person)
    _, draft = await drafts.change_newest(ctx.who, edit, ctx.now)
    await state.clear()
    if form.message is not None:
        named = ProgrammeName("p", person.code, "n", form.typed)
        await ctx.db.write(became.turn, ctx.who.id, form.message, named)
    await show(query, views.person(ctx.t, draft, need_session(draft.programme, press.session), person))
    return Toast(ctx.t.plain("change.person_added"))


def new_speaker(draft: Draft, typed: str) -> Speaker:
    name = read_names(typed)
    return Speaker(fresh_code(draft, "speakers", name), name)
