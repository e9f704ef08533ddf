"""/announce: the list, and one announcement's desk."""

from __future__ import annotations

import datetime as dt

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message
from aiogram.utils.deep_linking import create_deep_link

from bot.actions.announcements import announcements as actions
from bot.actions.announcements.wording import FOR_ALL, languages_of
from bot.actions.entrance import presence
from bot.delivery import content
from bot.errors import Stale
from bot.middlewares.answers import Toast
from bot.people import People
from bot.programme.model import Programme
from bot.texts import (
    LANGUAGE_NAMES,
    LANGUAGES,
    Translator,
)
from bot.views.announcements import announcements as views
from bot.views.announcements import choices as choices
from bot.views.announcements.buttons import (
    Announce,
    AnnounceDecide,
    AnnounceDesk,
    AnnounceList,
)
from bot.who import Who
from handlers.answers import message_of, send_calls, show
from handlers.filters import Key, Press
from handlers.forms import AnnouncementForm
from storage.announcements import DRAFT
from storage.database import Database


def register(routes: Router) -> None:
    for entry in (Key("menu.announce"), Command("announce")):
        routes.message.register(begin, entry)
    press = routes.callback_query.register
    press(begin, Press(AnnounceDesk, act="new"))
    press(open_list, Press(AnnounceList))
    press(open_desk, Press(AnnounceDesk, act="open"))
    press(preview, Press(AnnounceDesk, act="preview"))
    press(ask, Press(AnnounceDesk, act="confirm"))
    for act in ("urgent", "calm"):
        press(set_urgent, Press(AnnounceDesk, act=act))
    for act in ("approve", "decline"):
        press(decide, Press(AnnounceDecide, act=act))
    press(check_in, Press(AnnounceDesk, act="link"))
    press(take_back, Press(AnnounceDesk, act="back"))
    press(send, Press(Announce, act="send"))
    press(drop, Press(Announce, act="cancel"))
    press(drop, Press(AnnounceDesk, act="drop"))


async def begin(event: Message | CallbackQuery, state: FSMContext, who: Who, t: Translator, db: Database) -> None:
    listed = await db.read(actions.listed, who)
    await state.set_state(AnnouncementForm.text)
    await state.set_data({})
    await show(event, views.form(t, len(listed)))


async def open_list(
    query: CallbackQuery, press: AnnounceList, state: FSMContext, who: Who, t: Translator, db: Database
) -> None:
    await state.clear()
    await show(query, views.listing(t, await db.read(actions.listed, who), press.page))


async def open_desk(
    query: CallbackQuery,
    press: AnnounceDesk,
    state: FSMContext,
    who: Who,
    t: Translator,
    db: Database,
    people: People,
    programme: Programme,
    now: dt.datetime,
) -> None:
    await state.clear()
    await show_desk(query, press.number, who, t, db, people, programme, now)


async def show_desk(
    event: Message | CallbackQuery,
    number: int,
    who: Who,
    t: Translator,
    db: Database,
    people: People,
    programme: Programme,
    now: dt.datetime,
) -> Message | None:
    facts = await db.read(actions.facts, who, number, people.chiefs, int(now.timestamp()))
    return await show(event, views.desk(t, programme, facts, who.id))


async def preview(
    query: CallbackQuery, press: AnnounceDesk, who: Who, t: Translator, db: Database, people: People, now: dt.datetime
) -> None:
    """The very messages, once for each language that reads something of its own."""
    facts = await db.read(actions.facts, who, press.number, people.chiefs, int(now.timestamp()))
    message = message_of(query)
    if message is None:
        raise Stale("announcements.gone")
    one_for_all = languages_of(facts.parts) == (FOR_ALL,)
    for reader in LANGUAGES[:1] if one_for_all else LANGUAGES:
        words = (
            t("announcements.preview") if one_for_all else t("announcements.seen_by", language=LANGUAGE_NAMES[reader])
        )
        await message.answer(words)
        await send_calls(message, content.sent(who.id, content.read_by(facts.parts, reader)))


async def ask(
    query: CallbackQuery,
    press: AnnounceDesk,
    who: Who,
    t: Translator,
    db: Database,
    people: People,
    programme: Programme,
    approval: bool,
    now: dt.datetime,
) -> None:
    facts = await db.read(actions.facts, who, press.number, people.chiefs, int(now.timestamp()))
    if facts.announcement.state == DRAFT:
        await show(query, views.confirm(t, programme, facts, approval))
    else:
        await show(query, views.desk(t, programme, facts, who.id))


async def send(
    query: CallbackQuery,
    press: Announce,
    who: Who,
    t: Translator,
    db: Database,
    people: People,
    programme: Programme,
    approval: bool,
    now: dt.datetime,
) -> Toast | None:
    """What begins at once is shown by bot.delivery.progress, in the message that was pressed."""
    message = message_of(query)
    if message is None:
        raise Stale("announcements.gone")
    known = (programme, people.chiefs, approval, int(now.timestamp()))
    announcement = await db.write(actions.confirm, who, press.number, message.message_id, *known)
    if announcement is None:
        return Toast(t.plain("announcements.already"), alert=True)
    if announcement.started_at is None:
        await show_desk(query, press.number, who, t, db, people, programme, now)
    return None


async def set_urgent(
    query: CallbackQuery,
    press: AnnounceDesk,
    who: Who,
    t: Translator,
    db: Database,
    people: People,
    programme: Programme,
    now: dt.datetime,
) -> Toast | None:
    urgent = press.act == "urgent"
    await db.write(actions.choose_urgent, who, press.number, urgent)
    await show_desk(query, press.number, who, t, db, people, programme, now)
    return Toast(t.plain("announcements.urgent_toast"), alert=True) if urgent else None


async def decide(
    query: CallbackQuery,
    press: AnnounceDecide,
    who: Who,
    t: Translator,
    db: Database,
    people: People,
    programme: Programme,
    now: dt.datetime,
) -> Toast:
    yes = press.act == "approve"
    known = (programme, people.chiefs, int(now.timestamp()))
    fate = await db.write(actions.decide, who, press.number, press.asked, yes, *known)
    if fate == "approved":
        await show_desk(query, press.number, who, t, db, people, programme, now)
    else:
        await show(query, views.decided(t, press.number))
    if not fate:
        return Toast(t.plain("announcements.decided"), alert=True)
    return Toast(t.plain(f"announcements.toast_{fate}"), alert=fate == "late")


async def take_back(
    query: CallbackQuery,
    press: AnnounceDesk,
    who: Who,
    t: Translator,
    db: Database,
    people: People,
    programme: Programme,
    now: dt.datetime,
) -> Toast | None:
    taken = await db.write(actions.take_back, who, press.number, int(now.timestamp()))
    await show_desk(query, press.number, who, t, db, people, programme, now)
    return None if taken else Toast(t.plain("announcements.already"), alert=True)


async def drop(
    query: CallbackQuery, press: Announce | AnnounceDesk, who: Who, t: Translator, db: Database, now: dt.datetime
) -> Toast | None:
    if not await db.write(actions.cancel, who, press.number, int(now.timestamp())):
        return Toast(t.plain("announcements.already"), alert=True)
    await show(query, views.dropped(t))
    return None


async def check_in(
    query: CallbackQuery, press: AnnounceDesk, who: Who, t: Translator, db: Database, username: str
) -> None:
    token = await db.write(presence.token, who)
    link = create_deep_link(username=username, link_type="start", payload=f"p_{token}")
    await show(query, choices.check_in(t, press.number, link))
