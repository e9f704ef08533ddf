"""The pace at which the bot writes: whoever wants to waits here for a turn, the most urgent first."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from heapq import heappop, heappush

from bot.delivery.chats import Chats
from bot.delivery.meter import USUAL, Meter
from storage.deliveries import LANES

SPARE = LANES[-1] + 1  # behind all lanes of storage.deliveries: what shows the newest state whenever it comes
SPARED = 3  # turns that a chat must have free for that: the others are for what is sent or pressed there
TAP = -1  # before all lanes of storage.deliveries: the answer to somebody's own tap


@dataclass(frozen=True, slots=True)
class PaceState:
    """How fast the bot writes now.

    `per_second` is the present pace, `limit` the one that was set; `lately` counts the calls of the last second;
    `pause` is how many seconds Telegram still wants to hear nothing; `waiting` has the calls that wait for their
    turn by lane, TAP among them.
    """

    per_second: float
    limit: float
    lately: int
    pause: float
    waiting: dict[int, int]


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn that was taken: in which chat, and the moment there."""

    chat: int | None
    moment: float


class Pace:
    """Gives out turns: at most `per_second` a second in all, and in each chat what it takes.

    An answer to a tap waits for its chat alone, the outbox also for the bot's turn, by lane and then in order.
    Whoever sets more than the usual 30 and does not pay for it has a Telegram without limits, a local one: then a chat
    has none either. Times are of the monotonic clock, in seconds.
    """

    def __init__(self, per_second: float, paid: bool = False, clock: Callable[[], float] = time.monotonic) -> None:
        self._limit = per_second
        self._clock = clock
        self._meter = Meter(per_second, clock)
        self._chats = Chats(limited=paid or per_second <= USUAL, clock=clock)
        self._until = 0.0
        self._queue: list[tuple[int, int, float, int, asyncio.Future[bool]]] = []  # a heap
        self._number = 0
        self._timer: asyncio.TimerHandle | None = None
        self._waiting: Counter[int] = Counter()
        self.for_chats = 0
        """How many in the outbox wait for nothing but their chat."""

    @property
    def now(self) -> PaceState:
        """How fast the bot writes at this moment."""
        return PaceState(
            per_second=self._meter.pace,
            limit=self._limit,
            lately=self._meter.lately,
            pause=max(self._until - self._clock(), 0.0),
            waiting={lane: count for lane, count in sorted(self._waiting.items()) if count},
        )

    async def tap(self, chat: int | None, messages: int = 1, *, edits: bool = False) -> None:
        """Wait for the turn of an answer to a tap: its chat's, which edits need not."""
        if chat is not None and edits:
            self._chats.charge(chat)
        elif chat is not None:
            await self._wait_for_chat(chat, messages=messages, lane=TAP)
        since = self._clock()
        if self._meter.wait_for_tap(since) > 0:
            await self._wait_in_queue(TAP, messages)
        else:
            self._meter.tap(messages)

    async def turn(self, chat: int, lane: int, *, messages: int = 1) -> Turn | None:
        """Wait for the chat's next turn, then for the bot's. None: a pause has begun, so nobody has a turn."""
        moment = await self._wait_for_chat(chat, messages=messages, lane=lane)
        if not self._paused and await self._wait_in_queue(lane, messages):
            return Turn(chat, moment)
        self._chats.give_back(chat, moment)
        return None

    async def spare(self, chat: int) -> Turn | None:
        """A turn that nobody else wants: behind every lane, in a chat with some to spare. None when there is none."""
        if self._paused or self._chats.rest(chat) > 0 or self._chats.free(chat) < SPARED:
            return None
        if not await self._wait_in_queue(SPARE, 1):
            return None
        turn = Turn(chat, self._chats.take(chat))
        if turn.moment <= self._clock() and self._chats.rest(chat) == 0:
            return turn
        self.give_back(turn)  # the chat has had its turns meanwhile
        return None

    def free(self, chat: int) -> int:
        """How many messages the chat takes at once now."""
        return self._chats.free(chat)

    def give_back(self, turn: Turn) -> None:
        """Nothing was sent in that turn: somebody else may have it."""
        if turn.chat is not None:
            self._chats.give_back(turn.chat, turn.moment)
        self._meter.give_back()
        self._grant()

    def refuse(self, chat: int, seconds: float) -> bool:
        """Telegram refused something in a chat for so many seconds.

        It is that chat's flood, and nobody else waits. When another chat is refused meanwhile, it is the bot's: True.
        """
        if not self._chats.refuse(chat, seconds):
            return False
        self.pause(seconds)
        return True

    def refused(self, chat: int, seconds: float) -> float:
        """As `refuse`, for whoever waits to try again: the seconds until then."""
        if not self.refuse(chat, seconds):
            return seconds
        # One after the other: all that waited at once would be the next flood.
        return self._meter.reserve(self._until)

    def pause(self, seconds: float) -> None:
        """Nobody in the outbox has a turn before that many seconds have passed; whoever waits for one has none."""
        if not self._paused:
            self._meter.learn()
        self._until = max(self._until, self._clock() + seconds)
        for *_, granted in self._queue:
            if not granted.done():
                granted.set_result(False)
        self._queue.clear()

    async def open(self) -> None:
        """Wait until no pause holds; another may have begun during one."""
        while self._paused:  # noqa: ASYNC110 - time ends a pause, no event
            await asyncio.sleep(self._until - self._clock())

    @property
    def _paused(self) -> bool:
        return self._clock() < self._until

    async def _wait_for_chat(self, chat: int, *, messages: int, lane: int) -> float:
        moment = self._chats.take(chat, messages, tap=lane == TAP)
        if moment <= self._clock() and self._chats.rest(chat) == 0:
            return moment
        self._waiting[lane] += 1
        self.for_chats += lane != TAP
        try:
            await asyncio.sleep(moment - self._clock())
            while lane != TAP and (rest := self._chats.rest(chat)) > 0:  # noqa: ASYNC110 - as in `open`
                await asyncio.sleep(rest)
        except asyncio.CancelledError:
            self._chats.give_back(chat, moment)
            raise
        finally:
            self._waiting[lane] -= 1
            self.for_chats -= lane != TAP
        return moment

    async def _wait_in_queue(self, lane: int, messages: int) -> bool:
        """Wait for the bot's turn; False when a pause came instead."""
        granted: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._number += 1
        heappush(self._queue, (lane, self._number, self._clock(), messages, granted))
        self._waiting[lane] += 1
        self._grant()
        try:
            return await granted
        except asyncio.CancelledError:
            if granted.done() and not granted.cancelled() and granted.result() and lane != TAP:
                self._meter.give_back()
            # The one behind may be due earlier than the timer was set for.
            self._grant()
            raise
        finally:
            self._waiting[lane] -= 1

    def _grant(self) -> None:
        """Give out the turns that have come, and set the alarm for the next one."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        while self._queue:
            lane, _, since, messages, granted = self._queue[0]
            if not granted.done():  # else cancelled
                wait = self._meter.wait_for_tap(since) if lane == TAP else self._meter.wait()
                if wait > 0:
                    self._timer = asyncio.get_running_loop().call_later(wait, self._grant)
                    return
                if lane == TAP:
                    self._meter.tap(messages)
                else:
                    self._meter.take(messages)
                granted.set_result(True)
            heappop(self._queue)
