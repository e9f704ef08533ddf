"""Calls held back on purpose: Telegram takes its time with them until somebody says that it is over."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from bot.rehearsal.faults import ONLY_LATE
from bot.rehearsal.wire import Json, Params


@dataclass(slots=True, eq=False)
class Hold:
    method: str
    """Lower-case method name; "" meets every method."""
    chat: str
    """The chat id of the calls; "" for any."""
    text: str
    """Stands somewhere in the parameters; "" for any."""
    left: int
    """How many calls it still takes."""
    after: bool
    """True: the call takes effect first, only its answer waits."""
    calls: list[Json] = field(default_factory=list)
    """What is held now, in the order in which it came."""
    released: asyncio.Event = field(default_factory=asyncio.Event)
    status: int = ONLY_LATE
    """What happens to the calls at the release: as the status of a fault."""

    def meets(self, method: str, params: Params) -> bool:
        return (
            self.left > 0
            and self.method in ("", method)
            and self.chat in ("", params.text("chat_id"))
            and (not self.text or any(self.text in params.text(name) for name in params.values))
        )


class Holds:
    def __init__(self) -> None:
        self._holds: dict[int, Hold] = {}
        self._last = 0

    @property
    def held(self) -> int:
        """How many calls are held now."""
        return sum(len(hold.calls) for hold in self._holds.values())

    def add(self, hold: Hold) -> int:
        self._last += 1
        self._holds[self._last] = hold
        return self._last

    def get(self, number: int | None) -> Hold | None:
        return self._holds.get(number or 0)

    def take(self, method: str, params: Params) -> Hold | None:
        """The hold this call meets, counted down; None mostly."""
        for hold in self._holds.values():
            if hold.meets(method, params):
                hold.left -= 1
                return hold
        return None

    def release(self, number: int, status: int) -> None:
        """Let the calls of a hold go on, or fail with `status`; it takes no more."""
        hold = self._holds.pop(number, None)
        if hold is not None:
            hold.status = status
            hold.released.set()

    def close(self) -> None:
        """Hang up on everybody who is held."""
        for number in list(self._holds):
            self.release(number, 0)
