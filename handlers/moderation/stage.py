"""The stage in the chair's hand, and the desk's notes to it."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress

from aiogram import Router
from aiogram.exceptions import TelegramAPIError
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.actions.moderation import desk as moderation
from bot.actions.moderation import stage as actions
from bot.delivery.stage import Stages
from bot.middlewares.answers import Toast
from bot.programme.estimates import Runs
from bot.programme.model import Programme
from bot.texts import Translator, escape
from bot.views.moderation import stage as views
from bot.views.moderation.buttons import (
    ClearNote,
    DeskSession,
    LeaveStage,
    OpenStage,
    StageAnswer,
    StageList,
    StageMove,
    StageNote,
    StageSkipped,
    StageUndo,
)
from bot.views.moderation.claims import wait
from bot.views.moderation.desk import ask_words, ask_words_again
from bot.views.moderation.desk import too_late as decided_already
from bot.who import Who
from handlers.answers import message_of, send_to, show, text_only
from handlers.filters import Press, Text
from handlers.forms import StageForm
from handlers.moderation.desk import open_session
from storage import questions as records
from storage.database import Database


def register(routes: Router) -> None:
    routes.callback_query.register(move, Press(StageMove))
    routes.callback_query.register(open_stage, Press(OpenStage))
    routes.callback_query.register(take_back, Press(StageUndo))
    routes.callback_query.register(ask_answer, Press(StageAnswer))
    routes.callback_query.register(clear_note, Press(ClearNote))
    routes.callback_query.register(choose, Press(StageList))
    routes.callback_query.register(list_skipped, Press(StageSkipped))
    routes.callback_query.register(ask_note, Press(StageNote))
    routes.callback_query.register(leave, Press(LeaveStage))


def register_forms(routes: Router) -> None:
    form = {"form": True}
    routes.message.register(take_answer, StateFilter(StageForm.answer), Text(), flags=form)
    routes.message.register(take_note, StateFilter(StageForm.note), Text(), flags=form)
    routes.message.register(text_only, StateFilter(StageForm), flags=form)


async def open_stage(
    query: CallbackQuery,
    press: OpenStage,
    who: Who,
    t: Translator,
    db: Database,
    programme: Programme,
    runs: Runs,
    now: dt.datetime,
    stage_keeper: Stages,
) -> None:
    await put_stage(query, press.session, who, t, db, programme, runs, now, stage_keeper)


async def put_stage(
    event: Message | CallbackQuery,
    session: str,
    who: Who,
    t: Translator,
    db: Database,
    programme: Programme,
    runs: Runs,
    now: dt.datetime,
    stage_keeper: Stages,
) -> None:
    """Show a session's stage, in the message that was pressed if one was; from now on that one follows it."""
    screen = views.stage(t, programme, runs, await db.read(actions.stage, who, session), now)
    message = await show(event, screen)
    if message is None:
        return
    former = await db.write(actions.place, who, message.message_id, session)
    stage_keeper.shown(who.id, message.message_id, screen)
    if former is not None:
        assert message.bot is not None
        with suppress(TelegramAPIError):  # two stages in a chat, one of them at a standstill, would mislead
            await message.bot.delete_message(who.id, former)


async def move(
    query: CallbackQuery,
    press: StageMove,
    who: Who,
    t: Translator,
    db: Database,
    programme: Programme,
    runs: Runs,
    now: dt.datetime,
    stage_keeper: Stages,
) -> Toast:
    moved = await db.write(actions.move, who, press.number, press.read, press.move, int(now.timestamp()))
    await put_stage(query, moved.question.session, who, t, db, programme, runs, now, stage_keeper)
    if moved.made:
        return Toast(t.plain(f"stage.done_{press.move}", number=press.number))
    return too_late(t, moved)


async def take_back(
    query: CallbackQuery,
    press: StageUndo,
    who: Who,
    t: Translator,
    db: Database,
    programme: Programme,
    runs: Runs,
    now: dt.datetime,
    stage_keeper: Stages,
) -> Toast:
    question = await db.write(actions.take_back, who, press.deed, int(now.timestamp()))
    await put_stage(query, question.session, who, t, db, programme, runs, now, stage_keeper)
    return Toast(t.plain("stage.done_undo", number=question.number))


async def choose(query: CallbackQuery, press: StageList, who: Who, t: Translator, db: Database) -> None:
    listed, page, pages = await db.read(actions.choices, who, press.session, views.PAGE, press.page)
    await lift(query, who, db)
    await show(query, views.choose(t, press.session, listed, page, pages))


async def list_skipped(query: CallbackQuery, press: StageSkipped, who: Who, t: Translator, db: Database) -> None:
    listed = await db.read(actions.skipped, who, press.session)
    await lift(query, who, db)
    await show(query, views.skipped(t, press.session, listed, press.page))


async def leave(
    query: CallbackQuery,
    press: LeaveStage,
    who: Who,
    t: Translator,
    db: Database,
    programme: Programme,
    runs: Runs,
    now: dt.datetime,
) -> None:
    await lift(query, who, db)
    await open_session(query, DeskSession(session=press.session), who, t, db, programme, runs, now)


async def ask_answer(
    query: CallbackQuery,
    press: StageAnswer,
    state: FSMContext,
    who: Who,
    t: Translator,
    db: Database,
    now: dt.datetime,
) -> Toast | None:
    begun = await db.write(actions.begin_answer, who, press.number, press.read, int(now.timestamp()))
    if not begun.made:
        return too_late(t, begun)
    await state.set_state(StageForm.answer)
    await state.set_data({"number": press.number, "revision": press.read})
    await send_to(query.bot, query.from_user.id, ask_words(t, begun.question, "answer"))
    return None


async def take_answer(
    message: Message,
    text: str,
    state: FSMContext,
    who: Who,
    t: Translator,
    db: Database,
    programme: Programme,
    runs: Runs,
    now: dt.datetime,
    stage_keeper: Stages,
) -> None:
    form = await state.get_data()
    number = form["number"]
    moved = await db.write(actions.answer, who, number, form["revision"], text, int(now.timestamp()))
    if not moved.made and "answer" in moderation.possible(moved.question):
        await state.update_data(revision=moved.question.revision)  # the words may be sent again
        await show(message, ask_words_again(t, moved.question))
        return
    await state.clear()
    done = t("moderation.done_answer", number=number) if moved.made else escape(too_late(t, moved).text)
    await message.answer(done)
    await put_stage(message, moved.question.session, who, t, db, programme, runs, now, stage_keeper)


async def ask_note(
    query: CallbackQuery,
    press: StageNote,
    state: FSMContext,
    who: Who,
    t: Translator,
    db: Database,
    programme: Programme,
) -> None:
    desk = await db.read(actions.desk, who, press.session)
    await state.set_state(StageForm.note)
    await state.set_data({"session": press.session})
    form = views.note_form(t, programme, press.session, desk.note, desk.note_at or 0)
    await send_to(query.bot, query.from_user.id, form)


async def take_note(
    message: Message, text: str, state: FSMContext, who: Who, t: Translator, db: Database, now: dt.datetime
) -> None:
    form = await state.get_data()
    laid = await db.write(actions.note, who, form["session"], text, int(now.timestamp()))
    await state.clear()
    await show(message, views.note_laid(t, form["session"], laid))


async def clear_note(
    query: CallbackQuery,
    press: ClearNote,
    state: FSMContext,
    who: Who,
    t: Translator,
    db: Database,
    programme: Programme,
    runs: Runs,
    now: dt.datetime,
    stage_keeper: Stages,
) -> Toast:
    gone = await db.write(actions.clear_note, who, press.session, press.written_at, int(now.timestamp()))
    if press.place == "stage":
        await put_stage(query, press.session, who, t, db, programme, runs, now, stage_keeper)
    else:
        await state.clear()
        await show(query, views.note_laid(t, press.session, ""))
    return Toast(t.plain("stage.note_gone" if gone else "stage.note_other"))


async def lift(query: CallbackQuery, who: Who, db: Database) -> None:
    """The pressed message shows no stage any more."""
    message = message_of(query)
    if message is not None:
        await db.write(actions.lift, who, message.message_id)


def too_late(t: Translator, moved: actions.Moved) -> Toast:
    """Somebody was faster or is at it, or the question was reworded; the stage shows what is true now."""
    if moved.claim is not None:
        return Toast(wait(t, moved.claim), alert=True)
    if moved.question.state == records.APPROVED:
        return Toast(t.plain("stage.moved_on"), alert=True)
    return Toast(decided_already(t, moved.question, moved.by), alert=True)
