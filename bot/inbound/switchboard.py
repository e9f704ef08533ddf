"""aiogram's dispatcher, which knows beforehand what an event could be for.

aiogram offers every event to one router after the other, each with its own layers, and asks every handler on the
way. Here the handlers of all routers stand in one list, in the same order, and of those only the ones are asked
whose first filter could take the event: a press by the prefix of its data, a message by its words
(docs/benchmarks.md). Whether a handler takes it is still for its filters to say.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import Any

from aiogram import Dispatcher
from aiogram.dispatcher.event.bases import REJECTED, UNHANDLED, SkipHandler
from aiogram.dispatcher.event.handler import HandlerObject
from aiogram.dispatcher.event.telegram import TelegramEventObserver
from aiogram.filters import Command, StateFilter
from aiogram.types import CallbackQuery, Message, TelegramObject

COMMAND = "/"  # the key of every command

Call = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


@dataclass(frozen=True, slots=True)
class Line:
    """A handler with the middlewares around it."""

    handler: HandlerObject
    call: Call
    keys: frozenset[str] | None
    """The events it could be for, by `key_of`; None: all of them."""
    in_form: bool
    """It is only for people in the middle of a form."""


class Table:
    """The lines of one kind of event, in order."""

    def __init__(self, lines: list[Line]) -> None:
        keys = {key for line in lines for key in line.keys or ()}
        self._by_key = {key: [line for line in lines if line.keys is None or key in line.keys] for key in keys}
        self._others = [line for line in lines if line.keys is None]

    def lines(self, key: str, form: bool) -> Iterator[Line]:
        found = self._by_key.get(key, self._others)
        return iter(found) if form else (line for line in found if not line.in_form)


class Switchboard(Dispatcher):
    """Its routers are what they are when the first event comes; later ones are not seen."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self._tables: dict[str, Table | None] = {}

    async def _propagate_event(
        self, observer: TelegramEventObserver | None, update_type: str, event: TelegramObject, **kwargs: Any
    ) -> Any:
        if update_type not in self._tables:
            self._tables[update_type] = self._table(update_type)
        table = self._tables[update_type]
        if table is None:
            return await super()._propagate_event(observer, update_type, event, **kwargs)
        for line in table.lines(key_of(event), form=kwargs.get("raw_state") is not None):
            kwargs["handler"] = line.handler
            taken, found = await line.handler.check(event, **kwargs)
            if not taken:
                continue
            try:
                response = await line.call(event, found)
            except SkipHandler:
                continue
            return UNHANDLED if response is REJECTED else response
        return UNHANDLED

    def _table(self, update_type: str) -> Table | None:
        """None where a router has more of its own than handlers: then the event goes aiogram's way."""
        lines: list[Line] = []
        for router in self.chain_tail:
            observer = router.observers.get(update_type)
            if observer is None:
                continue
            if observer._handler.filters or (router is not self and len(observer.outer_middleware)):
                return None
            layers = observer._resolve_middlewares()
            lines += [line_of(handler, observer, layers) for handler in observer.handlers]
        return Table(lines)


def line_of(handler: HandlerObject, observer: TelegramEventObserver, layers: list[Any]) -> Line:
    call = observer.outer_middleware.wrap_middlewares(layers, handler.call)
    first = handler.filters[0].callback if handler.filters else None
    keys: frozenset[str] | None = getattr(first, "keys", None)
    if isinstance(first, Command) and first.prefix == COMMAND:
        keys = frozenset((COMMAND,))
    in_form = isinstance(first, StateFilter) and not {None, "*"} & set(first.states)
    return Line(handler, call, keys, in_form)


def key_of(event: TelegramObject) -> str:
    """What tells a handler's event from another's: a press's prefix, a message's words, "/" for any command."""
    if isinstance(event, CallbackQuery):
        return (event.data or "").partition(":")[0]
    if isinstance(event, Message):
        words = event.text or event.caption or ""
        return COMMAND if words.lstrip().startswith(COMMAND) else words
    return ""
