"""aiogram's dispatcher, which knows beforehand what an event could be for.

aiogram offers every event to one router after the other, each with its own middlewares, and asks every handler on the
way. Here the handlers of all routers stand in one list, in the same order, and of those only the ones are asked
whose first filter could take the event: a press by the prefix of its data, a message by its words, either by the
form somebody is in and by whether it is a group (docs/benchmarks.md). Whether a handler takes it is still for its
filters to say.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol, cast, runtime_checkable

from aiogram import Bot, Dispatcher
from aiogram.dispatcher.event.bases import REJECTED, UNHANDLED, SkipHandler
from aiogram.dispatcher.event.handler import HandlerObject
from aiogram.enums import ChatType
from aiogram.filters import Command, StateFilter
from aiogram.types import CallbackQuery, Message, TelegramObject, Update

COMMAND = "/"  # the key of every command

Way = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]
"""What is done with an event and what else is known."""


@runtime_checkable
class Keyed(Protocol):
    """A filter that can only take events whose `key_of` is among these."""

    keys: frozenset[str]


@runtime_checkable
class OfGroups(Protocol):
    """A filter that can only take what happens in a group, if it says so."""

    only_in_groups: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A handler with the middlewares around it."""

    handler: HandlerObject
    call: Way
    keys: frozenset[str] | None
    """The events it could be for, by `key_of`; None: all of them."""
    states: frozenset[str] | None
    """It is only for people in these states of a form; None: for all."""
    in_groups: bool
    """It is only for what happens in a group."""


class Table:
    """The lines of one kind of event, in order."""

    def __init__(self, lines: list[Line]) -> None:
        keys = {key for line in lines for key in line.keys or ()}
        self._by_key = {key: [line for line in lines if line.keys is None or key in line.keys] for key in keys}
        self._others = [line for line in lines if line.keys is None]

    def lines(self, key: str, state: str | None, private: bool) -> Iterator[Line]:
        for line in self._by_key.get(key, self._others):
            if not (private and line.in_groups) and (line.states is None or state in line.states):
                yield line


class Switchboard(Dispatcher):
    """Its routers and middlewares are what they are when the first event comes; later ones are not seen."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self._ways: dict[str, Way | None] = {}

    async def feed_update(self, bot: Bot, update: Update, **kwargs: Any) -> Any:
        """As aiogram's, whose `event` log says nothing of it.

        The middlewares around the update and around its event are put together once, and hand one dictionary on:
        aiogram wraps them for every update and copies what they know at each.
        """
        kind = update.event_type
        if kind not in self._ways:
            self._ways[kind] = self._way(kind)
        way = self._ways[kind]
        if way is None or update.bot is not bot:
            return await super().feed_update(bot, update, **kwargs)
        return await way(update, {"dispatcher": self, **self.workflow_data, **kwargs, "bot": bot})

    def _way(self, kind: str) -> Way | None:
        """None where a router has more of its own than handlers: then the event goes aiogram's way."""
        table = self._table(kind)
        if table is None or len(self.update.middleware) or self.update._handler.filters:
            return None
        event_middlewares = self.observers[kind].outer_middleware
        at_event = around(event_middlewares, partial(ask, table))

        async def at_update(update: TelegramObject, data: dict[str, Any]) -> Any:
            data |= {"event_update": update, "event_router": self}
            return await at_event(cast(Update, update).event, data)

        return around(self.update.outer_middleware, at_update)

    def _table(self, kind: str) -> Table | None:
        lines: list[Line] = []
        for router in self.chain_tail:
            observer = router.observers.get(kind)
            if observer is None:
                continue
            if observer._handler.filters or (router is not self and len(observer.outer_middleware)):
                return None
            middlewares = observer._resolve_middlewares()
            lines += [line_of(handler, middlewares) for handler in observer.handlers]
        return Table(lines)


def around(middlewares: Sequence[Callable[..., Any]], inner: Way) -> Way:
    """What is inside, with the middlewares around it, the first one outermost."""
    for middleware in reversed(middlewares):
        inner = partial(middleware, inner)
    return inner


async def ask(table: Table, event: TelegramObject, data: dict[str, Any]) -> Any:
    """The answer of the first handler that takes the event."""
    for line in table.lines(key_of(event), data.get("raw_state"), is_private(event)):
        data["handler"] = line.handler
        taken, found = await line.handler.check(event, **data)
        if not taken:
            continue
        try:
            response = await line.call(event, found)
        except SkipHandler:
            continue
        return UNHANDLED if response is REJECTED else response
    return UNHANDLED


def call(handler: HandlerObject, event: TelegramObject, data: dict[str, Any]) -> Awaitable[Any]:
    return handler.call(event, **data)


def line_of(handler: HandlerObject, middlewares: list[Any]) -> Line:
    first: object = handler.filters[0].callback if handler.filters else None
    keys = first.keys if isinstance(first, Keyed) else None
    if isinstance(first, Command) and first.prefix == COMMAND:
        keys = frozenset((COMMAND,))
    in_groups = isinstance(first, OfGroups) and first.only_in_groups
    return Line(handler, around(middlewares, partial(call, handler)), keys, states_of(first), in_groups)


def states_of(first: object) -> frozenset[str] | None:
    """The states of a form that the filter takes; None: others too, or it asks for something else."""
    if not isinstance(first, StateFilter):
        return None
    names = [state for state in first.states if isinstance(state, str) and state != "*"]
    return frozenset(names) if len(names) == len(first.states) else None


def is_private(event: TelegramObject) -> bool:
    owner = event.message if isinstance(event, CallbackQuery) else event
    return isinstance(owner, Message) and owner.chat.type == ChatType.PRIVATE


def key_of(event: TelegramObject) -> str:
    """What distinguishes a handler's event from another's: a press's prefix, a message's words, "/" for any command."""
    if isinstance(event, CallbackQuery):
        return (event.data or "").partition(":")[0]
    if isinstance(event, Message):
        words = event.text or event.caption or ""
        return COMMAND if words.lstrip().startswith(COMMAND) else words
    return ""
