"""The time, asked for in one place, so that a rehearsal and a test can set it."""

from __future__ import annotations

import datetime as dt
import time


class Clock:
    """The real time plus a shift, which is zero but in a rehearsal.

    It goes on ticking when shifted: what the bot does between two moves happens as it would on the day.
    """

    def __init__(self) -> None:
        self._shift = dt.timedelta()
        self._ahead = 0.0

    def now(self) -> dt.datetime:
        """This moment, aware, in UTC."""
        return dt.datetime.now(dt.UTC) + self._shift

    def seconds(self) -> int:
        """This moment as epoch seconds, as the database keeps it."""
        return int(self.now().timestamp())

    def steady(self) -> float:
        """Seconds that only go on, for what lies between two moments: the machine's time may jump. A shift ahead counts
        as time that has passed, one back as none."""
        return time.monotonic() + self._ahead

    def move(self, by: dt.timedelta) -> None:
        self._shift += by
        self._ahead += max(by.total_seconds(), 0.0)


class StillClock(Clock):
    """A clock that stands still until it is moved: for tests."""

    def __init__(self, moment: dt.datetime) -> None:
        super().__init__()
        self._moment = moment

    def now(self) -> dt.datetime:
        return self._moment + self._shift

    def steady(self) -> float:
        return self._ahead

    def linger(self, seconds: float) -> None:
        """Let somebody take their time; the time of day goes on standing still."""
        self._ahead += seconds
