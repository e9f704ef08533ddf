"""What organizers type when they change the programme by thumb: times, lengths; and what they look for by a word; the
codes of what they add."""

from __future__ import annotations

import datetime as dt
import re
from zoneinfo import ZoneInfo

from bot.actions.publishing.drafts import Draft
from bot.errors import BadInput
from bot.programme.codes import unused_code
from bot.programme.edits import MOST_MINUTES
from bot.programme.fold import fold, words
from bot.programme.model import Programme, Session, Speaker, Text
from bot.programme.readers.times import end_at, start_at
from bot.programme.search import Index

_CLOCK = r"(\d{1,2})[:.](\d{2})"
_START = re.compile(rf"(?:(\d{{1,2}})[./](\d{{1,2}})(?:[./](\d{{4}}))?[ ,]+)?{_CLOCK}")
_END = re.compile(_CLOCK)
_MINUTES = re.compile(r"(\d{1,4})\D*")
# What stands between is matched once (++): trying all ways to share out the spaces of one message took a minute.
_SLOT = re.compile(r"(\d{1,2}[:.]\d{2})[\s,–—-]++(.+)")


def read_start(typed: str, programme: Programme, day: dt.date) -> tuple[dt.date, dt.datetime]:
    """The day of the programme and the moment of "10:20", on `day`, or of "27.11 10:20". BadInput for anything else.

    A time before four in the morning belongs to the evening before it.
    """
    found = _START.fullmatch(typed.strip())
    if found is None:
        raise BadInput("change.bad_time")
    date, month, year, hour, minute = (None if part is None else int(part) for part in found.groups())
    try:
        chosen = dt.date(year or day.year, month or day.month, date or day.day)
        start = start_at(chosen, dt.time(hour or 0, minute or 0), programme.forum.zone)
    except ValueError:
        raise BadInput("change.bad_time") from None
    return chosen, start


def read_length(typed: str, start: dt.datetime) -> int:
    """Minutes: of "45", or until "11:30"; `start` is in the forum's zone. BadInput for anything else."""
    clock, minutes = _END.fullmatch(typed.strip()), _MINUTES.fullmatch(typed.strip())
    if clock is not None:
        assert isinstance(start.tzinfo, ZoneInfo)
        try:
            end = end_at(start, dt.time(int(clock[1]), int(clock[2])), start.tzinfo)
        except ValueError:
            raise BadInput("change.bad_length") from None
        length = int(end.timestamp() - start.timestamp()) // 60
    elif minutes is not None:
        length = int(minutes[1])
    else:
        raise BadInput("change.bad_length")
    if not 1 <= length <= MOST_MINUTES:
        raise BadInput("change.bad_length")
    return length


def read_slot(typed: str, programme: Programme, day: dt.date) -> tuple[dt.datetime, int]:
    """The start and the minutes of "14:00 45" or "14:00–14:45"."""
    found = _SLOT.fullmatch(typed.strip())
    if found is None:
        raise BadInput("change.bad_slot")
    _, start = read_start(found[1], programme, day)
    return start, read_length(found[2], start)


def sessions_found(index: Index, draft: Draft, typed: str, language: str) -> list[Session]:
    """The sessions of the draft that the words mean, best first. `index` is of the published version: of what the draft
    adds, the words have to stand in the title."""
    hits = (draft.programme.session(hit.session.code) for hit in index.find(typed, language))
    new = (one for one in draft.programme.sessions if draft.published.session(one.code) is None)
    return [*(one for one in hits if one), *(one for one in new if says(one.title, typed))]


def speakers_found(index: Index, draft: Draft, typed: str, language: str) -> list[Speaker]:
    """As sessions_found, of people by their names and offices."""
    hits = (draft.programme.speaker(hit.code) for hit in index.find_speakers(typed, language))
    new = (one for one in draft.programme.speakers if draft.published.speaker(one.code) is None)
    return [*(one for one in hits if one), *(one for one in new if says(one.name, typed))]


def fresh_code(draft: Draft, part: str, name: Text) -> str:
    """A code for something new of that name, which nothing of its part ("rooms") has, in the draft or as published."""
    taken = {one.code for programme in (draft.programme, draft.published) for one in getattr(programme, part)}
    return unused_code(name.say("en"), taken)


def says(text: Text, typed: str) -> bool:
    """Whether every word that was typed stands in the text, in whatever language."""
    said, asked = fold(text.all()), words(typed)
    return bool(asked) and all(word in said for word in asked)
