"""A speaker's photo, sent by an organizer: into the draft as what Telegram calls it."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from aiogram import Router
from aiogram.exceptions import TelegramBadRequest
from aiogram.fsm.context import FSMContext
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from bot.actions.became import SpeakerPhoto
from bot.context import Context
from bot.drafts import Drafts
from bot.errors import BadInput, Stale
from bot.middlewares.answers import Toast
from bot.middlewares.typed import lasting_name
from bot.programme import edits
from bot.programme.model import Programme
from bot.views.publishing import speaker_links as views
from bot.views.publishing.buttons import DropPhoto, SendPhoto, SpeakerLink
from handlers.agenda.speakers import SENT_HERE
from handlers.answers import show
from handlers.filters import Press, WasTyped
from handlers.forms import InForm, PhotoForm
from handlers.publishing.amend import in_draft
from handlers.publishing.change import toast_of
from handlers.publishing.speaker_links import open_one

LARGEST_MEGABYTES = 10  # of a photo (Bot API, sendPhoto)


def register(routes: Router) -> None:
    routes.callback_query.register(ask, Press(SendPhoto))
    routes.callback_query.register(drop, Press(DropPhoto))


def register_forms(routes: Router) -> None:
    routes.message.register(take_photo, InForm(PhotoForm))
    routes.edited_message.register(amend_photo, WasTyped(SpeakerPhoto))


async def ask(query: CallbackQuery, press: SendPhoto, state: FSMContext, ctx: Context, drafts: Drafts) -> None:
    draft = await drafts.get(ctx.who)
    speaker = draft.programme.speaker(press.speaker)
    if speaker is None:
        raise Stale("speaking.gone")
    await PhotoForm(press.speaker, press.page).save(state)
    await show(query, views.send_photo(ctx.t, speaker))


async def take_photo(message: Message, state: FSMContext, ctx: Context, drafts: Drafts, photos: Path) -> SpeakerPhoto:
    form = await PhotoForm.load(state)
    code = form.speaker
    photo = SENT_HERE + await file_of(message)
    await drafts.change_newest(ctx.who, edits.Photo(code, photo=photo), ctx.now)
    await state.clear()
    await message.answer(ctx.t("speaking.photo_taken"))
    await open_one(message, SpeakerLink(speaker=code, page=form.page), ctx, drafts, photos)
    return SpeakerPhoto(code, form.page, photo, lasting_name(message))


async def amend_photo(
    message: Message, became: SpeakerPhoto, ctx: Context, drafts: Drafts, photos: Path
) -> SpeakerPhoto | None:
    """Another photo was put in the place of the one that was sent."""
    if lasting_name(message) == became.file:
        return None  # its caption was edited
    code, card = became.speaker, SpeakerLink(speaker=became.speaker, page=became.page)
    photo = SENT_HERE + await file_of(message)
    if not in_draft(await drafts.get(ctx.who), lambda programme: photo_in(programme, code), became.kept, photo):
        await message.answer(ctx.t("edited.published"))
        await open_one(message, card, ctx, drafts, photos)
        return None
    await drafts.change_newest(ctx.who, edits.Photo(code, photo=photo), ctx.now)
    await message.answer(ctx.t("edited.counted"))
    await open_one(message, card, ctx, drafts, photos)
    return SpeakerPhoto(code, became.page, photo, lasting_name(message))


def photo_in(programme: Programme, code: str) -> str | None:
    speaker = programme.speaker(code)
    return None if speaker is None else speaker.photo


async def drop(query: CallbackQuery, press: DropPhoto, ctx: Context, drafts: Drafts, photos: Path) -> Toast | None:
    """A draft that has moved on since it was shown keeps the photo, and is shown again."""
    changed = await drafts.change(ctx.who, press.revision, edits.DropPhoto(press.speaker), ctx.now)
    await open_one(query, SpeakerLink(speaker=press.speaker, page=press.page), ctx, drafts, photos)
    return None if changed.through else toast_of(ctx, changed)


async def file_of(message: Message) -> str:
    """The file_id of the photo. One that was sent as a file is sent back as a photo first: a file's own file_id
    cannot become one (Bot API, "Sending files"). Raises BadInput for anything else."""
    if message.photo:
        return message.photo[-1].file_id
    document = message.document
    image = document is not None and message.animation is None and (document.mime_type or "").startswith("image/")
    if document is None or not image:
        raise BadInput("speaking.photo_bad")
    if (document.file_size or 0) > LARGEST_MEGABYTES * 1024 * 1024:
        raise BadInput("speaking.photo_large", megabytes=LARGEST_MEGABYTES)
    assert message.bot is not None
    data = await message.bot.download(document)
    assert data is not None
    try:
        sent = await message.answer_photo(BufferedInputFile(data.read(), "photo"))
    except TelegramBadRequest as error:
        raise BadInput("speaking.photo_bad") from error
    assert sent.photo
    with suppress(TelegramBadRequest):
        await sent.delete()  # it stands under the speaker's name in a moment
    return sent.photo[-1].file_id
