"""The time, asked for in one place, so that a rehearsal and a test can set it."""

from __future__ import annotations

import datetime as dt


class Clock:
    """The real time plus a shift, which is zero but in a rehearsal.

    It goes on ticking when shifted: what the bot does between two moves happens as it would on the day.
    """

    def __init__(self) -> None:
        self._shift = dt.timedelta()

    def now(self) -> dt.datetime:
        """This moment, aware, in UTC."""
        return dt.datetime.now(dt.UTC) + self._shift

    def seconds(self) -> int:
        """This moment as epoch seconds, as the database keeps it."""
        return int(self.now().timestamp())

    def move(self, by: dt.timedelta) -> None:
        self._shift += by


class StillClock(Clock):
    """A clock that stands still until it is moved: for tests."""

    def __init__(self, moment: dt.datetime) -> None:
        super().__init__()
        self._moment = moment

    def now(self) -> dt.datetime:
        return self._moment + self._shift
