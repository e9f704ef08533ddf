"""Edits that bring a whole programme: of a file, of the watched address, of an older version."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass

from bot.programme.edits.edit import Edit
from bot.programme.model import Programme
from bot.programme.watched import first, following


@dataclass(frozen=True, slots=True)
class Import(Edit):
    """A file is the whole programme; what another program's schedule (not `whole`) cannot say, stays as it is."""

    what = "import"

    file: str = ""
    _: KW_ONLY
    found: Programme
    whole: bool

    def apply(self, programme: Programme) -> Programme:
        return self.found if self.whole else first(programme, self.found)


@dataclass(frozen=True, slots=True)
class Restore(Edit):
    """`former` is what that version was."""

    what = "restore"

    version: int | None = None
    _: KW_ONLY
    former: Programme

    def apply(self, programme: Programme) -> Programme:
        return self.former


@dataclass(frozen=True, slots=True)
class Watched(Edit):
    """What stands at the watched address, `taken`; of how many things it changes something is known when it is made.

    `last` is what was taken from there before."""

    what = "watched"

    host: str
    changes: int = 0
    _: KW_ONLY
    taken: Programme
    last: Programme | None = None

    def apply(self, programme: Programme) -> Programme:
        return first(programme, self.taken) if self.last is None else following(programme, self.last, self.taken)
