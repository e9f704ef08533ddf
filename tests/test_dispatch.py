"""Every update finds a handler, without a hop to a thread on the way."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import pytest
from aiogram import F, Router
from aiogram.dispatcher.event.handler import CallableObject, HandlerObject
from aiogram.filters import Command
from aiogram.filters.callback_data import CallbackData
from aiogram.types import Message

from bot.inbound.poller import ALLOWED_UPDATES
from bot.texts import LANGUAGES, Translator
from bot.views.agenda.buttons import Found
from bot.views.buttons import Go, packed
from bot.views.moderation.buttons import HallPrivate
from bot.views.people import menu
from bot.views.people.buttons import InfoPage
from bot.who import Who
from handlers.filters import InGroup, Key, Press
from handlers.people.deep_links import LONGEST_PAYLOAD
from tests.callback_data import CLASSES
from tests.conftest import ORGANIZER, the_router

Kind = TypeVar("Kind")

UTC = ZoneInfo("UTC")

CODE = "c" * 24  # the longest code of a programme
LONGEST: dict[str, str | int] = {
    "office": "f" * 8,
    "quiet": 1,
    "base": 2_147_483_647,
    "act": "cancel",
    "after": 2_147_483_647,
    "at": 2_147_483_647,
    "asked": 2_147_483_647,
    "back": f"r.{CODE}.99",
    "beside": 999_999,
    "choice": "session",
    "code": CODE,
    "day": "20261126",
    "decision": "approve",
    "deed": 2_147_483_647,
    "delegation": CODE,
    "desk": "w",
    "digest": "d" * 16,
    "field": "t",
    "here": 9_999,
    "hours": "22-7",
    "kind": "d",
    "language": "kk",
    "becomes": "kk",
    "mark": "m" * 16,
    "list_page": 999,
    "message": 2_147_483_647,
    "minutes": 30,
    "move": "later",
    "muted": 1,
    "number": 2_147_483_647,
    "order": "p",
    "other": CODE,
    "heir": CODE,
    "page": 999,
    "part": "people",
    "place": "stage",
    "person": 2**52,  # Bot API, User.id: at most 52 significant bits
    "purpose": "w",
    "read": 999_999,
    "reason": "duplicate",
    "revision": 2_147_483_647,
    "role": "organizer",
    "room": CODE,
    "scope": "d",
    "seat": "99",
    "session": CODE,
    "sorting": "delegation",
    "speaker": CODE,
    "stamp": "zik0zj",  # 2_147_483_647 in base 36
    "stars": 5,
    "sure": 1,
    "step": "organization",
    "target": 2_147_483_647,
    "then": "x" * LONGEST_PAYLOAD,
    "there": 9_999,
    "to": CODE,
    "topic": CODE,
    "upto": 2_147_483_647,
    "until": 2_147_483_647,
    "value": CODE,
    "wanted": 1,
    "written_at": 2_147_483_647,
    "what": "organization",
    "where": "nothing",
    "which": "all",
}
"""The most a field holds. A number of a question or of an announcement fills 31 bits at the very most."""


def tree(every: Iterable[Router]) -> Iterator[Router]:
    for one in every:
        yield one
        yield from tree(one.sub_routers)


def handlers(every: Iterable[Router], *kinds: str) -> Iterator[HandlerObject]:
    """The handlers for these kinds of update (all kinds when none is named)."""
    for routes in tree(every):
        for kind, observer in routes.observers.items():
            if not kinds or kind in kinds:
                yield from observer.handlers


def hops(every: Iterable[Router]) -> list[str]:
    """Filters and handlers that aiogram would send to a thread."""
    found: list[CallableObject] = []
    for routes in tree(every):
        for observer in routes.observers.values():
            found += observer._handler.filters or []
    for handler in handlers(every):
        found += [handler, *(handler.filters or [])]
    return [repr(one.callback) for one in found if not is_async(one)]


def is_async(called: CallableObject) -> bool:
    callback: Any = inspect.unwrap(called.callback)
    call = callback if inspect.isroutine(callback) else type(callback).__call__
    return called.awaitable and inspect.iscoroutinefunction(call)


def filters(kind: type[Kind], *updates: str) -> list[Kind]:
    return [
        one.callback
        for handler in handlers([the_router()], *updates)
        for one in handler.filters or []
        if isinstance(one.callback, kind)
    ]


def private_commands() -> Iterator[Command]:
    """Of the private chats: in a group other commands are answered, and shown to nobody."""
    for handler in handlers([the_router()], "message"):
        callbacks = [one.callback for one in handler.filters or []]
        if not any(isinstance(one, InGroup) for one in callbacks):
            yield from (one for one in callbacks if isinstance(one, Command))


def test_nothing_in_the_dispatch_hops_to_a_thread() -> None:
    assert len(list(handlers([the_router()]))) > 80
    assert hops([the_router()]) == []


def test_the_walker_sees_a_hop_wherever_it_stands() -> None:
    async def answer(message: Message) -> None: ...

    def blocking(message: Message) -> None: ...

    async def wise(message: Message) -> bool:
        return True

    inner, outer = Router(), Router()
    outer.include_router(inner)
    inner.message.register(answer, wise)
    assert hops([outer]) == []
    inner.message.register(answer, F.text == "hop")
    inner.message.register(blocking, wise)
    inner.callback_query.filter(F.data)
    inner.message.register(answer, lambda message: True)
    assert len(hops([outer])) == 4


def test_only_what_telegram_sends_us_has_handlers() -> None:
    used = {kind for kind, observer in the_router().observers.items() if observer.handlers}
    assert used == set(ALLOWED_UPDATES)


def test_every_button_has_a_handler() -> None:
    handled = {one.data for one in filters(Press, "callback_query")}
    assert [data.__name__ for data in CLASSES if data not in handled] == []


def test_the_longest_button_fits() -> None:
    """(A search is cut to what fits by its view, which has a test of its own.)"""
    faults = []
    for data in CLASSES:
        if data is Found:
            continue
        values = {name: LONGEST[name] for name in data.model_fields}
        if data is InfoPage:
            values["page"] = CODE  # of one of the forum's own pages, elsewhere a number
        if data is HallPrivate:
            values["room"] = 1  # a switch, elsewhere a code
        made = data(**values)
        try:
            assert len(made.pack().encode()) <= 64
            assert packed(made) == made.pack()
        except (AssertionError, ValueError) as error:
            faults.append(f"{data.__name__}: {error}")
    assert faults == []


@pytest.mark.parametrize("code", ["x:y", "x" * 63, "ә" * 31, "", "x" * 62])
def test_a_button_is_refused_as_aiogram_refuses_it(code: str) -> None:
    def tried(pack: Callable[[CallbackData], str]) -> str:
        try:
            return pack(Go(where=code))
        except ValueError as error:
            return repr(error)

    assert tried(packed) == tried(Go.pack)


def test_every_key_of_the_menu_is_answered_in_every_language() -> None:
    keys = [key for row in menu.ROWS for key in row] + [key for key, _ in menu.STAFF_ROW]
    answered = [one.labels for one in filters(Key, "message")]
    for key in keys:
        said = {Translator(language, UTC).plain(key) for language in LANGUAGES}
        assert sum(said <= labels for labels in answered) == 1, key


def test_every_command_shown_is_answered_and_every_other_is_start() -> None:
    answered = [str(name) for one in private_commands() for name in one.commands]
    shown = [*menu.COMMANDS, *menu.MODERATOR_COMMANDS, *menu.ORGANIZER_COMMANDS]
    assert sorted(answered) == sorted([*shown, "start"])
    organizer = Who(ORGANIZER, "kk", chief=True)
    assert {one.command for one in menu.commands(Translator("kk", UTC), organizer)} == set(shown)
    assert {one.command for one in menu.commands(Translator("kk", UTC))} == set(menu.COMMANDS)
