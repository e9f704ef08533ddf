"""Whether a day or a hall as a whole is moved between two versions, however many edits made the difference."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.programme.differences import (
    ADDED,
    CANCELLED,
    REMOVED,
    RESTORED,
    ROOM,
    TIME,
    SessionChange,
    session_change,
    session_changes,
)
from bot.programme.model import Programme, Room, Session

DATE, INTO, SWAPPED = "date", "into", "swapped"
OF_DAY = (DATE, TIME, CANCELLED, RESTORED, ROOM)
KINDS = (*OF_DAY, INTO, SWAPPED)

OFF, ON = frozenset((CANCELLED, REMOVED)), frozenset((RESTORED, ADDED))
WHERE_AND_WHEN = frozenset((TIME, ROOM, RESTORED)) | OFF


@dataclass(frozen=True, slots=True)
class Move:
    """Most of what is still to come of a day, or of a hall on that day.

    `rooms` are the hall it is about, () for the whole day; of INTO also the hall they go to, of SWAPPED both. `to` is
    the other date of DATE. `changes` are those of its sessions, in order.
    """

    kind: str  # one of KINDS
    day: dt.date
    rooms: tuple[Room, ...]
    changes: tuple[SessionChange, ...]
    to: dt.date | None = None


def moves(before: Programme, after: Programme, now: float) -> tuple[Move, ...]:
    """Those of days, and of halls where the day as a whole stays, in order; none of what is over at `now`."""
    changed = {one.before.code: one for one in changes(before, after) if one.before and one.over_at > now}
    days: dict[dt.date, list[Session]] = {}
    for session in before.sessions:
        if session.code in changed or (not session.cancelled and session.end.timestamp() > now):
            days.setdefault(session.day, []).append(session)
    found: list[Move] = []
    for day, sessions in days.items():
        found += of_day(before, day, sessions=sessions, changed=changed)
    return tuple(sorted(found, key=lambda one: one.day))


def changes(before: Programme, after: Programme) -> tuple[SessionChange, ...]:
    """The changes of when and where, and of whether at all. What comes back under another code, as after a file from
    elsewhere, is the same session."""
    found = session_changes(before, after)
    gone, new = ([one for one in found if one.told == (what,)] for what in (REMOVED, ADDED))
    same = pairs(gone, new)
    paired = [session_change(before, after, one.before, other.after) for one, other in same]
    apart = {one.code for pair in same for one in pair}
    return tuple(
        one for one in (*(one for one in found if one.code not in apart), *paired) if WHERE_AND_WHEN & {*one.told}
    )


def pairs(gone: Sequence[SessionChange], new: Sequence[SessionChange]) -> list[tuple[SessionChange, SessionChange]]:
    """Those of one title and kind, where no other has them."""
    named = [{name(one.session): one for one in some} for some in (gone, new)]
    counts = Counter(name(one.session) for one in (*gone, *new))
    return [(named[0][key], named[1][key]) for key in named[0] if key in named[1] and counts[key] == 2]


def name(session: Session) -> tuple[object, str]:
    return session.title, session.kind


def of_day(
    before: Programme,
    day: dt.date,
    *,
    sessions: Sequence[Session],
    changed: Mapping[str, SessionChange],
) -> list[Move]:
    touched = [changed[one.code] for one in sessions if one.code in changed]
    whole = most(touched, sessions) and (len(touched) > 1 or len(before.of_day(day)) == 1)
    kind = kind_of(touched) if whole else ROOM
    if kind != ROOM:
        return [Move(kind, day, (), in_order(touched), date_of(touched) if kind == DATE else None)]
    halls = of_halls(before, day, sessions, changed)
    return halls or ([Move(ROOM, day, (), in_order(touched))] if whole else [])


def of_halls(
    before: Programme, day: dt.date, sessions: Sequence[Session], changed: Mapping[str, SessionChange]
) -> list[Move]:
    there: dict[str, tuple[Room, list[SessionChange]]] = {}
    for room in before.rooms:
        held = [one for one in sessions if one.room == room.code]
        touched = [changed[one.code] for one in held if one.code in changed]
        if most(touched, held):
            there[room.code] = room, touched
    into = {code: destination(touched) for code, (_, touched) in there.items() if kind_of(touched) == ROOM}
    found: list[Move] = []
    for code, (room, touched) in there.items():
        to = into.get(code)
        if to is not None and to.code != code and (back := into.get(to.code)) is not None and back.code == code:
            if before.rooms.index(room) < before.rooms.index(there[to.code][0]):
                found.append(Move(SWAPPED, day, (room, to), in_order([*touched, *there[to.code][1]])))
        elif len(touched) > 1:
            kind = INTO if to is not None else kind_of(touched)
            other = date_of(touched) if kind == DATE else None
            found.append(Move(kind, day, (room, to) if to is not None else (room,), in_order(touched), other))
    return found


def most(some: Sequence[object], of: Sequence[object]) -> bool:
    return 2 * len(some) > len(of)


def kind_of(touched: Sequence[SessionChange]) -> str:
    """What most of them have in common."""
    off = [one for one in touched if OFF & {*one.told}]
    on = [one for one in touched if ON & {*one.told}]
    if most(off, touched):
        return CANCELLED
    if most(on, touched):
        return RESTORED
    if date_of(touched) is not None:
        return DATE
    return TIME if most([one for one in touched if TIME in one.told], touched) else ROOM


def date_of(touched: Sequence[SessionChange]) -> dt.date | None:
    """The other day that most of them go to."""
    days = Counter(
        one.after.day for one in touched if one.before and one.after and one.before.day != one.after.day
    ).most_common(1)
    return days[0][0] if days and 2 * days[0][1] > len(touched) else None


def destination(touched: Sequence[SessionChange]) -> Room | None:
    """The one hall that all go to whose hall changes."""
    rooms = {one.rooms[1].code: one.rooms[1] for one in touched if ROOM in one.told and one.rooms[1]}
    gone = sum(ROOM in one.told for one in touched)
    return next(iter(rooms.values())) if len(rooms) == 1 and 2 * gone > len(touched) else None


def in_order(touched: Iterable[SessionChange]) -> tuple[SessionChange, ...]:
    return tuple(sorted(touched, key=lambda one: (one.session.start.timestamp(), one.code)))
