"""The pace at which the bot writes to others: even spacing, and one pause for all when Telegram says so."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable

# Bots FAQ, "Broadcasting to Users": about 30 messages a second for the whole bot; one a second in a chat,
# short bursts allowed.
USUAL = 30.0
CHAT_BURST, CHAT_WINDOW = 5, 5.0  # messages, seconds
MANY = 1000  # chats remembered before those that rest are forgotten
FALL_BEHIND = 1.0  # seconds by which answers may push the next turn away


class Pace:
    """At most `per_second` turns a second, evenly spaced: bursts are what Telegram answers with 429.

    Who sets more than the usual 30 has a Telegram of other limits, a local one; those of a chat go with it.
    Times are of the monotonic clock, in seconds.
    """

    def __init__(self, per_second: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._gap = 1.0 / per_second
        self._window = CHAT_WINDOW * min(1.0, USUAL / per_second)
        self._clock = clock
        self._next = 0.0
        self._until = 0.0
        self._chats: dict[int, deque[float]] = {}

    async def turn(self, chat: int | None) -> bool:
        """Wait for the chat's next turn (None: no message of its own comes), then for the bot's.

        False: a pause has begun, so nobody has a turn.
        """
        if chat is not None:
            await asyncio.sleep(self.wait_for_chat(chat))
        if not self._paused:
            await asyncio.sleep(self.wait())
        return not self._paused

    @property
    def _paused(self) -> bool:
        return self._clock() < self._until

    def wait(self) -> float:
        """Take the bot's next turn; how many seconds to wait until it comes."""
        now = self._clock()
        turn = max(self._next, self._until, now)
        self._next = turn + self._gap
        return turn - now

    def wait_for_chat(self, chat: int) -> float:
        """Take the chat's next turn; how many seconds to wait until it comes."""
        now = self._clock()
        turns = self._turns_of(chat, now)
        turn = now if len(turns) < CHAT_BURST else max(now, turns[0] + self._window)
        turns.append(turn)
        return turn - now

    def _turns_of(self, chat: int, now: float) -> deque[float]:
        if len(self._chats) >= MANY:
            self._chats = {one: turns for one, turns in self._chats.items() if turns[-1] > now - self._window}
        return self._chats.setdefault(chat, deque(maxlen=CHAT_BURST))

    def answered(self, chat: int | None) -> None:
        """Somebody's tap is answered, which waits for no turn: the turns to come make room for it."""
        now = self._clock()
        if chat is not None:
            self._turns_of(chat, now).append(now)
        self._next = min(max(self._next, now) + self._gap, max(self._next, now + FALL_BEHIND))

    def pause(self, seconds: float) -> None:
        """Nobody's turn comes before that many seconds have passed."""
        self._until = max(self._until, self._clock() + seconds)

    async def open(self) -> None:
        """Wait until no pause holds; another may have begun during one."""
        while self._paused:  # noqa: ASYNC110 - time ends a pause, no event
            await asyncio.sleep(self._until - self._clock())
