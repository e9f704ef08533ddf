"""A delegate edits the very message with their name, their question's new words or what they added to a rating."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.actions.agenda import ratings
from storage import typed_messages
from tests.conftest import Forum, Running
from tests.scenarios.second_reader import tables
from tests.scenarios.steps import ask, said, sessions, star
from tests.telegram import Person

LANGUAGES = ("kk", "ru", "en")


def profile(forum: Forum, person: Person) -> tuple[str, str]:
    (row,) = [row for row in tables(forum.folder)["participants"] if row["id"] == person.id]
    return row["name"], row["organization"]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_name_is_edited_while_the_registration_is_at_its_next_step(forum: Forum, language: str) -> None:
    person = await forum.telegram.person("Ася", language)
    await person.start()
    await person.press("c:")
    name = await person.send("Асел Нур")
    await person.press("rd:abai")
    await person.telegram.idle()
    await person.look_away()
    await person.edit(name, "Әсел Нұр")
    await person.sees("Әсел Нұр")
    organization = await person.send("Қайрат")  # the form is where it was
    await person.sees("✅")
    assert profile(forum, person) == ("Әсел Нұр", "Қайрат")
    await person.edit(organization, "«Қайрат» ҚҚ")
    await person.sees(said("edited.counted_as", language, text="«Қайрат» ҚҚ"))
    await person.look_away()
    await person.edit(name, "!")
    await person.sees(said("registration.bad_name", language, limit=64))
    await person.edit(name, "Әсел  Нұр")
    await person.look_away()
    assert profile(forum, person) == ("Әсел Нұр", "«Қайрат» ҚҚ")


async def test_a_name_changed_since_is_not_put_back_by_an_old_message(forum: Forum) -> None:
    person = await forum.delegate("Ася", "ru")
    names = []
    for name in ("Асель", "Айгуль"):
        await person.send("/settings")
        await person.press(said("settings.change_name"))
        names.append(await person.send(name))
        await person.sees(said("settings.saved"))
    await person.look_away()
    await person.edit(names[0], "Асем")
    await person.sees(said("edited.replaced"))
    await person.edit(names[1], "Айгерим")
    await person.sees("Айгерим")
    assert profile(forum, person)[0] == "Айгерим"


async def test_an_edit_after_a_restart_counts(running: Running) -> None:
    async with running.open() as forum:
        person = await forum.delegate("Ася", "ru")
        await person.send("/settings")
        await person.press(said("settings.change_name"))
        name = await person.send("Асель")
        await person.sees(said("settings.saved"))
        await running.stop()
        await running.start()
        await person.edit(name, "Айсель")
        await person.sees("Айсель")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_message_with_a_questions_new_words_is_edited(forum: Forum, language: str) -> None:
    person = await forum.delegate("Ася", language)
    await ask(person, "opening", "Когда начнётся стройка?")
    await person.press_data("me:1", (await person.last()).id)
    words = await person.send("Когда начнётся стройка моста?")
    await person.sees("моста?")
    await person.edit(words, "Когда начнётся стройка дороги?")
    await person.sees(said("questions.edited", language, number=1), "дороги?")
    await person.look_away()
    await person.edit(words, "ой")
    await person.sees(said("questions.too_short", language, least=5))
    assert tables(forum.folder)["questions"][0]["text"] == "Когда начнётся стройка дороги?"


async def test_a_question_that_waits_to_be_sent_is_edited(forum: Forum) -> None:
    organizer, one, other = await forum.organizer(), await forum.delegate("Ася", "ru"), await forum.delegate("Ян", "ru")
    await ask(one, "opening", "Когда примут закон об НПО?")
    await organizer.press("kd:1:approve")
    await other.start("q_opening")
    await other.sees("✋")
    sent = await other.send("Подскажите, закон об НПО — когда его примут?")
    await other.sees(said("likeness.asked"))
    await other.edit(sent, "Подскажите, закон об НПО — когда же его примут?")
    await other.sees(said("likeness.asked"))
    await other.edit(sent, "Где будет обед?")
    await other.sees("🧾", "Где будет обед?")
    assert [row["text"] for row in tables(forum.folder)["questions"]][1:] == ["Где будет обед?"]
    await other.edit(sent, "А где будет обед?")
    await other.sees(said("questions.edited", number=2))


@pytest.mark.parametrize("language", LANGUAGES)
async def test_what_was_added_to_a_rating_is_edited_days_later(forum: Forum, language: str) -> None:
    session = next(one for one in sessions(forum) if one.speakers)
    person = await forum.delegate("Ася", language)
    await star(person, session)
    await forum.at(session.end + dt.timedelta(seconds=ratings.DELAY))
    request = await person.sees(said("ratings.how", language))
    await person.press("⭐4", request)
    await person.press("rtw:", request)
    word = await person.send("Хорошо")
    await person.sees("Хорошо")
    await forum.at(session.end + dt.timedelta(days=3))
    await person.look_away()
    await person.edit(word, "Очень хорошо")
    await person.sees(said("edited.counted", language))
    await person.edit(word, "щ" * 501)
    await person.sees(said("ratings.too_long", language, most=500, over=1))
    assert [row["word"] for row in tables(forum.folder)["ratings"]] == ["Очень хорошо"]


async def test_my_data_says_what_my_messages_became(forum: Forum) -> None:
    person = await forum.delegate("Ася", "ru")
    await person.send("/settings")
    await person.press(said("settings.change_name"))
    await person.send("Асель")
    await person.sees(said("settings.saved"))
    await person.send("/mydata")
    await forum.telegram.idle()
    sent = (await person.last()).document
    assert sent is not None
    data = (await forum.telegram.file(sent["file_id"])).decode()
    assert '"became": "name"' in data


async def test_an_edit_that_was_cut_off_when_it_was_done_is_not_refused(forum: Forum) -> None:
    """The process died after the value was changed and before that was remembered: the update comes again."""
    organizer = await forum.organizer()
    await organizer.send("/settings")
    await organizer.press(said("settings.change_name"))
    name = await organizer.send("Асель")
    await organizer.sees(said("settings.saved"))
    await organizer.send("/announce")
    await organizer.sees("📣")
    words = await organizer.send("Обед в зале А")
    await organizer.sees("📣", "№1")
    await organizer.send("/moderate")
    await organizer.press("ks:opening")
    await organizer.press("tn:opening")
    note = await organizer.send("Пять минут")
    await organizer.sees("Пять минут")
    for message, text, answer in (
        (name, "Айсель", said("edited.counted_as", text="Айсель")),
        (words, "Обед в зале Б", said("edited.counted")),
        (note, "Десять минут", said("edited.counted")),
    ):
        (former,) = [row for row in tables(forum.folder)["typed_messages"] if row["message"] == message.id]
        for _ in range(2):
            await organizer.edit(message, text)
            await organizer.sees(answer)
            await forum.telegram.idle()
            await organizer.look_away()
            await forum.db.write(typed_messages.put, typed_messages.TypedMessage(**former))
    kept = tables(forum.folder)
    assert kept["announcement_parts"][0]["text"] == "Обед в зале Б"
    assert kept["session_desks"][0]["note"] == "Десять минут"
    assert profile(forum, organizer)[0] == "Айсель"
