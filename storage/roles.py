"""Who may moderate and organize, and the one-time invitations that make them so.

The organizers that the settings name (the chiefs) stand in a table of their own, which nothing done inside the bot
changes.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import Any

from storage import boards
from storage.audiences import listed
from storage.database import Transaction
from storage.records import columns, reader

ALL_SESSIONS = ""
ALWAYS = 2**40  # later than any moment, epoch seconds


@dataclass(frozen=True, slots=True)
class Role:
    """`role` is "organizer", "moderator" or "speaker"; `session` is a session code or "" for all.

    Of a speaker it is the speaker's own code in the programme.
    """

    person: int
    role: str
    session: str
    granted_by: int | None
    granted_at: int


record = reader(Role)


@dataclass(frozen=True, slots=True)
class Invitation:
    digest: str
    role: str
    session: str
    invited_by: int | None
    expires_at: int
    used_by: int | None


invitation_record = reader(Invitation)

ROLE = f"SELECT {columns(Role)} FROM roles "
OF_PERSON = ROLE + "WHERE person = :person ORDER BY role, session"
# Speakers last: there may be hundreds.
ALL = f"""
    {ROLE}
    ORDER BY CASE role WHEN 'organizer' THEN 0 WHEN 'moderator' THEN 1 ELSE 2 END, granted_at, person, session
"""
GRANT = """
    INSERT INTO roles (person, role, session, granted_by, granted_at)
    VALUES (:person, :role, :session, :granted_by, :now)
    ON CONFLICT (person, role, session) DO NOTHING
"""
REVOKE = "DELETE FROM roles WHERE person = :person AND role = :role AND session = :session"
MODERATORS_OF = """
    SELECT DISTINCT roles.person FROM roles JOIN participants ON participants.id = roles.person
    WHERE roles.role = 'moderator' AND roles.session IN ('', :session) AND participants.blocked_at IS NULL
    ORDER BY roles.person
"""
ORGANIZERS = """
    SELECT participants.id AS person FROM participants
    WHERE participants.blocked_at IS NULL
      AND (participants.id IN (SELECT person FROM chief_organizers)
        OR participants.id IN (SELECT person FROM roles WHERE role = 'organizer'))
    ORDER BY participants.id
"""
CHIEFS = "SELECT person FROM chief_organizers ORDER BY person"
IS_CHIEF = "SELECT 1 FROM chief_organizers WHERE person = :person"
# Several instances may start at the same moment, with the same settings.
NAME_CHIEF = "INSERT INTO chief_organizers (person) VALUES (:person) ON CONFLICT (person) DO NOTHING"
DROP_CHIEF = "DELETE FROM chief_organizers WHERE person = :person"
# Who moderates all sessions stands in where nobody who can be reached moderates this very one.
OWN_MODERATOR = """
    SELECT 1 FROM roles AS named JOIN participants AS reached ON reached.id = named.person
    WHERE named.role = 'moderator' AND named.session = :session AND reached.blocked_at IS NULL
"""
# :codes are those of the session's people, a list as storage.audiences has them. Whoever stands in, and wants no
# reminders, gets none: it may be many a day; nor does the role bring those whose time (:due_at) was over before it.
WITH_A_PART = f"""
    SELECT DISTINCT roles.person FROM roles JOIN participants ON participants.id = roles.person
    WHERE participants.registered_at IS NOT NULL AND participants.blocked_at IS NULL
      AND ((roles.role = 'moderator' AND roles.session = :session)
        OR (roles.role = 'moderator' AND roles.session = '' AND participants.lead_minutes > 0
          AND roles.granted_at <= :due_at
          AND NOT EXISTS ({OWN_MODERATOR}))
        OR (roles.role = 'speaker'
          AND REPLACE(CAST(:codes AS TEXT), ':' || roles.session || ':', '') <> CAST(:codes AS TEXT)))
      AND NOT EXISTS (
        SELECT 1 FROM deliveries WHERE kind = :kind AND thing = :thing AND recipient = roles.person)
    ORDER BY roles.person
"""
INVITE = """
    INSERT INTO invitations (digest, role, session, invited_by, created_at, expires_at)
    VALUES (:digest, :role, :session, :invited_by, :now, :expires_at)
"""
INVITATIONS = f"SELECT {columns(Invitation)} FROM invitations "
INVITATION = INVITATIONS + "WHERE digest = :digest"
BEGINNING = "SELECT digest FROM invitations WHERE SUBSTR(digest, 1, :length) = :prefix"
# The database decides who is first: the second of two simultaneous uses touches no row.
USE = """
    UPDATE invitations SET used_by = :person, used_at = :now
    WHERE digest = :digest AND used_by IS NULL AND expires_at > :now
"""
OPEN_INVITATIONS = f"""
    {INVITATIONS}
    WHERE used_by IS NULL AND expires_at > :now ORDER BY CASE role WHEN 'speaker' THEN 1 ELSE 0 END, created_at
"""
GRANTED_BY = "SELECT role, session, granted_at FROM roles WHERE granted_by = :person ORDER BY granted_at, role, session"
INVITED_BY = """
    SELECT role, session, created_at, expires_at FROM invitations WHERE invited_by = :person ORDER BY created_at
"""
USED_BY = "SELECT role, session, used_at FROM invitations WHERE used_by = :person ORDER BY used_at"
WITHDRAW = "DELETE FROM invitations WHERE used_by IS NULL AND digest = :digest"
WITHDRAW_ALL = "DELETE FROM invitations WHERE used_by IS NULL AND invited_by = :person"
DELETE_ROLES = "DELETE FROM roles WHERE person = :person"
FORGET_GRANTS = "UPDATE roles SET granted_by = NULL WHERE granted_by = :person"
FORGET_INVITER = "UPDATE invitations SET invited_by = NULL WHERE invited_by = :person"
# -1 keeps a used invitation used without saying by whom.
FORGET_INVITED = "UPDATE invitations SET used_by = -1 WHERE used_by = :person"


def of_person(tx: Transaction, person: int) -> tuple[Role, ...]:
    return tuple(record(row) for row in tx.rows(OF_PERSON, person=person))


def everyone(tx: Transaction) -> list[Role]:
    return [record(row) for row in tx.rows(ALL)]


def grant(tx: Transaction, person: int, *, role: str, session: str, granted_by: int | None, now: int) -> bool:
    """Give a role. True when the person did not have it yet."""
    return tx.run(GRANT, person=person, role=role, session=session, granted_by=granted_by, now=now) == 1


def revoke(tx: Transaction, person: int, role: str, session: str) -> bool:
    tx.notify(boards.CHANNEL)
    return tx.run(REVOKE, person=person, role=role, session=session) == 1


def moderators_of(tx: Transaction, session: str) -> list[int]:
    """Ids of those who moderate the session and can be reached."""
    return [row["person"] for row in tx.rows(MODERATORS_OF, session=session)]


def organizers(tx: Transaction) -> list[int]:
    """Ids of the organizers, invited or named in the settings, who can be reached."""
    return [row["person"] for row in tx.rows(ORGANIZERS)]


def chiefs(tx: Transaction) -> list[int]:
    """Ids of the organizers that the settings name, whether they have registered or not."""
    return [row["person"] for row in tx.rows(CHIEFS)]


def is_chief(tx: Transaction, person: int) -> bool:
    return tx.value(IS_CHIEF, person=person) is not None


def name_chiefs(tx: Transaction, people: Set[int]) -> None:
    """Let these, and nobody else, be the organizers that the settings name."""
    former = set(chiefs(tx))
    # In one order, so that instances which start together do not wait for each other's rows.
    tx.many(DROP_CHIEF, [{"person": person} for person in sorted(former - people)])
    tx.many(NAME_CHIEF, [{"person": person} for person in sorted(people - former)])


def not_yet_enqueued(
    tx: Transaction, session: str, people: Sequence[str], kind: str, thing: str, *, due_at: int = ALWAYS
) -> list[int]:
    """Ids of those who moderate the session (of all sessions only where nobody moderates this very one, and when they
    want reminders, and had the role when it was due, epoch seconds) or are one of its `people`, and for whom that
    message was not enqueued yet."""
    rows = tx.rows(WITH_A_PART, session=session, codes=listed(people), kind=kind, thing=thing, due_at=due_at)
    return [row["person"] for row in rows]


def has_own_moderator(tx: Transaction, session: str) -> bool:
    """Whether somebody who can be reached moderates this very session."""
    return tx.value(OWN_MODERATOR, session=session) is not None


def invite(
    tx: Transaction, digest: str, *, role: str, session: str, invited_by: int, now: int, expires_at: int
) -> None:
    tx.run(
        INVITE,
        digest=digest,
        role=role,
        session=session,
        invited_by=invited_by,
        now=now,
        expires_at=expires_at,
    )


def invitation(tx: Transaction, digest: str) -> Invitation | None:
    row = tx.row(INVITATION, digest=digest)
    return None if row is None else invitation_record(row)


def whole_digest(tx: Transaction, prefix: str) -> str | None:
    """The digest that begins so; None when there is none, or more than one."""
    found = [str(row["digest"]) for row in tx.rows(BEGINNING, prefix=prefix, length=len(prefix))]
    return found[0] if len(found) == 1 else None


def use(tx: Transaction, digest: str, person: int, now: int) -> bool:
    """Spend an invitation. False when it was spent, is too old or does not exist."""
    return tx.run(USE, digest=digest, person=person, now=now) == 1


def open_invitations(tx: Transaction, now: int) -> list[Invitation]:
    return [invitation_record(row) for row in tx.rows(OPEN_INVITATIONS, now=now)]


def withdraw(tx: Transaction, digest: str) -> bool:
    return tx.run(WITHDRAW, digest=digest) == 1


def withdraw_all(tx: Transaction, person: int) -> None:
    """Take back every unused invitation of one inviter."""
    tx.run(WITHDRAW_ALL, person=person)


def actions_by(tx: Transaction, person: int) -> dict[str, list[dict[str, Any]]]:
    """The roles the person granted, and the invitations they made and used; nobody else is named."""
    return {
        "granted": [dict(row) for row in tx.rows(GRANTED_BY, person=person)],
        "invited": [dict(row) for row in tx.rows(INVITED_BY, person=person)],
        "accepted": [dict(row) for row in tx.rows(USED_BY, person=person)],
    }


def forget(tx: Transaction, person: int) -> None:
    """Take every trace of the person out of the roles; what they invited to and nobody used yet ends."""
    withdraw_all(tx, person)
    tx.run(DELETE_ROLES, person=person)
    tx.run(FORGET_GRANTS, person=person)
    tx.run(FORGET_INVITER, person=person)
    tx.run(FORGET_INVITED, person=person)
