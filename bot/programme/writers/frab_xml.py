"""The programme as schedule.xml, for other programs, and for this one without any loss."""

from __future__ import annotations

import json
from typing import Any
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from bot.programme.model import Programme
from bot.programme.readers.own import KEY, TAG
from bot.programme.writers.frab import conference

_OF_CONFERENCE = ("acronym", "title", "start", "end", "timeslot_duration", "time_zone_name")
_OF_EVENT = (
    *("date", "start", "duration", "room", "title", "subtitle", "track", "type", "language"),
    *("abstract", "description"),
)


def write_frab_xml(programme: Programme, language: str) -> bytes:
    about = conference(programme, language)
    root = Element("schedule")
    SubElement(root, "generator", name="minber", version="1")
    _add(root, "version", "1.0")
    head = SubElement(root, "conference")
    for key in _OF_CONFERENCE:
        _add(head, key, about[key])
    _add(head, "days", about["daysCount"])
    for room in about["rooms"]:
        SubElement(head, "room", room)
    _add(head, TAG, json.dumps(about[KEY], ensure_ascii=False))
    for day in about["days"]:
        of_day = SubElement(
            root, "day", index=str(day["index"]), date=day["date"], start=day["day_start"], end=day["day_end"]
        )
        for name, events in day["rooms"].items():
            room = SubElement(of_day, "room", name=name)
            for event in events:
                _event(room, event)
    indent(root, " ")
    whole: bytes = tostring(root, "utf-8", xml_declaration=True)
    return whole


def _event(room: Element, event: dict[str, Any]) -> None:
    found = SubElement(room, "event", guid=event["guid"], id=str(event["id"]), code=event["code"])
    for key in _OF_EVENT:
        _add(found, key, event[key])
    persons = SubElement(found, "persons")
    for person in event["persons"]:
        SubElement(persons, "person", id=str(person["id"]), code=person["code"]).text = person["public_name"]
    SubElement(found, "links")
    _add(found, TAG, json.dumps(event[KEY], ensure_ascii=False))


def _add(parent: Element, tag: str, words: object) -> None:
    SubElement(parent, tag).text = None if words is None else str(words)
