"""Organizers choose from whom an announcement is: themselves, an office, or nobody."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from bot.actions.announcements import signing
from bot.actions.announcements.announcements import need_draft, own
from bot.actions.rights import need_organizer
from bot.errors import BadInput, Stale
from bot.programme.text import Text
from bot.programme.texts import read_names
from bot.texts.length import units
from bot.who import Who
from storage import announcements, forum_settings
from storage.announcements import Announcement
from storage.database import Transaction

OFFICES = "offices"  # in forum_settings: those named last
MOST = 4  # of them: what fits on a screen
LONGEST = 100  # of a name, as Telegram counts


@dataclass(frozen=True, slots=True)
class Choice:
    """What there is to choose from for the announcement; `default` is what new drafts begin with."""

    announcement: Announcement
    offices: Sequence[Text]
    default: str


def choices(tx: Transaction, who: Who, number: int) -> Choice:
    announcement = own(tx, who, number)
    need_draft(announcement)
    return Choice(announcement, offices(tx), signing.default(tx))


def offices(tx: Transaction) -> list[Text]:
    """The one named last first."""
    return [Text(one) for one in json.loads(forum_settings.get(tx, OFFICES) or "[]")]


def code(office: Text) -> str:
    """Tells an office from others, short enough for a button."""
    return hashlib.sha256(json.dumps(office.to_document(), ensure_ascii=False).encode()).hexdigest()[:8]


def office(found: Sequence[Text], wanted: str) -> Text:
    """Stale when it is not among them any more."""
    for one in found:
        if code(one) == wanted:
            return one
    raise Stale("from_whom.office_gone")


def named(typed: str) -> Text:
    """An office's name as it was typed: a line for all, or one a language."""
    name = read_names(typed)
    if any(units(words) > LONGEST for _, words in name.variants):
        raise BadInput("change.too_long", most=LONGEST)
    return name


def choose(tx: Transaction, who: Who, number: int, said_by: str) -> None:
    need_draft(own(tx, who, number))
    announcements.set_said_by(tx, number, said_by)


def choose_for_all(tx: Transaction, who: Who, number: int) -> None:
    """New drafts begin with what this one says."""
    forum_settings.put(tx, signing.DEFAULT, choices(tx, who, number).announcement.said_by)


def add(tx: Transaction, who: Who, number: int, office: Text, said_by: str) -> None:
    """Name an office, and let the announcement be from it."""
    choose(tx, who, number, said_by)
    keep(tx, [office, *(one for one in offices(tx) if one != office)])


def rename(tx: Transaction, who: Who, number: int, *, former: Text, office: Text, was: str, said_by: str) -> None:
    """The message that named the office was edited; the draft that says the former name, as it `was`, says this one."""
    announcement = choices(tx, who, number).announcement
    keep(tx, dict.fromkeys(office if one == former else one for one in offices(tx)))
    if announcement.said_by == was:
        announcements.set_said_by(tx, number, said_by)


def drop(tx: Transaction, who: Who, wanted: str) -> None:
    """Take an office off the list; what says it goes on saying it."""
    need_organizer(who)
    keep(tx, [one for one in offices(tx) if code(one) != wanted])


def keep(tx: Transaction, found: Sequence[Text] | dict[Text, None]) -> None:
    kept = [one.to_document() for one in list(found)[:MOST]]
    forum_settings.put(tx, OFFICES, json.dumps(kept, ensure_ascii=False))
