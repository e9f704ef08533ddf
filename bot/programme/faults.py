"""What can be wrong with a programme file, said all at once and ready to be translated.

A fault is a key with fields, not a sentence: the catalogues hold the sentences in the organizers' languages,
and TEMPLATES below is both the English of the console and the list from which the catalogues are written.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NoReturn

# key -> English, with the fields in braces. Every field is a string.
TEMPLATES = {
    # the file as a whole
    "fault.too_large": "the file is larger than {megabytes} MB",
    "fault.unknown_format": "{name}: the format is not known; use .toml, .json or .xml",
    "fault.not_utf8": "the file is not UTF-8 text (byte {byte})",
    "fault.unreadable": "{name} cannot be read: {problem}",
    "fault.toml_syntax": "not valid TOML: {problem}",
    "fault.json_syntax": "not valid JSON: {problem}",
    "fault.xml_syntax": "not valid XML: {problem}",
    "fault.xml_doctype": "a DOCTYPE is not allowed",
    "fault.too_deep": "nested too deeply",
    "fault.not_a_schedule": "not a frab or pretalx schedule: {name} is missing",
    # keys and types
    "fault.missing_key": "{name} is missing",
    "fault.unknown_key": "unknown key {name}",
    "fault.unknown_key_like": "unknown key {name}; did you mean {like}?",
    "fault.empty_text": "{name} is empty",
    "fault.bad_language": "{language} is not a language here; use kk, ru or en",
    "fault.expects_text": "{name} has to be a text, or texts by language",
    "fault.expects_string": "{name} has to be a string",
    "fault.expects_table": "{name} has to be a table",
    "fault.expects_list": "{name} has to be a list",
    "fault.expects_flag": "{name} has to be true or false",
    "fault.expects_date": "{name} has to be a date such as 2026-11-26, not {value}",
    "fault.expects_time": "{name} has to be a time such as 10:30, not {value}",
    "fault.expects_minutes": "{name} has to be a whole number of minutes from 1 to 1440, not {value}",
    "fault.bad_code": "{code} cannot be a code; use 1 to 24 of a-z, 0-9, - and _",
    "fault.bad_timezone": "{timezone} is not a time zone; write one such as Asia/Almaty",
    "fault.bad_point": "{name} has to be [latitude, longitude] in degrees",
    "fault.bad_photo": "{value} has to be a path beside this file or an http address",
    # what refers to what
    "fault.duplicate_code": "{code} is already taken by {first}",
    "fault.duplicate_day": "{date} already stands at {first}",
    "fault.unknown_room": "there is no room {code}",
    "fault.unknown_topic": "there is no topic {code}",
    "fault.unknown_speaker": "there is no speaker {code}",
    "fault.unknown_kind": "{kind} is not a kind of session; use {kinds}",
    # times of a session
    "fault.session_without_end": "the session has neither end nor minutes",
    "fault.session_end_twice": "the session has both end and minutes; keep one",
    "fault.session_end_before_start": "the session ends at {end}, not after its start at {start}",
    "fault.session_too_long": "the session lasts longer than 24 hours",
    "fault.bad_moment": "{value} is not a date with a time",
    "fault.bad_duration": "{value} is not a duration such as 1:30",
    # what is allowed but worth a look
    "warning.no_sessions": "the programme has no sessions yet",
    "warning.room_overlap": "{first} and {second} overlap in room {room}",
    "warning.speaker_overlap": "{first} and {second} overlap for {speaker}",
}

_SHOWN = 60  # characters of a foreign value that a message repeats


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong: `place` is a path such as "days[0].sessions[3].start" or "day[1]/room[2]/event[3]"
    ("" for the file as a whole); `line` counts from 1 and is None where it cannot be found."""

    place: str
    key: str
    fields: dict[str, str] = field(default_factory=dict)
    line: int | None = None

    def __str__(self) -> str:
        where = ", ".join(part for part in (f"line {self.line}" if self.line else "", self.place) if part)
        said = TEMPLATES[self.key].format_map(self.fields)
        return f"{where}: {said}" if where else said


class ProgrammeFaults(Exception):
    """A programme that cannot be used, with everything that is wrong with it."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


class Faults:
    """Collects faults while a reader goes on reading."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def __bool__(self) -> bool:
        return bool(self._faults)

    def __iter__(self) -> Iterator[Fault]:
        return iter(self._faults)

    def add(self, place: str, key: str, line: int | None = None, /, **fields: object) -> None:
        self._faults.append(Fault(place, key, {name: shown(value) for name, value in fields.items()}, line))

    def stop(self) -> NoReturn:
        """Raises ProgrammeFaults with everything collected so far."""
        raise ProgrammeFaults(tuple(self._faults))

    def stop_if_any(self) -> None:
        if self._faults:
            self.stop()


def refuse(key: str, line: int | None = None, /, **fields: object) -> NoReturn:
    """Raises ProgrammeFaults for one fault of the whole file, after which nothing more can be read."""
    faults = Faults()
    faults.add("", key, line, **fields)
    faults.stop()


def shown(value: object) -> str:
    """A foreign value as a message can repeat it: one line, printable, not longer than a glance."""
    words = "".join(char if char.isprintable() else " " for char in str(value))
    return words if len(words) <= _SHOWN else words[: _SHOWN - 1] + "…"
