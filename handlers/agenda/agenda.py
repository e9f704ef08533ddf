"""The agenda: now and next, days, rooms, my own, cards, search, calendar files."""

from __future__ import annotations

import datetime as dt

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from bot.actions.agenda import agenda as actions
from bot.actions.questions.questions import takes_questions
from bot.actions.typed import one_line
from bot.errors import BadInput, NotRegistered, Stale
from bot.middlewares.answers import Toast
from bot.people import People
from bot.programme.current import CurrentProgramme
from bot.programme.estimates import Runs, ends, starts
from bot.programme.ics import calendar
from bot.programme.model import Programme
from bot.programme.now import nearest_day, next_up
from bot.programme.now import now as on_now
from bot.texts import Translator
from bot.views.agenda import agenda as views
from bot.views.agenda import sessions as session_views
from bot.views.agenda.buttons import (
    Calendar,
    DayPage,
    Found,
    MyPage,
    RoomPage,
    RoomsPage,
    SessionCard,
    Star,
)
from bot.views.buttons import Go
from bot.who import Who
from handlers.answers import message_of, show
from handlers.filters import Key, Press, Text
from storage.database import Database

QUERY_MAX = 200  # characters of a search: nobody types more, and what is pasted needs no more to be found


def register(routes: Router) -> None:
    routes.message.register(open_today, Key("menu.agenda"))
    routes.message.register(open_mine, Key("menu.my"))
    routes.message.register(open_today, Command("agenda"))
    routes.message.register(open_now, Command("now"))
    routes.message.register(open_mine, Command("my"))
    routes.callback_query.register(open_card, Press(SessionCard))
    routes.callback_query.register(star, Press(Star))
    routes.callback_query.register(open_day, Press(DayPage))
    routes.callback_query.register(open_room, Press(RoomPage))
    routes.callback_query.register(open_my_page, Press(MyPage))
    routes.callback_query.register(turn_rooms, Press(RoomsPage))
    routes.callback_query.register(turn_found, Press(Found))
    routes.callback_query.register(open_now, Press(Go, where="now"))
    routes.callback_query.register(open_today, Press(Go, where="days"))
    routes.callback_query.register(open_rooms, Press(Go, where="rooms"))
    routes.callback_query.register(open_mine, Press(Go, where="my"))
    routes.callback_query.register(send_calendar, Press(Calendar))


def register_search(routes: Router) -> None:
    """Any other word that is typed: looked for in the programme. Stands after every form."""
    routes.message.register(search, Text())


async def open_today(
    event: Message | CallbackQuery,
    who: Who,
    t: Translator,
    programme: Programme,
    runs: Runs,
    now: dt.datetime,
) -> None:
    """The agenda opens at today; before the forum at its first day, after it at its last."""
    today = now.astimezone(t.zone).date()
    date = nearest_day(programme, today) or today
    page = 0
    if date == today:
        running = [number for number, one in enumerate(programme.of_day(date)) if ends(programme, runs, one) > now]
        page = running[0] // views.PAGE if running else 0
    await show(event, views.day(t, programme, runs, date, page, who.starred, now))


async def open_day(
    query: CallbackQuery,
    press: DayPage,
    who: Who,
    t: Translator,
    programme: Programme,
    runs: Runs,
    now: dt.datetime,
) -> None:
    date = views.day_from_key(press.day)
    if date is None or programme.day(date) is None:
        raise Stale("refusal.stale")
    await show(query, views.day(t, programme, runs, date, press.page, who.starred, now))


async def open_now(
    event: Message | CallbackQuery,
    who: Who,
    t: Translator,
    programme: Programme,
    runs: Runs,
    now: dt.datetime,
) -> None:
    current, coming = on_now(programme, runs, now), next_up(programme, runs, now)
    await show(event, views.now_and_next(t, programme, runs, current, coming, who, now))


async def open_rooms(query: CallbackQuery, t: Translator, programme: Programme) -> None:
    await show(query, views.rooms(t, programme, 0))


async def turn_rooms(query: CallbackQuery, press: RoomsPage, t: Translator, programme: Programme) -> None:
    await show(query, views.rooms(t, programme, press.page))


async def open_room(
    query: CallbackQuery,
    press: RoomPage,
    who: Who,
    t: Translator,
    programme: Programme,
    runs: Runs,
    now: dt.datetime,
) -> None:
    if programme.room(press.room) is None:
        raise Stale("refusal.stale")
    await show(query, views.room(t, programme, runs, press.room, press.page, who.starred, now))


async def open_mine(
    event: Message | CallbackQuery,
    who: Who,
    t: Translator,
    db: Database,
    programme: Programme,
    runs: Runs,
    now: dt.datetime,
) -> None:
    if not who.registered:
        raise NotRegistered
    sessions = await db.read(actions.mine, who.id, programme)
    await show(event, views.mine(t, programme, runs, sessions, 0, bool(who.speaks_as), now))


async def open_my_page(
    query: CallbackQuery,
    press: MyPage,
    who: Who,
    t: Translator,
    db: Database,
    programme: Programme,
    runs: Runs,
    now: dt.datetime,
) -> None:
    sessions = await db.read(actions.mine, who.id, programme)
    await show(query, views.mine(t, programme, runs, sessions, press.page, bool(who.speaks_as), now))


async def open_card(
    query: CallbackQuery,
    press: SessionCard,
    who: Who,
    t: Translator,
    db: Database,
    programme: Programme,
    runs: Runs,
    now: dt.datetime,
) -> None:
    await show_card(query, press.session, press.back, who, t, db, programme, runs, now)


async def star(
    query: CallbackQuery,
    press: Star,
    who: Who,
    t: Translator,
    db: Database,
    people: People,
    programme: Programme,
    runs: Runs,
    now: dt.datetime,
) -> Toast:
    wanted = bool(press.wanted)
    await db.write(actions.star, who, programme, press.session, wanted, int(now.timestamp()))
    people.changed(who.id)
    await show_card(query, press.session, press.back, who, t, db, programme, runs, now)
    if not wanted:
        return Toast(t.plain("agenda.unstarred"))
    session = programme.session(press.session)
    begun = session is None or starts(programme, runs, session) <= now
    lead = who.participant.lead_minutes if who.participant and not begun else 0
    return Toast(t.plain("agenda.starred_lead", count=lead) if lead else t.plain("agenda.starred"))


async def show_card(
    event: Message | CallbackQuery,
    code: str,
    back: str,
    who: Who,
    t: Translator,
    db: Database,
    programme: Programme,
    runs: Runs,
    now: dt.datetime,
) -> None:
    session = programme.session(code)
    if session is None:
        raise Stale("agenda.no_such_session")
    starred, public = await db.read(actions.card_facts, who.id, code)
    asks = takes_questions(programme, runs, session, now)
    facts = (starred, asks, back, public, who.moderates(code), who.organizer)
    await show(event, session_views.card(t, programme, runs, session, *facts, now))


async def search(
    message: Message,
    text: str,
    who: Who,
    t: Translator,
    programme: Programme,
    runs: Runs,
    current: CurrentProgramme,
    now: dt.datetime,
) -> None:
    await show_found(message, one_line(text[:QUERY_MAX]), 0, who, t, programme, runs, current, now)


async def turn_found(
    query: CallbackQuery,
    press: Found,
    who: Who,
    t: Translator,
    programme: Programme,
    runs: Runs,
    current: CurrentProgramme,
    now: dt.datetime,
) -> None:
    await show_found(query, press.query, press.page, who, t, programme, runs, current, now)


async def show_found(
    event: Message | CallbackQuery,
    words: str,
    page: int,
    who: Who,
    t: Translator,
    programme: Programme,
    runs: Runs,
    current: CurrentProgramme,
    now: dt.datetime,
) -> None:
    if not any(letter.isalnum() for letter in words):
        raise BadInput("agenda.nothing_to_find")
    hits = current.index.find(words, t.language)
    sessions = [hit.session for hit in hits]
    await show(event, views.found(t, programme, runs, words, sessions, page, who.starred, now))


async def send_calendar(
    query: CallbackQuery,
    press: Calendar,
    who: Who,
    t: Translator,
    db: Database,
    programme: Programme,
    username: str,
    now: dt.datetime,
) -> None:
    sessions = programme.sessions if press.which == "all" else await db.read(actions.mine, who.id, programme)
    message = message_of(query)
    if message is None or not sessions:
        raise Stale("refusal.stale")
    file = calendar(programme, sessions, t.language, now, url=f"https://t.me/{username}?start=s_")
    name = "forum.ics" if press.which == "all" else "my-agenda.ics"
    await message.answer_document(BufferedInputFile(file, name), caption=t("agenda.calendar_caption"))
