"""The versions of the programme: the list, what differs, bringing one back into the draft."""

from __future__ import annotations

import asyncio

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.actions.publishing import publishing as actions
from bot.context import Context
from bot.drafts import Drafts
from bot.middlewares.answers import Toast
from bot.programme.changes import diff
from bot.programme.differences import RecordChange, SessionChange, record_changes, session_changes
from bot.programme.edits import Restore
from bot.programme.model import Programme
from bot.versions import Versions
from bot.views.buttons import Go
from bot.views.publishing import versions as views
from bot.views.publishing.buttons import BringBack, CompareVersions, VersionsPage
from handlers.answers import show
from handlers.filters import Press, page_in
from handlers.publishing.change import toast_of
from handlers.publishing.publishing import show_draft


def register(routes: Router) -> None:
    routes.callback_query.register(open_versions, Press(Go, where="versions"))
    routes.callback_query.register(open_versions, Press(VersionsPage))
    routes.callback_query.register(compare, Press(CompareVersions))
    routes.callback_query.register(bring_back, Press(BringBack))


async def open_versions(query: CallbackQuery, press: Go | VersionsPage, ctx: Context) -> None:
    await show(query, views.versions(ctx.t, await ctx.read(actions.versions, page_in(press))))


async def compare(
    query: CallbackQuery, press: CompareVersions, ctx: Context, drafts: Drafts, versions: Versions
) -> None:
    pair = await ctx.read(actions.two, press.number, press.target)
    before, after = [await versions.get(one.version.number) for one in (pair.older, pair.newer)]
    changes = await asyncio.to_thread(differences, before, after)
    revision = (await drafts.get(ctx.who)).revision
    await show(query, views.compare(ctx.t, pair, changes, revision, press.page))


def differences(before: Programme, after: Programme) -> tuple[SessionChange | RecordChange, ...]:
    return (*session_changes(before, after), *record_changes(before, after, diff(before, after)))


async def bring_back(
    query: CallbackQuery, press: BringBack, ctx: Context, drafts: Drafts, versions: Versions
) -> Toast | None:
    """As a step of the draft: it is looked at and published like all else. A draft that has moved on since is shown."""
    pair = await ctx.read(actions.two, press.number, 0)
    number = pair.older.version.number
    edit = Restore(number, former=await versions.get(number))
    changed = await drafts.change(ctx.who, press.revision, edit, ctx.now)
    await show_draft(query, 0, ctx, drafts)
    return Toast(ctx.t.plain("versions.into_draft")) if changed.through else toast_of(ctx, changed)
