"""Asking, my questions, the feed and its votes."""

from __future__ import annotations

import datetime as dt

from aiogram import Router
from aiogram.filters import Command, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.actions.questions import questions as actions
from bot.actions.questions.voice import need_voice
from bot.errors import NotRegistered, Stale
from bot.middlewares.answers import Toast
from bot.people import People
from bot.programme.estimates import Runs
from bot.programme.model import Programme
from bot.programme.now import now as on_now
from bot.texts import Translator
from bot.views.agenda.agenda import day_from_key
from bot.views.buttons import Go
from bot.views.questions import questions as views
from bot.views.questions.buttons import (
    Anonymous,
    AskDay,
    AskIn,
    EditQuestion,
    FeedPage,
    MyQuestion,
    MyQuestions,
    Vote,
    WithdrawQuestion,
)
from bot.views.questions.likeness import NEAR, asked_already
from bot.who import Who
from handlers.answers import show
from handlers.filters import Key, Press, Text
from handlers.forms import QuestionForm
from storage import questions as records
from storage.database import Database


def register(routes: Router) -> None:
    for entry in (Key("menu.ask"), Command("ask")):
        routes.message.register(choose, entry)
    for entry in (Key("menu.questions"), Command("questions")):
        routes.message.register(open_mine, entry)
    routes.callback_query.register(vote, Press(Vote))
    routes.callback_query.register(open_feed, Press(FeedPage))
    routes.callback_query.register(ask_in, Press(AskIn))
    routes.callback_query.register(anonymous, Press(Anonymous))
    routes.callback_query.register(choose, Press(Go, where="ask"))
    routes.callback_query.register(choose_day, Press(AskDay))
    routes.callback_query.register(turn_mine, Press(MyQuestions))
    routes.callback_query.register(open_one, Press(MyQuestion))
    routes.callback_query.register(edit, Press(EditQuestion))
    routes.callback_query.register(withdraw, Press(WithdrawQuestion))


def register_forms(routes: Router) -> None:
    form = {"form": True}
    routes.message.register(take, StateFilter(QuestionForm.text, QuestionForm.alike), Text(), flags=form)
    routes.message.register(take_edit, StateFilter(QuestionForm.edit), Text(), flags=form)
    routes.message.register(text_only, StateFilter(QuestionForm), flags=form)
    routes.edited_message.register(edit_by_message, Text())


async def choose(
    event: Message | CallbackQuery, who: Who, t: Translator, programme: Programme, runs: Runs, now: dt.datetime
) -> None:
    """What is on now first; then every day that still takes questions."""
    if not who.registered:
        raise NotRegistered
    current = [one for one in on_now(programme, runs, now) if actions.takes_questions(programme, runs, one, now)]
    days = [
        day.date
        for day in programme.days
        if any(actions.takes_questions(programme, runs, one, now) for one in programme.of_day(day.date))
    ]
    await show(event, views.choose(t, current, days))


async def choose_day(
    query: CallbackQuery, press: AskDay, t: Translator, programme: Programme, runs: Runs, now: dt.datetime
) -> None:
    date = day_from_key(press.day)
    if date is None:
        raise Stale("refusal.stale")
    sessions = [one for one in programme.of_day(date) if actions.takes_questions(programme, runs, one, now)]
    await show(query, views.choose_in_day(t, date, sessions, press.page))


async def ask_in(
    query: CallbackQuery,
    press: AskIn,
    state: FSMContext,
    who: Who,
    t: Translator,
    db: Database,
    programme: Programme,
    runs: Runs,
    now: dt.datetime,
) -> None:
    await open_form(query, press.session, False, state, who, t, db, programme, runs, now)


async def anonymous(
    query: CallbackQuery,
    press: Anonymous,
    state: FSMContext,
    who: Who,
    t: Translator,
    db: Database,
    programme: Programme,
    runs: Runs,
    now: dt.datetime,
) -> None:
    """Only while the form is open: a question that was sent with a name does not lose it by this button."""
    session = programme.session(press.session)
    form = await state.get_data()
    if await state.get_state() == QuestionForm.text.state and form["session"] == press.session:
        await open_form(query, press.session, bool(press.wanted), state, who, t, db, programme, runs, now)
    elif session is not None:
        await show(query, views.form_closed(t, session))
    else:
        raise Stale("agenda.no_such_session")


async def open_form(
    event: Message | CallbackQuery,
    code: str,
    anonymous: bool,
    state: FSMContext,
    who: Who,
    t: Translator,
    db: Database,
    programme: Programme,
    runs: Runs,
    now: dt.datetime,
) -> None:
    if not who.registered:
        raise NotRegistered(then=f"q_{code}")
    session = actions.session_to_ask(programme, runs, code, now)
    await db.read(need_voice, who)
    await state.set_state(QuestionForm.text)
    await state.set_data({"session": code, "anonymous": anonymous})
    await show(event, views.form(t, session, anonymous))


async def take(
    message: Message,
    text: str,
    state: FSMContext,
    who: Who,
    t: Translator,
    db: Database,
    programme: Programme,
    runs: Runs,
    people: People,
    now: dt.datetime,
) -> None:
    form = await state.get_data()
    wish = (form["session"], message.message_id, form["anonymous"], text, now)
    outcome = await db.write(actions.ask_unless_near, who, programme, runs, people.chiefs, *wish, NEAR)
    if isinstance(outcome, list):
        await state.set_state(QuestionForm.alike)
        await state.update_data(typed=text, message=message.message_id)
        await show(message, asked_already(t, outcome, message.message_id))
        return
    await state.clear()
    await show(message, views.receipt(t, programme, outcome))


async def edit(
    query: CallbackQuery, press: EditQuestion, state: FSMContext, who: Who, t: Translator, db: Database
) -> None:
    question = await db.read(actions.editable, who, press.number)
    await state.set_state(QuestionForm.edit)
    await state.set_data({"number": press.number})
    await show(query, views.edit_form(t, question))


async def take_edit(
    message: Message,
    text: str,
    state: FSMContext,
    who: Who,
    t: Translator,
    db: Database,
    programme: Programme,
    now: dt.datetime,
) -> None:
    number: int = (await state.get_data())["number"]
    question = await db.write(actions.edit, who, number, text, int(now.timestamp()))
    await state.clear()
    await show(message, views.edited(t, programme, question))


async def edit_by_message(message: Message, text: str, who: Who, t: Translator, db: Database, now: dt.datetime) -> None:
    """The author corrected the very message that brought the question."""
    question = await db.write(actions.edit_by_message, who, message.message_id, text, int(now.timestamp()))
    if question is not None:
        await message.answer(t("questions.edited", number=question.number))


async def text_only(message: Message, t: Translator) -> None:
    await message.answer(t("questions.text_only"))


async def open_mine(message: Message, who: Who, t: Translator, db: Database, programme: Programme) -> None:
    await show(message, views.mine(t, programme, await db.read(records.of_author, who.id), 0))


async def turn_mine(
    query: CallbackQuery, press: MyQuestions, who: Who, t: Translator, db: Database, programme: Programme
) -> None:
    await show(query, views.mine(t, programme, await db.read(records.of_author, who.id), press.page))


async def open_one(
    query: CallbackQuery, press: MyQuestion, who: Who, t: Translator, db: Database, programme: Programme
) -> None:
    mine = await db.read(actions.mine, who, press.number)
    await show(query, views.one_of_mine(t, programme, mine.question, stays=mine.stays))


async def withdraw(
    query: CallbackQuery,
    press: WithdrawQuestion,
    who: Who,
    t: Translator,
    db: Database,
    programme: Programme,
    now: dt.datetime,
) -> Toast | None:
    if not press.sure:
        await show(query, views.withdraw_sure(t, await db.read(actions.of_author, who, press.number)))
        return None
    question = await db.write(actions.withdraw, who, press.number, int(now.timestamp()))
    await show(query, views.one_of_mine(t, programme, question))
    return Toast(t.plain("questions.withdrawn"))


async def open_feed(
    query: CallbackQuery,
    press: FeedPage,
    who: Who,
    t: Translator,
    db: Database,
    programme: Programme,
    runs: Runs,
    now: dt.datetime,
) -> None:
    await show_feed(query, press.session, press.page, who, t, db, programme, runs, now)


async def vote(
    query: CallbackQuery,
    press: Vote,
    who: Who,
    t: Translator,
    db: Database,
    programme: Programme,
    runs: Runs,
    now: dt.datetime,
) -> Toast:
    result = await db.write(actions.vote, who, programme, press.number, bool(press.wanted), int(now.timestamp()))
    await show_feed(query, result.question.session, press.page, who, t, db, programme, runs, now)
    return Toast(t.plain("questions.voted" if result.mine else "questions.unvoted"))


async def show_feed(
    query: CallbackQuery,
    code: str,
    page: int,
    who: Who,
    t: Translator,
    db: Database,
    programme: Programme,
    runs: Runs,
    now: dt.datetime,
) -> None:
    session = programme.session(code)
    if session is None:
        raise Stale("agenda.no_such_session")
    shown, voted = await db.read(actions.feed, who.id, code)
    asks = actions.takes_questions(programme, runs, session, now)
    await show(query, views.feed(t, session, shown, voted, page, asks))
