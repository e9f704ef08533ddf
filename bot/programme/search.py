"""Search over a programme: titles, abstracts, people, rooms and topics, in all languages at once."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from bot.programme.clean import unmarked
from bot.programme.fold import is_cyrillic, kazakh_stem, sound, stems, words
from bot.programme.model import LANGUAGES, Programme, Session, Speaker, Text

# What a hit is worth by where it is. A weak hit in a title (0.5 of 100) still beats the rest together.
_TITLE, _PERSON, _TOPIC, _ROOM, _OFFICE, _ABSTRACT = range(6)
_WEIGHTS = (100.0, 15.0, 10.0, 10.0, 6.0, 2.0)

# What a hit is worth by how the word was met.
_SAME, _STEM, _SOUND, _PREFIX, _SOUND_PREFIX, _ROOT = 1.0, 0.9, 0.8, 0.7, 0.6, 0.5

_OTHER_LANGUAGE = 0.9  # a word of a translation that the person does not read
_EVERY = len(LANGUAGES)  # the language of a text that is one for all
_SHORTEST_PREFIX = 3
_SHORTEST_ROOT = 4
_MOST_WORDS = 12  # of a query
_LAST_VOWELS = re.compile("[aeiou]+$")


@dataclass(frozen=True, slots=True)
class Hit:
    session: Session
    score: float


class Index:
    """A programme made searchable; build one for a version, then ask it as often as needed.

    Every word of a query has to be met: as it is, in another form («законы» finds «закон», «қоғамдық»
    finds «қоғам»), as the beginning of a word from three letters on, on a keyboard without Kazakh letters,
    or in Latin letters ("zakon", "turkistan").
    """

    def __init__(self, programme: Programme) -> None:
        self._sessions = programme.sessions
        self._speakers = programme.speakers
        self._session_words = _Words()
        for number, session in enumerate(programme.sessions):
            for field, text in _session_texts(programme, session):
                self._session_words.add(number, field, text)
        self._session_words.close()
        self._speaker_words = _Words()
        for number, speaker in enumerate(programme.speakers):
            self._speaker_words.add(number, _TITLE, speaker.name)
            self._speaker_words.add(number, _OFFICE, speaker.office)
        self._speaker_words.close()

    def find(self, query: str, language: str, limit: int = 50) -> tuple[Hit, ...]:
        """The sessions that match, best first, then by time; none for a query without letters or digits."""
        found = self._session_words.find(query, language)
        return tuple(Hit(self._sessions[number], score) for number, score in found[:limit])

    def find_speakers(self, query: str, language: str = "", limit: int = 50) -> tuple[Speaker, ...]:
        """The people whose name or office matches, best first, then in the programme's order."""
        return tuple(self._speakers[number] for number, _ in self._speaker_words.find(query, language)[:limit])


def _session_texts(programme: Programme, session: Session) -> Iterator[tuple[int, Text]]:
    yield _TITLE, session.title
    yield _ABSTRACT, session.abstract
    for code in session.speakers + session.moderators:
        if speaker := programme.speaker(code):
            yield _PERSON, speaker.name
            yield _OFFICE, speaker.office
    if session.room and (room := programme.room(session.room)):
        yield _ROOM, room.name
    if session.topic and (topic := programme.topic(session.topic)):
        yield _TOPIC, topic.name


class _Words:
    """An inverted index. A posting is one number: item, field and language; a word has an array of them."""

    def __init__(self) -> None:
        self._postings: dict[str, array[int]] = {}
        self._sorted: list[str] = []
        self._by_stem: dict[str, list[str]] = {}
        self._sounds: list[tuple[str, str]] = []  # (how it sounds, word), sorted

    def add(self, item: int, field: int, text: Text) -> None:
        for language, variant in text.variants:
            spoken = LANGUAGES.index(language) if language else _EVERY
            posting = (item << 5) | (field << 2) | spoken
            for word in set(words(unmarked(variant) if field == _ABSTRACT else variant)):
                self._postings.setdefault(word, array("I")).append(posting)

    def close(self) -> None:
        """Makes what a query needs of the words, each of them once."""
        self._sorted = sorted(self._postings)
        for word in self._sorted:
            for stem in stems(word):
                self._by_stem.setdefault(stem, []).append(word)
        self._sounds = sorted((sound(word), word) for word in self._sorted)

    def find(self, query: str, language: str) -> list[tuple[int, float]]:
        """(item, score) of the items that meet every word, best first."""
        asked = list(dict.fromkeys(words(query)))[:_MOST_WORDS]
        # «о», "a" and the like are no help next to longer words.
        asked = [word for word in asked if len(word) > 1 or word.isdigit()] or asked
        spoken = LANGUAGES.index(language) if language in LANGUAGES else _EVERY
        totals: dict[int, float] | None = None
        for word in asked:
            met = self._meet(word, spoken)
            if totals is None:
                totals = met
            else:
                totals = {item: totals[item] + score for item, score in met.items() if item in totals}
        return sorted((totals or {}).items(), key=lambda found: (-found[1], found[0]))

    def _meet(self, asked: str, spoken: int) -> dict[int, float]:
        """The items with a word, each with the best score that one place of it earns."""
        likeness: dict[str, float] = {}
        for word, like in self._alike(asked):
            likeness[word] = max(like, likeness.get(word, 0.0))
        best: dict[int, float] = {}
        for word, like in likeness.items():
            for posting in self._postings[word]:
                score = like * _WEIGHTS[(posting >> 2) & 7]
                if spoken != _EVERY and posting & 3 not in (spoken, _EVERY):
                    score *= _OTHER_LANGUAGE
                item = posting >> 5
                if score > best.get(item, 0.0):
                    best[item] = score
        return best

    def _alike(self, asked: str) -> Iterator[tuple[str, float]]:
        """The indexed words that an asked word means, and how surely."""
        if asked in self._postings:
            yield asked, _SAME
        for stem in stems(asked):
            for word in self._by_stem.get(stem, ()):
                yield word, _STEM
        if len(asked) >= _SHORTEST_PREFIX:
            for word in self._beginning(asked):
                yield word, _PREFIX
        if is_cyrillic(asked):
            for stem in {*stems(asked), kazakh_stem(asked)}:
                if len(stem) >= _SHORTEST_ROOT:
                    for word in self._beginning(stem):
                        yield word, _ROOT
        elif len(asked) >= _SHORTEST_PREFIX:
            yield from self._sounding(sound(asked))

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
