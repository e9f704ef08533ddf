"""What has gone out, or is going: pause, stop, correct, delete, who did not get it."""

from __future__ import annotations

import datetime as dt

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from bot.actions.announcements import announcements as actions
from bot.actions.announcements import repairs
from bot.actions.announcements.wording import STAGED, version
from bot.delivery import content
from bot.errors import Stale
from bot.middlewares.answers import Toast
from bot.people import People
from bot.programme.model import Programme
from bot.texts import Translator
from bot.views.announcements import announcements as views
from bot.views.announcements.buttons import (
    AnnounceApply,
    AnnounceFailures,
    AnnounceRun,
    AnnounceSendBack,
    AnnounceVersion,
)
from bot.who import Who
from handlers.announcements.announcements import show_desk
from handlers.answers import message_of, send_calls, show
from handlers.filters import Press
from handlers.forms import AnnouncementForm
from storage.database import Database

DEEDS = {"pause": actions.pause, "resume": actions.resume, "stop": actions.stop, "removal": repairs.withdraw}


def register(routes: Router) -> None:
    press = routes.callback_query.register
    for act in DEEDS:
        press(change, Press(AnnounceRun, act=act))
    press(ask_removal, Press(AnnounceRun, act="remove"))
    press(ask_correction, Press(AnnounceRun, act="correct"))
    press(write_correction, Press(AnnounceVersion, act="correct"))
    press(preview_correction, Press(AnnounceVersion, act="staged"))
    press(correct, Press(AnnounceApply))
    press(send_back, Press(AnnounceSendBack))
    press(open_failures, Press(AnnounceFailures))


async def change(
    query: CallbackQuery, press: AnnounceRun, who: Who, t: Translator, db: Database, now: dt.datetime
) -> Toast | None:
    """What comes of it is shown by bot.delivery.progress, in the message that was pressed."""
    message = message_of(query)
    if message is None:
        raise Stale("announcements.gone")
    done = await db.write(DEEDS[press.act], who, press.number, message.message_id, int(now.timestamp()))
    return None if done else Toast(t.plain("announcements.not_now"), alert=True)


async def ask_removal(
    query: CallbackQuery, press: AnnounceRun, who: Who, t: Translator, db: Database, now: dt.datetime
) -> None:
    reached = await db.read(repairs.reached, who, press.number, int(now.timestamp()))
    await show(query, views.removal(t, press.number, reached.people, reached.older))


async def ask_correction(
    query: CallbackQuery, press: AnnounceRun, state: FSMContext, who: Who, t: Translator, db: Database
) -> None:
    languages = await db.read(repairs.may_correct, who, press.number)
    if len(languages) > 1:
        await show(query, views.choose_version(t, press.number, languages))
    else:
        await ask_words(query, press.number, languages[0] if languages else "", state, t)


async def write_correction(
    query: CallbackQuery, press: AnnounceVersion, state: FSMContext, who: Who, t: Translator, db: Database
) -> None:
    if press.language not in await db.read(repairs.may_correct, who, press.number):
        raise Stale("refusal.stale")
    await ask_words(query, press.number, press.language, state, t)


async def ask_words(query: CallbackQuery, number: int, language: str, state: FSMContext, t: Translator) -> None:
    await state.set_state(AnnouncementForm.text)
    await state.set_data({"number": number, "language": STAGED + language})
    await show(query, views.form_correction(t, number))


async def preview_correction(
    query: CallbackQuery,
    press: AnnounceVersion,
    who: Who,
    t: Translator,
    db: Database,
    people: People,
    now: dt.datetime,
) -> None:
    facts = await db.read(actions.facts, who, press.number, people.chiefs, int(now.timestamp()))
    staged, message = version(facts.parts, STAGED + press.language), message_of(query)
    if message is None or not staged:
        raise Stale("announcements.gone")
    await message.answer(t("announcements.preview"))
    await send_calls(message, content.sent(who.id, staged))


async def correct(
    query: CallbackQuery,
    press: AnnounceApply,
    who: Who,
    t: Translator,
    db: Database,
    people: People,
    approval: bool,
    now: dt.datetime,
) -> Toast | None:
    """What comes of it is shown by bot.delivery.progress, in the message that was pressed."""
    message = message_of(query)
    if message is None:
        raise Stale("announcements.gone")
    wish = (press.number, press.language, press.mark, message.message_id)
    came = await db.write(repairs.put_in_place, who, *wish, people.chiefs, approval, int(now.timestamp()))
    if came == repairs.ASKED:
        return Toast(t.plain("announcements.second"), alert=True)
    return None if came == repairs.DONE else Toast(t.plain("announcements.not_now"), alert=True)


async def send_back(
    query: CallbackQuery,
    press: AnnounceSendBack,
    who: Who,
    t: Translator,
    db: Database,
    people: People,
    programme: Programme,
    now: dt.datetime,
) -> Toast:
    wish = (press.number, press.language, press.mark)
    done = await db.write(repairs.send_back, who, *wish, int(now.timestamp()))
    await show_desk(query, press.number, who, t, db, people, programme, now)
    return Toast(t.plain("announcements.toast_declined" if done else "announcements.not_now"), alert=not done)


async def open_failures(query: CallbackQuery, press: AnnounceFailures, who: Who, t: Translator, db: Database) -> None:
    page = max(press.page, 0)
    failed, more = await db.read(repairs.failures, who, press.number, page, views.FAILURES_PAGE)
    await show(query, views.failures(t, press.number, failed, page, more))
