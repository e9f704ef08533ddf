"""The programme in the shape of frab's schedules, with additions for what that shape has no room for.

Other programs read their own fields and leave ours alone; bot.programme.readers.own reads both.
"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from bot.programme.clean import unmarked
from bot.programme.model import Day, Programme, Session
from bot.programme.readers.own import FORMAT, KEY
from bot.programme.readers.times import DAY_STARTS, said_of
from bot.programme.writers.document import Record, about, document, words

_DAY = dt.timedelta(days=1)


def conference(programme: Programme, language: str) -> Record:
    """The table `schedule.conference` of a schedule.json; what has one language only says `language`."""
    names = room_names(programme, language)
    tables = document(programme)
    days = tables.pop("days")
    own = {"format": FORMAT, **tables, "days": [_own_day(day) for day in days]}
    own["room_names"] = {name: code for code, name in names.items()}
    first, last = (programme.days[0].date, programme.days[-1].date) if programme.days else (None, None)
    return {
        "acronym": "forum",
        "title": programme.forum.title.say(language),
        "start": first and first.isoformat(),
        "end": last and last.isoformat(),
        "daysCount": len(programme.days),
        "timeslot_duration": "00:05",
        "time_zone_name": programme.forum.timezone,
        "rooms": [{"name": names[room.code], "description": room.hint.say(language)} for room in programme.rooms],
        "tracks": [{"name": topic.name.say(language)} for topic in programme.topics],
        "days": [_day(programme, number, day, names, language) for number, day in enumerate(programme.days, 1)],
        KEY: own,
    }


def room_names(programme: Programme, language: str) -> dict[str, str]:
    """code -> a name that no other room has: the schedule knows rooms by their names."""
    names: dict[str, str] = {}
    for room in programme.rooms:
        name = room.name.say(language)
        names[room.code] = f"{name} ({room.code})" if name in names.values() else name
    return names


def _own_day(day: Record) -> Record:
    return {"date": day["date"].isoformat()} | ({"title": day["title"]} if "title" in day else {})


def _day(programme: Programme, number: int, day: Day, names: dict[str, str], language: str) -> Record:
    rooms: dict[str, list[Record]] = {}
    for session in programme.of_day(day.date):
        name = names[session.room] if session.room else ""
        rooms.setdefault(name, []).append(_event(programme, session, name, language))
    opens = dt.datetime.combine(day.date, DAY_STARTS, programme.forum.zone)
    return {
        "index": number,
        "date": day.date.isoformat(),
        "day_start": opens.isoformat(),
        "day_end": (opens + _DAY - dt.timedelta(minutes=1)).isoformat(),
        "rooms": rooms,
    }


def _event(programme: Programme, session: Session, room: str, language: str) -> Record:
    topic = programme.topic(session.topic) if session.topic else None
    guid = uuid.uuid5(uuid.NAMESPACE_URL, f"{KEY}:{session.code}")
    people = [speaker for code in session.speakers if (speaker := programme.speaker(code))]
    return {
        "guid": str(guid),
        "code": session.code,
        "id": guid.int % 100_000_000,
        "date": session.start.isoformat(),
        "start": f"{session.start:%H:%M}",
        "duration": _duration(session),
        "room": room,
        "title": session.title.say(language),
        "subtitle": "",
        "track": topic.name.say(language) if topic else "",
        "type": session.kind,
        "language": session.language or "",
        "abstract": unmarked(session.abstract.say(language)),
        "description": "",
        "persons": [
            {
                "code": speaker.code,
                "id": number,
                "name": speaker.name.say(language),
                "public_name": speaker.name.say(language),
                "biography": unmarked(speaker.bio.say(language)),
                "avatar": speaker.photo if speaker.photo and speaker.photo.startswith("http") else None,
            }
            for number, speaker in enumerate(people, 1)
        ],
        "links": [],
        "attachments": [],
        KEY: _own(programme, session),
    }


def _duration(session: Session) -> str:
    minutes = int(session.end.timestamp() - session.start.timestamp()) // 60
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _own(programme: Programme, session: Session) -> Record:
    own: dict[str, Any] = {"kind": session.kind, "title": words(session.title)} | about(session)
    own.pop("room", None)
    seconds = session.end.timestamp() - session.start.timestamp()
    read_back = session.start.astimezone(dt.UTC).astimezone(programme.forum.zone)
    if seconds % 60 or read_back != session.start:
        # What date and duration cannot say: half minutes, and an hour that the clock leaves out.
        start, end = said_of(session, programme.forum.zone)
        own |= {"start": start.isoformat("minutes") if isinstance(start, dt.time) else start.isoformat()}
        own |= {"end": end.isoformat("minutes") if isinstance(end, dt.time) else end.isoformat()}
    return own
