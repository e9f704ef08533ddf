"""/announce: write, preview, confirm, follow."""

from __future__ import annotations

import datetime as dt

from aiogram import Router
from aiogram.filters import Command, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.actions import announcements as actions
from bot.actions.staff import need_organizer
from bot.delivery.progress import Progress
from bot.errors import Stale
from bot.middlewares.answers import Toast
from bot.texts import Translator
from bot.views import announcements as views
from bot.views.buttons import Announce
from bot.views.screen import screen
from bot.who import Who
from handlers.answers import message_of, show
from handlers.filters import Key, Press, Text
from handlers.forms import AnnouncementForm
from storage.database import Database


def router() -> Router:
    routes = Router(name="announcements")
    for entry in (Key("menu.announce"), Command("announce")):
        routes.message.register(begin, entry)
    routes.callback_query.register(send, Press(Announce, act="send"))
    routes.callback_query.register(cancel, Press(Announce, act="cancel"))
    return routes


def forms() -> Router:
    routes = Router(name="announcement-forms")
    form = {"form": True}
    routes.message.register(take, StateFilter(AnnouncementForm.text), Text(), flags=form)
    routes.message.register(text_only, StateFilter(AnnouncementForm), flags=form)
    return routes


async def begin(message: Message, state: FSMContext, who: Who, t: Translator) -> None:
    need_organizer(who)
    await state.set_state(AnnouncementForm.text)
    await show(message, views.form(t))


async def take(message: Message, state: FSMContext, who: Who, t: Translator, db: Database, now: dt.datetime) -> None:
    draft, recipients = await db.write(actions.draft, who, message.message_id, message.html_text, int(now.timestamp()))
    await state.clear()
    await message.answer(t("announcements.preview"))
    await show(message, views.preview(draft))
    await show(message, views.confirm(t, draft, recipients))


async def text_only(message: Message, t: Translator) -> None:
    await message.answer(t("announcements.text_only"))


async def send(
    query: CallbackQuery,
    press: Announce,
    who: Who,
    t: Translator,
    db: Database,
    progress: Progress,
    now: dt.datetime,
) -> Toast | None:
    """What follows is shown by `progress`, in the message that was pressed."""
    message = message_of(query)
    if message is None:
        raise Stale("announcements.gone")
    if not await db.write(actions.confirm, who, press.number, message.message_id, int(now.timestamp())):
        return Toast(t.plain("announcements.already"), alert=True)
    progress.wake()
    return None


async def cancel(query: CallbackQuery, press: Announce, who: Who, t: Translator, db: Database) -> Toast | None:
    if not await db.write(actions.cancel, who, press.number):
        return Toast(t.plain("announcements.already"), alert=True)
    await show(query, screen(t("announcements.cancelled")))
    return None
