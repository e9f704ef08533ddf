"""Changing the programme by thumb: a person or a room that nothing uses any more is taken out of it."""

from __future__ import annotations

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from bot.actions.agenda import speaking
from bot.actions.agenda.speaking import Linked
from bot.context import Context
from bot.drafts import Drafts
from bot.errors import Stale
from bot.middlewares.answers import Toast
from bot.programme import edits
from bot.programme.texts import About, record_of
from bot.views.publishing import edit_removal as views
from bot.views.publishing import edit_texts as texts_views
from bot.views.publishing.buttons import RemoveNow, SeeRemoval, revision_of
from handlers.answers import show
from handlers.filters import Press
from handlers.publishing.change import toast_of


def register(routes: Router) -> None:
    routes.callback_query.register(see, Press(SeeRemoval))
    routes.callback_query.register(remove, Press(RemoveNow))


async def see(query: CallbackQuery, press: SeeRemoval, state: FSMContext, ctx: Context, drafts: Drafts) -> None:
    about = about_of(press)
    linked = await links(ctx, about)
    draft = await drafts.get(ctx.who)
    record_of(draft.programme, about)
    await state.clear()
    await show(query, views.removal(ctx.t, draft, about, linked=linked, page=press.page, now=ctx.now, runs=ctx.runs))


def about_of(press: SeeRemoval | RemoveNow) -> About:
    if press.kind not in views.KINDS:
        raise Stale("refusal.stale")
    return About(press.kind, press.code)


async def links(ctx: Context, about: About) -> Linked:
    """Who is this speaker here; a room is nobody."""
    linked = await ctx.read(speaking.linked, ctx.seconds)
    return linked.get(about.code, Linked()) if about.kind == "p" else Linked()


async def remove(query: CallbackQuery, press: RemoveNow, ctx: Context, drafts: Drafts) -> Toast | None:
    """Back to the list; when it is still there, the draft has moved on, and what it is like now is shown."""
    about = about_of(press)
    linked = await links(ctx, about)
    changed = await drafts.change(ctx.who, revision_of(press.stamp), edits.Remove(about.kind, about.code), ctx.now)
    draft = changed.draft
    try:
        record_of(draft.programme, about)
    except Stale:
        await show(query, texts_views.records(ctx.t, draft, about.kind, 0, ctx.who.id))
    else:
        await show(query, views.removal(ctx.t, draft, about, linked=linked, page=0, now=ctx.now, runs=ctx.runs))
    return toast_of(ctx, changed)
