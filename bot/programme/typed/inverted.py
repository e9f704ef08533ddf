"""The words of a programme and the items that have them: what the search is made of."""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, product

from bot.programme.clean import unmarked
from bot.programme.fold import fold, is_cyrillic, kazakh_stem, sound, stems, words
from bot.programme.model import LANGUAGES, Text
from bot.programme.typed.mistakes import MOST, Mistakes, halves, one_script
from bot.programme.typed.vocabulary import idle, same

# What a hit is worth by where it is. A weak hit in a title (0.5 of 100) still beats the rest together.
TITLE, PERSON, TOPIC, ROOM, OFFICE, ABSTRACT = range(6)
_WEIGHTS = (100.0, 15.0, 10.0, 10.0, 6.0, 2.0)

# What a hit is worth by how the word was met.
_SAME, _STEM, _SOUND, _PREFIX, _SOUND_PREFIX, _ROOT = 1.0, 0.9, 0.8, 0.7, 0.6, 0.5
_MEANT = 0.4  # by another word that means the same

_OTHER_LANGUAGE = 0.9  # a word of a translation that the person does not read
_EVERY = len(LANGUAGES)  # the language of a text that is one for all
_SHORTEST_PREFIX = 3
_SHORTEST_ROOT = 4
_MOST_WORDS = 12  # of a query
_MOST_MISTAKES = 3  # words of a query that are nowhere; with more of them it is no search
_LAST_VOWELS = re.compile("[aeiou]+$")
_WORD = re.compile(r"[^\W_]+")
_HYPHENED = re.compile(r"[^\W_]+(?:[-‐‑][^\W_]+)+")
_SPOKEN = re.compile(r"[^\W_]+(?:[-‐‑'’ʼʹ`][^\W_]+)*")

Scores = dict[int, float]
"""By item, what it is worth."""


def spoken(text: str) -> list[str]:
    """The words of a text as they are written, those with a hyphen whole."""
    return _SPOKEN.findall(unicodedata.normalize("NFKC", text))


def joined(word: str) -> str:
    """A word folded, its parts written together: «вице-министр», "Wi-Fi"."""
    return "".join(words(word))


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for: folded words, each with its parts, which are several where it has a hyphen. Words that say
    nothing are left out beside others."""

    parts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, typed: str) -> Query:
        written = islice(spoken(typed), 4 * _MOST_WORDS)
        asked = list(as_phrases([tuple(map(one_script, words(word))) for word in written]))
        # «о», "a" and the like are no help beside longer words.
        longer = [parts for parts in asked if len("".join(parts)) > 1 or parts[0].isdigit()] or asked
        weighty = [parts for parts in longer if " ".join(parts) not in idle()] or longer
        return cls({"".join(parts): parts for parts in weighty[:_MOST_WORDS]})

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(self.parts)


def as_phrases(asked: Sequence[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """Two words that mean one thing of the vocabulary («вай фай») as one with two parts."""
    at = 0
    while at < len(asked):
        both = tuple(part for parts in asked[at : at + 2] for part in parts)
        together = len(both) > len(asked[at]) and "".join(both) in same()
        if both and asked[at]:
            yield both if together else asked[at]
        at += 2 if together else 1


def in_all(found: Iterable[Scores]) -> Scores:
    """The items that are in each, with what they are worth in all of them."""
    totals: Scores | None = None
    for one in found:
        totals = (
            one if totals is None else {item: totals[item] + score for item, score in one.items() if item in totals}
        )
        if not totals:
            return {}
    return totals or {}


def best_of(found: Iterable[Scores]) -> Scores:
    """The items that are in any, with what they are worth in the best."""
    best: Scores = {}
    for one in found:
        for item, score in one.items():
            if score > best.get(item, 0.0):
                best[item] = score
    return best


def ranked(scores: Scores) -> list[tuple[int, float]]:
    return sorted(scores.items(), key=lambda found: (-found[1], found[0]))


class Inverted:
    """An inverted index. A posting is one number: item, field and language; a word has an array of them."""

    def __init__(self) -> None:
        self._postings: dict[str, array[int]] = {}
        self._sorted: list[str] = []
        self._by_stem: dict[str, list[str]] = {}
        self._sounds: list[tuple[str, str]] = []  # (how it sounds, word), sorted
        self._mistakes = Mistakes()

    def add(self, item: int, field: int, text: Text) -> None:
        for language, variant in text.variants:
            said = LANGUAGES.index(language) if language else _EVERY
            posting = (item << 5) | (field << 2) | said
            plain = fold(unmarked(variant) if field == ABSTRACT else variant)
            for word in {*_WORD.findall(plain), *map(joined, _HYPHENED.findall(plain))}:
                self._postings.setdefault(word, array("I")).append(posting)

    def close(self) -> None:
        """Makes what a query needs of the words, each of them once."""
        self._sorted = sorted(self._postings)
        for word in self._sorted:
            for stem in stems(word):
                self._by_stem.setdefault(stem, []).append(word)
        self._sounds = sorted((sound(word), word) for word in self._sorted)
        self._mistakes = Mistakes(self._sorted, self._by_stem)

    def items(self, word: str) -> set[int]:
        """Those that have this very word."""
        return {posting >> 5 for posting in self._postings.get(word, ())}

    def find(self, query: str, language: str) -> list[tuple[int, float]]:
        """(item, score) of the items that meet every word, best first."""
        asked = list(dict.fromkeys(words(query)))[:_MOST_WORDS]
        # «о», "a" and the like are no help beside longer words.
        asked = [word for word in asked if len(word) > 1 or word.isdigit()] or asked
        return ranked(in_all(self._scores(self._alike(word), language) for word in asked))

    def look(self, query: Query, language: str) -> list[tuple[int, float]]:
        """The same; also of words with parts, and by others that mean the same."""
        return ranked(in_all(self._meeting(parts, language) for parts in query.parts.values()))

    def forgiving(self, query: Query, language: str) -> tuple[list[str], list[tuple[int, float]]]:
        """What is found when the words that are nowhere are taken for mistyped ones; before it what they are taken
        for."""
        met = {word: self._meeting(parts, language) for word, parts in query.parts.items()}
        lost = [word for word, items in met.items() if not items]
        if not 0 < len(lost) <= _MOST_MISTAKES:
            return [], []
        ways = {word: [(way, self._by_way(way, language)) for way in self._ways(query.parts[word])] for word in lost}
        found = ranked(
            in_all(best_of(items for _, items in ways[word]) if word in ways else met[word] for word in query.parts)
        )
        if not found:
            return [], []
        best = found[0][0]
        meant = {word: next(way for way, items in ways[word] if best in items) for word in lost}
        return [one for word in query.parts for one in meant.get(word, (word,))], found

    def _meeting(self, parts: Sequence[str], language: str) -> Scores:
        """The items in which a word is met, or all its parts, or another of the same meaning."""
        word = "".join(parts)
        met = [self._scores(self._alike(word), language)]
        if len(parts) > 1:
            in_parts = in_all(self._scores(self._alike(part), language) for part in parts)
            met.append({item: score / len(parts) for item, score in in_parts.items()})
        others = next((same()[one] for one in (word, *stems(word)) if one in same()), frozenset())
        for other in others - {word}:
            found = self._scores(self._forms(other), language)
            met.append({item: score * _MEANT for item, score in found.items()})
        return best_of(met) if len(met) > 1 else met[0]

    def _ways(self, parts: Sequence[str]) -> Iterator[tuple[str, ...]]:
        """What a word that is nowhere may have been, the likeliest first: words that have to be met together."""
        if len(parts) == 1:
            yield from ((one,) for one in self._mistakes.meant(parts[0]))
            yield from (both for both in halves(parts[0]) if all(any(self._forms(half)) for half in both))
        else:
            choices = ([part] if any(self._forms(part)) else self._mistakes.meant(part) for part in parts)
            yield from islice(product(*choices), MOST)

    def _by_way(self, way: Sequence[str], language: str) -> Scores:
        found = in_all(self._scores(self._forms(word), language) for word in way)
        return {item: score * _ROOT for item, score in found.items()}

    def _scores(self, likeness: Iterable[tuple[str, float]], language: str) -> Scores:
        """The items with one of these words, each with the best score that one place of it earns."""
        likely: dict[str, float] = {}
        for word, like in likeness:
            likely[word] = max(like, likely.get(word, 0.0))
        reads = LANGUAGES.index(language) if language in LANGUAGES else _EVERY
        best: Scores = {}
        for word, like in likely.items():
            for posting in self._postings[word]:
                score = like * _WEIGHTS[(posting >> 2) & 7]
                if reads != _EVERY and posting & 3 not in (reads, _EVERY):
                    score *= _OTHER_LANGUAGE
                item = posting >> 5
                if score > best.get(item, 0.0):
                    best[item] = score
        return best

    def _alike(self, asked: str) -> Iterator[tuple[str, float]]:
        """The indexed words that an asked word means, and how surely."""
        yield from self._forms(asked)
        if len(asked) >= _SHORTEST_PREFIX:
            for word in self._beginning(asked):
                yield word, _PREFIX
        if is_cyrillic(asked):
            for stem in {*stems(asked), kazakh_stem(asked)}:
                if len(stem) >= _SHORTEST_ROOT:
                    for word in self._beginning(stem):
                        yield word, _ROOT
        elif min(len(asked), len(heard := sound(asked))) >= _SHORTEST_PREFIX:  # "zzz" sounds as "z"
            yield from self._sounding(heard)

    def _forms(self, asked: str) -> Iterator[tuple[str, float]]:
        """The indexed words that are this one, or another form of it."""
        if asked in self._postings:
            yield asked, _SAME
        for stem in stems(asked):
            for word in self._by_stem.get(stem, ()):
                yield word, _STEM

    def _beginning(self, prefix: str) -> Iterator[str]:
        at = bisect_left(self._sorted, prefix)
        while at < len(self._sorted) and self._sorted[at].startswith(prefix):
            yield self._sorted[at]
            at += 1

    def _sounding(self, heard: str) -> Iterator[tuple[str, float]]:
        for word_sound, word in self._sounds_from(heard):
            yield word, _SOUND if word_sound == heard else _SOUND_PREFIX
        root = _LAST_VOWELS.sub("", heard)  # "zakony": Russian and Kazakh endings mostly end with a vowel
        if root != heard and len(root) >= _SHORTEST_ROOT:
            for _, word in self._sounds_from(root):
                yield word, _ROOT

    def _sounds_from(self, prefix: str) -> Iterator[tuple[str, str]]:
        at = bisect_left(self._sounds, (prefix, ""))
        while at < len(self._sounds) and self._sounds[at][0].startswith(prefix):
            yield self._sounds[at]
            at += 1
