"""What an announcement says to readers of each language, and what may take its place once it is delivered."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.programme.text import LANGUAGES, Text
from storage.announcement_parts import Part

FOR_ALL = ""
STAGED = "+"  # before the language of a correction that is not confirmed yet

CAPTIONED = ("photo", "video", "document", "audio", "voice")
# In an album only these may follow one another (Bot API, editMessageMedia).
ALIKE = {"photo": "picture", "video": "picture", "document": "document", "audio": "audio"}


def languages_of(parts: Sequence[Part]) -> tuple[str, ...]:
    """The languages it is written in, FOR_ALL among them; without corrections that are not confirmed."""
    return tuple(dict.fromkeys(part.language for part in parts if not part.language.startswith(STAGED)))


def in_order(languages: Iterable[str]) -> tuple[str, ...]:
    """As the languages are listed everywhere, FOR_ALL first."""
    return tuple(sorted(languages, key=(FOR_ALL, *LANGUAGES).index))


def language_for(parts: Sequence[Part], reader: str) -> str | None:
    """The version a reader of that language gets: their own, the one for all, else the nearest. None without any."""
    there = languages_of(parts)
    if reader in there or not there:
        return reader if there else None
    if FOR_ALL in there:
        return FOR_ALL
    return Text(dict.fromkeys(there, "x")).language_said(reader) or there[0]


def version(parts: Sequence[Part], language: str | None) -> list[Part]:
    return [part for part in parts if part.language == language]


def readers_of(parts: Sequence[Part], language: str) -> list[str]:
    """The languages whose readers get this version."""
    return [reader for reader in LANGUAGES if language_for(parts, reader) == language]


def headline(parts: Sequence[Part]) -> str:
    """The first words of it, as HTML, without corrections that are not confirmed; "" when it has none."""
    return first_words([part for part in parts if not part.language.startswith(STAGED)])


def first_words(parts: Sequence[Part]) -> str:
    return next((part.text for part in parts if part.text), "")


def mark(parts: Sequence[Part]) -> str:
    """What distinguishes these messages from others staged in their place, short enough for a button."""
    said = [(part.position, part.kind, part.text, part.file, part.place) for part in parts]
    return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


def words_mark(part: Part) -> str:
    """The mark of a message as it was written: without what the bot keeps of it (`claims`)."""
    return mark([part if part.kind == "location" else replace(part, place="")])


def can_replace(old: Sequence[Part], new: Sequence[Part]) -> bool:
    """Whether messages as `old` can be edited into `new` where they stand (Bot API, editMessageMedia)."""
    return len(old) == len(new) and all(
        fits(before, after, len(old) > 1) for before, after in zip(old, new, strict=True)
    )


def fits(old: Part, new: Part, in_album: bool) -> bool:
    if old.kind == "voice":
        return new.kind == "voice" and new.file == old.file
    if new.kind not in ALIKE:
        return old.kind == new.kind == "text"
    if in_album:
        return ALIKE.get(old.kind) == ALIKE[new.kind]
    return old.kind == "text" or old.kind in ALIKE
