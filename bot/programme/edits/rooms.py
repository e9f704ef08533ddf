"""Edits of where sessions are held."""

from __future__ import annotations

import datetime as dt
from dataclasses import KW_ONLY, dataclass, replace

from bot.errors import BadInput
from bot.programme.edits.edit import Edit
from bot.programme.edits.sessions import changed, need_free
from bot.programme.estimates import Runs, starts
from bot.programme.lookup import need_room, need_session
from bot.programme.model import Programme, Room, Session


@dataclass(frozen=True, slots=True)
class ToRoom(Edit):
    """Move to a room; "" is none. `new` is the room when the programme does not have it yet."""

    what = "room"

    session: str
    room: str
    _: KW_ONLY
    new: Room | None = None

    def apply(self, programme: Programme) -> Programme:
        if self.new:
            need_free(programme.room(self.new.code))
            programme = replace(programme, rooms=(*programme.rooms, self.new))
        if self.room:
            need_room(programme, self.room)
        return changed(programme, replace(need_session(programme, self.session), room=self.room or None))


@dataclass(frozen=True, slots=True)
class SwapRooms(Edit):
    """What has not begun of that day in either room goes to the other. BadInput when that is nothing."""

    what = "halls"

    day: dt.date
    one: str
    other: str
    _: KW_ONLY
    now: dt.datetime
    runs: Runs

    def apply(self, programme: Programme) -> Programme:
        for room in (self.one, self.other):
            need_room(programme, room)
        moved = [
            replace(session, room=there)
            for here, there in ((self.one, self.other), (self.other, self.one))
            for session in yet_to_begin(programme, self.day, here, self.now, self.runs)
        ]
        if self.one == self.other or not moved:
            raise BadInput("change.halls_none")
        return changed(programme, *moved)


def yet_to_begin(programme: Programme, day: dt.date, room: str, now: dt.datetime, runs: Runs) -> tuple[Session, ...]:
    """What of a day in a room has not begun, as it was marked in the halls, else as planned; cancelled ones too."""
    return tuple(one for one in programme.in_room(room) if one.day == day and starts(programme, runs, one) > now)
