"""schedule.json of frab and pretalx: schedule → conference → days → rooms by name → events."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NoReturn

from bot.programme.clean import plain
from bot.programme.faults import Faults, refuse
from bot.programme.model import Programme
from bot.programme.readers.frab import (
    ForeignDay,
    ForeignEvent,
    ForeignPerson,
    ForeignSchedule,
    assemble,
)
from bot.programme.readers.own import KEY, assemble_own, own_part
from bot.programme.text import LANGUAGES, Text


def read_frab_json(data: bytes) -> tuple[Programme, bool]:
    """A programme from a schedule.json, and whether this bot wrote it, so that nothing is missing in it.

    Raises ProgrammeFaults with everything that is wrong.
    """
    try:
        document = json.loads(data.decode("utf-8-sig"), parse_constant=_no_such_number)
    except UnicodeDecodeError as error:
        refuse("fault.not_utf8", byte=error.start)
    except json.JSONDecodeError as error:
        refuse("fault.json_syntax", error.lineno, problem=f"{error.msg} (column {error.colno})")
    except RecursionError:
        refuse("fault.too_deep")
    except ValueError as error:  # NaN, or a number with more digits than Python reads
        refuse("fault.json_syntax", problem=error)
    schedule = _table(_table(document).get("schedule"))
    conference = schedule.get("conference")
    if not isinstance(conference, dict):
        refuse("fault.not_a_schedule", name="schedule.conference")
    faults = Faults()
    found = _schedule(conference, faults)
    programme = assemble_own(found, faults) if found.own else assemble(found, faults)
    faults.stop_if_any()
    return programme, found.own is not None


def _no_such_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number of JSON")


def _schedule(conference: dict[str, Any], faults: Faults) -> ForeignSchedule:
    path = "schedule.conference"
    title = _text(conference.get("title"))
    if not title:
        faults.add(path, "fault.missing_key", name="title")
    return ForeignSchedule(
        title=title,
        place=", ".join(part for part in (_string(conference, "venue"), _string(conference, "city")) if part),
        timezone=_string(conference, "time_zone_name"),
        day_change=_string(conference, "day_change"),
        rooms={
            _string(room, "name"): _string(room, "description")
            for _, room in _tables(conference.get("rooms"), f"{path}.rooms", faults)
        },
        days=[
            ForeignDay(place, _string(day, "date"), list(_events(day, place, faults)))
            for place, day in _tables(conference.get("days"), f"{path}.days", faults)
        ],
        own=own_part(conference.get(KEY)),
    )


def _events(day: dict[str, Any], path: str, faults: Faults) -> Iterator[ForeignEvent]:
    rooms = day.get("rooms")
    if rooms is not None and not isinstance(rooms, dict | list):
        faults.add(f"{path}.rooms", "fault.expects_table", name="rooms")
    for name, events in _table(rooms).items():  # frab writes [] for a day without rooms
        for place, event in _tables(events, f"{path}.rooms[{plain(name)}]", faults):
            yield ForeignEvent(
                place=place,
                code=_string(event, "code"),
                guid=_string(event, "guid"),
                id=_string(event, "id"),
                url=_string(event, "url"),
                title=_text(event.get("title")),
                subtitle=_string(event, "subtitle"),
                abstract=_prose(event, "abstract"),
                description=_prose(event, "description"),
                date=_string(event, "date"),
                start=_string(event, "start"),
                end=_string(event, "end"),
                duration=_string(event, "duration"),
                room=plain(name),
                track=_string(event, "track"),
                type=_string(event, "type"),
                language=_string(event, "language"),
                persons=list(_persons(event, place, faults)),
                own=_table(event.get(KEY)),
            )


def _persons(event: dict[str, Any], path: str, faults: Faults) -> Iterator[ForeignPerson]:
    for _, person in _tables(event.get("persons"), f"{path}.persons", faults):
        names = (_string(person, key) for key in ("public_name", "full_public_name", "name"))
        name = next((name for name in names if name), "")
        if name:
            yield ForeignPerson(
                name=name,
                identity=next((_string(person, key) for key in ("code", "guid", "id") if person.get(key)), ""),
                bio=_prose(person, "biography") or _prose(person, "description"),
                avatar=_string(person, "avatar"),
            )


def _tables(value: Any, path: str, faults: Faults) -> Iterator[tuple[str, dict[str, Any]]]:
    """The tables of a list, each with its path; null is an empty list."""
    if value is None:
        return
    if not isinstance(value, list):
        faults.add(path, "fault.expects_list", name=path.rpartition(".")[2])
        return
    for number, item in enumerate(value):
        place = f"{path}[{number}]"
        if isinstance(item, dict):
            yield place, item
        else:
            faults.add(place, "fault.expects_table", name=place.rpartition(".")[2])


def _table(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _string(values: dict[str, Any], key: str) -> str:
    """One line; numbers are ids, and a map by language gives one of its strings."""
    return plain(_raw(values.get(key)))


def _prose(values: dict[str, Any], key: str) -> str:
    return _raw(values.get(key))


def _raw(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value) if abs(value) < 10**18 else ""
    if isinstance(value, dict):
        said = (value.get(language) for language in (*reversed(LANGUAGES), *value))
        return next((words for words in said if isinstance(words, str) and words), "")
    return ""


def _text(value: Any) -> Text:
    """A title: a string, or a map by language, of which ours are kept."""
    if isinstance(value, dict):
        ours = {key: plain(words) for key, words in value.items() if key in LANGUAGES and isinstance(words, str)}
        if any(ours.values()):
            return Text(ours)
    return Text(plain(_raw(value)))
