"""The programme as a file: what comes of one that an organizer sends, and what can be taken away."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.programme.changes import ORDER, WHOLE, Change
from bot.programme.writers import FORMATS

TEMPLATE, CALENDAR = "template", "ics"
KINDS = (TEMPLATE, *FORMATS, CALENDAR)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many sessions a file brings, changes and takes away, and how many other things it touches; `replaced` of all
    these are things that others had changed in the draft, and that the file has otherwise."""

    new: int = 0
    changed: int = 0
    gone: int = 0
    others: int = 0
    replaced: int = 0

    def __bool__(self) -> bool:
        return any((self.new, self.changed, self.gone, self.others))


def tally(changes: Sequence[Change], drafted: Iterable[Change]) -> Tally:
    """Of the changes a file makes to the draft; `drafted` are those that others had made there before."""
    of_sessions: dict[str, Change] = {}
    others = set()
    for change in changes:
        if change.part != "sessions":
            others.add((change.part, "" if change.field == ORDER else change.code, change.field == ORDER))
        elif change.field != ORDER:
            of_sessions.setdefault(change.code, change)
    whole: Sequence[Change] = [change for change in of_sessions.values() if change.field == WHOLE]
    new = sum(change.old is None for change in whole)
    return Tally(new, len(of_sessions) - len(whole), len(whole) - new, len(others), replaced(changes, drafted))


def replaced(changes: Iterable[Change], drafted: Iterable[Change]) -> int:
    """How many records differ now in what had been changed already. Anyone who downloaded the file before that sends
    the old back without knowing it: a file is the whole programme."""
    fields: dict[tuple[str, str], set[str]] = {}
    for change in drafted:
        fields.setdefault((change.part, change.code), set()).add(change.field)
    found = set()
    for change in changes:
        before = fields.get((change.part, change.code), set())
        if change.field != ORDER and before and (WHOLE in (change.field, *before) or change.field in before):
            found.add((change.part, change.code))
    return len(found)
