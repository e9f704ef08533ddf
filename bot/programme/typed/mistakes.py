"""Words as they were meant: mistyped, written together or apart, with letters of two scripts, on the other keyboard."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.programme.fold import is_cyrillic, sound, stems

SHORTEST, LONGEST = 4, 30  # sounds of a word that may be mistyped
# Sounds from which one or two may be wrong; below nothing is forgiven but doubled letters.
ONE_WRONG, ONE_WRONG_OF_TWO_SCRIPTS, TWO_WRONG = 6, 8, 10
MOST = 8  # words that a mistyped one may have been
SHORTEST_HALF = 3  # of a word that is two

DIGIT = re.compile(r"\d")
_CYRILLIC, _LATIN = re.compile("[а-яё]"), re.compile("[a-z]")
_LOOKALIKES = str.maketrans("aceopxyhkmtbi", "асеорхункмтви")
_KEYS = "`qwertyuiop[]asdfghjkl;'zxcvbnm,.", "ёйцукенгшщзхъфывапролджэячсмитьбю"
_TO_CYRILLIC, _TO_LATIN = str.maketrans(*_KEYS), str.maketrans(*reversed(_KEYS))


class Mistakes:
    """The words of an index by how they and their stems sound."""

    def __init__(self, words: Iterable[str] = (), by_stem: Mapping[str, Iterable[str]] | None = None) -> None:
        heard: dict[str, set[str]] = {}
        for form, its in (*((word, (word,)) for word in words), *(by_stem or {}).items()):
            heard.setdefault(sound(form), set()).update(its)
        # A number is another number, and a short word another word.
        self._words = {one: its for one, its in heard.items() if len(one) >= SHORTEST and not DIGIT.search(one)}
        self._by_first: dict[str, list[str]] = {}
        for one in self._words:
            self._by_first.setdefault(one[0], []).append(one)

    def meant(self, typed: str) -> list[str]:
        """The words that a folded one is likely to be, the likeliest first: those that sound alike but for a slip or
        two, and begin alike."""
        if DIGIT.search(typed):
            return []
        slips: dict[str, int] = {}
        alike = is_cyrillic(typed)
        for heard in {sound(typed), *map(sound, stems(typed))}:
            if not SHORTEST <= len(heard) <= LONGEST:
                continue
            choices = self._by_first.get(heard[0], ())
            near = process.extract(heard, choices, scorer=OSA.distance, score_cutoff=2, limit=None)
            for other, wrong, _ in near:
                length = max(len(heard), len(other))
                for word in self._words[other]:
                    if wrong <= forgiven(length, one_script=is_cyrillic(word) == alike):
                        slips[word] = min(int(wrong), slips.get(word, 2))

        def likely(word: str) -> tuple[object, ...]:
            return slips[word], is_cyrillic(word) != alike, OSA.distance(word, typed), word

        return sorted(slips, key=likely)[:MOST]


def forgiven(length: int, *, one_script: bool) -> int:
    """How many of so many sounds may be wrong: fewer where two scripts write them differently."""
    return (length >= (ONE_WRONG if one_script else ONE_WRONG_OF_TWO_SCRIPTS)) + (length >= TWO_WRONG)


def halves(typed: str) -> Iterator[tuple[str, str]]:
    """A folded word as two, «заңжоба»; the most even ones first."""
    ways = range(0) if len(typed) > LONGEST else range(SHORTEST_HALF, len(typed) - SHORTEST_HALF + 1)
    for at in sorted(ways, key=lambda at: abs(len(typed) - 2 * at)):
        yield typed[:at], typed[at:]


def one_script(word: str) -> str:
    """A folded word of Cyrillic letters among which Latin ones were typed that look the same."""
    if _CYRILLIC.search(word) and _LATIN.search(word):
        turned = word.translate(_LOOKALIKES)
        return word if _LATIN.search(turned) else turned
    return word


def other_keyboard(typed: str) -> str:
    """What the same keys give on the other layout; "" for what is too short to tell, or of both scripts."""
    typed = typed.lower()
    if len(typed) < SHORTEST:
        return ""
    cyrillic, latin = _CYRILLIC.search(typed), _LATIN.search(typed)
    if bool(cyrillic) == bool(latin):
        return ""
    return typed.translate(_TO_LATIN if cyrillic else _TO_CYRILLIC)
