"""Files of the programme: organizers take one away, mend it, and send it back."""

from __future__ import annotations

import asyncio

from aiogram import Router
from aiogram.enums import ChatAction
from aiogram.filters import Filter
from aiogram.types import BufferedInputFile, CallbackQuery, Document, Message

from bot.actions.became import ProgrammeUpload
from bot.actions.publishing import hanging
from bot.actions.publishing.files import KINDS, tally
from bot.actions.rights import need_organizer
from bot.context import Context
from bot.drafts import Drafts
from bot.errors import Stale
from bot.middlewares.typed import lasting_name
from bot.programme.changes import from_json
from bot.programme.edits import Import
from bot.programme.faults import ProgrammeFaults, refuse
from bot.programme.load import LARGEST_MEGABYTES, Read, read
from bot.views.buttons import Go
from bot.views.publishing import files as views
from bot.views.publishing.buttons import ProgrammeFile
from handlers.answers import show
from handlers.filters import Press, WasTyped


class OrganizersFile(Filter):
    """A file that an organizer sends; the handler gets it as `document`. Nobody else's is taken."""

    async def __call__(self, message: Message, ctx: Context) -> bool | dict[str, Document]:
        if message.document is None or message.animation is not None or not ctx.who.organizer:
            return False
        return {"document": message.document}


def register(routes: Router) -> None:
    routes.callback_query.register(open_files, Press(Go, where="files"))
    routes.callback_query.register(send, Press(ProgrammeFile))


def register_documents(routes: Router) -> None:
    """After the forms, some of which wait for a file themselves."""
    routes.message.register(take_file, OrganizersFile(), flags={"album": True})
    routes.edited_message.register(take_another, WasTyped(ProgrammeUpload), OrganizersFile())


async def open_files(query: CallbackQuery, ctx: Context) -> None:
    need_organizer(ctx.who)
    await show(query, views.files(ctx.t))


async def send(query: CallbackQuery, press: ProgrammeFile, ctx: Context, drafts: Drafts, username: str) -> None:
    draft = await drafts.get(ctx.who)
    if press.kind not in KINDS:
        raise Stale("refusal.stale")
    assert query.bot is not None
    await query.bot.send_chat_action(ctx.who.id, ChatAction.UPLOAD_DOCUMENT)
    name, content = await asyncio.to_thread(views.make, press.kind, ctx.t, draft, ctx.now, username)
    await query.bot.send_document(ctx.who.id, BufferedInputFile(content, name))


async def take_file(message: Message, document: Document, ctx: Context, drafts: Drafts) -> ProgrammeUpload | None:
    name = document.file_name or "?"
    try:
        found = await content(message, document, name)
    except ProgrammeFaults as error:
        await show(message, views.faults(ctx.t, name, error.faults))
        if len(error.faults) > views.SHOWN:
            listing = await asyncio.to_thread(views.fault_list, ctx.t, error.faults)
            await message.answer_document(BufferedInputFile(listing, f"{name}.txt"))
        return None
    edit = Import(name, found=found.programme, whole=found.whole)
    before, after = await drafts.change_newest(ctx.who, edit, ctx.now)
    made = after.steps[len(before.steps) :][:1]  # others' steps may stand upon it already
    drafted = (change for step in before.steps if step.made_by != ctx.who.id for change in from_json(step.changes))
    counted = tally([change for step in made for change in from_json(step.changes)], drafted)
    hangs = await ctx.read(hanging.of_draft, ctx.seconds, after)
    step = made[0].number if made else 0
    screen = views.taken(
        ctx.t, name, revision=after.revision, number=step, tally=counted, notes=found.notes, hanging=hangs
    )
    await show(message, screen)
    return ProgrammeUpload(lasting_name(message))


async def take_another(
    message: Message, document: Document, became: ProgrammeUpload, ctx: Context, drafts: Drafts
) -> ProgrammeUpload | None:
    """Another file was put in the place of the one that was sent: its changes come on top."""
    if lasting_name(message) == became.kept:
        return None  # its caption was edited, and says nothing
    return await take_file(message, document, ctx, drafts)


async def content(message: Message, document: Document, name: str) -> Read:
    """The programme in a file. Raises ProgrammeFaults."""
    if (document.file_size or 0) > LARGEST_MEGABYTES * 1_000_000:
        refuse("fault.too_large", megabytes=LARGEST_MEGABYTES)
    assert message.bot is not None
    data = await message.bot.download(document)
    assert data is not None
    return await asyncio.to_thread(read, data.read(), name)
