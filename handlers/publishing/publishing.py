"""The draft as all organizers see it: publishing it, undoing that, taking back its last step, throwing it away."""

from __future__ import annotations

import asyncio
import datetime as dt

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot.actions.publishing import drafts as draft_actions
from bot.actions.publishing import publishing as actions
from bot.actions.publishing.publishing import Preview
from bot.drafts import Drafts
from bot.errors import Stale
from bot.middlewares.answers import Toast
from bot.programme.concerns import fresh
from bot.texts import Translator
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
)
from bot.who import Who
from handlers.answers import show
from handlers.filters import Press
from storage.database import Database


def register(routes: Router) -> None:
    press = routes.callback_query.register
    press(open_draft, Press(Go, where="draft"))
    press(turn_draft, Press(DraftPage))
    press(ask_publish, Press(AskPublish))
    press(publish, Press(Publish))
    press(undo, Press(UndoPublish))
    press(take_back, Press(TakeBackStep))
    press(discard, Press(DiscardDraft))


async def seen(who: Who, db: Database, drafts: Drafts, now: dt.datetime) -> Preview:
    """The draft, and what it would mean to publish it."""
    draft = await drafts.get(who)
    concerns = await asyncio.to_thread(fresh, draft.published, draft.programme, now)
    return await db.read(actions.preview, who, draft, concerns, int(now.timestamp()))


async def show_draft(
    event: Message | CallbackQuery, page: int, who: Who, t: Translator, db: Database, drafts: Drafts, now: dt.datetime
) -> None:
    await show(event, views.draft(t, await seen(who, db, drafts, now), page))


async def open_draft(
    query: CallbackQuery, who: Who, t: Translator, db: Database, drafts: Drafts, now: dt.datetime
) -> None:
    await show_draft(query, 0, who, t, db, drafts, now)


async def turn_draft(
    query: CallbackQuery, press: DraftPage, who: Who, t: Translator, db: Database, drafts: Drafts, now: dt.datetime
) -> None:
    await show_draft(query, press.page, who, t, db, drafts, now)


async def ask_publish(
    query: CallbackQuery, press: AskPublish, who: Who, t: Translator, db: Database, drafts: Drafts, now: dt.datetime
) -> Toast | None:
    preview = await seen(who, db, drafts, now)
    if preview.draft.revision != press.revision or not preview.changes:
        await show_draft(query, 0, who, t, db, drafts, now)
        return Toast(t.plain("draft.moved_on"), alert=True)
    await show(query, views.ask_publish(t, preview))
    return None


async def publish(
    query: CallbackQuery,
    press: Publish,
    who: Who,
    t: Translator,
    db: Database,
    drafts: Drafts,
    versions: Versions,
    now: dt.datetime,
) -> Toast | None:
    """A draft that has moved on is shown afresh; a second tap gets the answer of the first."""
    draft = await drafts.get(who)
    if (draft.base, draft.revision) == (press.base, press.revision):
        done = await db.write(actions.publish, who, draft, bool(press.quiet), int(now.timestamp()))
        await versions.refresh()
    else:
        again = await db.read(actions.published_by, who, press.base, press.revision)
        if again is None:
            await show_draft(query, 0, who, t, db, drafts, now)
            return Toast(t.plain("draft.moved_on"), alert=True)
        done = again
    await show(query, views.published(t, done))
    return None


async def undo(
    query: CallbackQuery,
    press: UndoPublish,
    who: Who,
    t: Translator,
    db: Database,
    versions: Versions,
    now: dt.datetime,
) -> None:
    older = await db.read(actions.before, who, press.number)
    programme, former = await versions.get(press.number), await versions.get(older)
    done = await db.write(actions.undo, who, press.number, programme, older, former, int(now.timestamp()))
    await versions.refresh()
    await show(query, views.published(t, done))


async def take_back(
    query: CallbackQuery, press: TakeBackStep, who: Who, t: Translator, db: Database, drafts: Drafts, now: dt.datetime
) -> Toast | None:
    """One's own at once; another organizer's when one is sure."""
    steps = (await drafts.get(who)).steps
    if steps and steps[-1].number == press.number and steps[-1].made_by != who.id and not press.sure:
        await show(query, views.ask_take_back(t, await seen(who, db, drafts, now), steps[-1]))
        return None
    return await change(query, "draft.taken_back", press.revision, press.number, who, t, db, drafts, now)


async def discard(
    query: CallbackQuery, press: DiscardDraft, who: Who, t: Translator, db: Database, drafts: Drafts, now: dt.datetime
) -> Toast | None:
    if not press.sure and (await drafts.get(who)).steps:
        await show(query, views.ask_discard(t, await seen(who, db, drafts, now)))
        return None
    return await change(query, "draft.discarded", press.revision, None, who, t, db, drafts, now)


async def change(
    query: CallbackQuery,
    done: str,
    revision: int,
    step: int | None,
    who: Who,
    t: Translator,
    db: Database,
    drafts: Drafts,
    now: dt.datetime,
) -> Toast:
    """Take that step back, or (None) throw all away, and show what is left; nothing when the draft has moved on."""
    seconds = int(now.timestamp())
    try:
        if step is None:
            await db.write(draft_actions.discard, who, revision, seconds)
        else:
            await db.write(draft_actions.take_back, who, revision, step, seconds)
    except Stale as stale:
        done = stale.key
    await show_draft(query, 0, who, t, db, drafts, now)
    return Toast(t.plain(done), alert=done == "draft.moved_on")
