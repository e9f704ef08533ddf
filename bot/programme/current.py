"""The version of the programme that holds now, with its search index: one reference, swapped at once."""

from __future__ import annotations

import threading

from bot.programme.estimates import NO_RUNS
from bot.programme.model import Programme
from bot.programme.search import Index


class CurrentProgramme:
    """What every update reads. Publishing a version is one assignment, so nobody sees half of two."""

    def __init__(self, programme: Programme, number: int) -> None:
        self._lock = threading.Lock()
        self.runs = NO_RUNS
        self.replace(programme, number)

    def replace(self, programme: Programme, number: int) -> None:
        self.programme = programme
        self.number = number
        self._index: Index | None = None

    @property
    def index(self) -> Index:
        """Made once a version; one at a time, for the stemmers behind it keep state."""
        with self._lock:
            if self._index is None:
                self._index = Index(self.programme)
            return self._index

    def warm_up(self) -> None:
        """Make the index, which takes a second for a congress of 900 sessions: to be run in a thread."""
        self.index  # noqa: B018 - asking makes it
