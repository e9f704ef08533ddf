"""What a version from outside does to a programme that its organizers change too."""

from __future__ import annotations

from bot.programme.changes import FORUM, KEYS, ORDER, WHOLE, Change, apply, diff
from bot.programme.model import Programme

NOTHING: tuple[object, ...] = ("", {})  # a text that says nothing, as documents have it
OFTEN_UNKNOWN = ("photo", "point")  # what few formats can say


def first(programme: Programme, taken: Programme) -> Programme:
    """The programme as the version has it; but of what the version says nothing, it keeps what it had.

    A schedule of talks knows neither delegations nor pages nor photos: it must not wipe them out.
    """
    document = taken.to_document()
    silent = {part for part in KEYS if not document[part]}
    return apply(programme, [change for change in diff(programme, taken) if not unsaid(change, silent)])


def unsaid(change: Change, silent: set[str]) -> bool:
    if change.part in silent:
        return True
    if change.field in (WHOLE, ORDER) and change.part != FORUM:
        return False
    return change.new in NOTHING or (change.new is None and change.field in OFTEN_UNKNOWN)


def following(programme: Programme, last: Programme, taken: Programme) -> Programme:
    """The programme with what differs between the last version and this one: all else is the organizers'."""
    return apply(programme, diff(last, taken))
