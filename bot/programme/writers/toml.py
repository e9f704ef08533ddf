"""The programme as TOML that a person goes on writing: docs/programme.md."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

from bot.programme.model import Programme
from bot.programme.writers.document import Record, document

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}
_SPECIAL = re.compile('[\x00-\x1f\x7f"\\\\]')
_SPECIAL_IN_BLOCK = re.compile('[\x00-\x09\x0b-\x1f\x7f\\\\]|"(?="")|"$')


def write_toml(programme: Programme) -> bytes:
    """The file from which read_toml() makes an equal programme; days without sessions are not kept."""
    return "\n".join(_file(document(programme))).encode()


def _file(tables: Record) -> Iterator[str]:
    yield "[forum]"
    yield from _lines(tables["forum"])
    for name in ("rooms", "topics", "speakers", "delegations", "pages"):
        for record in tables[name]:
            yield f"\n[[{name}]]"
            yield from _lines(record)
    for day in tables["days"]:
        yield "\n[[days]]"
        yield from _lines({key: value for key, value in day.items() if key != "sessions"})
        for session in day["sessions"]:
            yield "\n[[days.sessions]]"
            yield from _lines(session)
    yield ""


def _lines(record: Record) -> Iterator[str]:
    for key, value in record.items():
        if isinstance(value, dict):
            yield from (f"{key}.{language} = {_value(words)}" for language, words in value.items())
        else:
            yield f"{key} = {_value(value)}"


def _value(value: Any) -> str:
    if isinstance(value, str):
        return _block(value) if "\n" in value else _string(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.time):
        return f'"{value:%H:%M}"'
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    return repr(value)


def _string(words: str) -> str:
    return f'"{_SPECIAL.sub(_escape, words)}"'


def _block(words: str) -> str:
    """Several lines as several lines; the line break after the first quotes is none of the text."""
    return f'"""\n{_SPECIAL_IN_BLOCK.sub(_escape, words)}"""'


def _escape(match: re.Match[str]) -> str:
    return _ESCAPES.get(match[0]) or f"\\u{ord(match[0]):04x}"
