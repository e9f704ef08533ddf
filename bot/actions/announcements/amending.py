"""The organizer edits the very message that an announcement, or its time, was made of."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.actions.announcements import behind, claims
from bot.actions.announcements.announcements import confirm, get, own, seen, take_back
from bot.actions.announcements.wording import STAGED, headline, mark, version, words_mark
from bot.errors import Stale
from bot.programme.model import Programme
from bot.who import Who
from storage import announcement_parts, announcements
from storage.announcement_parts import Part
from storage.announcements import ASKED, CANCELLED, DRAFT, Announcement
from storage.database import Transaction

# What comes of an edit.
COUNTS, COUNTS_ASKED = "counts", "asked"  # what is not sent says the new thing; others are asked again to approve it
STAGES, CORRECTABLE = "stages", "correctable"  # it was sent: the edit is staged as a correction, or may be written so


@dataclass(frozen=True, slots=True)
class Amended:
    """`language` is the version's, with STAGED before it for a correction."""

    number: int
    language: str
    came: str


def amend(
    tx: Transaction, who: Who, now: int, number: int, *, kept: str, part: Part, programme: Programme, approval: bool
) -> Amended | None:
    """Let the part with the mark `kept` be this one, unless it was sent. None when it says the same already; Stale when
    nothing says any more what was kept."""
    announcement = seen(tx, who, number)
    need_alive(announcement)
    parts = announcement_parts.of(tx, number)
    former, now_says = (next((one for one in parts if words_mark(one) == each), None) for each in (kept, mark([part])))
    if former is None and now_says is not None:  # a former try was cut off when it was done
        staged = now_says.language.startswith(STAGED)
        return Amended(number, now_says.language, STAGES if staged else COUNTS)
    if former is None:
        raise Stale("edited.replaced")
    part = replace(part, language=former.language, position=former.position)
    if mark([part]) == kept:
        return None
    part = replace(part, place=claims.handed_on([former], part, programme, now))
    if former.language.startswith(STAGED):
        announcement_parts.change(tx, number, part)
        return Amended(number, former.language, COUNTS)
    if announcement.started_at is not None:
        return stage(tx, announcement, former, part)
    own(tx, who, number)
    announcement_parts.change(tx, number, part)
    announcements.set_text(tx, number, headline(announcement_parts.of(tx, number)))
    behind.changed(tx, number, former.language)
    asked = ask_again(tx, who, now, announcement, programme=programme, approval=approval)
    return Amended(number, former.language, COUNTS_ASKED if asked else COUNTS)


def need_alive(announcement: Announcement) -> None:
    """Nothing reaches anybody through one that was called off or deleted."""
    if announcement.withdrawn_at is not None or (announcement.state == CANCELLED and announcement.started_at is None):
        raise Stale("edited.announcement_over", number=announcement.number)


def stage(tx: Transaction, announcement: Announcement, former: Part, part: Part) -> Amended:
    """It has gone out: the version as it would be is staged, unless another correction of it is."""
    parts, number, language = announcement_parts.of(tx, announcement.number), announcement.number, former.language
    if version(parts, STAGED + language):
        return Amended(number, language, CORRECTABLE)
    for one in version(parts, language):
        announcement_parts.put(tx, number, replace(part if one == former else one, language=STAGED + language))
    return Amended(number, STAGED + language, STAGES)


def amend_time(
    tx: Transaction, who: Who, now: int, number: int, *, kept: int, send_at: int, programme: Programme, approval: bool
) -> Amended | None:
    """The same of a time that was typed."""
    announcement = own(tx, who, number)
    need_alive(announcement)
    if announcement.started_at is not None:
        raise Stale("announcements.already")
    if send_at == kept:
        return None
    if announcement.send_at == send_at:
        return Amended(number, "", COUNTS)
    if announcement.send_at != kept:
        raise Stale("edited.replaced")
    if announcement.state != DRAFT:
        take_back(tx, who, now, number)
    announcements.set_time(tx, number, send_at, "")
    asked = ask_again(tx, who, now, announcement, programme=programme, approval=approval)
    return Amended(number, "", COUNTS_ASKED if asked else COUNTS)


def ask_again(
    tx: Transaction, who: Who, now: int, before: Announcement, *, programme: Programme, approval: bool
) -> bool:
    """Let what had been sent on its way before it was changed go on: an approval of the former words, or a request for
    one, does not hold for the new ones. True when somebody else is asked."""
    number = before.number
    if before.state == DRAFT:
        return False
    if get(tx, number).state != DRAFT:
        take_back(tx, who, now, number)
    # A request names the moment: the new one needs another than the former.
    moment = max(now, (before.confirmed_at or 0) + 1)
    approval = approval or before.state == ASKED
    again = confirm(tx, who, moment, number, message=None, programme=programme, approval=approval)
    return again is not None and again.state == ASKED
