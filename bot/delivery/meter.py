"""How much the whole bot may send now: the arithmetic of its pace, which waits for nothing itself."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from math import ceil

# Bots FAQ, "Broadcasting to Users": about 30 messages a second for the whole bot. How Telegram counts is not
# published; the window is a little longer than its second, since not all messages travel equally fast.
USUAL = 30.0
WINDOW = 1.05
NEARLY = 0.98  # of the pace that is set; what is missing to the whole is kept for the first tap
CATCH_UP = 0.05  # seconds of turns that a late timer may make up for
PATIENCE = 0.25  # seconds an answer to a tap waits at most for what the outbox has taken of a second
REMEMBERED = 3.0  # seconds in which half of what is kept for taps is given back
# The first calls after a rest are slow, for connections are made, and the next ones catch up with them on the way:
# seconds in which a part of the pace is enough.
BEGINNING, BEGINNING_PACE = 1.2, 0.8
RESTED = 1.0  # seconds in which nobody wanted a turn
LEAST = 0.25  # of the pace is the outbox's, however much people tap
LESSON, LOWEST = 0.8, 0.1  # what a 429 leaves of the pace, and what it never falls below
RECOVERY = 1 / 600  # of the full pace comes back every second


class Meter:
    """At most `per_second` calls a second: the outbox's evenly spaced, answers to taps on top as they come.

    The outbox gives way: its pace is what taps leave, as many as came in the busiest second lately, so that they
    fit into the next too. Times are of the monotonic clock, in seconds.
    """

    def __init__(self, per_second: float, clock: Callable[[], float]) -> None:
        self._full = per_second
        # How many calls a window holds: of the outbox's pace, and at most. Telegram's own limit, unless it has none.
        self._window = WINDOW if per_second > USUAL else min(WINDOW, USUAL / (NEARLY * per_second))
        self._most = ceil(NEARLY * per_second * self._window - 1e-9)
        self._ceiling = max(self._most, int(USUAL))
        if per_second <= USUAL:
            self._most, self._ceiling = min(self._most, int(USUAL)), int(USUAL)
        self._clock = clock
        self._next = 0.0
        self._began = 0.0
        self._calls: deque[float] = deque()  # of the last window, in order
        self._taps: deque[float] = deque()  # those among them that answered somebody
        self._peak, self._peak_at = 0.0, 0.0
        self._learned, self._learned_at = 1.0, 0.0

    @property
    def pace(self) -> float:
        """Calls a second, all together: the full pace, or less when Telegram has complained lately."""
        recovered = (self._clock() - self._learned_at) * RECOVERY
        return self._full * min(1.0, self._learned + max(recovered, 0.0))

    @property
    def lately(self) -> int:
        """Calls in the last second."""
        self._forget(self._clock())
        return len(self._calls)

    def wait(self) -> float:
        """Seconds until the outbox's next turn; 0 when it is now."""
        now = self._clock()
        self._forget(now)
        full = self._calls[-self._most] + self._window if len(self._calls) >= self._most else 0.0
        if full and len(self._calls) - len(self._taps) < self._most * LEAST:
            full = 0.0  # people tap so much that the outbox would never come to its own
        return max(self._next, full, now) - now

    def wait_for_tap(self, since: float) -> float:
        """Seconds that the answer to a tap, waiting `since`, leaves to what the outbox has taken of the second."""
        now = self._clock()
        self._forget(now)
        if len(self._calls) < self._ceiling or len(self._calls) == len(self._taps):
            return 0.0
        return max(min(self._calls[-self._ceiling] + self._window, since + PATIENCE) - now, 0.0)

    def take(self, messages: int = 1) -> None:
        """The outbox takes its turn."""
        now = self._clock()
        if now > self._next + RESTED:
            self._began = now
        self._calls.extend([now] * messages)
        self._next = max(self._next, now - CATCH_UP) + messages * self._gap(now)

    def tap(self, messages: int = 1) -> None:
        """An answer to a tap goes out."""
        now = self._clock()
        self._calls.extend([now] * messages)
        self._taps.extend([now] * messages)
        self._forget(now)
        self._peak = min(max(self._kept(now), len(self._taps)), self._full * (1 - LEAST))
        self._peak_at = now

    def reserve(self, after: float) -> float:
        """The next turn from the moment `after` on, taken; seconds until it comes."""
        now = self._clock()
        turn = max(self._next, after, now)
        self._next = turn + self._gap(now)
        return turn - now

    def give_back(self) -> None:
        """Nothing was sent in the turn that was taken last."""
        self._next = min(self._next, self._clock())
        if len(self._calls) > len(self._taps):
            self._calls.pop()

    def learn(self) -> None:
        """Telegram found it too much: slower from now on, and faster again little by little."""
        self._learned = max(self.pace / self._full * LESSON, LOWEST)
        self._learned_at = self._clock()

    def _gap(self, now: float) -> float:
        pace = self.pace * (BEGINNING_PACE if now < self._began + BEGINNING else 1.0)
        missing = max(self._kept(now) - (self._ceiling - self._most), 0.0)  # beyond what the pace leaves anyway
        return 1.0 / max(pace - missing, pace * LEAST)

    def _kept(self, now: float) -> float:
        """How many calls the outbox leaves to taps: those of the busiest second, the fewer the longer ago it was."""
        return float(self._peak * 0.5 ** ((now - self._peak_at) / REMEMBERED))

    def _forget(self, now: float) -> None:
        for calls in (self._calls, self._taps):
            while calls and calls[0] <= now - self._window:
                calls.popleft()
