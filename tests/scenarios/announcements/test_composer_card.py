"""One card of an announcement: its languages and their state, below all else in the chat."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.texts import LANGUAGE_NAMES, LANGUAGES
from tests.conftest import Forum, Running
from tests.scenarios.announcements.announcing import PNG, draft
from tests.scenarios.second_reader import tables
from tests.scenarios.steps import nothing_due, said
from tests.telegram import Message, Person

WORDS = {"kk": "Түскі ас 14:00-де", "ru": "Обед в 14:00", "en": "Lunch at 14:00"}


async def cards(organizer: Person, number: int = 1) -> list[Message]:
    """The messages of the chat from which the announcement can be sent."""
    await organizer.telegram.idle()
    return [one for one in await organizer.messages() if one.from_bot and one.button(f"ad:{number}:confirm")]


async def card(organizer: Person) -> Message:
    """The one card, which is the last message."""
    [found] = await cards(organizer)
    assert found.id == (await organizer.last()).id
    return found


async def write(organizer: Person, language: str) -> Message:
    await organizer.press(f"av:1:{language}:write", await card(organizer))
    await organizer.send(WORDS[language])
    return await card(organizer)


def rows_of(message: Message) -> list[list[dict[str, Any]]]:
    return message.rows


@pytest.mark.parametrize("language", LANGUAGES)
async def test_three_languages_in_five_taps_and_the_card_says_what_each_reads(forum: Forum, language: str) -> None:
    organizer = await forum.organizer(language)
    readers = {one: await forum.delegate("Ася", one) for one in LANGUAGES}
    first, second = (one for one in LANGUAGES if one != language)
    taps = 0

    async def tap(data: str) -> None:
        nonlocal taps
        taps += 1
        await organizer.press(data)
        await organizer.telegram.idle()

    taps += 1  # the menu's key, or the command
    await organizer.send("/announce")
    await organizer.sees("📣")
    await organizer.send(WORDS[language])
    shown = await card(organizer)
    assert f"📝 {said('announcements.for_all', language)}" in shown.text
    assert said("card.length", language, n=len(WORDS[language])) in shown.text
    await tap(f"av:1:{first}:write")
    await organizer.send(WORDS[first])
    shown = await card(organizer)
    assert f"📝 {LANGUAGE_NAMES[first]}" in shown.text
    missing = ", ".join(LANGUAGE_NAMES[one] for one in LANGUAGES if one != first)
    assert said("card.get_for_all", language, languages=missing) in shown.text
    await tap(f"av:1:{second}:write")
    await organizer.send(WORDS[second])
    shown = await card(organizer)
    assert said("card.get_for_all", language, languages=LANGUAGE_NAMES[language]) in shown.text
    assert all(WORDS[one] in shown.text for one in LANGUAGES)
    assert len(rows_of(shown)) <= 8
    await tap("ad:1:confirm")
    await tap("an:1:send")
    await nothing_due(forum)
    for one, reader in readers.items():
        assert (await reader.sees(WORDS[one])).text == WORDS[one]
    assert taps == 5


@pytest.mark.parametrize("language", LANGUAGES)
async def test_whoever_has_no_version_and_what_they_get_is_said(forum: Forum, language: str) -> None:
    organizer = await forum.organizer(language)
    await draft(organizer, WORDS["ru"])
    await organizer.press("av:1::open")
    await organizer.press("av:1:ru:name")
    await organizer.press("ad:1:open")
    shown = await card(organizer)
    assert said("card.get_marked", language, languages="Қазақша, English", version="Русский") in shown.text


async def test_a_preview_comes_above_the_card(forum: Forum) -> None:
    organizer = await forum.organizer()
    before = await draft(organizer, WORDS["ru"])
    await write(organizer, "kk")
    await organizer.press("ad:1:preview", await card(organizer))
    shown = await card(organizer)
    assert shown.id > before.id
    texts = [one.text for one in organizer.shown() if one.from_bot]
    assert texts.index(shown.text) == len(texts) - 1
    assert WORDS["kk"] in texts
    above = next(one for one in organizer.shown() if one.id == before.id)
    assert above.text == said("card.below", number=1)
    assert not above.rows


async def test_what_has_gone_out_is_looked_at_above_its_report_too(forum: Forum) -> None:
    organizer = await forum.organizer()
    await draft(organizer, WORDS["ru"])
    await organizer.press("ad:1:confirm")
    await organizer.press("an:1:send")
    await nothing_due(forum)
    await organizer.press("ad:1:preview")
    await organizer.telegram.idle()
    last = await organizer.last()
    assert last.button("ar:1:correct")
    assert len([one for one in organizer.shown() if one.button("ar:1:correct")]) == 1
    await organizer.press("ar:1:correct", last)
    await organizer.send("Обед в 15:00")
    await organizer.sees(said("announcements.will_say"))
    await organizer.press("av:1::staged")
    await organizer.telegram.idle()
    assert (await organizer.last()).button("az:1:")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_what_is_asked_for_stands_on_the_card_with_what_there_is(forum: Forum, language: str) -> None:
    organizer = await forum.organizer(language)
    await draft(organizer, WORDS["ru"])
    shown = await card(organizer)
    await organizer.press("av:1:kk:write", shown)
    await organizer.telegram.idle()
    asks = await organizer.last()
    assert asks.id == shown.id
    assert LANGUAGE_NAMES["kk"] in asks.text.split("\n")[0]
    assert WORDS["ru"] in asks.text
    await organizer.press("ajw:1", asks)
    assert (await card(organizer)).id == shown.id
    await organizer.send("Каратау")  # a search again
    await organizer.telegram.idle()
    assert len(tables(forum.folder)["announcement_parts"]) == 1


async def test_an_edited_message_brings_the_card_down_too(forum: Forum) -> None:
    organizer = await forum.organizer()
    await organizer.send("/announce")
    await organizer.sees("📣")
    typed = await organizer.send(WORDS["ru"])
    await card(organizer)
    await organizer.edit(typed, "Обед в 15:00")
    await organizer.sees(said("edited.counted"))
    assert "Обед в 15:00" in (await card(organizer)).text


async def test_an_album_is_one_version_on_one_card(forum: Forum) -> None:
    organizer = await forum.organizer()
    await organizer.send("/announce")
    await organizer.sees("📣")
    await organizer.send_album("way", ("photo", PNG, "Зал"), ("photo", PNG, ""), ("photo", PNG, ""))
    [shown] = await cards(organizer)
    assert f"{said('announcements.kind_photo')} ×3 · {said('card.length', n=3)}" in shown.text


async def test_where_the_connection_fails_the_old_card_goes_on(forum: Forum) -> None:
    """Nothing is taken away before the card stands below; what could not be taken away is kept up to date."""
    organizer = await forum.organizer()
    await draft(organizer, WORDS["ru"])
    old = await card(organizer)
    await forum.telegram.fault(method="editMessageText", status=500)
    await organizer.press("ad:1:preview", old)
    both = await cards(organizer)
    assert both[0].id == old.id
    assert len(both) == 2
    await organizer.press("ad:1:urgent", both[-1])
    await organizer.telegram.idle()
    async with asyncio.timeout(20):
        while not all("●" in str(one.rows) for one in await cards(organizer)):
            pass  # the screens that follow are brought up to date in turns


async def test_after_a_restart_it_is_the_same_card(running: Running) -> None:
    """Which messages show it, and that a version was asked for, is in the database."""
    async with running.open() as forum:
        organizer = await forum.organizer()
        await draft(organizer, WORDS["ru"])
        old = await card(organizer)
        await organizer.press("av:1:kk:write", old)
        await forum.telegram.idle()
        await running.stop()
        await running.start()
        await organizer.send(WORDS["kk"])
        shown = await card(organizer)
        assert shown.id > old.id
        assert WORDS["kk"] in shown.text
