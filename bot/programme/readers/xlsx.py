"""A workbook of sheets and columns (bot.programme.readers.columns), as Excel, LibreOffice and Google save it.

Rows become the tables that a TOML file has, and are judged by the same reader; only the places are cells.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.programme.faults import Fault, Faults, ProgrammeFaults, refuse
from bot.programme.model import Programme
from bot.programme.readers import columns
from bot.programme.readers.cells import Cell, is_empty, value_of, words_of
from bot.programme.readers.codes import Codes, give_codes
from bot.programme.readers.columns import BY_KEY, Heading, Sheet
from bot.programme.readers.parcel import MOST_TEXT, column_letters, unpacked
from bot.programme.readers.toml import read_document
from bot.programme.text import LANGUAGES

_HEAD_WITHIN = 20  # rows in which a heading is looked for; above it may stand a title
_MOST_MERGED = 100_000  # cells that are filled from merged ones
# Of a whole workbook: what a sheet is may stand in the zip once and be named many times.
_MOST_SHEETS = 100
_MOST_CELLS = 3_000_000
_LIKE = 0.75

Record = dict[str, Any]
Rows = list[list[Cell]]


@dataclass(slots=True)
class Page:
    """A sheet as it was found: its headings by column, and the rows under them."""

    name: str
    sheet: Sheet
    head_row: int
    headings: dict[int, Heading]
    titles: dict[int, str]
    records: list[tuple[int, Record]] = field(default_factory=list)  # with the number of the row, from 0

    def place(self, row: int, column: int | None = None) -> str:
        return f"{self.name}!{column_letters(column or 0)}{row + 1}"

    def column_of(self, key: str, language: str = "") -> int | None:
        """Where a key stands, in the language or at all."""
        found = [(at, head) for at, head in self.headings.items() if head.column.key == key]
        return next((at for at, head in found if head.language == language), found[0][0] if found else None)


class Cells:
    """Names the cell of a path such as "days[0].sessions[3].start"; see table.Where."""

    def __init__(self, pages: dict[str, Page], language: str) -> None:
        self._pages = pages
        self._language = language
        self._rows: dict[str, tuple[Page, int]] = {}  # path of a table -> its row

    def put(self, path: str, page: Page, row: int) -> None:
        self._rows[path] = (page, row)

    def locate(self, path: str) -> tuple[str, int | None]:
        table, rest = path, ""
        while table not in self._rows and "." in table:
            table, _, step = table.rpartition(".")
            rest = f"{step}.{rest}" if rest else step
        if table not in self._rows:
            return self._sheet_name(path), None
        page, row = self._rows[table]
        key, _, language = rest.partition(".")
        return page.place(row, page.column_of(key.partition("[")[0], language or self._language)), None

    def named(self, path: str, name: str) -> str:
        key = name.partition("[")[0].partition(".")[0]
        if path in self._rows:
            page, _ = self._rows[path]
            at = page.column_of(key, self._language)
            column = next((column for column in page.sheet.columns if column.key == key), None)
            return page.titles[at] if at is not None else column.heading(self._language) if column else name
        return BY_KEY[key].title(self._language) if key in BY_KEY else name

    def _sheet_name(self, path: str) -> str:
        key = path.partition("[")[0].partition(".")[0]
        if key in self._pages:
            return self._pages[key].name
        return BY_KEY[key].title(self._language) if key in BY_KEY else ""


def read_xlsx(data: bytes) -> tuple[Programme, tuple[Fault, ...]]:
    """A programme from a workbook, and what is worth a look besides.

    Raises ProgrammeFaults with everything that is wrong.
    """
    faults = Faults()
    pages = {page.sheet.key: page for page in _pages(_sheets(data), faults)}
    if not pages:
        faults.add("", "fault.sheet_unknown", name=columns.BY_KEY["sessions"].title("en"))
        faults.stop()
    language = _language(pages)
    made = give_codes({key: page.records for key, page in pages.items()})
    codes = Codes()
    for page in pages.values():
        codes.learn(page.sheet, page.records)
    cells = Cells(pages, language)
    programme = read_document(_document(pages, codes, cells, faults), cells, faults)
    if not made:
        return programme, ()
    return programme, (Fault(pages["sessions"].name, "warning.codes_made", {"number": str(made)}),)


def _sheets(data: bytes) -> list[tuple[str, Rows]]:
    """The sheets that can be seen, as rectangles from A1, merged cells filled down."""
    parcel = unpacked(data)
    # Late: it is needed when a workbook comes, which is seldom.
    import python_calamine

    sheets = []
    cells, words = 0, 0
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(parcel)
        if len(book.sheets_metadata) > _MOST_SHEETS:
            refuse("fault.sheet_bomb")
        for about in book.sheets_metadata:
            if about.visible == python_calamine.SheetVisibleEnum.Visible:
                sheet = book.get_sheet_by_name(about.name)
                rows: Rows = sheet.to_python(skip_empty_area=False)
                _fill_merged(rows, sheet.merged_cell_ranges or ())
                sheets.append((about.name, rows))
                cells += sum(map(len, rows))
                words += sum(len(cell) for row in rows for cell in row if isinstance(cell, str))
                if cells > _MOST_CELLS or words > MOST_TEXT:
                    refuse("fault.sheet_bomb")
    except ProgrammeFaults:
        raise
    except BaseException as error:  # a panic of the Rust below is not an Exception
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            refuse("fault.sheet_damaged", problem=error)
        raise
    return sheets


def _fill_merged(rows: Rows, ranges: Sequence[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    """A date merged over the rows of its day is the date of each: downwards, for across it would double a text."""
    filled = 0
    for (top, left), (bottom, _) in ranges:
        for row in range(top + 1, min(bottom, len(rows) - 1) + 1):
            filled += 1
            if filled > _MOST_MERGED:
                return
            if left < len(rows[row]) and is_empty(rows[row][left]):
                rows[row][left] = rows[top][left]


def _pages(sheets: list[tuple[str, Rows]], faults: Faults) -> Iterator[Page]:
    found: dict[str, str] = {}
    strange: list[tuple[str, Rows]] = []
    for name, rows in sheets:
        sheet = columns.sheet_named(name)
        if sheet is None:
            strange.append((name, rows))
        elif sheet.key in found:
            faults.add(name, "fault.sheet_twice", first=found[sheet.key])
        else:
            found[sheet.key] = name
            yield _page(name, sheet, rows, faults)
    for name, rows in strange:
        if "sessions" not in found and _is_list_of_sessions(rows):
            found["sessions"] = name
            yield _page(name, BY_KEY["sessions"], rows, faults)
        elif like := _nearest(name, columns.sheet_names()):
            faults.add(name, "fault.unknown_sheet_like", like=like)


def _page(name: str, sheet: Sheet, rows: Rows, faults: Faults) -> Page:
    head = _head_row(sheet, rows)
    page = Page(name, sheet, head, {}, {})
    taken: dict[Heading, int] = {}
    for at, cell in enumerate(rows[head] if rows else ()):
        words = words_of(cell).strip()
        if not words:
            continue
        heading = columns.heading(sheet, words)
        if heading is None:
            like = _nearest(words, columns.column_names(sheet))
            if like:
                faults.add(page.place(head, at), "fault.unknown_column_like", name=words, like=like)
            else:
                faults.add(page.place(head, at), "fault.unknown_column", name=words)
        elif heading in taken:
            faults.add(page.place(head, at), "fault.column_twice", name=words, first=page.place(head, taken[heading]))
        else:
            taken[heading] = at
            page.headings[at], page.titles[at] = heading, words
    for number in range(head + 1, len(rows)):
        if record := _record(page, number, rows[number], faults):
            page.records.append((number, record))
    return page


def _head_row(sheet: Sheet, rows: Rows) -> int:
    """The first row of which at least half is headings; the first that is not empty when there is none."""
    said = [[words for cell in row if (words := words_of(cell).strip())] for row in rows[:_HEAD_WITHIN]]
    for number, row in enumerate(said):
        if row and 2 * sum(columns.heading(sheet, words) is not None for words in row) >= len(row):
            return number
    return next((number for number, row in enumerate(said) if row), 0)


def _record(page: Page, number: int, row: list[Cell], faults: Faults) -> Record:
    """A row by keys, as a TOML table would have it; empty for an empty row."""
    record: Record = {}
    parts: dict[tuple[str, str], dict[int, str]] = {}
    for at, cell in enumerate(row):
        heading = page.headings.get(at)
        if heading is None or is_empty(cell):
            continue
        column = heading.column
        if not column.by_language:
            record[column.key] = value_of(column, cell)
        else:
            parts.setdefault((column.key, heading.language), {})[heading.part] = words_of(cell)
    for (key, language), pieces in parts.items():
        words = "".join(pieces[part] for part in sorted(pieces))
        said = record.get(key)
        if said is not None and isinstance(said, str) != (language == ""):
            there = page.column_of(key)
            faults.add(page.place(number, there), "fault.text_twice", name=page.titles[there or 0])
        elif language:
            record.setdefault(key, {})[language] = words
        else:
            record[key] = words
    return record


def _is_list_of_sessions(rows: Rows) -> bool:
    sheet = BY_KEY["sessions"]
    if not rows:
        return False
    found = {heading.column.key for cell in rows[_head_row(sheet, rows)] if (heading := _heading(sheet, cell))}
    return {"title", "start"} <= found


def _heading(sheet: Sheet, cell: Cell) -> Heading | None:
    words = words_of(cell).strip()
    return columns.heading(sheet, words) if words else None


def _nearest(words: str, names: dict[str, str]) -> str:
    like = difflib.get_close_matches(columns.folded(words)[:100], names, 1, _LIKE)
    return names[like[0]] if like else ""


def _language(pages: dict[str, Page]) -> str:
    """The language in which the workbook names its things, for what it does not name."""
    votes = dict.fromkeys(LANGUAGES, 0)
    for page in pages.values():
        for at, heading in page.headings.items():
            for language, names in zip(LANGUAGES, heading.column.names, strict=True):
                votes[language] += columns.folded(page.titles[at]).startswith(columns.folded(names[0]))
    return max(votes, key=lambda language: votes[language])


def _document(pages: dict[str, Page], codes: Codes, cells: Cells, faults: Faults) -> Record:
    """The tables that a TOML file would have, and in `cells` the row of each."""
    document: Record = {}
    for key in ("rooms", "topics", "speakers", "delegations", "pages"):
        if page := pages.get(key):
            document[key] = [record for _, record in page.records]
            for place, (number, _) in enumerate(page.records):
                cells.put(f"{key}[{place}]", page, number)
    if page := pages.get("forum"):
        # An empty sheet is a row with nothing in it: what is missing has its cells.
        number, document["forum"] = page.records[0] if page.records else (page.head_row + 1, {})
        cells.put("forum", page, number)
        for number, _ in page.records[1:]:
            faults.add(page.place(number), "fault.one_row")
    document["days"] = _days(pages, codes, cells)
    return document


def _days(pages: dict[str, Page], codes: Codes, cells: Cells) -> list[Record]:
    listed: list[Record] = []
    numbers: dict[str, int] = {}  # a date as it is written -> where it is listed
    if page := pages.get("days"):
        for row, record in page.records:
            cells.put(f"days[{len(listed)}]", page, row)
            numbers.setdefault(str(record.get("date")), len(listed))
            listed.append(record | {"sessions": []})
    if page := pages.get("sessions"):
        as_days = _with_date(page)
        for row, record in page.records:
            date = record.pop("day", None)
            number = numbers.setdefault(str(date), len(listed))
            if number == len(listed):  # a day without a title needs no row of its own
                cells.put(f"days[{number}]", as_days, row)
                listed.append({"sessions": []} if date is None else {"date": date, "sessions": []})
            sessions = listed[number]["sessions"]
            cells.put(f"days[{number}].sessions[{len(sessions)}]", page, row)
            sessions.append(codes.resolved(record))
    return listed


def _with_date(page: Page) -> Page:
    """The sheet of the sessions as a sheet of days: what a day calls date is called day there."""
    headings = {
        at: Heading(BY_KEY["days"].column("date")) for at, head in page.headings.items() if head.column.key == "day"
    }
    return Page(page.name, BY_KEY["days"], page.head_row, headings, page.titles)
