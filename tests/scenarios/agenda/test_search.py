"""Any word that is typed is looked for in the programme."""

from __future__ import annotations

import pytest

from bot.programme.model import Programme
from tests.conftest import Forum
from tests.scenarios.agenda.congress import congress


@pytest.mark.parametrize(
    ("language", "typed", "found"),
    [
        ("ru", "казакстан", "Қазақстан халқына"),
        ("kk", "казакстан", "«Қазақстан халқына»"),
        ("kk", "ҚАЗАҚСТАНДА", "«Қазақстан халқына»"),
        ("ru", "законами", "закон"),
        ("ru", "чинкисбаева", "Доклад председателя"),
        ("en", "otkrytie", "10:10–10:30"),
        ("ru", "  открытие\n\nфорума ", "Торжественное открытие"),
    ],
)
async def test_words_are_found_in_any_form_and_on_any_keyboard(
    forum: Forum, language: str, typed: str, found: str
) -> None:
    guest = await forum.telegram.person("Гость", language)
    await guest.send(typed)
    shown = await guest.sees("🔍")
    assert found in shown.text
    await guest.press("s:")
    assert "🕒" in (await guest.last()).text


@pytest.mark.parametrize("typed", ["<b>&amp;</b>", "абракадабра", "x" * 4096, "\u202eyarrA", "%_\\' OR 1=1 --"])
async def test_what_is_not_found_is_said_politely(forum: Forum, typed: str) -> None:
    guest = await forum.telegram.person("Guest", "en")
    await guest.send(typed)
    shown = await guest.sees("Nothing found for")
    assert "\u202e" not in shown.text
    assert "Days" in shown.buttons


@pytest.mark.parametrize("typed", ["🙂", "?!", "\u200b🙂\u200d", "…"])
async def test_what_has_no_letters_is_no_search(forum: Forum, typed: str) -> None:
    guest = await forum.telegram.person("Guest", "en")
    await guest.send(typed)
    await guest.sees("type a word")


async def test_one_comes_back_to_what_was_found(forum: Forum) -> None:
    guest = await forum.telegram.person("Гость", "ru")
    await guest.send("доклад: фонда")
    shown = await guest.sees("🔍 Найдено: доклад: фонда")
    await guest.press("s:")
    await guest.press("Назад")
    back = await guest.last()
    assert back.id == shown.id
    assert back.text.splitlines()[1:] == shown.text.splitlines()[1:]


class TestCongress:
    @pytest.fixture
    def programme(self) -> Programme:
        return congress(days=3, rooms=10, a_day=6)

    async def test_results_have_pages(self, forum: Forum) -> None:
        guest = await forum.telegram.person("Guest", "en")
        await guest.send("democracy")
        await guest.sees("Found: democracy")
        await guest.press("›")
        second = await guest.last()
        assert any(label.startswith("2/") for label in second.buttons)
        await guest.press("s:")
        await guest.press("Back")
        assert (await guest.last()).text == second.text

    async def test_a_long_search_asks_to_be_more_precise(self, forum: Forum) -> None:
        guest = await forum.telegram.person("Guest", "en")
        await guest.send("we show how it was done and what we would do differently")
        shown = await guest.sees("🔍", "more results. Be more precise")
        await guest.press("s:")
        assert "🕒" in (await guest.last()).text
        assert shown.id == (await guest.last()).id
