"""Who is asking, known without a question to the database."""

from __future__ import annotations

import sys

from aiogram.types import User

from bot.actions.people.participants import is_back
from bot.texts import language_for
from bot.who import Who
from storage import bookmarks, participants, roles
from storage.database import Database, Transaction
from storage.participants import Participant
from storage.roles import Role

MOST = 50_000  # people kept in memory; at about 1 KB each


def profile(tx: Transaction, person: int) -> tuple[Participant | None, tuple[Role, ...], bool, tuple[str, ...]]:
    # Everybody's bookmarks are of the same few sessions: kept once.
    starred = tuple(sys.intern(code) for code in bookmarks.of_person(tx, person))
    return participants.get(tx, person), roles.of_person(tx, person), roles.is_chief(tx, person), starred


class People:
    """Everybody who has written lately. Whoever changes a person calls `changed`.

    `quiet_hours` are those of everybody who has chosen none.

    Of guests, who have not consented to anything, only the language they chose is kept, and only in memory.
    """

    def __init__(self, db: Database, quiet_hours: str = "") -> None:
        self._db = db
        self._quiet_hours = quiet_hours
        self._known: dict[int, Who] = {}
        self._guest_languages: dict[int, str] = {}
        self._changes = 0

    async def who(self, user: User) -> Who:
        return await self.get(user.id, language_for(user.language_code))

    async def get(self, person: int, language: str | None = None) -> Who:
        """The person by id; `language` is their Telegram's, for one who has chosen none here."""
        known = self._known.get(person)
        if known is not None:
            return known
        changes = self._changes
        participant, held, chief, starred = await self._db.read(profile, person)
        spoken = participant.language if participant else self._guest_languages.get(person, language or "ru")
        quiet = (participant and participant.quiet) or self._quiet_hours
        who = Who(person, spoken, participant, held, chief, starred, quiet)
        # Not kept: a guess at a guest's language, and what was read while somebody may have changed it.
        if changes == self._changes and (participant is not None or language is not None):
            if len(self._known) >= MOST:
                del self._known[next(iter(self._known))]
            self._known[person] = who
        return who

    async def is_back(self, who: Who, now: int) -> Who:
        """Somebody counted as having blocked the bot writes to it: they can be reached again."""
        await self._db.write(is_back, who.id, now)
        self.changed(who.id)
        return await self.get(who.id, who.language)

    def changed(self, person: int) -> None:
        """What is stored about the person has changed."""
        self._changes += 1
        self._known.pop(person, None)

    def everybody_changed(self) -> None:
        """Anybody's stars may be on another session now: a version of the programme moves them."""
        self._changes += 1
        self._known.clear()

    def speak(self, person: int, language: str) -> None:
        """A guest chose a language."""
        if len(self._guest_languages) >= MOST:
            del self._guest_languages[next(iter(self._guest_languages))]
        self._guest_languages[person] = language
        self.changed(person)
