"""The switchboard gives every event to the handler that aiogram's own dispatcher would give it to."""

from __future__ import annotations

import itertools
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import pytest
from aiogram import Bot, Dispatcher, Router
from aiogram.dispatcher.event.bases import UNHANDLED, SkipHandler
from aiogram.filters import Command, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import StatesGroup
from aiogram.fsm.storage.base import StorageKey
from aiogram.fsm.storage.memory import MemoryStorage
from aiogram.types import CallbackQuery, Message, TelegramObject, Update, User

from bot.inbound.switchboard import Switchboard
from bot.who import Who
from handlers import forms, routers
from handlers.filters import Key, Press
from tests.test_dispatch import filters

ORGANIZER = Who(7, "ru", chief=True)
CHATS = {"private": 7, "group": -7}
TYPED = ["Когда?", "/agenda", " /agenda", "/agenda@minber_bot x", "/nothing", "/start s_x", "", "!agenda"]


class Stop(Exception):
    """The handler was found: it is not called."""


async def found(dispatcher: Dispatcher, bot: Bot, event: tuple[str, dict[str, Any]], state: str | None) -> str:
    """The name of the handler that has the event, and of what it got beside it."""
    kind, body = event
    update = Update.model_validate({"update_id": 1, kind: body}, context={"bot": bot})
    form = FSMContext(MemoryStorage(), StorageKey(bot_id=42, chat_id=7, user_id=7))
    await form.set_state(state)
    try:
        result = await dispatcher.propagate_event(
            kind, update.event, bot=bot, raw_state=state, state=form, event_update=update, who=ORGANIZER
        )
    except Stop as stop:
        return str(stop)
    assert result is UNHANDLED
    return "nobody"


async def stop(
    handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]], event: TelegramObject, data: dict[str, Any]
) -> Any:
    found = data["handler"]
    extra = {name: data[name] for name in ("press", "text", "command", "document") if name in data}
    raise Stop(f"{found.callback.__module__}.{found.callback.__qualname__} {extra} {found.flags.get('form')}")


def stopped(dispatcher: Dispatcher) -> Dispatcher:
    for observer in dispatcher.observers.values():
        observer.middleware(stop)
    dispatcher.include_routers(*routers())
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
    groups = [one for one in vars(forms).values() if isinstance(one, type) and issubclass(one, StatesGroup)]
    return sorted(state.state for group in groups for state in group.__all_states__ if state.state)


async def test_every_event_has_the_same_handler() -> None:
    bot = Bot("42:TEST")
    bot._me = User(id=42, is_bot=True, first_name="Minber", username="minber_bot")
    theirs, ours = stopped(Dispatcher()), stopped(Switchboard())
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
    assert all(table is not None for table in ours._tables.values())


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
    assert await board.propagate_event("message", message("x")) == "taken"


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
    assert await board.propagate_event("message", message("x")) == "taken"
    assert seen == (["layer"] if extra == "layer" else [])
    assert await board.propagate_event("callback_query", press("x")) is UNHANDLED


def message(text: str) -> Message:
    body = {"message_id": 1, "date": 1, "chat": {"id": 7, "type": "private"}, "text": text}
    return Message.model_validate(body)


def press(data: str) -> CallbackQuery:
    sender = {"id": 7, "is_bot": False, "first_name": "А"}
    return CallbackQuery.model_validate({"id": "1", "from": sender, "chat_instance": "1", "data": data})
