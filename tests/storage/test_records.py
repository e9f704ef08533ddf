"""A record is made of a row by the names of its fields, whatever else the row has and in whichever order."""

import sqlite3
from dataclasses import dataclass

import pytest

from storage.contract import Row
from storage.records import columns, or_empty, parameters, reader, values


@dataclass(frozen=True, slots=True)
class Seat:
    row: int
    taken: bool
    person: str
    note: str = ""


def of_sqlite() -> Row:
    connection = sqlite3.connect(":memory:")
    connection.row_factory = sqlite3.Row
    row: Row = connection.execute("SELECT 'x' AS hall, NULL AS person, 1 AS taken, '!' AS note, 7 AS row").fetchone()
    connection.close()
    return row


def of_postgres() -> Row:
    return {"hall": "x", "person": None, "taken": 1, "note": "!", "row": 7}


@pytest.mark.parametrize("row", [of_sqlite(), of_postgres()], ids=["sqlite", "postgres"])
def test_a_record_is_made_by_name_and_converted(row: Row) -> None:
    seat = reader(Seat, taken=bool, person=or_empty)(row)
    assert seat == Seat(row=7, taken=True, person="", note="!")
    assert seat.taken is True


def test_a_conversion_of_no_field_is_refused() -> None:
    with pytest.raises(ValueError, match="token"):
        reader(Seat, token=bool)


def test_an_insert_names_each_column_and_gives_it() -> None:
    assert columns(Seat) == "row, taken, person, note"
    assert parameters(Seat) == ":row, :taken, :person, :note"
    assert values(Seat(7, True, "Ann")) == {"row": 7, "taken": True, "person": "Ann", "note": ""}
