"""What a cell says, for a column of a type: people write times as times, as words and as parts of a day."""

from __future__ import annotations

import datetime as dt
import math
import re

from bot.programme.clean import plain
from bot.programme.readers.columns import Column, kind_named, yes_or_no

Cell = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta

_EPOCH = dt.date(1899, 12, 30)  # of serial numbers, in all three programs
_DATE = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})(?:[:.]\d{2})?\s*+([ap])?\.?\s*+(?:m\.?)?", re.IGNORECASE)
_LENGTH = re.compile(r"(\d{1,2}):(\d{2})(?::00)?")
_LIST = re.compile(r"[;,\n]")
_GAPS = re.compile(r"[;,\s]+")


def is_empty(cell: Cell) -> bool:
    return isinstance(cell, str) and not cell.strip()


def words_of(cell: Cell) -> str:
    """A cell as text: a number without the .0 that workbooks give it."""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, dt.time):
        return f"{cell:%H:%M}"
    return str(cell)


def value_of(column: Column, cell: Cell) -> object:
    """The value a TOML table would have; what cannot be understood stays as it is, for the reader to refuse."""
    match column.type:
        case "date":
            return _date(cell)
        case "time":
            return _time(cell)
        case "minutes":
            return _minutes(cell)
        case "flag":
            return _flag(cell)
        case "point":
            return _point(words_of(cell))
        case "list":
            return [name for part in _LIST.split(words_of(cell)) if (name := plain(part))]
        case "kind":
            return kind_named(plain(words_of(cell)))
        case "code":
            return plain(words_of(cell))
        case _:
            return words_of(cell)


def _date(cell: Cell) -> object:
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, bool):
        return str(cell)
    if isinstance(cell, int | float):
        whole = math.isfinite(cell) and 25_000 < cell < 110_000
        return _EPOCH + dt.timedelta(days=int(cell)) if whole else str(cell)
    if isinstance(cell, str):
        words = cell.strip()
        if match := _DATE.fullmatch(words):
            words = f"{match[3]}-{int(match[2]):02}-{int(match[1]):02}"
        try:
            return dt.date.fromisoformat(words)
        except ValueError:
            return words
    return cell if isinstance(cell, dt.date) else str(cell)


def _time(cell: Cell) -> object:
    if isinstance(cell, dt.datetime | dt.time):
        # A workbook's seconds are what is left of a fraction of a day.
        return _rounded(cell)
    if isinstance(cell, dt.date):
        return dt.time() if cell.year <= 1900 else str(cell)  # 24:00, as a clock shows it
    if isinstance(cell, dt.timedelta):
        return _of_minutes(round(cell.total_seconds() / 60)) or str(cell)
    if isinstance(cell, bool):
        return str(cell)
    if isinstance(cell, int | float):
        return (_of_minutes(round(cell * 1440)) if math.isfinite(cell) and 0 <= cell <= 1 else None) or str(cell)
    if match := _CLOCK.fullmatch(cell.strip()):
        hour, minute, half = int(match[1]), int(match[2]), (match[3] or "").lower()
        if half and 1 <= hour <= 12:
            hour = hour % 12 + (12 if half == "p" else 0)
        return (_of_minutes(hour * 60 + minute) if minute < 60 else None) or cell
    return cell


def _of_minutes(minutes: int) -> dt.time | None:
    """Minutes since midnight as a time of day; 24:00 is 00:00."""
    return dt.time(minutes // 60 % 24, minutes % 60) if 0 <= minutes <= 1440 else None


def _rounded(cell: dt.time | dt.datetime) -> dt.time | dt.datetime:
    if isinstance(cell, dt.time):
        return _of_minutes(round((cell.hour * 3600 + cell.minute * 60 + cell.second) / 60)) or cell
    up = dt.timedelta(seconds=1 if cell.microsecond >= 500_000 and cell.year <= 2199 else 0)
    return cell.replace(microsecond=0) + up


def _minutes(cell: Cell) -> object:
    if isinstance(cell, bool):
        return str(cell)
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e6:
        return int(cell)
    if isinstance(cell, float) and 0 < cell < 1:
        return round(cell * 1440)
    if isinstance(cell, dt.timedelta):
        return round(cell.total_seconds() / 60)
    if isinstance(cell, dt.time):
        return cell.hour * 60 + cell.minute
    if isinstance(cell, str):
        words = cell.strip()
        if match := _LENGTH.fullmatch(words):
            return int(match[1]) * 60 + int(match[2])
        number = words.split()[0]
        return int(number) if number.isdecimal() and len(number) < 6 else words
    return str(cell) if isinstance(cell, float) else cell


def _flag(cell: Cell) -> object:
    if isinstance(cell, bool):
        return cell
    answer = yes_or_no(words_of(cell))
    return words_of(cell) if answer is None else answer


def _point(words: str) -> object:
    """ "43.3019, 68.2710", or with commas in the numbers "43,3019; 68,2710"."""
    parts = _GAPS.split(words.strip(" []()"))
    if len(parts) == 4:
        parts = [f"{parts[0]}.{parts[1]}", f"{parts[2]}.{parts[3]}"]
    try:
        return [float(part) for part in parts]
    except ValueError:
        return words
