"""Taking a question, leaving it, taking it over; and what else a card offers."""

from __future__ import annotations

import datetime as dt

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.actions.moderation import claims as actions
from bot.actions.moderation import desk as moderation
from bot.middlewares.answers import Toast
from bot.programme.model import Programme
from bot.texts import Translator
from bot.views.moderation import claims as views
from bot.views.moderation import desk as cards
from bot.views.moderation.buttons import More, Work
from bot.who import Who
from handlers.filters import Press
from handlers.moderation.desk import pressed_card, put, put_card
from storage.cards import MENU
from storage.database import Database


def register(routes: Router) -> None:
    routes.callback_query.register(more, Press(More))
    routes.callback_query.register(work, Press(Work))


async def more(
    query: CallbackQuery, press: More, who: Who, t: Translator, db: Database, programme: Programme, now: dt.datetime
) -> None:
    pressed = pressed_card(query)
    facts = await db.write(moderation.open_card, who, press.number, int(now.timestamp()), pressed, claimed=False)
    await put(query, cards.more(t, programme, facts, press.desk), facts, press.desk, db, now, unfolded=MENU)


async def work(
    query: CallbackQuery, press: Work, who: Who, t: Translator, db: Database, programme: Programme, now: dt.datetime
) -> Toast:
    pressed = pressed_card(query)
    claim = await db.write(actions.work, who, press.number, press.act, int(now.timestamp()), pressed)
    await put_card(query, press.number, press.desk, who, t, db, programme, now, claimed=False)
    if claim is not None and not claim.mine:
        return Toast(views.wait(t, claim), alert=True)
    return Toast(t.plain(f"claims.done_{press.act}"))
