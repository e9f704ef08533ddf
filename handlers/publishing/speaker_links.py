"""Which of the programme's speakers are people here: for organizers."""

from __future__ import annotations

from pathlib import Path

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.actions.agenda import speaking as actions
from bot.actions.agenda.speaking import Linked
from bot.actions.rights import need_organizer
from bot.actions.typed import one_line
from bot.context import Context
from bot.drafts import Drafts
from bot.errors import Stale
from bot.programme.current import CurrentProgramme
from bot.views.buttons import Go
from bot.views.publishing import speaker_links as views
from bot.views.publishing.buttons import FindSpeaker, SpeakerLink, SpeakerLinks
from bot.views.publishing.more_buttons import SpeakerEnds
from handlers.agenda.speakers import photo_of
from handlers.answers import show, text_only
from handlers.filters import Press, Text, page_in
from handlers.forms import FindSpeakerForm, InForm


def register(routes: Router) -> None:
    routes.callback_query.register(open_list, Press(Go, where="speakers"))
    routes.callback_query.register(open_list, Press(SpeakerLinks))
    routes.callback_query.register(open_one, Press(SpeakerLink))
    routes.callback_query.register(open_ends, Press(SpeakerEnds))
    routes.callback_query.register(find, Press(FindSpeaker))


def register_forms(routes: Router) -> None:
    routes.message.register(found, InForm(FindSpeakerForm), Text())
    routes.message.register(text_only, InForm(FindSpeakerForm))


async def open_list(query: CallbackQuery, press: Go | SpeakerLinks, ctx: Context, drafts: Drafts) -> None:
    linked = await ctx.read(actions.linked, ctx.seconds)
    draft = await drafts.get(ctx.who)
    await show(query, views.speakers(ctx.t, draft.programme, linked, page_in(press)))


async def open_one(
    event: Message | CallbackQuery, press: SpeakerLink, ctx: Context, drafts: Drafts, photos: Path
) -> None:
    """The speaker as the draft has them."""
    linked = await ctx.read(actions.linked, ctx.seconds)
    draft = await drafts.get(ctx.who)
    speaker = draft.programme.speaker(press.speaker)
    if speaker is None:
        raise Stale("speaking.gone")
    photo = photo_of(speaker, photos)
    held = linked.get(press.speaker, Linked())
    await show(event, views.speaker(ctx.t, draft, speaker, linked=held, page=press.page, photo=photo))


async def open_ends(query: CallbackQuery, press: SpeakerEnds, ctx: Context, drafts: Drafts) -> None:
    linked = (await ctx.read(actions.linked, ctx.seconds)).get(press.speaker, Linked())
    speaker = (await drafts.get(ctx.who)).programme.speaker(press.speaker)
    if speaker is None:
        raise Stale("speaking.gone")
    await show(query, views.ends(ctx.t, speaker, linked, page=press.page, list_page=press.list_page))


async def find(query: CallbackQuery, state: FSMContext, ctx: Context) -> None:
    need_organizer(ctx.who)
    await FindSpeakerForm().save(state)
    await show(query, views.find(ctx.t))


async def found(message: Message, text: str, ctx: Context, current: CurrentProgramme) -> None:
    """The form stays open: who was not found is typed another way."""
    linked = await ctx.read(actions.linked, ctx.seconds)
    people = current.index.find_speakers(one_line(text), ctx.t.language, views.FOUND)
    await show(message, views.found(ctx.t, people, linked))
