"""schedule.xml of frab, pretalx and pentabarf: schedule → day → room → event."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

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
from bot.programme.readers.own import TAG, assemble_own, own_json, own_part
from bot.programme.text import Text

_DEEPEST = 50  # a schedule needs six


class _Refused(Exception):
    """Carries the key of a fault out of the parser."""


class _Builder(ElementTree.TreeBuilder):
    """A tree without what can blow up: no DOCTYPE, hence no entities of its own, and no abyss."""

    def __init__(self) -> None:
        super().__init__()
        self._depth = 0

    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:
        raise _Refused("fault.xml_doctype")

    def start(self, tag: Any, attrs: dict[Any, Any]) -> ElementTree.Element:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise _Refused("fault.too_deep")
        return super().start(tag, attrs)

    def end(self, tag: str) -> ElementTree.Element:
        self._depth -= 1
        return super().end(tag)


def read_frab_xml(data: bytes) -> tuple[Programme, bool]:
    """A programme from a schedule.xml, and whether this bot wrote it, so that nothing is missing in it.

    Raises ProgrammeFaults with everything that is wrong.
    """
    root = _parse(data)
    conference = root.find("conference")
    if root.tag != "schedule" or conference is None:
        refuse("fault.not_a_schedule", name="schedule/conference")
    faults = Faults()
    found = _schedule(root, conference, faults)
    programme = assemble_own(found, faults) if found.own else assemble(found, faults)
    faults.stop_if_any()
    return programme, found.own is not None


def _parse(data: bytes) -> ElementTree.Element:
    parser = ElementTree.XMLParser(target=_Builder())
    try:
        parser.feed(data)
        root: ElementTree.Element = parser.close()
    except _Refused as refused:
        refuse(str(refused))
    except ElementTree.ParseError as error:
        line, _ = error.position
        refuse("fault.xml_syntax", line, problem=error)
    except (LookupError, ValueError) as error:  # an encoding that is unknown, or that expat cannot take
        refuse("fault.xml_syntax", problem=error)
    return root


def _schedule(root: ElementTree.Element, conference: ElementTree.Element, faults: Faults) -> ForeignSchedule:
    title = _string(conference, "title")
    if not title:
        faults.add("conference", "fault.missing_key", name="title")
    return ForeignSchedule(
        title=Text(title),
        place=", ".join(part for part in (_string(conference, "venue"), _string(conference, "city")) if part),
        timezone=_string(conference, "time_zone_name"),
        day_change=_string(conference, "day_change"),
        rooms={
            plain(room.get("name", "")): plain(room.get("description", ""))
            for room in [*conference.iterfind("room"), *root.iterfind("day/room")]
        },
        days=[
            ForeignDay(f"day[{number}]", day.get("date", ""), list(_events(day, f"day[{number}]")))
            for number, day in enumerate(root.iterfind("day"), 1)
        ],
        own=own_part(own_json(conference.findtext(TAG))),
    )


def _events(day: ElementTree.Element, path: str) -> Iterator[ForeignEvent]:
    # Old exports of pentabarf list the events of a day without their rooms around them.
    holders = [(path, day), *((f"{path}/room[{number}]", room) for number, room in enumerate(day.iterfind("room"), 1))]
    for holder_path, holder in holders:
        name = plain(holder.get("name", ""))
        for number, event in enumerate(holder.iterfind("event"), 1):
            yield ForeignEvent(
                place=f"{holder_path}/event[{number}]",
                code=plain(event.get("code", "")) or _string(event, "code"),
                guid=plain(event.get("guid", "")),
                id=plain(event.get("id", "")),
                url=_string(event, "url"),
                title=Text(_string(event, "title")),
                subtitle=_string(event, "subtitle"),
                abstract=event.findtext("abstract", ""),
                description=event.findtext("description", ""),
                date=_string(event, "date"),
                start=_string(event, "start"),
                end=_string(event, "end"),
                duration=_string(event, "duration"),
                room=name or _string(event, "room"),
                track=_string(event, "track"),
                type=_string(event, "type"),
                language=_string(event, "language"),
                persons=list(_persons(event)),
                own=own if isinstance(own := own_json(event.findtext(TAG)), dict) else None,
            )


def _persons(event: ElementTree.Element) -> Iterator[ForeignPerson]:
    for person in event.iterfind("persons/person"):
        # pretalx writes the name between the tags; newer schemas put it next to a biography.
        name = plain(person.text or "") or _string(person, "public_name") or _string(person, "name")
        name = name or plain(person.get("public_name", "") or person.get("name", ""))
        if name:
            identity = person.get("code") or person.get("guid") or person.get("id") or ""
            yield ForeignPerson(name, plain(identity), person.findtext("biography", ""))


def _string(element: ElementTree.Element, name: str) -> str:
    return plain(element.findtext(name, ""))
