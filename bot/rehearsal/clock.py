"""The clock everybody in the rehearsal lives by."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """What the rehearsal needs of a clock. The bot's own clock fits."""

    def now(self) -> datetime: ...

    def move(self, by: timedelta) -> None: ...


class ShiftedClock:
    """Real time plus what it was moved by."""

    def __init__(self) -> None:
        self._shift = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self._shift

    def move(self, by: timedelta) -> None:
        self._shift += by
