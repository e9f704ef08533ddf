"""An organizer edits the very message that a change of the programme was typed in, and a text that was changed in one
language names the others."""

from __future__ import annotations

import pytest

from bot.programme.model import Programme
from bot.programme.writers.toml import write_toml
from storage import programmes
from tests.conftest import Forum
from tests.scenarios.announcements.announcing import PNG
from tests.scenarios.publishing.changing import here, open_session, publish, steps, tap, the_draft
from tests.scenarios.second_reader import tables
from tests.scenarios.steps import said
from tests.telegram import Message, Person

LANGUAGES = ("kk", "ru", "en")


async def typed(organizer: Person, text: str) -> Message:
    """Answer a form; the message that was sent."""
    await organizer.look_away()
    message = await organizer.send(text)
    await organizer.sees()
    await organizer.look_away()
    return message


async def title_of_the_opening(organizer: Person, text: str, language: str = "ru") -> Message:
    screen = await open_session(organizer, "opening")
    for data in ("pei:s:opening:", "pei:s:opening:t", f"pej:s:opening:t:{language}"):
        await tap(organizer, data, screen)
    return await typed(organizer, text)


async def draft_of(forum: Forum) -> Programme:
    return (await forum.application.drafts.read()).programme


async def title(forum: Forum, code: str, language: str = "ru") -> str:
    session = (await draft_of(forum)).session(code)
    assert session is not None
    return session.title.say(language)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_text_in_the_draft_is_edited_and_a_published_one_is_offered(forum: Forum, language: str) -> None:
    organizer = await forum.organizer(language)
    message = await title_of_the_opening(organizer, "Торжественое открытие")
    await organizer.edit(message, "Торжественное открытие")
    await organizer.sees(said("edited.counted", language))
    await organizer.sees("Торжественное открытие")
    assert await title(forum, "opening") == "Торжественное открытие"
    await organizer.look_away()
    await organizer.edit(message, "Торжественное  открытие")
    await organizer.quiet()
    await organizer.edit(message, "?!")
    await organizer.sees(said("change.says_nothing", language))
    assert await title(forum, "opening") == "Торжественное открытие"
    await organizer.edit(message, "Открытие")
    await organizer.sees(said("edited.counted", language))
    await publish(organizer)
    await organizer.look_away()
    await organizer.edit(message, "Самое начало")
    offered = await organizer.sees(said("edited.published", language))
    assert await title(forum, "opening") == "Открытие"
    await tap(organizer, "pej:s:opening:t:ru", offered)
    again = await typed(organizer, "Самое начало")
    assert await title(forum, "opening") == "Самое начало"
    # What one typed first is not what stands there.
    await organizer.edit(message, "Ещё раньше")
    await organizer.sees(said("edited.replaced", language))
    await organizer.edit(again, "Начало")
    await organizer.sees(said("edited.counted", language))


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_text_changed_in_one_language_names_the_others(forum: Forum, language: str) -> None:
    organizer = await forum.organizer(language)
    await title_of_the_opening(organizer, "Открытие")
    screen = await here(organizer)
    assert said("change.behind", language, languages="Қазақша, English") in screen.text
    assert said("languages.correct_kk", language) in screen.buttons
    screen = await the_draft(organizer, screen)
    assert "Қазақша, English" in screen.text
    screen = await tap(organizer, "ppa:", screen)
    assert "Қазақша, English" in screen.text
    screen = await open_session(organizer, "opening")
    for data in ("pei:s:opening:", "pei:s:opening:t"):
        await tap(organizer, data, screen)
    await organizer.press(said("languages.correct_kk", language))
    await typed(organizer, "Ашылу")
    screen = await here(organizer)
    assert said("change.behind", language, languages="English") in screen.text
    await organizer.press(said("languages.correct_en", language))
    await typed(organizer, "Opening")
    screen = await here(organizer)
    assert said("change.behind", language, languages="") not in screen.text


async def test_a_language_that_others_read_counts_for_them(forum: Forum) -> None:
    organizer = await forum.organizer()
    screen = await open_session(organizer, "opening")
    for data in ("pei:s:opening:", "pei:s:opening:t"):
        screen = await tap(organizer, data, screen)
    await organizer.press("peu:s:opening:t:en:")
    await publish(organizer)
    await title_of_the_opening(organizer, "Ашылу", "kk")
    assert said("change.behind", languages="Русский (+ English)") in (await here(organizer)).text


async def test_a_time_and_a_length_are_edited(forum: Forum) -> None:
    organizer = await forum.organizer()
    screen = await open_session(organizer, "dialogue", "time")
    await tap(organizer, "pet:dialogue:start", screen)
    start = await typed(organizer, "16:40")
    await organizer.edit(start, "16:50")
    await organizer.sees(said("edited.counted"))
    await organizer.sees("16:50")
    await organizer.look_away()
    await organizer.edit(start, "вечером")
    await organizer.sees(said("change.bad_time"))
    await tap(organizer, "pet:dialogue:length", await open_session(organizer, "dialogue", "time"))
    length = await typed(organizer, "30")
    await organizer.edit(length, "40")
    await organizer.sees(said("edited.counted"))
    await organizer.sees("16:50–17:30")
    await publish(organizer)
    await organizer.look_away()
    await organizer.edit(start, "17:00")
    await organizer.sees(said("edited.published"))
    assert steps(forum) == []


async def test_a_session_that_is_added_is_edited_at_each_step(forum: Forum) -> None:
    organizer = await forum.organizer()
    await organizer.send("/programme")
    await tap(organizer, "go:change")
    await tap(organizer, "gpc:20261126")
    await tap(organizer, "peg:20261126")
    slot = await typed(organizer, "18:30 45")
    await organizer.edit(slot, "18:40 45")
    await organizer.sees(said("edited.counted"))
    await organizer.sees("18:40–19:25")  # the title is asked for, of that time
    name = await typed(organizer, "Концерт")
    await organizer.edit(name, "Кешкі концерт\nВечерний концерт\nEvening concert")
    await organizer.sees(said("edited.counted"))
    await organizer.look_away()
    await organizer.edit(slot, "18:45 30")
    await organizer.sees(said("edited.counted"))
    await organizer.sees("Вечерний концерт", "18:45–19:15")
    (added,) = [one for one in (await draft_of(forum)).sessions if one.title.say("ru") == "Вечерний концерт"]
    assert (added.title.say("kk"), added.title.say("en")) == ("Кешкі концерт", "Evening concert")


async def test_a_name_that_is_looked_for_is_edited_before_and_after_it_is_taken(forum: Forum) -> None:
    organizer = await forum.organizer()
    await tap(organizer, "pef:talk-kurmanov:m", await open_session(organizer, "talk-kurmanov", "people"))
    name = await typed(organizer, "Серик Ахмтов")
    await organizer.edit(name, "Серик Ахметов")
    await organizer.sees(said("edited.counted"))
    found = await organizer.sees("Серик Ахметов")
    await tap(organizer, "pea:talk-kurmanov:m", found)
    await organizer.look_away()
    await organizer.edit(name, "Серик Ахметов-Нур")
    await organizer.sees(said("edited.counted"))
    await organizer.sees("Серик Ахметов-Нур")
    names = [one.name.say("ru") for one in (await draft_of(forum)).speakers]
    assert "Серик Ахметов-Нур" in names
    assert "Серик Ахметов" not in names


async def test_a_name_that_is_looked_for_everywhere_is_edited_too(forum: Forum) -> None:
    organizer = await forum.organizer()
    screen = await tap(organizer, "pen:opening:altayev", await open_session(organizer, "opening", "people"))
    await tap(organizer, "za:altayev", await tap(organizer, "pei:p:altayev:", screen))
    name = await typed(organizer, "Серик Ахмтов")
    await organizer.edit(name, "Серик Ахметов")
    await organizer.sees(said("edited.counted"))
    found = await organizer.sees("Серик Ахметов")
    await tap(organizer, "zb:altayev:", found)
    await tap(organizer, "ze:altayev::", found)
    await organizer.look_away()
    await organizer.edit(name, "Серик Нур")
    await organizer.sees(said("edited.counted"))
    assert "Серик Нур" in [one.name.say("ru") for one in (await draft_of(forum)).speakers]


async def test_a_hall_that_was_typed_is_edited(forum: Forum) -> None:
    organizer = await forum.organizer()
    await tap(organizer, "pet:plenary-1:room", await open_session(organizer, "plenary-1", "room"))
    message = await typed(organizer, "Юта")
    await organizer.edit(message, "Юрта")
    await organizer.sees(said("edited.counted"))
    assert "Юрта" in [one.name.say("ru") for one in (await draft_of(forum)).rooms]
    await organizer.look_away()
    await organizer.edit(message, "1\n2\n3\n4")
    await organizer.sees(said("change.bad_lines"))


async def test_another_photo_takes_the_place_of_a_speakers(forum: Forum) -> None:
    organizer = await forum.organizer()
    await organizer.send("/staff")
    await organizer.press("go:speakers")
    await organizer.press("skd:kurmanov:0")
    await organizer.press("ph:kurmanov:0")
    await organizer.look_away()
    photo = await organizer.send_photo(PNG)
    await organizer.sees(said("speaking.photo_taken"))
    await organizer.look_away()
    before = (await draft_of(forum)).speaker("kurmanov")
    await organizer.edit(photo, "подпись")
    await organizer.quiet()
    await organizer.edit_file(photo, "photo", PNG + b" ")
    await organizer.sees(said("edited.counted"))
    after = (await draft_of(forum)).speaker("kurmanov")
    assert before is not None
    assert after is not None
    assert after.photo != before.photo


async def test_another_file_takes_the_place_of_one_of_the_programme(forum: Forum) -> None:
    organizer = await forum.organizer()
    programme = forum.application.current.programme
    first = write_toml(programme).replace(b"10:10", b"10:15", 1)
    file = await organizer.send_document(first, "p.toml")
    await organizer.sees("p.toml")
    await organizer.look_away()
    await organizer.edit(file, "вот")
    await organizer.quiet()
    made = len(steps(forum))
    await organizer.edit_file(file, "document", write_toml(programme).replace(b"10:10", b"10:20", 1), name="p.toml")
    await organizer.sees("p.toml")
    assert len(steps(forum)) == made + 1


async def test_an_edit_after_a_restart_still_counts_and_a_forgotten_persons_is_nothing(forum: Forum) -> None:
    organizer = await forum.organizer()
    message = await title_of_the_opening(organizer, "Открытие")
    rows = tables(forum.folder)["typed_messages"]
    assert [(row["message"], row["kind"]) for row in rows] == [(message.id, "text")]
    await organizer.send("/forget")
    await organizer.press("fg:1")
    await organizer.look_away()
    assert tables(forum.folder)["typed_messages"] == []
    await organizer.edit(message, "Снова")
    await organizer.quiet()
    assert (await forum.db.read(programmes.newest_number)) == 1
