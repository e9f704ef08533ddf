"""A programme as the tables that bot.programme.readers.toml reads: what all writers begin with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.programme.clean import written
from bot.programme.model import Programme, Session
from bot.programme.readers.times import said_of
from bot.programme.text import Text

Record = dict[str, Any]


def document(programme: Programme) -> Record:
    """{"forum": {...}, "rooms": [...], ..., "days": [{"date": ..., "sessions": [...]}]}, without what is empty.

    Dates and times are those of datetime. A text is a string or a map by language.
    """
    forum = programme.forum
    return {
        "forum": _filled(
            title=words(forum.title),
            description=markup(forum.description),
            place=words(forum.place),
            address=words(forum.address),
            point=list(forum.point) if forum.point else None,
            timezone=forum.timezone,
        ),
        **coded(programme),
        "days": [
            _filled(date=day.date, title=words(day.title))
            | {"sessions": [_session(programme, session) for session in programme.of_day(day.date)]}
            for day in programme.days
        ],
    }


def coded(programme: Programme) -> dict[str, list[Record]]:
    """The tables of what has a code and is not a session."""
    return {
        "rooms": [_filled(code=r.code, name=words(r.name), hint=words(r.hint)) for r in programme.rooms],
        "topics": [_filled(code=t.code, name=words(t.name)) for t in programme.topics],
        "speakers": [
            _filled(code=s.code, name=words(s.name), office=words(s.office), bio=markup(s.bio), photo=s.photo)
            for s in programme.speakers
        ],
        "delegations": [_filled(code=d.code, name=words(d.name)) for d in programme.delegations],
        "pages": [_filled(code=p.code, title=words(p.title), body=markup(p.body)) for p in programme.pages],
    }


def _session(programme: Programme, session: Session) -> Record:
    start, end = said_of(session, programme.forum.zone)
    return _filled(code=session.code, kind=session.kind, title=words(session.title), start=start, end=end) | about(
        session
    )


def about(session: Session) -> Record:
    """What a session has besides its code, kind, title and times."""
    return _filled(
        room=session.room,
        topic=session.topic,
        speakers=list(session.speakers),
        moderators=list(session.moderators),
        language=session.language,
        cancelled=session.cancelled,
        abstract=markup(session.abstract),
    )


def words(text: Text) -> str | Mapping[str, str]:
    return text.to_document()


def markup(text: Text) -> str | Mapping[str, str]:
    """HTML of the programme as a source for clean()."""
    said = text.to_document()
    return written(said) if isinstance(said, str) else {language: written(part) for language, part in said.items()}


def _filled(**fields: Any) -> Record:
    return {key: value for key, value in fields.items() if value not in (None, "", [], {}, False)}
