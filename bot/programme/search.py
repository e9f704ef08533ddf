"""Search over a programme: its sessions, people, rooms and pages, in all languages at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.programme.clean import unmarked
from bot.programme.model import Page, Programme, Room, Session, Speaker, Text
from bot.programme.typed.inverted import ABSTRACT, OFFICE, PERSON, ROOM, TITLE, TOPIC, Inverted, Query, joined, spoken
from bot.programme.typed.mistakes import other_keyboard

Thing = Session | Speaker | Room | Page


@dataclass(frozen=True, slots=True)
class Hit:
    session: Session
    score: float


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found, best first; `instead`: the words that were looked for, where those that were typed are not
    there."""

    things: tuple[Thing, ...] = ()
    instead: str = ""


class Index:
    """A programme made searchable; build one for a version, then ask it as often as needed.

    Every word of a query has to be met: as it is, in another form («законы» finds «закон», «қоғамдық»
    finds «қоғам»), as the beginning of a word from three letters on, on a keyboard without Kazakh letters,
    or in Latin letters ("zakon", "turkistan").
    """

    def __init__(self, programme: Programme) -> None:
        self._programme = programme
        # Of those that are worth the same the first come first.
        self._things: tuple[Thing, ...] = (
            *programme.rooms,
            *programme.speakers,
            *programme.pages,
            *programme.sessions,
        )
        self._words = Inverted()
        for number, thing in enumerate(self._things):
            for field, text in _texts(programme, thing):
                self._words.add(number, field, text)
        self._words.close()

    def find(self, query: str, language: str, limit: int = 50) -> tuple[Hit, ...]:
        """The sessions that match, best first, then by time; none for a query without letters or digits."""
        found = ((self._things[number], score) for number, score in self._words.find(query, language))
        return tuple(Hit(thing, score) for thing, score in found if isinstance(thing, Session))[:limit]

    def find_speakers(self, query: str, language: str = "", limit: int = 50) -> tuple[Speaker, ...]:
        """The people whose name or office matches, best first, then in the programme's order."""
        found = (self._things[number] for number, _ in self._words.find(query, language))
        return tuple(thing for thing in found if isinstance(thing, Speaker))[:limit]

    def look(self, typed: str, language: str, limit: int = 50) -> Findings:
        """What somebody looks for who types anything: also by words that mean the same, and with mistakes forgiven."""
        query = Query.of(typed)
        found = self._words.look(query, language)
        meant: Sequence[str] = ()
        if not found:
            meant, found = self._words.forgiving(query, language)
        if not found:
            query = Query.of(other_keyboard(typed))
            meant, found = query.words, self._words.look(query, language)
        if not found:
            return Findings()
        things = tuple(self._things[number] for number, _ in found[:limit])
        return Findings(things, " ".join(map(self._written, meant)))

    def rooms(self, typed: str, language: str) -> tuple[Room, ...]:
        """The rooms that are meant by a name, the likeliest first."""
        return tuple(thing for thing in self.look(typed, language).things if isinstance(thing, Room))

    def _written(self, word: str) -> str:
        """A folded word as the programme writes it; what is no word of it as it is."""
        for number in self._words.items(word):
            for _, text in _texts(self._programme, self._things[number]):
                for _, variant in text.variants:
                    for written in spoken(unmarked(variant)):
                        if joined(written) == word:
                            return written
        return word


def _texts(programme: Programme, thing: Thing) -> Iterator[tuple[int, Text]]:
    if isinstance(thing, Session):
        yield from _session_texts(programme, thing)
    elif isinstance(thing, Speaker):
        yield from ((TITLE, thing.name), (OFFICE, thing.office))
    elif isinstance(thing, Room):
        yield from ((TITLE, thing.name), (OFFICE, thing.hint))
    else:
        yield from ((TITLE, thing.title), (ABSTRACT, thing.body))


def _session_texts(programme: Programme, session: Session) -> Iterator[tuple[int, Text]]:
    yield TITLE, session.title
    yield ABSTRACT, session.abstract
    for code in session.speakers + session.moderators:
        if speaker := programme.speaker(code):
            yield PERSON, speaker.name
            yield OFFICE, speaker.office
    if session.room and (room := programme.room(session.room)):
        yield ROOM, room.name
    if session.topic and (topic := programme.topic(session.topic)):
        yield TOPIC, topic.name
