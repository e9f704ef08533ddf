"""The draft as all organizers see it: publishing it, undoing that, taking back its last step, throwing it away."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot.actions.announcements import moved
from bot.actions.announcements.moved import Offer
from bot.actions.publishing import drafts as draft_actions
from bot.actions.publishing import hanging
from bot.actions.publishing import publishing as actions
from bot.actions.publishing.drafts import Draft
from bot.actions.publishing.publishing import Preview, Published
from bot.context import Context
from bot.drafts import MOVED_ON, Drafts
from bot.errors import Stale
from bot.middlewares.answers import Toast
from bot.programme.concerns import fresh
from bot.versions import Versions
from bot.views.buttons import Go
from bot.views.publishing import publishing as views
from bot.views.publishing.buttons import (
    AskPublish,
    DiscardDraft,
    DraftPage,
    Publish,
    TakeBackStep,
    UndoPublish,
    UndoPublishSure,
)
from bot.views.publishing.steps import step as step_words
from bot.views.screen import visible
from handlers.answers import show
from handlers.filters import Press, page_in
from handlers.publishing.moved import what_moved
from storage.drafts import Step

Made = TypeVar("Made")


def register(routes: Router) -> None:
    press = routes.callback_query.register
    press(open_draft, Press(Go, where="draft"))
    press(open_draft, Press(DraftPage))
    press(ask_publish, Press(AskPublish))
    press(publish, Press(Publish))
    press(undo, Press(UndoPublish))
    press(undo, Press(UndoPublishSure))
    press(take_back, Press(TakeBackStep))
    press(discard, Press(DiscardDraft))


async def seen(ctx: Context, drafts: Drafts) -> Preview:
    """The draft, and what it would mean to publish it."""
    draft = await drafts.get(ctx.who)
    concerns = await asyncio.to_thread(fresh, draft.published, draft.programme, ctx.now)
    return await ctx.read(actions.preview, ctx.seconds, draft, concerns)


async def show_draft(event: Message | CallbackQuery, page: int, ctx: Context, drafts: Drafts) -> None:
    preview = await seen(ctx, drafts)
    await show(event, views.draft(ctx.t, preview, page, await offer(ctx, preview)))


async def offer(ctx: Context, preview: Preview) -> Offer:
    """What publishing the draft would move as a whole."""
    seen = preview.draft
    return await ctx.read(moved.offer, ctx.seconds, before=seen.published, after=seen.programme, version=0)


async def show_published(
    query: CallbackQuery, done: Published, ctx: Context, versions: Versions, *, undone: bool = False
) -> None:
    offer = await what_moved(done.version.number, ctx, versions)
    left = await ctx.read(hanging.left, (await versions.get(await versions.refresh())))
    await show(query, views.published(ctx.t, done, offer, left=left, undone=undone))


async def open_draft(query: CallbackQuery, press: Go | DraftPage, ctx: Context, drafts: Drafts) -> None:
    await show_draft(query, page_in(press), ctx, drafts)


async def ask_publish(query: CallbackQuery, press: AskPublish, ctx: Context, drafts: Drafts) -> Toast | None:
    preview = await seen(ctx, drafts)
    if preview.draft.revision != press.revision or not preview.changes:
        await show_draft(query, 0, ctx, drafts)
        return Toast(ctx.t.plain(MOVED_ON), alert=True)
    await show(query, views.ask_publish(ctx.t, preview, await offer(ctx, preview)))
    return None


async def publish(
    query: CallbackQuery, press: Publish, ctx: Context, drafts: Drafts, versions: Versions
) -> Toast | None:
    """A draft that has moved on is shown again; a second tap gets the answer of the first."""
    draft = await drafts.get(ctx.who)
    if (draft.base, draft.revision) == (press.base, press.revision):
        done = await ctx.write(actions.publish, draft, bool(press.quiet))
        await versions.refresh()
    else:
        again = await ctx.read(actions.published_by, press.base, press.revision)
        if again is None:
            await show_draft(query, 0, ctx, drafts)
            return Toast(ctx.t.plain(MOVED_ON), alert=True)
        done = again
    await show_published(query, done, ctx, versions)
    return None


async def undo(query: CallbackQuery, press: UndoPublish | UndoPublishSure, ctx: Context, versions: Versions) -> None:
    """At once where nothing hangs on what goes away with it, nor was moved; else it is asked first."""
    older = await ctx.read(actions.before, press.number)
    programme, former = await versions.get(press.number), await versions.get(older)
    if isinstance(press, UndoPublish):
        found = await ctx.read(actions.undoing, programme=programme, former=former)
        if found:
            await show(query, views.ask_undo(ctx.t, former, found, press.number))
            return
    done = await ctx.write(actions.undo, press.number, programme=programme, older=older, former=former)
    await versions.refresh()
    await show_published(query, done, ctx, versions, undone=True)


async def take_back(query: CallbackQuery, press: TakeBackStep, ctx: Context, drafts: Drafts) -> Toast | None:
    """One's own at once; another organizer's when one is sure."""
    before = await drafts.get(ctx.who)
    steps = before.steps
    if steps and steps[-1].number == press.number and steps[-1].made_by != ctx.who.id and not press.sure:
        await show(query, views.ask_take_back(ctx.t, await seen(ctx, drafts), steps[-1]))
        return None
    taking_back = ctx.write(draft_actions.take_back, press.revision, number=press.number)
    return await shown_after(taking_back, lambda step: undone(ctx, before, step), query, ctx, drafts)


def undone(ctx: Context, before: Draft, step: Step) -> str:
    """Which step of the draft is not there any more."""
    return ctx.t.plain("draft.undone", step=visible(step_words(ctx.t, before, step)))


async def discard(query: CallbackQuery, press: DiscardDraft, ctx: Context, drafts: Drafts) -> Toast | None:
    if not press.sure and (await drafts.get(ctx.who)).steps:
        await show(query, views.ask_discard(ctx.t, await seen(ctx, drafts)))
        return None
    discarding = ctx.write(draft_actions.discard, press.revision)
    return await shown_after(discarding, lambda _: ctx.t.plain("draft.discarded"), query, ctx, drafts)


async def shown_after(
    change: Awaitable[Made | None], words: Callable[[Made], str], query: CallbackQuery, ctx: Context, drafts: Drafts
) -> Toast | None:
    """Make a change and show what is left; nothing is changed when the draft has moved on, and nothing said to a second
    tap of the same person."""
    try:
        made = await change
        toast = None if made is None else Toast(words(made))
    except Stale as stale:
        toast = Toast(ctx.t.plain(stale.key), alert=stale.key == MOVED_ON)
    await show_draft(query, 0, ctx, drafts)
    return toast
