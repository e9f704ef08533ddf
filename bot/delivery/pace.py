"""The pace at which the bot writes: even spacing, a limit for every chat, and a pause when Telegram says so."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable

# Bots FAQ, "Broadcasting to Users": about 30 messages a second for the whole bot; one a second in a chat,
# short bursts allowed. How Telegram counts is not published. Edits meet its 429 too, as the rehearsal has it; of
# deletions and of answers to presses no limit is known.
USUAL = 30.0
CHAT_BURST, CHAT_WINDOW = 5, 5.5  # messages, seconds; half a second more than five, since not all travel equally fast
MANY = 1000  # chats remembered before those that rest are forgotten
FALL_BEHIND = 1.0  # seconds by which answers may push the next turn away


class Pace:
    """At most `per_second` turns a second, evenly spaced: bursts are what Telegram answers with 429.

    Who sets more than the usual 30 has a Telegram without limits, a local one: a chat has none either then.
    Times are of the monotonic clock, in seconds.
    """

    def __init__(self, per_second: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._gap = 1.0 / per_second
        self._window = CHAT_WINDOW if per_second <= USUAL else 0.0
        self._clock = clock
        self._next = 0.0
        self._until = 0.0
        self._refused: dict[int, float] = {}  # chat -> until when it takes nothing
        self._chats: dict[int, deque[float]] = {}

    async def turn(self, chat: int, edits: bool = False) -> bool:
        """Wait for the chat's next turn, which edits need not, then for the bot's.

        False: a pause has begun, so nobody has a turn.
        """
        if not edits:
            await asyncio.sleep(self.wait_for_chat(chat))
        while (rest := self._refused.get(chat, 0.0) - self._clock()) > 0:  # noqa: ASYNC110 - as in `open`
            await asyncio.sleep(rest)
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

    def edited(self, chat: int) -> None:
        """A message of the chat is being edited: that takes a turn but waits for none.

        Who presses quickly is to see at once what comes of it; where it is too much, Telegram says so.
        """
        now = self._clock()
        self._turns_of(chat, now).append(now)

    def answered(self) -> None:
        """Somebody's tap is answered, past the bot's turns: those to come make room for it."""
        now = self._clock()
        self._next = min(max(self._next, now) + self._gap, max(self._next, now + FALL_BEHIND))

    def refused(self, chat: int, seconds: float) -> float:
        """Telegram refused an answer or an edit in a chat for so many seconds; how many to wait for the next try.

        It is that chat's flood, and nobody else waits. When another chat is refused meanwhile, it is the bot's.
        """
        now = self._clock()
        self._refused = {one: until for one, until in self._refused.items() if until > now}
        self._refused[chat] = max(now + seconds, self._refused.get(chat, 0.0))
        if len(self._refused) == 1:
            return seconds
        self.pause(seconds)
        # One after the other: all that waited at once would be the next flood.
        return self.wait()

    def pause(self, seconds: float) -> None:
        """Nobody's turn comes before that many seconds have passed."""
        self._until = max(self._until, self._clock() + seconds)

    async def open(self) -> None:
        """Wait until no pause holds; another may have begun during one."""
        while self._paused:  # noqa: ASYNC110 - time ends a pause, no event
            await asyncio.sleep(self._until - self._clock())
