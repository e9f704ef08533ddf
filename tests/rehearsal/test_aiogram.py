"""A real client library talks to the rehearsal: every answer must decode into its types."""

from __future__ import annotations

import asyncio
import io
import struct
from collections.abc import AsyncIterator

import pytest
from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramConflictError,
    TelegramForbiddenError,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.types import (
    BotCommand,
    BotCommandScopeChat,
    BufferedInputFile,
    CallbackQuery,
    ChatMemberUpdated,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    InputMediaPhoto,
    MenuButtonCommands,
    Message,
    ReactionTypeEmoji,
)

from tests.images import png
from tests.rehearsal.stage import TOKEN, Stage


def jpeg(width: int, height: int) -> bytes:
    """Only the headers a reader of sizes needs."""
    app0 = b"\xff\xe0" + struct.pack(">H", 16) + b"JFIF\0" + bytes(9)
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, height, width, 1) + b"\1\x11\0"
    return b"\xff\xd8" + app0 + frame + b"\xff\xd9"


def file(data: bytes, name: str) -> BufferedInputFile:
    return BufferedInputFile(data, name)


@pytest.fixture
async def bot(stage: Stage) -> AsyncIterator[Bot]:
    session = AiohttpSession(api=TelegramAPIServer.from_base(stage.url))
    bot = Bot(TOKEN, session=session)
    yield bot
    await session.close()


PRESS = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Press", callback_data="p:1")]])


async def test_a_whole_bot(stage: Stage, bot: Bot) -> None:
    dispatcher = Dispatcher()
    members: list[str] = []

    @dispatcher.message()
    async def echo(message: Message) -> None:
        await message.answer(f"You said {message.text}", reply_markup=PRESS)

    @dispatcher.callback_query()
    async def pressed(query: CallbackQuery) -> None:
        assert isinstance(query.message, Message)
        await query.message.edit_text(f"Pressed {query.data}")
        await query.answer("Good")

    @dispatcher.my_chat_member()
    async def member(update: ChatMemberUpdated) -> None:
        members.append(update.new_chat_member.status)

    polling = asyncio.create_task(dispatcher.start_polling(bot, handle_signals=False))
    person = await stage.telegram.person("Айгерім")
    await person.start("x")
    await person.sees("You said /start x")
    answer = await person.press("Press")
    assert answer.text == "Good"
    await person.sees("Pressed p:1")
    await person.toast("Good")
    await person.block()
    await person.unblock()
    await stage.telegram.group("G", person)
    await stage.telegram.idle()
    assert members == ["kicked", "member", "administrator"]
    await dispatcher.stop_polling()
    await polling


async def test_refusals_become_its_exceptions(stage: Stage, bot: Bot) -> None:
    person = await stage.person()
    with pytest.raises(TelegramBadRequest, match="message is too long"):
        await bot.send_message(person.id, "x" * 4097)
    await stage.telegram.flood(next=1, retry_after=3)
    with pytest.raises(TelegramRetryAfter) as flooded:
        await bot.send_message(person.id, "x")
    assert flooded.value.retry_after == 3
    await person.block()
    with pytest.raises(TelegramForbiddenError):
        await bot.send_message(person.id, "x")
    await bot.delete_webhook(drop_pending_updates=True)
    older = asyncio.create_task(bot.get_updates(timeout=20))
    await stage.telegram.idle()
    with pytest.raises(TelegramConflictError):
        await asyncio.gather(older, bot.get_updates(offset=-1))
    async with Bot("42:OTHER", session=AiohttpSession(api=bot.session.api)) as stranger:
        with pytest.raises(TelegramUnauthorizedError):
            await stranger.get_me()


async def test_files_up_and_down(stage: Stage, bot: Bot) -> None:
    person = await stage.person()
    sent = await bot.send_photo(person.id, file(png(8, 4), "a.png"), caption="<b>Map</b>", parse_mode="HTML")
    assert sent.photo
    assert (sent.photo[-1].width, sent.photo[-1].height) == (8, 4)
    assert (sent.caption, sent.caption_entities and sent.caption_entities[0].type) == ("Map", "bold")
    again = await bot.send_photo(person.id, sent.photo[-1].file_id)
    assert again.photo == sent.photo
    found = await bot.download(sent.photo[-1].file_id)
    assert isinstance(found, io.BytesIO)
    assert found.read() == png(8, 4)
    assert await stage.telegram.file(sent.photo[-1].file_id) == png(8, 4)
    big = await bot.send_photo(person.id, file(jpeg(640, 480), "a.jpg"))
    assert big.photo
    assert (big.photo[-1].width, big.photo[-1].height) == (640, 480)
    for bad, reason in (
        (file(b"text", "a.png"), "IMAGE_PROCESS_FAILED"),
        (file(jpeg(9000, 1001), "a.jpg"), "PHOTO_INVALID_DIMENSIONS"),
        (file(jpeg(2100, 100), "a.jpg"), "PHOTO_INVALID_DIMENSIONS"),
        (file(b"", "a.png"), "file must be non-empty"),
    ):
        with pytest.raises(TelegramBadRequest, match=reason):
            await bot.send_photo(person.id, bad)
    with pytest.raises(TelegramBadRequest, match="message caption is too long"):
        await bot.send_photo(person.id, file(png(8, 4), "a.png"), caption="x" * 1025)

    paper = await bot.send_document(person.id, file(b"BEGIN:VCALENDAR", "күн.ics"), reply_markup=PRESS)
    assert paper.document
    assert (paper.document.file_name, paper.document.file_size) == ("күн.ics", 15)
    with pytest.raises(TelegramBadRequest, match="can't use file of type Document as Photo"):
        await bot.send_photo(person.id, paper.document.file_id)

    upload = await person.send_document(b"a,b", "list.csv", caption="hi")
    assert upload.document
    taken = await bot.download(upload.document["file_id"])
    assert isinstance(taken, io.BytesIO)
    assert taken.read() == b"a,b"
    shown = (await person.send_photo(png(8, 4))).photo
    assert shown
    assert (shown["width"], shown["height"], shown["file_size"]) == (8, 4, len(png(8, 4)))


async def test_albums_and_media_edits(stage: Stage, bot: Bot) -> None:
    person = await stage.person()
    album = await bot.send_media_group(
        person.id,
        [InputMediaPhoto(media=file(png(n, n), f"{n}.png"), caption=str(n)) for n in (1, 2)],
    )
    assert [m.caption for m in album] == ["1", "2"]
    assert len({m.media_group_id for m in album}) == 1
    with pytest.raises(TelegramBadRequest, match="document can't be mixed with other media types"):
        await bot.send_media_group(
            person.id,
            [InputMediaPhoto(media=file(png(8, 4), "a.png")), InputMediaDocument(media=file(b"x", "b.txt"))],
        )
    edited = await bot.edit_message_media(
        InputMediaPhoto(media=file(png(3, 3), "3.png"), caption="three"),
        chat_id=person.id,
        message_id=album[0].message_id,
    )
    assert isinstance(edited, Message)
    assert edited.photo
    assert (edited.photo[-1].width, edited.caption) == (3, "three")
    edited = await bot.edit_message_caption(
        chat_id=person.id, message_id=edited.message_id, caption="four", reply_markup=PRESS
    )
    assert isinstance(edited, Message)
    assert edited.caption == "four"
    assert edited.reply_markup
    assert edited.reply_markup.inline_keyboard[0][0].callback_data == "p:1"
    with pytest.raises(TelegramBadRequest, match="there is no text in the message to edit"):
        await bot.edit_message_text("x", chat_id=person.id, message_id=edited.message_id)


async def test_the_other_ways_to_send(stage: Stage, bot: Bot) -> None:
    person = await stage.person()
    who = person.id
    assert (await bot.send_location(who, 43.3, 68.27)).location
    venue = (await bot.send_venue(who, 43.3, 68.27, "Mausoleum", "Turkistan")).venue
    assert venue
    assert venue.title == "Mausoleum"
    assert (await bot.send_contact(who, "+7701", "Desk")).contact
    assert (await bot.send_video(who, file(b"mp4", "a.mp4"), width=2, height=1)).video
    assert (await bot.send_animation(who, file(b"gif", "a.mp4"))).animation
    assert (await bot.send_audio(who, file(b"mp3", "a.mp3"), title="Anthem")).audio
    assert (await bot.send_voice(who, file(b"ogg", "a.ogg"))).voice
    assert (await bot.send_sticker(who, file(b"webp", "a.webp"))).sticker
    assert await bot.send_chat_action(who, "typing")


async def test_copies_forwards_and_deletions(stage: Stage, bot: Bot) -> None:
    a, b = await stage.person("A"), await stage.person("B")
    source = await bot.send_message(a.id, "<b>x</b>", parse_mode="HTML", reply_markup=PRESS)
    copied = await bot.copy_message(b.id, a.id, source.message_id)
    copy = next(m for m in await b.messages() if m.id == copied.message_id)
    assert (copy.text, copy.entities[0]["type"], copy.rows) == ("x", "bold", [])
    forwarded = await bot.forward_message(b.id, a.id, source.message_id)
    assert forwarded.forward_origin
    assert len(await bot.copy_messages(b.id, a.id, [source.message_id, 999])) == 1
    secret = await bot.send_message(a.id, "x", protect_content=True)
    with pytest.raises(TelegramBadRequest, match="the message can't be copied"):
        await bot.copy_message(b.id, a.id, secret.message_id)
    assert await bot.pin_chat_message(a.id, source.message_id)
    chat = await bot.get_chat(a.id)
    assert chat.pinned_message
    assert chat.pinned_message.message_id == source.message_id
    assert await bot.unpin_chat_message(a.id)
    assert await bot.set_message_reaction(a.id, source.message_id, [ReactionTypeEmoji(emoji="👍")])
    assert await bot.delete_messages(a.id, [source.message_id, secret.message_id, 999])
    assert all(m.id not in (source.message_id, secret.message_id) for m in await a.messages())
    with pytest.raises(TelegramBadRequest, match="message to delete not found"):
        await bot.delete_message(a.id, source.message_id)


async def test_its_own_face(stage: Stage, bot: Bot) -> None:
    person = await stage.person()
    me = await bot.get_me()
    assert (me.id, me.username, me.is_bot) == (42, "minber_bot", True)
    commands = [BotCommand(command="now", description="Now and next")]
    scope = BotCommandScopeChat(chat_id=person.id)
    assert await bot.set_my_commands(commands, scope=scope, language_code="kk")
    [command] = await bot.get_my_commands(scope=scope, language_code="kk")
    assert (command.command, command.description) == ("now", "Now and next")
    assert await bot.set_my_name("Мінбер", "kk")
    assert (await bot.get_my_name("kk")).name == "Мінбер"
    assert (await bot.get_my_name("ru")).name == "Minber"
    assert await bot.set_my_description("About")
    assert (await bot.get_my_description()).description == "About"
    assert await bot.set_my_short_description("Short")
    assert (await bot.get_my_short_description()).short_description == "Short"
    page = (await stage.telegram.get("state"))["bot"]
    assert (page["description"], page["short_description"]) == ("About", "Short")
    assert await bot.set_chat_menu_button(chat_id=person.id, menu_button=MenuButtonCommands())
    assert (await bot.get_chat_menu_button(chat_id=person.id)).type == "commands"
    assert (await bot.get_webhook_info()).url == ""
    assert await bot.delete_webhook(drop_pending_updates=True)
    assert await bot.log_out()


async def test_chats_and_members(stage: Stage, bot: Bot) -> None:
    owner, other = await stage.person("A"), await stage.person("B")
    group = await stage.telegram.group("Desk", owner, other)
    assert (await bot.get_chat(group)).title == "Desk"
    assert (await bot.get_chat_member(group, owner.id)).status == "creator"
    assert (await bot.get_chat_member(group, other.id)).status == "member"
    assert (await bot.get_chat_member(group, 42)).status == "administrator"
    assert len(await bot.get_chat_administrators(group)) == 2
    assert await bot.get_chat_member_count(group) == 3
    assert await bot.leave_chat(group)
