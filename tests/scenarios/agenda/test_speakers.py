"""Speakers: the list, and cards with a photo, without one, and with one that Telegram refuses."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.programme.model import Programme, Speaker, Text
from handlers.agenda.speakers import photo_of
from tests.conftest import Forum, Running
from tests.images import png


@pytest.fixture
async def forum(running: Running, programme: Programme, tmp_path: Path) -> AsyncIterator[Forum]:
    """The sample, whose first four speakers have a photo, one that is gone, one Telegram refuses, and none."""
    (tmp_path / "altayev.png").write_bytes(png(64, 64))
    (tmp_path / "broken.png").write_bytes(b"this is no picture")
    photos = ("altayev.png", "gone.png", "http://127.0.0.1:9/nothing.png", None, "broken.png")
    bio = Text({"ru": "<i>Биография</i> &amp; всё " * 100})
    speakers: tuple[Speaker, ...] = tuple(
        replace(one, photo=photo, bio=bio) for one, photo in zip(programme.speakers, photos, strict=True)
    )
    running.programme = replace(programme, speakers=speakers)
    running.settings = {"programme": tmp_path / "programme.toml"}
    async with running.open() as forum:
        yield forum


async def test_back_and_forth_between_a_photo_and_words_leaves_one_message(forum: Forum) -> None:
    guest = await forum.telegram.person("Гость", "ru")
    await guest.send("/speakers")
    listed = await guest.sees("👤 Спикеры", "Ертай Алтаев", "заместитель акима")
    await guest.press("p:altayev")
    card = await guest.sees("Ертай Алтаев", "10:10–10:30", "Биография")
    assert card.photo is not None
    assert len(card.text) <= 1024
    await guest.gone(listed)
    await guest.press("s:opening:p.altayev")
    session = await guest.sees("🕒", "Торжественное открытие")
    assert session.photo is None
    await guest.gone(card)
    await guest.press("Назад")
    card = await guest.sees("Ертай Алтаев", "Биография")
    assert card.photo is not None
    await guest.press("👤 Спикеры")
    await guest.sees("👤 Спикеры", "Ертай Алтаев")
    await guest.gone(card)
    assert len([message for message in await guest.messages() if message.from_bot]) == 1


@pytest.mark.parametrize("code", ["kurmanov", "nurgaziyeva", "chinkisbayeva", "sharipbekov"])
async def test_a_card_without_a_usable_photo_still_shows_its_words(forum: Forum, code: str) -> None:
    guest = await forum.telegram.person("Гость", "ru")
    await guest.send("/speakers")
    await guest.press(f"p:{code}")
    speaker = forum.programme.speaker(code)
    assert speaker is not None
    card = await guest.sees(speaker.name.say("ru"), "Биография")
    assert card.photo is None
    assert len(card.text) > 1024
    assert len([message for message in await guest.messages() if message.from_bot]) == 1


@pytest.mark.parametrize("photo", [".env", "minber.db", "folder.png", "x" * 300 + ".png", "\0.png"])
def test_a_programme_from_elsewhere_opens_nothing_but_pictures(tmp_path: Path, photo: str) -> None:
    """The folder of the programme may be the bot's own, with its settings and its database."""
    for name in (".env", "minber.db"):
        (tmp_path / name).write_bytes(png(64, 64))
    (tmp_path / "folder.png").mkdir()
    assert photo_of(Speaker("one", Text("One"), photo=photo), tmp_path) is None
