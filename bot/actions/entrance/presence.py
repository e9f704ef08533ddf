"""Who has come. People open the link that hangs at the entrance, or somebody of the staff scans their badge."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.actions.rights import need_a_desk, need_organizer
from bot.errors import NotAllowed, NotRegistered, Stale
from bot.programme.fold import sound, words
from bot.who import Who
from storage import audit, badges, forum_settings, participants, presence
from storage.badges import Badge
from storage.database import Transaction
from storage.presence import Attendance, Named

NAME = "checkin"  # in forum_settings: the unguessable end of the link
TOKEN_BYTES = 9  # 12 characters of base64url: short enough for a QR code that is read from afar
CODE_BYTES = 12  # of a badge: 96 bits, 16 characters of base64url
FOUND_MOST = 7  # people a search by name shows


@dataclass(frozen=True, slots=True)
class Arrival:
    """What a scan found. `since` (epoch seconds) is when the person was let in, by the one called `by` ("" when that
    one was forgotten); `new`: by this scan. `revocable`: the person who asks may take it back."""

    person: int
    name: str
    organization: str
    delegation: str
    since: int
    by: str
    new: bool
    revocable: bool
    attendance: Attendance


@dataclass(frozen=True, slots=True)
class Guest:
    """One registered person as the desk at the entrance sees them. `since` is None when they are not here, `used_at`
    when nobody has let them in: they may still be here by the link."""

    person: int
    name: str
    organization: str
    delegation: str
    since: int | None
    used_at: int | None
    by: str


def token(tx: Transaction, who: Who) -> str:
    """The end of the link, made when it is first asked for."""
    need_organizer(who)
    return forum_settings.get_or_set(tx, NAME, secrets.token_urlsafe(TOKEN_BYTES))


def arrive(tx: Transaction, who: Who, now: int, given: str) -> None:
    """The person is here. Stale for a link that is not ours."""
    if not who.registered:
        raise NotRegistered(then=f"p_{given}")
    need_link(tx, given)
    participants.arrive(tx, who.id, now)


def need_link(tx: Transaction, given: str) -> None:
    """Stale for a link that is not ours."""
    kept = forum_settings.get(tx, NAME)
    if kept is None or not secrets.compare_digest(kept.encode(), given.encode()):
        raise Stale("fallback.bad_link")


def new_code() -> str:
    return secrets.token_urlsafe(CODE_BYTES)


def scan(tx: Transaction, who: Who, now: int, code: str) -> Arrival:
    """Let in whoever has the badge with this code; the first scan counts.

    For the staff. Anybody else learns only that badges are shown at the desk, whether there is such a code or not; so
    does anyone who scans their own. Stale for a code that does not exist, or not any more.
    """
    if not who.registered:
        raise NotRegistered(then=f"c_{code}")
    badge = badges.by_code(tx, code)
    if not who.moderator or (badge is not None and badge.person == who.id):
        raise NotAllowed("presence.show_it")
    if badge is None:
        raise Stale("presence.no_such_badge")
    return let_in(tx, who, now, badge)


def admit(tx: Transaction, who: Who, now: int, person: int) -> Arrival:
    """Let a person in who came without a badge."""
    need_organizer(who)
    found_guest(tx, person)
    badges.make(tx, [(person, new_code())], now)
    badge = badges.get(tx, person)
    assert badge is not None
    return let_in(tx, who, now, badge)


def let_in(tx: Transaction, who: Who, now: int, badge: Badge) -> Arrival:
    new = badges.use(tx, badge.person, by=who.id, now=now)
    if new:
        participants.arrive(tx, badge.person, now)
    guest = found_guest(tx, badge.person)
    used = badges.get(tx, badge.person)
    if used is None or used.used_at is None:  # taken back by another instance, between the two statements
        raise Stale("presence.taken_back_already")
    return Arrival(
        person=guest.person,
        name=guest.name,
        organization=guest.organization,
        delegation=guest.delegation,
        since=used.used_at,
        by=guest.by,
        new=new,
        revocable=may_take_back(who, used),
        attendance=presence.total(tx),
    )


def take_back(tx: Transaction, who: Who, now: int, person: int, *, used_at: int) -> Guest:
    """The wrong badge was scanned: the person is not here. For whoever scanned it, and for organizers.

    Stale when they were not let in at that moment, or it was taken back already.
    """
    need_a_desk(who)
    badge = badges.get(tx, person)
    if badge is None or badge.used_at != used_at:
        raise Stale("presence.taken_back_already")
    if not may_take_back(who, badge):
        raise NotAllowed("refusal.not_organizer")
    badges.free(tx, person, used_at)
    presence.leave(tx, person, used_at)
    audit.note(tx, who.id, "arrival_taken_back", now)
    return found_guest(tx, person)


def may_take_back(who: Who, badge: Badge) -> bool:
    return who.organizer or badge.used_by == who.id


def found_guest(tx: Transaction, person: int) -> Guest:
    """Stale for anyone who is not registered, or not any more."""
    row = participants.get(tx, person)
    if row is None or row.registered_at is None:
        raise Stale("presence.nobody")
    badge = badges.get(tx, person)
    return Guest(
        person=person,
        name=row.name or "",
        organization=row.organization or "",
        delegation=row.delegation or "",
        since=row.present_at,
        used_at=badge.used_at if badge else None,
        by=participants.name_of(tx, badge.used_by if badge else None),
    )


def guest(tx: Transaction, who: Who, person: int) -> Guest:
    need_organizer(who)
    return found_guest(tx, person)


def search(tx: Transaction, who: Who, typed: str) -> Sequence[Named]:
    """The registered people whose name has a word that begins with each of the typed ones, in whatever alphabet; at
    most FOUND_MOST, by name."""
    need_organizer(who)
    wanted = sounds(typed)
    if not wanted:
        return ()
    found = [one for one in presence.names(tx) if begins(sounds(one.name), wanted)]
    return found[:FOUND_MOST]


def sounds(text: str) -> list[str]:
    return [sound(word) for word in words(text)]


def begins(name: Sequence[str], wanted: Sequence[str]) -> bool:
    return all(any(word.startswith(start) for word in name) for start in wanted)


def who_is_here(tx: Transaction, who: Who) -> Mapping[str, Attendance]:
    """By the delegation's code, "" for people without one."""
    need_organizer(who)
    return presence.by_delegation(tx)


def attendance(tx: Transaction, who: Who) -> Attendance:
    """For all who may scan: each scan says it too."""
    need_a_desk(who)
    return presence.total(tx)
