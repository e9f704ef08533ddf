"""The programme of a forum: frozen records, and one Programme that answers by code, day, room and person.

Titles, names, offices, places and hints are plain text. A forum's description, a session's abstract, a
speaker's bio and a page's body are HTML as Telegram takes it (see bot.programme.clean): never escape those.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from bot.programme.text import LANGUAGES, Text

__all__ = [
    "KINDS",
    "LANGUAGES",
    "Day",
    "Delegation",
    "Forum",
    "Page",
    "Programme",
    "Room",
    "Session",
    "Speaker",
    "Text",
    "Topic",
]

KINDS = ("plenary", "talk", "panel", "dialogue", "workshop", "ceremony", "break", "other")

# The shape of the stored document. A new shape gets a new number and a reader for the older ones.
DOCUMENT_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Forum:
    title: Text
    description: Text = field(default_factory=Text)  # Telegram HTML
    place: Text = field(default_factory=Text)  # the town or venue, as on a poster
    address: Text = field(default_factory=Text)
    point: tuple[float, float] | None = None  # latitude, longitude in degrees (WGS 84)
    timezone: str = "UTC"  # an IANA name such as "Asia/Almaty"

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)


@dataclass(frozen=True, slots=True)
class Room:
    code: str
    name: Text
    hint: Text = field(default_factory=Text)  # how to get there


@dataclass(frozen=True, slots=True)
class Topic:
    code: str
    name: Text


@dataclass(frozen=True, slots=True)
class Speaker:
    code: str
    name: Text
    office: Text = field(default_factory=Text)
    bio: Text = field(default_factory=Text)  # Telegram HTML
    photo: str | None = None  # a path next to the programme's file, an http(s) address, or "telegram:<file_id>"


@dataclass(frozen=True, slots=True)
class Delegation:
    code: str
    name: Text


@dataclass(frozen=True, slots=True)
class Page:
    code: str
    title: Text
    body: Text = field(default_factory=Text)  # Telegram HTML


@dataclass(frozen=True, slots=True)
class Day:
    date: dt.date
    title: Text = field(default_factory=Text)


@dataclass(frozen=True, slots=True)
class Session:
    """One item of the programme, breaks included.

    `day` is the day it is listed under: a dance that starts at 00:30 still belongs to the evening before.
    """

    code: str
    kind: str  # one of KINDS
    title: Text
    start: dt.datetime  # aware, in the forum's zone
    end: dt.datetime  # aware, in the forum's zone, after start
    day: dt.date
    abstract: Text = field(default_factory=Text)  # Telegram HTML, whole: views cut it
    room: str | None = None
    speakers: tuple[str, ...] = ()
    moderators: tuple[str, ...] = ()  # codes of speakers
    topic: str | None = None
    cancelled: bool = False
    language: str | None = None  # the one it is held in, as the source writes it ("en", "kk")

    @property
    def is_break(self) -> bool:
        """Coffee, lunch, registration: takes no questions and sends no reminders."""
        return self.kind == "break"

    def to_document(self) -> dict[str, Any]:
        """Its part of a programme's document."""
        return {
            "code": self.code,
            "kind": self.kind,
            "title": self.title.to_document(),
            "abstract": self.abstract.to_document(),
            "start": self.start.isoformat(),
            "end": self.end.isoformat(),
            "day": self.day.isoformat(),
            "room": self.room,
            "speakers": list(self.speakers),
            "moderators": list(self.moderators),
            "topic": self.topic,
            "cancelled": self.cancelled,
            "language": self.language,
        }

    @classmethod
    def from_document(cls, document: Mapping[str, Any], zone: ZoneInfo) -> Session:
        return cls(
            code=document["code"],
            kind=document["kind"],
            title=Text(document["title"]),
            abstract=Text(document["abstract"]),
            start=_wall_time(document["start"], zone),
            end=_wall_time(document["end"], zone),
            day=dt.date.fromisoformat(document["day"]),
            room=document["room"],
            speakers=tuple(document["speakers"]),
            moderators=tuple(document["moderators"]),
            topic=document["topic"],
            cancelled=document["cancelled"],
            language=document["language"],
        )


@dataclass(frozen=True, slots=True)
class Programme:
    """The whole programme. Everything in it is in order, and every look-up is a dictionary's.

    Readers guarantee that codes are unique and that each session's day, room, topic and people exist.
    """

    forum: Forum
    days: tuple[Day, ...] = ()  # by date
    rooms: tuple[Room, ...] = ()  # in the order of the source
    topics: tuple[Topic, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    delegations: tuple[Delegation, ...] = ()
    pages: tuple[Page, ...] = ()
    sessions: tuple[Session, ...] = ()  # by start, then by the order of the rooms, then by code
    # Those that have left it, as they were: no part of the document, nor of what it is equal to.
    gone: tuple[Session, ...] = field(default=(), repr=False, compare=False)
    _index: _Index = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        order = {room.code: number for number, room in enumerate(self.rooms)}

        def place(session: Session) -> tuple[float, int, str]:
            # timestamp(), since two times of one zone compare by the wall clock and forget an hour set back
            room = len(order) if session.room is None else order.get(session.room, len(order))
            return session.start.timestamp(), room, session.code

        object.__setattr__(self, "days", tuple(sorted(self.days, key=lambda day: day.date)))
        object.__setattr__(self, "sessions", tuple(sorted(self.sessions, key=place)))
        object.__setattr__(self, "_index", _Index(self))

    def session(self, code: str) -> Session | None:
        return self._index.sessions.get(code)

    def known(self, code: str) -> Session | None:
        """The session, or what it was when it left the programme."""
        return self._index.sessions.get(code) or self._index.gone.get(code)

    def room(self, code: str) -> Room | None:
        return self._index.rooms.get(code)

    def topic(self, code: str) -> Topic | None:
        return self._index.topics.get(code)

    def speaker(self, code: str) -> Speaker | None:
        return self._index.speakers.get(code)

    def delegation(self, code: str) -> Delegation | None:
        return self._index.delegations.get(code)

    def page(self, code: str) -> Page | None:
        return self._index.pages.get(code)

    def day(self, date: dt.date) -> Day | None:
        return self._index.days.get(date)

    def of_day(self, date: dt.date) -> tuple[Session, ...]:
        return self._index.by_day.get(date, ())

    def in_room(self, code: str) -> tuple[Session, ...]:
        return self._index.by_room.get(code, ())

    def of_speaker(self, code: str) -> tuple[Session, ...]:
        """The sessions in which a person speaks or moderates."""
        return self._index.by_speaker.get(code, ())

    def moved_to(self, date: dt.date) -> Programme:
        """The same programme with its first day on `date`: whole days, so 10:30 stays 10:30."""
        if not self.days:
            return self
        shift = date - self.days[0].date
        return replace(
            self,
            days=tuple(replace(day, date=day.date + shift) for day in self.days),
            sessions=tuple(
                replace(s, start=s.start + shift, end=s.end + shift, day=s.day + shift) for s in self.sessions
            ),
        )

    def to_document(self) -> dict[str, Any]:
        """Everything, as JSON can keep it; from_document() brings back an equal programme."""
        forum = self.forum
        return {
            "format": DOCUMENT_FORMAT,
            "forum": {
                "title": forum.title.to_document(),
                "description": forum.description.to_document(),
                "place": forum.place.to_document(),
                "address": forum.address.to_document(),
                "point": list(forum.point) if forum.point else None,
                "timezone": forum.timezone,
            },
            "days": [{"date": day.date.isoformat(), "title": day.title.to_document()} for day in self.days],
            "rooms": [{"code": r.code, "name": r.name.to_document(), "hint": r.hint.to_document()} for r in self.rooms],
            "topics": [{"code": t.code, "name": t.name.to_document()} for t in self.topics],
            "speakers": [
                {
                    "code": s.code,
                    "name": s.name.to_document(),
                    "office": s.office.to_document(),
                    "bio": s.bio.to_document(),
                    "photo": s.photo,
                }
                for s in self.speakers
            ],
            "delegations": [{"code": d.code, "name": d.name.to_document()} for d in self.delegations],
            "pages": [
                {"code": p.code, "title": p.title.to_document(), "body": p.body.to_document()} for p in self.pages
            ],
            "sessions": [one.to_document() for one in self.sessions],
        }

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Programme:
        """The programme that to_document() wrote. Raises ValueError for a format it does not know."""
        if document.get("format") != DOCUMENT_FORMAT:
            raise ValueError(f"unknown programme document format: {document.get('format')!r}")
        about = document["forum"]
        forum = Forum(
            title=Text(about["title"]),
            description=Text(about["description"]),
            place=Text(about["place"]),
            address=Text(about["address"]),
            point=(about["point"][0], about["point"][1]) if about["point"] else None,
            timezone=about["timezone"],
        )
        zone = forum.zone
        return cls(
            forum=forum,
            days=tuple(Day(dt.date.fromisoformat(d["date"]), Text(d["title"])) for d in document["days"]),
            rooms=tuple(Room(r["code"], Text(r["name"]), Text(r["hint"])) for r in document["rooms"]),
            topics=tuple(Topic(t["code"], Text(t["name"])) for t in document["topics"]),
            speakers=tuple(
                Speaker(s["code"], Text(s["name"]), Text(s["office"]), Text(s["bio"]), s["photo"])
                for s in document["speakers"]
            ),
            delegations=tuple(Delegation(d["code"], Text(d["name"])) for d in document["delegations"]),
            pages=tuple(Page(p["code"], Text(p["title"]), Text(p["body"])) for p in document["pages"]),
            sessions=tuple(Session.from_document(s, zone) for s in document["sessions"]),
        )


def _wall_time(stamp: str, zone: ZoneInfo) -> dt.datetime:
    """A stored time in the forum's zone, true to the hour on the wall.

    What is printed on the posters is the wall time. When a country changes its offset after a programme was
    stored (Kazakhstan did in March 2024), 10:30 has to stay 10:30; the stored offset only says which of the
    two is meant in the hour that a clock set back repeats.
    """
    stored = dt.datetime.fromisoformat(stamp)
    first = stored.replace(tzinfo=zone)
    second = first.replace(fold=1)
    return second if first.utcoffset() != stored.utcoffset() == second.utcoffset() else first


_Item = TypeVar("_Item", Room, Topic, Speaker, Delegation, Page, Session)
_Key = TypeVar("_Key", str, dt.date)


class _Index:
    """The dictionaries behind the look-ups, made once for a programme."""

    __slots__ = (
        "by_day",
        "by_room",
        "by_speaker",
        "days",
        "delegations",
        "gone",
        "pages",
        "rooms",
        "sessions",
        "speakers",
        "topics",
    )

    def __init__(self, programme: Programme) -> None:
        self.days = {day.date: day for day in programme.days}
        self.rooms = _by_code(programme.rooms)
        self.topics = _by_code(programme.topics)
        self.speakers = _by_code(programme.speakers)
        self.delegations = _by_code(programme.delegations)
        self.pages = _by_code(programme.pages)
        self.sessions = _by_code(programme.sessions)
        self.gone = _by_code(programme.gone)
        self.by_day = _grouped(programme.sessions, lambda session: (session.day,))
        self.by_room = _grouped(programme.sessions, lambda session: (session.room,) if session.room else ())
        self.by_speaker = _grouped(
            programme.sessions, lambda session: dict.fromkeys(session.speakers + session.moderators)
        )


def _by_code(items: Iterable[_Item]) -> dict[str, _Item]:
    return {item.code: item for item in items}


def _grouped(sessions: Iterable[Session], keys: Callable[[Session], Iterable[_Key]]) -> dict[_Key, tuple[Session, ...]]:
    groups: dict[_Key, list[Session]] = {}
    for session in sessions:
        for key in keys(session):
            groups.setdefault(key, []).append(session)
    return {key: tuple(group) for key, group in groups.items()}
