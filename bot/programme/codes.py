"""Codes that are made of names, for what has none: as readable as the letters allow, each once."""

from __future__ import annotations

import hashlib
from collections.abc import Container

from bot.programme.fold import slug

LONGEST = 24  # characters of a code that is made of words


def code_of(words: str) -> str:
    """The same for the same words, whatever they are."""
    return slug(words, LONGEST) or hashed(words)


def hashed(words: str) -> str:
    """For what has no letters to be read."""
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:10]


def unused_code(words: str, taken: Container[str], numbers: dict[str, int] | None = None) -> str:
    """code_of(), with a number behind it when that is taken.

    `numbers` is kept by whoever makes many: the last number behind each code, so that ten thousand of one name do not
    each begin at one.
    """
    numbers = {} if numbers is None else numbers
    base = code = code_of(words)
    while code in taken:
        number = numbers[base] = numbers.get(base, 1) + 1
        code = f"{base[: LONGEST - len(str(number)) - 1]}-{number}"
    return code
