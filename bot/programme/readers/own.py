"""Schedules of frab's shape that this bot has written: besides the format's own fields, they have all the rest of ours.

Times and days are read from the format's own fields, so that a change of them in another program counts, and so are
a title and a room that were changed there. Everything else is taken from our part.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from typing import Any

from bot.programme.faults import Faults
from bot.programme.model import Programme
from bot.programme.readers.frab import ForeignEvent, ForeignSchedule, moment_of, read_duration
from bot.programme.readers.toml import read_document

FORMAT = 1
NAMESPACE = "urn:minber:programme"
TAG = f"{{{NAMESPACE}}}own"  # the element of schedule.xml that holds our part as JSON
KEY = "minber"  # the key of schedule.json that holds it

_TABLES = ("forum", "rooms", "topics", "speakers", "delegations", "pages")


class _Places:
    """Where the tables below stood in the file; see bot.programme.readers.table.Where."""

    def __init__(self) -> None:
        self._events: dict[str, str] = {}

    def put(self, path: str, place: str) -> None:
        self._events[path] = place

    def locate(self, path: str) -> tuple[str, int | None]:
        steps = path.split(".")
        for length in range(len(steps), 0, -1):
            if place := self._events.get(".".join(steps[:length])):
                return ".".join([place, *steps[length:]]), None
        return f"{KEY}.{path}", None

    def named(self, path: str, name: str) -> str:
        return name


def own_part(value: Any) -> dict[str, Any] | None:
    """Our part of a schedule, or None when it is somebody else's, or of a newer bot."""
    return value if isinstance(value, dict) and value.get("format") == FORMAT else None


def own_json(words: str | None) -> Any:
    """What an element of schedule.xml holds; None for what is not JSON."""
    try:
        return json.loads(words) if words else None
    except (ValueError, RecursionError):
        return None


def assemble_own(schedule: ForeignSchedule, faults: Faults) -> Programme:
    """The programme of a schedule with our part in it. Raises ProgrammeFaults."""
    own = schedule.own or {}
    places = _Places()
    rooms = own.get("room_names")
    titles = {date: day for day in _records(own.get("days")) if isinstance(date := day.get("date"), str)}
    days = []
    for number, day in enumerate(schedule.days):
        places.put(f"days[{number}]", day.place)
        sessions = []
        for at, event in enumerate(day.events):
            places.put(f"days[{number}].sessions[{at}]", event.place)
            sessions.append(_session(event, rooms if isinstance(rooms, dict) else {}))
        days.append({"date": day.date, **titles.get(day.date, {}), "sessions": sessions})
    document = {key: own[key] for key in _TABLES if key in own} | {"days": days}
    return read_document(document, places, faults)


def _session(event: ForeignEvent, rooms: Mapping[str, Any]) -> dict[str, Any]:
    own = event.own or {}
    session = {"code": event.code, "title": event.title.to_document(), **own}
    said = own.get("title")
    if event.title and event.title.all() not in (said.values() if isinstance(said, dict) else (said,)):
        session["title"] = event.title.to_document()
    if event.room:
        session["room"] = rooms.get(event.room, event.room)
    session.setdefault("start", event.date)
    if "end" not in session and (end := _end(event)):
        session["end"] = end
    return session


def _end(event: ForeignEvent) -> str:
    start, length = moment_of(event.date), read_duration(event.duration)
    if start is None or length is None:
        return event.end
    return ((start.astimezone(dt.UTC) if start.tzinfo else start) + length).isoformat()


def _records(value: Any) -> Iterator[dict[str, Any]]:
    return (record for record in value if isinstance(record, dict)) if isinstance(value, list) else iter(())
