"""The programme's desk: which version holds, and the ways to change it."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.context import Context
from bot.drafts import Drafts
from bot.versions import Versions
from bot.views.buttons import Go
from bot.views.publishing import desk as views
from handlers.answers import show
from handlers.filters import Press
from handlers.publishing.moved import what_moved
from storage import programmes


def register(routes: Router) -> None:
    routes.message.register(open_desk, Command("programme"))
    routes.callback_query.register(open_desk, Press(Go, where="programme"))


async def open_desk(event: Message | CallbackQuery, ctx: Context, drafts: Drafts, versions: Versions) -> None:
    draft = await drafts.get(ctx.who)
    version = await ctx.db.read(programmes.get, draft.base)
    assert version is not None
    await show(event, views.desk(ctx.t, draft, version, await what_moved(draft.base, ctx, versions)))
