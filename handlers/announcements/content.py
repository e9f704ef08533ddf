"""What an announcement says: taken as it was sent, with its formatting, files and albums."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from aiogram import Router
from aiogram.exceptions import TelegramBadRequest
from aiogram.filters import Filter, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from bot.actions.announcements import announcements as actions
from bot.actions.announcements import repairs
from bot.actions.announcements.wording import STAGED, version
from bot.context import Context
from bot.delivery import content
from bot.errors import BadInput
from bot.views.announcements import announcements as views
from bot.views.screen import CAPTION_LIMIT, Screen, units
from handlers.answers import send_calls, show
from handlers.forms import AnnouncementForm
from storage.announcements import Part


class Content(Filter):
    """A message that can be announced, and is no command."""

    async def __call__(self, message: Message) -> bool:
        return not (message.text or "").startswith("/") and (message.text is not None or kind_of(message) is not None)


class OfAlbum(Filter):
    """The next message of the album whose beginning was taken: Telegram sends each by itself."""

    async def __call__(self, message: Message, state: FSMContext) -> bool:
        group = message.media_group_id
        return group is not None and (await state.get_data()).get("group") == group


def register_forms(routes: Router) -> None:
    form = {"form": True}
    routes.message.register(take, StateFilter(AnnouncementForm.text), Content(), flags=form)
    routes.message.register(refuse, StateFilter(AnnouncementForm.text), flags=form)
    routes.message.register(take_more, StateFilter(AnnouncementForm.more), OfAlbum(), flags=form)


async def take(message: Message, state: FSMContext, ctx: Context) -> None:
    form: dict[str, Any] = await state.get_data()
    part = part_of(message, form.get("language", ""))
    seconds = ctx.seconds
    announcement = await ctx.write(actions.take, form.get("number"), part.language, part, False, seconds)
    number = announcement.number
    if message.media_group_id is None and not part.language.startswith(STAGED):
        await show_itself(message, number, part.language, ctx)
    screen = await next_screen(number, part.language, ctx)
    shown = await show(message, screen)
    await state.clear()
    if message.media_group_id is not None and shown is not None:
        await state.set_state(AnnouncementForm.more)
        album = {"number": number, "language": part.language, "group": message.media_group_id}
        await state.set_data({**album, "desk": shown.message_id})


async def take_more(message: Message, state: FSMContext, ctx: Context) -> None:
    form: dict[str, Any] = await state.get_data()
    number, language = form["number"], form["language"]
    await ctx.write(actions.take, number, language, part_of(message, language), True, ctx.seconds)
    screen = await next_screen(number, language, ctx)
    assert message.bot is not None
    with suppress(TelegramBadRequest):  # deleted meanwhile: /announce shows it again
        await message.bot.edit_message_text(
            screen.text, chat_id=ctx.who.id, message_id=form["desk"], reply_markup=screen.keyboard
        )


async def refuse(message: Message, ctx: Context) -> None:
    await message.answer(ctx.t("announcements.text_only"))


async def show_itself(message: Message, number: int, language: str, ctx: Context) -> None:
    """Exactly what its readers will get."""
    facts = await ctx.read(actions.facts, number, ctx.seconds)
    await message.answer(ctx.t("announcements.preview"))
    await send_calls(message, content.sent(ctx.who.id, version(facts.parts, language)))


async def next_screen(number: int, language: str, ctx: Context) -> Screen:
    """What follows what was sent: the draft's desk, or whether to carry out the correction."""
    seconds = ctx.seconds
    if language.startswith(STAGED):
        plain = language.removeprefix(STAGED)
        staged = await ctx.read(repairs.staged, number, plain)
        return views.correction(ctx.t, number, plain, *staged, asked=False)
    return views.desk(ctx.t, ctx.programme, await ctx.read(actions.facts, number, seconds), ctx.who.id)


def kind_of(message: Message) -> str | None:
    """One of bot.delivery.content's kinds of files, or location."""
    kinds = ("photo", "video", "audio", "voice", "location")
    found = next((kind for kind in kinds if getattr(message, kind)), None)
    # An animation comes as a document too, and would go out as a mere file.
    return found or ("document" if message.document is not None and message.animation is None else None)


def part_of(message: Message, language: str) -> Part:
    kind = kind_of(message)
    if kind is None:
        return Part(language, message.message_id, "text", message.html_text)
    if kind == "location" and message.location is not None:
        place = f"{message.location.latitude},{message.location.longitude}"
        return Part(language, message.message_id, kind, place=place)
    length = units(message.caption or "")
    if length > CAPTION_LIMIT:
        raise BadInput("announcements.caption_long", most=CAPTION_LIMIT, length=length)
    sizes = message.photo
    file = sizes[-1] if sizes else getattr(message, kind)
    return Part(language, message.message_id, kind, message.html_text if message.caption else "", file.file_id)
