"""The organizer edits the very message that a change of the programme was typed in: while the change is in the draft
the edit is one more step of it; once it is published, the form for the next one is offered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from aiogram import Router
from aiogram.types import Message

from bot.actions.became import ProgrammeName, ProgrammeText, SessionLength, SessionSlot, SessionStart
from bot.actions.publishing.drafts import Draft
from bot.actions.publishing.edit import read_length, read_slot, read_start
from bot.context import Context
from bot.drafts import Drafts
from bot.errors import Stale
from bot.programme import edits, texts
from bot.programme.edits import Edit, Reword
from bot.programme.lookup import need_session
from bot.programme.model import LANGUAGES, Programme
from bot.programme.model import Text as Words
from bot.programme.texts import About
from bot.views.publishing import amend as views
from bot.views.publishing import edit_texts as text_views
from handlers.answers import show, text_only
from handlers.filters import Text, WasTyped
from handlers.publishing.edit import whole

Value = Callable[[Programme], object]


def register_forms(routes: Router) -> None:
    edited = routes.edited_message.register
    edited(amend_text, WasTyped(ProgrammeText), Text())
    edited(amend_name, WasTyped(ProgrammeName), Text())
    edited(amend_start, WasTyped(SessionStart), Text())
    edited(amend_length, WasTyped(SessionLength), Text())
    edited(amend_slot, WasTyped(SessionSlot), Text())
    edited(text_only, WasTyped(ProgrammeText, ProgrammeName, SessionStart, SessionLength, SessionSlot))


def in_draft(draft: Draft, value: Value, kept: object, now: object) -> bool:
    """Whether what was typed is in the draft and in no version yet. Stale when something else stands there than what
    was kept, or what it is to say `now` if a former try was cut off when that was done."""
    if said(draft.programme, value) not in (kept, now):
        raise Stale("edited.replaced")
    return said(draft.published, value) != kept


def said(programme: Programme, value: Value) -> object:
    try:
        return value(programme)
    except Stale:  # the record is not there
        return None


async def amend_text(
    message: Message, text: str, became: ProgrammeText, ctx: Context, drafts: Drafts
) -> ProgrammeText | None:
    about, language = About(became.kind, became.code, became.field), became.language
    draft = await drafts.get(ctx.who)
    words = texts.read_words(about, text, message.html_text)
    if words == became.kept:
        return None
    if not in_draft(draft, lambda programme: words_in(programme, about, language), became.kept, words):
        await show(message, views.text_published(ctx.t, about, language))
        return None
    edit = Reword(about.kind, about.code, about.letter, language, words=words)
    await show_text(message, about, [edit], ctx, drafts)
    return ProgrammeText(became.kind, became.code, became.field, language, words)


def words_in(programme: Programme, about: About, language: str) -> str | None:
    return dict(texts.text_of(programme, about).variants).get(language)


async def amend_name(
    message: Message, text: str, became: ProgrammeName, ctx: Context, drafts: Drafts
) -> ProgrammeName | None:
    about = About(became.kind, became.code, became.field)
    draft = await drafts.get(ctx.who)
    before, after = texts.read_names(became.kept), texts.read_names(text)
    if before == after:
        return None
    if not in_draft(draft, lambda programme: texts.text_of(programme, about), before, after):
        await show(message, views.text_published(ctx.t, about, after.variants[0][0]))
        return None
    await show_text(message, about, renaming(about, before, after), ctx, drafts)
    return ProgrammeName(became.kind, became.code, became.field, text)


def renaming(about: About, before: Words, after: Words) -> list[Edit]:
    """The edits that make one name of another, a language each."""
    now = dict(after.variants)
    former = dict.fromkeys(LANGUAGES) if texts.EVERYBODY in dict(before.variants) else dict(before.variants)
    gone = {} if texts.EVERYBODY in now else {one: "" for one in former if one not in now}
    return [
        Reword(about.kind, about.code, about.letter, language, words=words)
        for language, words in {**now, **gone}.items()
    ]


async def show_text(message: Message, about: About, steps: Sequence[Edit], ctx: Context, drafts: Drafts) -> None:
    """Make the edits and show the text as it is then."""
    draft = await make(steps, ctx, drafts)
    await message.answer(ctx.t("edited.counted"))
    await show(message, text_views.field(ctx.t, draft, about, ctx.who.id))


async def make(steps: Sequence[Edit], ctx: Context, drafts: Drafts) -> Draft:
    for edit in steps:
        await drafts.change_newest(ctx.who, edit, ctx.now)
    return await drafts.get(ctx.who)


async def amend_start(
    message: Message, text: str, became: SessionStart, ctx: Context, drafts: Drafts
) -> SessionStart | None:
    draft, code = await drafts.get(ctx.who), became.session
    day, start = read_start(text, draft.programme, need_session(draft.programme, code).day)
    kept = dt.datetime.fromisoformat(became.kept)
    if start == kept:
        return None
    if not in_draft(draft, lambda programme: need_session(programme, code).start, kept, start):
        await show(message, views.time_published(ctx.t, code, "start"))
        return None
    await show_session(message, code, [edits.Move(code, start, day=day)], ctx, drafts)
    return SessionStart(code, start.isoformat())


async def amend_length(
    message: Message, text: str, became: SessionLength, ctx: Context, drafts: Drafts
) -> SessionLength | None:
    draft, code = await drafts.get(ctx.who), became.session
    minutes = read_length(text, need_session(draft.programme, code).start)
    if minutes == became.kept:
        return None
    if not in_draft(draft, lambda programme: length(programme, code), became.kept, minutes):
        await show(message, views.time_published(ctx.t, code, "length"))
        return None
    await show_session(message, code, [edits.Lengthen(code, minutes)], ctx, drafts)
    return SessionLength(code, minutes)


def length(programme: Programme, code: str) -> int:
    session = need_session(programme, code)
    return int(session.end.timestamp() - session.start.timestamp()) // 60


async def amend_slot(
    message: Message, text: str, became: SessionSlot, ctx: Context, drafts: Drafts
) -> SessionSlot | None:
    """When and how long, of a session that was added; while its title is asked for, see handlers.publishing.add."""
    draft, code = await drafts.get(ctx.who), became.session
    if not code:
        return None  # the form was left: nothing came of it
    start, minutes = read_slot(text, draft.programme, dt.date.fromisoformat(became.day))
    kept = (dt.datetime.fromisoformat(became.kept), became.minutes)
    if (start, minutes) == kept:
        return None
    if not in_draft(draft, lambda programme: slot(programme, code), kept, (start, minutes)):
        await show(message, views.time_published(ctx.t, code, "start"))
        return None
    steps = [edits.Move(code, start, day=dt.date.fromisoformat(became.day)), edits.Lengthen(code, minutes)]
    await show_session(message, code, steps, ctx, drafts)
    return SessionSlot(became.day, code, start.isoformat(), minutes)


def slot(programme: Programme, code: str) -> tuple[dt.datetime, int]:
    return need_session(programme, code).start, length(programme, code)


async def show_session(message: Message, code: str, steps: Sequence[Edit], ctx: Context, drafts: Drafts) -> None:
    """Make the edits and show the session as it is then."""
    draft = await make(steps, ctx, drafts)
    await message.answer(ctx.t("edited.counted"))
    await show(message, whole(ctx, draft, code))
