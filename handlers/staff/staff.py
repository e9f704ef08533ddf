"""/staff: who may what, invitations, revoking."""

from __future__ import annotations

import datetime as dt

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message
from aiogram.utils.deep_linking import create_deep_link

from bot.actions.rights import need_organizer
from bot.actions.staff import staff as actions
from bot.context import Context
from bot.middlewares.answers import Toast
from bot.people import People
from bot.programme.lookup import need_date
from bot.texts import Translators
from bot.views.agenda.speaking import welcome
from bot.views.buttons import Go
from bot.views.publishing import speaker_links as speaker_views
from bot.views.staff import staff as views
from bot.views.staff.buttons import (
    AskWithdraw,
    Invite,
    InviteDay,
    Revoke,
    TakeInvitation,
    TeamPage,
    WithdrawInvitation,
)
from bot.who import SPEAKER
from handlers.answers import send_to, show
from handlers.commands import set_commands
from handlers.filters import Key, Press, page_in
from storage.roles import Role


def register(routes: Router) -> None:
    for entry in (Key("menu.staff"), Command("staff")):
        routes.message.register(open_staff, entry)
    routes.callback_query.register(open_staff, Press(Go, where="staff"))
    routes.callback_query.register(open_team, Press(TeamPage))
    routes.callback_query.register(choose_invitation, Press(Go, where="inviting"))
    routes.callback_query.register(choose_session, Press(Go, where="invite"))
    routes.callback_query.register(turn_sessions, Press(InviteDay))
    routes.callback_query.register(invite, Press(Invite))
    routes.callback_query.register(revoke, Press(Revoke))
    routes.callback_query.register(ask_withdraw, Press(AskWithdraw))
    routes.callback_query.register(withdraw, Press(WithdrawInvitation))
    routes.callback_query.register(take, Press(TakeInvitation))


async def open_staff(event: Message | CallbackQuery, ctx: Context) -> None:
    chiefs, roles, invitations = await ctx.read(actions.everyone, ctx.seconds)
    await show(event, views.staff(ctx.t, ctx.programme, roles, invitations, chiefs))


async def open_team(query: CallbackQuery, ctx: Context, press: TeamPage | None = None) -> None:
    chiefs, roles, invitations = await ctx.read(actions.everyone, ctx.seconds)
    await show(query, views.team(ctx.t, ctx.programme, roles, invitations, chiefs, page=page_in(press)))


async def choose_invitation(query: CallbackQuery, ctx: Context) -> None:
    need_organizer(ctx.who)
    await show(query, views.inviting(ctx.t))


async def choose_session(query: CallbackQuery, ctx: Context) -> None:
    need_organizer(ctx.who)
    today = ctx.now.astimezone(ctx.t.zone).date()
    days = [day.date for day in ctx.programme.days]
    date = next((day for day in days if day >= today), days[0] if days else today)
    await show_sessions(query, date, 0, ctx)


async def turn_sessions(query: CallbackQuery, press: InviteDay, ctx: Context) -> None:
    need_organizer(ctx.who)
    await show_sessions(query, need_date(press.day), press.page, ctx)


async def show_sessions(query: CallbackQuery, date: dt.date, page: int, ctx: Context) -> None:
    sessions = [one for one in ctx.programme.of_day(date) if not one.is_break]
    await show(query, views.choose_session(ctx.t, ctx.programme, sessions, date, page))


async def invite(query: CallbackQuery, press: Invite, ctx: Context, translators: Translators, username: str) -> None:
    token = await ctx.write(actions.invite, ctx.programme, press.role, session=press.session)
    link = create_deep_link(username=username, link_type="start", payload=f"i_{token}")
    speaker = ctx.programme.speaker(press.session) if press.role == SPEAKER else None
    if speaker is None:
        await show(query, views.invited(ctx.t, ctx.programme, press.role, press.session))
        await send_to(
            query.bot,
            ctx.who.id,
            views.invitation(translators, ctx.programme, press.role, session=press.session, link=link),
        )
    else:
        await show(query, speaker_views.invited(ctx.t, speaker))
        await send_to(query.bot, ctx.who.id, speaker_views.invitation(translators, ctx.programme, speaker, link))


async def take(query: CallbackQuery, press: TakeInvitation, ctx: Context, people: People) -> None:
    invitation = await ctx.write(actions.take, press.digest)
    people.changed(ctx.who.id)
    await show(query, welcome(ctx.t, ctx.programme, invitation.session, ctx.who.name))


async def revoke(
    query: CallbackQuery, press: Revoke, ctx: Context, people: People, translators: Translators
) -> Toast | None:
    need_organizer(ctx.who)
    if not press.sure:
        name = (await people.get(press.person)).name or str(press.person)
        role = Role(press.person, press.role, press.session, None, 0)
        await show(query, views.revoke_sure(ctx.t, ctx.programme, role, name))
        return None
    await ctx.write(actions.revoke, press.person, role=press.role, session=press.session)
    people.changed(press.person)
    await open_team(query, ctx)
    former = await people.get(press.person)
    await set_commands(query.bot, former, translators[former.language])
    return Toast(ctx.t.plain("staff.revoked"))


async def ask_withdraw(query: CallbackQuery, press: AskWithdraw, ctx: Context) -> None:
    invitation = await ctx.read(actions.open_invitation, ctx.seconds, press.digest)
    await show(query, views.withdraw_sure(ctx.t, ctx.programme, invitation))


async def withdraw(query: CallbackQuery, press: WithdrawInvitation, ctx: Context) -> Toast:
    withdrawn = await ctx.write(actions.withdraw_invitation, press.digest)
    await open_team(query, ctx)
    if not withdrawn:
        return Toast(ctx.t.plain("staff.no_such_invitation"), alert=True)
    return Toast(ctx.t.plain("staff.invitation_withdrawn"))
