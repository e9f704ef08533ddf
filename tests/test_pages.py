"""Words on paper: whatever is typed fits its place, and nothing of it is lost without a sign."""

from __future__ import annotations

import pytest

from bot.papers import pages
from bot.papers.pages import BOLD, LEADING, PLAIN, fitted, length, load_fonts, parts, printable
from tests import pdf_text

TEXTS = (
    "Айгүл",
    "Донаудампфшиффартсгезельшафт" * 40,
    "Әлеуметтік жауапкершілік және қоғамдық белсенділік: " * 30,
    "а-б-в-г-" * 100,
    "- -- --- -",
    "W" * 160,
    "",
)


@pytest.mark.parametrize("font", [PLAIN, BOLD])
@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
@pytest.mark.parametrize(("width", "height"), [(500, 250), (120, 40), (30, 12)])
def test_every_line_stays_in_its_box(text: str, font: str, width: int, height: int) -> None:
    load_fonts()
    for paragraphs in ([text], [text, text, "қысқа"]):
        size, found = fitted(paragraphs, font=font, sizes=(40, 6), width=width, height=height, gap=0.5)
        assert 6 <= size <= 40
        assert len(found) == len(paragraphs)
        lines = [line for one in found for line in one]
        assert all(length(line, font, size) <= width + 0.01 for line in lines)
        tall = (len(lines) * LEADING + (len(found) - 1) * 0.5) * size
        assert tall <= height or all(len(one) == 1 for one in found)  # one line of each is always left
        for written, one in zip(paragraphs, found, strict=True):
            said = "".join("".join(one).split())
            assert said == "".join(written.split()) or said.endswith("…")


def test_a_short_word_is_as_large_as_it_may_be_and_a_long_one_is_not_broken() -> None:
    load_fonts()
    assert fitted(["Айгүл"], font=BOLD, sizes=(40, 6), width=500, height=250, gap=0)[0] == 40
    _, [lines] = fitted(
        ["Christopher Montgomery-Featherstonehaugh"], font=BOLD, sizes=(22, 8), width=226, height=45, gap=0
    )
    assert lines == ["Christopher Montgomery-", "Featherstonehaugh"]


def test_what_paper_has_no_use_for_is_left_out() -> None:
    assert printable("Әсия\u200b\u202e \n😀 Ғ. ✋\ufe0f", PLAIN) == "Әсия Ғ."
    assert printable("王伟", PLAIN) == "王伟"  # printed as empty frames: a badge is not without a name
    letters = "ӘҒҚҢӨҰҮҺІәғқңөұүһіЁё"
    assert all(ord(letter) in pages.glyphs(font) for letter in letters for font in (PLAIN, BOLD))
    assert [part for _, part in parts("Ана-ғұрлым сөз")] == ["Ана-", "ғұрлым", "сөз"]


def test_a_file_says_nothing_of_when_and_where_it_was_made() -> None:
    def draw(paper: pages.Pages) -> None:
        paper.words("Сәлем", x=50, y=50, font=PLAIN, size=12)
        paper.qr("https://t.me/x", 100, y=100, side=100)

    first, second = (pages.document("Badges", draw) for _ in range(2))
    assert first == second
    [page] = pdf_text.pages(first)
    assert page.text == "Сәлем"
    assert page.codes == [pages.qr_modules("https://t.me/x", "q")]
