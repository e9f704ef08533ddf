"""What somebody means who types a word or a few outside any form: when, where, a courtesy; else they look for it."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from bot.programme.fold import words
from bot.programme.model import Programme
from bot.programme.now import nearest_day
from bot.programme.typed import vocabulary as known

LONGEST = 200  # characters that can be anything but a search: nobody asks for a time with more
THANKS, GREETING, AGREED = "thanks", "greeting", "agreed"
LINK, SIGNS = "link", "signs"


@dataclass(frozen=True, slots=True)
class Courtesy:
    """One of THANKS, GREETING, AGREED."""

    kind: str


@dataclass(frozen=True, slots=True)
class OnNow:
    pass


@dataclass(frozen=True, slots=True)
class OnDay:
    """Any date, the programme need not have it."""

    date: dt.date


@dataclass(frozen=True, slots=True)
class AtTime:
    moment: dt.datetime


@dataclass(frozen=True, slots=True)
class WholeAgenda:
    pass


@dataclass(frozen=True, slots=True)
class Place:
    """Where is what has these folded words; "" for the forum itself."""

    words: str


@dataclass(frozen=True, slots=True)
class Unreadable:
    """No words: a LINK alone, or SIGNS only."""

    kind: str


@dataclass(frozen=True, slots=True)
class Sought:
    """Anything else."""


Meaning = Courtesy | OnNow | OnDay | AtTime | WholeAgenda | Place | Unreadable | Sought

# Possessive: a link takes all up to the next blank, also another link in it.
LINKS = re.compile(r"(?:(?:https?://|www\.|t\.me/)\S++\s*+)+", re.IGNORECASE)
JOINERS = re.compile("[\ufe00-\ufe0f\u200d\U0001f3fb-\U0001f3ff\\s]")  # variation selectors, skin tones
ENDING = "(?:[-–]?(?:те|де|та|да|ке|ге|ға|қа|тен|ден|тан|дан|нен|нан))?"  # "12:15-те"
CLOCK = re.compile(rf"(?<![\d.:])([01]?\d|2[0-3])[:.]([0-5]\d){ENDING}(?![\d.:]|\w)")
DATE = re.compile(rf"(?<![\d.:])(\d{{1,2}})[./](\d{{1,2}})(?:[./](?:20)?\d\d)?{ENDING}(?![\d:]|\w)")
ISO = re.compile(r"(?<!\d)(20\d\d)-(\d\d)-(\d\d)(?!\d)")
HOUR = re.compile(
    r"(?<![\w.:])(?:(?:в|к|на|at|by|сағат|сағ)\s+(?P<before>[01]?\d|2[0-3])"
    r"|(?P<alone>[01]?\d|2[0-3])(?=[-–](?:те|де|та|да)\b|\s*(?:часов|часам|часа|час|ч|am|pm|oclock|o'clock)\b))"
    rf"{ENDING}\s*(?:(?:часов|часам|часа|час|ч|oclock|o'clock)\b)?(?P<half>\s*(?:am|pm)\b)?(?![.:\d]|\w)"
)
NUMBER_OF_DAY = "(\\d{1,2})(?: ?(?:го|е|ое|ши|шы|инши|ыншы|st|nd|rd|th))?"  # folded

_SAID = {
    GREETING: known.pattern(known.folded(known.GREETING)),
    THANKS: known.pattern(known.folded(known.THANKS)),
    AGREED: known.pattern(known.folded(known.AGREED)),
}
_NOW = known.pattern(known.folded(known.NOW))
_WHERE = known.pattern(known.folded(known.WHERE))
_ROOM = known.pattern(known.folded(known.ROOM))
_VENUE = known.pattern(known.folded(known.VENUE) | known.folded(known.ADDRESS))
_ADDRESS = known.pattern(known.folded(known.ADDRESS))
_AGENDA = known.pattern(known.folded(known.AGENDA))
_SILENT = known.pattern(known.folded(known.SILENT))
_MONTH = known.meaning(known.MONTHS)
_DAY_OF_MONTH = re.compile(f"(?: {NUMBER_OF_DAY} ({'|'.join(_MONTH)})(?= )| ({'|'.join(_MONTH)}) {NUMBER_OF_DAY}(?= ))")
_BY_NUMBER = {
    name: (known.pattern(meaning), meaning)
    for name, meaning in (
        ("days", known.meaning(known.DAYS)),
        ("forum days", known.meaning(known.FORUM_DAYS)),
        ("weekdays", known.meaning(known.WEEKDAYS)),
        ("parts", known.meaning(known.PARTS)),
    )
}


def understand(typed: str, programme: Programme, now: dt.datetime) -> Meaning:
    """`now` is aware; days are those of the forum's zone."""
    if LINKS.fullmatch(typed.strip()):
        return Unreadable(LINK)
    if not any(character.isalnum() for character in typed):
        signs = set(JOINERS.sub("", typed))
        return Courtesy(THANKS) if signs and signs <= set(known.THANKFUL_SIGNS) else Unreadable(SIGNS)
    if len(typed) > LONGEST:
        return Sought()
    today = now.astimezone(programme.forum.zone).date()
    text = _Text(unicodedata.normalize("NFKC", typed).lower())
    date, clock = _numbers(text, programme, today)
    said = [kind for kind, phrases in _SAID.items() if text.take(phrases)]
    if said and date is None and clock is None and text.says_nothing():
        return Courtesy(THANKS if THANKS in said else said[0])
    if text.take(_WHERE):
        return _place(text)
    on_now = text.take(_NOW)
    date = _named_day(text, programme, today) or date
    clock = _part_of_day(text) or clock
    whole = text.take(_AGENDA)
    if text.says_nothing():
        return _when(programme, today, date, clock, on_now=on_now, whole=whole)
    return Place("") if text.take(_ADDRESS) and text.says_nothing() else Sought()


class _Text:
    """What is typed, as far as it is not understood yet."""

    def __init__(self, typed: str) -> None:
        self._typed = typed
        self._words: str | None = None

    @property
    def words(self) -> str:
        """Folded, with a space before and behind each."""
        if self._words is None:
            self._words = f" {' '.join(words(self._typed))} "
        return self._words

    def cut(self, pattern: re.Pattern[str], wanted: Callable[[re.Match[str]], bool]) -> None:
        """Take what the pattern finds first out of the text as it was typed, if it is wanted."""
        match = pattern.search(self._typed)
        if match and wanted(match):
            self._typed = f"{self._typed[: match.start()]} {self._typed[match.end() :]}"

    def take(self, phrases: re.Pattern[str]) -> str:
        """Take all of these phrases out; the first that was there."""
        found: list[str] = phrases.findall(self.words)
        if found:
            self._words = phrases.sub("", self.words)
        return found[0] if found else ""

    def number(self, name: str) -> int | None:
        phrases, meaning = _BY_NUMBER[name]
        found = self.take(phrases)
        return meaning[found] if found else None

    def day_and_month(self) -> tuple[int, int] | None:
        match = _DAY_OF_MONTH.search(self.words)
        if match is None:
            return None
        self._words = self.words[: match.start()] + self.words[match.end() :]
        day, month = (match[1], match[2]) if match[1] else (match[4], match[3])
        return int(day), _MONTH[month]

    def says_nothing(self) -> bool:
        return not _SILENT.sub("", self.words).strip()


def _numbers(text: _Text, programme: Programme, today: dt.date) -> tuple[dt.date | None, dt.time | None]:
    """The date and the time that are written with numbers. 10.12 is a date when the forum has that day, else a time."""
    dates: list[dt.date] = []
    clocks: list[dt.time] = []

    def date(match: re.Match[str]) -> bool:
        found = _date(int(match[1]), int(match[2]), programme, today)
        if found is None or (programme.day(found) is None and CLOCK.fullmatch(match[0])):
            return False
        dates.append(found)
        return True

    def iso(match: re.Match[str]) -> bool:
        try:
            dates.append(dt.date(int(match[1]), int(match[2]), int(match[3])))
        except ValueError:
            return False
        return True

    def clock(match: re.Match[str]) -> bool:
        clocks.append(dt.time(int(match[1]), int(match[2])))
        return True

    def hour(match: re.Match[str]) -> bool:
        number = int(match["before"] or match["alone"])
        half = (match["half"] or "").strip()
        if half and not 1 <= number <= 12:
            return False
        clocks.append(dt.time(number % 12 + (12 if half == "pm" else 0) if half else number))
        return True

    for pattern, wanted in ((ISO, iso), (DATE, date), (CLOCK, clock), (HOUR, hour)):
        text.cut(pattern, wanted)
    return dates[0] if dates else None, clocks[0] if clocks else None


def _date(day: int, month: int, programme: Programme, today: dt.date) -> dt.date | None:
    """Of the forum's years the one that has such a day, else of this year."""
    for one in programme.days:
        if (one.date.day, one.date.month) == (day, month):
            return one.date
    try:
        return dt.date(today.year, month, day)
    except ValueError:
        return None


def _named_day(text: _Text, programme: Programme, today: dt.date) -> dt.date | None:
    written = text.day_and_month()
    if written is not None:
        return _date(*written, programme, today)
    away = text.number("days")
    if away is not None:
        return today + dt.timedelta(days=away)
    of_forum = text.number("forum days")
    if of_forum is not None:
        return programme.days[min(of_forum, len(programme.days)) - 1].date if programme.days else None
    weekday = text.number("weekdays")
    if weekday is None:
        return None
    ours = [one.date for one in programme.days if one.date.weekday() == weekday]
    coming = [one for one in ours if one >= today]
    next_one = today + dt.timedelta(days=(weekday - today.weekday()) % 7)
    return (coming or ours[-1:] or [next_one])[0]


def _part_of_day(text: _Text) -> dt.time | None:
    hour = text.number("parts")
    return None if hour is None else dt.time(hour)


def _when(
    programme: Programme, today: dt.date, date: dt.date | None, clock: dt.time | None, *, on_now: str, whole: str
) -> Meaning:
    if clock is not None:
        day = date or (today if programme.day(today) else nearest_day(programme, today)) or today
        return AtTime(dt.datetime.combine(day, clock, programme.forum.zone))
    if date is not None:
        return OnDay(date)
    if on_now:
        return OnNow()
    return WholeAgenda() if whole else Sought()


def _place(text: _Text) -> Meaning:
    text.take(_ROOM)
    text.take(_SILENT)
    sought = text.words.strip()
    text.take(_VENUE)
    return Place(sought if text.words.strip() else "")
