"""Edits of who speaks and who moderates, and of their photos."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import KW_ONLY, dataclass, replace

from bot.errors import BadInput, Stale
from bot.programme.edits.edit import Edit
from bot.programme.edits.sessions import changed, need_free
from bot.programme.estimates import Runs, ends
from bot.programme.lookup import need_session, need_speaker
from bot.programme.model import Programme, Session, Speaker

ROLES = {"s": "speakers", "m": "moderators"}


@dataclass(frozen=True, slots=True)
class AddPerson(Edit):
    """One more in a session; `new` is them when the programme does not have them yet."""

    what = "person_in"

    session: str
    person: str
    role: str  # one of ROLES
    _: KW_ONLY
    new: Speaker | None = None

    def apply(self, programme: Programme) -> Programme:
        programme = _with_speaker(programme, self.new)
        need_speaker(programme, self.person)
        session = need_session(programme, self.session)
        people = (*getattr(session, _field(self.role)), self.person)
        return changed(programme, _with_people(session, self.role, people))


@dataclass(frozen=True, slots=True)
class DropPerson(Edit):
    """One less in a session; they stay a person of the programme."""

    what = "person_out"

    session: str
    person: str
    role: str  # one of ROLES

    def apply(self, programme: Programme) -> Programme:
        session = need_session(programme, self.session)
        people = (one for one in getattr(session, _field(self.role)) if one != self.person)
        return changed(programme, _with_people(session, self.role, people))


@dataclass(frozen=True, slots=True)
class ReplacePerson(Edit):
    """This person takes the old one's places in a session; `new` is them when the programme does not have them yet."""

    what = "person_replaced"

    session: str
    old: str
    person: str
    _: KW_ONLY
    new: Speaker | None = None

    def apply(self, programme: Programme) -> Programme:
        programme = _with_speaker(programme, self.new)
        need_speaker(programme, self.person)
        session = need_session(programme, self.session)
        if self.old not in session.speakers + session.moderators:
            raise Stale("change.no_such_person")
        return changed(programme, _replaced(session, self.old, self.person))


@dataclass(frozen=True, slots=True)
class ReplaceEverywhere(Edit):
    """As ReplacePerson, in everything that is not over; `new` comes into the programme when it does not have them yet.
    BadInput when nothing is left."""

    what = "person_everywhere"

    old: str
    person: str
    _: KW_ONLY
    new: Speaker
    now: dt.datetime
    runs: Runs

    def apply(self, programme: Programme) -> Programme:
        if programme.speaker(self.person) is None:
            programme = _with_speaker(programme, self.new)
        found = not_over_of(programme, self.old, self.now, self.runs)
        if self.old == self.person or not found:
            raise BadInput("change.everywhere_none")
        return changed(programme, *(_replaced(one, self.old, self.person) for one in found))


@dataclass(frozen=True, slots=True)
class Photo(Edit):
    what = "photo"

    speaker: str
    _: KW_ONLY
    photo: str

    def apply(self, programme: Programme) -> Programme:
        return _photographed(programme, self.speaker, self.photo)


@dataclass(frozen=True, slots=True)
class DropPhoto(Edit):
    what = "photo_off"

    speaker: str

    def apply(self, programme: Programme) -> Programme:
        return _photographed(programme, self.speaker, None)


def not_over_of(programme: Programme, person: str, now: dt.datetime, runs: Runs) -> tuple[Session, ...]:
    """The sessions with a person in them that are not over, as marked in the halls, else as planned."""
    return tuple(one for one in programme.of_speaker(person) if ends(programme, runs, one) > now)


def people_of(session: Session) -> tuple[str, ...]:
    """Everybody in it once, the speakers first: a place in this order names a person in a button."""
    return tuple(dict.fromkeys(session.speakers + session.moderators))


def _with_speaker(programme: Programme, new: Speaker | None) -> Programme:
    """One more person of the programme, in no session yet."""
    if new is None:
        return programme
    need_free(programme.speaker(new.code))
    return replace(programme, speakers=(*programme.speakers, new))


def _replaced(session: Session, old: str, new: str) -> Session:
    for role in ROLES:
        people = (new if one == old else one for one in getattr(session, _field(role)))
        session = _with_people(session, role, people)
    return session


def _field(role: str) -> str:
    if role not in ROLES:
        raise Stale("refusal.stale")
    return ROLES[role]


def _with_people(session: Session, role: str, people: Iterable[str]) -> Session:
    unique = tuple(dict.fromkeys(people))
    return replace(session, speakers=unique) if role == "s" else replace(session, moderators=unique)


def _photographed(programme: Programme, speaker: str, photo: str | None) -> Programme:
    if programme.speaker(speaker) is None:
        raise Stale("speaking.gone")
    people = tuple(replace(one, photo=photo) if one.code == speaker else one for one in programme.speakers)
    return replace(programme, speakers=people)
