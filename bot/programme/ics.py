"""Sessions as an iCalendar file, after RFC 5545."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from bot.programme.clean import unmarked
from bot.programme.model import Programme, Session

_LINE = 75  # octets of a line without its end, RFC 5545 section 3.1


def calendar(
    programme: Programme,
    sessions: Iterable[Session],
    language: str,
    now: dt.datetime,
    url: str | None = None,
) -> bytes:
    """A calendar of sessions in one language, UTF-8, as a .ics file holds it.

    `now` is an aware time for DTSTAMP; `url` is what a session's code is appended to, such as
    "https://t.me/<bot>?start=s_". A session keeps its UID (`<code>@minber`) in every language and version, so
    a calendar that is read again updates its entries instead of doubling them.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Minber//Forum programme//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_escape(programme.forum.title.say(language))}",
        f"X-WR-TIMEZONE:{programme.forum.timezone}",
    ]
    for session in sessions:
        lines += _event(programme, session, language, now, url)
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) for line in lines)


def _event(programme: Programme, session: Session, language: str, now: dt.datetime, url: str | None) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{session.code}@minber"
    yield f"DTSTAMP:{_utc(now)}"
    yield f"DTSTART:{_utc(session.start)}"
    yield f"DTEND:{_utc(session.end)}"
    yield f"SUMMARY:{_escape(session.title.say(language))}"
    if location := _location(programme, session, language):
        yield f"LOCATION:{_escape(location)}"
    if description := _description(programme, session, language):
        yield f"DESCRIPTION:{_escape(description)}"
    if programme.forum.point:
        latitude, longitude = programme.forum.point
        yield f"GEO:{latitude:.6f};{longitude:.6f}"
    if url:
        yield f"URL:{url}{session.code}"
    yield f"STATUS:{'CANCELLED' if session.cancelled else 'CONFIRMED'}"
    yield "END:VEVENT"


def _location(programme: Programme, session: Session, language: str) -> str:
    room = programme.room(session.room) if session.room else None
    parts = (room.name.say(language) if room else "", programme.forum.place.say(language))
    return ", ".join(part for part in parts if part)


def _description(programme: Programme, session: Session, language: str) -> str:
    people = []
    for code in dict.fromkeys(session.speakers + session.moderators):
        if speaker := programme.speaker(code):
            parts = (speaker.name.say(language), speaker.office.say(language))
            people.append(", ".join(part for part in parts if part))
    abstract = unmarked(session.abstract.say(language))
    return "\n\n".join(part for part in ("\n".join(people), abstract) if part)


def _utc(moment: dt.datetime) -> str:
    return f"{moment.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"


def _escape(text: str) -> str:
    """TEXT of RFC 5545, section 3.3.11."""
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return text.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")


def _folded(line: str) -> bytes:
    """A line in pieces of at most 75 octets, each further one after a space, no character cut in two."""
    pieces, piece = [], bytearray()
    for letter in line:
        octets = letter.encode("utf-8", "replace")
        if len(piece) + len(octets) > _LINE:
            pieces.append(bytes(piece))
            piece = bytearray(b" ")
        piece += octets
    pieces.append(bytes(piece))
    return b"\r\n".join(pieces) + b"\r\n"
