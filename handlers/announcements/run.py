"""What has gone out, or is going: pause, stop, correct, delete, who did not get it."""

from __future__ import annotations

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from bot.actions.announcements import announcements as actions
from bot.actions.announcements import moved, repairs, under_way
from bot.actions.announcements.signing import line
from bot.actions.announcements.wording import STAGED, version
from bot.context import Context
from bot.delivery import content
from bot.errors import Stale
from bot.middlewares.answers import Toast
from bot.views.announcements import announcements as views
from bot.views.announcements import card, report
from bot.views.announcements.buttons import (
    AnnounceApply,
    AnnounceFailures,
    AnnounceRun,
    AnnounceSendBack,
    AnnounceStaged,
    AnnounceVersion,
)
from bot.views.announcements.decisions import decided
from handlers.announcements.announcements import bring_down, show_desk
from handlers.answers import need_message, send_calls, show
from handlers.filters import Press
from handlers.forms import AnnouncementForm

ACTS = {"pause": under_way.pause, "resume": under_way.resume, "stop": under_way.stop, "removal": repairs.withdraw}
NOTED = {"pause": "paused", "resume": "resumed", "stop": "cancelled", "removal": "withdrawn"}  # in the audit


def register(routes: Router) -> None:
    press = routes.callback_query.register
    for act in ACTS:
        press(change, Press(AnnounceRun, act=act))
    press(ask_removal, Press(AnnounceRun, act="remove"))
    press(ask_correction, Press(AnnounceRun, act="correct"))
    press(write_correction, Press(AnnounceVersion, act="correct"))
    press(open_correction, Press(AnnounceStaged))
    press(preview_correction, Press(AnnounceVersion, act="staged"))
    press(correct, Press(AnnounceApply))
    press(send_back, Press(AnnounceSendBack))
    press(open_failures, Press(AnnounceFailures))


async def change(query: CallbackQuery, press: AnnounceRun, ctx: Context) -> Toast | None:
    """What comes of it is shown by bot.delivery.progress, in the message that was pressed."""
    message = need_message(query, "announcements.gone")
    if press.act == "resume":
        await ctx.read(moved.need_true, ctx.seconds, press.number, ctx.programme)
    done = await ctx.write(ACTS[press.act], press.number, message.message_id)
    done = done or await ctx.read(actions.did_last, press.number, NOTED[press.act])
    return None if done else Toast(ctx.t.plain("announcements.not_now"), alert=True)


async def ask_removal(query: CallbackQuery, press: AnnounceRun, ctx: Context) -> None:
    reached = await ctx.read(repairs.reached, ctx.seconds, press.number)
    await show(query, views.removal(ctx.t, press.number, reached))


async def ask_correction(query: CallbackQuery, press: AnnounceRun, state: FSMContext, ctx: Context) -> None:
    languages = await ctx.read(repairs.may_correct, press.number)
    if len(languages) > 1:
        await show(query, views.choose_version(ctx.t, press.number, languages))
    else:
        await ask_words(query, press.number, languages[0] if languages else "", state, ctx)


async def write_correction(query: CallbackQuery, press: AnnounceVersion, state: FSMContext, ctx: Context) -> None:
    if press.language not in await ctx.read(repairs.may_correct, press.number):
        raise Stale("refusal.stale")
    await ask_words(query, press.number, press.language, state, ctx)


async def ask_words(query: CallbackQuery, number: int, language: str, state: FSMContext, ctx: Context) -> None:
    await AnnouncementForm(number, STAGED + language).save(state)
    await show(query, card.form_correction(ctx.t, number))


async def open_correction(query: CallbackQuery, press: AnnounceStaged, ctx: Context) -> None:
    """Come back to one that was written and is not in place."""
    staged = await ctx.read(repairs.staged_still, press.number, press.language)
    await show(query, views.correction(ctx.t, press.number, press.language, staged))


async def preview_correction(query: CallbackQuery, press: AnnounceVersion, ctx: Context) -> None:
    facts = await ctx.read(actions.facts, ctx.seconds, press.number)
    staged, message = version(facts.parts, STAGED + press.language), need_message(query, "announcements.gone")
    if not staged:
        raise Stale("announcements.gone")
    await message.answer(ctx.t("announcements.preview"))
    signed = content.signed(staged, line(facts.announcement.said_by, press.language or ctx.t.language))
    await send_calls(message, content.sent(ctx.who.id, signed))
    found = await ctx.read(repairs.staged, press.number, press.language)
    await bring_down(message, views.correction(ctx.t, press.number, press.language, found), press.number, ctx)


async def correct(query: CallbackQuery, press: AnnounceApply, ctx: Context, approval: bool) -> Toast | None:
    """What comes of it is shown by bot.delivery.progress, in the message that was pressed."""
    message = need_message(query, "announcements.gone")
    came = await ctx.write(
        repairs.put_in_place,
        press.number,
        language=press.language,
        seen_mark=press.mark,
        message=message.message_id,
        approval=approval,
    )
    if came == repairs.ASKED:
        return Toast(ctx.t.plain("announcements.second"), alert=True)
    return None if came == repairs.DONE else await too_late(query, press, ctx)


async def send_back(query: CallbackQuery, press: AnnounceSendBack, ctx: Context) -> Toast:
    done = await ctx.write(repairs.send_back, press.number, language=press.language, seen_mark=press.mark)
    if not done:
        return await too_late(query, press, ctx)
    await show_desk(query, press.number, ctx)
    return Toast(ctx.t.plain("announcements.toast_declined"))


async def too_late(query: CallbackQuery, press: AnnounceApply | AnnounceSendBack, ctx: Context) -> Toast:
    """Somebody else decided about this correction, or it is not the one that is staged any more."""
    facts = await ctx.read(actions.facts, ctx.seconds, press.number)
    await show(query, views.desk(ctx.t, ctx.programme, facts, ctx.who.id))
    verdict = facts.verdict
    if verdict is not None and verdict.what != "proposed" and verdict.mark == press.mark:
        return Toast(decided(ctx.t, verdict), alert=True)
    return Toast(ctx.t.plain("announcements.not_now"), alert=True)


async def open_failures(query: CallbackQuery, press: AnnounceFailures, ctx: Context) -> None:
    page = max(press.page, 0)
    failed, more = await ctx.read(repairs.failures, press.number, page=page, size=report.FAILURES_PAGE)
    await show(query, report.failures(ctx.t, press.number, failed, page, more))
