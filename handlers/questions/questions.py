"""Asking, my questions, the feed and its votes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.actions.became import QuestionWords
from bot.actions.questions import following
from bot.actions.questions import questions as actions
from bot.actions.questions.twins import people_waiting
from bot.actions.questions.voice import need_voice
from bot.actions.typed import tidy
from bot.context import Context
from bot.errors import NotRegistered
from bot.middlewares.answers import Toast
from bot.programme.lookup import need_date, need_known, need_session
from bot.programme.model import Session
from bot.programme.now import now as on_now
from bot.views.buttons import Go
from bot.views.questions import choosing
from bot.views.questions import questions as views
from bot.views.questions.buttons import (
    Anonymous,
    AskDay,
    AskIn,
    AskNow,
    EditQuestion,
    FeedPage,
    MyQuestion,
    MyQuestions,
    Vote,
    WithdrawQuestion,
)
from bot.views.questions.likeness import NEAR, asked_already
from handlers.answers import only, say_counted, show
from handlers.filters import Key, Press, Text, WasTyped, page_in
from handlers.forms import AlikeForm, AskForm, EditAskedForm, InForm, OfForm
from storage.questions import PENDING, Question


def register(routes: Router) -> None:
    for entry in (Key("menu.ask"), Command("ask")):
        routes.message.register(ask, entry)
    for entry in (Key("menu.questions"), Command("questions")):
        routes.message.register(open_mine, entry)
    routes.callback_query.register(vote, Press(Vote))
    routes.callback_query.register(open_feed, Press(FeedPage))
    routes.callback_query.register(ask_in, Press(AskIn))
    routes.callback_query.register(anonymous, Press(Anonymous))
    routes.callback_query.register(choose, Press(Go, where="ask"))
    routes.callback_query.register(choose, Press(AskNow))
    routes.callback_query.register(choose_day, Press(AskDay))
    routes.callback_query.register(open_mine, Press(MyQuestions))
    routes.callback_query.register(open_one, Press(MyQuestion))
    routes.callback_query.register(edit, Press(EditQuestion))
    routes.callback_query.register(withdraw, Press(WithdrawQuestion))


def register_forms(routes: Router) -> None:
    routes.message.register(take_question, InForm(AskForm, AlikeForm), Text())
    routes.message.register(take_new_words, InForm(EditAskedForm), Text())
    routes.message.register(only("questions.text_only"), InForm(AskForm, AlikeForm, EditAskedForm))
    routes.edited_message.register(amend_words, WasTyped(QuestionWords), Text())
    routes.edited_message.register(only("questions.text_only"), WasTyped(QuestionWords))


def register_edits(routes: Router) -> None:
    """Of a message that brought a question, which that remembers itself: stands after all that know theirs."""
    routes.edited_message.register(edit_unsent, InForm(AlikeForm), OfForm(AlikeForm), Text())
    routes.edited_message.register(edit_by_message, Text())


async def ask(message: Message, state: FSMContext, ctx: Context) -> None:
    """The one session on now that takes questions, whose form has the way to any other; else where to ask."""
    current = taking_questions(ctx, on_now(ctx.programme, ctx.runs, ctx.now))
    if ctx.who.registered and len(current) == 1:
        await open_form(message, current[0].code, False, state, ctx)
    else:
        await choose(message, ctx)


async def choose(event: Message | CallbackQuery, ctx: Context, press: AskNow | None = None) -> None:
    """What is on now first; then every day that still takes questions."""
    if not ctx.who.registered:
        raise NotRegistered("ask")
    current = taking_questions(ctx, on_now(ctx.programme, ctx.runs, ctx.now))
    await show(event, choosing.choose(ctx.t, current, open_days(ctx), page_in(press)))


def open_days(ctx: Context) -> list[dt.date]:
    return [day.date for day in ctx.programme.days if taking_questions(ctx, ctx.programme.of_day(day.date))]


def taking_questions(ctx: Context, sessions: Iterable[Session]) -> list[Session]:
    return [one for one in sessions if actions.takes_questions(ctx.programme, ctx.runs, one, ctx.now)]


async def choose_day(query: CallbackQuery, press: AskDay, ctx: Context) -> None:
    date = need_date(press.day)
    sessions = taking_questions(ctx, ctx.programme.of_day(date))
    await show(
        query,
        choosing.choose_in_day(
            ctx.t,
            ctx.programme,
            ctx.runs,
            date,
            sessions=sessions,
            open_days=open_days(ctx),
            page=press.page,
            now=ctx.now,
        ),
    )


async def ask_in(query: CallbackQuery, press: AskIn, state: FSMContext, ctx: Context) -> None:
    await open_form(query, press.session, False, state, ctx)


async def anonymous(query: CallbackQuery, press: Anonymous, state: FSMContext, ctx: Context) -> None:
    """Only while the form is open: a question that was sent with a name does not lose it by this button."""
    form = await AskForm.opened(state)
    if form is not None and form.session == press.session:
        await open_form(query, press.session, bool(press.wanted), state, ctx)
    else:
        await show(query, views.form_closed(ctx.t, need_session(ctx.programme, press.session)))


async def open_form(
    event: Message | CallbackQuery, code: str, anonymous: bool, state: FSMContext, ctx: Context
) -> None:
    session = actions.session_to_ask(ctx.programme, ctx.runs, code, ctx.now)
    if not ctx.who.registered:
        raise NotRegistered(then=f"q_{code}")
    await ctx.read(need_voice, code)
    await AskForm(code, anonymous).save(state)
    over = written_only(code, ctx)
    form = views.form(ctx.t, ctx.programme, ctx.runs, session, anonymous=anonymous, now=ctx.now, over=over)
    await show(event, form)


def written_only(code: str, ctx: Context) -> bool:
    """Whether the session is over, which is told at once."""
    return actions.written_only(ctx.programme, ctx.runs, code, ctx.now)


async def take_question(message: Message, text: str, state: FSMContext, ctx: Context) -> None:
    """Also of what is typed anew, or edited, while the one before waits to be sent."""
    form = await AskForm.load(state)
    asked = actions.Asked(form.session, message.message_id, form.anonymous, text)
    if actions.lost(ctx.programme, form.session):
        await state.clear()
        await show(message, views.given_back(ctx.t, ctx.programme, form.session, text))
        return
    if await bring(message, asked, state, ctx):
        await state.clear()


async def bring(event: Message | CallbackQuery, asked: actions.Asked, state: FSMContext, ctx: Context) -> bool:
    """Ask it, or show that it was asked already and let it wait in the form. Whether it is asked."""
    outcome = await ctx.write(actions.ask_unless_near, ctx.programme, ctx.runs, asked=asked, limit=NEAR)
    waiting = await ctx.db.read(people_waiting, asked.session, ctx.who.id, asked.typed)
    if isinstance(outcome, list):
        await AlikeForm(asked.session, asked.anonymous, asked.typed, asked.message).save(state)
        if isinstance(event, Message):
            await say_counted(event, ctx)
        over = written_only(asked.session, ctx)
        await show(event, asked_already(ctx.t, outcome, asked.message, waiting, over=over))
        return False
    await show_receipt(event, outcome, ctx, waiting)
    return True


async def show_receipt(event: Message | CallbackQuery, question: Question, ctx: Context, waiting: int) -> None:
    """Or what has become of it, after a press that came again when it waits no more."""
    if question.state == PENDING:
        over = written_only(question.session, ctx)
        await show(event, views.receipt(ctx.t, ctx.programme, question, waiting, over=over))
        return
    mine = await ctx.read(actions.mine, question.number)
    await show(event, views.one_of_mine(ctx.t, ctx.programme, mine.question, stays=mine.stays))


async def edit(query: CallbackQuery, press: EditQuestion, state: FSMContext, ctx: Context) -> None:
    question = await ctx.read(actions.editable, press.number)
    await EditAskedForm(press.number).save(state)
    await show(query, views.edit_form(ctx.t, question, over=written_only(question.session, ctx)))


async def take_new_words(message: Message, text: str, state: FSMContext, ctx: Context) -> QuestionWords:
    form = await EditAskedForm.load(state)
    question = await ctx.write(actions.edit, form.number, text)
    await state.clear()
    await show_edited(message, question, ctx)
    return QuestionWords(question.number, question.text)


async def amend_words(message: Message, text: str, became: QuestionWords, ctx: Context) -> QuestionWords | None:
    """The message with the new words was edited."""
    question = await ctx.write(actions.edit_again, became.number, kept=became.kept, typed=text)
    if question is None:
        return None
    await show_edited(message, question, ctx)
    return QuestionWords(question.number, question.text)


async def show_edited(message: Message, question: Question, ctx: Context) -> None:
    waiting = await ctx.db.read(people_waiting, question.session, ctx.who.id, question.text)
    over = written_only(question.session, ctx)
    await show(message, views.edited(ctx.t, ctx.programme, question, waiting, over=over))


async def edit_unsent(message: Message, text: str, state: FSMContext, ctx: Context) -> None:
    """One like it was asked already, and the message is edited before that is decided: it may be like others now."""
    form = await AlikeForm.load(state)
    if tidy(text) != tidy(form.typed):
        await take_question(message, text, state, ctx)


async def edit_by_message(message: Message, text: str, ctx: Context) -> None:
    """The author corrected the very message that brought the question."""
    question = await ctx.write(actions.edit_by_message, message.message_id, text)
    if question is not None:
        waiting = await ctx.db.read(people_waiting, question.session, ctx.who.id, question.text)
        over = written_only(question.session, ctx)
        await message.answer(views.edited_news(ctx.t, question, waiting, over=over))


async def open_mine(event: Message | CallbackQuery, ctx: Context, press: MyQuestions | None = None) -> None:
    if not ctx.who.registered:
        raise NotRegistered("questions")
    listed = await ctx.read(following.listed)
    await show(event, views.mine(ctx.t, ctx.programme, listed, page_in(press)))


async def open_one(query: CallbackQuery, press: MyQuestion, ctx: Context) -> None:
    mine = await ctx.read(actions.mine, press.number)
    await show(query, views.one_of_mine(ctx.t, ctx.programme, mine.question, stays=mine.stays))


async def withdraw(query: CallbackQuery, press: WithdrawQuestion, ctx: Context) -> Toast | None:
    if not press.sure:
        await show(query, views.withdraw_sure(ctx.t, await ctx.read(actions.of_author, press.number)))
        return None
    question = await ctx.write(actions.withdraw, press.number)
    await show(query, views.one_of_mine(ctx.t, ctx.programme, question))
    return Toast(ctx.t.plain("questions.withdrawn"))


async def open_feed(query: CallbackQuery, press: FeedPage, ctx: Context) -> None:
    await show_feed(query, press.session, press.page, ctx)


async def vote(query: CallbackQuery, press: Vote, ctx: Context) -> Toast:
    result = await ctx.write(actions.vote, ctx.programme, press.number, wanted=bool(press.wanted))
    await show_feed(query, result.question.session, press.page, ctx)
    return Toast(ctx.t.plain("questions.voted" if result.mine else "questions.unvoted"))


async def give_voice(message: Message, number: int, ctx: Context) -> None:
    """The vote that was pressed before the registration, and the page of the feed on which it stands."""
    question = (await ctx.write(actions.vote, ctx.programme, number, wanted=True)).question
    shown = (await ctx.db.read(actions.feed, ctx.who.id, question.session)).questions
    place = next((at for at, one in enumerate(shown) if one.number == question.number), 0)
    await show_feed(message, question.session, place // views.PAGE, ctx)


async def show_feed(event: Message | CallbackQuery, code: str, page: int, ctx: Context) -> None:
    session = need_known(ctx.programme, code)
    found = await ctx.db.read(actions.feed, ctx.who.id, code)
    asks = actions.takes_questions(ctx.programme, ctx.runs, session, ctx.now)
    screen = views.feed(
        ctx.t,
        session,
        found,
        page=page,
        asks=asks,
        over=written_only(code, ctx),
        gone=ctx.programme.session(code) is None,
    )
    await show(event, screen)
