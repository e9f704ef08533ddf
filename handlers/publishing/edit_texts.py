"""Changing the programme by thumb: its texts."""

from __future__ import annotations

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.actions.became import ProgrammeText
from bot.context import Context
from bot.drafts import Drafts
from bot.errors import Stale
from bot.middlewares.answers import Toast
from bot.programme import texts
from bot.programme.edits import Reword
from bot.texts import LANGUAGES
from bot.views.publishing import edit_texts as views
from bot.views.publishing.buttons import (
    DropText,
    Texts,
    TextsList,
    TypeText,
    revision_of,
)
from handlers.answers import show
from handlers.filters import Press, Text
from handlers.forms import InForm, TextForm
from handlers.publishing.change import toast_of


def register(routes: Router) -> None:
    press = routes.callback_query.register
    press(open_list, Press(TextsList))
    press(open_texts, Press(Texts))
    press(ask_words, Press(TypeText))
    press(drop, Press(DropText))


def register_forms(routes: Router) -> None:
    routes.message.register(type_words, InForm(TextForm), Text())


async def open_list(query: CallbackQuery, press: TextsList, state: FSMContext, ctx: Context, drafts: Drafts) -> None:
    draft = await drafts.get(ctx.who)
    await state.clear()
    await show(
        query, views.records(ctx.t, draft, press.kind, press.page, ctx.who.id) if press.kind else views.lists(ctx.t)
    )


async def open_texts(query: CallbackQuery, press: Texts, state: FSMContext, ctx: Context, drafts: Drafts) -> None:
    """A record's texts, or one of them in all languages."""
    draft = await drafts.get(ctx.who)
    about = texts.About(press.kind, press.code, press.field)
    texts.record_of(draft.programme, about)
    await state.clear()
    if press.field:
        texts.field_of(about)
        await show(query, views.field(ctx.t, draft, about, ctx.who.id))
    else:
        await show(query, views.fields(ctx.t, draft, about, ctx.who.id))


async def ask_words(query: CallbackQuery, press: TypeText, state: FSMContext, ctx: Context, drafts: Drafts) -> None:
    draft = await drafts.get(ctx.who)
    about = texts.About(press.kind, press.code, press.field)
    texts.text_of(draft.programme, about)
    if press.language not in (*LANGUAGES, texts.EVERYBODY):
        raise Stale("refusal.stale")
    await TextForm(kind=press.kind, code=press.code, field=press.field, language=press.language).save(state)
    await show(query, views.form(ctx.t, draft, about, press.language))


async def type_words(message: Message, text: str, state: FSMContext, ctx: Context, drafts: Drafts) -> ProgrammeText:
    form = await TextForm.load(state)
    about = texts.About(form.kind, form.code, form.field)
    words = texts.read_words(about, text, message.html_text)
    edit = Reword(about.kind, about.code, about.letter, form.language, words=words)
    _, draft = await drafts.change_newest(ctx.who, edit, ctx.now)
    await state.clear()
    await show(message, views.field(ctx.t, draft, about, ctx.who.id))
    return ProgrammeText(form.kind, form.code, form.field, form.language, words)


async def drop(query: CallbackQuery, press: DropText, ctx: Context, drafts: Drafts) -> Toast | None:
    edit = Reword(press.kind, press.code, press.field, press.language, words="")
    changed = await drafts.change(ctx.who, revision_of(press.stamp), edit, ctx.now)
    await show(query, views.field(ctx.t, changed.draft, edit.about, ctx.who.id))
    return toast_of(ctx, changed)
