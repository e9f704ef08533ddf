"""/announce: the list, and one announcement's desk."""

from __future__ import annotations

from contextlib import suppress

from aiogram import Router
from aiogram.exceptions import TelegramAPIError
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message
from aiogram.utils.deep_linking import create_deep_link

from bot.actions.announcements import announcements as actions
from bot.actions.announcements.signing import line
from bot.actions.announcements.wording import FOR_ALL, languages_of
from bot.actions.entrance import presence
from bot.context import Context
from bot.delivery import content
from bot.middlewares.answers import Toast
from bot.texts import LANGUAGE_NAMES, LANGUAGES
from bot.views.announcements import announcements as views
from bot.views.announcements import card, choices, lines, screens
from bot.views.announcements.buttons import (
    Announce,
    AnnounceAsk,
    AnnounceDecide,
    AnnounceDesk,
    AnnounceList,
    AnnounceRight,
    LeaveWriting,
)
from bot.views.announcements.decisions import decided
from bot.views.screen import Screen
from handlers.answers import need_message, send, send_calls, show
from handlers.filters import Key, Press
from handlers.forms import AnnouncementForm
from storage import announcement_screens
from storage.announcements import DRAFT


def register(routes: Router) -> None:
    for entry in (Key("menu.announce"), Command("announce")):
        routes.message.register(begin, entry)
    press = routes.callback_query.register
    press(begin, Press(AnnounceDesk, act="new"))
    press(open_list, Press(AnnounceList))
    press(open_desk, Press(AnnounceDesk, act="open"))
    press(open_desk, Press(LeaveWriting))
    press(preview, Press(AnnounceDesk, act="preview"))
    press(ask, Press(AnnounceDesk, act="confirm"))
    for act in ("urgent", "calm"):
        press(set_urgent, Press(AnnounceDesk, act=act))
    for act in ("approve", "decline"):
        press(decide, Press(AnnounceDecide, act=act))
    press(leave_as_they_are, Press(AnnounceRight))
    press(check_in, Press(AnnounceDesk, act="link"))
    press(take_back, Press(AnnounceDesk, act="back"))
    press(send_off, Press(Announce, act="send"))
    press(ask_sure, Press(AnnounceAsk))
    press(drop, Press(Announce, act="cancel"))
    press(drop, Press(AnnounceDesk, act="drop"))


async def begin(event: Message | CallbackQuery, state: FSMContext, ctx: Context) -> None:
    listed = await ctx.read(actions.listed)
    await AnnouncementForm().save(state)
    await show(event, views.form(ctx.t, len(listed)))


async def open_list(query: CallbackQuery, press: AnnounceList, state: FSMContext, ctx: Context) -> None:
    await state.clear()
    listed, behind = await ctx.read(actions.listed), await ctx.read(actions.with_versions_behind)
    await show(query, views.listing(ctx.t, listed, press.page, behind))


async def open_desk(query: CallbackQuery, press: AnnounceDesk | LeaveWriting, state: FSMContext, ctx: Context) -> None:
    await state.clear()
    await show_desk(query, press.number, ctx)


async def show_desk(event: Message | CallbackQuery, number: int, ctx: Context) -> Message | None:
    facts = await ctx.read(actions.facts, ctx.seconds, number)
    return await show(event, views.desk(ctx.t, ctx.programme, facts, ctx.who.id))


async def bring_down(message: Message, screen: Screen, number: int, ctx: Context) -> Message:
    """The announcement's card below all else in the chat, and nowhere above: what its readers will see would bury it.

    Above it loses its buttons only when it stands below; where that fails it goes on showing how things are.
    """
    shown = await send(message, screen)
    bot = message.bot
    assert bot is not None
    for above in await ctx.db.read(announcement_screens.cards, ctx.who.id, number):
        if above != shown.message_id:
            with suppress(TelegramAPIError):
                await bot.edit_message_text(card.below(ctx.t, number), chat_id=ctx.who.id, message_id=above)
    return shown


async def preview(query: CallbackQuery, press: AnnounceDesk, ctx: Context) -> None:
    """The very messages, once for each language that reads something of its own, and the card again below them."""
    facts = await ctx.read(actions.facts, ctx.seconds, press.number)
    message = need_message(query, "announcements.gone")
    one_for_all = languages_of(facts.parts) == (FOR_ALL,)
    for reader in LANGUAGES[:1] if one_for_all else LANGUAGES:
        words = (
            ctx.t("announcements.preview")
            if one_for_all
            else ctx.t("announcements.seen_by", language=LANGUAGE_NAMES[reader])
        )
        await message.answer(words)
        said_by = line(facts.announcement.said_by, ctx.t.language if one_for_all else reader)
        await send_calls(message, content.sent(ctx.who.id, content.read_by(facts.parts, reader, said_by)))
    await bring_down(message, views.desk(ctx.t, ctx.programme, facts, ctx.who.id), press.number, ctx)


async def ask(query: CallbackQuery, press: AnnounceDesk, ctx: Context, approval: bool) -> None:
    facts = await ctx.read(actions.facts, ctx.seconds, press.number)
    if facts.announcement.state == DRAFT:
        await show(query, views.confirm(ctx.t, ctx.programme, facts, approval))
    else:
        await show(query, views.desk(ctx.t, ctx.programme, facts, ctx.who.id))


async def send_off(query: CallbackQuery, press: Announce, ctx: Context, approval: bool) -> Toast | None:
    """What begins at once is shown by bot.delivery.progress, in the message that was pressed."""
    message = need_message(query, "announcements.gone")
    announcement = await ctx.write(
        actions.confirm, press.number, message=message.message_id, programme=ctx.programme, approval=approval
    )
    if announcement is None:
        return Toast(ctx.t.plain("announcements.already"), alert=True)
    if announcement.started_at is None:
        await show_desk(query, press.number, ctx)
    return None


async def set_urgent(query: CallbackQuery, press: AnnounceDesk, ctx: Context) -> Toast | None:
    urgent = press.act == "urgent"
    await ctx.db.write(actions.choose_urgent, ctx.who, press.number, urgent)
    await show_desk(query, press.number, ctx)
    return Toast(ctx.t.plain("announcements.urgent_toast"), alert=True) if urgent else None


async def decide(query: CallbackQuery, press: AnnounceDecide, ctx: Context) -> Toast | None:
    yes = press.act == "approve"
    fate = await ctx.write(actions.decide, press.number, asked=press.asked, yes=yes, programme=ctx.programme)
    facts = await ctx.read(actions.after_decision, ctx.seconds, press.number)
    await show(query, screens.outcome(ctx.t, ctx.programme, facts, ctx.who.id))
    if not fate:
        twice = await ctx.read(actions.did_last, press.number, "approved", "declined")
        return None if twice else Toast(decided(ctx.t, None if facts is None else facts.verdict), alert=True)
    return Toast(ctx.t.plain(f"announcements.toast_{fate}"), alert=fate in ("late", "outdated"))


async def leave_as_they_are(query: CallbackQuery, press: AnnounceRight, ctx: Context) -> None:
    """The versions that were not changed with another need no change."""
    if not press.sure:
        await show(query, lines.right_sure(ctx.t, await ctx.read(actions.facts, ctx.seconds, press.number)))
        return
    await ctx.db.write(actions.right_as_they_are, ctx.who, press.number)
    await show_desk(query, press.number, ctx)


async def take_back(query: CallbackQuery, press: AnnounceDesk, ctx: Context) -> Toast | None:
    taken = await ctx.write(actions.take_back, press.number)
    await show_desk(query, press.number, ctx)
    return None if taken else Toast(ctx.t.plain("announcements.already"), alert=True)


async def ask_sure(query: CallbackQuery, press: AnnounceAsk, ctx: Context) -> None:
    """Before what nobody can undo."""
    facts = await ctx.read(actions.facts, ctx.seconds, press.number)
    if press.act == "drop":
        await show(query, choices.drop_sure(ctx.t, facts.announcement))
    elif press.act == "stop":
        await show(query, choices.stop_sure(ctx.t, press.number))
    elif press.language in LANGUAGES:
        await show(query, choices.drop_version_sure(ctx.t, press.number, press.language))


async def drop(query: CallbackQuery, press: Announce | AnnounceDesk, ctx: Context) -> Toast | None:
    if not await ctx.write(actions.cancel, press.number):
        return Toast(ctx.t.plain("announcements.already"), alert=True)
    await show(query, views.dropped(ctx.t))
    return None


async def check_in(query: CallbackQuery, press: AnnounceDesk, ctx: Context, username: str) -> None:
    token = await ctx.db.write(presence.token, ctx.who)
    link = create_deep_link(username=username, link_type="start", payload=f"p_{token}")
    await show(query, choices.check_in(ctx.t, press.number, link))
