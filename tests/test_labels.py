"""Labels of buttons: readable on a phone, and distinguishable."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.programme.load import load_file
from bot.views.buttons import Go, button
from bot.views.labels import HALF, WHOLE, distinguish, side_by_side
from tests.conftest import PROGRAMME

GROUPS = (
    "Рабочая группа: предложения ко второму этапу Концепции",
    "Рабочая группа: предложения к законопроекту об НПО",
    "Рабочая группа: предложения к законопроекту о государственном социальном заказе",
    "Рабочая группа: правовое просвещение и «Добропорядочный гражданин»",
)


def test_titles_that_begin_alike_show_what_differs() -> None:
    assert distinguish(GROUPS, 34) == [
        "…предложения ко второму этапу…",
        "…законопроекту об НПО",
        "…законопроекту о государственном…",
        "Рабочая группа: правовое…",
    ]


def test_titles_that_differ_stay_as_they_are() -> None:
    assert distinguish(("Открытие форума", "Открытие выставки"), 34) == ["Открытие форума", "Открытие выставки"]
    assert distinguish(("Открытие форума",), 10) == ["Открытие…"]
    assert distinguish(("Открытие", "Открытие"), 34) == ["Открытие", "Открытие"]


def test_no_two_sessions_of_the_sample_look_alike() -> None:
    for language in ("kk", "ru", "en"):
        for day in load_file(PROGRAMME).days:
            titles = {one.title.say(language) for one in load_file(PROGRAMME).of_day(day.date)}
            labels = distinguish(sorted(titles), WHOLE - 6)
            assert len(set(labels)) == len(titles)
            assert max(map(len, labels)) <= WHOLE - 6


@given(st.lists(st.text(st.sampled_from("ab "), max_size=40), max_size=6), st.integers(4, 40))
def test_labels_are_never_longer_than_the_limit(titles: list[str], limit: int) -> None:
    assert all(len(label) <= limit for label in distinguish(titles, limit))
    assert len(distinguish(titles, limit)) == len(titles)


def test_short_labels_stand_side_by_side_and_a_long_one_alone() -> None:
    keys = [button(text, Go(where="now")) for text in ("a", "b", "c" * (HALF + 1), "d", "e", "f")]
    rows = [[key["text"] for key in row] for row in side_by_side(keys)]
    assert rows == [["a", "b"], ["c" * (HALF + 1)], ["d", "e"], ["f"]]
