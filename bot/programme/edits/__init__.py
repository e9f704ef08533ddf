"""Edits of the draft, a type for each kind of step: it makes another programme of one, whole as it was.

A session that is not there is Stale, what cannot be meant is BadInput; what is rarely meant is made all the same, and
bot.programme.concerns says so. The words of each are in bot.views.publishing.steps.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.programme.edits.edit import Edit
from bot.programme.edits.people import (
    ROLES,
    AddPerson,
    DropPerson,
    DropPhoto,
    Photo,
    ReplaceEverywhere,
    ReplacePerson,
    not_over_of,
    people_of,
)
from bot.programme.edits.records import Remove, Reword
from bot.programme.edits.rooms import SwapRooms, ToRoom, yet_to_begin
from bot.programme.edits.sessions import AddSession, Cancel, SetKind, Uncancel
from bot.programme.edits.times import (
    DAY,
    MOST_MINUTES,
    ONLY,
    ROOM,
    SCOPES,
    Lengthen,
    Move,
    Shift,
    Swap,
    following,
    later,
    minutes_of,
)
from bot.programme.edits.versions import Import, Restore, Watched

__all__ = [
    "DAY",
    "EDITS",
    "MOST_MINUTES",
    "ONLY",
    "ROLES",
    "ROOM",
    "SCOPES",
    "AddPerson",
    "AddSession",
    "Cancel",
    "DropPerson",
    "DropPhoto",
    "Edit",
    "Import",
    "Lengthen",
    "Move",
    "Photo",
    "Remove",
    "ReplaceEverywhere",
    "ReplacePerson",
    "Restore",
    "Reword",
    "SetKind",
    "Shift",
    "Swap",
    "SwapRooms",
    "ToRoom",
    "Uncancel",
    "Watched",
    "following",
    "later",
    "minutes_of",
    "not_over_of",
    "people_of",
    "read",
    "yet_to_begin",
]

_ALL: tuple[type[Edit], ...] = (
    *(Shift, Move, Lengthen, Swap),
    *(ToRoom, SwapRooms),
    *(AddPerson, DropPerson, ReplacePerson, ReplaceEverywhere, Photo, DropPhoto),
    *(Cancel, Uncancel, SetKind, AddSession),
    *(Reword, Remove),
    *(Import, Restore, Watched),
)
EDITS = {one.what: one for one in _ALL}  # by the names that drafts hold


def read(what: str, detail: Mapping[str, Any]) -> Edit | None:
    """The edit of a stored step, for its words. None for one that this version of the bot does not know, and for one
    that lacks something."""
    kind = EDITS.get(what)
    return kind.read(detail) if kind else None
