"""The charts: every size of data fits, and what is to be read of them is really drawn."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from bot.actions.agenda.ratings import Result
from bot.actions.staff.stats import Registrations
from bot.papers import charts, pictures
from bot.papers.pictures import Bar, bars, drawable, fitted, width
from bot.texts import LANGUAGES, Translator
from tests.examples import examples
from tests.views import extremes as most

SECONDS = st.integers(1_700_000_000, 1_800_000_000)


def image(content: bytes) -> Image.Image:
    """As Telegram takes a photo: width and height at most 10,000 together, one not above twenty times the other."""
    assert len(content) < 10 * 2**20
    found = Image.open(io.BytesIO(content))
    assert found.format == "PNG"
    assert found.size[0] == 1280
    assert sum(found.size) <= 10_000
    return found


def drawn_apart(one: bytes, other: bytes) -> bool:
    return ImageChops.difference(image(one).convert("L"), image(other).convert("L")).getbbox() is not None


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_most_of_everything_is_drawn(language: str) -> None:
    t = Translator(language, most.ZONE)
    image(charts.ratings_picture(t, most.PROGRAMME, most.RESULTS[:8]))
    image(charts.ratings_picture(t, most.EMPTY, [Result("gone", 3, {5: 3})]))
    counted = [(one.code, 10**6 - number) for number, one in enumerate(most.PROGRAMME.delegations)]
    registered = Registrations([*counted, (None, 1)], [1_790_000_000 + number * 60 for number in range(20_000)])
    image(charts.delegations_picture(t, most.PROGRAMME, registered))
    image(charts.growth_picture(t, registered, most.NOW))


@settings(max_examples=examples(40), deadline=None)
@given(st.lists(SECONDS, min_size=1, max_size=50))
def test_whenever_people_registered_it_is_a_curve(moments: list[int]) -> None:
    t = Translator("kk", most.ZONE)
    image(charts.growth_picture(t, Registrations([(None, len(moments))], sorted(moments)), most.NOW))


@given(st.integers(0, 10**9))
def test_an_axis_holds_its_highest_value_in_few_round_steps(highest: int) -> None:
    ticks = charts.heights(highest)
    assert ticks[0].at == 0
    assert ticks[-1].at >= highest
    assert len(ticks) <= 6


@given(SECONDS, st.integers(1, 400 * 86400))
def test_an_axis_of_time_is_marked_in_order_and_never_full(first: int, length: int) -> None:
    ticks = charts.times(Translator("ru", most.ZONE), first, first + length)
    places = [tick.at for tick in ticks]
    assert places == sorted(set(places))
    assert len(ticks) <= 12
    assert all(first <= place <= first + length for place in places)


@given(st.text(max_size=200), st.integers(40, 1184))
def test_a_label_never_leaves_its_room(text: str, room: int) -> None:
    assert width(fitted(text, room, pictures.LABEL), pictures.LABEL) <= room


def test_every_kazakh_letter_has_its_own_shape_and_an_emoji_no_box() -> None:
    letters = "ӘәҒғҚқҢңӨөҰұҮүҺһІі"
    font = pictures.font(pictures.LABEL, False)
    missing = bytes(font.getmask("\uffff"))
    assert all(bytes(font.getmask(letter)) != missing for letter in letters)
    assert drawable("Қош 🎉 келдіңіз 👩‍🎓!") == "Қош келдіңіз !"


def test_words_and_values_are_really_drawn() -> None:
    row = Bar("Ашылу", 4.0, "4,0 (3)")
    plain = bars("Бағалар", "", [row], 5)
    for other in (Bar("Жабылу", 4.0, "4,0 (3)"), Bar("Ашылу", 3.9, "4,0 (3)"), Bar("Ашылу", 4.0, "4,1 (3)")):
        assert drawn_apart(plain, bars("Бағалар", "", [other], 5))
    assert not drawn_apart(plain, bars("Бағалар", "", [row], 5))
