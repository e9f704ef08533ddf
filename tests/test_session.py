"""The lean session does what aiogram's does: a change in aiogram that we rely on not to come turns this red."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
import pytest_asyncio
from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import AiogramError, TelegramNetworkError
from aiogram.methods import (
    AnswerCallbackQuery,
    CopyMessage,
    DeleteMessage,
    EditMessageText,
    GetMe,
    SendDocument,
    SendMediaGroup,
    SendMessage,
    SendPhoto,
    SendVenue,
    SetMyCommands,
    TelegramMethod,
)
from aiogram.types import (
    BotCommand,
    BotCommandScopeChat,
    BufferedInputFile,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    KeyboardButton,
    LinkPreviewOptions,
    Message,
    MessageEntity,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)
from aiohttp import web

from bot.delivery.session import LeanSession
from bot.inbound.poller import GetRawUpdates
from bot.views.buttons import Go, button
from bot.views.screen import screen

TOKEN = "42:TEST"
CHAT = {"id": 7, "type": "private", "first_name": "Айгерім"}
MESSAGE = {
    "message_id": 5,
    "date": 1795000000,
    "chat": CHAT,
    "from": {"id": 42, "is_bot": True, "first_name": "Minber"},
    "text": "Сәлем",
    "reply_markup": {"inline_keyboard": [[{"text": "1", "callback_data": "s:x:"}]]},
}
KEYS = InlineKeyboardMarkup(
    inline_keyboard=[
        [InlineKeyboardButton(text="Ә «1» <b>", callback_data="s:x:", style="danger")],
        [InlineKeyboardButton(text="2", url="https://example.org/?a=1&b=2")],
    ]
)
SCREEN = screen("x", [button("⭐ «1»", Go(where="now")), button("×", Go(where="my"), style="danger")])
PHOTO = BufferedInputFile(b"\x89PNG", "p.png")

CALLS: list[TelegramMethod[Any]] = [
    SendMessage(chat_id=7, text="Сәлем, <b>Айгерім</b> & 👋", reply_markup=KEYS),
    SendMessage(
        chat_id="@channel", text="x", parse_mode=None, link_preview_options=LinkPreviewOptions(is_disabled=False)
    ),
    SendMessage(chat_id=7, text="", disable_notification=False, message_thread_id=0),
    SendMessage(chat_id=7, text="x", entities=[MessageEntity(type="bold", offset=0, length=1)], parse_mode="HTML"),
    SendMessage(chat_id=7, text="x", reply_parameters=ReplyParameters(message_id=3, quote="y")),
    SendMessage(chat_id=7, text="x", reply_markup=ReplyKeyboardRemove()),
    SendMessage(chat_id=7, text="x", reply_markup=ForceReply(selective=True)),
    SendMessage(
        chat_id=7,
        text="x",
        reply_markup=ReplyKeyboardMarkup(
            keyboard=[[KeyboardButton(text="📅")]], resize_keyboard=True, input_field_placeholder=""
        ),
    ),
    EditMessageText(chat_id=7, message_id=5, text="x", reply_markup=InlineKeyboardMarkup(inline_keyboard=[])),
    SendMessage(chat_id=7, text="x", reply_markup=SCREEN.keyboard),
    SendPhoto(chat_id=7, photo=PHOTO, reply_markup=SCREEN.keyboard),
    AnswerCallbackQuery(callback_query_id="q1", text="Ок", show_alert=True),
    AnswerCallbackQuery(callback_query_id="q1"),
    DeleteMessage(chat_id=7, message_id=5),
    CopyMessage(chat_id=7, from_chat_id=8, message_id=5),
    SendVenue(chat_id=7, latitude=43.3, longitude=68.25, title="t", address="a"),
    SendPhoto(chat_id=7, photo="file-id", caption="c"),
    SendPhoto(chat_id=7, photo=PHOTO, caption="c"),
    SendDocument(chat_id=7, document=PHOTO),
    SendMediaGroup(chat_id=7, media=[InputMediaPhoto(media=PHOTO, caption="c"), InputMediaPhoto(media="id")]),
    SetMyCommands(
        commands=[BotCommand(command="agenda", description="Бағдарлама")],
        scope=BotCommandScopeChat(chat_id=7),
        language_code="kk",
    ),
    GetRawUpdates(offset=5),
    GetMe(),
]


@dataclass
class Wire:
    """A server that keeps what it is sent and gives the answers put into it."""

    url: str = ""
    body: str = json.dumps({"ok": True, "result": MESSAGE})
    status: int = 200
    cut: bool = False
    held: asyncio.Event | None = None  # until it is set, no JSON is answered
    holding: asyncio.Event = field(default_factory=asyncio.Event)
    seen: list[dict[str, Any]] = field(default_factory=list)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        if request.content_type == "application/json":
            values = await request.json()
        else:
            values = {name: read(value) for name, value in (await request.post()).items()}
        self.seen.append({"method": request.match_info["method"], **values})
        if self.held is not None and request.content_type == "application/json":
            self.holding.set()
            await self.held.wait()
        if self.cut:
            assert request.transport is not None
            request.transport.abort()
        return web.Response(text=self.body, status=self.status, content_type="application/json")


def read(value: object) -> object:
    """A form's field as what it means: the Bot API takes JSON in text for everything that is not text."""
    if isinstance(value, web.FileField):
        return value.file.read()
    assert isinstance(value, str)
    try:
        return json.loads(value)
    except ValueError:
        return value


# Sessions of aiogram take a quarter of a second to close: one pair for all tests.
pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def server() -> AsyncIterator[Wire]:
    wire = Wire()
    app = web.Application()
    app.router.add_post("/bot{token}/{method}", wire.handle)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    wire.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield wire
    await runner.cleanup()


@pytest.fixture
def wire(server: Wire) -> Wire:
    """The server as it is at first."""
    fresh = Wire(server.url)
    vars(server).update(vars(fresh))
    return server


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bots(server: Wire) -> AsyncIterator[list[Bot]]:
    """One bot with aiogram's session, one with ours."""
    properties = DefaultBotProperties(parse_mode="HTML", link_preview_is_disabled=True)
    bots = [
        Bot(TOKEN, session=session(api=TelegramAPIServer.from_base(server.url)), default=properties)
        for session in (AiohttpSession, LeanSession)
    ]
    yield bots
    for bot in bots:
        await bot.session.close()


async def outcome(bot: Bot, method: TelegramMethod[Any]) -> Any:
    """The result, or what the failure says."""
    try:
        return await bot(method)
    except AiogramError as error:
        return type(error), str(error), {k: v for k, v in vars(error).items() if isinstance(v, (int, str))}


@pytest.mark.parametrize("method", CALLS, ids=lambda method: type(method).__name__)
async def test_the_same_call_arrives(method: TelegramMethod[Any], wire: Wire, bots: list[Bot]) -> None:
    for bot in bots:
        await outcome(bot, method)
    theirs, ours = [without_attachments(call) for call in wire.seen]
    assert ours == theirs


def without_attachments(call: dict[str, Any]) -> dict[str, Any]:
    """The call with its files in order instead of under their names, which are random."""
    files = sorted(value for value in call.values() if isinstance(value, bytes))
    named = {name: value for name, value in call.items() if not isinstance(value, bytes)}
    return {**{name: value for name, value in named.items() if "attach://" not in str(value)}, "files": files}


@pytest.mark.parametrize(
    ("method", "result"),
    [
        (SendMessage(chat_id=7, text="x"), MESSAGE),
        (EditMessageText(chat_id=7, message_id=5, text="x"), MESSAGE),
        (EditMessageText(inline_message_id="i", text="x"), True),
        (AnswerCallbackQuery(callback_query_id="q1"), True),
        (DeleteMessage(chat_id=7, message_id=5), True),
        (SendPhoto(chat_id=7, photo="id"), MESSAGE),
        (GetRawUpdates(), [{"update_id": 1, "message": {"unheard": "of"}}]),
        (GetMe(), {"id": 42, "is_bot": True, "first_name": "Minber", "username": "minber_bot"}),
        # What is not as it should be is refused by both alike.
        (SendMessage(chat_id=7, text="x"), None),
        (SendMessage(chat_id=7, text="x"), [MESSAGE]),
        (AnswerCallbackQuery(callback_query_id="q1"), {"no": "bool"}),
        (GetRawUpdates(), {"no": "list"}),
    ],
)
async def test_the_same_comes_back(method: TelegramMethod[Any], result: Any, wire: Wire, bots: list[Bot]) -> None:
    wire.body = json.dumps({"ok": True, "result": result})
    theirs, ours = [await outcome(bot, method) for bot in bots]
    assert type(ours) is type(theirs)
    if isinstance(method, (SendMessage, EditMessageText)) and isinstance(theirs, Message):
        assert (ours.message_id, ours.chat.id) == (theirs.message_id, theirs.chat.id)
        assert ours.bot is ours.chat.bot is bots[1]
    else:
        assert ours == theirs


@pytest.mark.parametrize(
    "result",
    [
        MESSAGE,
        dict(reversed(MESSAGE.items())),  # what is read stands behind the text
        {"message_id": 5, "reply_to_message": {**MESSAGE, "message_id": 4}, **MESSAGE},  # and behind another's text
        {**MESSAGE, "chat": {**CHAT, "first_name": ',"text":'}},
        {**MESSAGE, "chat": {**CHAT, "first_name": '","text":"x"}}'}},
        {"message_id": 5, "text": "x", "date": 1795000000, "chat": CHAT},
        {**MESSAGE, "text": '}},"text":'},
        {"message_id": 5, "date": 1795000000, "chat": CHAT, "photo": []},
    ],
)
@pytest.mark.parametrize("spaces", [True, False])
async def test_whatever_stands_first_in_an_answer(
    result: dict[str, Any], spaces: bool, wire: Wire, bots: list[Bot]
) -> None:
    """Of a message's text and buttons nothing is read, and where they stand is the server's affair."""
    wire.body = json.dumps({"ok": True, "result": result}, separators=None if spaces else (",", ":"))
    theirs, ours = [await bot(SendMessage(chat_id=7, text="x")) for bot in bots]
    assert (ours.message_id, ours.chat.id) == (theirs.message_id, theirs.chat.id)


async def test_of_a_message_that_was_sent_its_id_is_enough(wire: Wire, bots: list[Bot]) -> None:
    """Whatever else the answer has or lacks: it was sent. To ask for what was not read is an error, not None."""
    wire.body = '{"ok":true,"result":{"message_id":5}}'
    sent = await bots[1](SendMessage(chat_id=7, text="x"))
    assert (sent.message_id, sent.chat.id) == (5, 7)
    with pytest.raises(AttributeError):
        _ = sent.text
    assert isinstance(await sent.edit_text("y"), Message)
    wire.body = '{"ok":true,"result":true}'
    assert await sent.delete()
    assert [call["method"] for call in wire.seen] == ["sendMessage", "editMessageText", "deleteMessage"]


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (400, {"description": "Bad Request: message is not modified"}),
        (400, {"description": "Bad Request: group upgraded", "parameters": {"migrate_to_chat_id": -100}}),
        (401, {"description": "Unauthorized"}),
        (403, {"description": "Forbidden: bot was blocked by the user"}),
        (404, {"description": "Not Found"}),
        (409, {"description": "Conflict: terminated by other getUpdates request"}),
        (413, {"description": "Request Entity Too Large"}),
        (429, {"description": "Too Many Requests: retry after 5", "parameters": {"retry_after": 5}}),
        (500, {"description": "Internal Server Error"}),
        (500, {"description": "Internal Server Error: restart"}),
        (418, {"description": "I'm a teapot"}),
        (200, {"description": "not ok, whatever the status says"}),
    ],
)
@pytest.mark.parametrize("method", [SendMessage(chat_id=7, text="x"), AnswerCallbackQuery(callback_query_id="q1")])
async def test_the_same_refusal(
    method: TelegramMethod[Any], status: int, body: dict[str, Any], wire: Wire, bots: list[Bot]
) -> None:
    wire.status, wire.body = status, json.dumps({"ok": False, "error_code": status, **body})
    theirs, ours = [await outcome(bot, method) for bot in bots]
    assert isinstance(theirs, tuple)
    assert ours == theirs


@pytest.mark.parametrize("status", [200, 502])
async def test_an_answer_that_is_no_json(status: int, wire: Wire, bots: list[Bot]) -> None:
    wire.status, wire.body = status, "<html><h1>502 Bad Gateway</h1></html>"
    theirs, ours = [await outcome(bot, SendMessage(chat_id=7, text="x")) for bot in bots]
    assert isinstance(theirs, tuple)
    assert ours == theirs


async def test_a_connection_that_breaks_and_an_answer_that_is_late(wire: Wire, bots: list[Bot]) -> None:
    wire.cut = True
    theirs, ours = [await outcome(bot, SendMessage(chat_id=7, text="x")) for bot in bots]
    assert ours == theirs
    assert ours[0] is TelegramNetworkError
    theirs, ours = [await outcome_in_time(bot) for bot in bots]
    assert ours == theirs


async def outcome_in_time(bot: Bot) -> Any:
    try:
        return await bot(GetMe(), request_timeout=0.000001)  # type: ignore[arg-type]  # seconds; no answer is so fast
    except TelegramNetworkError as error:
        return str(error)


async def test_the_first_file_breaks_off_nothing_that_is_under_way(wire: Wire, bots: list[Bot]) -> None:
    """aiogram closes the session before it makes its first."""
    bot = bots[1]
    wire.held = asyncio.Event()
    waiting = asyncio.create_task(bot(SendMessage(chat_id=7, text="x")))
    async with asyncio.timeout(20):
        await wire.holding.wait()
        await bot(SendDocument(chat_id=7, document=PHOTO))
        wire.held.set()
        assert (await waiting).message_id == MESSAGE["message_id"]
