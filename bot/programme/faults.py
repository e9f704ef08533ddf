"""What can be wrong with a programme file, said all at once and ready to be translated.

A fault is a key with fields, not a sentence: the catalogues hold the sentences in the organizers' languages, and
bot.texts.faults says one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NoReturn

from bot.programme.text import Text

# Every key with its fields, each a string, or a text of the programme to be said in the reader's language.
# The words are in the catalogues of bot.texts, as all others are.
FIELDS: dict[str, tuple[str, ...]] = {
    # the file as a whole
    "fault.too_large": ("megabytes",),
    "fault.too_many": ("most",),
    "fault.unknown_format": ("name",),
    "fault.unreadable": ("name", "problem"),
    "fault.not_utf8": ("byte",),
    "fault.toml_syntax": ("problem",),
    "fault.json_syntax": ("problem",),
    "fault.xml_syntax": ("problem",),
    "fault.xml_doctype": (),
    "fault.too_deep": (),
    "fault.not_a_schedule": ("name",),
    # a workbook
    "fault.sheet_password": (),
    "fault.sheet_old": (),
    "fault.sheet_other": (),
    "fault.sheet_none": (),
    "fault.sheet_damaged": ("problem",),
    "fault.sheet_part": ("name", "problem"),
    "fault.sheet_bomb": (),
    "fault.sheet_large": ("rows", "columns"),
    "fault.sheet_unknown": ("name",),
    "fault.sheet_twice": ("first",),
    "fault.unknown_sheet_like": ("like",),
    "fault.one_row": (),
    "fault.unknown_column": ("name",),
    "fault.unknown_column_like": ("name", "like"),
    "fault.column_twice": ("name", "first"),
    "fault.text_twice": ("name",),
    # keys and types
    "fault.missing_key": ("name",),
    "fault.unknown_key": ("name",),
    "fault.unknown_key_like": ("name", "like"),
    "fault.empty_text": ("name",),
    "fault.too_long": ("name", "length", "most"),
    "fault.bad_language": ("language",),
    "fault.expects_text": ("name",),
    "fault.expects_string": ("name",),
    "fault.expects_table": ("name",),
    "fault.expects_list": ("name",),
    "fault.expects_flag": ("name",),
    "fault.expects_date": ("name", "value"),
    "fault.expects_time": ("name", "value"),
    "fault.expects_minutes": ("name", "value"),
    "fault.bad_code": ("code",),
    "fault.bad_timezone": ("timezone",),
    "fault.bad_point": ("name",),
    "fault.bad_photo": ("value",),
    # what refers to what
    "fault.duplicate_code": ("code", "first"),
    "fault.duplicate_day": ("date", "first"),
    "fault.unknown_room": ("code",),
    "fault.unknown_topic": ("code",),
    "fault.unknown_speaker": ("code",),
    "fault.unknown_kind": ("kind", "kinds"),
    # times of a session
    "fault.session_without_end": (),
    "fault.session_end_twice": (),
    "fault.session_end_before_start": ("end", "start"),
    "fault.session_too_long": (),
    "fault.bad_moment": ("value",),
    "fault.bad_duration": ("value",),
    # what is allowed but worth a look
    "warning.no_sessions": (),
    "warning.room_overlap": ("first", "second", "room"),
    "warning.speaker_overlap": ("first", "second", "speaker"),
    "warning.codes_made": ("number",),
}

_SHOWN = 60  # characters of a foreign value that a message repeats


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong: `place` is a path such as "days[0].sessions[3].start" or "day[1]/room[2]/event[3]", or a cell
    such as "Sessions!D14" ("" for the file as a whole); `line` counts from 1 and is None where it cannot be found.
    As a string it is for logs."""

    place: str
    key: str
    fields: dict[str, str | Text] = field(default_factory=dict)
    line: int | None = None

    def __str__(self) -> str:
        where = ", ".join(part for part in (f"line {self.line}" if self.line else "", self.place) if part)
        said = " ".join([self.key, *(f"{name}={value!r}" for name, value in self.fields.items())])
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
