"""What the screen of a hall shows, and who may see it."""

from __future__ import annotations

import datetime as dt
import hmac
import secrets
from dataclasses import dataclass

from bot.actions.moderation.stage import on_stage
from bot.actions.questions.questions import STAYS_OPEN
from bot.actions.rights import need_moderator, need_organizer
from bot.errors import Stale
from bot.programme.estimates import Runs, ends, is_on, starts
from bot.programme.lookup import need_session
from bot.programme.model import Programme, Session
from bot.who import Who
from storage import audit, hall_keys, participants, questions, session_desks
from storage.database import Transaction
from storage.lines import BY_VOTES
from storage.questions import APPROVED, Question

LEADING = 5  # questions of the list that fit a screen in a size one can read from the back row
KEY_BYTES = 16  # 22 characters of base64url


@dataclass(frozen=True, slots=True)
class HallQuestion:
    """A question as everybody may read it. Of an anonymous one `author` and `delegation` are ""."""

    number: int
    language: str
    text: str
    votes: int
    author: str
    delegation: str  # a code of the programme's


@dataclass(frozen=True, slots=True)
class HallFacts:
    """`session` is None for a room in which nothing takes place; `closed`: its questions are shown by its own link
    only, and not to everybody in its room's name. `ready` counts those still to be asked, the ones in
    `leading` included and the one on `stage` not; `by_votes`: the desk lines them up so. `key` is what the link must
    end in, "" for a public screen."""

    session: Session | None
    key: str
    stage: HallQuestion | None = None
    leading: tuple[HallQuestion, ...] = ()
    ready: int = 0
    by_votes: bool = True
    closed: bool = False


@dataclass(frozen=True, slots=True)
class HallLinks:
    """The screens that show a session: its own, and its room's. A key is "" while the screen is public; `room_known` is
    whether the room's address is this person's to have."""

    session: Session
    session_key: str
    room_key: str
    room_known: bool = True


def is_place(programme: Programme, place: str) -> bool:
    """Whether there can be a screen for it: a session's code, breaks aside, or a room's."""
    session = programme.session(place)
    return not session.is_break if session is not None else programme.room(place) is not None


def facts(tx: Transaction, programme: Programme, runs: Runs, place: str, now: dt.datetime) -> HallFacts:
    """All that the screen of a place says; is_place holds for it."""
    key = hall_keys.key_of(tx, place)
    session = session_at(tx, programme, runs, place, now)
    if session is None or session.cancelled:
        return HallFacts(session, key)
    if not key and hall_keys.key_of(tx, session.code):
        return HallFacts(session, key, closed=True)
    desk = session_desks.get(tx, session.code)
    stage = discussed(tx, programme, runs, session, now)
    line = questions.ready(tx, session.code, desk.sorting, LEADING + 1)
    waits = [one for one in line if stage is None or one.number != stage.number]
    ready = questions.count_ready(tx, session.code) - (stage is not None and stage.state == APPROVED)
    return HallFacts(
        session=session,
        key=key,
        stage=None if stage is None else for_everybody(tx, stage),
        leading=tuple(for_everybody(tx, one) for one in waits[:LEADING]),
        ready=ready,
        by_votes=desk.sorting == BY_VOTES,
    )


def session_at(tx: Transaction, programme: Programme, runs: Runs, place: str, now: dt.datetime) -> Session | None:
    """The session itself; of a room the one that is on, as marked there or planned, or over with a question still on
    stage, else the next, else the last."""
    session = programme.session(place)
    if session is not None:
        return session
    held = [one for one in programme.in_room(place) if not (one.is_break or one.cancelled)]
    begun = [one for one in held if starts(programme, runs, one) <= now]
    on = [one for one in begun if is_on(programme, runs, one, now)]
    if on:
        return on[-1]
    if begun and discussed(tx, programme, runs, begun[-1], now) is not None:
        return begun[-1]
    coming = [one for one in held if one not in begun]
    return coming[0] if coming else begun[-1] if begun else None


def discussed(tx: Transaction, programme: Programme, runs: Runs, session: Session, now: dt.datetime) -> Question | None:
    """What is on stage. It is forgotten there when the session is marked as ended, or takes no questions any more."""
    ended = runs.of(programme, session.code).ended_at is not None
    forgotten = ended or now > ends(programme, runs, session) + STAYS_OPEN
    return None if forgotten else on_stage(tx, session_desks.get(tx, session.code))


def for_everybody(tx: Transaction, question: Question) -> HallQuestion:
    author = None
    if not question.anonymous and question.author is not None:
        author = participants.get(tx, question.author)
    return HallQuestion(
        number=question.number,
        language=question.language,
        text=question.text,
        votes=question.votes,
        author=(author and author.name) or "",
        delegation=(author and author.delegation) or "",
    )


def opens(key: str, given: str) -> bool:
    """Whether a link with this ending may see a screen with this key."""
    return not key or hmac.compare_digest(key.encode(), given.encode())


def links(tx: Transaction, who: Who, programme: Programme, code: str) -> HallLinks:
    """A private screen of the room shows all its sessions: its link is for those who moderate all."""
    need_moderator(who, code)
    session = need_session(programme, code)
    if session.is_break:
        raise Stale("agenda.no_such_session")
    room_key = hall_keys.key_of(tx, session.room) if session.room else ""
    known = not room_key or who.moderates_everywhere
    return HallLinks(session, hall_keys.key_of(tx, code), room_key if known else "", known)


def set_private(
    tx: Transaction, who: Who, now: int, programme: Programme, code: str, *, room: bool, private: bool
) -> None:
    """Make the screen of a session, or of its room, private or public; again is the same.

    The room's belongs to many sessions, so it is for organizers.
    """
    session = links(tx, who, programme, code).session
    if room:
        need_organizer(who)
    place = session.room if room else code
    if not place:
        raise Stale("refusal.stale")
    if private:
        changed = hall_keys.lock(tx, place, secrets.token_urlsafe(KEY_BYTES), who.id, now)
    else:
        changed = hall_keys.unlock(tx, place)
    if changed:
        action = "hall_private" if private else "hall_public"
        audit.note(tx, who.id, action, now, session=code, detail={"place": place})
