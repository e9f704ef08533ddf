"""Announcements: the draft, when and to whom it goes, approval, sending."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.actions import outgoing
from bot.actions.again import just_did
from bot.actions.agenda.runs import marks
from bot.actions.announcements import audience, behind, claims, signing, timing
from bot.actions.announcements.wording import (
    FOR_ALL,
    STAGED,
    headline,
    languages_of,
    version,
)
from bot.actions.rights import need_organizer
from bot.errors import BadInput, NotAllowed, Stale
from bot.programme.model import Programme
from bot.programme.text import LANGUAGES
from bot.who import ORGANIZER, Who
from storage import (
    announced,
    announcement_parts,
    announcements,
    audiences,
    audit,
    behind_versions,
    deliveries,
    participants,
    roles,
)
from storage.announced import Asleep, Tally
from storage.announcement_parts import Part
from storage.announcements import ASKED, CANCELLED, DRAFT, SCHEDULED, Announcement
from storage.audiences import Condition, Reach
from storage.audit import StaffAction
from storage.database import Transaction

SPEED_OVER = 15  # seconds by which the speed of a sending is measured, fewer while it is younger
ALBUM_MOST = 10  # Bot API, sendMediaGroup
NOBODY = Reach(0, 0, 0)
AWAKE = Asleep()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was decided last, and by whom: approved, declined, taken_back, cancelled; of a correction: proposed,
    correction_approved, correction_declined. `mark` is the correction's."""

    what: str
    name: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """All that an announcement's screens say. `reach` is counted while it has not begun, `tallies` (by
    storage.announced's kinds) when it has, `recent` over the last `measured` seconds; `author` and `approver` are
    names; `at` is their moment; `behind` are languages of versions that were not changed since another was; `asleep`
    are those who wait for the end of their quiet hours."""

    announcement: Announcement
    parts: Sequence[Part]
    condition: Condition
    reach: Reach
    tallies: Mapping[str, Tally] = field(default_factory=dict)
    author: str = ""
    approver: str = ""
    measured: int = SPEED_OVER
    at: int = 0
    behind: Sequence[str] = ()
    asleep: Asleep = AWAKE
    verdict: Verdict | None = None


def take(
    tx: Transaction,
    who: Who,
    now: int,
    number: int | None,
    *,
    language: str,
    part: Part,
    more: bool,
    programme: Programme | None = None,
) -> Announcement:
    """Keep a message of the organizer's as (a part of) what the announcement says in that language.

    Without `number` it begins a draft. `more`: it belongs to the album begun before; otherwise it takes the place of
    what was there. A language with STAGED before it is a correction, for `correct` to carry out. What the bot worded
    about the `programme` is still checked against it when its words are changed (claims.handed_on).
    """
    need_organizer(who)
    if number is None:
        number = announcements.draft(tx, who.id, part.position, part.text, now, said_by=signing.default(tx)).number
    announcement = get(tx, number)
    if language.startswith(STAGED):
        need_delivered(announcement)
    else:
        need_draft(own(tx, who, number))
    there = version(announcement_parts.of(tx, number), language)
    if not more:
        old = version(announcement_parts.of(tx, number), language.removeprefix(STAGED))
        if programme is not None:
            part = replace(part, place=claims.handed_on(old, part, programme, now))
        announcement_parts.drop(tx, number, language)
    elif len(there) >= ALBUM_MOST:
        raise BadInput("announcements.album_full")
    announcement_parts.put(tx, number, part)
    if not language.startswith(STAGED):
        announcements.set_text(tx, number, headline(announcement_parts.of(tx, number)))
        if there and there != [part] and not more:
            behind.changed(tx, number, language)
    return get(tx, number)


def name_language(tx: Transaction, who: Who, number: int, language: str, *, before: str = FOR_ALL) -> None:
    """Say in which language the version for everybody is written: the others fall back to it with a mark. Or, of a
    version that was said to be in the language `before`, that it is in another, or (FOR_ALL) for everybody again."""
    need_draft(own(tx, who, number))
    there = languages_of(announcement_parts.of(tx, number))
    if language in there:
        raise BadInput("announcements.version_there")
    if before not in there or language not in (FOR_ALL, *LANGUAGES):
        raise Stale("refusal.stale")
    announcement_parts.move(tx, number, before, language)
    if behind_versions.catch_up(tx, number, before):
        behind_versions.put(tx, number, language, before)


def drop_version(tx: Transaction, who: Who, number: int, language: str) -> None:
    """Drop one of several versions."""
    need_draft(own(tx, who, number))
    if len(languages_of(announcement_parts.of(tx, number))) < 2:
        raise BadInput("announcements.last_version")
    announcement_parts.drop(tx, number, language)
    behind_versions.catch_up(tx, number, language)
    announcements.set_text(tx, number, headline(announcement_parts.of(tx, number)))


def right_as_they_are(tx: Transaction, who: Who, number: int) -> None:
    """No version needs a change because of another's."""
    seen(tx, who, number)
    behind_versions.clear(tx, number)


def choose_audience(tx: Transaction, who: Who, number: int, *, kind: str, value: str, wanted: bool) -> None:
    """Add or remove one choice; `kind` "" is everybody again."""
    announcement = own(tx, who, number)
    need_draft(announcement)
    before = audience.read(announcement.audience)
    after = audience.toggled(before, kind, value, wanted) if kind else Condition()
    announcements.set_audience(tx, number, audience.write(after))


def choose_urgent(tx: Transaction, who: Who, number: int, urgent: bool) -> None:
    need_draft(own(tx, who, number))
    announcements.set_urgent(tx, number, urgent)


def choose_time(tx: Transaction, who: Who, number: int, send_at: int | None, send_with: str = "") -> None:
    """At a moment, with a session, or (neither) at once."""
    need_draft(own(tx, who, number))
    announcements.set_time(tx, number, send_at, send_with)


def choose_expiry(tx: Transaction, who: Who, number: int, expires_at: int | None, expires_with: str = "") -> None:
    """At a moment, with the end of a session (which is that moment now), or (neither) never."""
    need_draft(own(tx, who, number))
    announcements.set_expiry(tx, number, expires_at, expires_with)


def confirm(
    tx: Transaction, who: Who, now: int, number: int, *, message: int | None, programme: Programme, approval: bool
) -> Announcement | None:
    """Let a draft go its way: at once, at its time, or first to the other organizers. None the second time.

    `message`, in the organizer's chat, will follow it.
    """
    announcement = own(tx, who, number)
    if announcement.state == CANCELLED:
        raise Stale("announcements.gone")
    if announcement.state != DRAFT:
        return None
    timing.need_sense(tx, announcement, programme, marks(tx), now)
    others = asked_to_approve(tx, who) if approval else []
    if approval and not others:
        raise BadInput("announcements.no_second")
    announcements.confirm(tx, number, state=ASKED if approval else SCHEDULED, chat=who.id, message=message, now=now)
    audit.note(tx, who.id, "announced", now, detail={"announcement": number})
    if approval:
        outgoing.enqueue(tx, outgoing.Approval(number, now), others, deliveries.LANE_CARD, now)
    else:
        timing.settle(tx, get(tx, number), programme, marks(tx), now)
    return get(tx, number)


def asked_to_approve(tx: Transaction, who: Who) -> list[int]:
    """The other organizers who can be reached."""
    return [person for person in roles.organizers(tx) if person != who.id]


def decide(tx: Transaction, who: Who, now: int, number: int, *, asked: int, yes: bool, programme: Programme) -> str:
    """A second organizer lets go what was put forward at `asked`, or sends it back.

    One whose author is not an organizer any more is theirs from then on. What came of it: "approved", "declined",
    "late" when it would come too late by now and "outdated" when it says what is not so any more, both a draft again,
    "" when somebody decided before. Stale when it was put forward again since, and may say something else.
    """
    need_organizer(who)
    announcement = get(tx, number)
    if announcement.author == who.id:
        raise NotAllowed("announcements.own_approval")
    if announcement.state != ASKED:
        return ""
    if announcement.confirmed_at != asked:
        raise Stale("announcements.not_now")
    if yes and timing.outdated(tx, announcement_parts.of(tx, number), now):
        timing.give_back(tx, announcement, "outdated", now)
        return "outdated"
    audit.note(tx, who.id, "approved" if yes else "declined", now, detail={"announcement": number})
    if not yes:
        timing.give_back(tx, announcement, "declined", now)
        return "declined"
    announcements.approve(tx, number, who.id)
    orphan = not organizes(tx, announcement.author)
    if orphan:
        announcements.adopt(tx, number, who.id)  # who would have the draft, were it too late?
    timing.settle(tx, get(tx, number), programme, marks(tx), now)
    after = announcements.get(tx, number)
    if after is None or after.state == DRAFT:
        return "late"
    if not orphan:
        timing.notify_author(tx, announcement, "approved", now)
    return "approved"


def organizes(tx: Transaction, person: int | None) -> bool:
    """Whether the author of something is (still) an organizer; one who is forgotten is not."""
    if person is None:
        return False
    return roles.is_chief(tx, person) or any(one.role == ORGANIZER for one in roles.of_person(tx, person))


def take_back(tx: Transaction, who: Who, now: int, number: int) -> bool:
    """Back to a draft, to change it: an approval does not hold for the changed one. False when it is on its way."""
    own(tx, who, number)
    if not announcements.back(tx, number):
        return False
    audit.note(tx, who.id, "taken_back", now, detail={"announcement": number})
    return True


def cancel(tx: Transaction, who: Who, now: int, number: int) -> bool:
    """Drop what has not begun; again is the same. False when it is on its way already."""
    announcement = seen(tx, who, number)
    if announcement.state == CANCELLED and announcement.started_at is None:
        return True
    if not announcements.drop(tx, number):
        return False
    if announcement.state != DRAFT:
        audit.note(tx, who.id, "cancelled", now, detail={"announcement": number})
    return True


def did_last(tx: Transaction, who: Who, number: int, *actions: str) -> bool:
    """Whether a press is the second tap of somebody who did one of these about the announcement just now."""
    return just_did(tx, who, *actions, announcement=number)


def own(tx: Transaction, who: Who, number: int) -> Announcement:
    """The organizer's own announcement; somebody else's is treated as missing."""
    need_organizer(who)
    announcement = get(tx, number)
    if announcement.author != who.id:
        raise Stale("announcements.gone")
    return announcement


def seen(tx: Transaction, who: Who, number: int) -> Announcement:
    """An announcement the organizer may see: their own, and others' that are not drafts any more."""
    need_organizer(who)
    announcement = get(tx, number)
    if announcement.author != who.id and announcement.state == DRAFT:
        raise Stale("announcements.gone")
    return announcement


def get(tx: Transaction, number: int) -> Announcement:
    announcement = announcements.get(tx, number)
    if announcement is None:
        raise Stale("announcements.gone")
    return announcement


def need_draft(announcement: Announcement) -> None:
    if announcement.state != DRAFT:
        raise Stale("announcements.already" if announcement.state != CANCELLED else "announcements.gone")


def need_delivered(announcement: Announcement) -> None:
    """Only what has gone out, and was not taken back, can be repaired."""
    if announcement.started_at is None or announcement.withdrawn_at is not None:
        raise Stale("announcements.gone")


def facts(tx: Transaction, who: Who, now: int, number: int) -> Facts:
    """For an organizer who may see it."""
    return about(tx, seen(tx, who, number), now)


def about(tx: Transaction, announcement: Announcement, now: int) -> Facts:
    number = announcement.number
    condition = audience.read(announcement.audience)
    begun = announcement.started_at is not None
    age = now - (announcement.started_at or 0)
    since = now - min(SPEED_OVER, age + 1)  # what was sent in its first second counts
    sending, edits = outgoing.Announcement(number), outgoing.AnnouncementEdit.beginning(number)
    return Facts(
        announcement,
        announcement_parts.of(tx, number),
        condition,
        NOBODY if begun else audiences.count(tx, condition),
        announced.tallies(tx, sending.thing, edits, since) if begun else {},
        participants.name_of(tx, announcement.author),
        participants.name_of(tx, announcement.approved_by),
        max(1, min(SPEED_OVER, age)),
        now,
        behind.of(tx, number),
        announced.asleep(tx, sending.thing, now) if begun and announcement.finished_at is None else AWAKE,
        decided(tx, announcement),
    )


def decided(tx: Transaction, announcement: Announcement) -> Verdict | None:
    """None when nobody decided about it since it was sent off or corrected, or whoever did was forgotten."""
    found = audit.of_announcement(tx, announcement.number, announcement.created_at, 2)
    if not found or found[0].deed == "announced":
        return None
    last, before = found[0], found[-1]
    what, mark = last.deed, marked(last)
    if what == "corrected":
        if not mark:
            return None
        what = "proposed"
    elif what in ("approved", "declined") and marked(before):
        what, mark = f"correction_{what}", marked(before)
    name = participants.name_of(tx, last.actor)
    return Verdict(what, name, mark) if name else None


def marked(action: StaffAction) -> str:
    """Of a correction that was put forward, its mark."""
    return str(action.detail.get("mark", "")) if action.deed == "corrected" else ""


def after_decision(tx: Transaction, who: Who, now: int, number: int) -> Facts | None:
    """For an organizer who was asked to decide: also of what is the author's draft again. None of what is erased."""
    need_organizer(who)
    announcement = announcements.get(tx, number)
    return None if announcement is None else about(tx, announcement, now)


def listed(tx: Transaction, who: Who) -> list[Announcement]:
    """What the organizer may know of, the newest first."""
    need_organizer(who)
    return announcements.listed(tx, who.id)


def with_versions_behind(tx: Transaction, who: Who) -> frozenset[int]:
    """The announcements in which one version was changed and another was not."""
    need_organizer(who)
    return behind_versions.numbers(tx)


def finish(tx: Transaction, number: int, now: int) -> bool:
    return announcements.finish(tx, number, now)
