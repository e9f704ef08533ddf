"""What a chat sends faster than it can be answered: it is not read, and the person is notified of that."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

RawUpdate = Mapping[str, Any]

NOTIFY_EVERY = 60.0  # seconds between two notices to a chat
WRITTEN = ("message", "edited_message")  # the kinds of update a person is notified of; a press passes in silence


@dataclass(slots=True)
class Unread:
    """What a chat sent from the update that found its lane full up to the notice about it, oldest first.

    `first` is the first message among the updates, and `messages` is how many of them there are.
    """

    chat: int
    updates: list[int] = field(default_factory=list)
    first: RawUpdate | None = None
    messages: int = 0

    def add(self, update: RawUpdate) -> None:
        self.updates.append(update["update_id"])
        if any(kind in update for kind in WRITTEN):
            self.first = self.first or update
            self.messages += 1


class Overflow:
    """The chats of which nothing is read until their notice: `notify` is called when one is due, once a minute a
    chat at most. Until then its updates stay stored, so that a crash has them read after all."""

    def __init__(self, notify: Callable[[Unread], None]) -> None:
        self._notify = notify
        self._open: dict[int, tuple[Unread, asyncio.TimerHandle]] = {}
        self._notified: dict[int, float] = {}  # when, in the event loop's seconds

    def __contains__(self, chat: int) -> bool:
        return chat in self._open

    def add(self, chat: int, update: RawUpdate) -> None:
        """Pass an update over."""
        if chat not in self._open:
            loop = asyncio.get_running_loop()
            unread, now = Unread(chat), loop.time()
            due = max(now, self._notified.get(chat, now - NOTIFY_EVERY) + NOTIFY_EVERY)
            self._open[chat] = (unread, loop.call_at(due, self._notify, unread))
        self._open[chat][0].add(update)

    def end(self, unread: Unread) -> None:
        """The notice is being written: from here on the chat is read again."""
        del self._open[unread.chat]
        if unread.messages:
            now = asyncio.get_running_loop().time()
            self._notified = {chat: at for chat, at in self._notified.items() if at > now - NOTIFY_EVERY}
            self._notified[unread.chat] = now

    def close(self) -> None:
        """Nothing falls due any more."""
        for _, alarm in self._open.values():
            alarm.cancel()
