"""The version of the programme that holds now, with its search index: one reference, swapped at once."""

from __future__ import annotations

from bot.programme.model import Programme
from bot.programme.search import Index


class CurrentProgramme:
    """What every update reads. Publishing a version is one assignment, so nobody sees half of two."""

    def __init__(self, programme: Programme, number: int) -> None:
        self.replace(programme, number)

    def replace(self, programme: Programme, number: int) -> None:
        self.programme = programme
        self.number = number
        self._index: Index | None = None

    @property
    def index(self) -> Index:
        """Made at the first search, so that the start does not wait for it."""
        if self._index is None:
            self._index = Index(self.programme)
        return self._index
