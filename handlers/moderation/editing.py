"""A moderator corrects a question's wording."""

from __future__ import annotations

from dataclasses import replace

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.actions.became import QuestionWording, digest
from bot.actions.moderation import claims
from bot.actions.moderation import editing as actions
from bot.actions.questions.questions import moderated
from bot.context import Context
from bot.middlewares.answers import Toast
from bot.views.moderation import editing as views
from bot.views.moderation.buttons import Correct, ShowOriginal
from bot.views.moderation.claims import wait
from handlers.answers import send_to, show, text_only
from handlers.filters import Press, Text, WasTyped
from handlers.forms import EditingForm, InForm
from handlers.moderation.desk import keep, put_card


def register(routes: Router) -> None:
    routes.callback_query.register(begin, Press(Correct))
    routes.callback_query.register(show_original, Press(ShowOriginal))


def register_forms(routes: Router) -> None:
    routes.message.register(take_wording, InForm(EditingForm), Text())
    routes.message.register(text_only, InForm(EditingForm))
    routes.edited_message.register(amend_wording, WasTyped(QuestionWording), Text())
    routes.edited_message.register(text_only, WasTyped(QuestionWording))


async def begin(query: CallbackQuery, press: Correct, state: FSMContext, ctx: Context) -> Toast | None:
    """Ask for the new wording; the card itself stays where it is."""
    question = await ctx.read(actions.correctable, press.number)
    claim = await ctx.write(claims.take, press.number)
    if not claim.mine:
        return Toast(wait(ctx.t, claim), alert=True)
    await EditingForm(number=question.number, desk=press.desk, revision=question.revision).save(state)
    await send_to(query.bot, query.from_user.id, views.form(ctx.t, question))
    return None


async def take_wording(message: Message, text: str, state: FSMContext, ctx: Context) -> QuestionWording | None:
    """What is decided after a correction is decided at once: the card comes by itself."""
    form = await EditingForm.load(state)
    result = await ctx.write(actions.correct, form.number, typed=text, read=form.revision)
    if not result.made:
        await replace(form, revision=result.question.revision).save(state)
        await show(message, views.form_again(ctx.t, result.question))
        return None
    await state.clear()
    await message.answer(ctx.t("editing.done", number=form.number))
    await put_card(message, form.number, form.desk, ctx, claimed=True)
    return QuestionWording(form.number, form.desk, digest(result.question.text))


async def amend_wording(message: Message, text: str, became: QuestionWording, ctx: Context) -> QuestionWording | None:
    """The message with the wording was edited."""
    result = await ctx.write(actions.amend, became.number, kept=became.kept, typed=text)
    if result is None:
        return None
    if not result.made:
        await show(message, views.told(ctx.t, became.number, became.desk))
        return None
    await message.answer(ctx.t("edited.counted"))
    await put_card(message, became.number, became.desk, ctx)
    return QuestionWording(became.number, became.desk, digest(result.question.text))


async def show_original(query: CallbackQuery, press: ShowOriginal, ctx: Context) -> None:
    question = await ctx.read(moderated, press.number)
    await keep(query, press, ctx)
    await show(query, views.original(ctx.t, question, press.desk))
