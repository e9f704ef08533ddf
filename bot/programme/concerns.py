"""What is allowed in a changed programme but is rarely meant: said after each step, and never in the way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from bot.programme.edits import people_of
from bot.programme.estimates import Runs
from bot.programme.model import Programme, Session

ROOM_TAKEN, TWO_PLACES, BREAK_LOST = "room", "person", "break"
OUTSIDE_DAY, IS_PAST, NO_ROOM, BEGUN = "day", "past", "no_room", "begun"
KINDS = (ROOM_TAKEN, TWO_PLACES, BREAK_LOST, OUTSIDE_DAY, IS_PAST, NO_ROOM, BEGUN)

MOST = 200  # are looked for: nobody reads more
DAY_OPENS = dt.time(6)  # what starts earlier, or ends after midnight, is a slip or a party


@dataclass(frozen=True, slots=True)
class Concern:
    """`session` begins no later than `other`, "" when there is none; `subject` is the code of the room or the person it
    is about, if any."""

    kind: str
    session: str
    other: str = ""
    subject: str = ""

    @property
    def mark(self) -> tuple[str, frozenset[str], str]:
        """The same for two sessions that have changed places."""
        return self.kind, frozenset((self.session, self.other)), self.subject

    def names(self, code: str) -> bool:
        return code in (self.session, self.other)


def fresh(published: Programme, programme: Programme, now: dt.datetime) -> tuple[Concern, ...]:
    """What the changes bring about and the published version does not have, in the order of the sessions; the first
    MOST of them."""
    return tuple(islice(_fresh(published, programme, now), MOST))


def begun(published: Programme, programme: Programme, runs: Runs) -> tuple[Concern, ...]:
    """Sessions that have begun, as was marked in the hall, whose start the changes move all the same: whoever is late
    with one that is on means those after it."""
    return tuple(
        Concern(BEGUN, one.code)
        for one in programme.sessions
        for before in [published.session(one.code)]
        if before is not None
        and before.start != one.start
        and not one.cancelled
        and runs.of(published, one.code).started_at is not None
    )


def _fresh(published: Programme, programme: Programme, now: dt.datetime) -> Iterator[Concern]:
    seen = set()
    was, held = _Held(published), _Held(programme)
    for session in programme.sessions:
        before = published.session(session.code)
        if before == session:
            continue
        known = {one.mark for one in _standing(was, before)} if before else set()
        for concern in (*_of_change(before, session, now), *_standing(held, session)):
            if concern.mark not in known and concern.mark not in seen:
                seen.add(concern.mark)
                yield concern


def _of_change(before: Session | None, session: Session, now: dt.datetime) -> Iterator[Concern]:
    if session.cancelled:
        return
    if session.start <= now and (before is None or before.start != session.start):
        yield Concern(IS_PAST, session.code)
    if before and before.room and not session.room:
        yield Concern(NO_ROOM, session.code)


def standing(programme: Programme, session: Session) -> Iterator[Concern]:
    """What a session of the programme has about it, whether that is new or not. A cancelled one has nothing."""
    return _standing(_Held(programme), session)


class _Held:
    """A programme laid out for going through all of its sessions: nine hundred that have moved ask for a million
    pairs, so their times are computed once, and the few breaks of a day stand apart."""

    def __init__(self, programme: Programme) -> None:
        self.programme = programme
        self._spans = {
            one.code: (one.start.timestamp(), one.end.timestamp()) for one in programme.sessions if not one.cancelled
        }
        self._breaks: dict[tuple[dt.date, bool], list[Session]] = {}
        for one in programme.sessions:
            self._breaks.setdefault((one.day, one.is_break), []).append(one)

    def across(self, session: Session) -> Sequence[Session]:
        """The breaks of a session's day, or of a break's the sessions."""
        return self._breaks.get((session.day, not session.is_break), ())

    def meet(self, one: Session, other: Session) -> bool:
        """As meet() says of two of its sessions."""
        first, second = self._spans.get(one.code), self._spans.get(other.code)
        if first is None or second is None or one.code == other.code:
            return False
        return first[0] < second[1] and second[0] < first[1]


def _standing(held: _Held, session: Session) -> Iterator[Concern]:
    programme = held.programme
    if session.cancelled:
        return
    if not within_hours(session):
        yield Concern(OUTSIDE_DAY, session.code)
    for other in programme.in_room(session.room) if session.room else ():
        if not session.is_break and not other.is_break and held.meet(session, other):
            yield _pair(ROOM_TAKEN, session, other, session.room or "")
    for person in people_of(session):
        for other in programme.of_speaker(person):
            if held.meet(session, other):
                yield _pair(TWO_PLACES, session, other, person)
    for other in held.across(session):
        if held.meet(session, other) and _shares(programme, session, other):
            yield _pair(BREAK_LOST, session, other, "")


def within_hours(session: Session) -> bool:
    """Whether it lies between DAY_OPENS and midnight of the date it is listed under."""
    midnight = dt.datetime.combine(session.day + dt.timedelta(days=1), dt.time(), session.start.tzinfo)
    return (
        dt.datetime.combine(session.day, DAY_OPENS, session.start.tzinfo) <= session.start and session.end <= midnight
    )


def meet(one: Session, other: Session) -> bool:
    """Whether two sessions are on at the same time. Ends that touch do not."""
    if one.code == other.code or one.cancelled or other.cancelled:
        return False
    return one.start.timestamp() < other.end.timestamp() and other.start.timestamp() < one.end.timestamp()


def _shares(programme: Programme, one: Session, other: Session) -> bool:
    """Whether the one of the two that is a break is for those in the other: it is in their room, in none, or in a place
    where that day has nothing but breaks, as a foyer."""
    pause, session = (one, other) if one.is_break else (other, one)
    if pause.room is None or pause.room == session.room:
        return True
    return all(held.is_break for held in programme.in_room(pause.room) if held.day == pause.day)


def _pair(kind: str, one: Session, other: Session, subject: str) -> Concern:
    first, second = sorted((one, other), key=lambda session: (session.start.timestamp(), session.code))
    return Concern(kind, first.code, second.code, subject)
