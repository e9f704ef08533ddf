"""What is left of a session that is over: looked through, and closed with one word."""

from __future__ import annotations

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.actions.became import ClosingWord, digest
from bot.actions.moderation import left_over as actions
from bot.actions.typed import tidy
from bot.context import Context
from bot.middlewares.answers import Toast
from bot.views.moderation import left_over as views
from bot.views.moderation.left_over_buttons import CloseAll, OpenLeftOver, UndoTogether
from handlers.answers import show, text_only
from handlers.filters import Press, Text, WasTyped
from handlers.forms import ClosingForm, InForm
from handlers.moderation.desk import lift


def register(routes: Router) -> None:
    routes.callback_query.register(open_left_over, Press(OpenLeftOver))
    routes.callback_query.register(close_all, Press(CloseAll))
    routes.callback_query.register(undo, Press(UndoTogether))


def register_forms(routes: Router) -> None:
    routes.message.register(take_word, InForm(ClosingForm), Text())
    routes.message.register(text_only, InForm(ClosingForm))
    routes.edited_message.register(amend_word, WasTyped(ClosingWord), Text())
    routes.edited_message.register(text_only, WasTyped(ClosingWord))


async def open_left_over(query: CallbackQuery, press: OpenLeftOver, state: FSMContext, ctx: Context) -> None:
    """Also from the form, which is left by it."""
    await leave(state)
    await put_left_over(query, press.session, ctx)


async def leave(state: FSMContext) -> None:
    if await ClosingForm.opened(state) is not None:
        await state.clear()


async def put_left_over(event: Message | CallbackQuery, session: str, ctx: Context) -> None:
    """Show what is left of a session, in the message that was pressed if one was."""
    left = await ctx.read(actions.left, session)
    await lift(event, ctx)
    await show(event, views.left_over(ctx.t, ctx.programme, ctx.runs, left, ctx.now))


async def close_all(query: CallbackQuery, press: CloseAll, state: FSMContext, ctx: Context) -> Toast | None:
    if not press.sure:
        reach = await ctx.read(actions.reach, press.session)
        await ClosingForm(session=press.session, upto=reach.upto).save(state)
        await show(query, views.close_form(ctx.t, ctx.programme, press.session, reach))
        return None
    made = await close(press.session, press.upto, "", ctx)
    await leave(state)
    if made.nothing:
        return await nothing_left(query, press.session, ctx)
    await show(query, views.closed(ctx.t, ctx.programme, press.session, made))
    return Toast(ctx.t.plain("left.closed", count=made.done))


async def close(session: str, upto: int, word: str, ctx: Context) -> actions.Several:
    """Close them in several transactions, so that nobody waits for hundreds."""
    made = actions.Several()
    while made.more:
        made = await ctx.write(actions.close_some, session, upto=upto, word=word, so_far=made)
    return await ctx.read(actions.last_together, "close", session) if made.nothing else made


async def nothing_left(event: Message | CallbackQuery, session: str, ctx: Context) -> Toast:
    """Others were faster: what is left now."""
    await put_left_over(event, session, ctx)
    return Toast(ctx.t.plain("left.nothing"), alert=True)


async def take_word(message: Message, text: str, state: FSMContext, ctx: Context) -> ClosingWord | None:
    form = await ClosingForm.load(state)
    made = await close(form.session, form.upto, text, ctx)
    await state.clear()
    if made.nothing:
        await nothing_left(message, form.session, ctx)
        return None
    word = tidy(text)
    await show(message, views.closed(ctx.t, ctx.programme, form.session, made, word))
    return ClosingWord(made.first, digest(word)) if made.first else None


async def amend_word(message: Message, text: str, became: ClosingWord, ctx: Context) -> ClosingWord | None:
    """The message with the word was edited."""
    amended = await ctx.write(actions.amend_word, became.first, kept=became.kept, typed=text)
    if amended is None:
        return None
    if not amended.made:
        await show(message, views.word_told(ctx.t, amended.session, amended.first))
        return None
    await message.answer(ctx.t("edited.counted"))
    return ClosingWord(became.first, digest(tidy(text)))


async def undo(query: CallbackQuery, press: UndoTogether, ctx: Context) -> Toast:
    made = await ctx.write(actions.undo_some, press.deed, None)
    while made.more:
        made = await ctx.write(actions.undo_some, press.deed, made)
    await put_left_over(query, made.session, ctx)
    return Toast(views.undone(ctx.t, made))
