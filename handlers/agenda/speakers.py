"""Speakers: list and card."""

from __future__ import annotations

from pathlib import Path

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.context import Context
from bot.errors import Stale
from bot.programme.model import Speaker
from bot.views.agenda import speakers as views
from bot.views.agenda.buttons import SpeakerCard, SpeakerSessions, SpeakersPage
from handlers.answers import show
from handlers.filters import Key, Press, page_in

SENT_HERE = "telegram:"  # before the file_id of a photo that an organizer sent to the bot
# A programme may come from elsewhere, and the folder may hold more than pictures: nothing else is ever opened.
PICTURES = (".jpg", ".jpeg", ".png", ".webp")


def register(routes: Router) -> None:
    routes.message.register(open_list, Key("menu.speakers"))
    routes.message.register(open_list, Command("speakers"))
    routes.callback_query.register(open_list, Press(SpeakersPage))
    routes.callback_query.register(open_card, Press(SpeakerCard))
    routes.callback_query.register(turn_sessions, Press(SpeakerSessions))


async def open_list(event: Message | CallbackQuery, ctx: Context, press: SpeakersPage | None = None) -> None:
    await show(event, views.speakers(ctx.t, ctx.programme.speakers, page_in(press)))


async def open_card(query: CallbackQuery, press: SpeakerCard, ctx: Context, photos: Path) -> None:
    await turn_sessions(query, SpeakerSessions(speaker=press.speaker, page=0, list_page=press.page), ctx, photos)


async def turn_sessions(query: CallbackQuery, press: SpeakerSessions, ctx: Context, photos: Path) -> None:
    speaker = ctx.programme.speaker(press.speaker)
    if speaker is None:
        raise Stale("refusal.stale")
    photo = photo_of(speaker, photos)
    await show(
        query,
        views.speaker(
            ctx.t,
            ctx.programme,
            ctx.runs,
            speaker,
            page=press.page,
            photo=photo,
            now=ctx.now,
            list_page=press.list_page,
        ),
    )


def photo_of(speaker: Speaker, photos: Path) -> Path | str | None:
    """The file or address of the photo, or what Telegram calls one that was sent here.

    None when there is none, also when its file is missing or not a picture.
    """
    if not speaker.photo:
        return None
    if speaker.photo.startswith(SENT_HERE):
        return speaker.photo.removeprefix(SENT_HERE)
    if speaker.photo.startswith(("http://", "https://")):
        return speaker.photo
    file = photos / speaker.photo
    try:
        return file if file.suffix.lower() in PICTURES and file.is_file() else None
    except OSError:  # a name that is too long for any file
        return None
