"""Badges: sheets to print, one's own on the phone, a new one for a lost one."""

from __future__ import annotations

import asyncio
import datetime as dt

from aiogram import Router
from aiogram.enums import ChatAction
from aiogram.filters import Command
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from bot import papers
from bot.actions.entrance import badges as actions
from bot.actions.entrance import presence
from bot.actions.rights import need_organizer
from bot.middlewares.answers import Toast
from bot.people import People
from bot.programme.model import Programme
from bot.texts import Translator, Translators
from bot.views.buttons import Go
from bot.views.entrance import badges as views
from bot.views.entrance import presence as presence_views
from bot.views.entrance.buttons import BadgeSheet, Reissue, SheetDelegations
from bot.who import Who
from handlers.answers import show
from handlers.filters import Press
from storage.database import Database


def register(routes: Router) -> None:
    routes.message.register(send_own, Command("badge"))
    routes.callback_query.register(send_own, Press(Go, where="badge"))
    routes.callback_query.register(open_sheets, Press(Go, where="badges"))
    routes.callback_query.register(choose_delegation, Press(SheetDelegations))
    routes.callback_query.register(send_sheet, Press(BadgeSheet))
    routes.callback_query.register(reissue, Press(Reissue))


async def send_own(
    event: Message | CallbackQuery, who: Who, t: Translator, db: Database, username: str, now: dt.datetime
) -> None:
    code = await db.write(actions.mine, who, int(now.timestamp()))
    picture = await asyncio.to_thread(papers.phone_badge, username, code)
    assert event.bot is not None
    caption, file = views.own(t, who.name), BufferedInputFile(picture, "badge.png")
    await event.bot.send_photo(who.id, file, caption=caption.text, reply_markup=caption.keyboard)


async def open_sheets(query: CallbackQuery, who: Who, t: Translator, db: Database) -> None:
    unprinted = await db.read(actions.count_new, who)
    attendance = await db.read(presence.attendance, who)
    await show(query, views.sheets(t, unprinted, attendance.people))


async def choose_delegation(
    query: CallbackQuery, press: SheetDelegations, who: Who, t: Translator, programme: Programme
) -> None:
    need_organizer(who)
    await show(query, views.choose_delegation(t, programme, press.page))


async def send_sheet(
    query: CallbackQuery,
    press: BadgeSheet,
    who: Who,
    t: Translator,
    db: Database,
    people: People,
    programme: Programme,
    translators: Translators,
    username: str,
    now: dt.datetime,
) -> None:
    seconds = int(now.timestamp())
    wish = (press.which, press.value, seconds)
    badges = await db.write(actions.sheet, who, programme, people.chiefs, *wish)
    await show(query, views.making(t, len(badges)))
    assert query.bot is not None
    await query.bot.send_chat_action(who.id, ChatAction.UPLOAD_DOCUMENT)
    content = await asyncio.to_thread(papers.badge_sheet, translators, programme, badges, username)
    file = BufferedInputFile(content, f"badges-{now.astimezone(t.zone):%Y-%m-%d-%H%M}.pdf")
    await query.bot.send_document(who.id, file, caption=views.caption(t, len(badges)))
    await db.write(actions.sheet_made, who, [one.holder.code for one in badges], seconds)
    await open_sheets(query, who, t, db)


async def reissue(
    query: CallbackQuery, press: Reissue, who: Who, t: Translator, db: Database, programme: Programme, now: dt.datetime
) -> Toast | None:
    guest = await db.read(presence.guest, who, press.person)
    if not press.sure:
        await show(query, views.reissue_sure(t, guest))
        return None
    await db.write(actions.reissue, who, press.person, int(now.timestamp()))
    await show(query, presence_views.guest(t, programme, guest))
    return Toast(t.plain("badges.reissued"), alert=True)
