"""What the outbox carries of announcements: a class for each kind (bot.actions.outgoing, where all are known)."""

from __future__ import annotations

from dataclasses import dataclass

from bot.actions.codec import OutgoingMessage


@dataclass(frozen=True, slots=True)
class Announcement(OutgoingMessage):
    """To its audience."""

    kind = "announcement"
    number: int


@dataclass(frozen=True, slots=True)
class AnnouncementEdit(OutgoingMessage):
    """To everybody who has the announcement: what it says since that revision."""

    kind = "announcement-edit"
    number: int
    revision: int


@dataclass(frozen=True, slots=True)
class AnnouncementDelete(OutgoingMessage):
    """To everybody who has the announcement, which was withdrawn."""

    kind = "announcement-delete"
    number: int


@dataclass(frozen=True, slots=True)
class Approval(OutgoingMessage):
    """To an organizer, the announcement that was put forward at that moment."""

    kind = "announcement-approval"
    number: int
    asked: int


@dataclass(frozen=True, slots=True)
class EditApproval(OutgoingMessage):
    """To an organizer, the correction with that mark (bot.actions.announcements.wording) of the announcement's
    version."""

    kind = "announcement-edit-approval"
    number: int
    language: str
    mark: str


@dataclass(frozen=True, slots=True)
class AnnouncementNews(OutgoingMessage):
    """To organizers: what happened to the announcement."""

    kind = "announcement-news"
    number: int
    what: str
    at: int
