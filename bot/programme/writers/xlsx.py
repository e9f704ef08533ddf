"""The programme as a workbook, and the empty workbook to begin with, its headings in the organizer's language."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.programme.model import Programme
from bot.programme.readers.columns import DATE, FLAG, KIND, KIND_NAMES, MARKUP, SHEETS, TIME, YES, Column, Sheet
from bot.programme.text import LANGUAGES
from bot.programme.writers.document import Record, document

_EVERY = ""  # the column that is for all languages
_PIECE = 16_000  # characters of a cell; Excel's limit is 32,767 units of UTF-16
_LAST_ROW = 2_000  # to which the lists to choose from reach
_WIDTHS = {DATE: 12, TIME: 8, FLAG: 10, KIND: 18, MARKUP: 50}
_WIDTH = 24
_REQUIRED = ("title", "name", "date", "day", "start", "end", "timezone")


@dataclass(frozen=True, slots=True)
class Guide:
    """A sheet in front that says how to fill in the others; nobody reads it back."""

    title: str
    lines: Sequence[str]


@dataclass(frozen=True, slots=True)
class _Head:
    column: Column
    language: str = _EVERY
    part: int = 1

    def title(self, language: str) -> str:
        words = [self.column.heading(language), self.language, str(self.part) if self.part > 1 else ""]
        return " ".join(word for word in words if word)

    def cell(self, record: Record) -> Any:
        value = record.get(self.column.key)
        if not self.column.by_language:
            return value
        words = value.get(self.language) if isinstance(value, Mapping) else value if self.language == _EVERY else None
        return words[(self.part - 1) * _PIECE : self.part * _PIECE] if words else None


def write_xlsx(programme: Programme, language: str) -> bytes:
    """The workbook from which read_xlsx() makes an equal programme; days without sessions are not kept."""
    return _workbook(_records(programme), language, None)


def template(language: str, guide: Guide) -> bytes:
    """Empty sheets with their headings."""
    return _workbook({}, language, guide)


def _records(programme: Programme) -> dict[str, list[Record]]:
    tables = document(programme)
    days = tables.pop("days")
    return {
        **tables,
        "forum": [tables["forum"]],
        "days": [{key: value for key, value in day.items() if key != "sessions"} for day in days],
        "sessions": [session | {"day": day["date"]} for day in days for session in day["sessions"]],
    }


def _workbook(records: Mapping[str, list[Record]], language: str, guide: Guide | None) -> bytes:
    # Late, like everything big that is seldom wanted: it costs memory from then on.
    from xlsxwriter import Workbook

    file = io.BytesIO()
    # What people typed stays text: no formula, no link, no number.
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = Workbook(file, {"in_memory": True, **options})
    if guide:
        page = book.add_worksheet(guide.title[:31])  # Excel's limit of a sheet's name
        page.set_column(0, 0, 100, book.add_format({"text_wrap": True, "valign": "top"}))
        for row, line in enumerate(guide.lines):
            page.write_string(row, 0, line)
    formats = {
        "head": book.add_format({"bold": True, "text_wrap": True, "bg_color": "#E8EEF4", "border": 1}),
        "needed": book.add_format({"bold": True, "text_wrap": True, "bg_color": "#CFE3C8", "border": 1}),
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
        DATE: book.add_format({"num_format": "dd.mm.yyyy", "valign": "top", "align": "left"}),
        TIME: book.add_format({"num_format": "hh:mm", "valign": "top", "align": "left"}),
    }
    for sheet in SHEETS:
        _write_sheet(book.add_worksheet(sheet.title(language)), sheet, records.get(sheet.key, []), language, formats)
    book.close()
    return file.getvalue()


def _write_sheet(page: Any, sheet: Sheet, records: list[Record], language: str, formats: Mapping[str, Any]) -> None:
    heads = [head for column in sheet.columns for head in _heads(column, records)]
    for at, head in enumerate(heads):
        column = head.column
        page.set_column(at, at, _WIDTHS.get(column.type, _WIDTH), formats.get(column.type, formats["text"]))
        page.write_string(0, at, head.title(language), formats["needed" if column.key in _REQUIRED else "head"])
        if choice := _choice(sheet, column, language):
            # Only offered: a name in place of a code is as good.
            page.data_validation(1, at, _LAST_ROW, at, {"validate": "list", "source": choice, "show_error": False})
        for row, record in enumerate(records, 1):
            _write_cell(
                page, row=row, at=at, column=column, value=head.cell(record), language=language, formats=formats
            )
    page.freeze_panes(1, 1)


def _heads(column: Column, records: list[Record]) -> list[_Head]:
    """A column for each language, or one for all when every text is for all; more of them for very long texts."""
    if not column.by_language:
        return [] if column.key == "minutes" else [_Head(column)]
    said = [record[column.key] for record in records if column.key in record]
    languages = [_EVERY] if any(isinstance(text, str) for text in said) else []
    if not languages or any(not isinstance(text, str) for text in said):
        languages += LANGUAGES
    heads = []
    for language in languages:
        of_language = [text if isinstance(text, str) else text.get(language, "") for text in said]
        parts = max((len(text) - 1) // _PIECE + 1 for text in [*of_language, "."] if text)
        heads += [_Head(column, language, part) for part in range(1, parts + 1)]
    return heads


def _choice(sheet: Sheet, column: Column, language: str) -> list[str] | str | None:
    """What a cell can be chosen from: words, or the cells of another sheet."""
    if column.type == KIND:
        return [names[LANGUAGES.index(language)] for names in KIND_NAMES.values()]
    if column.type == FLAG:
        return [YES[LANGUAGES.index(language)]]
    other = "days" if sheet.key == "sessions" and column.key == "day" else column.refers
    if not other or column.type == "list":
        return None
    name = next(one.title(language) for one in SHEETS if one.key == other)
    return f"='{name}'!$A$2:$A${_LAST_ROW}"


def _write_cell(
    page: Any, *, row: int, at: int, column: Column, value: Any, language: str, formats: Mapping[str, Any]
) -> None:
    if value is None:
        return
    if isinstance(value, dt.datetime):
        page.write_string(row, at, value.isoformat(), formats["text"])
    elif isinstance(value, dt.date | dt.time):
        page.write_datetime(row, at, value, formats[DATE if isinstance(value, dt.date) else TIME])
    else:
        page.write_string(row, at, _words(column, value, language), formats["text"])


def _words(column: Column, value: Any, language: str) -> str:
    if column.type == KIND:
        return KIND_NAMES[value][LANGUAGES.index(language)]
    if column.type == FLAG:
        return YES[LANGUAGES.index(language)]
    if isinstance(value, list):
        return ("; " if column.type == "list" else ", ").join(map(str, value))
    return str(value)
