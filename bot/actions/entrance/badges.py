"""Badges: a sheet of them to print, one's own on the phone, a new one in place of a lost one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.actions.entrance.presence import new_code
from bot.actions.rights import need_organizer
from bot.errors import NotRegistered, Stale
from bot.programme.model import Programme
from bot.programme.outside import OUTSIDE
from bot.who import MODERATOR, ORGANIZER, SPEAKER, Who
from storage import audit, badges, roles
from storage.badges import Holder
from storage.database import Transaction

ALL, NEW, DELEGATION, PERSON = "all", "new", "delegation", "person"  # whose badges a sheet has
LONGEST_ID = 16  # digits; Telegram's ids have at most 52 bits
RANKS = (ORGANIZER, SPEAKER, MODERATOR)  # a badge names the first that its holder is


@dataclass(frozen=True, slots=True)
class Badge:
    """What is printed on one. `role` is one of RANKS, or "" for a delegate."""

    holder: Holder
    role: str


def mine(tx: Transaction, who: Who, now: int) -> str:
    """The code of one's own badge, made when it is first asked for."""
    if not who.registered:
        raise NotRegistered("badge")
    return code_of(tx, who.id, now)


def code_of(tx: Transaction, person: int, now: int) -> str:
    badges.make(tx, [(person, new_code())], now)
    badge = badges.get(tx, person)
    assert badge is not None
    return badge.code


def sheet(tx: Transaction, who: Who, now: int, programme: Programme, which: str, *, value: str) -> Sequence[Badge]:
    """The badges of ALL, of NEW people (on no sheet yet), of a DELEGATION or of one PERSON (`value` is its code or id);
    by delegation in the programme's order, then by name. Anyone without a code gets one; a code that is there stays.

    Stale when there is nobody to print one for.
    """
    need_organizer(who)
    person, delegation = 0, ""
    if which == PERSON and value.isdecimal() and len(value) <= LONGEST_ID and int(value):
        person = int(value)
    elif which == DELEGATION and value:
        delegation = value
    elif which not in (ALL, NEW):
        raise Stale("refusal.stale")
    found = badges.holders(tx, person, delegation, which == NEW)
    if not found:
        raise Stale("badges.nobody")
    codes = {one.person: new_code() for one in found if not one.code}
    badges.make(tx, codes.items(), now)
    ranks = ranks_of(tx)
    coded = [replace(one, code=one.code or codes[one.person]) for one in found]
    return [Badge(one, ranks.get(one.person, "")) for one in in_order(coded, programme)]


def in_order(holders: Sequence[Holder], programme: Programme) -> list[Holder]:
    codes = (*(one.code for one in programme.delegations), *OUTSIDE)
    order = {code: number for number, code in enumerate(codes)}
    return sorted(
        holders,
        key=lambda one: (order.get(one.delegation, len(order)), one.delegation, one.name.casefold(), one.person),
    )


def ranks_of(tx: Transaction) -> dict[int, str]:
    """The highest role of everybody who has one."""
    held: dict[int, str] = {}
    for role in roles.everyone(tx):
        held[role.person] = min(held.get(role.person, role.role), role.role, key=RANKS.index)
    return held | dict.fromkeys(roles.chiefs(tx), ORGANIZER)


def sheet_made(tx: Transaction, who: Who, now: int, codes: Sequence[str]) -> None:
    """The sheet with these codes has reached the person who asked for it."""
    badges.printed(tx, codes, now)
    audit.note(tx, who.id, "badges_printed", now, detail={"count": len(codes)})


def reissue(tx: Transaction, who: Who, now: int, person: int) -> None:
    """A badge was lost: whoever finds it gets in nowhere with it. Anyone already let in stays in."""
    need_organizer(who)
    if not badges.holders(tx, person, "", False):
        raise Stale("presence.nobody")
    badges.renew(tx, person, new_code(), now)
    audit.note(tx, who.id, "badge_reissued", now)


def count_new(tx: Transaction, who: Who) -> int:
    """How many registered people are on no sheet yet."""
    need_organizer(who)
    return badges.count_unprinted(tx)
