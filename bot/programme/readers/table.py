"""A table of a programme file, read key by key; what is wrong is noted and reading goes on."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Protocol

from bot.programme.clean import clean, plain
from bot.programme.faults import Faults
from bot.programme.text import LANGUAGES, LONGEST_MARKUP, LONGEST_NAME, Text

# Codes travel in deep links (s_<code>, 64 characters) and in 64 bytes of callback data.
CODE = re.compile(r"[a-z0-9_-]{1,24}")
_CLOCK = re.compile(r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])")


class Where(Protocol):
    """Where the file that a table was made of has its things: the lines of TOML, the cells of a workbook."""

    def locate(self, path: str) -> tuple[str, int | None]:
        """The place of a path such as "days[0].sessions[3].start", in the file's own terms, and its line."""

    def named(self, path: str, name: str) -> str:
        """What the file calls the key `name` of the table at `path`."""


class Table:
    """Each getter takes its key out, so that close() finds the keys nobody asked for: the typos.

    A getter returns an empty value after noting a fault, which is safe because a programme with faults is
    never built.
    """

    def __init__(self, values: Mapping[str, Any], path: str, faults: Faults, where: Where) -> None:
        self._values = dict(values)
        self._asked: set[str] = set()
        self._faults = faults
        self._where = where
        self.path = path

    def fault(self, key: str, at: str = "", /, **fields: object) -> None:
        place, line = self._where.locate(".".join(part for part in (self.path, at) if part))
        if "name" in fields:
            fields["name"] = self._where.named(self.path, str(fields["name"]))
        self._faults.add(place, key, line, **fields)

    def place_of(self, path: str) -> str:
        """How a fault names another place of this file."""
        return self._where.locate(path)[0]

    def close(self) -> None:
        for name in self._values:
            like = difflib.get_close_matches(name, self._asked, 1)
            if like:
                self.fault("fault.unknown_key_like", name, name=name, like=like[0])
            else:
                self.fault("fault.unknown_key", name, name=name)

    def text(self, name: str, *, required: bool = False, most: int = LONGEST_NAME) -> Text:
        """Plain words: titles, names, offices."""
        return self._text(name, plain, required, most)

    def markup(self, name: str) -> Text:
        """Words with markup, as HTML for Telegram: abstracts, biographies, pages."""
        return self._text(name, clean, False, LONGEST_MARKUP)

    def string(self, name: str, most: int = LONGEST_NAME) -> str | None:
        value = self._take(name)
        if value is None:
            return None
        if not isinstance(value, str):
            self.fault("fault.expects_string", name, name=name)
            return None
        return self._fitting(name, plain(value), most) or None

    def code(self) -> str:
        value = self._take("code")
        if value is None:
            self.fault("fault.missing_key", "code", name="code")
        elif not isinstance(value, str) or not CODE.fullmatch(value):
            self.fault("fault.bad_code", "code", code=value)
        else:
            return value
        return ""

    def strings(self, name: str) -> Iterator[tuple[str, str]]:
        """The strings of a list, each with its name for faults: ("speakers[0]", "nurgazieva")."""
        value = self._take(name)
        if value is None:
            return
        if not isinstance(value, list):
            self.fault("fault.expects_list", name, name=name)
            return
        for number, item in enumerate(value):
            if isinstance(item, str):
                yield f"{name}[{number}]", item
            else:
                self.fault("fault.expects_string", f"{name}[{number}]", name=f"{name}[{number}]")

    def flag(self, name: str) -> bool:
        value = self._take(name)
        if value is not None and not isinstance(value, bool):
            self.fault("fault.expects_flag", name, name=name)
        return value is True

    def date(self, name: str) -> dt.date | None:
        value = self._take(name)
        if value is None:
            self.fault("fault.missing_key", name, name=name)
            return None
        if isinstance(value, str):
            try:
                value = dt.date.fromisoformat(value)
            except ValueError:
                pass
        # A datetime is a date too, and years at either end leave no room for a zone's offset.
        if isinstance(value, dt.date) and not isinstance(value, dt.datetime) and 1970 <= value.year <= 2199:
            return value
        self.fault("fault.expects_date", name, name=name, value=value)
        return None

    def time(self, name: str) -> dt.time | dt.datetime | None:
        """A time of day, as "10:30" or as a TOML local time; None when the key is absent.

        Also a whole moment with its date, for what a time of day cannot say; with an offset or without.
        """
        value = self._take(name)
        if value is None:
            return None
        if isinstance(value, str):
            value = _moment(value.strip()) or value
        if isinstance(value, dt.datetime) and 1970 <= value.year <= 2199:
            return value.replace(microsecond=0)
        if isinstance(value, dt.time):
            return value.replace(second=0, microsecond=0)
        self.fault("fault.expects_time", name, name=name, value=value)
        return None

    def minutes(self, name: str) -> int | None:
        value = self._take(name)
        if value is None:
            return None
        if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 1440:
            return value
        self.fault("fault.expects_minutes", name, name=name, value=value)
        return None

    def point(self, name: str) -> tuple[float, float] | None:
        value = self._take(name)
        if value is None:
            return None
        if isinstance(value, list) and len(value) == 2 and all(type(part) in (int, float) for part in value):
            latitude, longitude = value
            if -90 <= latitude <= 90 and -180 <= longitude <= 180:  # refuses nan as well
                return float(latitude), float(longitude)
        self.fault("fault.bad_point", name, name=name)
        return None

    def table(self, name: str) -> Table | None:
        value = self._take(name)
        if value is None:
            self.fault("fault.missing_key", name, name=name)
            return None
        if not isinstance(value, dict):
            self.fault("fault.expects_table", name, name=name)
            return None
        return self._inner(value, name)

    def tables(self, name: str) -> Iterator[Table]:
        value = self._take(name)
        if value is None:
            return
        if not isinstance(value, list):
            self.fault("fault.expects_list", name, name=name)
            return
        for number, item in enumerate(value):
            if isinstance(item, dict):
                yield self._inner(item, f"{name}[{number}]")
            else:
                self.fault("fault.expects_table", f"{name}[{number}]", name=f"{name}[{number}]")

    def has(self, name: str) -> bool:
        return name in self._values

    def _inner(self, values: Mapping[str, Any], name: str) -> Table:
        path = f"{self.path}.{name}" if self.path else name
        return Table(values, path, self._faults, self._where)

    def _take(self, name: str) -> Any:
        self._asked.add(name)
        return self._values.pop(name, None)

    def _fitting(self, name: str, words: str, most: int) -> str:
        if len(words) > most:
            self.fault("fault.too_long", name, name=name, length=len(words), most=most)
        return words

    def _text(self, name: str, tidy: Callable[[str], str], required: bool, most: int) -> Text:
        value = self._take(name)
        if value is None:
            if required:
                self.fault("fault.missing_key", name, name=name)
            return Text()
        text = Text()
        if isinstance(value, str):
            text = Text(self._fitting(name, tidy(value), most))
        elif isinstance(value, dict):
            text = Text(dict(self._variants(name, value, tidy, most)))
        else:
            self.fault("fault.expects_text", name, name=name)
            return text
        if required and not text:
            self.fault("fault.empty_text", name, name=name)
        return text

    def _variants(
        self, name: str, value: Mapping[str, Any], tidy: Callable[[str], str], most: int
    ) -> Iterator[tuple[str, str]]:
        for language, words in value.items():
            if language not in LANGUAGES:
                self.fault("fault.bad_language", f"{name}.{language}", language=language)
            elif not isinstance(words, str):
                self.fault("fault.expects_string", f"{name}.{language}", name=f"{name}.{language}")
            else:
                yield language, self._fitting(f"{name}.{language}", tidy(words), most)


def _moment(words: str) -> dt.time | dt.datetime | None:
    if clock := _CLOCK.fullmatch(words):
        return dt.time(int(clock[1]), int(clock[2]))
    if len(words) <= len("2026-11-26"):
        return None
    try:
        return dt.datetime.fromisoformat(words)
    except ValueError:
        return None
