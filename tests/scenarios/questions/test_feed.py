"""Who comes late finds what still holds, exactly as it was sent; languages and files in announcements."""

from __future__ import annotations

import datetime as dt
from collections.abc import Awaitable, Callable

import pytest

from tests.conftest import Forum, fill_in
from tests.scenarios.announcements.announcing import (
    PNG,
    announced,
    bot_messages,
    draft,
)
from tests.scenarios.steps import said
from tests.telegram import Message, Person

pytestmark = pytest.mark.usefixtures("quick_reports")


async def send_out(organizer: Person, number: int) -> None:
    await organizer.press(f"ad:{number}:confirm")
    await organizer.press(f"an:{number}:send")


async def test_who_comes_late_gets_a_count_and_finds_them_newest_first(forum: Forum) -> None:
    organizer = await forum.organizer()
    await announced(forum, organizer, "Первое", 1)
    await forum.at(forum.clock.now() + dt.timedelta(minutes=1))
    await draft(organizer, "Только казахам")
    await organizer.press("aa:2:l::")
    await organizer.press("aa:2:l:kk:1")
    await organizer.press("ad:2:open")
    late = await forum.telegram.person("Поздний", "kk")
    await late.start()
    await fill_in(late)
    await late.sees(said("news.waiting", "kk", n=1))
    await send_out(organizer, 2)
    await late.sees("Только казахам")
    await late.press("ap:0")
    feed = await late.sees(said("news.title", "kk"))
    assert [label.split(" ", 1)[1] for label in feed.buttons[:2]] == ["Только казахам", "Первое"]
    await late.press("ao:1")
    await late.sees("Первое")
    await organizer.send("/news")
    mine = await organizer.sees(said("news.title"))
    assert len([label for label in mine.buttons if "казахам" in label]) == 0
    assert (await organizer.press_data("ao:2", mine.id)).text == said("news.gone")


async def test_what_is_over_leaves_the_feed_and_is_not_sent_late(forum: Forum) -> None:
    organizer, delegate = await forum.organizer(), await forum.delegate()
    await draft(organizer, "Только сегодня")
    await organizer.press("ax:1:")
    await organizer.press("ax:1:today")
    await send_out(organizer, 1)
    await delegate.sees("Только сегодня")
    await delegate.send("/news")
    await delegate.sees(said("news.how", "kk"))
    await forum.at(forum.clock.now() + dt.timedelta(days=1))
    await delegate.send("/news")
    await delegate.sees(said("news.none", "kk"))
    assert (await delegate.press_data("ao:1", 1)).text == said("news.gone", "kk")


async def test_each_reads_their_language_and_who_has_none_the_nearest_with_a_mark(forum: Forum) -> None:
    organizer = await forum.organizer()
    kazakh, english = await forum.delegate("Ася", "kk"), await forum.delegate("John", "en")
    await draft(organizer, "Автобус в шесть")
    await organizer.press("av:1::open")
    await organizer.press("av:1:ru:name")
    await organizer.press("av:1:kk:write")
    await organizer.send("Автобус алтыда")
    await organizer.sees("№1", "Қазақша")
    await organizer.press("ad:1:preview")
    await organizer.sees("English")
    await organizer.sees("[рус] Автобус в шесть")
    await send_out(organizer, 1)
    await kazakh.sees("Автобус алтыда")
    await english.sees("[рус] Автобус в шесть")
    await organizer.sees("Автобус в шесть")
    assert "[рус]" not in (await bot_messages(organizer))[-1].text
    # A correction is for who reads that version: two of the three.
    await organizer.press("ar:1:correct")
    await organizer.press("av:1:ru:correct")
    await organizer.sees(said("announcements.form_correction", number=1))
    await organizer.send("Автобус в семь")
    await organizer.sees(said("announcements.correct_sure", n=2, number=1), "Автобус в шесть", "Автобус в семь")
    await organizer.press("az:1:ru:")
    await english.sees("[рус] Автобус в семь")
    await kazakh.quiet()


async def test_photo_document_voice_and_place_go_out_as_they_came(forum: Forum) -> None:
    organizer, delegate = await forum.organizer(), await forum.delegate()
    sent: tuple[Callable[[], Awaitable[Message]], ...] = (
        lambda: organizer.send_photo(PNG, "Карта <зала>"),
        lambda: organizer.send_document(b"%PDF", "plan.pdf", "План"),
        organizer.voice,
        lambda: organizer.location(43.3, 68.25),
    )
    for number, send in enumerate(sent, 1):
        await organizer.send("/announce")
        await organizer.sees("📣")
        await send()
        await organizer.sees(f"№{number}")
        await send_out(organizer, number)
        await organizer.sees("2/2")
    got = (await bot_messages(delegate))[-4:]
    assert [next(kind for kind in ("photo", "document", "voice", "location") if kind in m.data) for m in got] == [
        "photo", "document", "voice", "location",
    ]  # fmt: skip
    assert [message.text for message in got] == ["Карта <зала>", "План", "", ""]
    mine = [message for message in organizer.shown() if not message.from_bot and message.photo]
    assert got[0].photo
    assert mine[0].photo
    assert got[0].photo["file_unique_id"] == mine[0].photo["file_unique_id"]
