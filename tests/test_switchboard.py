"""The switchboard gives every event to the handler that aiogram's own dispatcher would give it to."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Awaitable, Callable, Iterator
from typing import Any, cast
from zoneinfo import ZoneInfo

import pytest
from aiogram import Bot, Dispatcher, Router
from aiogram.dispatcher.event.bases import UNHANDLED, SkipHandler
from aiogram.filters import Command, StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.base import StorageKey
from aiogram.fsm.storage.memory import MemoryStorage
from aiogram.types import Message, TelegramObject, Update, User

from bot.context import Context
from bot.inbound.switchboard import Switchboard
from bot.programme.estimates import NO_RUNS
from bot.texts import Translators
from bot.views.buttons import Go
from bot.who import Who
from handlers import forms
from handlers import router as all_handlers
from handlers.filters import InGroup, Key, Press
from storage.database import Database
from tests.test_dispatch import filters
from tests.views import extremes as most

ZONE = ZoneInfo("Asia/Almaty")
CONTEXT = Context(
    who=Who(7, "ru", chief=True),
    t=Translators(ZONE)["ru"],
    now=dt.datetime(2026, 11, 26, 9, tzinfo=ZONE),
    programme=most.PROGRAMME,
    runs=NO_RUNS,
    db=cast(Database, None),  # no filter may ask it
)
CHATS = {"private": 7, "group": -7}
NUMBERS = itertools.count(1)  # aiogram keeps what it found out of an update, and compares equal ones field by field
TYPED = ["Когда?", "/agenda", " /agenda", "/agenda@minber_bot x", "/nothing", "/start s_x", "", "!agenda"]


class OneForm(StatesGroup):
    one = State()
    other = State()


class Stop(Exception):
    """The handler was found: it is not called."""


async def found(dispatcher: Dispatcher, bot: Bot, event: tuple[str, dict[str, Any]], state: str | None) -> str:
    """The name of the handler that has the event, and what it got with it."""
    kind, body = event
    update = Update.model_validate({"update_id": next(NUMBERS), kind: body}, context={"bot": bot})
    for chat in CHATS.values():
        await dispatcher.storage.set_state(StorageKey(bot_id=42, chat_id=chat, user_id=7), state)
    try:
        result = await dispatcher.feed_update(bot, update, ctx=CONTEXT)
    except Stop as stop:
        return str(stop)
    assert result is UNHANDLED
    return "nobody"


async def stop(
    handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]], event: TelegramObject, data: dict[str, Any]
) -> Any:
    found = data["handler"]
    assert data["raw_state"] == await data["state"].get_state()
    assert data["event_update"].event is event
    assert data["event_from_user"].id == 7
    extra = {name: data[name] for name in ("press", "text", "command", "document") if name in data}
    raise Stop(f"{found.callback.__module__}.{found.callback.__qualname__} {extra} {found.flags.get('form')}")


def stopped(dispatcher: Dispatcher) -> Dispatcher:
    for kind in ("message", "edited_message", "callback_query", "my_chat_member"):
        dispatcher.observers[kind].middleware(stop)
    dispatcher.include_router(all_handlers())
    return dispatcher


def events() -> Iterator[tuple[str, dict[str, Any]]]:
    sender = {"id": 7, "is_bot": False, "first_name": "А"}
    for kind, id in CHATS.items():
        chat = {"id": id, "type": kind, "title": "x"}
        base = {"message_id": 1, "date": 1_795_000_000, "chat": chat, "from": sender}
        for data in ["", "unheard", "x", "x:", "zz:1", "go:unheard", *presses()]:
            press = {"id": "1", "from": sender, "chat_instance": "1", "data": data}
            yield "callback_query", {**press, "message": {**base, "text": "x"}}
        yield "callback_query", {"id": "1", "from": sender, "chat_instance": "1", "data": "go:now"}
        for text in [*TYPED, *written()]:
            yield "message", {**base, "text": text} if text else base
        for text in TYPED:
            yield "edited_message", {**base, "text": text}
            yield "message", {**base, "caption": text, "photo": []}
            yield "message", {**base, "caption": text, "document": {"file_id": "x", "file_unique_id": "x"}}
        member = {"user": {"id": 42, "is_bot": True, "first_name": "B"}, "status": "left"}
        standing = {"chat": chat, "from": sender, "date": 1, "old_chat_member": member, "new_chat_member": member}
        yield "my_chat_member", standing


def presses() -> Iterator[str]:
    for one in filters(Press, "callback_query"):
        fields: dict[str, Any] = {
            name: one._wanted.get(name, 1 if field.annotation is int else "x")
            for name, field in one.data.model_fields.items()
        }
        yield one.data(**fields).pack()
        yield f"{one.data.__prefix__}:broken:by:somebody:else"


def written() -> Iterator[str]:
    for key in filters(Key, "message"):
        yield from key.labels
    for command in filters(Command, "message"):
        yield from (f"/{name}" for name in command.commands)


def states() -> list[str]:
    return sorted(one.STATE for one in vars(forms).values() if isinstance(one, type) and hasattr(one, "STATE"))


async def test_every_event_has_the_same_handler() -> None:
    bot = Bot("42:TEST")
    bot._me = User(id=42, is_bot=True, first_name="Minber", username="minber_bot")
    theirs, ours = stopped(Dispatcher(storage=MemoryStorage())), stopped(Switchboard(storage=MemoryStorage()))
    assert isinstance(ours, Switchboard)
    answers = set()
    every, forms_of_ours = list(events()), states()
    typed = [event for event in every if event[1].get("text", event[1].get("caption")) in TYPED]
    in_none_or_one = itertools.product(every, [None, forms_of_ours[0]])
    for event, state in itertools.chain(in_none_or_one, itertools.product(typed, ["Unheard:state", *forms_of_ours])):
        answer = await found(ours, bot, event, state)
        assert answer == await found(theirs, bot, event, state), (event, state)
        answers.add(answer.partition(" ")[0])
    assert len(answers) > 60
    assert len(ours._ways) == 4
    assert all(way is not None for way in ours._ways.values())


def test_only_those_are_asked_whose_filter_could_take_it() -> None:
    async def handle(query: TelegramObject) -> None: ...

    router, board = Router(), Switchboard()
    for one in (Press(Go), InGroup()):
        router.callback_query.register(handle, one)
    router.message.register(handle, Key("menu.agenda"))
    board.include_router(router)
    presses, messages = board._table("callback_query"), board._table("message")
    assert presses is not None
    assert messages is not None
    asked = [len(list(presses.lines(key, None, private))) for key in ("go", "x") for private in (True, False)]
    assert asked == [1, 2, 0, 1]
    assert [len(list(messages.lines(key, None, True))) for key in (next(iter(Key("menu.agenda").keys)), "x")] == [1, 0]


async def test_a_handler_may_pass_an_event_on() -> None:
    async def passes(message: Message) -> None:
        raise SkipHandler

    async def takes(message: Message) -> str:
        return "taken"

    router = Router()
    router.message.register(passes)
    router.message.register(takes, StateFilter(None))  # who is in no form
    board = Switchboard()
    board.include_router(router)
    assert await fed(board, message=message("x")) == "taken"


@pytest.mark.parametrize("extra", ["filter", "layer"])
async def test_a_router_with_more_of_its_own_is_asked_as_aiogram_does(extra: str) -> None:
    seen: list[str] = []

    async def layer(handler: Callable[..., Awaitable[Any]], event: TelegramObject, data: dict[str, Any]) -> Any:
        seen.append("layer")
        return await handler(event, data)

    async def handle(message: Message) -> str:
        return "taken"

    router, other = Router(), Router()
    if extra == "filter":
        router.message.filter(StateFilter("*"))
    else:
        router.message.outer_middleware(layer)
    router.message.register(handle)
    other.message.register(handle)
    board = Switchboard()
    board.include_routers(router, other)
    assert await fed(board, message=message("x")) == "taken"
    assert seen == (["layer"] if extra == "layer" else [])
    assert await fed(board, callback_query=press("x")) is UNHANDLED


async def test_the_layers_stand_around_the_handler_in_aiograms_order() -> None:
    """What a layer adds to an event is known to all inside it, and to nobody after it."""

    def layer(name: str) -> Callable[..., Awaitable[Any]]:
        async def around(handler: Callable[..., Awaitable[Any]], event: TelegramObject, data: dict[str, Any]) -> Any:
            passed = data.get("passed", ())
            return await handler(event, data | {"passed": (*passed, name, type(event).__name__)})

        return around

    async def handle(message: Message, passed: tuple[str, ...], more: int) -> tuple[str, ...]:
        return passed

    answers = []
    for board in (Dispatcher(), Switchboard()):
        router = Router()
        router.message.register(handle)
        router.message.middleware(layer("router's"))
        board.include_router(router)
        board.update.outer_middleware(layer("update's"))
        board.message.outer_middleware(layer("outer"))
        board.message.middleware(layer("inner"))
        answers.append([await fed(board, message=message("x"), more=n) for n in range(2)])
    assert answers[0] == answers[1]
    assert answers[1][1][::2] == ("update's", "outer", "inner", "router's")


async def test_an_update_without_our_bot_goes_aiograms_way() -> None:
    async def handle(message: Message, bot: Bot) -> bool:
        return message.bot is bot

    router, board = Router(), Switchboard()
    router.message.register(handle)
    board.include_router(router)
    assert await board.feed_update(Bot("42:TEST"), Update(update_id=1, message=Message.model_validate(message("x"))))


@pytest.mark.parametrize(
    "states",
    [(), ("*",), (None,), (State("*"),), (OneForm,), (OneForm.one,), ("OneForm:one",), (OneForm(),), (None, OneForm)],
)
@pytest.mark.parametrize("state", [None, "OneForm:one", "OneForm:other", "Other:one"])
async def test_only_who_is_in_the_form_is_asked_and_all_who_are(states: tuple[Any, ...], state: str | None) -> None:
    async def handle(message: Message) -> str:
        return "taken"

    answers = []
    for board in (Dispatcher(storage=MemoryStorage()), Switchboard(storage=MemoryStorage())):
        await board.storage.set_state(StorageKey(bot_id=42, chat_id=7, user_id=7), state)
        router = Router()
        router.message.register(handle, *([StateFilter(*states)] if states else []))
        board.include_router(router)
        answers.append(await fed(board, message=message("x")))
    assert answers[0] == answers[1]


async def fed(board: Dispatcher, more: int = 0, **event: dict[str, Any]) -> Any:
    bot = Bot("42:TEST")
    return await board.feed_update(
        bot, Update.model_validate({"update_id": 1, **event}, context={"bot": bot}), more=more
    )


def message(text: str) -> dict[str, Any]:
    sender = {"id": 7, "is_bot": False, "first_name": "А"}
    return {"message_id": 1, "date": 1, "chat": {"id": 7, "type": "private"}, "from": sender, "text": text}


def press(data: str) -> dict[str, Any]:
    sender = {"id": 7, "is_bot": False, "first_name": "А"}
    return {"id": "1", "from": sender, "chat_instance": "1", "data": data}
