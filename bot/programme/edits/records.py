"""Edits of a record by its kind and code: other words, and taking it out of the programme."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass, replace

from bot.errors import BadInput, Stale
from bot.programme.edits.edit import Edit
from bot.programme.lookup import need_room, need_speaker
from bot.programme.model import Programme
from bot.programme.texts import About, reword


@dataclass(frozen=True, slots=True)
class Reword(Edit):
    """See bot.programme.texts.reword; `field` is the letter of one."""

    what = "text"

    kind: str
    code: str
    field: str
    language: str
    _: KW_ONLY
    words: str

    @property
    def about(self) -> About:
        return About(self.kind, self.code, self.field)

    def apply(self, programme: Programme) -> Programme:
        return reword(programme, self.about, self.language, self.words)


@dataclass(frozen=True, slots=True)
class Remove(Edit):
    """Take a person ("p") or a room ("r") out of the programme; BadInput while a session has them, be it cancelled or
    over."""

    what = "removed"

    kind: str
    code: str

    def apply(self, programme: Programme) -> Programme:
        match self.kind:
            case "p":
                need_speaker(programme, self.code)
                need_unused(bool(programme.of_speaker(self.code)))
                return replace(programme, speakers=tuple(one for one in programme.speakers if one.code != self.code))
            case "r":
                need_room(programme, self.code)
                need_unused(bool(programme.in_room(self.code)))
                return replace(programme, rooms=tuple(one for one in programme.rooms if one.code != self.code))
        raise Stale("refusal.stale")


def need_unused(used: bool) -> None:
    if used:
        raise BadInput("change.still_used")
