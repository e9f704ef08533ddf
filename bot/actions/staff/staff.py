"""Roles: one-time invitations, the list, revoking."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Set
from dataclasses import dataclass

from bot.actions import outgoing
from bot.actions.announcements import timing
from bot.actions.rights import need_organizer
from bot.errors import Stale
from bot.programme.lookup import need_session
from bot.programme.model import Programme
from bot.who import MODERATOR, ORGANIZER, SPEAKER, Who
from storage import audit, deliveries, participants, roles
from storage.database import Transaction
from storage.roles import ALL_SESSIONS, Invitation, Role

INVITATION_HOLDS = 7 * 86400  # seconds
TOKEN_BYTES = 16  # 22 characters of base64url: with "i_" well inside a deep link's 64


def invite(tx: Transaction, who: Who, now: int, programme: Programme, role: str, *, session: str) -> str:
    """A fresh one-time token for a role, a speaker's with their code as `session`; only its digest is kept."""
    need_organizer(who)
    if role not in (ORGANIZER, MODERATOR, SPEAKER) or (role == ORGANIZER and session != ALL_SESSIONS):
        raise Stale("refusal.stale")
    if role == SPEAKER:
        if programme.speaker(session) is None:
            raise Stale("speaking.unknown")
    elif session != ALL_SESSIONS:
        need_session(programme, session)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    roles.invite(
        tx, digest(token), role=role, session=session, invited_by=who.id, now=now, expires_at=now + INVITATION_HOLDS
    )
    return token


@dataclass(frozen=True, slots=True)
class Opened:
    """An invitation whose link was opened, and whether it is `taken`. One that is not is still good, and is for
    somebody else; `offered`: unless the person says that it is for them."""

    invitation: Invitation
    taken: bool
    offered: bool = False


def accept(tx: Transaction, person: int, sealed: str, now: int) -> Opened:
    """Spend the invitation with this digest and give the role. The same person may open the same link again.

    Whoever has the right already gains nothing by it and spends nothing: they look at a link that they made, or pass
    on. So does an organizer with a speaker's, until they say that it is for them (`take`).
    """
    invitation = usable(tx, person, sealed, now)
    if invitation.used_by is not None:
        return Opened(invitation, taken=True)
    rights = Who(person, "", roles=roles.of_person(tx, person), chief=roles.is_chief(tx, person))
    if has_already(rights, invitation):
        return Opened(invitation, taken=False)
    if invitation.role == SPEAKER and rights.organizer:
        return Opened(invitation, taken=False, offered=True)
    spend(tx, person, invitation, now)
    return Opened(invitation, taken=True)


def take(tx: Transaction, who: Who, now: int, prefix: str) -> Invitation:
    """An organizer is the speaker whose unused invitation's digest begins so. Taken already by them, it is theirs."""
    need_organizer(who)
    invitation = usable(tx, who.id, roles.whole_digest(tx, prefix) or "", now)
    if invitation.role != SPEAKER:
        raise Stale("refusal.stale")
    if invitation.used_by is None:
        spend(tx, who.id, invitation, now)
    return invitation


def usable(tx: Transaction, person: int, sealed: str, now: int) -> Invitation:
    """The invitation with this digest: nobody's yet, or one that gave the person the role they still have. Stale for
    any other."""
    invitation = roles.invitation(tx, sealed)
    if invitation is None or (invitation.used_by is None and invitation.expires_at <= now):
        raise Stale("staff.bad_invitation")
    if invitation.used_by is not None and (invitation.used_by != person or not holds(tx, person, invitation)):
        raise Stale("staff.used_invitation")
    return invitation


def spend(tx: Transaction, person: int, invitation: Invitation, now: int) -> None:
    if not roles.use(tx, invitation.digest, person, now):
        raise Stale("staff.used_invitation")
    roles.grant(tx, person, role=invitation.role, session=invitation.session, granted_by=invitation.invited_by, now=now)
    if invitation.invited_by is not None:
        given = {"role": invitation.role}
        audit.note(tx, invitation.invited_by, "role_given", now, session=invitation.session, detail=given)


def has_already(who: Who, invitation: Invitation) -> bool:
    """Whether the invitation would give them no more than they have."""
    if invitation.role == SPEAKER:
        return invitation.session in who.speaks_as
    return who.organizer if invitation.role == ORGANIZER else who.moderates(invitation.session)


def holds(tx: Transaction, person: int, invitation: Invitation) -> bool:
    """Whether the person still has the role that the invitation gave."""
    given = (invitation.role, invitation.session)
    return any((role.role, role.session) == given for role in roles.of_person(tx, person))


def revoke(tx: Transaction, who: Who, now: int, person: int, *, role: str, session: str) -> bool:
    """Take a role back and enqueue the news for the person. False when they do not have it.

    What an organizer had scheduled goes out only if another one lets it.
    """
    need_organizer(who)
    if not roles.revoke(tx, person, role, session):
        return False
    audit.note(tx, who.id, "role_ended", now, session=session, detail={"role": role})
    if role == ORGANIZER:
        roles.withdraw_all(tx, person)  # or a link that somebody kept would give the role back
        if not roles.is_chief(tx, person):
            for number in timing.hold_back(tx, person, roles.organizers(tx), now):
                audit.note(tx, who.id, "held_back", now, detail={"announcement": number})
    outgoing.enqueue(tx, outgoing.RoleEnded(role, session, now), [person], deliveries.LANE_ANSWER, now)
    return True


def name_chiefs(tx: Transaction, people: Set[int], now: int) -> None:
    """Let these, and nobody else, be the organizers that the settings name.

    Whoever is no organizer any more loses with the right what `revoke` takes: their unused links, and what they had
    scheduled waits for another organizer.
    """
    former = set(roles.chiefs(tx)) - people
    roles.name_chiefs(tx, people)
    for person in sorted(former):
        if not any(one.role == ORGANIZER for one in roles.of_person(tx, person)):
            roles.withdraw_all(tx, person)
            timing.hold_back(tx, person, roles.organizers(tx), now)


def everyone(tx: Transaction, who: Who, now: int) -> tuple[list[str], list[tuple[Role, str]], list[Invitation]]:
    """The names of the organizers by the settings, every role with its person's name, and the invitations nobody has
    used yet."""
    need_organizer(who)
    chiefs = [participants.name_of(tx, person) or str(person) for person in roles.chiefs(tx)]
    named = [(role, participants.name_of(tx, role.person) or str(role.person)) for role in roles.everyone(tx)]
    return chiefs, named, roles.open_invitations(tx, now)


def open_invitation(tx: Transaction, who: Who, now: int, prefix: str) -> Invitation:
    """The unused invitation whose digest begins so. Stale when there is none."""
    need_organizer(who)
    found = [one for one in roles.open_invitations(tx, now) if one.digest.startswith(prefix)]
    if len(found) != 1:
        raise Stale("staff.no_such_invitation")
    return found[0]


def withdraw_invitation(tx: Transaction, who: Who, now: int, prefix: str) -> bool:
    """Take an unused invitation back, named by the beginning of its digest."""
    need_organizer(who)
    found = [one for one in roles.open_invitations(tx, now) if one.digest.startswith(prefix)]
    return len(found) == 1 and roles.withdraw(tx, found[0].digest)


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
