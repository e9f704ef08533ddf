"""The agenda: now and next, days, rooms, my own, cards, calendar files."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from bot.actions.agenda import agenda as actions
from bot.actions.questions.questions import takes_questions
from bot.context import Context
from bot.errors import NotRegistered, Stale
from bot.middlewares.answers import Toast
from bot.people import People
from bot.programme.estimates import ends, starts
from bot.programme.ics import calendar
from bot.programme.lookup import need_date, need_session
from bot.programme.now import nearest_day, next_up
from bot.programme.now import now as on_now
from bot.views.agenda import agenda as views
from bot.views.agenda import now as now_views
from bot.views.agenda import sessions as session_views
from bot.views.agenda.buttons import (
    Calendar,
    DayPage,
    MyPage,
    NowPage,
    RoomPage,
    RoomsPage,
    SessionCard,
    SessionPeople,
    Star,
)
from bot.views.buttons import Go
from handlers.answers import need_message, show
from handlers.filters import Key, Press, page_in


def register(routes: Router) -> None:
    routes.message.register(open_now, Key("menu.now"))
    routes.message.register(open_today, Key("menu.agenda"))
    routes.message.register(open_mine, Key("menu.my"))
    routes.message.register(open_today, Command("agenda"))
    routes.message.register(open_now, Command("now"))
    routes.message.register(open_mine, Command("my"))
    routes.callback_query.register(open_card, Press(SessionCard))
    routes.callback_query.register(open_people, Press(SessionPeople))
    routes.callback_query.register(star, Press(Star))
    routes.callback_query.register(open_day, Press(DayPage))
    routes.callback_query.register(open_room, Press(RoomPage))
    routes.callback_query.register(open_my_page, Press(MyPage))
    routes.callback_query.register(open_rooms, Press(RoomsPage))
    routes.callback_query.register(open_now, Press(Go, where="now"))
    routes.callback_query.register(open_now, Press(NowPage))
    routes.callback_query.register(open_today, Press(Go, where="days"))
    routes.callback_query.register(open_rooms, Press(Go, where="rooms"))
    routes.callback_query.register(open_mine, Press(Go, where="my"))
    routes.callback_query.register(send_calendar, Press(Calendar))


async def open_today(event: Message | CallbackQuery, ctx: Context) -> None:
    """The agenda opens at today; before the forum at its first day, after it at its last."""
    today = ctx.now.astimezone(ctx.t.zone).date()
    date = nearest_day(ctx.programme, today) or today
    page = 0
    if date == today:
        running = [
            number
            for number, one in enumerate(ctx.programme.of_day(date))
            if ends(ctx.programme, ctx.runs, one) > ctx.now
        ]
        page = running[0] // views.PAGE if running else 0
    await show(event, views.day(ctx.t, ctx.programme, ctx.runs, date, page=page, starred=ctx.who.starred, now=ctx.now))


async def open_day(query: CallbackQuery, press: DayPage, ctx: Context) -> None:
    date = need_date(press.day)
    if ctx.programme.day(date) is None:
        raise Stale("refusal.stale")
    await show(
        query, views.day(ctx.t, ctx.programme, ctx.runs, date, page=press.page, starred=ctx.who.starred, now=ctx.now)
    )


async def open_now(event: Message | CallbackQuery, ctx: Context, press: NowPage | None = None) -> None:
    current, coming = on_now(ctx.programme, ctx.runs, ctx.now), next_up(ctx.programme, ctx.runs, ctx.now)
    await show(
        event,
        now_views.now_and_next(
            ctx.t, ctx.programme, ctx.runs, current, coming=coming, who=ctx.who, now=ctx.now, page=page_in(press)
        ),
    )


async def open_rooms(query: CallbackQuery, press: Go | RoomsPage, ctx: Context) -> None:
    await show(query, views.rooms(ctx.t, ctx.programme, page_in(press)))


async def open_room(query: CallbackQuery, press: RoomPage, ctx: Context) -> None:
    if ctx.programme.room(press.room) is None:
        raise Stale("refusal.stale")
    await show(
        query,
        views.room(ctx.t, ctx.programme, ctx.runs, press.room, page=press.page, starred=ctx.who.starred, now=ctx.now),
    )


async def open_mine(event: Message | CallbackQuery, ctx: Context) -> None:
    if not ctx.who.registered:
        raise NotRegistered("my")
    await show_mine(event, 0, ctx)


async def open_my_page(query: CallbackQuery, press: MyPage, ctx: Context) -> None:
    if not ctx.who.registered:
        raise NotRegistered("my")
    await show_mine(query, press.page, ctx)


async def show_mine(event: Message | CallbackQuery, page: int, ctx: Context) -> None:
    mine = await ctx.db.read(actions.whole, ctx.who.id, ctx.programme)
    speaks = bool(ctx.who.speaks_as)
    await show(event, views.mine(ctx.t, ctx.programme, ctx.runs, mine, page=page, speaks=speaks, now=ctx.now))


async def open_card(query: CallbackQuery, press: SessionCard, ctx: Context) -> None:
    await show_card(query, press.session, press.back, ctx)


async def open_people(query: CallbackQuery, press: SessionPeople, ctx: Context) -> None:
    session = need_session(ctx.programme, press.session)
    await show(query, session_views.people(ctx.t, ctx.programme, session, page=press.page, back=press.back))


async def star(query: CallbackQuery, press: Star, ctx: Context, people: People) -> Toast:
    await put_star(query, press, ctx, people)
    if not press.wanted:
        return Toast(ctx.t.plain("agenda.unstarred"))
    session = ctx.programme.session(press.session)
    begun = session is None or starts(ctx.programme, ctx.runs, session) <= ctx.now
    lead = ctx.who.participant.lead_minutes if ctx.who.participant and not begun else 0
    said = ctx.t.plain("agenda.starred_lead", count=lead) if lead else ctx.t.plain("agenda.starred")
    stars = (await people.get(ctx.who.id)).starred
    others = actions.at_the_same_time(ctx.programme, ctx.runs, stars, press.session, ctx.now)
    if others:
        said = f"{said}\n{session_views.same_time(ctx.t, ctx.programme, ctx.runs, others, ctx.now)}"
    return Toast(said)


async def put_star(event: Message | CallbackQuery, press: Star, ctx: Context, people: People) -> None:
    """Or take it away, and show the card so."""
    await ctx.write(actions.star, ctx.programme, press.session, wanted=bool(press.wanted))
    people.changed(ctx.who.id)
    if not press.wanted and ctx.programme.session(press.session) is None:
        await show_mine(event, 0, ctx)
    else:
        await show_card(event, press.session, press.back, ctx)


async def show_card(event: Message | CallbackQuery, code: str, back: str, ctx: Context) -> None:
    session = need_session(ctx.programme, code)
    stars, public = await ctx.db.read(actions.card_facts, ctx.who.id, code)
    others = actions.at_the_same_time(ctx.programme, ctx.runs, stars, code, ctx.now)
    asks = takes_questions(ctx.programme, ctx.runs, session, ctx.now)
    reader = session_views.Reader(code in stars, asks, public, ctx.who.moderates(code), ctx.who.organizer, others)
    await show(event, session_views.card(ctx.t, ctx.programme, ctx.runs, session, reader, back=back, now=ctx.now))


async def send_calendar(query: CallbackQuery, press: Calendar, ctx: Context, username: str) -> None:
    if press.which != "all" and not ctx.who.registered:
        raise NotRegistered("my")
    sessions = (
        ctx.programme.sessions if press.which == "all" else await ctx.db.read(actions.mine, ctx.who.id, ctx.programme)
    )
    message = need_message(query)
    if not sessions:
        raise Stale("refusal.stale")
    file = calendar(ctx.programme, sessions, ctx.t.language, ctx.now, url=f"https://t.me/{username}?start=s_")
    name = "forum.ics" if press.which == "all" else "my-agenda.ics"
    await message.answer_document(BufferedInputFile(file, name), caption=ctx.t("agenda.calendar_caption"))
