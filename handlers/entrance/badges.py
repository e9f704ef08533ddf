"""Badges: sheets to print, one's own on the phone, a new one for a lost one."""

from __future__ import annotations

import asyncio

from aiogram import Router
from aiogram.enums import ChatAction
from aiogram.filters import Command
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from bot import papers
from bot.actions.entrance import badges as actions
from bot.actions.entrance import presence
from bot.actions.rights import need_organizer
from bot.context import Context
from bot.middlewares.answers import Toast
from bot.texts import Translators
from bot.views.buttons import Go
from bot.views.entrance import badges as views
from bot.views.entrance import presence as presence_views
from bot.views.entrance.buttons import BadgeSheet, Reissue, SheetDelegations
from handlers.answers import show
from handlers.filters import Press


def register(routes: Router) -> None:
    routes.message.register(send_own, Command("badge"))
    routes.callback_query.register(send_own, Press(Go, where="badge"))
    routes.callback_query.register(open_sheets, Press(Go, where="badges"))
    routes.callback_query.register(choose_delegation, Press(SheetDelegations))
    routes.callback_query.register(send_sheet, Press(BadgeSheet))
    routes.callback_query.register(reissue, Press(Reissue))


async def send_own(event: Message | CallbackQuery, ctx: Context, username: str) -> None:
    code = await ctx.write(actions.mine)
    picture = await asyncio.to_thread(papers.phone_badge, username, code)
    assert event.bot is not None
    caption, file = views.own(ctx.t, ctx.who.name), BufferedInputFile(picture, "badge.png")
    await event.bot.send_photo(ctx.who.id, file, caption=caption.text, reply_markup=caption.keyboard)


async def open_sheets(query: CallbackQuery, ctx: Context) -> None:
    unprinted = await ctx.read(actions.count_new)
    attendance = await ctx.read(presence.attendance)
    await show(query, views.sheets(ctx.t, unprinted, attendance.people))


async def choose_delegation(query: CallbackQuery, press: SheetDelegations, ctx: Context) -> None:
    need_organizer(ctx.who)
    await show(query, views.choose_delegation(ctx.t, ctx.programme, press.page))


async def send_sheet(
    query: CallbackQuery, press: BadgeSheet, ctx: Context, translators: Translators, username: str
) -> None:
    badges = await ctx.write(actions.sheet, ctx.programme, press.which, value=press.value)
    await show(query, views.making(ctx.t, len(badges)))
    assert query.bot is not None
    await query.bot.send_chat_action(ctx.who.id, ChatAction.UPLOAD_DOCUMENT)
    content = await asyncio.to_thread(papers.badge_sheet, translators, ctx.programme, badges, username)
    file = BufferedInputFile(content, f"badges-{ctx.now.astimezone(ctx.t.zone):%Y-%m-%d-%H%M}.pdf")
    await query.bot.send_document(ctx.who.id, file, caption=views.caption(ctx.t, len(badges)))
    await ctx.write(actions.sheet_made, [one.holder.code for one in badges])
    await open_sheets(query, ctx)


async def reissue(query: CallbackQuery, press: Reissue, ctx: Context) -> Toast | None:
    guest = await ctx.read(presence.guest, press.person)
    if not press.sure:
        await show(query, views.reissue_sure(ctx.t, guest))
        return None
    await ctx.write(actions.reissue, press.person)
    await show(query, presence_views.guest(ctx.t, ctx.programme, guest))
    return Toast(ctx.t.plain("badges.reissued"), alert=True)
