"""Repairing what was announced: corrected where it stands, or deleted for everybody."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.actions import outgoing
from bot.actions.again import just_did
from bot.actions.announcements import behind, signing, timing
from bot.actions.announcements.announcements import asked_to_approve, need_delivered, seen
from bot.actions.announcements.wording import (
    STAGED,
    can_replace,
    first_words,
    headline,
    languages_of,
    mark,
    readers_of,
    version,
)
from bot.errors import BadInput, Stale
from bot.programme.text import LANGUAGES
from bot.who import Who
from storage import announced, announcement_parts, announcements, audit, deliveries
from storage.announced import Failure
from storage.announcement_parts import Part
from storage.database import Transaction

# Bot API, deleteMessages: only within 48 hours; a minute is left for the way.
DELETABLE = 48 * 3600 - 60  # seconds

# What comes of putting a correction in place.
DONE, ASKED, LATE = "done", "asked", "late"


@dataclass(frozen=True, slots=True)
class Reached:
    """How many have it or may have it; how many of them for longer than Telegram lets a bot delete, and how many may
    have a copy that nobody knows of and get a message of its own."""

    people: int
    older: int
    own: int = 0


@dataclass(frozen=True, slots=True)
class Staged:
    """A correction that is not in place yet: its mark (see `wording`), how many people have the version it is for, or
    may have it, how each of the two begins, as HTML, and how many get it as a message of its own. `asked`: whoever
    looks at it was asked to agree. `others` are the versions that stay as they are."""

    mark: str
    people: int
    before: str
    after: str
    own: int = 0
    asked: bool = False
    others: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Copy:
    """Messages that say the announcement; `own`: as a correction of its own."""

    messages: Sequence[int]
    sent_at: int
    own: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """What a person has of an announcement: the copies whose messages are known, in order; whether there may be one
    that is not (`doubtful`), and whether no correction has outdated that yet (`uncorrected`)."""

    copies: Sequence[Copy]
    doubtful: bool
    uncorrected: bool


def may_correct(tx: Transaction, who: Who, number: int) -> tuple[str, ...]:
    """The languages of its versions, one of which may be corrected."""
    need_delivered(seen(tx, who, number))
    return languages_of(announcement_parts.of(tx, number))


def reached(tx: Transaction, who: Who, now: int, number: int) -> Reached:
    need_delivered(seen(tx, who, number))
    people, older = announced.count_served(tx, outgoing.Announcement(number).thing, LANGUAGES, now - DELETABLE)
    return Reached(people, older, doubtful(tx, number, LANGUAGES)[0])


def doubtful(tx: Transaction, number: int, languages: Iterable[str]) -> tuple[int, int]:
    """As `announced.count_doubtful`."""
    edits = outgoing.AnnouncementEdit.beginning(number)
    return announced.count_doubtful(tx, outgoing.Announcement(number).thing, edits, languages)


def standing(tx: Transaction, number: int, person: int) -> Standing:
    sending = outgoing.Announcement(number)
    messages, sent_at = announced.served(tx, sending.thing, person)
    copies = [Copy(messages, sent_at, False)] if messages else []
    corrections = announced.own_corrections(tx, outgoing.AnnouncementEdit.beginning(number), person)
    known = set(messages)
    for one in corrections:
        own = [message for message in one.messages if message not in known]
        if own:
            copies.append(Copy(own, one.sent_at, True))
        known.update(own)
    doubtful = deliveries.doubtful(tx, sending.kind, sending.thing, person)
    return Standing(copies, doubtful, doubtful and not any(one.sure for one in corrections))


def staged(tx: Transaction, who: Who, number: int, language: str) -> Staged:
    """What is staged for the version of that language."""
    need_delivered(seen(tx, who, number))
    parts = announcement_parts.of(tx, number)
    before, after = version(parts, language), version(parts, STAGED + language)
    readers = readers_of(parts, language)
    people, _ = announced.count_served(tx, outgoing.Announcement(number).thing, readers, 0)
    _, own = doubtful(tx, number, readers)
    request = outgoing.EditApproval(number, language, mark(after))
    asked, _ = deliveries.outcome(tx, request.kind, request.thing, who.id)
    return Staged(
        mark(after),
        people,
        first_words(before),
        first_words(after),
        own,
        asked=bool(asked),
        others=unstaged(parts, language),
    )


def staged_still(tx: Transaction, who: Who, number: int, language: str) -> Staged:
    """The same, for a button that may be older than what is staged: Stale when nothing is."""
    found = staged(tx, who, number, language)
    if not version(announcement_parts.of(tx, number), STAGED + language):
        raise Stale("announcements.not_now")
    return found


def unstaged(parts: Sequence[Part], language: str) -> tuple[Part, ...]:
    """The other versions, without those for which a correction is staged too."""
    coming = {part.language.removeprefix(STAGED) for part in parts if part.language.startswith(STAGED)}
    return tuple(
        part for part in parts if part.language not in (language, *coming) and not part.language.startswith(STAGED)
    )


def put_in_place(
    tx: Transaction,
    who: Who,
    now: int,
    number: int,
    *,
    language: str,
    seen_mark: str,
    message: int | None,
    approval: bool,
) -> str:
    """Let the version of that language say what was staged for it, if that is what has the mark: another organizer
    may have staged something else meanwhile.

    DONE, also for a second tap; LATE when it is not, or nothing is staged (any more); ASKED when a second organizer
    must agree first: one who was asked and presses the same has agreed. BadInput when the one cannot become the other
    where it stands.
    """
    announcement = seen(tx, who, number)
    need_delivered(announcement)
    if just_did(tx, who, "approved", "corrected", announcement=number, done=seen_mark):
        return DONE
    parts = announcement_parts.of(tx, number)
    new = version(parts, STAGED + language)
    if not new or mark(new) != seen_mark:
        return LATE
    if timing.outdated(tx, new, now):
        raise BadInput("moving.staged_outdated")
    if not can_replace(version(parts, language), new):
        raise BadInput("announcements.cannot_replace")
    stays = [part for part in parts if part.language not in (language, STAGED + language)]
    signing.need_room(announcement.said_by, [*stays, *(replace(one, language=language) for one in new)])
    request = outgoing.EditApproval(number, language, seen_mark)
    was_asked, _ = deliveries.outcome(tx, request.kind, request.thing, who.id)
    if approval and not was_asked:
        others = asked_to_approve(tx, who)
        if not others:
            raise BadInput("announcements.no_second")
        if outgoing.enqueue(tx, request, others, deliveries.LANE_CARD, now):
            audit.note(tx, who.id, "corrected", now, detail=proposal(number, language, seen_mark))
            behind.proposed(tx, number, language)
        return ASKED
    carry_out(tx, number, language, now)
    announcements.follow(tx, number, who.id, message)
    proposer = audit.who_did(tx, "corrected", proposal(number, language, seen_mark)) if was_asked else None
    if proposer is not None:
        timing.notify(tx, number, [proposer], "correction_approved", now)
    if announcement.author not in (who.id, proposer):
        timing.notify_author(tx, announcement, "corrected", now)
    detail = {"announcement": number, "done": seen_mark}
    audit.note(tx, who.id, "approved" if was_asked else "corrected", now, detail=detail)
    return DONE


def send_back(tx: Transaction, who: Who, now: int, number: int, *, language: str, seen_mark: str) -> bool:
    """Drop what was staged for the version of that language, if that is what has the mark and `who` was asked to agree
    to it; whoever put it forward is notified. False otherwise. A second tap is the same."""
    need_delivered(seen(tx, who, number))
    request = outgoing.EditApproval(number, language, seen_mark)
    was_asked, _ = deliveries.outcome(tx, request.kind, request.thing, who.id)
    if just_did(tx, who, "declined", announcement=number, done=seen_mark):
        return True
    if not was_asked or mark(version(announcement_parts.of(tx, number), STAGED + language)) != seen_mark:
        return False
    announcement_parts.drop(tx, number, STAGED + language)
    behind.sent_back(tx, number, language)
    proposer = audit.who_did(tx, "corrected", proposal(number, language, seen_mark))
    if proposer is not None:
        timing.notify(tx, number, [proposer], "correction_declined", now)
    audit.note(tx, who.id, "declined", now, detail={"announcement": number, "done": seen_mark})
    return True


def proposal(number: int, language: str, its_mark: str) -> dict[str, Any]:
    """What the audit keeps of a correction that was put forward, and finds it by."""
    return {"announcement": number, "language": language, "mark": its_mark}


def carry_out(tx: Transaction, number: int, language: str, now: int) -> None:
    """What is staged is the version from now on: those who have it get it edited, or as a message of its own where
    nobody knows whether they have it; those who still wait get the new form."""
    announcement_parts.drop(tx, number, language)
    announcement_parts.move(tx, number, STAGED + language, language)
    parts = announcement_parts.of(tx, number)
    edit = outgoing.AnnouncementEdit(number, announcements.revise(tx, number, headline(parts)))
    sending, readers = outgoing.Announcement(number), readers_of(parts, language)
    announced.enqueue_for_served(tx, edit.kind, thing=edit.thing, about=sending.thing, languages=readers, now=now)
    behind.changed(tx, number, language)


def withdraw(tx: Transaction, who: Who, now: int, number: int, message: int | None) -> bool:
    """Delete it for everybody: those who still wait get nothing. False the second time."""
    announcement = seen(tx, who, number)
    if announcement.withdrawn_at is not None:
        return False
    if not announcements.withdraw(tx, number, now):
        raise Stale("announcements.gone")
    sending, removal = outgoing.Announcement(number), outgoing.AnnouncementDelete(number)
    deliveries.withdraw(tx, sending.kind, sending.thing, now)
    announced.enqueue_for_served(
        tx, removal.kind, thing=removal.thing, about=sending.thing, languages=LANGUAGES, now=now
    )
    announcements.follow(tx, number, who.id, message)
    audit.note(tx, who.id, "withdrawn", now, detail={"announcement": number})
    return True


def failures(tx: Transaction, who: Who, number: int, *, page: int, size: int) -> tuple[list[Failure], bool]:
    """A page of those who did not get it or its repair, and whether there are more."""
    seen(tx, who, number)
    edits = outgoing.AnnouncementEdit.beginning(number)
    found = announced.failures(tx, outgoing.Announcement(number).thing, edits, size + 1, page * size)
    return found[:size], len(found) > size
