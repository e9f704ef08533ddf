"""Files that are meant to do harm: small ones that would take all memory, or hold up every thread for hours."""

from __future__ import annotations

import datetime as dt
import io
import json
import tracemalloc
import zipfile

import pytest

from bot.programme.clean import clean
from bot.programme.load import read_programme
from bot.programme.readers.cells import value_of
from bot.programme.readers.columns import BY_KEY
from tests.programme.test_readers import SMALL, faults_of

FORMATS = "http://schemas.openxmlformats.org"
RELATIONS = f"{FORMATS}/officeDocument/2006/relationships"
SHEET = f'<worksheet xmlns="{FORMATS}/spreadsheetml/2006/main"><sheetData>{{}}</sheetData></worksheet>'
FAR = SHEET.format('<row r="10000"><c r="GR10000"><v>1</v></c></row>')
LONG = SHEET.format("".join(f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(1, 900)))
TEXT = f'<sst xmlns="{FORMATS}/spreadsheetml/2006/main"><si><t>{{}}</t></si></sst>'
MOST_MEMORY = 300_000_000  # bytes


def workbook(sheets: int, sheet: str) -> bytes:
    """So many sheets, all of them the same part of the zip."""
    main, package = "spreadsheetml/2006/main", "package/2006/relationships"
    names = "".join(f'<sheet name="s{number}" sheetId="{number + 1}" r:id="one"/>' for number in range(sheets))
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{FORMATS}/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{FORMATS}/{package}"><Relationship Id="all" '
        f'Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{FORMATS}/{main}" xmlns:r="{RELATIONS}">'
        f"<sheets>{names}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{FORMATS}/{package}">'
        f'<Relationship Id="one" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="two" Type="{RELATIONS}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": sheet,
        "xl/sharedStrings.xml": TEXT.format("x" * 30_000),
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as parcel:
        for name, content in parts.items():
            parcel.writestr(name, content)
    return file.getvalue()


def refused(data: bytes, name: str) -> str:
    return faults_of(data, name)[0].key


@pytest.mark.parametrize(("sheets", "sheet"), [(30, FAR), (30, LONG), (5_000, SHEET.format(""))])
def test_a_sheet_that_is_named_often_takes_no_more_than_many_sheets(sheets: int, sheet: str) -> None:
    """1.5 KB that were laid out as gigabytes: each sheet alone is small enough."""
    tracemalloc.start()
    try:
        assert refused(workbook(sheets, sheet), "x.xlsx") == "fault.sheet_bomb"
        assert tracemalloc.get_traced_memory()[1] < MOST_MEMORY
    finally:
        tracemalloc.stop()


def test_a_toml_file_cannot_keep_the_finder_of_lines_busy() -> None:
    """Valid TOML; a pattern that tries every way to share out the spaces holds all threads until it is through."""
    source = SMALL.replace("[forum]", "[forum]\nodd = [\n[" + " " * 100_000 + "1],\n]")
    assert refused(source.encode(), "x.toml") == "fault.unknown_key"


@pytest.mark.parametrize("step", ["a", '"a"', "'a'", '"\\""', " a\t"])
@pytest.mark.parametrize("shape", ["{} = 1", "[{}]", "x = {{ {} = 1 }}"])
def test_a_key_of_a_thousand_steps_is_too_deep(step: str, shape: str) -> None:
    """What reads TOML takes memory by the square of their number: 40 KB were 1.5 GB."""
    assert refused(shape.format(".".join([step] * 1000)).encode(), "x.toml") == "fault.too_deep"


def test_what_only_looks_like_such_a_key_is_read() -> None:
    dots = f'description = "{"." * 500} {"a.b.c, " * 100} e.g. {"www.example.org/x.y.z " * 50}"'
    assert read_programme(SMALL.replace("[forum]", f"[forum]\n{dots}").encode(), "x.toml")


@pytest.mark.parametrize("odd", [["x"], {"x": 1}, None, 1, True])
def test_our_part_of_a_schedule_can_hold_anything(odd: object) -> None:
    own = {"format": 1, "forum": odd, "rooms": odd, "room_names": odd, "days": [{"date": odd}, odd]}
    event = {"guid": "g", "title": "t", "date": "2026-11-26T10:00:00+05:00", "duration": "01:00", "minber": {"x": odd}}
    day = {"date": "2026-11-26", "rooms": {"A": [event]}}
    conference = {"title": "x", "minber": own, "days": [day]}
    assert refused(json.dumps({"schedule": {"conference": conference}}).encode(), "x.json").startswith("fault.")


def test_no_forum_has_ten_thousand_sessions() -> None:
    events = [
        {"guid": str(number), "title": "t", "date": "2026-11-26T10:00:00+05:00", "duration": "01:00"}
        for number in range(10_000)
    ]
    day = {"date": "2026-11-26", "rooms": {"A": events}}
    assert refused(json.dumps({"schedule": {"conference": {"title": "x", "days": [day]}}}).encode(), "x.json") == (
        "fault.too_many"
    )


@pytest.mark.parametrize(
    "words", ["`" * 1_000_000, "```" + " " * 1_000_000 + "!", "\n" + "~~~" + "\t" * 1_000_000 + "!"]
)
def test_no_text_keeps_the_cleaner_busy(words: str) -> None:
    """Each took time by the square of its length: hours in which no other thread could run."""
    assert clean(words) is not None


def test_no_cell_keeps_the_reader_of_times_busy() -> None:
    column = next(one for one in BY_KEY["sessions"].columns if one.type == "time")
    words = "10:00" + " " * 1_000_000 + "!"
    assert value_of(column, words) == words
    assert [value_of(column, said) for said in ("9:05", "1.30 p. m.", "01:30:00 PM")] == [
        dt.time(9, 5),
        dt.time(13, 30),
        dt.time(13, 30),
    ]
