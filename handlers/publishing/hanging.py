"""Moving what hangs on a session that goes away: chosen with the draft, or done when it is gone already."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.actions.publishing import hanging as actions
from bot.actions.publishing.hanging import Hang
from bot.actions.rights import need_organizer
from bot.context import Context
from bot.drafts import MOVED_ON, Drafts
from bot.errors import Stale
from bot.middlewares.answers import Toast
from bot.people import People
from bot.programme.lookup import need_session
from bot.programme.model import Programme
from bot.views.publishing import hanging as views
from bot.views.publishing.buttons import GONE, GoingAway, MoveLeft, PickHeir, SetHeir, revision_of
from handlers.answers import show
from handlers.filters import Press
from handlers.publishing.publishing import show_draft


def register(routes: Router) -> None:
    routes.callback_query.register(open_list, Press(GoingAway))
    routes.callback_query.register(pick, Press(PickHeir))
    routes.callback_query.register(choose, Press(SetHeir))
    routes.callback_query.register(move, Press(MoveLeft))


async def open_list(query: CallbackQuery, press: GoingAway, ctx: Context, drafts: Drafts) -> Toast | None:
    if press.revision == GONE:
        await show_left(query, press.page, ctx)
        return None
    draft = await drafts.get(ctx.who)
    if draft.revision != press.revision:
        return await moved_on(query, ctx, drafts)
    found = await ctx.read(actions.of_draft, ctx.seconds, draft)
    await show(query, views.going_away(ctx.t, draft.programme, found, revision=press.revision, page=press.page))
    return None


async def show_left(query: CallbackQuery, page: int, ctx: Context) -> None:
    found = await ctx.read(actions.left, ctx.programme)
    await show(query, views.going_away(ctx.t, ctx.programme, found, revision=GONE, page=page))


async def moved_on(query: CallbackQuery, ctx: Context, drafts: Drafts) -> Toast:
    await show_draft(query, 0, ctx, drafts)
    return Toast(ctx.t.plain(MOVED_ON), alert=True)


async def pick(query: CallbackQuery, press: PickHeir, ctx: Context, drafts: Drafts) -> Toast | None:
    need_organizer(ctx.who)
    if press.revision == GONE:
        one = await hangs(press.session, ctx)
        await show_candidates(query, press, one, ctx.programme, ctx)
        return None
    draft = await drafts.get(ctx.who)
    if draft.revision != press.revision:
        return await moved_on(query, ctx, drafts)
    found = await ctx.read(actions.of_draft, ctx.seconds, draft)
    await show_candidates(query, press, one_of(found.sessions, press.session), draft.programme, ctx)
    return None


async def show_candidates(query: CallbackQuery, press: PickHeir, one: Hang, programme: Programme, ctx: Context) -> None:
    able = actions.candidates(programme, ctx.runs, ctx.seconds)
    screen = views.pick(ctx.t, programme, ctx.runs, one, able, now=ctx.now, revision=press.revision, page=press.page)
    await show(query, screen)


async def hangs(code: str, ctx: Context) -> Hang:
    """What hangs on a session that is gone; Stale when nothing does any more."""
    return one_of((await ctx.read(actions.left, ctx.programme)).sessions, code)


def one_of(found: tuple[Hang, ...], code: str) -> Hang:
    one = next((one for one in found if one.session.code == code), None)
    if one is None:
        raise Stale("hanging.nothing")
    return one


async def choose(query: CallbackQuery, press: SetHeir, ctx: Context, drafts: Drafts) -> Toast | None:
    """The choice moves the draft on: whoever else has it on their screen reads it again before they publish it."""
    draft, revision = await drafts.get(ctx.who), revision_of(press.stamp)
    if draft.revision == revision:
        await ctx.write(actions.choose, draft, session=press.session, heir=press.heir)
    elif draft.revision != revision + 1 or not await ctx.read(actions.is_chosen, press.session, press.heir):
        return await moved_on(query, ctx, drafts)  # and not a second tap
    after = await drafts.get(ctx.who)
    found = await ctx.read(actions.of_draft, ctx.seconds, after)
    await show(query, views.going_away(ctx.t, after.programme, found, revision=after.revision, page=0))
    return Toast(ctx.t.plain("hanging.chosen" if press.heir else "hanging.stays"))


async def move(query: CallbackQuery, press: MoveLeft, ctx: Context, people: People) -> Toast | None:
    need_organizer(ctx.who)
    if not press.sure:
        one = await hangs(press.session, ctx)
        await show(query, views.ask_move(ctx.t, one, need_session(ctx.programme, press.heir)))
        return None
    done = await ctx.write(actions.move_left, ctx.programme, session=press.session, heir=press.heir)
    people.everybody_changed()
    await show_left(query, 0, ctx)
    return Toast(ctx.t.plain("hanging.moved", questions=done.questions, stars=done.stars))
