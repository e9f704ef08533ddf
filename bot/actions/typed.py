"""What people type, made fit to keep: invisible and reordering characters out, spaces in order."""

from __future__ import annotations

import re
import unicodedata

ZERO_WIDTH_JOINER = "\u200d"  # holds emoji together, so it stays between visible characters
VARIATION_SELECTORS = ("\ufe0e", "\ufe0f")
# More marks than any script stacks on one letter are there to break the page ("zalgo").
PILED_MARKS = re.compile(r"([\u0300-\u036f]{3})[\u0300-\u036f]+")


def tidy(text: str) -> str:
    """The text in NFC without control and format characters (bidi overrides, zero-width spaces), lines kept.

    No more than one empty line in a row, no spaces at the ends of lines.
    """
    kept = (
        letter
        for letter in unicodedata.normalize("NFC", text)
        if letter in ("\n", ZERO_WIDTH_JOINER) or unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Co", "Cn")
    )
    lines = (re.sub(r"\s+", " ", line).strip() for line in "".join(kept).split("\n"))
    joined = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip().strip(ZERO_WIDTH_JOINER)
    return PILED_MARKS.sub(r"\1", joined)


def one_line(text: str) -> str:
    """As `tidy`, on one line: for names."""
    return " ".join(tidy(text).split())


def says_something(text: str) -> bool:
    """True when at least two letters or digits are in it: "?!" and an emoji alone are no question."""
    return sum(1 for letter in text if letter.isalnum()) >= 2
