"""A star is seen at once wherever its session is listed, and is gone as soon as it is taken back."""

from __future__ import annotations

import pytest

from tests.conftest import Forum
from tests.telegram import Person

TITLE = "Торжественное открытие"
LISTS = ("d:20261126:0", "go:now", "r:uly-dala:0")  # a day, now and next, a room


async def starred(person: Person, listed: str) -> bool:
    """Whether the list shows a star at the session, asked of a fresh message."""
    await person.send("/agenda")
    message = await person.sees("📅")
    await person.press_data("go:rooms", message.id)
    await person.press_data(listed, message.id)
    return f"⭐ {TITLE}" in (await person.sees(TITLE)).text


@pytest.mark.parametrize("listed", LISTS)
async def test_lists_follow_the_stars(listed: str, forum: Forum) -> None:
    opening = forum.programme.session("opening")
    assert opening is not None
    await forum.at(opening.start)
    person = await forum.delegate("Сергей", "ru")
    assert not await starred(person, listed)
    await person.start("s_opening")
    card = await person.sees(TITLE, "🕒")
    for wanted in (True, False, True):
        await person.press_data(f"b:opening:{int(wanted)}:", card.id)
        assert await starred(person, listed) is wanted
    await person.send("/forget")
    await person.press("fg:1")
    await person.sees("👋")
    assert not await starred(person, listed)
