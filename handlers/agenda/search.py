"""What is typed outside any form: a time, a place, a courtesy; anything else is looked for, and can be asked."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot.actions.agenda import ratings
from bot.actions.questions import asking
from bot.actions.typed import one_line, says_something
from bot.context import Context
from bot.errors import Stale
from bot.middlewares.rated import Rated
from bot.programme.current import CurrentProgramme
from bot.programme.model import Session
from bot.programme.now import nearest_day, next_up
from bot.programme.now import now as on_now
from bot.programme.search import Findings
from bot.programme.typed.understood import (
    AtTime,
    Courtesy,
    Meaning,
    OnDay,
    OnNow,
    Place,
    Sought,
    Unreadable,
    WholeAgenda,
    understand,
)
from bot.views.agenda import agenda as agenda_views
from bot.views.agenda import found as views
from bot.views.agenda.buttons import Found, RoomCard
from bot.views.people import menu
from bot.views.screen import Screen
from handlers.agenda.agenda import open_now, open_today
from handlers.answers import message_of, reply, show
from handlers.entrance.posters import show_room
from handlers.filters import Press, Text

QUERY_MAX = 200  # characters of a search: nobody types more, and what is pasted needs no more to be found


def register(routes: Router) -> None:
    routes.callback_query.register(turn_found, Press(Found))
    routes.callback_query.register(open_room, Press(RoomCard))


def register_words(routes: Router) -> None:
    """Any other word that is typed. Stands after every form."""
    routes.message.register(read, Text())


async def read(
    message: Message, text: str, ctx: Context, current: CurrentProgramme, rated: Rated | None = None
) -> None:
    meant, rate = understand(text, ctx.programme, ctx.now), to_rate(rated, ctx)
    match meant:
        case OnNow():
            await open_now(message, ctx)
        case WholeAgenda():
            await open_today(message, ctx)
        case OnDay() | AtTime() | Unreadable():
            await show(message, without_search(meant, ctx))
        case Place(words):
            if not await show_place(message, words, ctx, current):
                await answer_found(message, replace(look(text, ctx, current), rate=rate), ctx)
        case Courtesy(kind):
            looked = views.Looked(one_line(text), Findings(), rate=rate)
            await answer(message, views.courtesy(ctx.t, kind, looked), looked)
        case Sought():
            await answer_found(message, replace(look(text, ctx, current), rate=rate), ctx)


async def answer_found(message: Message, looked: views.Looked, ctx: Context) -> None:
    await answer(message, found(looked, 0, ctx), looked)


async def answer(message: Message, screen: Screen, looked: views.Looked) -> None:
    """Quotes what was typed where something can be done with it."""
    if looked.offers:
        await reply(message.bot, message.chat.id, screen, message.message_id)
    else:
        await show(message, screen)


def look(text: str, ctx: Context, current: CurrentProgramme) -> views.Looked:
    """What typed words may be."""
    query = one_line(text[:QUERY_MAX])
    findings = current.index.look(query, ctx.t.language)
    ask = asking.may_be_question(text, found=bool(findings.things))
    sessions = asking.offered(ctx.programme, ctx.runs, ctx.who.starred, ctx.now) if ask else []
    return views.Looked(query, findings, sessions)


def to_rate(rated: Rated | None, ctx: Context) -> Session | None:
    """The session that was rated just before."""
    if rated is None or ctx.seconds - rated.at > ratings.RECENT:
        return None
    return ctx.programme.session(rated.session)


def found(looked: views.Looked, page: int, ctx: Context) -> Screen:
    return views.found(ctx.t, ctx.programme, ctx.runs, looked, page=page, starred=ctx.who.starred, now=ctx.now)


async def turn_found(query: CallbackQuery, press: Found, ctx: Context, current: CurrentProgramme) -> None:
    """Also the way back from a card; what can be done with the words, as long as the message quotes them."""
    if not says_something(press.query):
        raise Stale("refusal.stale")
    message = message_of(query)
    quoted = message.reply_to_message if message else None
    looked = look(quoted.text if quoted and quoted.text else press.query, ctx, current)
    if not quoted:
        looked = replace(looked, ask=())
    await show(query, found(looked, press.page, ctx))


def without_search(meant: Meaning, ctx: Context) -> Screen:
    if isinstance(meant, AtTime):
        current, coming = (find(ctx.programme, ctx.runs, meant.moment) for find in (on_now, next_up))
        return views.at_time(
            ctx.t,
            ctx.programme,
            ctx.runs,
            meant,
            current=current,
            coming=coming,
            starred=ctx.who.starred,
            now=ctx.now,
        )
    if isinstance(meant, Unreadable):
        return views.unreadable(ctx.t, meant.kind)
    assert isinstance(meant, OnDay)
    if ctx.programme.of_day(meant.date):
        return on_day(meant.date, ctx)
    nearest = nearest_day(ctx.programme, meant.date) or meant.date
    return views.no_such_day(ctx.t, meant.date, on_day(nearest, ctx))


def on_day(date: dt.date, ctx: Context) -> Screen:
    return agenda_views.day(ctx.t, ctx.programme, ctx.runs, date, page=0, starred=ctx.who.starred, now=ctx.now)


async def show_place(message: Message, words: str, ctx: Context, current: CurrentProgramme) -> bool:
    """Where the forum is, or a room. False for anything else: that is looked for, and has its room beside it."""
    rooms = current.index.rooms(words, ctx.t.language) if words else ()
    if not words:
        await show(message, menu.info(ctx.t, ctx.programme))
    elif len(rooms) == 1:
        await show_room(message, rooms[0].code, ctx, way=True)
    elif rooms:
        await show(message, found(views.Looked(words, Findings(rooms)), 0, ctx))
    return not words or bool(rooms)


async def open_room(query: CallbackQuery, press: RoomCard, ctx: Context) -> None:
    if ctx.programme.room(press.room) is None:
        raise Stale("refusal.stale")
    await show_room(query, press.room, ctx, way=True)
