"""The version of the programme that holds now, with its search index: one reference, swapped at once."""

from __future__ import annotations

import threading

from bot.programme.estimates import NO_RUNS
from bot.programme.model import Programme
from bot.programme.search import Index


class CurrentProgramme:
    """What every update reads. Publishing a version is one assignment, so nobody sees half of two.

    `runs` are the marks of what really happens (bot.runs), which outlast a version.
    """

    def __init__(self, programme: Programme, number: int) -> None:
        self.runs = NO_RUNS
        self._held = _Held(programme, number, None)

    def replace(self, programme: Programme, number: int) -> None:
        self._held = _Held(programme, number, self._held)

    @property
    def programme(self) -> Programme:
        return self._held.programme

    @property
    def number(self) -> int:
        return self._held.number

    @property
    def index(self) -> Index:
        """That of the version before, for the moments until `warm_up` has made this one's: no search waits for it."""
        return self._held.index

    def warm_up(self) -> None:
        """Make the index, which takes a second for a congress of 900 sessions: to be run in a thread."""
        self._held.make_index()


class _Held:
    """One version. Until its index is made, searches go through that of the version `before` it."""

    def __init__(self, programme: Programme, number: int, before: _Held | None) -> None:
        self.programme = programme
        self.number = number
        self._made: Index | None = None
        self._making = threading.Lock()
        self._stands_in: Index | None = None if before is None else before._made or before._stands_in

    @property
    def index(self) -> Index:
        return self._made or self._stands_in or self.make_index()

    def make_index(self) -> Index:
        with self._making:
            if self._made is None:
                self._made = Index(self.programme)
                self._stands_in = None
            return self._made
