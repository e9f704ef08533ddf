"""The stage in the chair's hand, and the desk's notes to it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from aiogram import Router
from aiogram.exceptions import TelegramAPIError
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.actions.became import ChairNote, DecisionWords, digest
from bot.actions.moderation import desk as moderation
from bot.actions.moderation import stage as actions
from bot.actions.typed import tidy
from bot.context import Context
from bot.delivery.stage import Stages
from bot.errors import Stale
from bot.middlewares.answers import Toast
from bot.texts import escape
from bot.views.agenda.runs import ON_STAGE
from bot.views.moderation import stage as views
from bot.views.moderation.buttons import DeskSession
from bot.views.moderation.desk import NO_LIST, ask_words, ask_words_again
from bot.views.moderation.stage_buttons import (
    AskClearNote,
    ClearNote,
    LeaveStage,
    OpenStage,
    StageAnswer,
    StageList,
    StageMove,
    StageNote,
    StageSkipped,
    StageUndo,
)
from handlers.answers import message_of, send_to, show, text_only
from handlers.filters import Press, Text, WasTyped
from handlers.forms import InForm, StageAnswerForm, StageNoteForm
from handlers.moderation.desk import open_session, too_late
from storage import questions as records


def register(routes: Router) -> None:
    routes.callback_query.register(move, Press(StageMove))
    routes.callback_query.register(open_stage, Press(OpenStage))
    routes.callback_query.register(take_back, Press(StageUndo))
    routes.callback_query.register(ask_answer, Press(StageAnswer))
    routes.callback_query.register(ask_clear_note, Press(AskClearNote))
    routes.callback_query.register(clear_note, Press(ClearNote))
    routes.callback_query.register(choose, Press(StageList))
    routes.callback_query.register(list_skipped, Press(StageSkipped))
    routes.callback_query.register(ask_note, Press(StageNote))
    routes.callback_query.register(leave, Press(LeaveStage))


def register_forms(routes: Router) -> None:
    routes.message.register(take_answer, InForm(StageAnswerForm), Text())
    routes.message.register(take_note, InForm(StageNoteForm), Text())
    routes.message.register(text_only, InForm(StageAnswerForm, StageNoteForm))
    routes.edited_message.register(amend_note, WasTyped(ChairNote), Text())
    routes.edited_message.register(text_only, WasTyped(ChairNote))


async def open_stage(query: CallbackQuery, press: OpenStage, ctx: Context, stage_keeper: Stages) -> None:
    await put_stage(query, press.session, ctx, stage_keeper)


async def put_stage(event: Message | CallbackQuery, session: str, ctx: Context, stage_keeper: Stages) -> None:
    """Show a session's stage, in the message that was pressed if one was; from now on that one follows it."""
    screen = views.stage(ctx.t, ctx.programme, ctx.runs, await ctx.read(actions.stage, session), ctx.now)
    message = await show(event, screen)
    if message is None:
        return
    former = await ctx.db.write(actions.place, ctx.who, message.message_id, session)
    stage_keeper.shown(ctx.who.id, message.message_id, screen)
    if former is not None:
        assert message.bot is not None
        with suppress(TelegramAPIError):  # two stages in a chat, one of them at a standstill, would mislead
            await message.bot.delete_message(ctx.who.id, former)


async def move(query: CallbackQuery, press: StageMove, ctx: Context, stage_keeper: Stages) -> Toast:
    moved = await ctx.write(actions.move, press.number, read=press.read, name=press.move)
    await put_stage(query, moved.question.session, ctx, stage_keeper)
    if moved.made:
        return Toast(ctx.t.plain(f"stage.done_{press.move}", number=press.number))
    return moved_on(ctx, moved)


async def take_back(query: CallbackQuery, press: StageUndo, ctx: Context, stage_keeper: Stages) -> Toast:
    question = await ctx.write(actions.take_back, press.deed)
    await put_stage(query, question.session, ctx, stage_keeper)
    return Toast(ctx.t.plain("stage.done_undo", number=question.number))


async def choose(query: CallbackQuery, press: StageList, ctx: Context) -> None:
    listed, page, pages = await ctx.read(actions.choices, press.session, views.PAGE, press.page)
    await lift(query, ctx)
    await show(query, views.choose(ctx.t, press.session, listed, page, pages))


async def list_skipped(query: CallbackQuery, press: StageSkipped, ctx: Context) -> None:
    listed = await ctx.read(actions.skipped, press.session)
    await lift(query, ctx)
    await show(query, views.skipped(ctx.t, press.session, listed, press.page))


async def leave(query: CallbackQuery, press: LeaveStage, ctx: Context) -> None:
    await lift(query, ctx)
    await open_session(query, DeskSession(session=press.session), ctx)


async def ask_answer(query: CallbackQuery, press: StageAnswer, state: FSMContext, ctx: Context) -> Toast | None:
    begun = await ctx.write(actions.begin_answer, press.number, read=press.read)
    if not begun.made:
        return moved_on(ctx, begun)
    await StageAnswerForm(number=press.number, revision=press.read).save(state)
    await send_to(query.bot, query.from_user.id, ask_words(ctx.t, begun.question, "answer"))
    return None


async def take_answer(
    message: Message, text: str, state: FSMContext, ctx: Context, stage_keeper: Stages
) -> DecisionWords | None:
    form = await StageAnswerForm.load(state)
    number = form.number
    moved = await ctx.write(actions.answer, number, read=form.revision, words=text)
    if not moved.made and "answer" in moderation.possible(moved.question):
        await replace(form, revision=moved.question.revision).save(state)  # the words may be sent again
        await show(message, ask_words_again(ctx.t, moved.question))
        return None
    await state.clear()
    done = ctx.t("moderation.done_answer", number=number) if moved.made else escape(moved_on(ctx, moved).text)
    await message.answer(done)
    await put_stage(message, moved.question.session, ctx, stage_keeper)
    return DecisionWords(number, "answer", NO_LIST, moved.question.revision, digest(tidy(text))) if moved.made else None


async def ask_note(query: CallbackQuery, press: StageNote, state: FSMContext, ctx: Context) -> None:
    desk = await ctx.read(actions.desk, press.session)
    await StageNoteForm(press.session).save(state)
    form = views.note_form(ctx.t, ctx.programme, press.session, desk.note, desk.note_at or 0)
    await send_to(query.bot, query.from_user.id, form)


async def take_note(message: Message, text: str, state: FSMContext, ctx: Context) -> ChairNote:
    form = await StageNoteForm.load(state)
    laid = await ctx.write(actions.note, form.session, text)
    await state.clear()
    await show(message, views.note_laid(ctx.t, form.session, laid))
    return ChairNote(form.session, laid)


async def amend_note(message: Message, text: str, became: ChairNote, ctx: Context) -> ChairNote | None:
    """The message of the note was edited."""
    laid = await ctx.write(actions.amend_note, became.session, kept=became.kept, typed=text)
    if laid is None:
        return None
    await message.answer(ctx.t("edited.counted"))
    await show(message, views.note_laid(ctx.t, became.session, laid))
    return ChairNote(became.session, laid)


async def ask_clear_note(query: CallbackQuery, press: AskClearNote, ctx: Context) -> None:
    desk = await ctx.read(actions.desk, press.session)
    if not desk.note or desk.note_at != press.written_at:
        raise Stale("stage.note_other")
    if press.place == ON_STAGE:
        await lift(query, ctx)
    await show(
        query,
        views.clear_note_sure(ctx.t, press.session, desk.note, written_at=press.written_at, place=press.place),
    )


async def clear_note(
    query: CallbackQuery, press: ClearNote, state: FSMContext, ctx: Context, stage_keeper: Stages
) -> Toast:
    gone = await ctx.write(actions.clear_note, press.session, press.written_at)
    if press.place == ON_STAGE:
        await put_stage(query, press.session, ctx, stage_keeper)
    else:
        await state.clear()
        await show(query, views.note_laid(ctx.t, press.session, ""))
    return Toast(ctx.t.plain("stage.note_gone" if gone else "stage.note_other"))


async def lift(query: CallbackQuery, ctx: Context) -> None:
    """The pressed message shows no stage any more."""
    message = message_of(query)
    if message is not None:
        await ctx.db.write(actions.lift, ctx.who, message.message_id)


def moved_on(ctx: Context, moved: actions.Moved) -> Toast:
    """Somebody was faster or is at it, or the question was reworded; the stage shows what is true now."""
    return too_late(ctx, moved, records.APPROVED, "stage.moved_on")
