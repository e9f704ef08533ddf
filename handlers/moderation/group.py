"""The moderators' desk in a group: the way in, opening and closing, and presses on the cards there."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress

from aiogram import Router
from aiogram.enums import ChatMemberStatus, ChatType
from aiogram.exceptions import TelegramAPIError, TelegramForbiddenError
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.fsm.storage.base import StorageKey
from aiogram.types import (
    CallbackQuery,
    ChatMemberAdministrator,
    ChatMemberRestricted,
    ChatMemberUpdated,
    Message,
    ResultChatMemberUnion,
)

from bot.actions.moderation import group as actions
from bot.actions.moderation.cards import Card, card_facts
from bot.actions.moderation.desk import card_shown
from bot.actions.rights import need_organizer
from bot.delivery.pace import Pace
from bot.errors import NotAllowed, Stale
from bot.middlewares.answers import Toast
from bot.people import People
from bot.programme.model import Programme
from bot.texts import Translator, Translators
from bot.views.buttons import Go
from bot.views.moderation import desk as private_views
from bot.views.moderation import group as views
from bot.views.moderation.buttons import GroupCard, GroupDesk, GroupReason
from bot.who import Who
from handlers.answers import message_of, send_to, show
from handlers.fallback import in_group
from handlers.filters import InGroup, Migrated, Press
from handlers.moderation.desk import ask_words, too_late
from storage.cards import MENU
from storage.database import Database

GONE = (ChatMemberStatus.LEFT, ChatMemberStatus.KICKED)


def register(routes: Router) -> None:
    """Stands before the fallback of groups."""
    routes.callback_query.register(how_to, Press(Go, where="group"))
    routes.my_chat_member.register(membership, InGroup())
    routes.message.register(migrated, Migrated())
    routes.message.register(offer, InGroup(), Command("start", "desk"))
    routes.callback_query.register(press_desk, Press(GroupDesk))
    routes.callback_query.register(press_card, Press(GroupCard))
    routes.callback_query.register(press_reason, Press(GroupReason))


# The way in


async def how_to(query: CallbackQuery, who: Who, t: Translator, db: Database, username: str) -> None:
    need_organizer(who)
    await show(query, views.how_to(t, username, await db.read(actions.current)))


async def membership(update: ChatMemberUpdated, who: Who, db: Database, people: People, now: dt.datetime) -> None:
    """The bot came into a group, went out of it, or its rights there changed."""
    chat, member, seconds = update.chat, update.new_chat_member, int(now.timestamp())
    if member.status in GONE:
        await db.write(actions.removed, people.chiefs, chat.id, seconds)
        return
    forum = bool(chat.is_forum)
    await db.write(actions.standing, people.chiefs, chat.id, lacking(member, forum), forum, seconds)
    if update.old_chat_member.status in GONE:
        await db.write(actions.offer, who, chat.id, seconds)


def lacking(member: ResultChatMemberUnion, forum: bool) -> str:
    """What the bot lacks as this member of a group, "" for nothing."""
    if isinstance(member, ChatMemberRestricted) and not member.can_send_messages:
        return actions.WRITE
    manages = isinstance(member, ChatMemberAdministrator) and member.can_manage_topics
    return actions.TOPICS if forum and not manages else ""


async def migrated(message: Message, db: Database, now: dt.datetime) -> None:
    assert message.migrate_to_chat_id is not None
    await db.write(actions.moved, message.chat.id, message.migrate_to_chat_id, int(now.timestamp()))


async def offer(
    message: Message, who: Who, t: Translator, db: Database, username: str, pace: Pace, now: dt.datetime
) -> None:
    """/start or /desk in a group: by the link that added the bot, or because the message with the button is out of
    sight. Who can do nothing with it is answered as to any command."""
    if not await db.write(actions.offer, who, message.chat.id, int(now.timestamp())):
        await in_group(message, t, username, pace)


async def press_desk(
    query: CallbackQuery,
    press: GroupDesk,
    who: Who,
    t: Translator,
    db: Database,
    people: People,
    username: str,
    now: dt.datetime,
) -> Toast | None:
    need_organizer_here(who)
    message = message_of(query)
    private = message is not None and message.chat.type == ChatType.PRIVATE
    if message is None or (private and press.act != "close"):
        raise Stale("refusal.stale")
    if press.act == "close":
        chat = None if private else message.chat.id
        await db.write(actions.close, who, people.chiefs, chat, int(now.timestamp()))
        await show(query, views.how_to(t, username, None) if private else views.closed(t))
    elif press.act == "stay":
        with suppress(TelegramAPIError):
            await message.delete()
    else:
        return await open_here(query, message, press.act, who, t, db, people, now)
    return None


def need_organizer_here(who: Who) -> None:
    """In a group nobody is invited to register: the greeting would be for all to read."""
    if not who.organizer:
        raise NotAllowed("refusal.not_organizer")
    if not who.registered:
        raise NotAllowed("group.start_me")


async def open_here(
    query: CallbackQuery,
    message: Message,
    act: str,
    who: Who,
    t: Translator,
    db: Database,
    people: People,
    now: dt.datetime,
) -> Toast | None:
    assert query.bot is not None
    chat, forum = message.chat, bool(message.chat.is_forum)
    fault = lacking(await query.bot.get_chat_member(chat.id, query.bot.id), forum)
    opening = (who, people.chiefs, chat.id, chat.title or "", forum, fault, int(now.timestamp()))
    group = await db.write(actions.open_here, *opening, move=act == "move")
    if fault:
        await show(query, views.lacking(t, fault))
        return Toast(t.plain("group.still_lacks"), alert=True) if act == "check" else None
    if group is None:
        former = await db.read(actions.elsewhere, chat.id)
        await show(query, views.elsewhere(t, former.title if former else ""))
        return None
    await show(query, views.opened(t, forum))
    with suppress(TelegramAPIError):  # a convenience; without the right the desk works as well
        await message.pin(disable_notification=True)
    return None


# Presses on a card in the group. The card itself follows through the outbox.


async def press_card(
    query: CallbackQuery,
    press: GroupCard,
    state: FSMContext,
    who: Who,
    t: Translator,
    db: Database,
    programme: Programme,
    translators: Translators,
    now: dt.datetime,
) -> Toast | None:
    if press.act == "take":
        return await take(query, press.number, who, t, db, now)
    if press.act == "undo":
        return await undo(query, press.number, who, t, db, now)
    if press.act == "more":
        return await more_privately(query, press.number, who, t, db, programme, now)
    if press.act in ("decline", "back"):
        return await unfold(query, press, who, t, db, programme, translators, now)
    if press.act == "answer":
        return await ask_privately(query, press.number, "answer", state, who, t, db, now)
    return await carry_out(query, press.number, press.act, "", who, t, db, now)


async def press_reason(
    query: CallbackQuery, press: GroupReason, state: FSMContext, who: Who, t: Translator, db: Database, now: dt.datetime
) -> Toast | None:
    if press.reason == "own":
        return await ask_privately(query, press.number, "decline", state, who, t, db, now)
    return await carry_out(query, press.number, "decline", press.reason, who, t, db, now)


async def carry_out(
    query: CallbackQuery,
    number: int,
    decision: str,
    reason: str,
    who: Who,
    t: Translator,
    db: Database,
    now: dt.datetime,
) -> Toast:
    seconds, card = int(now.timestamp()), card_of(query)
    result = await db.write(actions.decide_in_group, who, number, decision, seconds, card, reason)
    if result.made:
        return Toast(t.plain(f"moderation.done_{decision}", number=number))
    return too_late(t, result)


async def take(query: CallbackQuery, number: int, who: Who, t: Translator, db: Database, now: dt.datetime) -> Toast:
    """Claim the question: its card says so to everybody."""
    taken = await db.write(actions.take, who, number, card_of(query), int(now.timestamp()))
    claim = taken.claim
    if claim is None:
        return too_late(t, taken)
    until = t.clock(claim.until)
    if claim.mine:
        return Toast(t.plain("group.taken", number=number, until=until))
    return Toast(t.plain("group.taken_by", number=number, name=claim.by, until=until), alert=True)


async def undo(query: CallbackQuery, number: int, who: Who, t: Translator, db: Database, now: dt.datetime) -> Toast:
    """Take back what was decided last."""
    if not await db.write(actions.undo_in_group, who, number, card_of(query), int(now.timestamp())):
        return Toast(t.plain("undo.moved_on"), alert=True)
    return Toast(t.plain("undo.done", number=number))


async def unfold(
    query: CallbackQuery,
    press: GroupCard,
    who: Who,
    t: Translator,
    db: Database,
    programme: Programme,
    translators: Translators,
    now: dt.datetime,
) -> Toast | None:
    """The reasons of a decline take the place of the card's buttons, and give it back."""
    seconds, card = int(now.timestamp()), card_of(query)
    if press.act == "decline":
        choice = await db.write(actions.begin, who, press.number, "decline", card, seconds, covered=True)
        if not choice.made:
            return too_late(t, choice)
        view = views.reasons
    else:
        await db.write(actions.fold, who, press.number, card, seconds)
        view = views.card
    language, facts = await db.read(actions.group_card, press.number, seconds)
    message = message_of(query)
    if message is not None:
        screen = view(translators[language], programme, facts)
        await message.edit_text(screen.text, reply_markup=screen.keyboard)
    return None


async def ask_privately(
    query: CallbackQuery,
    number: int,
    decision: str,
    state: FSMContext,
    who: Who,
    t: Translator,
    db: Database,
    now: dt.datetime,
) -> Toast:
    """What has to be typed is typed in the private chat: a group is no place for half-written answers."""
    seconds, card = int(now.timestamp()), card_of(query)
    choice = await db.write(actions.begin, who, number, decision, card, seconds, covered=False)
    if not choice.made:
        return too_late(t, choice)
    assert query.bot is not None
    private = FSMContext(state.storage, StorageKey(bot_id=query.bot.id, chat_id=who.id, user_id=who.id))
    try:
        await ask_words(query, decision, private_views.NO_LIST, private, t, choice.question)
    except TelegramForbiddenError:
        await private.clear()
        return Toast(t.plain("group.start_me"), alert=True)
    return Toast(t.plain("group.asked_privately"))


async def more_privately(
    query: CallbackQuery, number: int, who: Who, t: Translator, db: Database, programme: Programme, now: dt.datetime
) -> Toast:
    """What is done seldom, e.g. correcting and merging, takes screens of its own: they open in the private chat."""
    await db.read(actions.pressed, who, number, card_of(query))
    seconds, desk = int(now.timestamp()), private_views.NO_LIST
    facts = await db.read(card_facts, number, seconds)
    try:
        sent = await send_to(query.bot, who.id, private_views.more(t, programme, facts, desk))
    except TelegramForbiddenError:
        return Toast(t.plain("group.start_me"), alert=True)
    if sent is not None:
        await db.write(card_shown, who.id, sent.message_id, facts.question, desk, seconds, unfolded=MENU)
    return Toast(t.plain("group.more_privately", number=number))


def card_of(query: CallbackQuery) -> Card:
    """Where the pressed card stands. Stale for a message that Telegram no longer shows us."""
    message = message_of(query)
    if message is None:
        raise Stale("refusal.stale")
    return message.chat.id, message.message_id
