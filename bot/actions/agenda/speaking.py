"""Speakers who use the bot: their own sessions, and the word before each. It gives them no rights."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from bot.actions import outgoing
from bot.actions.agenda.reminders import reminded
from bot.actions.paging import in_range
from bot.actions.rights import need_organizer
from bot.errors import Stale
from bot.programme.model import Programme, Session, Speaker
from bot.who import MODERATOR, SPEAKER, Who
from storage import deliveries, participants, questions, roles
from storage.database import Transaction
from storage.roles import ALL_SESSIONS, Invitation

LEAD = 30  # minutes before a session at which those who speak or moderate there are notified, whatever they starred
PAGE = 3  # sessions

SPEAKS, CHAIRS, MODERATES = "speaks", "chairs", "moderates"  # what somebody does at a session


@dataclass(frozen=True, slots=True)
class Slot:
    """Who is to be notified of a session now, and the message."""

    message: outgoing.Slot
    people: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class OwnSessions:
    """A page of somebody's own sessions in their order, and by code how many questions everybody can read there."""

    speakers: tuple[Speaker, ...]
    sessions: Sequence[Session]
    questions: dict[str, int]
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Linked:
    """Who is a speaker of the programme: (id, name) of people, and the invitations nobody has used yet."""

    people: tuple[tuple[int, str], ...] = ()
    invitations: tuple[Invitation, ...] = ()


def part_of(who: Who, session: Session) -> str | None:
    """What the person does at the session; the first that fits of SPEAKS, CHAIRS, MODERATES."""
    if any(code in session.speakers for code in who.speaks_as):
        return SPEAKS
    if any(code in session.moderators for code in who.speaks_as):
        return CHAIRS
    if any((role.role, role.session) == (MODERATOR, session.code) for role in who.roles):
        return MODERATES
    return None


def stands_in(tx: Transaction, who: Who, session: Session) -> bool:
    """Whether the person has the session to moderate because they moderate all, and nobody is named for this one."""
    return moderates_all(who) and not roles.has_own_moderator(tx, session.code)


def moderates_all(who: Who) -> bool:
    return any((role.role, role.session) == (MODERATOR, ALL_SESSIONS) for role in who.roles)


def own(tx: Transaction, who: Who, programme: Programme, page: int) -> OwnSessions:
    """The page is brought into range. Stale for anyone who is not a speaker."""
    if not who.speaks_as:
        raise Stale("speaking.nobody")
    speakers = tuple(one for code in who.speaks_as if (one := programme.speaker(code)))
    found = {one.code: one for speaker in speakers for one in programme.of_speaker(speaker.code)}
    sessions = sorted(found.values(), key=lambda one: (one.start, one.code))
    page, pages = in_range(page, count=len(sessions), size=PAGE)
    shown = sessions[page * PAGE : (page + 1) * PAGE]
    return OwnSessions(speakers, shown, {one.code: questions.count_public(tx, one.code) for one in shown}, page, pages)


def due(tx: Transaction, programme: Programme, now: dt.datetime) -> list[Slot]:
    """Who is to be notified now and was not yet: the sessions that begin within LEAD."""
    found = []
    for session in reminded(programme):
        if not now < session.start <= now + dt.timedelta(minutes=LEAD):
            continue
        message = outgoing.Slot(session.code, int(session.start.timestamp()))
        codes = (*session.speakers, *session.moderators)
        due_at = message.start - LEAD * 60
        people = roles.not_yet_enqueued(tx, session.code, codes, message.kind, message.thing, due_at=due_at)
        if people:
            found.append(Slot(message, tuple(people)))
    return found


def enqueue(tx: Transaction, slots: Sequence[Slot], now: int) -> None:
    """Enqueue the word before their sessions; the ledger knows who was notified of which start."""
    for slot in slots:
        message, lane = slot.message, deliveries.LANE_REMINDER
        outgoing.enqueue(tx, message, slot.people, lane, now, valid_until=message.start)


def following(programme: Programme, now: dt.datetime) -> dt.datetime | None:
    """When somebody may have to be notified next."""
    moments = (session.start - dt.timedelta(minutes=LEAD) for session in reminded(programme))
    return min((moment for moment in moments if moment > now), default=None)


def comes_with_slot(who: Who) -> bool:
    """Whether a reminder at the lead they chose would come together with the word before their own session."""
    return who.participant is not None and who.participant.lead_minutes == LEAD


def linked(tx: Transaction, who: Who, now: int) -> dict[str, Linked]:
    """By the codes of speakers who they are, for organizers."""
    need_organizer(who)
    found: dict[str, Linked] = {}
    for role in roles.everyone(tx):
        if role.role == SPEAKER:
            one = found.get(role.session, Linked())
            person = role.person, participants.name_of(tx, role.person) or str(role.person)
            found[role.session] = Linked((*one.people, person), one.invitations)
    for invitation in roles.open_invitations(tx, now):
        if invitation.role == SPEAKER:
            one = found.get(invitation.session, Linked())
            found[invitation.session] = Linked(one.people, (*one.invitations, invitation))
    return found
