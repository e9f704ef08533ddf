"""What a message that somebody typed into a form became: an edit of that very message changes it, until it is sent.

Kinds and field names are stored: never rename one.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any, ClassVar

from storage import typed_messages
from storage.database import Transaction
from storage.typed_messages import TypedMessage

KEPT_FOR = 60 * 86400  # seconds: longer than a forum is prepared, held and wound up


@dataclass(frozen=True, slots=True)
class Became:
    """`kept` is the value as it was kept: while something else stands in its place, an edit does not change that."""

    KIND: ClassVar[str]

    @property
    def thing(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class OwnName(Became):
    KIND = "name"
    kept: str


@dataclass(frozen=True, slots=True)
class OwnOrganization(Became):
    KIND = "organization"
    kept: str


@dataclass(frozen=True, slots=True)
class QuestionWords(Became):
    """The new words of the person's own question."""

    KIND = "question"
    number: int
    kept: str


@dataclass(frozen=True, slots=True)
class RatingWords(Became):
    KIND = "rating"
    session: str
    kept: str


@dataclass(frozen=True, slots=True)
class DecisionWords(Became):
    """A reason in own words, or an answer; `revision` is the question's since that decision, `kept` a digest: the words
    are the question's, and go with its author."""

    KIND = "decision"
    number: int
    decision: str
    desk: str
    revision: int
    kept: str


@dataclass(frozen=True, slots=True)
class QuestionWording(Became):
    """A moderator's wording of somebody's question; `kept` is a digest here too."""

    KIND = "wording"
    number: int
    desk: str
    kept: str


@dataclass(frozen=True, slots=True)
class ClosingWord(Became):
    """What all that was left of a session was closed with; `first` is the first of these actions (storage.audit),
    `kept` a digest here too."""

    KIND = "closing"
    first: int
    kept: str


@dataclass(frozen=True, slots=True)
class ChairNote(Became):
    KIND = "note"
    session: str
    kept: str


@dataclass(frozen=True, slots=True)
class StopWords(Became):
    """Those that the message added, one a line."""

    KIND = "stop-words"
    kept: str


@dataclass(frozen=True, slots=True)
class AnnouncementPart(Became):
    """`kept` is the mark of the part (bot.actions.announcements.wording)."""

    KIND = "announcement"
    number: int
    kept: str


@dataclass(frozen=True, slots=True)
class AnnouncementTime(Became):
    """`kept` in epoch seconds."""

    KIND = "announcement-time"
    number: int
    kept: int


@dataclass(frozen=True, slots=True)
class OfficeName(Became):
    """Of an office, as the announcement with that number was to be from it; `kept` is its code."""

    KIND = "office"
    number: int
    kept: str


@dataclass(frozen=True, slots=True)
class SessionStart(Became):
    """`kept` in ISO."""

    KIND = "start"
    session: str
    kept: str


@dataclass(frozen=True, slots=True)
class SessionLength(Became):
    """`kept` in minutes."""

    KIND = "length"
    session: str
    kept: int


@dataclass(frozen=True, slots=True)
class SessionSlot(Became):
    """Start (in ISO) and minutes of a session that is added; `session` "" while its title is not typed."""

    KIND = "slot"
    day: str
    session: str
    kept: str
    minutes: int


@dataclass(frozen=True, slots=True)
class ProgrammeText(Became):
    """A text in a language."""

    KIND = "text"
    kind: str
    code: str
    field: str
    language: str
    kept: str


@dataclass(frozen=True, slots=True)
class ProgrammeName(Became):
    """The name of something new, in the languages it was typed in: `kept` is what was typed."""

    KIND = "named"
    kind: str
    code: str
    field: str
    kept: str


@dataclass(frozen=True, slots=True)
class SoughtName(Became):
    """Whoever is looked for to take a seat; nobody as yet."""

    KIND = "sought"
    kept: str


@dataclass(frozen=True, slots=True)
class SpeakerPhoto(Became):
    """`kept` is the photo as the programme has it, `file` Telegram's lasting name of what was sent."""

    KIND = "photo"
    speaker: str
    page: int
    kept: str
    file: str


@dataclass(frozen=True, slots=True)
class ProgrammeUpload(Became):
    """A file of the programme; `kept` is Telegram's lasting name of it."""

    KIND = "file"
    kept: str


@dataclass(frozen=True, slots=True)
class WatchedAddress(Became):
    KIND = "address"
    kept: str


KINDS: dict[str, type[Became]] = {one.KIND: one for one in Became.__subclasses__()}


def digest(words: str) -> str:
    """Tells words from others without keeping them."""
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def of(kind: str, thing: str) -> Became | None:
    """What is stored; None when a later version wrote it otherwise."""
    try:
        fields: dict[str, Any] = json.loads(thing)
        return KINDS[kind](**fields)
    except (KeyError, TypeError, ValueError):
        return None


def remember(tx: Transaction, person: int, message: int, became: Became, *, seen: str, now: int) -> None:
    """The message has become that; someone of whom nothing is kept leaves nothing here either."""
    typed_messages.drop_old(tx, person, now - KEPT_FOR)
    typed_messages.put(tx, TypedMessage(person, message, became.KIND, became.thing, seen, now))


def turn(tx: Transaction, person: int, message: int, became: Became) -> None:
    """What the message began has become something else by a later step."""
    typed_messages.turn(tx, person, message, becomes=became.KIND, thing=became.thing)
