"""How a change of the programme is made: by a press, to the draft that was seen; by words, to the draft there is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from aiogram.types import CallbackQuery

from bot.actions.publishing.drafts import Draft
from bot.context import Context
from bot.drafts import Drafts
from bot.errors import Stale
from bot.middlewares.answers import Toast
from bot.programme.model import Programme
from bot.views.publishing.buttons import revision_of
from bot.views.screen import Screen
from handlers.answers import show

MOVED_ON = "draft.moved_on"
ATTEMPTS = 5  # of a change upon the draft as it is by then, while others change it at the same time


@dataclass(frozen=True, slots=True)
class Change:
    """One step of the draft: `what` and `detail` tell it in words (bot.views.publishing.steps), `edit` makes it."""

    what: str
    detail: Mapping[str, Any]
    edit: Callable[[Programme], Programme]


async def by_press(
    query: CallbackQuery, stamp: str, change: Change, view: Callable[[Draft], Screen], ctx: Context, drafts: Drafts
) -> Toast | None:
    """Make the change and show the draft afterwards. When the draft has moved on since it was shown, only show it; and
    say so, unless it was this very press: a thumb that trembled must not be told to press once more."""
    toast = None
    try:
        draft = await drafts.change(ctx.who, revision_of(stamp), change.what, change.detail, change.edit, ctx.now)
        if draft.revision == revision_of(stamp):
            toast = Toast(ctx.t.plain("change.same"))
    except Stale as moved:
        if moved.key != MOVED_ON:
            raise
        draft = await drafts.get(ctx.who)
        if not made_already(draft, stamp, change, ctx):
            toast = Toast(ctx.t.plain(moved.key), alert=True)
    await show(query, view(draft))
    return toast


def made_already(draft: Draft, stamp: str, change: Change, ctx: Context) -> bool:
    """Whether all that happened since is this change, by the same person: they tapped twice."""
    if not draft.steps or draft.revision != revision_of(stamp) + 1:
        return False
    last = draft.steps[-1]
    return (last.made_by, last.what, last.detail) == (ctx.who.id, change.what, change.detail)


async def by_words(change: Change, ctx: Context, drafts: Drafts) -> Draft:
    """Make the change to the draft as it is now: what was typed says by itself what is meant."""
    _, after = await upon_newest(change, ctx, drafts)
    return after


async def upon_newest(change: Change, ctx: Context, drafts: Drafts) -> tuple[Draft, Draft]:
    """The draft as it was before the change, and as it is with it. While one works it out, others may change the
    draft: then it is worked out anew, ATTEMPTS times at most."""
    for _ in range(ATTEMPTS):
        draft = await drafts.get(ctx.who)
        try:
            return draft, await drafts.change(ctx.who, draft.revision, change.what, change.detail, change.edit, ctx.now)
        except Stale as moved:
            if moved.key != MOVED_ON:
                raise
    raise Stale(MOVED_ON)
