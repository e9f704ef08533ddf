"""From whom an announcement is: a line below what it says, in its reader's language.

It is kept as its readers read it, each language's in full: what was sent says the same for ever, whatever an office is
called later.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from bot.actions.announcements.wording import CAPTIONED, languages_of, readers_of, version
from bot.errors import BadInput
from bot.programme.text import Text
from bot.texts.length import CAPTION_LIMIT, TEXT_LIMIT, units, visible
from storage import forum_settings
from storage.announcement_parts import Part
from storage.database import Transaction

NOBODY = ""  # nothing is said of it
DEFAULT = "announced_by"  # in forum_settings
APART = "\n\n"  # between the words and the line


def read(said_by: str) -> Text:
    return Text(json.loads(said_by)) if said_by else Text()


def write(lines: Text) -> str:
    return json.dumps(lines.to_document(), ensure_ascii=False) if lines else NOBODY


def line(said_by: str, reader: str) -> str:
    """What readers of that language read; "" for nothing."""
    return read(said_by).say(reader)


def default(tx: Transaction) -> str:
    """What new drafts begin with."""
    return forum_settings.get(tx, DEFAULT) or NOBODY


def carrier(parts: Sequence[Part]) -> int | None:
    """Which of a version's messages carries the line: the first with words, else the first that can have some."""
    worded = [at for at, part in enumerate(parts) if part.text]
    can = [at for at, part in enumerate(parts) if part.kind in ("text", *CAPTIONED)]
    return next(iter(worded or can), None)


def limit(part: Part) -> int:
    return TEXT_LIMIT if part.kind == "text" else CAPTION_LIMIT


def over(said_by: str, parts: Sequence[Part]) -> dict[str, int]:
    """By how much versions are too long with the line, by language, as Telegram counts."""
    if not said_by:
        return {}
    found: dict[str, int] = {}
    for language in languages_of(parts):
        own = version(parts, language)
        at = carrier(own)
        lines = [line(said_by, reader) for reader in readers_of(parts, language)]
        if at is not None and lines:
            words = own[at].text
            length = units(visible(words)) + (len(APART) if words else 0) + max(map(units, lines))
            if length > limit(own[at]):
                found[language] = length - limit(own[at])
    return found


def need_room(said_by: str, parts: Sequence[Part]) -> None:
    """Refuse what does not fit with its line: it is not to be left out silently."""
    too_long = over(said_by, parts)
    if too_long:
        raise BadInput("from_whom.no_room", over=max(too_long.values()))
