"""What a handler knows of the update it handles."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Concatenate, ParamSpec, TypeVar

from bot.programme.estimates import Runs
from bot.programme.model import Programme
from bot.texts import Translator
from bot.who import Who
from storage.database import Database, Transaction

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Context:
    """Who asks, in which language they are answered, when, and about which programme; made once an update.

    Only handlers have it. Actions and views take what they need as plain parameters; what serves the whole application
    is asked for by name, so that a handler's parameters say what it touches.
    """

    who: Who
    t: Translator
    now: dt.datetime
    programme: Programme
    runs: Runs
    db: Database

    @property
    def seconds(self) -> int:
        """`now` as it is stored: epoch seconds."""
        return int(self.now.timestamp())

    async def read(self, unit: Callable[Concatenate[Transaction, Who, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What an action reads for the person who asks."""
        return await self.db.read(unit, self.who, *args, **kwargs)

    async def write(
        self, unit: Callable[Concatenate[Transaction, Who, int, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """What an action does for the person who asks, now, in a transaction of its own."""
        return await self.db.write(unit, self.who, self.seconds, *args, **kwargs)


def context_of(data: Mapping[str, Any]) -> Context:
    """What bot.middlewares.context put among what is known of an update."""
    ctx: Context = data["ctx"]
    return ctx
