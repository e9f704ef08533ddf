"""What differs between two versions of a programme, as data: taken, made, stored as JSON.

It speaks of documents (`Programme.to_document()`), so that a field added to the model needs no line here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.programme.model import Programme

# A collection of the document and what its records are named by. Sessions come last: they refer to all others.
KEYS = {
    "days": "date",
    "rooms": "code",
    "topics": "code",
    "speakers": "code",
    "delegations": "code",
    "pages": "code",
    "sessions": "code",
}
FORUM = "forum"
WHOLE = ""  # the field of a change that adds or removes the record itself
ORDER = "order"  # the field of a change that says in which order a collection stands

# Those sort themselves (Programme.__post_init__).
_SORTED = ("days", "sessions")

Json = Any


@dataclass(frozen=True, slots=True)
class Change:
    """One field of one record, by its name in the document.

    `part` is "forum" or a collection; `code` names the record ("" for the forum, and for the order of a collection; a
    day is named by its date). A record that is new has `field` WHOLE and `old` None, one that is gone `new` None.
    """

    part: str
    code: str
    field: str
    old: Json
    new: Json


def diff(before: Programme, after: Programme) -> tuple[Change, ...]:
    """What makes `before` into `after`: apply(before, diff(before, after)) == after."""
    old, new = before.to_document(), after.to_document()
    found = [
        Change(FORUM, "", name, old[FORUM][name], value)
        for name, value in new[FORUM].items()
        if old[FORUM][name] != value
    ]
    for part, key in KEYS.items():
        found += _of_part(part, _by(key, old[part]), _by(key, new[part]))
    return tuple(found)


def _of_part(part: str, old: Mapping[str, Json], new: Mapping[str, Json]) -> list[Change]:
    found = [Change(part, code, WHOLE, record, None) for code, record in old.items() if code not in new]
    for code, record in new.items():
        before = old.get(code)
        if before is None:
            found.append(Change(part, code, WHOLE, None, record))
        elif before != record:
            found += [
                Change(part, code, name, before[name], value) for name, value in record.items() if before[name] != value
            ]
    if part not in _SORTED and list(old) != list(new):
        found.append(Change(part, "", ORDER, list(old), list(new)))
    return found


def apply(programme: Programme, changes: Iterable[Change]) -> Programme:
    """The programme with the changes made.

    It may be another than the one they were taken from: then what is about a record that is not there is left out, and
    so is every name of a record that would not be there afterwards.
    """
    document = programme.to_document()
    parts = {part: _by(key, document[part]) for part, key in KEYS.items()}
    # The order last: what comes back would stand at the end otherwise.
    for change in sorted(changes, key=lambda change: change.field == ORDER):
        if change.part == FORUM:
            document[FORUM][change.field] = change.new
        else:
            parts[change.part] = _made(parts[change.part], change)
    _drop_dangling(parts)
    return Programme.from_document({**document, **{part: list(records.values()) for part, records in parts.items()}})


def _made(records: dict[str, Json], change: Change) -> dict[str, Json]:
    if change.field == ORDER and not change.code:
        known = [code for code in change.new if code in records]
        return {code: records[code] for code in (*known, *(code for code in records if code not in known))}
    if change.field == WHOLE:
        if change.new is None:
            records.pop(change.code, None)
        else:
            records[change.code] = change.new
    elif change.code in records:
        records[change.code] = {**records[change.code], change.field: change.new}
    return records


def _drop_dangling(parts: dict[str, dict[str, Json]]) -> None:
    for code, session in parts["sessions"].items():
        kept = {
            "room": session["room"] if session["room"] in parts["rooms"] else None,
            "topic": session["topic"] if session["topic"] in parts["topics"] else None,
            "speakers": [one for one in session["speakers"] if one in parts["speakers"]],
            "moderators": [one for one in session["moderators"] if one in parts["speakers"]],
        }
        if any(session[name] != value for name, value in kept.items()):
            parts["sessions"][code] = {**session, **kept}
        if session["day"] not in parts["days"]:
            parts["days"][session["day"]] = {"date": session["day"], "title": ""}


def to_json(changes: Iterable[Change]) -> list[list[Json]]:
    return [[one.part, one.code, one.field, one.old, one.new] for one in changes]


def from_json(stored: Iterable[Sequence[Json]]) -> tuple[Change, ...]:
    return tuple(Change(*one) for one in stored)


def _by(key: str, records: Iterable[Mapping[str, Json]]) -> dict[str, Json]:
    return {record[key]: record for record in records}
