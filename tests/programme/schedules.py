"""Schedules in the shapes that frab and pretalx export, of any size, with data of our own."""

from __future__ import annotations

import datetime as dt
import json
import random
import uuid
from typing import Any
from xml.sax.saxutils import escape, quoteattr

_OPENINGS = "Building Scaling Understanding Testing Governing Debugging Funding Teaching Measuring".split()  # noqa: SIM905 - so it is easier to read
_SUBJECTS = "networks parsers democracy budgets kernels museums elections energy archives libraries".split()  # noqa: SIM905 - so it is easier to read
_SENTENCES = (
    "We **show** how it was done and what we would do differently.",
    "The talk is for people who have never seen it before.",
    "* a list\n* of what you learn\n* and `code`",
    "See [the project](https://example.org/a_b?c=1&d=2) for more.",
    "Жобаның нәтижелері мен қоғамдық маңызы туралы айтамыз.",
    "Расскажем о результатах проекта и о том, что не получилось.",
)


def pretalx(days: int = 3, rooms: int = 4, a_day: int = 12, seed: int = 1) -> dict[str, Any]:
    """A pretalx schedule.json: days * rooms * a_day talks of 25 to 50 minutes from 09:00 on."""
    dice = random.Random(seed)
    people = [_person(dice, number) for number in range(max(3, days * rooms * a_day // 2))]
    names = [f"Hall {chr(65 + number % 26)}{number // 26 or ''}" for number in range(rooms)]
    first = dt.date(2026, 11, 26)
    zone = dt.timezone(dt.timedelta(hours=5))
    listed = []
    for index in range(days):
        date = first + dt.timedelta(days=index)
        held: dict[str, list[dict[str, Any]]] = {}
        for name in names:
            start = dt.datetime.combine(date, dt.time(9), zone)
            held[name] = []
            for _ in range(a_day):
                held[name].append(_talk(dice, start, name, dice.sample(people, dice.randint(1, 3))))
                start += dt.timedelta(hours=1)
        listed.append(
            {
                "index": index + 1,
                "date": date.isoformat(),
                "day_start": f"{date}T04:00:00+05:00",
                "day_end": f"{date + dt.timedelta(days=1)}T03:59:00+05:00",
                "rooms": held,
            }
        )
    conference = {
        "acronym": "congress",
        "title": "A Congress of Things",
        "start": first.isoformat(),
        "end": (first + dt.timedelta(days=days - 1)).isoformat(),
        "daysCount": days,
        "timeslot_duration": "00:05",
        "time_zone_name": "Asia/Almaty",
        "colors": {"primary": "#3aa57c"},
        "rooms": [
            {"name": name, "slug": name.lower(), "guid": None, "description": None, "capacity": 300} for name in names
        ],
        "tracks": [{"name": "Society", "slug": "1-society", "color": "#000000"}],
        "days": listed,
    }
    return {
        "$schema": "https://c3voc.de/schedule/schema.json",
        "generator": {"name": "pretalx", "version": "2026.1.0"},
        "schedule": {"version": "0.9", "base_url": "https://example.org", "conference": conference},
    }


def as_json(schedule: dict[str, Any]) -> bytes:
    return json.dumps(schedule, ensure_ascii=False).encode()


def as_pretalx_xml(schedule: dict[str, Any]) -> bytes:
    """The same schedule as pretalx's schedule.xml writes it: no codes, but addresses that end with them."""
    conference = schedule["schedule"]["conference"]
    lines = [
        "<?xml version='1.0' encoding='utf-8' ?>",
        "<schedule>",
        f"<conference><title>{escape(conference['title'])}</title><days>{conference['daysCount']}</days>",
        f"<time_zone_name>{conference['time_zone_name']}</time_zone_name></conference>",
    ]
    for day in conference["days"]:
        lines.append(f"<day index='{day['index']}' date='{day['date']}'>")
        for name, talks in day["rooms"].items():
            lines.append(f"<room name={quoteattr(name)}>")
            for talk in talks:
                lines.append(f"<event guid='{talk['guid']}' id='{talk['id']}'>")
                for key in ("date", "start", "duration", "room", "url", "title", "subtitle", "track", "type"):
                    lines.append(f"<{key}>{escape(talk[key] or '')}</{key}>")
                for key in ("language", "abstract", "description"):
                    lines.append(f"<{key}>{escape(talk[key])}</{key}>")
                lines.append("<recording><license></license><optout>false</optout></recording><persons>")
                lines += [
                    f"<person id='{person['id']}'>{escape(person['public_name'])}</person>"
                    for person in talk["persons"]
                ]
                lines.append("</persons><links></links></event>")
            lines.append("</room>")
        lines.append("</day>")
    return "\n".join([*lines, "</schedule>"]).encode()


def _person(dice: random.Random, number: int) -> dict[str, Any]:
    return {
        "code": _code(dice),
        "id": number + 1,
        "name": f"Person {number} Фамилия",
        "avatar": "https://example.org/a.png" if number % 3 == 0 else None,
        "biography": "Works on *things*." if number % 2 else None,
        "public_name": f"Person {number} Фамилия",
        "guid": str(uuid.UUID(int=dice.getrandbits(128))),
    }


def _talk(dice: random.Random, start: dt.datetime, room: str, persons: list[dict[str, Any]]) -> dict[str, Any]:
    code = _code(dice)
    return {
        "guid": str(uuid.UUID(int=dice.getrandbits(128))),
        "code": code,
        "id": dice.randint(1000, 99999),
        "logo": None,
        "date": start.isoformat(),
        "start": f"{start:%H:%M}",
        "duration": f"00:{dice.choice((25, 45, 50))}",
        "room": room,
        "slug": f"congress-{code}",
        "url": f"https://example.org/congress/talk/{code}/",
        "title": f"{dice.choice(_OPENINGS)} {dice.choice(_SUBJECTS)}: {dice.choice(_SUBJECTS)}",
        "subtitle": "",
        "track": "Society",
        "type": dice.choice(("Talk", "Lightning Talk", "Workshop", "Keynote")),
        "language": "en",
        "abstract": "\n\n".join(dice.choices(_SENTENCES, k=6)),
        "description": " ".join(_rare(dice) for _ in range(120)),
        "recording_license": "",
        "do_not_record": False,
        "persons": persons,
        "links": [],
        "attachments": [],
    }


def _rare(dice: random.Random) -> str:
    """A word that few other talks have, as names and terms are; it makes the vocabulary a real one."""
    stock = "aeioubdgklmnprstvz"
    return "".join(dice.choices(stock, k=3)) + dice.choice(("ing", "ation", "s", "ed", "ist"))


def _code(dice: random.Random) -> str:
    return "".join(dice.choices("ABCDEFGHJKLMNPQRSTUVWXYZ3789", k=6))
