"""Merging questions that say the same."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.actions.moderation import claims
from bot.actions.moderation import merging as actions
from bot.actions.moderation.desk import Decision, open_card
from bot.actions.moderation.undo import undo
from bot.context import Context
from bot.middlewares.answers import Toast
from bot.views.moderation import merging as views
from bot.views.moderation.buttons import DeskNext, MergeNow, MergePick, MergeWith, PartAgain, Unmerge
from bot.views.moderation.claims import wait
from bot.views.moderation.desk import NO_LIST
from bot.views.screen import page_of
from handlers.answers import show
from handlers.filters import Press
from handlers.moderation.desk import keep, pressed_card, put_card, remember, show_next
from handlers.questions.likeness import compared


def register(routes: Router) -> None:
    routes.callback_query.register(pick, Press(MergePick))
    routes.callback_query.register(ask, Press(MergeWith))
    routes.callback_query.register(merge, Press(MergeNow))
    routes.callback_query.register(part_again, Press(PartAgain))
    routes.callback_query.register(unmerge, Press(Unmerge))


async def pick(query: CallbackQuery, press: MergePick, ctx: Context) -> Toast | None:
    question, others = await ctx.read(actions.mergeable, press.number)
    claim = await ctx.write(claims.take, press.number, pressed_card(query))
    if not claim.mine:
        return Toast(wait(ctx.t, claim), alert=True)
    numbers, near = await compared(len(others), actions.in_order, question, others)
    wanted, page, pages = page_of(numbers, press.page, views.PAGE)
    shown = await ctx.db.read(actions.shown, list(wanted))
    await show(
        query,
        views.pick(
            ctx.t, question, others=shown, near=near if page == 0 else 0, page=page, pages=pages, desk=press.desk
        ),
    )
    return None


async def ask(query: CallbackQuery, press: MergeWith, ctx: Context) -> None:
    """Both texts side by side, before anything is done."""
    question, target = await ctx.read(actions.both, press.number, press.target)
    await keep(query, press, ctx)
    await show(query, views.sure(ctx.t, question, target, press.desk))


async def merge(query: CallbackQuery, press: MergeNow, ctx: Context) -> Toast:
    """Then comes what comes after a decision; where the card of the one that stays was shown, it stays too."""
    pressed, desk = pressed_card(query), press.desk
    stayed = await ctx.db.read(actions.is_shown, press.target, pressed)
    result = await ctx.write(
        actions.merge, press.number, target=press.target, read=press.read, beside=press.beside, at=pressed
    )
    if result.claim is not None:
        return Toast(wait(ctx.t, result.claim), alert=True)
    if not result.made:
        question, target = await ctx.read(actions.both, press.number, press.target)
        await show(query, views.sure(ctx.t, question, target, desk))
        return Toast(ctx.t.plain("moderation.read_again"), alert=True)
    if stayed:
        await show_joined(query, result, desk, ctx)
    elif desk == NO_LIST:
        await put_card(query, press.number, desk, ctx)
    else:
        done = Decision(result.question, True, "", undo=result.undo)
        await show_next(query, DeskNext(session=result.question.session, which=desk, after=press.number), ctx, done)
    return Toast(ctx.t.plain("merging.done", number=press.number, target=press.target))


async def show_joined(query: CallbackQuery, result: actions.Merge, desk: str, ctx: Context) -> None:
    """What stays has still to be decided."""
    facts = await ctx.write(open_card, result.target.number, pressed_card(query), claimed=desk != NO_LIST)
    merged = result.question.number
    shown = await show(query, views.joined(ctx.t, ctx.programme, facts, merged=merged, undo=result.undo, desk=desk))
    await remember(shown, facts.question, desk, ctx)


async def part_again(query: CallbackQuery, press: PartAgain, ctx: Context) -> Toast:
    """The card of the one that stayed stays where it is."""
    question = await ctx.write(undo, press.deed)
    await put_card(query, press.number, press.desk, ctx)
    return Toast(ctx.t.plain("undo.done", number=question.number))


async def unmerge(query: CallbackQuery, press: Unmerge, ctx: Context) -> Toast:
    await ctx.write(actions.unmerge, press.number, pressed_card(query))
    await put_card(query, press.number, press.desk, ctx)
    return Toast(ctx.t.plain("merging.apart_done", number=press.number))
