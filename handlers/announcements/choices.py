"""An announcement's draft: languages, audience, when, until when."""

from __future__ import annotations

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.actions.announcements import amending, timing
from bot.actions.announcements import announcements as actions
from bot.actions.announcements.moments import end_of_day, read_moment
from bot.actions.announcements.wording import languages_of
from bot.actions.became import AnnouncementTime
from bot.context import Context
from bot.errors import BadInput, Stale
from bot.programme.estimates import ends, starts
from bot.programme.model import Session
from bot.texts import LANGUAGES
from bot.views.announcements import announcements as desk_views
from bot.views.announcements import card
from bot.views.announcements import choices as views
from bot.views.announcements.buttons import (
    AnnounceAudience,
    AnnounceDesk,
    AnnounceTime,
    AnnounceUntil,
    AnnounceVersion,
    AnnounceWith,
    NameVersion,
)
from handlers.announcements.announcements import show_desk
from handlers.answers import show
from handlers.filters import Press, Text, WasTyped
from handlers.forms import AnnouncementForm, InForm, SendTimeForm


def register(routes: Router) -> None:
    press = routes.callback_query.register
    press(replace, Press(AnnounceDesk, act="replace"))
    press(open_versions, Press(AnnounceVersion, act="open"))
    press(write_version, Press(AnnounceVersion, act="write"))
    press(name_version, Press(AnnounceVersion, act="name"))
    press(rename_version, Press(NameVersion))
    press(drop_version, Press(AnnounceVersion, act="drop"))
    press(choose_audience, Press(AnnounceAudience))
    press(choose_time, Press(AnnounceTime))
    press(choose_until, Press(AnnounceUntil))
    press(choose_session, Press(AnnounceWith))


def register_forms(routes: Router) -> None:
    routes.message.register(type_time, InForm(SendTimeForm), Text())
    routes.message.register(no_time, InForm(SendTimeForm))
    routes.edited_message.register(amend_time, WasTyped(AnnouncementTime), Text())
    routes.edited_message.register(no_time, WasTyped(AnnouncementTime))


async def replace(query: CallbackQuery, press: AnnounceDesk, state: FSMContext, ctx: Context) -> None:
    """Write it again; of several versions, say which."""
    facts = await ctx.read(actions.facts, ctx.seconds, press.number)
    languages = languages_of(facts.parts)
    if len(languages) > 1:
        await show(query, views.versions(ctx.t, press.number, languages))
    else:
        await ask_version(query, press.number, languages[0] if languages else "", state, ctx)


async def ask_version(query: CallbackQuery, number: int, language: str, state: FSMContext, ctx: Context) -> None:
    await AnnouncementForm(number, language).save(state)
    facts = await ctx.read(actions.facts, ctx.seconds, number)
    await show(query, card.form_for(ctx.t, facts, language))


async def open_versions(query: CallbackQuery, press: AnnounceVersion, ctx: Context) -> None:
    await show_versions(query, press.number, ctx)


async def show_versions(query: CallbackQuery, number: int, ctx: Context) -> None:
    facts = await ctx.read(actions.facts, ctx.seconds, number)
    actions.need_draft(facts.announcement)
    await show(query, views.versions(ctx.t, number, languages_of(facts.parts)))


async def write_version(query: CallbackQuery, press: AnnounceVersion, state: FSMContext, ctx: Context) -> None:
    """One of a language, there already or not, or the one for all where there is one."""
    facts = await ctx.read(actions.facts, ctx.seconds, press.number)
    if press.language not in (*LANGUAGES, *languages_of(facts.parts)):
        raise Stale("refusal.stale")
    actions.need_draft(await ctx.read(actions.own, press.number))
    await ask_version(query, press.number, press.language, state, ctx)


async def name_version(query: CallbackQuery, press: AnnounceVersion, ctx: Context) -> None:
    if press.language not in LANGUAGES:
        raise Stale("refusal.stale")
    await ctx.db.write(actions.name_language, ctx.who, press.number, press.language)
    await show_versions(query, press.number, ctx)


async def rename_version(query: CallbackQuery, press: NameVersion, ctx: Context) -> None:
    await ctx.db.write(actions.name_language, ctx.who, press.number, press.becomes, before=press.language)
    await show_versions(query, press.number, ctx)


async def drop_version(query: CallbackQuery, press: AnnounceVersion, ctx: Context) -> None:
    await ctx.db.write(actions.drop_version, ctx.who, press.number, press.language)
    await show_versions(query, press.number, ctx)


async def choose_audience(query: CallbackQuery, press: AnnounceAudience, ctx: Context) -> None:
    if press.kind and press.kind not in views.KINDS:
        raise Stale("refusal.stale")
    if press.value or not press.kind:
        kind = views.KINDS.get(press.kind, "")
        await ctx.db.write(
            actions.choose_audience, ctx.who, press.number, kind=kind, value=press.value, wanted=bool(press.wanted)
        )
    facts = await ctx.read(actions.facts, ctx.seconds, press.number)
    actions.need_draft(facts.announcement)
    if press.kind == "d":
        await show(query, views.audience_delegations(ctx.t, ctx.programme, facts, press.page))
    elif press.kind == "s":
        await show(query, views.audience_sessions(ctx.t, ctx.programme, ctx.runs, facts, page=press.page, now=ctx.now))
    else:
        await show(query, views.audience_screen(ctx.t, ctx.programme, facts))


async def choose_time(query: CallbackQuery, press: AnnounceTime, state: FSMContext, ctx: Context) -> None:
    announcement = await ctx.read(actions.own, press.number)
    actions.need_draft(announcement)
    if press.choice == "":
        await state.clear()
        await show(query, views.when(ctx.t, ctx.programme, announcement))
    elif press.choice == "typed":
        await SendTimeForm(press.number).save(state)
        await show(query, views.type_time(ctx.t, press.number))
    else:
        send_at = None if press.choice == "now" else ctx.seconds + minutes_of(press.choice) * 60
        await ctx.db.write(actions.choose_time, ctx.who, press.number, send_at)
        await show_desk(query, press.number, ctx)


def minutes_of(choice: str) -> int:
    if choice not in map(str, views.MINUTES):
        raise Stale("refusal.stale")
    return int(choice)


async def type_time(message: Message, text: str, state: FSMContext, ctx: Context) -> AnnouncementTime:
    form = await SendTimeForm.load(state)
    moment = read_moment(text, ctx.now.astimezone(ctx.t.zone))
    await ctx.db.write(actions.choose_time, ctx.who, form.number, moment)
    await state.clear()
    await show_desk(message, form.number, ctx)
    return AnnouncementTime(form.number, moment)


async def amend_time(
    message: Message, text: str, became: AnnouncementTime, ctx: Context, approval: bool
) -> AnnouncementTime | None:
    """The message that said when was edited."""
    moment = read_moment(text, ctx.now.astimezone(ctx.t.zone))
    came = await ctx.write(
        amending.amend_time,
        became.number,
        kept=became.kept,
        send_at=moment,
        programme=ctx.programme,
        approval=approval,
    )
    if came is None:
        return None
    await message.answer(desk_views.amended(ctx.t, came))
    await show_desk(message, came.number, ctx)
    return AnnouncementTime(came.number, moment)


async def no_time(message: Message) -> None:
    raise BadInput("announcements.bad_time")


async def choose_until(query: CallbackQuery, press: AnnounceUntil, ctx: Context) -> None:
    announcement = await ctx.read(actions.own, press.number)
    actions.need_draft(announcement)
    if press.choice == "":
        await show(query, views.until(ctx.t, announcement))
        return
    begins = max(timing.planned(announcement, ctx.programme, ctx.runs) or 0, ctx.seconds)
    if press.choice == "never":
        expires_at = None
    elif press.choice == "today":
        expires_at = end_of_day(begins, ctx.t.zone)
    elif press.choice in map(str, views.HOURS):
        expires_at = begins + int(press.choice) * 3600
    else:
        raise Stale("refusal.stale")
    await ctx.db.write(actions.choose_expiry, ctx.who, press.number, expires_at)
    await show_desk(query, press.number, ctx)


async def choose_session(query: CallbackQuery, press: AnnounceWith, ctx: Context) -> None:
    actions.need_draft(await ctx.read(actions.own, press.number))
    if not press.session:
        sessions = to_come(ctx, press.purpose)
        shown = views.choose_session(
            ctx.t,
            ctx.programme,
            ctx.runs,
            sessions,
            number=press.number,
            purpose=press.purpose,
            page=press.page,
            now=ctx.now,
        )
        await show(query, shown)
        return
    session = ctx.programme.session(press.session)
    if session is None or session not in to_come(ctx, press.purpose):
        raise Stale("announcements.session_over")
    if press.purpose == "w":
        await ctx.db.write(actions.choose_time, ctx.who, press.number, None, session.code)
    else:
        end = int(ends(ctx.programme, ctx.runs, session).timestamp())
        await ctx.db.write(actions.choose_expiry, ctx.who, press.number, end, session.code)
    await show_desk(query, press.number, ctx)


def to_come(ctx: Context, purpose: str) -> list[Session]:
    """Sessions an announcement can go out with ("w"): not begun; or hold until the end of ("x"): not over."""
    edge = starts if purpose == "w" else ends
    return [one for one in ctx.programme.sessions if not one.cancelled and ctx.now < edge(ctx.programme, ctx.runs, one)]
