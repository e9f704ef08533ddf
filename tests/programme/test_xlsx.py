"""A workbook as people make it: the programme is in it, whatever saved it, or each cell that is wrong is named."""

from __future__ import annotations

import datetime as dt
import io
import string
import zipfile
from typing import Any

import pytest
from babel.messages.pofile import read_po
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from xlsxwriter import Workbook

from bot.programme.faults import FIELDS, ProgrammeFaults
from bot.programme.load import check_file, read, read_programme
from bot.programme.readers.parcel import column_letters
from bot.programme.text import LANGUAGES
from bot.programme.writers import write
from bot.programme.writers.xlsx import Guide, template
from bot.texts.faults import console
from bot.texts.translator import FOLDER
from tests.examples import examples
from tests.programme.test_readers import SMALL, faults_of

Rows = list[list[Any]]

FORUM: Rows = [["Название", "Часовой пояс"], ["Форум", "Asia/Almaty"]]
DAY = dt.date(2026, 11, 26)


def workbook(sheets: dict[str, Rows], hidden: tuple[str, ...] = (), merged: tuple[str, ...] = ()) -> bytes:
    """Sheets of rows; dates and times are those of Excel. `merged` are ranges of the last sheet."""
    file = io.BytesIO()
    book = Workbook(file, {"in_memory": True, "strings_to_formulas": False})
    formats = {
        dt.date: book.add_format({"num_format": "dd.mm.yyyy"}),
        dt.time: book.add_format({"num_format": "hh:mm"}),
        dt.timedelta: book.add_format({"num_format": "[h]:mm"}),
    }
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        if name in hidden:
            sheet.hide()
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if type(cell) in formats:
                    sheet.write_datetime(row, column, cell, formats[type(cell)])
                elif cell is not None:
                    sheet.write(row, column, cell)
    for area in merged:
        sheet.merge_range(area, DAY, formats[dt.date])
    book.close()
    return file.getvalue()


def sessions(*rows: list[Any], heads: str = "Код|День|Начало|Конец|Название ru") -> bytes:
    return workbook({"Форум": FORUM, "Сессии": [heads.split("|"), *rows]})


@pytest.mark.parametrize(
    ("day", "start", "end"),
    [
        (DAY, dt.time(10, 30), dt.time(11)),
        ("26.11.2026", "10:30", "11.00"),
        ("2026-11-26", "10:30:00", "11:00 AM"),
        (46352, 0.4375, 11 / 24),
        (46352.0, dt.timedelta(hours=10, minutes=30), dt.timedelta(hours=11)),
        (DAY, "2026-11-26T10:30:00+05:00", "2026-11-26 11:00:00"),
    ],
)
def test_dates_and_times_as_each_program_saves_them(day: object, start: object, end: object) -> None:
    (session,) = read_programme(sessions(["a", day, start, end, "Открытие"]), "p.xlsx").sessions
    assert session.start.isoformat() == "2026-11-26T10:30:00+05:00"
    assert session.end.isoformat() == "2026-11-26T11:00:00+05:00"
    assert session.day == DAY


def test_an_end_at_midnight_is_the_end_of_the_day() -> None:
    for end in ("24:00", "00:00", 1.0, dt.timedelta(hours=24)):
        (session,) = read_programme(sessions(["a", DAY, "22:00", end, "Бал"]), "p.xlsx").sessions
        assert session.end.isoformat() == "2026-11-27T00:00:00+05:00"


def test_names_in_any_language_and_names_in_place_of_codes() -> None:
    programme = read_programme(
        workbook(
            {
                "Заметки": [["что угодно"], [1]],
                "форум ": [["Форум үлгісі"], [], ["  АТАУЫ (қаз)", "Уақыт белдеуі"], ["Форум", "Asia/Almaty"]],
                "Rooms": [["Code", "Name ru", "Name kk"], ["", "Большой зал", "Үлкен зал"], [101.0, "Малый", "Кіші"]],
                "Спикеры": [["Код", "ФИО"], ["aru", "Ару"], ["ber", "Берик"]],
                "Programme": [
                    ["Date", "from", "Минуты", "Тема", "Зал", "Докладчики", "Вид", "Отменена"],
                    [DAY, "10:00", 45.0, "Ашылу", "үлкен ЗАЛ", "Ару; ber", "Пленарное заседание", "иә"],
                    [None] * 8,
                    [DAY, "11:00", "30 мин", "Доклад", 101, "", "", ""],
                ],
            }
        ),
        "p.xlsx",
    )
    first, second = programme.sessions
    assert [room.code for room in programme.rooms] == ["bolshoy-zal", "101"]
    assert (first.room, second.room) == ("bolshoy-zal", "101")
    assert (first.speakers, first.kind, first.cancelled) == (("aru", "ber"), "plenary", True)
    assert (first.code, second.code) == ("ashylu", "doklad")
    assert (second.end - second.start).seconds == 1800


def test_a_row_without_a_code_has_the_same_code_whenever_it_is_read() -> None:
    found = read(sessions(["", DAY, "10:00", "11:00", "Обед"], ["", DAY, "12:00", "13:00", "Обед"]), "p.xlsx")
    assert [one.code for one in found.programme.sessions] == ["obed", "obed-2"]
    assert [note.key for note in found.notes] == ["warning.codes_made"]
    moved = read_programme(sessions(["", DAY, "15:00", "16:00", "Обед"]), "p.xlsx")
    assert [one.code for one in moved.sessions] == ["obed"]


def test_hidden_sheets_are_not_read_and_merged_dates_are_each_rows() -> None:
    rows: Rows = [
        ["День", "Начало", "Конец", "Название"],
        [None, "10:00", "11:00", "Раз"],
        [None, "11:00", "12:00", "Два"],
        [None, "12:00", "13:00", "Три"],
    ]
    hidden: Rows = [["Код", "Название"], ["x", "Черновик"]]
    data = workbook({"Форум": FORUM, "Залы": hidden, "Сессии": rows}, hidden=("Залы",), merged=("A2:A4",))
    programme = read_programme(data, "p.xlsx")
    assert [one.day for one in programme.sessions] == [DAY] * 3
    assert programme.rooms == ()


def test_every_fault_names_its_cell_and_all_are_said_at_once() -> None:
    data = workbook(
        {
            "Форум": [["Название", "Часовой пояс"], ["Форум", "Asia/Almata"], ["Ещё", "UTC"]],
            "Залы": [["Код", "Название", "Название ru"], ["a", "Зал", "Зал"], ["A!", "Б", None]],
            "Сессии": [
                ["Код", "День", "Нач", "Конец", "Название ru", "Зал", "Отменена", "Назвние kk"],
                ["x", DAY, "10:00", "11:00", "Раз", "нет такого", "может быть", ""],
                ["x", "31.02.2026", "10:00", "25:00", None, "", "", ""],
            ],
            "Спикеы": [["Код"]],
        }
    )
    said = list(console(faults_of(data, "p.xlsx")))
    for expected in (
        "Форум!B2: Asia/Almata is not a time zone",
        "Форум!A3: this sheet has one row only",
        "Залы!B2: Название is given both",
        "Залы!A3: A! cannot be a code",
        "Сессии!C1: unknown column Нач",
        "Сессии!H1: unknown column Назвние kk; did you mean",
        "Сессии!F2: there is no room нет такого",
        "Сессии!G2: Отменена has to be true or false",
        "Сессии!A3: x is already used at Сессии!",
        "Сессии!B3: День has to be a date",
        "Сессии!D3: Конец has to be a time",
        "Сессии!E3: Название ru is missing",
        "Спикеы: unknown sheet; did you mean Спикеры?",
    ):
        assert [line for line in said if line.startswith(expected)], (expected, said)


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99, "fault.sheet_old"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "fault.sheet_password"),
        (b"PK\x03\x04 and no more", "fault.sheet_damaged"),
        (b"", "fault.sheet_damaged"),
    ],
)
def test_what_is_no_workbook_is_told_apart(data: bytes, key: str) -> None:
    assert [fault.key for fault in faults_of(data, "p.xlsx")] == [key]


def changed_part(name: str, old: bytes, new: bytes) -> bytes:
    """A workbook of ours with something replaced in one of its parts, or with one part more."""
    source = zipfile.ZipFile(io.BytesIO(sessions(["a", DAY, "10:00", "11:00", "Раз"])))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as parcel:
        for part in source.namelist():
            content = source.read(part)
            parcel.writestr(part, content.replace(old, new, 1) if part == name else content)
        if name not in source.namelist():
            parcel.writestr(name, new)
    return file.getvalue()


SHEET = "xl/worksheets/sheet2.xml"


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (changed_part("xl/media/bomb.bin", b"", b"\0" * 50_000_000), "fault.sheet_bomb"),
        (changed_part("xl/media/bomb.xml", b"", b" " * 70_000_000), "fault.sheet_bomb"),
        (changed_part("mimetype", b"", b"application/vnd.oasis.opendocument.spreadsheet"), "fault.sheet_other"),
        (changed_part(SHEET, b"<worksheet", b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet'), "fault.xml_doctype"),
        (changed_part(SHEET, b'r="A1"', b'r="XFD1048576"'), "fault.sheet_large"),
        (changed_part(SHEET, b'r="A1"', b'r="A20000"'), "fault.sheet_large"),
        (changed_part(SHEET, b"</row>", b"</raw>"), "fault.sheet_part"),
        # With each of these the reader behind would ask for more memory than there is, and end the process.
        (changed_part(SHEET, b'r="A1"', b'r="xfd1048576"'), "fault.sheet_part"),
        (changed_part(SHEET, b'r="A1"', b'r="A4294967295"'), "fault.sheet_part"),
        (changed_part(SHEET, b'r="A1"', b'r="ZZZZZZZ1"'), "fault.sheet_part"),
        (changed_part(SHEET, b'<row r="1"', b'<row r="99999999999"'), "fault.sheet_part"),
        (changed_part("xl/sharedStrings.xml", b'uniqueCount="', b'uniqueCount="99999999'), "fault.sheet_part"),
        (changed_part(SHEET, b"<sheetData>", b"<x>" * 100 + b"<sheetData>"), "fault.too_deep"),
    ],
)
def test_bombs_and_entities_are_refused(data: bytes, key: str) -> None:
    assert [fault.key for fault in faults_of(data, "p.xlsx")] == [key]


def test_a_coloured_cell_far_away_is_no_size() -> None:
    far = b'</row><row r="1048576"><c r="XFD1048576" s="1"/></row>'
    assert read_programme(changed_part(SHEET, b"</row>", far), "p.xlsx").sessions


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_template_only_lacks_what_is_to_be_filled_in(language: str) -> None:
    found = faults_of(template(language, Guide("Как заполнять", ["a", "b"])), "p.xlsx")
    assert {fault.key for fault in found} == {"fault.missing_key"}
    sheet, title, zone = {
        "kk": ("Форум!A2", "Атауы kk", "Уақыт белдеуі"),
        "ru": ("Форум!B2", "Название ru", "Часовой пояс"),
        "en": ("Forum!C2", "Title en", "Time zone"),
    }[language]
    assert [(fault.place, fault.fields["name"]) for fault in found] == [
        (sheet, title),
        (f"{sheet.partition('!')[0]}!N2", zone),
    ]


_SMALL = read_programme(SMALL.encode(), "p.toml")
_DATA = write(_SMALL, "xlsx", "ru")


def never_crashes(data: bytes) -> None:
    try:
        said = [str(read_programme(data, "p.xlsx").forum.title)]
    except ProgrammeFaults as found:
        said = list(console(found.faults))
    assert "\n".join(said).encode("utf-8", "replace")


@settings(deadline=None, max_examples=examples(100))
@given(st.integers(0), st.integers(0, 40), st.binary(max_size=8))
def test_a_workbook_with_a_hole(at: int, length: int, instead: bytes) -> None:
    at %= len(_DATA)
    never_crashes(_DATA[:at] + instead + _DATA[at + length :])


@settings(deadline=None, max_examples=examples(100), suppress_health_check=[HealthCheck.too_slow])
@given(
    st.integers(0),
    st.integers(0),
    st.integers(0, 40),
    st.one_of(st.binary(max_size=8), st.sampled_from([b"<", b"&", b'"', b"9" * 30])),
)
def test_a_workbook_with_a_hole_in_a_part(which: int, at: int, length: int, instead: bytes) -> None:
    source = zipfile.ZipFile(io.BytesIO(_DATA))
    names = source.namelist()
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as parcel:
        for number, part in enumerate(names):
            content = source.read(part)
            if number == which % len(names):
                at %= len(content)
                content = content[:at] + instead + content[at + length :]
            parcel.writestr(part, content)
    never_crashes(file.getvalue())


_CELLS = st.one_of(
    st.none(),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=8),
    st.integers(-(10**6), 10**6),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.dates(dt.date(1900, 1, 1), dt.date(9999, 12, 31)),
    st.times().map(lambda time: time.replace(microsecond=0)),
    st.sampled_from(["10:30", "26.11.2026", "a", "да", "=1+1", "1e400", "99:99", "٣", "2026-11-26T10:00:00+23:59"]),
)
_HEADS = "Код|День|Начало|Конец|Минуты|Название|Название ru|Вид|Зал|Спикеры|Направление|Аннотация|Язык|Отменена"


@settings(deadline=None, max_examples=examples(100))
@given(st.lists(st.lists(_CELLS, max_size=14), max_size=4))
def test_any_cells_under_the_headings(rows: Rows) -> None:
    never_crashes(workbook({"Форум": FORUM, "Сессии": [_HEADS.split("|"), *rows]}))


@settings(deadline=None, max_examples=examples(60))
@given(
    st.dictionaries(
        st.sampled_from(["Форум", "Дни", "Rooms", "Сессии", "Лист1"]),
        st.lists(st.lists(_CELLS, max_size=5), max_size=5),
        min_size=1,
    )
)
def test_any_sheets(sheets: dict[str, Rows]) -> None:
    never_crashes(workbook(sheets))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fault_has_its_words_and_their_fields(language: str) -> None:
    with (FOLDER / f"{language}.po").open("rb") as file:
        words = {str(message.id): str(message.string) for message in read_po(file) if message.id}
    assert {key for key in words if key.startswith(("fault.", "warning."))} == {*FIELDS, "fault.at_line"}
    for key, fields in FIELDS.items():
        assert {name for _, name, _, _ in string.Formatter().parse(words[key]) if name} == set(fields), key


def test_letters_of_columns() -> None:
    assert [column_letters(number) for number in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_check_reads_a_workbook(tmp_path: Any) -> None:
    path = tmp_path / "p.xlsx"
    path.write_bytes(_DATA)
    assert check_file(path).programme == _SMALL
