"""How long a text is for Telegram: what is visible of its HTML, in UTF-16 units."""

from __future__ import annotations

import html
import re

# Characters after entity parsing, counted as Telegram counts them: UTF-16 units (Bot API, sendMessage, sendPhoto).
TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024


def units(text: str) -> int:
    """The length Telegram counts: UTF-16 code units, an emoji is two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def visible(text: str) -> str:
    """What people read of HTML."""
    return html.unescape(re.sub(r"<[^>]*>", "", text))
