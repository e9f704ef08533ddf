"""What an announcement says: taken as it was sent, with its formatting, files and albums."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from aiogram import Router
from aiogram.exceptions import TelegramBadRequest
from aiogram.filters import Filter
from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from bot.actions.announcements import amending, repairs
from bot.actions.announcements import announcements as actions
from bot.actions.announcements.signing import line
from bot.actions.announcements.wording import STAGED, mark, version
from bot.actions.became import AnnouncementPart
from bot.context import Context
from bot.delivery import content
from bot.errors import BadInput
from bot.views.announcements import announcements as views
from bot.views.screen import CAPTION_LIMIT, Screen, units
from handlers.announcements.announcements import bring_down
from handlers.answers import only, send_calls, show
from handlers.filters import WasTyped
from handlers.forms import AlbumForm, AnnouncementForm, InForm
from storage.announcement_parts import Part


class Content(Filter):
    """A message that can be announced, and is not a command."""

    async def __call__(self, message: Message) -> bool:
        return not (message.text or "").startswith("/") and (message.text is not None or kind_of(message) is not None)


class OfAlbum(Filter):
    """The next message of the album whose beginning was taken: Telegram sends each by itself. The handler gets the
    album's form as `form`."""

    async def __call__(self, message: Message, state: FSMContext) -> bool | dict[str, Any]:
        form = await AlbumForm.opened(state)
        return {"form": form} if form is not None and form.group == message.media_group_id else False


def register_forms(routes: Router) -> None:
    routes.message.register(take_content, InForm(AnnouncementForm), Content())
    routes.message.register(only("announcements.text_only"), InForm(AnnouncementForm))
    routes.message.register(take_more_of_album, InForm(AlbumForm), OfAlbum(), flags={"album": True})
    routes.edited_message.register(amend, WasTyped(AnnouncementPart), Content())
    routes.edited_message.register(only("announcements.text_only"), WasTyped(AnnouncementPart))


async def take_content(message: Message, state: FSMContext, ctx: Context) -> AnnouncementPart:
    form = await AnnouncementForm.load(state)
    part = part_of(message, form.language or "")
    announcement = await ctx.write(
        actions.take, form.number, language=part.language, part=part, more=False, programme=ctx.programme
    )
    number = announcement.number
    if message.media_group_id is None and not part.language.startswith(STAGED):
        await show_itself(message, number, part.language, ctx)
    screen = await next_screen(number, part.language, ctx)
    shown = await bring_down(message, screen, number, ctx)
    await state.clear()
    if message.media_group_id is not None:
        group, desk = message.media_group_id, shown.message_id
        await AlbumForm(number=number, language=part.language, group=group, desk=desk).save(state)
    return AnnouncementPart(number, mark([part]))


async def take_more_of_album(message: Message, form: AlbumForm, ctx: Context) -> AnnouncementPart:
    number, language = form.number, form.language
    part = part_of(message, language)
    await ctx.write(actions.take, number, language=language, part=part, more=True, programme=ctx.programme)
    screen = await next_screen(number, language, ctx)
    assert message.bot is not None
    with suppress(TelegramBadRequest):  # deleted meanwhile: /announce shows it again
        await message.bot.edit_message_text(
            screen.text, chat_id=ctx.who.id, message_id=form.desk, reply_markup=screen.keyboard
        )
    return AnnouncementPart(number, mark([part]))


async def amend(message: Message, became: AnnouncementPart, ctx: Context, approval: bool) -> AnnouncementPart | None:
    """The message that it says was edited."""
    part = part_of(message, "")
    came = await ctx.write(
        amending.amend, became.number, kept=became.kept, part=part, programme=ctx.programme, approval=approval
    )
    if came is None:
        return None
    await message.answer(views.amended(ctx.t, came))
    if came.came == amending.CORRECTABLE:
        await show(message, views.correctable(ctx.t, came.number, came.language))
        return None
    if not came.language.startswith(STAGED):
        await show_itself(message, came.number, came.language, ctx)
    await bring_down(message, await next_screen(came.number, came.language, ctx), came.number, ctx)
    return AnnouncementPart(came.number, mark([part]))


async def show_itself(message: Message, number: int, language: str, ctx: Context) -> None:
    """Exactly what its readers will get."""
    facts = await ctx.read(actions.facts, ctx.seconds, number)
    await message.answer(ctx.t("announcements.preview"))
    said_by = line(facts.announcement.said_by, language or ctx.t.language)
    await send_calls(message, content.sent(ctx.who.id, content.signed(version(facts.parts, language), said_by)))


async def next_screen(number: int, language: str, ctx: Context) -> Screen:
    """What follows what was sent: the draft's desk, or whether to carry out the correction."""
    if language.startswith(STAGED):
        plain = language.removeprefix(STAGED)
        staged = await ctx.read(repairs.staged, number, plain)
        return views.correction(ctx.t, number, plain, staged)
    return views.desk(ctx.t, ctx.programme, await ctx.read(actions.facts, ctx.seconds, number), ctx.who.id)


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
