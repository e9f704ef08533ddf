"""/staff: who may what, invitations, revoking."""

from __future__ import annotations

import datetime as dt

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message
from aiogram.utils.deep_linking import create_deep_link

from bot.actions.rights import need_organizer
from bot.actions.staff import staff as actions
from bot.errors import Stale
from bot.middlewares.answers import Toast
from bot.people import People
from bot.programme.model import Programme
from bot.texts import Translator, Translators
from bot.views.agenda.agenda import day_from_key
from bot.views.buttons import Go
from bot.views.publishing import speaker_links as speaker_views
from bot.views.staff import staff as views
from bot.views.staff.buttons import (
    Invite,
    InviteDay,
    Revoke,
    WithdrawInvitation,
)
from bot.who import SPEAKER, Who
from handlers.answers import send_to, show
from handlers.commands import set_commands
from handlers.filters import Key, Press
from storage.database import Database
from storage.roles import Role


def register(routes: Router) -> None:
    for entry in (Key("menu.staff"), Command("staff")):
        routes.message.register(open_staff, entry)
    routes.callback_query.register(open_staff, Press(Go, where="staff"))
    routes.callback_query.register(choose_session, Press(Go, where="invite"))
    routes.callback_query.register(turn_sessions, Press(InviteDay))
    routes.callback_query.register(invite, Press(Invite))
    routes.callback_query.register(revoke, Press(Revoke))
    routes.callback_query.register(withdraw, Press(WithdrawInvitation))


async def open_staff(
    event: Message | CallbackQuery,
    who: Who,
    t: Translator,
    db: Database,
    people: People,
    programme: Programme,
    now: dt.datetime,
) -> None:
    roles, invitations = await db.read(actions.everyone, who, int(now.timestamp()))
    chiefs = [(await people.get(chief)).name or str(chief) for chief in sorted(people.chiefs)]
    await show(event, views.staff(t, programme, roles, invitations, chiefs))


async def choose_session(query: CallbackQuery, who: Who, t: Translator, programme: Programme, now: dt.datetime) -> None:
    need_organizer(who)
    today = now.astimezone(t.zone).date()
    days = [day.date for day in programme.days]
    date = next((day for day in days if day >= today), days[0] if days else today)
    await show_sessions(query, date, 0, t, programme)


async def turn_sessions(query: CallbackQuery, press: InviteDay, who: Who, t: Translator, programme: Programme) -> None:
    need_organizer(who)
    date = day_from_key(press.day)
    if date is None:
        raise Stale("refusal.stale")
    await show_sessions(query, date, press.page, t, programme)


async def show_sessions(query: CallbackQuery, date: dt.date, page: int, t: Translator, programme: Programme) -> None:
    sessions = [one for one in programme.of_day(date) if not one.is_break]
    await show(query, views.choose_session(t, programme, sessions, date, page))


async def invite(
    query: CallbackQuery,
    press: Invite,
    who: Who,
    t: Translator,
    db: Database,
    programme: Programme,
    translators: Translators,
    username: str,
    now: dt.datetime,
) -> None:
    token = await db.write(actions.invite, who, programme, press.role, press.session, int(now.timestamp()))
    link = create_deep_link(username=username, link_type="start", payload=f"i_{token}")
    speaker = programme.speaker(press.session) if press.role == SPEAKER else None
    if speaker is None:
        await show(query, views.invited(t, programme, press.role, press.session))
        await send_to(query.bot, who.id, views.invitation(translators, programme, press.role, press.session, link))
    else:
        await show(query, speaker_views.invited(t, speaker))
        await send_to(query.bot, who.id, speaker_views.invitation(translators, programme, speaker, link))


async def revoke(
    query: CallbackQuery,
    press: Revoke,
    who: Who,
    t: Translator,
    db: Database,
    people: People,
    programme: Programme,
    translators: Translators,
    now: dt.datetime,
) -> Toast | None:
    need_organizer(who)
    if not press.sure:
        name = (await people.get(press.person)).name or str(press.person)
        role = Role(press.person, press.role, press.session, None, 0)
        await show(query, views.revoke_sure(t, programme, role, name))
        return None
    revoked = (press.person, press.role, press.session)
    await db.write(actions.revoke, who, *revoked, people.chiefs, int(now.timestamp()))
    people.changed(press.person)
    await open_staff(query, who, t, db, people, programme, now)
    former = await people.get(press.person)
    await set_commands(query.bot, former, translators[former.language])
    return Toast(t.plain("staff.revoked"))


async def withdraw(
    query: CallbackQuery,
    press: WithdrawInvitation,
    who: Who,
    t: Translator,
    db: Database,
    people: People,
    programme: Programme,
    now: dt.datetime,
) -> Toast:
    withdrawn = await db.write(actions.withdraw_invitation, who, press.digest, int(now.timestamp()))
    await open_staff(query, who, t, db, people, programme, now)
    if not withdrawn:
        return Toast(t.plain("staff.no_such_invitation"), alert=True)
    return Toast(t.plain("staff.invitation_withdrawn"))
