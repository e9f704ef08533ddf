"""What Telegram finds in plain text by itself: commands, mentions, hashtags, addresses, e-mails."""

from __future__ import annotations

import re
from collections.abc import Iterator

# Real clients know every top-level domain; these are the ones a forum writes without a scheme.
_DOMAINS = "com|org|net|info|int|edu|gov|kz|ru|uz|kg|tj|tm|tr|az|cn|eu|uk|de|io|me|dev|app|ai|ly|tv|online|site"
_FOUND = re.compile(
    rf"""
      (?P<url>(?<![\w@.])(?:https?|ftp|tg|ton)://[^\s<>"«»]+
             |(?<![\w@./-])(?:[\w-]+\.)+(?:{_DOMAINS})(?![\w@])(?::\d+)?(?:[/?\#][^\s<>"«»]*)?)
    | (?P<email>(?<![\w.+-])[A-Za-z0-9._%+-]+@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{{2,}}\b)
    | (?P<bot_command>(?<![\w/<>@])/[A-Za-z0-9_]{{1,64}}(?:@[A-Za-z0-9_]{{3,32}})?(?![\w/<>]))
    | (?P<mention>(?<![\w@])@[A-Za-z0-9_]{{4,32}}\b)
    | (?P<hashtag>(?<![\w#@])\#(?=\w*[^\W\d_])\w{{1,256}}(?!\#))
    | (?P<cashtag>(?<![\w$])\$[A-Z]{{1,8}}\b)
    """,
    re.VERBOSE,
)
_HINTS = re.compile(r"[/@#$]|\.\w")
_TRAILING = ".,:;!?'\"…"


def find(text: str) -> Iterator[tuple[str, int, int]]:
    """(entity type, start, end) in characters of `text`, in order, never overlapping."""
    if not _HINTS.search(text):
        return
    for match in _FOUND.finditer(text):
        kind = match.lastgroup or ""
        start, end = match.span()
        if kind == "url":
            found = match.group().rstrip(_TRAILING)
            # A closing bracket belongs to the address only when its opening one does.
            while found.endswith(")") and found.count(")") > found.count("("):
                found = found[:-1].rstrip(_TRAILING)
            end = start + len(found)
        yield kind, start, end
