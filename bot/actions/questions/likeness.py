"""How alike two questions are, in Kazakh, Russian and English, typed on any keyboard.

What counts are the words that carry the matter, in whatever form and order; courtesies and particles do not. A question
about "when" differs from one about "who", and one about 2025 from one about 2026. The same question in two languages is
not recognised. ENOUGH and the weights are those that distinguished the pairs of tests/likeness_pairs.py best.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from bot.programme.fold import stems, words

ENOUGH = 68.0  # of 100: from here on two questions are shown as near
OTHER_ASKED, OTHER_NUMBERS = 0.8, 0.7  # what is left when they ask for another thing, or name other numbers
TYPO = 0.7  # the least likeness of characters at which two words may be one mistyped
SAME_START = 5, 0.55  # characters, and their part of the longer word, by which two words are one with other endings
FORM = 0.85  # what such a word counts
LONG = 8  # characters from which a word weighs no more

# A first, cheap look at thousands passes these on to the thorough one.
WORTH_A_LOOK, LOOKED_AT = 50.0, 20

_SILENT = frozenset(
    words("""
    скажите пожалуйста уважаемый уважаемая уважаемые спикер здравствуйте добрый день вопрос а и в во на о об по с со у к
    ко от до из за для ли же бы то это этот эта эти чтобы не нет да вы мы они он она нам вам нас вас наш ваш их её его
    будет будут быть был была было если нибудь можно ещё уже нужно
    айтыңызшы айтыңыз құрметті сұрақ сұрағым сәлеметсіз бе ма ме ба па пе мен бен пен және бұл осы сол үшін туралы
    бойынша бар болады бола бізге біздің біз сіз сіздер да де та те ғой еді
    please dear speaker hello question the a an of to in on for and is are be will would can do does did it this that
    you we our your going at
    """)
)
_ASKING = {
    word: asked
    for asked, listed in {
        "when": "когда қашан кезде when",
        "who": "кто кого кому кем кім кімге кімнің кімді кімдер who whom",
        "how many": "сколько қанша неше many much",
        "where": "где куда откуда қайда қайдан where",
        "why": "почему зачем отчего неге неліктен why",
        "how": "как каким қалай how",
        "which": "какой какая какие какую каких қандай қай which what",
    }.items()
    for word in words(listed)
}


@dataclass(frozen=True, slots=True)
class Gist:
    """What a question is about: its folded words, what it asks for, the numbers it names."""

    words: tuple[str, ...]
    asked: frozenset[str]
    numbers: frozenset[str]


@lru_cache(maxsize=4096)
def gist(text: str) -> Gist:
    """Kept for as many questions as a large forum has: each is compared again and again."""
    spoken = words(text)
    asked = {_ASKING[word] for word in spoken if word in _ASKING}
    if "how many" in asked:
        asked.discard("how")
    matter = tuple(dict.fromkeys(word for word in spoken if word not in _SILENT and word not in _ASKING))
    return Gist(matter or tuple(spoken), frozenset(asked), frozenset(word for word in spoken if word.isdigit()))


def alike(one: str, other: str) -> float:
    """0 to 100."""
    a, b = gist(one), gist(other)
    if not a.words or not b.words:
        return 0.0
    score = 50 * (found_in(a.words, b.words) + found_in(b.words, a.words))
    if a.asked and b.asked and not a.asked & b.asked:
        score *= OTHER_ASKED
    elif bool(a.asked) != bool(b.asked):
        score *= (1 + OTHER_ASKED) / 2
    return score if a.numbers == b.numbers else score * OTHER_NUMBERS


def found_in(these: Collection[str], those: Collection[str]) -> float:
    """The part of these words that those have too, 0 to 1; a longer word weighs more."""
    total = found = 0.0
    for word in these:
        weight = min(len(word), LONG) ** 0.5
        total += weight
        found += weight * max(same_word(word, other) for other in those)
    return found / total


def same_word(one: str, other: str) -> float:
    """1 for the same word in any form, less for what may be a slip or a derived word, 0 for another."""
    if one == other:
        return 1.0
    if one.isdigit() or other.isdigit():
        return 0.0
    if not forms(one).isdisjoint(forms(other)):
        return 1.0
    likeness = fuzz.ratio(one, other) / 100
    if one[0] == other[0] and likeness < FORM:  # most differ from the first character on
        start = common_start(one, other)
        if start >= SAME_START[0] and start >= SAME_START[1] * max(len(one), len(other)):
            return FORM
    return likeness if likeness >= TYPO else 0.0


@lru_cache(maxsize=16384)
def forms(word: str) -> frozenset[str]:
    """Its stems. The same few thousand words come again in every question of a forum."""
    return frozenset(stems(word))


def common_start(one: str, other: str) -> int:
    pairs = zip(one, other, strict=False)
    return next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def nearest(
    text: str, others: Mapping[int, str], limit: int, enough: float = ENOUGH, *, looked_at: int = LOOKED_AT
) -> list[tuple[int, float]]:
    """(number, likeness) of those among `others`, texts by their numbers, that are alike enough, the nearest first; of
    more than `looked_at` some may be missed.

    A tenth of a millisecond for fifty, five for two thousand; after a start twenty times that, once.
    """
    mine = " ".join(gist(text).words)
    choices = {number: " ".join(gist(other).words) for number, other in others.items()}
    first = process.extract(
        mine, choices, scorer=fuzz.token_sort_ratio, limit=looked_at, score_cutoff=WORTH_A_LOOK, processor=None
    )
    scored = [(number, alike(text, others[number])) for _, _, number in first]
    near = [(number, score) for number, score in scored if score >= enough]
    return sorted(near, key=lambda found: (-found[1], found[0]))[:limit]
