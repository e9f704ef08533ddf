"""What a frab or pretalx schedule means, once JSON or XML has been taken off it.

The two formats carry the same things under the same names, so the readers fill the records below and
assemble() makes the programme of them. The shapes are those of frab's and pretalx's own exporters and of the
schema at https://c3voc.de/schedule/schema.json.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from bot.programme.clean import clean, plain
from bot.programme.codes import code_of, hashed
from bot.programme.faults import Faults
from bot.programme.model import Day, Forum, Programme, Room, Session, Speaker, Text, Topic
from bot.programme.readers.kinds import kind_of
from bot.programme.readers.zones import zone_at, zone_named
from bot.programme.text import LONGEST_HINT, LONGEST_LINK, LONGEST_MARKUP, LONGEST_NAME

# pretalx's and frab's own default when a schedule does not say when its day changes.
_DAY_CHANGE = dt.time(4)
_LONGEST = dt.timedelta(hours=24)
_DURATION = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):([0-5]\d)")
_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)(?::[0-5]\d)?")
_CODE = re.compile(r"[a-z0-9_-]{1,24}")
_TALK_URL = re.compile(r"/talk/([A-Za-z0-9]{3,24})/?$")


@dataclass(slots=True)
class ForeignPerson:
    name: str
    identity: str  # code, guid or id, whichever the export has; "" when it has none
    bio: str = ""
    avatar: str = ""


@dataclass(slots=True)
class ForeignEvent:
    place: str  # where it stands in the file, for faults
    code: str = ""
    guid: str = ""
    id: str = ""
    url: str = ""
    title: Text = field(default_factory=Text)
    subtitle: str = ""
    abstract: str = ""
    description: str = ""
    date: str = ""
    start: str = ""
    end: str = ""
    duration: str = ""
    room: str = ""
    track: str = ""
    type: str = ""
    language: str = ""
    persons: list[ForeignPerson] = field(default_factory=list)
    own: dict[str, Any] | None = None  # what this bot wrote besides (bot.programme.readers.own)


@dataclass(slots=True)
class ForeignDay:
    place: str
    date: str
    events: list[ForeignEvent]


@dataclass(slots=True)
class ForeignSchedule:
    title: Text
    place: str = ""
    timezone: str = ""
    day_change: str = ""
    rooms: dict[str, str] = field(default_factory=dict)  # name -> how to get there, in the schedule's order
    days: list[ForeignDay] = field(default_factory=list)
    own: dict[str, Any] | None = None


def assemble(schedule: ForeignSchedule, faults: Faults) -> Programme:
    """The programme a schedule means; when anything went to `faults`, it is not to be used."""
    zone = _zone(schedule, faults)
    _measure(schedule, faults)
    timed = list(_timed(schedule, zone, faults))
    rooms = _coded([*schedule.rooms, *(item.event.room for item in timed)])
    held_in = {item.event.room for item in timed}
    tracks = _coded(item.event.track for item in timed)
    people = _People(item.event for item in timed)
    codes = _session_codes(timed)
    sessions = tuple(
        Session(
            code=code,
            kind=kind_of(item.event.type, item.event.title.all(), bool(item.event.persons)),
            title=item.event.title,
            start=item.start,
            end=item.end,
            day=item.day,
            abstract=Text(_abstract(item.event)),
            room=rooms.get(item.event.room),
            speakers=people.codes_of(item.event),
            topic=tracks.get(item.event.track),
            language=item.event.language or None,
        )
        for item, code in zip(timed, codes, strict=True)
    )
    return Programme(
        forum=Forum(schedule.title, place=Text(schedule.place), timezone=zone.key),
        days=tuple(Day(date) for date in dict.fromkeys(item.day for item in timed)),
        rooms=tuple(
            Room(code, Text(name), Text(schedule.rooms.get(name, "")))
            for name, code in rooms.items()
            if name in held_in
        ),
        topics=tuple(Topic(code, Text(name)) for name, code in tracks.items()),
        speakers=people.speakers(),
        sessions=sessions,
    )


@dataclass(slots=True)
class _Timed:
    """An event whose times are understood."""

    event: ForeignEvent
    day: dt.date
    start: dt.datetime
    end: dt.datetime


def _zone(schedule: ForeignSchedule, faults: Faults) -> ZoneInfo:
    """The zone the schedule names; else one that keeps the offset of its first date; else UTC."""
    if schedule.timezone:
        zone = zone_named(schedule.timezone)
        if zone:
            return zone
        faults.add("conference", "fault.bad_timezone", timezone=schedule.timezone)
    for day in schedule.days:
        for event in day.events:
            moment = moment_of(event.date)
            if moment and (offset := moment.utcoffset()) is not None:
                return zone_at(offset)
    return ZoneInfo("UTC")


def _measure(schedule: ForeignSchedule, faults: Faults) -> None:
    def fits(place: str, name: str, words: str, *, most: int = LONGEST_NAME) -> None:
        if len(words) > most:
            faults.add(place, "fault.too_long", name=name, length=len(words), most=most)

    for language, title in schedule.title.variants:
        fits("conference", f"title {language}".strip(), title)
    fits("conference", "city", schedule.place)
    for name, hint in schedule.rooms.items():
        fits("conference", "rooms.name", name)
        fits("conference", "rooms.description", hint, most=LONGEST_HINT)
    for event in (event for day in schedule.days for event in day.events):
        for language, title in event.title.variants:
            fits(event.place, f"title {language}".strip(), title)
        for name in ("subtitle", "room", "track", "language"):
            fits(event.place, name, getattr(event, name))
        for name in ("abstract", "description"):
            fits(event.place, name, getattr(event, name), most=LONGEST_MARKUP)
        for person in event.persons:
            fits(event.place, "persons.name", person.name)
            fits(event.place, "persons.biography", person.bio, most=LONGEST_MARKUP)
            fits(event.place, "persons.avatar", person.avatar, most=LONGEST_LINK)


def _timed(schedule: ForeignSchedule, zone: ZoneInfo, faults: Faults) -> Iterator[_Timed]:
    change = _clock(schedule.day_change) or _DAY_CHANGE
    for day in schedule.days:
        listed = moment_of(day.date)
        if listed is None:
            faults.add(day.place, "fault.expects_date", name="date", value=day.date)
            continue
        for event in day.events:
            if not event.title:
                faults.add(event.place, "fault.missing_key", name="title")
            start = _start(event, listed.date(), change, zone)
            if start is None:
                faults.add(event.place, "fault.bad_moment", value=event.date or event.start)
                continue
            end = _end(event, start, zone, faults)
            if end:
                yield _Timed(event, listed.date(), start, end)


def _start(event: ForeignEvent, day: dt.date, change: dt.time, zone: ZoneInfo) -> dt.datetime | None:
    if event.date and len(event.date) > len("2026-11-26"):
        moment = moment_of(event.date)
        return _in_zone(moment, zone) if moment else None
    # frab's XML and older exports say only the day and the hour; before the change of day it is the night.
    clock = _clock(event.start)
    if clock is None:
        return None
    night = dt.timedelta(days=1 if clock < change else 0)
    return dt.datetime.combine(day + night, clock, zone)


def _end(event: ForeignEvent, start: dt.datetime, zone: ZoneInfo, faults: Faults) -> dt.datetime | None:
    if event.duration:
        length = read_duration(event.duration)
        if length is None:
            faults.add(event.place, "fault.bad_duration", value=event.duration)
            return None
        end = _in_zone((start.astimezone(dt.UTC)) + length, zone)
    else:
        moment = moment_of(event.end)
        if moment is None:
            faults.add(event.place, "fault.session_without_end")
            return None
        end = _in_zone(moment, zone)
    lasts = end.timestamp() - start.timestamp()
    if lasts <= 0:
        faults.add(event.place, "fault.session_end_before_start", start=start, end=end)
    elif lasts > _LONGEST.total_seconds():
        faults.add(event.place, "fault.session_too_long")
    else:
        return end
    return None


def read_duration(value: str) -> dt.timedelta | None:
    """A duration as frab and pretalx write it, HH:MM or D:HH:MM: 1:01:30 is a day and an hour and a half."""
    match = _DURATION.fullmatch(value.strip())
    if not match:
        return None
    days, hours, minutes = int(match[1] or 0), int(match[2]), int(match[3])
    return None if match[1] and hours > 23 else dt.timedelta(days=days, hours=hours, minutes=minutes)


def moment_of(value: str) -> dt.datetime | None:
    """An ISO date, with a time and an offset where it has them; at the ends of time offsets do not fit."""
    try:
        moment = dt.datetime.fromisoformat(value.strip())
    except ValueError:
        return None
    return moment if 1970 <= moment.year <= 2199 else None


def _in_zone(moment: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    return (moment.astimezone(zone) if moment.tzinfo else moment.replace(tzinfo=zone)).replace(microsecond=0)


def _clock(value: str) -> dt.time | None:
    match = _CLOCK.fullmatch(value.strip())
    return dt.time(int(match[1]), int(match[2])) if match else None


def _abstract(event: ForeignEvent) -> str:
    """Subtitle, abstract and description below each other; many schedules repeat one in the other."""
    abstract, description = clean(event.abstract), clean(event.description)
    if description.startswith(abstract):
        abstract = ""
    elif abstract.startswith(description):
        description = ""
    subtitle = clean(f"<h3>{event.subtitle}</h3>") if event.subtitle else ""
    return "\n\n".join(part for part in (subtitle, abstract, description) if part)


def _session_codes(timed: list[_Timed]) -> list[str]:
    """A code for each event, the same in every export of one schedule.

    One talk given twice has one pretalx code and two guids: the earliest keeps the code.
    """
    codes = [""] * len(timed)
    taken: set[str] = set()
    in_time = sorted(range(len(timed)), key=lambda n: (timed[n].start.timestamp(), timed[n].event.guid, n))
    for number in in_time:
        codes[number] = _unused(_session_code(timed[number].event), _identity(timed[number].event), taken)
    return codes


def _session_code(event: ForeignEvent) -> str:
    # pretalx's XML has no code, but its address ends with it: both exports then give the same codes.
    url = _TALK_URL.search(event.url)
    code = (event.code or (url[1] if url else "")).lower()
    if _CODE.fullmatch(code):
        return code
    if event.guid:
        return hashed(event.guid)
    if _CODE.fullmatch(event.id):
        return event.id
    return hashed(_identity(event))


def _identity(event: ForeignEvent) -> str:
    return event.guid or "\n".join((event.code, event.id, event.title.all(), event.date, event.start, event.room))


def _unused(code: str, identity: str, taken: set[str]) -> str:
    """The code, with as much of the identity's hash behind it as makes it the only one."""
    attempt, salt = code, identity
    while attempt in taken:
        attempt, salt = f"{code[:13]}-{hashed(salt)}", salt + "\n"
    taken.add(attempt)
    return attempt


def _coded(names: Iterable[str]) -> dict[str, str]:
    """name -> code, readable where Latin letters allow it, in the order of the names; "" is no name."""
    taken: set[str] = set()
    return {name: _unused(code_of(name), name, taken) for name in dict.fromkeys(names) if name}


class _People:
    """The persons of all events, each once: by identity, or by name where there is none."""

    def __init__(self, events: Iterable[ForeignEvent]) -> None:
        self._people: dict[str, ForeignPerson] = {}
        self._codes: dict[str, str] = {}
        taken: set[str] = set()
        for event in events:
            for person in event.persons:
                key = _person_key(person)
                known = self._people.setdefault(key, person)
                known.bio = known.bio or person.bio
                known.avatar = known.avatar or person.avatar
                if key not in self._codes:
                    own = person.identity.lower()
                    code = own if _CODE.fullmatch(own) else hashed(key)
                    self._codes[key] = _unused(code, key, taken)

    def codes_of(self, event: ForeignEvent) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self._codes[_person_key(person)] for person in event.persons))

    def speakers(self) -> tuple[Speaker, ...]:
        return tuple(
            Speaker(
                code=self._codes[key],
                name=Text(plain(person.name)),
                bio=Text(clean(person.bio)),
                photo=person.avatar if person.avatar.startswith(("http://", "https://")) else None,
            )
            for key, person in self._people.items()
        )


def _person_key(person: ForeignPerson) -> str:
    return person.identity or person.name
