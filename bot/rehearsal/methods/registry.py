"""Which function answers which Bot API method."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from bot.rehearsal.wire import Params
from bot.rehearsal.world import World

Method = Callable[[World, Params], Any | Awaitable[Any]]

METHODS: dict[str, Method] = {}
"""By lower-case name: Telegram does not distinguish sendMessage from SENDMESSAGE."""


def method(*names: str) -> Callable[[Method], Method]:
    """Register a function under its Bot API names. It returns the result or raises ApiError."""

    def register(function: Method) -> Method:
        for name in names:
            METHODS[name.lower()] = function
        return function

    return register
