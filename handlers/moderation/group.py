"""The moderators' desk in a group: the way in, opening and closing, and presses on the cards there."""

from __future__ import annotations

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

from bot.actions.moderation import claims
from bot.actions.moderation import group as actions
from bot.actions.moderation.cards import Card, CardFacts
from bot.actions.moderation.desk import Verdict
from bot.actions.rights import need_organizer
from bot.context import Context
from bot.errors import NotAllowed, Stale
from bot.groups import GroupAnswers
from bot.middlewares.answers import Toast
from bot.texts import LANGUAGE_NAMES, Translators
from bot.views.buttons import Go
from bot.views.moderation import desk as private_views
from bot.views.moderation import group as views
from bot.views.moderation.buttons import AskCloseDesk, GroupCard, GroupDesk, GroupLanguage, GroupReason, GroupTwin
from bot.views.moderation.claims import wait
from bot.views.moderation.merging import sure
from bot.who import Who
from handlers.answers import need_message, send_to, show
from handlers.filters import InGroup, Migrated, Press
from handlers.groups import in_group, spoken_in
from handlers.moderation.desk import ask_words, deciding, remember, too_late
from storage.cards import MENU

GONE = (ChatMemberStatus.LEFT, ChatMemberStatus.KICKED)


def register(routes: Router) -> None:
    """Stands before the fallback of groups."""
    routes.callback_query.register(how_to, Press(Go, where="group"))
    routes.my_chat_member.register(membership, InGroup())
    routes.message.register(migrated, Migrated())
    routes.message.register(offer, InGroup(), Command("start", "desk"))
    routes.callback_query.register(press_desk, Press(GroupDesk))
    routes.callback_query.register(ask_close, Press(AskCloseDesk))
    routes.callback_query.register(choose_language, Press(GroupLanguage))
    routes.callback_query.register(press_card, Press(GroupCard))
    routes.callback_query.register(press_reason, Press(GroupReason))
    routes.callback_query.register(press_twin, Press(GroupTwin))


# The way in


async def how_to(query: CallbackQuery, ctx: Context, username: str) -> None:
    need_organizer(ctx.who)
    await show(query, views.how_to(ctx.t, username, await ctx.db.read(actions.current)))


async def membership(update: ChatMemberUpdated, ctx: Context) -> None:
    """The bot came into a group, went out of it, or its rights there changed."""
    chat, member = update.chat, update.new_chat_member
    if member.status in GONE:
        await ctx.db.write(actions.removed, chat.id, ctx.seconds)
        return
    forum = bool(chat.is_forum)
    await ctx.db.write(actions.standing, chat.id, lacking(member, forum), forum, ctx.seconds)
    if update.old_chat_member.status in GONE:
        await ctx.write(actions.offer, chat.id)


def lacking(member: ResultChatMemberUnion, forum: bool) -> str:
    """What the bot lacks as this member of a group, "" for nothing."""
    if isinstance(member, ChatMemberRestricted) and not member.can_send_messages:
        return actions.WRITE
    manages = isinstance(member, ChatMemberAdministrator) and member.can_manage_topics
    return actions.TOPICS if forum and not manages else ""


async def migrated(message: Message, ctx: Context) -> None:
    assert message.migrate_to_chat_id is not None
    await ctx.db.write(actions.moved, message.chat.id, chat=message.migrate_to_chat_id, now=ctx.seconds)


async def offer(
    message: Message, ctx: Context, username: str, group_answers: GroupAnswers, translators: Translators
) -> None:
    """/start or /desk in a group: by the link that added the bot, or because the message with the button is out of
    sight. Whoever can do nothing with it is answered as to any command."""
    if not await ctx.write(actions.offer, message.chat.id):
        await in_group(message, ctx, username, group_answers, translators)


async def press_desk(
    query: CallbackQuery, press: GroupDesk, ctx: Context, username: str, translators: Translators
) -> Toast | None:
    need_organizer_here(ctx.who)
    message = need_message(query)
    private = message.chat.type == ChatType.PRIVATE
    if private and press.act != "close":
        raise Stale("refusal.stale")
    if press.act == "close":
        words = await spoken_in(message.chat, ctx, translators)
        await ctx.write(actions.close, None if private else message.chat.id)
        await show(query, views.how_to(ctx.t, username, None) if private else views.closed(words))
    elif press.act == "stay":
        with suppress(TelegramAPIError):
            await message.delete()
    else:
        return await open_here(query, message, press.act, ctx, translators)
    return None


async def ask_close(
    query: CallbackQuery, press: AskCloseDesk, ctx: Context, username: str, translators: Translators
) -> None:
    need_organizer_here(ctx.who)
    chat = need_message(query).chat
    words = await spoken_in(chat, ctx, translators)
    if press.wanted:
        await show(query, views.close_sure(words))
    elif chat.type == ChatType.PRIVATE:
        await how_to(query, ctx, username)
    else:
        await show(query, views.opened(words, bool(chat.is_forum)))


async def choose_language(query: CallbackQuery, press: GroupLanguage, ctx: Context, translators: Translators) -> Toast:
    """Of all that is written in the group; the cards and the topics follow by themselves."""
    need_organizer_here(ctx.who)
    chat = need_message(query).chat
    group = await ctx.write(actions.speak, chat.id, press.language)
    await show(query, views.opened(translators[group.language], group.forum))
    return Toast(ctx.t.plain("group.speaks", name=LANGUAGE_NAMES[group.language]))


def need_organizer_here(who: Who) -> None:
    """In a group nobody is invited to register: the greeting would be for all to read."""
    if not who.organizer:
        raise NotAllowed("refusal.not_organizer")
    if not who.registered:
        raise NotAllowed("group.start_me")


async def open_here(
    query: CallbackQuery, message: Message, act: str, ctx: Context, translators: Translators
) -> Toast | None:
    assert query.bot is not None
    chat, forum = message.chat, bool(message.chat.is_forum)
    fault = lacking(await query.bot.get_chat_member(chat.id, query.bot.id), forum)
    group = await ctx.write(
        actions.open_here, chat.id, title=chat.title or "", forum=forum, fault=fault, move=act == "move"
    )
    words = await spoken_in(chat, ctx, translators)
    if fault:
        await show(query, views.lacking(words, fault))
        return Toast(ctx.t.plain("group.still_lacks"), alert=True) if act == "check" else None
    if group is None:
        former = await ctx.db.read(actions.elsewhere, chat.id)
        await show(query, views.elsewhere(words, former.title if former else ""))
        return None
    await show(query, views.opened(words, forum))
    with suppress(TelegramAPIError):  # a convenience; without the right the desk works as well
        await message.pin(disable_notification=True)
    return None


# Presses on a card in the group. The card itself follows through the outbox.


async def press_card(
    query: CallbackQuery, press: GroupCard, state: FSMContext, ctx: Context, translators: Translators
) -> Toast | None:
    if press.act == "take":
        return await claim_question(query, press.number, ctx)
    if press.act == "undo":
        return await undo(query, press.number, ctx)
    if press.act == "more":
        return await more_privately(query, press.number, ctx)
    if press.act in ("decline", "back"):
        return await unfold(query, press, ctx, translators)
    if press.act == "answer":
        return await ask_privately(query, press.number, "answer", state, ctx)
    return await carry_out(query, press.number, press.act, "", ctx)


async def press_reason(query: CallbackQuery, press: GroupReason, state: FSMContext, ctx: Context) -> Toast | None:
    if press.reason == "own":
        return await ask_privately(query, press.number, "decline", state, ctx)
    return await carry_out(query, press.number, "decline", press.reason, ctx)


async def carry_out(query: CallbackQuery, number: int, decision: str, reason: str, ctx: Context) -> Toast:
    verdict = Verdict(decision, ready=reason)
    result = await ctx.write(actions.decide_in_group, number, verdict, card=card_of(query))
    if result.made:
        return Toast(ctx.t.plain(f"moderation.done_{decision}", number=number))
    return too_late(ctx, result)


async def claim_question(query: CallbackQuery, number: int, ctx: Context) -> Toast:
    """Its card then says to everybody who works on it, and whoever does has it at hand in their own chat."""
    taken = await ctx.write(actions.take, number, card_of(query))
    claim = taken.decision.claim
    if claim is None:
        return too_late(ctx, taken.decision)
    until = ctx.t.clock(claim.until)
    if taken.card is not None and not await send_card(query, taken.card, ctx):
        return Toast(ctx.t.plain("group.start_me"), alert=True)
    if claim.mine:
        return Toast(ctx.t.plain("group.taken", number=number, until=until))
    return Toast(ctx.t.plain("group.taken_by", number=number, name=claim.by, until=until), alert=True)


async def send_card(query: CallbackQuery, facts: CardFacts, ctx: Context) -> bool:
    """Send somebody the card they took. False when they have never started the bot, or blocked it."""
    screen = private_views.card(ctx.t, ctx.programme, facts, private_views.NO_LIST)
    try:
        sent = await send_to(query.bot, ctx.who.id, screen)
    except TelegramForbiddenError:
        return False
    await remember(sent, facts.question, private_views.NO_LIST, ctx)
    return True


async def undo(query: CallbackQuery, number: int, ctx: Context) -> Toast:
    """Take back what was decided last."""
    if not await ctx.write(actions.undo_in_group, number, card_of(query)):
        return Toast(ctx.t.plain("undo.moved_on"), alert=True)
    return Toast(ctx.t.plain("undo.done", number=number))


async def unfold(query: CallbackQuery, press: GroupCard, ctx: Context, translators: Translators) -> Toast | None:
    """The reasons of a decline take the place of the card's buttons, and give it back."""
    card = card_of(query)
    if press.act == "decline":
        choice = await ctx.write(actions.begin, press.number, "decline", card=card, covered=True)
        if not choice.made:
            return too_late(ctx, choice)
        view = views.reasons
    else:
        other = await ctx.write(actions.fold, press.number, card)
        if other is not None:
            return Toast(wait(ctx.t, other), alert=True)
        view = views.card
    language, facts = await ctx.db.read(actions.group_card, press.number, ctx.seconds)
    await show(query, view(translators[language], ctx.programme, facts))
    return None


async def ask_privately(query: CallbackQuery, number: int, decision: str, state: FSMContext, ctx: Context) -> Toast:
    """What has to be typed is typed in the private chat: a group is not the place for half-written answers."""
    choice = await ctx.write(actions.begin, number, decision, card=card_of(query), covered=False)
    if not choice.made:
        return too_late(ctx, choice)
    assert query.bot is not None
    private = FSMContext(state.storage, StorageKey(bot_id=query.bot.id, chat_id=ctx.who.id, user_id=ctx.who.id))
    try:
        form = deciding(choice.question, decision, private_views.NO_LIST)
        await ask_words(query, form, choice.question, private, ctx)
    except TelegramForbiddenError:
        await private.clear()
        await ctx.write(claims.let_go, number)  # nothing can be typed, so nobody is to wait for it
        return Toast(ctx.t.plain("group.start_me"), alert=True)
    return Toast(ctx.t.plain("group.asked_privately"))


async def more_privately(query: CallbackQuery, number: int, ctx: Context) -> Toast:
    """What is done seldom, e.g. correcting and merging, takes screens of its own: they open in the private chat."""
    facts, desk = await ctx.write(actions.more, number, card_of(query)), private_views.NO_LIST
    try:
        sent = await send_to(query.bot, ctx.who.id, private_views.more(ctx.t, ctx.programme, facts, desk))
    except TelegramForbiddenError:
        return Toast(ctx.t.plain("group.start_me"), alert=True)
    await remember(sent, facts.question, desk, ctx, unfolded=MENU)
    return Toast(ctx.t.plain("group.more_privately", number=number))


async def press_twin(query: CallbackQuery, press: GroupTwin, ctx: Context) -> Toast:
    """Merge the two that the card shows; which of them stays is chosen in the private chat."""
    if press.act == "choose":
        return await choose_privately(query, press, ctx)
    if press.act != "merge":
        raise Stale("refusal.stale")
    result = await ctx.write(
        actions.merge_in_group,
        press.number,
        card=card_of(query),
        target=press.target,
        read=press.read,
        beside=press.beside,
    )
    if result.claim is not None:
        return Toast(wait(ctx.t, result.claim), alert=True)
    if not result.made:
        return Toast(ctx.t.plain("moderation.read_again"), alert=True)
    return Toast(ctx.t.plain("merging.done", number=press.number, target=press.target))


async def choose_privately(query: CallbackQuery, press: GroupTwin, ctx: Context) -> Toast:
    question, other = await ctx.read(actions.twins, press.number, card=card_of(query), other=press.target)
    desk = private_views.NO_LIST
    try:
        sent = await send_to(query.bot, ctx.who.id, sure(ctx.t, question, other, desk))
    except TelegramForbiddenError:
        return Toast(ctx.t.plain("group.start_me"), alert=True)
    await remember(sent, question, desk, ctx, unfolded=MENU)
    return Toast(ctx.t.plain("group.more_privately", number=press.number))


def card_of(query: CallbackQuery) -> Card:
    """Where the pressed card stands. Stale for a message that Telegram no longer shows us."""
    message = need_message(query)
    return message.chat.id, message.message_id
