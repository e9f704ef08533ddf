"""Albums, videos and audio, sent as people send them: announced, corrected where they stand, deleted whole."""

from __future__ import annotations

import pytest

from tests.conftest import Forum
from tests.scenarios.announcements.announcing import PNG, bot_messages
from tests.scenarios.steps import said
from tests.telegram import Message, Person

OTHER = PNG.replace(b"\x00\x00\x00\x02\x08", b"\x00\x00\x00\x03\x08")


pytestmark = pytest.mark.usefixtures("quick_reports")


async def send_out(organizer: Person) -> None:
    await organizer.press("ad:1:confirm")
    await organizer.press("an:1:send")
    await organizer.sees("2/2")


async def album_announced(organizer: Person) -> None:
    await organizer.send("/announce")
    await organizer.sees("📣")
    await organizer.send_album("way", ("photo", PNG, "Зал"), ("video", b"mp4", ""), ("photo", PNG, "Вход"))
    await organizer.sees("№1", "×3")
    await send_out(organizer)


async def begin_correction(organizer: Person) -> None:
    await organizer.press("ar:1:correct")
    await organizer.sees(said("announcements.form_correction", number=1))


async def apply(organizer: Person) -> None:
    """Once all parts have come: the button grows with each of them."""
    await organizer.sees(said("announcements.correct_sure", n=2, number=1))
    await organizer.look_away()
    await organizer.press("az:1:")


async def media(person: Person) -> list[Message]:
    return [one for one in await bot_messages(person) if any(kind in one.data for kind in ("photo", "video", "audio"))]


def kinds(messages: list[Message]) -> list[str]:
    return [next(kind for kind in ("photo", "video", "audio") if kind in one.data) for one in messages]


async def test_an_album_arrives_whole_and_each_part_is_corrected_in_its_place(forum: Forum) -> None:
    organizer, delegate = await forum.organizer(), await forum.delegate()
    await album_announced(organizer)
    before = await media(delegate)
    assert kinds(before) == ["photo", "video", "photo"]
    assert [one.text for one in before] == ["Зал", "", "Вход"]
    assert len({one.data["media_group_id"] for one in before}) == 1
    await begin_correction(organizer)
    await organizer.send_album("new", ("video", b"new", "Зал Б"), ("photo", OTHER, ""), ("photo", PNG, "Вход со двора"))
    await apply(organizer)
    await organizer.sees(said("announcements.corrected", done=2, total=2, failed=0))
    after = await media(delegate)
    assert [one.id for one in after] == [one.id for one in before]
    assert kinds(after) == ["video", "photo", "photo"]
    assert [one.text for one in after] == ["Зал Б", "", "Вход со двора"]
    assert await forum.telegram.file(after[0].data["video"]["file_id"]) == b"new"


async def test_an_album_is_deleted_whole_and_neither_text_nor_a_shorter_one_takes_its_place(forum: Forum) -> None:
    organizer, delegate = await forum.organizer(), await forum.delegate()
    await album_announced(organizer)
    shown = await media(delegate)
    await begin_correction(organizer)
    await organizer.send("Просто текст")
    await apply(organizer)
    await organizer.toast(said("announcements.cannot_replace"))
    await organizer.press("ad:1:open")
    await begin_correction(organizer)
    await organizer.send_album("two", ("photo", PNG, "Зал"), ("photo", PNG, ""))
    await apply(organizer)
    await organizer.toast(said("announcements.cannot_replace"))
    assert [one.text for one in await media(delegate)] == ["Зал", "", "Вход"]
    await organizer.press("ad:1:open")
    await organizer.press("ar:1:remove")
    await organizer.press("ar:1:removal")
    for one in shown:
        await delegate.gone(one)


async def test_a_video_and_an_audio_go_out_and_may_be_exchanged(forum: Forum) -> None:
    organizer, delegate = await forum.organizer(), await forum.delegate()
    await organizer.send("/announce")
    await organizer.sees("📣")
    await organizer.send_video(b"mp4", "Как <пройти>")
    await organizer.sees("№1", said("announcements.kind_video"))
    await send_out(organizer)
    [video] = await media(delegate)
    assert (kinds([video]), video.text) == (["video"], "Как <пройти>")
    await begin_correction(organizer)
    await organizer.send_audio(b"mp3", "Гимн")
    await apply(organizer)
    await organizer.sees(said("announcements.corrected", done=2, total=2, failed=0))
    [audio] = await media(delegate)
    assert (audio.id, kinds([audio]), audio.text) == (video.id, ["audio"], "Гимн")
