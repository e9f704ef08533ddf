"""Who is asking: one person, their language and their rights."""

from __future__ import annotations

from dataclasses import dataclass

from storage.participants import Participant
from storage.roles import ALL_SESSIONS, Role

ORGANIZER, MODERATOR = "organizer", "moderator"
# Of this role `session` is the code of the speaker that the person is: no right, but what concerns them.
SPEAKER = "speaker"


@dataclass(frozen=True, slots=True)
class Who:
    """`participant` is None until consent; `chief` are those named in ORGANIZERS, whom nobody can revoke.

    `bookmarks` are the codes of the sessions the person starred, `quiet` the hours in which nothing may ring (see
    bot.actions.quiet).
    """

    id: int
    language: str
    participant: Participant | None = None
    roles: tuple[Role, ...] = ()
    chief: bool = False
    bookmarks: tuple[str, ...] = ()
    quiet: str = ""

    @property
    def registered(self) -> bool:
        return self.participant is not None and self.participant.registered_at is not None

    @property
    def starred(self) -> frozenset[str]:
        return frozenset(self.bookmarks)

    @property
    def name(self) -> str:
        return (self.participant and self.participant.name) or ""

    @property
    def organizer(self) -> bool:
        return self.chief or any(role.role == ORGANIZER for role in self.roles)

    @property
    def moderator(self) -> bool:
        """May moderate at least one session."""
        return self.organizer or any(role.role == MODERATOR for role in self.roles)

    def moderates(self, session: str) -> bool:
        return self.organizer or any(
            role.role == MODERATOR and role.session in (ALL_SESSIONS, session) for role in self.roles
        )

    @property
    def moderates_everywhere(self) -> bool:
        """May moderate all sessions: what they do may hold for all."""
        return self.moderates(ALL_SESSIONS)

    @property
    def speaks_as(self) -> tuple[str, ...]:
        """Codes of the programme's speakers that the person is."""
        return tuple(role.session for role in self.roles if role.role == SPEAKER)
