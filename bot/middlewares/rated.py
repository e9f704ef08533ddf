"""Which session somebody has rated just now, as long as they do nothing else: the next words may be about it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from typing import Any

from aiogram import BaseMiddleware
from aiogram.fsm.context import FSMContext
from aiogram.types import TelegramObject

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]
KEY = "rated"  # among what is stored of a dialogue


@dataclass(frozen=True, slots=True)
class Rated:
    session: str
    at: int  # epoch seconds

    async def keep(self, state: FSMContext) -> None:
        """Beside what is stored; nothing while a form is open, whose words these will be."""
        if await state.get_state() is None:
            await state.update_data({KEY: asdict(self)})


class RatedMiddleware(BaseMiddleware):
    """Around every handler of a message or a press: the first thing done after a rating gets it as `rated`."""

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        state: FSMContext | None = data.get("state")
        stored = await state.get_data() if state is not None else {}
        if state is not None and KEY in stored:
            data["rated"] = read(stored.pop(KEY))
            await state.set_data(stored)
        return await handler(event, data)


def read(stored: Any) -> Rated | None:
    """None for what another version may have stored otherwise."""
    try:
        return Rated(str(stored["session"]), int(stored["at"]))
    except (KeyError, TypeError, ValueError):
        return None
