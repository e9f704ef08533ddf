"""In which language a draft is: said, said otherwise, and taken back, on one screen."""

from __future__ import annotations

import pytest

from bot.texts import LANGUAGE_NAMES, LANGUAGES
from tests.conftest import Forum
from tests.scenarios.announcements.announcing import draft
from tests.scenarios.second_reader import tables
from tests.scenarios.steps import nothing_due, now_in, said
from tests.telegram import Message, Person


def versions(forum: Forum) -> list[str]:
    return sorted(row["language"] for row in tables(forum.folder)["announcement_parts"])


async def opened(organizer: Person) -> Message:
    """The languages of draft 1."""
    await draft(organizer, "Автобус 18:30")
    await organizer.press("av:1::open")
    return await organizer.sees(said("announcements.languages_how", language_of(organizer)))


def language_of(person: Person) -> str:
    return str(person.data["language_code"])


async def press(organizer: Person, data: str, screen: Message) -> Message:
    await organizer.press_data(data, screen.id)
    return await now_in(organizer, screen)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_language_that_was_said_is_taken_back(forum: Forum, language: str) -> None:
    organizer, reader = await forum.organizer(language), await forum.delegate("Айгерім", "kk")
    screen = await opened(organizer)
    assert not screen.button("bk:")
    screen = await press(organizer, "av:1:ru:name", screen)
    assert versions(forum) == ["ru"]
    assert said("announcements.renaming_how", language) in screen.text
    rows = [row for row in screen.rows if row[0]["callback_data"].startswith("bk:")]
    assert [len(row) for row in rows] == [2, 1]  # two names in a button: a phone cuts three of them
    await organizer.press(said("announcements.not_said", language, name=LANGUAGE_NAMES["ru"]), screen)
    screen = await now_in(organizer, screen)
    assert versions(forum) == [""]
    assert said("announcements.for_all", language) in screen.text
    assert not screen.button("bk:")
    assert screen.button("av:1:kk:name")
    await organizer.press("ad:1:open", screen)
    await organizer.press("ad:1:confirm", screen)
    await organizer.press("an:1:send")
    await nothing_due(forum)
    assert (await reader.sees("Автобус 18:30")).text == "Автобус 18:30"  # without the mark of another language


async def test_a_language_that_was_said_wrongly_is_said_otherwise(forum: Forum) -> None:
    organizer = await forum.organizer()
    screen = await press(organizer, "av:1:ru:name", await opened(organizer))
    await organizer.press(f"{LANGUAGE_NAMES['ru']} → {LANGUAGE_NAMES['en']}", screen)
    assert versions(forum) == ["en"]
    screen = await now_in(organizer, screen)
    assert f"🌐 {LANGUAGE_NAMES['en']}\n" in screen.text


async def test_of_several_versions_each_may_be_for_all_or_in_the_language_that_is_left(forum: Forum) -> None:
    organizer = await forum.organizer()
    screen = await press(organizer, "av:1:ru:name", await opened(organizer))
    await organizer.press_data("av:1:kk:write", screen.id)
    await organizer.send("Автобус 18:30-да")
    await organizer.sees("📣", "№1", "✍️")
    screen = await press(organizer, "av:1::open", await organizer.last())
    assert len(screen.rows) <= 8
    offered = {one["callback_data"] for row in screen.rows for one in row if one["callback_data"].startswith("bk:")}
    assert offered == {"bk:1:ru:en", "bk:1:ru:", "bk:1:kk:en", "bk:1:kk:"}
    await press(organizer, "bk:1:ru:", screen)
    assert versions(forum) == ["", "kk"]
    answer = await organizer.press_data("bk:1:kk:", screen.id)  # an old button: there is one for all
    assert answer.text == said("announcements.version_there")
    await press(organizer, "bk:1:kk:en", screen)
    assert versions(forum) == ["", "en"]


@pytest.mark.parametrize("data", ["bk:1:en:kk", "bk:1:ru:xx", "bk:1:xx:kk", "bk:2:ru:", "bk:1::", "bk:1:ru:ru"])
async def test_what_is_forged_or_late_changes_nothing(forum: Forum, data: str) -> None:
    organizer = await forum.organizer()
    screen = await press(organizer, "av:1:ru:name", await opened(organizer))
    assert (await organizer.press_data(data, screen.id)).alert
    assert versions(forum) == ["ru"]


async def test_after_it_was_sent_and_by_others_it_is_not_taken_back(forum: Forum) -> None:
    organizer, delegate = await forum.organizer(), await forum.delegate("Дина", "ru")
    screen = await press(organizer, "av:1:ru:name", await opened(organizer))
    assert (await delegate.press_data("bk:1:ru:", (await delegate.last()).id)).alert
    assert versions(forum) == ["ru"]
    await press(organizer, "ad:1:open", screen)
    await press(organizer, "ad:1:confirm", screen)
    await organizer.press("an:1:send")
    await nothing_due(forum)
    assert (await organizer.press_data("bk:1:ru:", screen.id)).alert
    assert versions(forum) == ["ru"]
