"""Photos of speakers: sent to the bot, in the draft first, for everybody once it is published."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from bot.actions.publishing import drafts
from bot.actions.publishing.drafts import whole
from bot.programme import edits
from bot.programme.model import Programme
from storage import programmes
from tests.conftest import Forum
from tests.images import png
from tests.scenarios.second_reader import tables
from tests.scenarios.steps import said
from tests.telegram import Message, Person

SPEAKER = "kurmanov"


async def opened(organizer: Person) -> Message:
    await organizer.look_away()
    await organizer.send("/programme")
    await organizer.press("go:speakers")
    await organizer.press(f"skd:{SPEAKER}")
    return await organizer.sees("🖼")


async def form(organizer: Person) -> None:
    await opened(organizer)
    await organizer.press(f"ph:{SPEAKER}")
    await organizer.sees(said("speaking.send_photo", name="").rstrip("."))


async def in_draft(forum: Forum) -> Programme:
    """The draft as a second reader puts it together."""
    stored = await forum.db.read(drafts.read)
    version = await forum.db.read(programmes.get, stored.base)
    assert version is not None
    return whole(Programme.from_document(version.document), stored).programme


async def photo_of(forum: Forum) -> str | None:
    speaker = (await in_draft(forum)).speaker(SPEAKER)
    assert speaker is not None
    return speaker.photo


async def test_a_photo_waits_in_the_draft_and_is_shown_once_published(forum: Forum) -> None:
    organizer, guest = await forum.organizer(), await forum.delegate("Ася", "en")
    await form(organizer)
    await organizer.send_photo(png(64, 64))
    await organizer.sees(said("speaking.photo_taken"))
    preview = await organizer.sees(said("speaking.photo_set"))
    assert preview.photo is not None
    photo = await photo_of(forum)
    assert photo is not None
    assert photo.startswith("telegram:")
    await guest.send("/speakers")
    await guest.press(f"p:{SPEAKER}")
    assert (await guest.sees("Kurmanov")).photo is None

    changed = await in_draft(forum)
    number = await forum.db.write(
        programmes.publish, changed.to_document(), source="draft", published_by=None, now=forum.clock.seconds()
    )
    forum.application.current.replace(changed, number)
    await guest.look_away()
    await guest.send("/speakers")
    await guest.press(f"p:{SPEAKER}")
    card = await guest.sees("Kurmanov")
    assert card.photo is not None
    assert await forum.telegram.file(card.photo["file_id"]) == png(64, 64)


async def test_one_sent_as_a_file_is_taken_too(forum: Forum) -> None:
    organizer = await forum.organizer()
    await form(organizer)
    await organizer.send_document(png(300, 300), "portrait.png", mime="image/png")
    preview = await organizer.sees(said("speaking.photo_set"))
    assert preview.photo is not None
    await organizer.look_away()
    shown = [one for one in organizer.shown() if one.from_bot and one.photo]
    assert [one.id for one in shown] == [preview.id]  # what was sent to learn its name is gone


@pytest.mark.parametrize(
    "send",
    [
        lambda person: person.send_document(b"this is no picture", "portrait.png", mime="image/png"),
        lambda person: person.send_document(b"%PDF-1.7", "portrait.pdf", mime="application/pdf"),
        lambda person: person.send_video(b"video"),
        lambda person: person.sticker(),
        lambda person: person.send("вот фото"),
    ],
    ids=["broken", "pdf", "video", "sticker", "words"],
)
async def test_anything_else_is_refused_and_the_form_stays(forum: Forum, send: Callable[[Person], object]) -> None:
    organizer = await forum.organizer()
    await form(organizer)
    sent = send(organizer)
    assert asyncio.iscoroutine(sent)
    await sent
    await organizer.sees(said("speaking.photo_bad"))
    assert tables(forum.folder)["draft_steps"] == []
    await organizer.send_photo(png(64, 64))
    await organizer.sees(said("speaking.photo_taken"))


async def test_it_is_taken_away_once(forum: Forum) -> None:
    organizer = await forum.organizer()
    await form(organizer)
    await organizer.send_photo(png(64, 64))
    preview = await organizer.sees(said("speaking.photo_set"))
    button = preview.button(said("speaking.photo_drop"))
    assert button is not None
    await organizer.press(said("speaking.photo_drop"), preview)
    await organizer.sees(said("speaking.photo_none"))
    assert await photo_of(forum) is None
    answer = await organizer.press_data(button["callback_data"], (await organizer.last()).id)
    assert answer.text == "", "nobody else was there"
    assert [row["what"] for row in tables(forum.folder)["draft_steps"]] == ["photo", "photo_off"]


async def test_who_is_no_organizer_any_more_sends_it_for_nothing(forum: Forum) -> None:
    chief = await forum.organizer()
    helper = await forum.delegate("Алия", "ru")
    await helper.start(await forum.invitation(chief, "si:organizer:"))
    await helper.sees("🗝")
    await form(helper)
    await chief.press_data(f"sr:{helper.id}:organizer::1", (await chief.last()).id)
    await helper.sees("🗝", "снята")
    await helper.send_photo(png(64, 64))
    await helper.sees(said("refusal.not_organizer"))
    assert tables(forum.folder)["draft_steps"] == []


async def test_one_that_another_bot_was_sent_leaves_the_words(forum: Forum) -> None:
    """A version brought over from another forum: what Telegram calls a file there is nothing here."""
    changed = edits.Photo(SPEAKER, photo="telegram:AgACAgIAAxkBAAIB").apply(forum.programme)
    number = await forum.db.write(
        programmes.publish, changed.to_document(), source="other.toml", published_by=None, now=forum.clock.seconds()
    )
    forum.application.current.replace(changed, number)
    guest = await forum.telegram.person("Гость", "en")
    await guest.send("/speakers")
    await guest.press(f"p:{SPEAKER}")
    assert (await guest.sees("Aizada Kurmanov", "Vice-Minister")).photo is None


async def test_who_takes_it_away_from_an_older_draft_sees_it_as_it_is_now(forum: Forum) -> None:
    organizer = await forum.organizer()
    await form(organizer)
    await organizer.send_photo(png(64, 64))
    old = await organizer.sees(said("speaking.photo_set"))
    await form(organizer)
    await organizer.send_photo(png(300, 300))
    await organizer.sees(said("speaking.photo_set"))
    await organizer.look_away()
    answer = await organizer.press(said("speaking.photo_drop"), old)
    assert answer.text == said("draft.moved_on")
    assert await photo_of(forum) is not None
    fresh = await organizer.sees(said("speaking.photo_set"))
    await organizer.press(said("speaking.photo_drop"), fresh)
    await organizer.sees(said("speaking.photo_none"))
    assert await photo_of(forum) is None
