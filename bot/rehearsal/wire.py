"""How values come in and go out: JSON, UTF-16 lengths and a call's parameters.

Telegram takes parameters from the query, a form, multipart or a JSON body and turns all of
them into strings first, so `"chat_id": "7"`, `chat_id=7` and `{"chat_id": 7}` mean the same.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

Json = dict[str, Any]

_INTEGER = re.compile(r"\s*([-+]?[0-9]{1,18})")
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def dumps(value: Any) -> bytes:
    return utf8(_encode(value))


def utf8(text: str) -> bytes:
    """UTF-8 bytes; half a surrogate pair, which JSON can smuggle in, becomes a question mark."""
    return text.encode("utf-8", "replace")


def to_integer(text: str) -> int:
    """The leading integer of a text, 0 when it has none."""
    match = _INTEGER.match(text)
    return int(match.group(1)) if match else 0


def utf16(text: str) -> int:
    """Length in UTF-16 code units, the unit of every limit and entity offset."""
    if text.isascii():
        return len(text)
    return len(text) + sum(1 for char in text if char > "\uffff")


class Upload(NamedTuple):
    """One file of a multipart body."""

    name: str
    mime: str
    data: bytes


@dataclass(slots=True)
class Params:
    """The parameters of one Bot API call, read with Telegram's leniency."""

    values: Mapping[str, Any]
    files: Mapping[str, Upload] = field(default_factory=dict)

    def has(self, name: str) -> bool:
        return self.values.get(name) not in (None, "")

    def text(self, name: str) -> str:
        """The parameter as a string; "" when absent."""
        value = self.values.get(name)
        if isinstance(value, str):
            return value
        if value is None:
            return ""
        return str(_encode(value))

    def integer(self, name: str, default: int = 0) -> int:
        """The leading integer of the parameter; 0 when it has none, `default` when absent."""
        text = self.text(name)
        return to_integer(text) if text else default

    def number(self, name: str) -> float | None:
        try:
            return float(self.text(name))
        except ValueError:
            return None

    def flag(self, name: str) -> bool:
        return self.text(name).strip().lower() in ("true", "yes", "1")

    def json(self, name: str) -> Any:
        """The parameter as a JSON value, None when absent. Raises ValueError when it is not JSON."""
        value = self.values.get(name)
        if value == "":
            return None
        if isinstance(value, str):
            return json.loads(value)
        return value

    def items(self, name: str) -> list[Any] | None:
        """The parameter as a list; None when absent or anything else."""
        try:
            value = self.json(name)
        except ValueError:
            return None
        return value if isinstance(value, list) else None
