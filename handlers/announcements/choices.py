"""An announcement's draft: languages, audience, when, until when."""

from __future__ import annotations

import datetime as dt

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.actions.announcements import announcements as actions
from bot.actions.announcements import timing
from bot.actions.announcements.moments import end_of_day, read_moment
from bot.actions.announcements.wording import languages_of
from bot.errors import BadInput, Stale
from bot.people import People
from bot.programme.estimates import Runs, ends, starts
from bot.programme.model import Programme, Session
from bot.texts import LANGUAGES, Translator
from bot.views.announcements import announcements as desk_views
from bot.views.announcements import choices as views
from bot.views.announcements.buttons import (
    AnnounceAudience,
    AnnounceDesk,
    AnnounceTime,
    AnnounceUntil,
    AnnounceVersion,
    AnnounceWith,
)
from bot.who import Who
from handlers.announcements.announcements import show_desk
from handlers.answers import show
from handlers.filters import Press, Text
from handlers.forms import AnnouncementForm
from storage.database import Database


def register(routes: Router) -> None:
    press = routes.callback_query.register
    press(replace, Press(AnnounceDesk, act="replace"))
    press(open_versions, Press(AnnounceVersion, act="open"))
    press(write_version, Press(AnnounceVersion, act="write"))
    press(name_version, Press(AnnounceVersion, act="name"))
    press(drop_version, Press(AnnounceVersion, act="drop"))
    press(choose_audience, Press(AnnounceAudience))
    press(choose_time, Press(AnnounceTime))
    press(choose_until, Press(AnnounceUntil))
    press(choose_session, Press(AnnounceWith))


def register_forms(routes: Router) -> None:
    form = {"form": True}
    routes.message.register(type_time, StateFilter(AnnouncementForm.time), Text(), flags=form)
    routes.message.register(no_time, StateFilter(AnnouncementForm.time), flags=form)


async def replace(
    query: CallbackQuery,
    press: AnnounceDesk,
    state: FSMContext,
    who: Who,
    t: Translator,
    db: Database,
    people: People,
    now: dt.datetime,
) -> None:
    """Write it anew; of several versions, say which."""
    facts = await db.read(actions.facts, who, press.number, people.chiefs, int(now.timestamp()))
    languages = languages_of(facts.parts)
    if len(languages) > 1:
        await show(query, views.versions(t, press.number, languages))
    else:
        await ask_version(query, press.number, languages[0] if languages else "", state, t)


async def ask_version(query: CallbackQuery, number: int, language: str, state: FSMContext, t: Translator) -> None:
    await state.set_state(AnnouncementForm.text)
    await state.set_data({"number": number, "language": language})
    await show(query, desk_views.form_for(t, number, language))


async def open_versions(
    query: CallbackQuery,
    press: AnnounceVersion,
    who: Who,
    t: Translator,
    db: Database,
    people: People,
    now: dt.datetime,
) -> None:
    await show_versions(query, press.number, who, t, db, people, now)


async def show_versions(
    query: CallbackQuery, number: int, who: Who, t: Translator, db: Database, people: People, now: dt.datetime
) -> None:
    facts = await db.read(actions.facts, who, number, people.chiefs, int(now.timestamp()))
    actions.need_draft(facts.announcement)
    await show(query, views.versions(t, number, languages_of(facts.parts)))


async def write_version(
    query: CallbackQuery, press: AnnounceVersion, state: FSMContext, who: Who, t: Translator, db: Database
) -> None:
    if press.language not in LANGUAGES:
        raise Stale("refusal.stale")
    actions.need_draft(await db.read(actions.own, who, press.number))
    await ask_version(query, press.number, press.language, state, t)


async def name_version(
    query: CallbackQuery,
    press: AnnounceVersion,
    who: Who,
    t: Translator,
    db: Database,
    people: People,
    now: dt.datetime,
) -> None:
    if press.language not in LANGUAGES:
        raise Stale("refusal.stale")
    await db.write(actions.name_language, who, press.number, press.language)
    await show_versions(query, press.number, who, t, db, people, now)


async def drop_version(
    query: CallbackQuery,
    press: AnnounceVersion,
    who: Who,
    t: Translator,
    db: Database,
    people: People,
    now: dt.datetime,
) -> None:
    await db.write(actions.drop_version, who, press.number, press.language)
    await show_versions(query, press.number, who, t, db, people, now)


async def choose_audience(
    query: CallbackQuery,
    press: AnnounceAudience,
    who: Who,
    t: Translator,
    db: Database,
    people: People,
    programme: Programme,
    now: dt.datetime,
) -> None:
    if press.kind and press.kind not in views.KINDS:
        raise Stale("refusal.stale")
    if press.value or not press.kind:
        kind = views.KINDS.get(press.kind, "")
        await db.write(actions.choose_audience, who, press.number, kind, press.value, bool(press.wanted))
    facts = await db.read(actions.facts, who, press.number, people.chiefs, int(now.timestamp()))
    actions.need_draft(facts.announcement)
    if press.kind == "d":
        await show(query, views.audience_delegations(t, programme, facts, press.page))
    elif press.kind == "s":
        await show(query, views.audience_sessions(t, programme, facts, press.page))
    else:
        await show(query, views.audience_screen(t, programme, facts))


async def choose_time(
    query: CallbackQuery,
    press: AnnounceTime,
    state: FSMContext,
    who: Who,
    t: Translator,
    db: Database,
    people: People,
    programme: Programme,
    now: dt.datetime,
) -> None:
    announcement = await db.read(actions.own, who, press.number)
    actions.need_draft(announcement)
    if press.choice == "":
        await state.clear()
        await show(query, views.when(t, programme, announcement))
    elif press.choice == "typed":
        await state.set_state(AnnouncementForm.time)
        await state.set_data({"number": press.number})
        await show(query, views.type_time(t, press.number))
    else:
        send_at = None if press.choice == "now" else int(now.timestamp()) + minutes_of(press.choice) * 60
        await db.write(actions.choose_time, who, press.number, send_at)
        await show_desk(query, press.number, who, t, db, people, programme, now)


def minutes_of(choice: str) -> int:
    if choice not in map(str, views.MINUTES):
        raise Stale("refusal.stale")
    return int(choice)


async def type_time(
    message: Message,
    text: str,
    state: FSMContext,
    who: Who,
    t: Translator,
    db: Database,
    people: People,
    programme: Programme,
    now: dt.datetime,
) -> None:
    number = (await state.get_data())["number"]
    moment = read_moment(text, now.astimezone(t.zone))
    await db.write(actions.choose_time, who, number, moment)
    await state.clear()
    await show_desk(message, number, who, t, db, people, programme, now)


async def no_time(message: Message) -> None:
    raise BadInput("announcements.bad_time")


async def choose_until(
    query: CallbackQuery,
    press: AnnounceUntil,
    who: Who,
    t: Translator,
    db: Database,
    people: People,
    programme: Programme,
    runs: Runs,
    now: dt.datetime,
) -> None:
    announcement = await db.read(actions.own, who, press.number)
    actions.need_draft(announcement)
    if press.choice == "":
        await show(query, views.until(t, announcement))
        return
    begins = max(timing.planned(announcement, programme, runs) or 0, int(now.timestamp()))
    if press.choice == "never":
        expires_at = None
    elif press.choice == "today":
        expires_at = end_of_day(begins, t.zone)
    elif press.choice in map(str, views.HOURS):
        expires_at = begins + int(press.choice) * 3600
    else:
        raise Stale("refusal.stale")
    await db.write(actions.choose_expiry, who, press.number, expires_at)
    await show_desk(query, press.number, who, t, db, people, programme, now)


async def choose_session(
    query: CallbackQuery,
    press: AnnounceWith,
    who: Who,
    t: Translator,
    db: Database,
    people: People,
    programme: Programme,
    runs: Runs,
    now: dt.datetime,
) -> None:
    actions.need_draft(await db.read(actions.own, who, press.number))
    if not press.session:
        sessions = to_come(programme, runs, press.purpose, now)
        await show(query, views.choose_session(t, press.number, press.purpose, sessions, press.page))
        return
    session = programme.session(press.session)
    if session is None or session not in to_come(programme, runs, press.purpose, now):
        raise Stale("announcements.session_over")
    if press.purpose == "w":
        await db.write(actions.choose_time, who, press.number, None, session.code)
    else:
        end = int(ends(programme, runs, session).timestamp())
        await db.write(actions.choose_expiry, who, press.number, end, session.code)
    await show_desk(query, press.number, who, t, db, people, programme, now)


def to_come(programme: Programme, runs: Runs, purpose: str, now: dt.datetime) -> list[Session]:
    """Sessions an announcement can go out with ("w"): not begun; or hold until the end of ("x"): not over."""
    edge = starts if purpose == "w" else ends
    return [one for one in programme.sessions if not one.cancelled and now < edge(programme, runs, one)]
