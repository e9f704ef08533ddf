"""Asking what was typed outside any form: the message with the button quotes it."""

from __future__ import annotations

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.actions.questions import asking
from bot.actions.questions import questions as actions
from bot.context import Context
from bot.errors import BadInput, NotAllowed, NotRegistered, Stale
from bot.views.questions import questions as views
from bot.views.questions.asking import still_here
from bot.views.questions.buttons import AskThis
from bot.views.questions.likeness import not_sent
from bot.views.screen import back_in_form
from handlers.answers import need_quoted, reply, show
from handlers.filters import Press
from handlers.forms import AskForm
from handlers.questions.questions import bring, written_only


def register(routes: Router) -> None:
    routes.callback_query.register(ask_this, Press(AskThis))


async def ask_this(query: CallbackQuery, press: AskThis, state: FSMContext, ctx: Context) -> None:
    """As if it had been typed into the form. What cannot be asked is given back, and what is too long is typed anew."""
    typed = need_quoted(query)
    if not ctx.who.registered:
        raise NotRegistered(then=f"t_{press.session}_{typed.message_id}")
    asked = actions.Asked(press.session, typed.message_id, False, typed.text or "")
    if actions.lost(ctx.programme, press.session):
        await show(query, views.given_back(ctx.t, ctx.programme, press.session, asked.typed))
        return
    try:
        await bring(query, asked, state, ctx)
    except (NotAllowed, Stale) as refusal:
        await show(query, not_sent(ctx.t, ctx.t(refusal.key, **refusal.fields)))
    except BadInput as refusal:
        await show_form(query, press.session, ctx, refusal)
        await AskForm(press.session, False).save(state)


async def show_form(query: CallbackQuery, code: str, ctx: Context, refusal: BadInput) -> None:
    session = actions.session_to_ask(ctx.programme, ctx.runs, code, ctx.now)
    over = written_only(code, ctx)
    form = views.form(ctx.t, ctx.programme, ctx.runs, session, anonymous=False, now=ctx.now, over=over)
    await show(query, back_in_form(form, ctx.t(refusal.key, **refusal.fields)))


async def offer_again(message: Message, code: str, typed: int, ctx: Context) -> None:
    """What they had typed before they were registered, `typed` is its message: Telegram has kept it."""
    session = ctx.programme.session(code)
    sessions = [session] if session and actions.takes_questions(ctx.programme, ctx.runs, session, ctx.now) else []
    sessions = sessions or asking.offered(ctx.programme, ctx.runs, ctx.who.starred, ctx.now)
    await reply(message.bot, message.chat.id, still_here(ctx.t, sessions), typed)
