"""Codes in a workbook: names stand for them where people write names, and rows without one are given one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.programme.clean import plain
from bot.programme.codes import unused_code
from bot.programme.readers.columns import BY_KEY, Sheet, folded

Record = dict[str, Any]
Rows = Sequence[tuple[int, Record]]

# Latin letters make the codes that people can read.
_READABLE_FIRST = ("en", "ru", "kk")


class Codes:
    """The codes of rooms, topics and speakers by their own names, in any language."""

    def __init__(self) -> None:
        self._named: dict[str, dict[str, Record | None]] = {}  # sheet -> folded name -> its row; None: two have it
        self._codes: dict[str, set[Any]] = {}

    def learn(self, sheet: Sheet, rows: Rows) -> None:
        named = self._named.setdefault(sheet.key, {})
        self._codes[sheet.key] = {record.get("code") for _, record in rows}
        for _, record in rows:
            for name in {folded(words) for words in _all(record.get("name"))} - {""}:
                named[name] = None if name in named and named[name] is not record else record

    def resolved(self, record: Record) -> Record:
        """A session with codes where it has names; what is neither stays, for the reader to refuse."""
        found = dict(record)
        for column in BY_KEY["sessions"].columns:
            said = record.get(column.key)
            if column.refers and isinstance(said, str):
                found[column.key] = self._code(column.refers, plain(said))
            elif column.refers and said is not None:
                found[column.key] = [self._code(column.refers, one) for one in said]
        return found

    def _code(self, sheet: str, words: str) -> str:
        if words in self._codes.get(sheet, ()):
            return words
        record = self._named.get(sheet, {}).get(folded(words))
        code = record.get("code") if record else None
        return code if isinstance(code, str) else words


def give_codes(pages: dict[str, Rows]) -> int:
    """Give every row without a code one made of its name or title: the same whenever the name is the same.

    Of several with one name, the rows' order decides. Returns how many sessions were given one.
    """
    made = 0
    for key, rows in pages.items():
        if not any(column.key == "code" for column in BY_KEY[key].columns):
            continue
        taken = {record["code"] for _, record in rows if "code" in record}
        numbers: dict[str, int] = {}
        for _, record in rows:
            words = _readable(record.get("title") or record.get("name"))
            if "code" not in record and words:
                record["code"] = unused_code(words, taken, numbers)
                taken.add(record["code"])
                made += key == "sessions"
    return made


def _readable(text: Any) -> str:
    if isinstance(text, dict):
        return next((plain(text[code]) for code in _READABLE_FIRST if plain(text.get(code, ""))), "")
    return plain(text) if isinstance(text, str) else ""


def _all(text: Any) -> list[str]:
    return list(text.values()) if isinstance(text, dict) else [text] if isinstance(text, str) else []
