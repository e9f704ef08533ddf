"""Going on with a form that was left, where no press opens it as it was; and dropping it."""

from __future__ import annotations

import datetime as dt

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from bot.actions.questions.questions import session_to_ask
from bot.context import Context
from bot.drafts import Drafts
from bot.errors import Refusal, Stale
from bot.middlewares.answers import Toast
from bot.middlewares.kept import Kept, drop
from bot.programme import edits
from bot.views.people import kept as views
from bot.views.people.buttons import KeptForm
from bot.views.publishing import add
from handlers.answers import show
from handlers.filters import Press
from handlers.forms import AlikeForm, AskForm, DecisionForm, TitleForm
from handlers.moderation import desk
from handlers.questions import questions


def register(routes: Router) -> None:
    routes.callback_query.register(discard, Press(KeptForm, wanted=0))
    routes.callback_query.register(go_on, Press(KeptForm, wanted=1))


async def discard(query: CallbackQuery, press: KeptForm, state: FSMContext, ctx: Context) -> None:
    kept = await need_kept(press, state, ctx)
    await drop(state)
    await show(query, views.discarded(ctx.t, kept.data.get("typed")))


async def go_on(query: CallbackQuery, press: KeptForm, state: FSMContext, ctx: Context, drafts: Drafts) -> Toast | None:
    """With a question, a decision on one, or the title of a new session; all others open by the press
    that opened them before (bot.middlewares.kept)."""
    kept = await need_kept(press, state, ctx)
    if kept.state == TitleForm.STATE:
        await drafts.get(ctx.who)  # which refuses who may not change the programme any more
        title = TitleForm.of(kept.data)
        start = dt.datetime.fromisoformat(title.start).astimezone(ctx.t.zone)
        await title.save(state)
        day = dt.date.fromisoformat(title.day)
        await show(query, add.title(ctx.t, day, start, edits.later(start, title.minutes)))
    elif kept.state == DecisionForm.STATE:
        toast = await desk.go_on_deciding(query, DecisionForm.of(kept.data), state, ctx)
        if toast is not None:
            return toast  # it stays, for who is at the question now may leave it
    elif kept.state in (AskForm.STATE, AlikeForm.STATE):
        await ask_on(query, kept, state, ctx)
    else:
        raise Stale("kept.gone")
    await drop(state)
    return None


async def ask_on(query: CallbackQuery, kept: Kept, state: FSMContext, ctx: Context) -> None:
    form = AskForm.of(kept.data)
    try:
        session_to_ask(ctx.programme, ctx.runs, form.session, ctx.now)
    except Refusal as refusal:
        await drop(state)
        await show(query, views.gone(ctx.t, ctx.t(refusal.key, **refusal.fields), kept.data.get("typed")))
        return
    await questions.open_form(query, form.session, form.anonymous, state, ctx)
    if kept.state == AlikeForm.STATE:
        waiting = AlikeForm.of(kept.data)
        await waiting.save(state)
        assert query.bot is not None
        screen = views.typed_before(ctx.t, waiting.typed, waiting.message)
        await query.bot.send_message(ctx.who.id, screen.text, reply_markup=screen.keyboard)


async def need_kept(press: KeptForm, state: FSMContext, ctx: Context) -> Kept:
    kept = await Kept.of(state, ctx.seconds)
    if kept is None or kept.at != press.at:
        raise Stale("kept.gone")
    return kept
