"""The moderator's desk and the cards."""

from __future__ import annotations

import datetime as dt
from typing import Any

from aiogram import Router
from aiogram.filters import Command, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.actions.moderation import desk as actions
from bot.actions.moderation.cards import Card, CardFacts
from bot.actions.rights import need_a_desk, need_moderator
from bot.errors import Stale
from bot.middlewares.answers import Toast
from bot.programme.estimates import Runs, Span, span
from bot.programme.model import Programme
from bot.texts import Translator, escape
from bot.views.buttons import Go
from bot.views.moderation import desk as views
from bot.views.moderation.buttons import (
    Decide,
    DeskNext,
    DeskPage,
    DeskSession,
    Reason,
    ShowCard,
)
from bot.views.moderation.claims import wait
from bot.views.screen import Screen
from bot.who import Who
from handlers.answers import message_of, send_to, show, text_only
from handlers.filters import Key, Press, Text
from handlers.forms import DecisionForm
from storage import questions as records
from storage.cards import FOLDED
from storage.database import Database


def register(routes: Router) -> None:
    for entry in (Key("menu.desk"), Command("moderate")):
        routes.message.register(open_desk, entry)
    routes.callback_query.register(decide, Press(Decide))
    routes.callback_query.register(give_reason, Press(Reason))
    routes.callback_query.register(show_card, Press(ShowCard))
    routes.callback_query.register(open_next, Press(DeskNext))
    routes.callback_query.register(open_session, Press(DeskSession))
    routes.callback_query.register(open_desk, Press(Go, where="desk"))
    routes.callback_query.register(open_desk, Press(DeskPage))


def register_forms(routes: Router) -> None:
    form = {"form": True}
    routes.message.register(take_words, StateFilter(DecisionForm.words), Text(), flags=form)
    routes.message.register(text_only, StateFilter(DecisionForm), flags=form)


async def open_desk(
    event: Message | CallbackQuery,
    who: Who,
    t: Translator,
    db: Database,
    programme: Programme,
    runs: Runs,
    now: dt.datetime,
    press: DeskPage | Go | None = None,
) -> None:
    need_a_desk(who)
    counts = await db.read(actions.counts)
    sessions = [one for one in programme.sessions if not one.is_break and who.moderates(one.code)]
    sessions.sort(key=lambda one: desk_order(span(programme, runs, one), counts.get(one.code, {}), now))
    mine = {one.code: counts[one.code] for one in sessions if one.code in counts}
    await lift(event, who, db, now)
    page = press.page if isinstance(press, DeskPage) else 0
    await show(event, views.desk(t, sessions, mine, page))


def desk_order(held: Span, count: dict[str, int], now: dt.datetime) -> tuple[bool, bool, bool, bool, dt.datetime]:
    """What is on now, then where questions wait, where some are to be asked, what is to come, what is over."""
    return (
        not held.start <= now < held.end,
        not count.get(records.PENDING),
        not count.get(records.APPROVED),
        held.end <= now,
        held.start,
    )


async def open_session(
    query: CallbackQuery,
    press: DeskSession,
    who: Who,
    t: Translator,
    db: Database,
    programme: Programme,
    runs: Runs,
    now: dt.datetime,
) -> None:
    session = programme.session(press.session)
    if session is None:
        raise Stale("agenda.no_such_session")
    need_moderator(who, press.session)
    counts = await db.read(actions.counts)
    await lift(query, who, db, now)
    await show(query, views.session(t, programme, runs, session, counts.get(press.session, {}), now))


async def open_next(
    query: CallbackQuery,
    press: DeskNext,
    who: Who,
    t: Translator,
    db: Database,
    programme: Programme,
    now: dt.datetime,
) -> None:
    await show_next(query, press.session, press.which, press.after, who, t, db, programme, now)


async def show_next(
    event: Message | CallbackQuery,
    code: str,
    which: str,
    after: int,
    who: Who,
    t: Translator,
    db: Database,
    programme: Programme,
    now: dt.datetime,
    done: actions.Decision | None = None,
) -> None:
    """The next question of a desk's list, from its beginning again after the last; `done` is what was decided now."""
    waiting = which == views.WAITING
    pressed = pressed_card(event)
    facts = await db.write(actions.open_next, who, code, waiting, after, int(now.timestamp()), pressed)
    if facts is not None:
        await put(event, views.card(t, programme, facts, which, done), facts, which, db, now)
    else:
        held = await db.read(actions.all_held, code, waiting)
        await show(event, views.list_empty(t, which, code, held, done))


async def show_card(
    query: CallbackQuery,
    press: ShowCard,
    who: Who,
    t: Translator,
    db: Database,
    programme: Programme,
    now: dt.datetime,
) -> None:
    await put_card(query, press.number, press.desk, who, t, db, programme, now)


async def put_card(
    event: Message | CallbackQuery,
    number: int,
    desk: str,
    who: Who,
    t: Translator,
    db: Database,
    programme: Programme,
    now: dt.datetime,
    *,
    claimed: bool | None = None,
) -> None:
    """Show a question's card, in the message that was pressed if one was; from a list it is also worked on, unless
    `claimed` says otherwise."""
    works = desk != views.NO_LIST if claimed is None else claimed
    pressed = pressed_card(event)
    facts = await db.write(actions.open_card, who, number, int(now.timestamp()), pressed, claimed=works)
    await put(event, views.card(t, programme, facts, desk), facts, desk, db, now)


async def put(
    event: Message | CallbackQuery,
    screen: Screen,
    facts: CardFacts,
    desk: str,
    db: Database,
    now: dt.datetime,
    *,
    unfolded: int = FOLDED,
) -> None:
    """Show a card that was opened, or (`unfolded`) what it led to, and remember where it stands."""
    message = await show(event, screen)
    if message is not None:
        shown = (message.chat.id, message.message_id, facts.question, desk, int(now.timestamp()))
        await db.write(actions.card_shown, *shown, unfolded=unfolded)


async def decide(
    query: CallbackQuery,
    press: Decide,
    state: FSMContext,
    who: Who,
    t: Translator,
    db: Database,
    programme: Programme,
    now: dt.datetime,
) -> Toast | None:
    if press.decision not in ("decline", "answer"):
        return await carry_out(query, press.number, press.decision, press.desk, "", who, t, db, programme, now)
    chosen = (who, press.number, press.decision, int(now.timestamp()), pressed_card(query))
    choice = await db.write(actions.choose, *chosen, covered=press.decision == "decline")
    if not choice.made:
        await put_card(query, press.number, press.desk, who, t, db, programme, now)
        return too_late(t, choice)
    if press.decision == "decline":
        await show(query, views.reasons(t, choice.question, press.desk))
    else:
        await ask_words(query, "answer", press.desk, state, t, choice.question)
    return None


async def give_reason(
    query: CallbackQuery,
    press: Reason,
    state: FSMContext,
    who: Who,
    t: Translator,
    db: Database,
    programme: Programme,
    now: dt.datetime,
) -> Toast | None:
    if press.reason != "own":
        return await carry_out(query, press.number, "decline", press.desk, press.reason, who, t, db, programme, now)
    chosen = (who, press.number, "decline", int(now.timestamp()), pressed_card(query))
    choice = await db.write(actions.choose, *chosen, covered=True)
    if not choice.made:
        await put_card(query, press.number, press.desk, who, t, db, programme, now)
        return too_late(t, choice)
    await ask_words(query, "decline", press.desk, state, t, choice.question)
    return None


async def ask_words(
    query: CallbackQuery, decision: str, desk: str, state: FSMContext, t: Translator, question: records.Question
) -> None:
    """Ask for a reason or an answer; the card itself stays where it is."""
    await state.set_state(DecisionForm.words)
    await state.set_data({"number": question.number, "decision": decision, "desk": desk, "revision": question.revision})
    await send_to(query.bot, query.from_user.id, views.ask_words(t, question, decision))


async def carry_out(
    query: CallbackQuery,
    number: int,
    decision: str,
    desk: str,
    reason: str,
    who: Who,
    t: Translator,
    db: Database,
    programme: Programme,
    now: dt.datetime,
) -> Toast:
    press = (pressed_card(query), reason)
    result = await db.write(actions.decide_pressed, who, number, decision, int(now.timestamp()), *press)
    if result.made and desk != views.NO_LIST:
        # At the desk the thumb stays where it is: the next question comes by itself.
        await show_next(query, result.question.session, desk, number, who, t, db, programme, now, result)
    else:
        await put_card(query, number, desk, who, t, db, programme, now)
    if result.made:
        return Toast(t.plain(f"moderation.done_{decision}", number=number))
    return too_late(t, result)


async def take_words(
    message: Message,
    text: str,
    state: FSMContext,
    who: Who,
    t: Translator,
    db: Database,
    programme: Programme,
    now: dt.datetime,
) -> None:
    form: dict[str, Any] = await state.get_data()
    number, decision, desk, read = form["number"], form["decision"], form["desk"], form["revision"]
    result = await db.write(actions.decide, who, number, decision, int(now.timestamp()), read=read, words=text)
    if result.claim is not None:
        await message.answer(escape(too_late(t, result).text))  # the form stays: the words may be sent again
        return
    if not result.made and decision in actions.possible(result.question):
        await state.update_data(revision=result.question.revision)
        await show(message, views.ask_words_again(t, result.question))
        return
    await state.clear()
    if result.made:
        await show(message, views.done(t, decision, result, desk))
    else:
        await message.answer(escape(too_late(t, result).text))
    if desk != views.NO_LIST:
        await show_next(message, result.question.session, desk, number, who, t, db, programme, now)


def too_late(t: Translator, decision: actions.Decision) -> Toast:
    """Why nothing was decided: somebody was faster, or the card does not show the question as it is now."""
    if decision.claim is not None:
        return Toast(wait(t, decision.claim), alert=True)
    if decision.question.state == records.PENDING:
        return Toast(t.plain("moderation.read_again"), alert=True)
    return Toast(views.too_late(t, decision.question, decision.by), alert=True)


def pressed_card(event: Message | CallbackQuery) -> Card | None:
    """Where the pressed card stands; None where none was pressed, and for a message that we are no longer shown."""
    card = message_of(event) if isinstance(event, CallbackQuery) else None
    return (card.chat.id, card.message_id) if card else None


async def lift(event: Message | CallbackQuery, who: Who, db: Database, now: dt.datetime) -> None:
    """The pressed message shows no card any more."""
    pressed = pressed_card(event)
    if pressed is not None:
        await db.write(actions.leave, who, pressed, int(now.timestamp()))
