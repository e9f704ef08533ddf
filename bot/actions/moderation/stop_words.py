"""Words that flag a question for its moderators, and do nothing else: a person decides, and the author never knows.

They are found in any form and from any keyboard, in letters of the other alphabet that look alike, s p a c e d or
streeetched out.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby

from bot.actions.rights import need_organizer
from bot.actions.typed import one_line, says_something, tidy
from bot.errors import BadInput, Stale, TooMany
from bot.programme.fold import stems, words
from bot.who import Who
from storage import audit, stop_words
from storage.database import Transaction

LONGEST = 40  # characters of a word, or of a few that belong together
MOST = 300  # each card is compared with all of them

# Latin letters and digits that pass for Cyrillic ones.
_ALIKE = str.maketrans(dict(zip("abceghikmnoprtuxy036", "авседникмпоргтихуозб", strict=True)))
_DRAWN_OUT = re.compile(r"(.)\1+")
_AT = re.compile(r"(?<=\w)@(?=\w)")
_SPACED = 3  # single letters in a row that are one word

Shapes = frozenset[str]


def every(tx: Transaction, who: Who) -> list[str]:
    need_organizer(who)
    return stop_words.every(tx)


def add(tx: Transaction, who: Who, now: int, typed: str) -> list[str]:
    """Add what was typed, one a line or between commas; those that are new."""
    need_organizer(who)
    wanted = words_in(typed)
    if len(set(stop_words.every(tx)).union(wanted)) > MOST:
        raise TooMany("stop_words.too_many", most=MOST)
    added = [word for word in wanted if stop_words.add(tx, word, who.id, now)]
    for word in added:
        audit.note(tx, who.id, "stopword_added", now, detail={"word": word})
    return added


def words_in(typed: str) -> list[str]:
    found = list(dict.fromkeys(one_line(word).lower() for word in re.split(r"[\n,;]", tidy(typed))))
    found = [word for word in found if says_something(word)]
    if not found:
        raise BadInput("stop_words.say_something")
    if any(len(word) > LONGEST for word in found):
        raise BadInput("stop_words.too_long", most=LONGEST)
    return found


def amend(tx: Transaction, who: Who, now: int, *, kept: Sequence[str], typed: str) -> list[str]:
    """The message that added the words `kept` is edited: those it does not have any more go, and new ones come. Those
    of it that stand in the list now on its account."""
    need_organizer(who)
    wanted = words_in(typed)
    for word in kept:
        if word not in wanted:
            remove(tx, who, now, mark(word))
    added = add(tx, who, now, typed)
    return [word for word in wanted if word in kept or word in added]


def remove(tx: Transaction, who: Who, now: int, place: str) -> str | None:
    """Remove the word whose `mark` this is; None when it is gone already."""
    need_organizer(who)
    word = next((word for word in stop_words.every(tx) if mark(word) == place), None)
    if word is not None:
        stop_words.remove(tx, word)
        audit.note(tx, who.id, "stopword_removed", now, detail={"word": word})
    return word


def marked(tx: Transaction, who: Who, place: str) -> str:
    """The word whose `mark` this is. Stale when it is gone already."""
    need_organizer(who)
    for word in stop_words.every(tx):
        if mark(word) == place:
            return word
    raise Stale("stop_words.gone")


def mark(word: str) -> str:
    """The word as a button carries it: short enough in any alphabet."""
    return hashlib.sha256(word.encode()).hexdigest()[:16]


def flags(tx: Transaction, text: str) -> tuple[str, ...]:
    """The stop words that are found in the text."""
    listed = stop_words.every(tx)
    if not listed:
        return ()
    said = spoken(text)
    return tuple(word for word in listed if found(spoken(word), said))


def found(wanted: tuple[Shapes, ...], said: tuple[Shapes, ...]) -> bool:
    """Whether the words wanted are said one after another."""
    starts = range(len(said) - len(wanted) + 1)
    return bool(wanted) and any(
        all(not one.isdisjoint(other) for one, other in zip(wanted, said[start:], strict=False)) for start in starts
    )


@lru_cache(maxsize=2048)
def spoken(text: str) -> tuple[Shapes, ...]:
    """The words of a text, each in the shapes it can be met in."""
    joined: list[str] = []
    for alone, run in groupby(words(_AT.sub("а", text)), key=lambda word: len(word) == 1):
        letters = list(run)
        joined += ["".join(letters)] if alone and len(letters) >= _SPACED else letters
    return tuple(map(shapes, joined))


def shapes(word: str) -> Shapes:
    """The stems of a folded word as it is, in Cyrillic letters, and without what was drawn out."""
    spelled = {word, word.translate(_ALIKE)}
    spelled |= {_DRAWN_OUT.sub(r"\1", one) for one in spelled}
    return frozenset(stem for one in spelled for stem in stems(one))
