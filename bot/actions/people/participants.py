"""Registration and a person's own settings."""

from __future__ import annotations

from bot.actions import outgoing
from bot.actions.agenda.reminders import LEADS
from bot.actions.typed import one_line, says_something
from bot.errors import BadInput, Stale
from bot.programme.model import Programme
from bot.programme.outside import OUTSIDE
from bot.programme.text import LANGUAGES
from storage import announcements, deliveries, participants, told
from storage.database import Transaction
from storage.participants import Participant

NAME_MAX = 64
ORGANIZATION_MAX = 128
DEFAULT_LEAD = 10


def consent(tx: Transaction, person: int, language: str, now: int) -> Participant:
    """The person agreed that we keep their data: from here on there is a row.

    If they agree again before the registration is complete, the new language counts.
    """
    participants.consent(tx, person, language, DEFAULT_LEAD, now)
    participants.set_language(tx, person, language)
    return _row(tx, person)


def name(tx: Transaction, person: int, typed: str) -> Participant:
    clean = one_line(typed)
    if not says_something(clean) or len(clean) > NAME_MAX:
        raise BadInput("registration.bad_name", limit=NAME_MAX)
    _row(tx, person)
    participants.set_name(tx, person, clean)
    return _row(tx, person)


def amend_name(tx: Transaction, person: int, kept: str, typed: str) -> Participant | None:
    """The message with the name that was `kept` is edited; None when it says the same."""
    row = _row(tx, person)
    if one_line(typed) == kept:
        return None
    if row.name not in (kept, one_line(typed)):
        raise Stale("edited.replaced")
    return name(tx, person, typed)


def delegation(tx: Transaction, person: int, programme: Programme, code: str) -> Participant:
    if programme.delegation(code) is None and code not in OUTSIDE:
        raise Stale("registration.no_such_delegation")
    _row(tx, person)
    participants.set_delegation(tx, person, code)
    return _row(tx, person)


def organization(tx: Transaction, person: int, typed: str | None) -> Participant:
    """`typed` None is "skip"."""
    clean = None if typed is None else one_line(typed)
    if clean is not None and (not says_something(clean) or len(clean) > ORGANIZATION_MAX):
        raise BadInput("registration.bad_organization", limit=ORGANIZATION_MAX)
    _row(tx, person)
    participants.set_organization(tx, person, clean)
    return _row(tx, person)


def amend_organization(tx: Transaction, person: int, kept: str, typed: str) -> Participant | None:
    row = _row(tx, person)
    if one_line(typed) == kept:
        return None
    if row.organization not in (kept, one_line(typed)):
        raise Stale("edited.replaced")
    return organization(tx, person, typed)


def register(tx: Transaction, person: int, now: int) -> Participant:
    """Complete the registration; done twice it changes nothing."""
    if _row(tx, person).name is None:
        raise Stale("refusal.not_registered")
    participants.register(tx, person, now)
    return _row(tx, person)


def language(tx: Transaction, person: int, code: str) -> None:
    if code not in LANGUAGES:
        raise Stale("refusal.stale")
    participants.set_language(tx, person, code)


def lead(tx: Transaction, person: int, minutes: int) -> None:
    if minutes not in LEADS:
        raise Stale("refusal.stale")
    participants.set_lead(tx, person, minutes)


def mute(tx: Transaction, person: int, muted: bool) -> None:
    participants.set_muted(tx, person, muted)


def blocked(tx: Transaction, person: int, blocked: bool, now: int) -> None:
    """The person blocked the bot, or came back to it."""
    if blocked:
        participants.block(tx, person, now)
    else:
        is_back(tx, person, now)


def is_back(tx: Transaction, person: int, now: int) -> None:
    """The person can be reached again: what they were told before they left is made true where it is not any more."""
    participants.unblock(tx, person)
    for kind, thing in deliveries.take_up(tx, person, outgoing.REPAIRS, now):
        repair = outgoing.BY_KIND[kind].parse(thing)
        if isinstance(repair, outgoing.AnnouncementEdit | outgoing.AnnouncementDelete):
            announcements.begin_again(tx, repair.number)
    told.look_again_for(tx, outgoing.ChangeMark.kind, person, now)


def _row(tx: Transaction, person: int) -> Participant:
    row = participants.get(tx, person)
    if row is None:
        raise Stale("refusal.not_registered")
    return row
