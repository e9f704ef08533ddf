"""Whatever a file holds, reading it ends with a programme, or with faults that can be said."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.programme.faults import ProgrammeFaults
from bot.programme.load import read_programme
from bot.programme.model import Programme
from tests.examples import examples
from tests.programme.schedules import as_json, as_pretalx_xml, pretalx
from tests.programme.test_clean import check_for_telegram
from tests.programme.test_readers import SAMPLE, SMALL

_JSON = as_json(pretalx(days=1, rooms=2, a_day=2))
_XML = as_pretalx_xml(pretalx(days=1, rooms=2, a_day=2))
_SOURCES = {"p.toml": SMALL.encode(), "s.json": _JSON, "s.xml": _XML, "turkistan.toml": SAMPLE.read_bytes()}

_ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=20),
    st.sampled_from(["0001-01-01T00:00:00+14:00", "9999-12-31", "2026-11-26T10:00:00+23:59", "999:59", "Asia", "../x"]),
    st.lists(st.none(), max_size=2),
    st.dictionaries(st.text(max_size=3), st.integers(), max_size=2),
)


def read(data: bytes, name: str) -> None:
    try:
        programme = read_programme(data, name)
    except ProgrammeFaults as found:
        said = str(found)
    else:
        said = "a programme"
        document = json.loads(json.dumps(programme.to_document()))
        assert Programme.from_document(document) == programme
        json.dumps(document, ensure_ascii=False).encode()
        for session in programme.sessions:
            assert session.start.timestamp() < session.end.timestamp()
            assert programme.day(session.day)
            assert len(f"s_{session.code}".encode()) <= 64
            check_for_telegram(session.abstract.say("kk"))
    assert said.encode()


@settings(deadline=None)
@given(st.binary(), st.sampled_from(["a.toml", "a.json", "a.xml", "a", ".xml"]))
def test_any_bytes(data: bytes, name: str) -> None:
    read(data, name)


@settings(deadline=None)
@given(st.sampled_from(sorted(_SOURCES)), st.integers(0), st.integers(0, 40), st.binary(max_size=8))
def test_a_real_file_with_a_hole(name: str, at: int, length: int, instead: bytes) -> None:
    data = _SOURCES[name]
    at %= len(data)
    read(data[:at] + instead + data[at + length :], name)


@settings(deadline=None)
@given(st.integers(0), _ODD)
def test_a_schedule_with_one_odd_value(number: int, value: Any) -> None:
    document = json.loads(_JSON)
    spots = list(_spots(document))
    holder, key = spots[number % len(spots)]
    holder[key] = value
    read(json.dumps(document).encode("utf-8", "surrogatepass"), "s.json")


_ODD_TOML_LIST = """
    "" 1 nan -1e400 true [] {} [[1]] 0001-01-01 9999-12-31 10:30:00 2026-11-26T10:00:00Z 'x' "04:00" "23:59"
    "Asia" "\\u200b" {kk=""} {kk=1}
"""
_ODD_TOML = st.sampled_from(_ODD_TOML_LIST.split())


@settings(deadline=None, max_examples=examples(200))
@given(st.integers(0), _ODD_TOML)
def test_a_programme_with_one_odd_value(number: int, value: str) -> None:
    lines = SMALL.split("\n")
    keys = [place for place, line in enumerate(lines) if " = " in line]
    place = keys[number % len(keys)]
    lines[place] = f"{lines[place].partition(' = ')[0]} = {value}"
    read("\n".join(lines).encode(), "p.toml")


def _spots(value: Any) -> Any:
    """Every (holder, key) of a document, so that one of its values can be replaced."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in pairs:
        yield value, key
        yield from _spots(inner)
