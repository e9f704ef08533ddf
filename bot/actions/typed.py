"""What people type, made fit to keep: without invisible and reordering characters, with spaces in order."""

from __future__ import annotations

import re
import unicodedata

ZERO_WIDTH_JOINER = "\u200d"  # holds emoji together, so it stays between visible characters
# Letters and marks by their category, but invisible: the fillers of Hangul, the grapheme
# joiner, two vowels of Khmer, and the second set of variation selectors.
UNSEEN = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\U000e0100-\U000e01ef]")
MARKS_MOST = 3  # on one letter; what stacks more (U+0336 and the like, "zalgo") is there to break the page


def tidy(text: str) -> str:
    """The text in NFC without control and format characters (bidi overrides, zero-width spaces), lines kept.

    No more than one empty line in a row, no spaces at the ends of lines.
    """
    kept = "".join(character for character in UNSEEN.sub("", text) if stays(character))
    lines = without_piles(unicodedata.normalize("NFC", kept)).split("\n")
    # After the spaces, for a joiner may stand between them and the line's end.
    clean = (re.sub(r"\s+", " ", line).strip(f" {ZERO_WIDTH_JOINER}") for line in lines)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(clean)).strip("\n")


def stays(character: str) -> bool:
    return (
        character.isspace()
        or character == ZERO_WIDTH_JOINER
        or unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co", "Cn")
    )


def without_piles(text: str) -> str:
    """No more than MARKS_MOST marks on a letter, in whatever script; a joiner between them makes no new letter."""
    kept = []
    marks = 0
    for character in text:
        if unicodedata.category(character) in ("Mn", "Me"):
            marks += 1
        elif character != ZERO_WIDTH_JOINER:
            marks = 0
        if marks <= MARKS_MOST:
            kept.append(character)
    return "".join(kept)


def one_line(text: str) -> str:
    """As `tidy`, on one line: for names."""
    return " ".join(tidy(text).split())


def says_something(text: str) -> bool:
    """True when at least two letters or digits are in it: "?!" and an emoji alone are no question."""
    return sum(1 for character in text if character.isalnum()) >= 2
