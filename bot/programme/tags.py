"""Which HTML elements there are, and what Telegram makes of them."""

from __future__ import annotations

# Element -> the tag it becomes.
INLINE = {
    "b": "b",
    "strong": "b",
    "i": "i",
    "em": "i",
    "cite": "i",
    "dfn": "i",
    "u": "u",
    "ins": "u",
    "s": "s",
    "del": "s",
    "strike": "s",
    "code": "code",
    "kbd": "code",
    "samp": "code",
    "tt": "code",
    "a": "a",
    "pre": "pre",
    "blockquote": "blockquote",
    "h1": "b",
    "h2": "b",
    "h3": "b",
    "h4": "b",
    "h5": "b",
    "h6": "b",
}

# Elements with a blank line around them, and elements that only start a new line.
_PARAGRAPHS = """p h1 h2 h3 h4 h5 h6 ul ol dl table pre blockquote hr section article header footer figure"""
_LINES = """div li tr dt dd caption figcaption address center"""

# Elements whose tags are dropped and whose words stay.
_BARE = """
    abbr aside audio base big body br button embed font form head html iframe img input label link main mark
    meta nav nobr object path picture q small source span sub sup svg tbody td tfoot th thead time title
    video wbr
"""

BREAKS = dict.fromkeys(_PARAGRAPHS.split(), 2) | dict.fromkeys(_LINES.split(), 1)

# What stands inside is not for reading.
SILENT = frozenset(("script", "style"))

# Telegram allows no other entity inside these.
LITERAL = frozenset(("code", "pre"))

# Every element that abstracts were seen to contain; what is not here ("<name>", "Vec<u8>") is words.
KNOWN = INLINE.keys() | BREAKS.keys() | SILENT | frozenset(_BARE.split())
