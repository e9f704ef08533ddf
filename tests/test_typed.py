"""What is typed is kept as people read it, and holds nothing that cannot be seen or breaks the page."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.actions.typed import MARKS_MOST, UNSEEN, ZERO_WIDTH_JOINER, one_line, says_something, tidy

# Rarely met by chance: marks of several scripts, joiners, fillers, spaces and controls of all kinds.
ODD = (
    "aё1 \n\t\r\u00a0\u2028\u200b\u200d\u202e\ufe0f"
    "\u0301\u0327\u0489\u20dd\u0e49\u064b\u0651\u093f\u094d"
    "\u3164\u1160\u034f\U000e0101"
)

WORDS = [
    "Әлеуметтік жауапкершілік: қоғамдық белсенділік — «қозғаушы күш»",
    "Ещё й ё́ и подъём",
    "السَّلَامُ عَلَيْكُمْ وَرَحْمَةُ ٱللَّٰهِ",
    "क्षत्रियों की ज़िन्दगी में स्त्री",
    "น้ำผึ้งที่นี่เป็นที่รู้จัก",
    "Việt Nam trở thành",
    "བསྒྲུབས་པ",
    "שָׁלוֹם",
    "👩‍❤️‍👨 1️⃣ 🇰🇿 ❤️",
    "Две строки\n\nи ещё одна",
]


@pytest.mark.parametrize("words", WORDS)
def test_the_words_of_every_script_stay_as_they_are(words: str) -> None:
    assert tidy(unicodedata.normalize("NFD", words)) == unicodedata.normalize("NFC", words)


@given(st.one_of(st.text(), st.text(alphabet=ODD)))
@example("a \u200d")
@example("\u200d \u200d\n a")
@example("a\u0301\u0301\u0301\u200d\u0301\u0301\u0301")
@example("e\u034f\u0301")
def test_whatever_is_typed_comes_out_clean_and_stays_so(text: str) -> None:
    clean = tidy(text)
    assert tidy(clean) == clean
    assert unicodedata.is_normalized("NFC", clean)
    assert UNSEEN.search(clean) is None
    assert "\n\n\n" not in clean
    for line in clean.split("\n"):
        assert line == line.strip().strip(ZERO_WIDTH_JOINER)
        assert " ".join(line.split()) == line
    assert clean == clean.strip("\n")
    assert {unicodedata.category(letter) for letter in clean if letter not in f"\n{ZERO_WIDTH_JOINER}"}.isdisjoint(
        {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    )
    marks = "".join(
        "m" if unicodedata.category(letter) in ("Mn", "Me") else "." for letter in clean if letter != ZERO_WIDTH_JOINER
    )
    assert "m" * (MARKS_MOST + 1) not in marks
    assert "\n" not in one_line(text)


@pytest.mark.parametrize(
    "name",
    [
        "\u3164\u3164",
        "\u115f\u1160",
        "\uffa0\uffa0",
        "\u3164 \u3164",
        "\u17b4\u17b5a",
        "\U000e0100a",
        "\u200da",
        "\u2800\u2800",
    ],
)
def test_a_name_that_nobody_can_see_is_none(name: str) -> None:
    assert not says_something(one_line(name))


def test_words_between_tabs_stay_apart() -> None:
    assert tidy("Кто\tи\r\nкогда") == "Кто и\nкогда"
