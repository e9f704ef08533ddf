"""Muting the author of a question, and who is muted."""

from __future__ import annotations

import datetime as dt

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.actions.moderation import desk as moderation
from bot.actions.moderation import mutes as actions
from bot.middlewares.answers import Toast
from bot.programme.model import Programme
from bot.texts import Translator
from bot.views.moderation import desk as cards
from bot.views.moderation import mutes as views
from bot.views.moderation.buttons import MutedPage, SetVoice
from bot.who import Who
from handlers.answers import show
from handlers.filters import Press
from handlers.moderation.desk import pressed_card, put
from storage.cards import MENU
from storage.database import Database


def register(routes: Router) -> None:
    routes.message.register(open_list, Command("muted"))
    routes.callback_query.register(open_list, Press(MutedPage))
    routes.callback_query.register(set_voice, Press(SetVoice))


async def open_list(
    event: Message | CallbackQuery,
    who: Who,
    t: Translator,
    db: Database,
    programme: Programme,
    press: MutedPage | None = None,
) -> None:
    listed = await db.read(actions.listed, who)
    await show(event, views.muted(t, programme, listed, press.page if press else 0))


async def set_voice(
    query: CallbackQuery,
    press: SetVoice,
    who: Who,
    t: Translator,
    db: Database,
    programme: Programme,
    now: dt.datetime,
) -> Toast:
    act = actions.mute if press.muted else actions.unmute
    pressed = pressed_card(query)
    await db.write(act, who, press.number, int(now.timestamp()), pressed)
    if press.desk == views.LIST:
        await show(query, views.muted(t, programme, await db.read(actions.listed, who), 0))
    else:
        facts = await db.write(moderation.open_card, who, press.number, int(now.timestamp()), pressed, claimed=False)
        await put(query, cards.more(t, programme, facts, press.desk), facts, press.desk, db, now, unfolded=MENU)
    return Toast(t.plain("mutes.done_mute" if press.muted else "mutes.done_unmute"))
