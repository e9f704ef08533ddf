"""Mistakes are forgiven where nothing is met exactly, and nothing is made out of noise."""

from __future__ import annotations

import pytest

from bot.programme.load import read_programme
from bot.programme.model import Page, Programme, Room, Session, Speaker, Text
from bot.programme.search import Findings, Index
from bot.programme.typed.mistakes import halves, one_script, other_keyboard
from tests.programme.schedules import as_json, pretalx
from tests.programme.test_questions import held, programme_of


@pytest.fixture(scope="module")
def index() -> Index:
    people = (
        Speaker("sarsenova", Text("Гүлнар Сәрсенова"), Text({"ru": "вице-министр культуры", "kk": "вице-министр"})),
        Speaker("smith", Text("John O’Connor-Smith"), Text("Foundation")),
    )
    return Index(
        programme_of(
            held("law", "10:00", "11:00", title="ҮЕҰ туралы заң жобасы", speakers=("sarsenova",)),
            held("town", "11:00", "12:00", title="Түркістан: қоғам мен мемлекет"),
            held("wifi", "12:00", "13:00", title="Что такое e-government и Wi-Fi", room="hall"),
            speakers=people,
            rooms=(Room("hall", Text("«Отырар» залы")),),
            pages=(Page("net", Text("Интернет"), Text("Сеть <code>Forum</code>")),),
        )
    )


def codes(findings: Findings) -> list[str]:
    return [one.code for one in findings.things]


@pytest.mark.parametrize(
    ("typed", "first", "instead"),
    [
        *(("вице-министір", "sarsenova", "вице министр"), ("вицеминистр", "sarsenova", "")),
        *(("вице министр", "sarsenova", ""), ("вице-министр", "sarsenova", ""), ("вице‑министр", "sarsenova", "")),
        *(("сарсеноваа", "sarsenova", ""), ("сарсенава", "sarsenova", "Сәрсенова")),
        *(("sarsennova", "sarsenova", ""), ("sarsinova", "sarsenova", "Сәрсенова")),
        *(("заңжоба", "law", "заң жоба"), ("законжоба", "", "")),
        *(("turkestan", "town", "Түркістан"), ("Турккистан", "town", "Түркістан"), ("түркстан", "town", "Түркістан")),
        *(("Cәрсeнова", "sarsenova", ""), ("Отырap", "hall", "")),  # with Latin letters that look the same
        *(("cfhctyjdf", "sarsenova", "Сәрсенова"), ("щэсщттщк", "smith", "oconnor")),
        *(("ыьшер", "smith", "Smith"), ("гүлнар сарсеннва", "sarsenova", "Гүлнар Сәрсенова")),
        *(("o'connor", "smith", ""), ("oconnor smith", "smith", ""), ("egovernment", "wifi", "")),
        *(("wi-fi", "wifi", ""), ("wifi", "wifi", ""), ("вай фай", "net", ""), ("вайфай", "net", "")),
    ],
)
def test_what_was_meant_is_found_and_said(index: Index, typed: str, first: str, instead: str) -> None:
    found = index.look(typed, "kk")
    assert codes(found)[:1] == ([first] if first else [])
    assert found.instead.lower().startswith(instead.lower())


NOISE = (
    *("абракадабра", "йцукен", "фывапролд", "asdfgh", "qwerty", "zxcvbn", "lorem", "ipsum", "dolor", "xyzzy", "ыыыыы"),
    *("ааааа", "zzzzzzzz", "ждлорпавы", "пельмени", "велосипед", "крокодил", "бегемот", "гиппопотам", "снегопад"),
    *("рыбалка", "xkcd1234", "2718281828", "бәйшешек", "көбелек", "жаңғақ", "күнбағыс", "тырна", "butterfly"),
    *("umbrella", "pineapple", "saxophone"),
)


@pytest.mark.parametrize("noise", NOISE)
def test_nothing_is_made_of_noise(index: Index, sample: Programme, noise: str) -> None:
    for one in (index, Index(sample)):
        for language in ("kk", "ru", "en"):
            assert one.look(noise, language) == Findings()


def test_no_more_than_a_few_words_are_guessed(index: Index) -> None:
    """With many words that are nowhere it is no search but a question."""
    assert codes(index.look("сарсеноваа турккистан", "kk")) == []  # each is met, both together are nowhere
    assert codes(index.look("когда наконец будет построена дорога сарсеноваа", "kk")) == []


def test_a_number_is_no_other_number(sample: Programme) -> None:
    index = Index(programme_of(held("one", "10:00", "11:00", title="Заседание 20261126")))
    assert codes(index.look("20261126", "ru")) == ["one"]
    assert codes(index.look("20261127", "ru")) == []


def test_what_is_said_is_as_the_programme_writes_it(sample: Programme) -> None:
    found = Index(sample).look("чинкизбаева", "ru")
    assert found.instead == "Чинкисбаева"
    assert isinstance(found.things[0], Speaker)


def test_over_a_congress_every_kind_of_thing_is_found() -> None:
    programme = read_programme(as_json(pretalx(days=5, rooms=15, a_day=12)), "s.json")
    index = Index(programme)
    assert len(programme.sessions) == 900
    found = index.look("democarcy", "en", limit=20)
    assert found.instead == "democracy"
    assert len(found.things) == 20
    assert all(isinstance(one, Session) for one in found.things)
    name = programme.speakers[3].name.say("en")
    assert programme.speakers[3] in index.look(name, "en").things


def test_halves_are_the_most_even_first() -> None:
    assert list(halves("заңжоба")) == [("заң", "жоба"), ("заңж", "оба")]
    assert list(halves("заң")) == []


def test_scripts_and_keyboards() -> None:
    assert one_script("отыpap") == "отырар"
    assert one_script("zoom-встреча") == "zoom-встреча"
    assert one_script("turkistan") == "turkistan"
    assert other_keyboard("jnshfh") == "отырар"
    assert other_keyboard("Ghbdtn") == "привет"
    assert other_keyboard("ещнщещ") == "toyoto"
    assert other_keyboard("да") == ""
    assert other_keyboard("abc где") == ""
