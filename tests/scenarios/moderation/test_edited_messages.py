"""A moderator edits the very message that became an answer, a reason, a wording, a note or stop words."""

from __future__ import annotations

import pytest

from tests.conftest import Forum
from tests.scenarios.second_reader import tables
from tests.scenarios.steps import ask, at, first_question, nothing_due, said
from tests.telegram import Message, Person

LANGUAGES = ("kk", "ru", "en")


async def asked(forum: Forum, organizer: Person) -> Person:
    """Somebody whose question 1 lies before the organizer."""
    author = await forum.delegate("Ася", "ru")
    await ask(author, "opening", "Когда начнётся стройка?")
    await organizer.sees("Когда начнётся")
    await author.look_away()
    return author


async def decide(moderator: Person, decision: str, words: str) -> Message:
    """The message with the words of the decision."""
    await moderator.press(f"kd:1:{decision}")
    if decision == "decline":
        await moderator.press("kr:1:own")
    await moderator.telegram.idle()
    message = await moderator.send(words)
    await moderator.telegram.idle()
    await moderator.look_away()
    return message


async def reword(moderator: Person) -> None:
    """Begin to correct question 1's wording, from the menu of its card."""
    await moderator.press_data("je:1:-", (await moderator.last()).id)
    await moderator.sees("✏️")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_an_answer_on_its_way_is_edited_and_the_author_reads_the_new_one(forum: Forum, language: str) -> None:
    organizer = await forum.organizer(language)
    author = await asked(forum, organizer)
    await forum.at(at(forum, "23:30"))  # in the author's quiet hours it waits for the morning
    message = await decide(organizer, "answer", "В марте")
    await nothing_due(forum)
    await organizer.edit(message, "В мае")
    await organizer.sees(said("edited.counted", language))
    assert first_question(forum)["answer"] == "В мае"
    await organizer.look_away()
    await organizer.edit(message, "В мае")
    await organizer.quiet()
    await nothing_due(forum)
    await organizer.edit(message, "В июне")
    await organizer.sees(said("edited.counted", language))
    await forum.at(at(forum, "23:30").replace(day=at(forum, "23:30").day + 1, hour=8))
    await author.sees("В июне")
    assert [one.text for one in await author.messages() if "В ма" in one.text] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("decision", ["answer", "decline"])
async def test_one_that_was_read_stays_and_the_way_back_is_offered(forum: Forum, decision: str, language: str) -> None:
    organizer = await forum.organizer(language)
    author = await asked(forum, organizer)
    message = await decide(organizer, decision, "Не сейчас")
    await author.sees("Не сейчас")
    await organizer.edit(message, "Потом")
    await organizer.sees(said("edited.told", language, number=1))
    await author.quiet()
    await organizer.press(said("undo.of", language, number=1))
    assert first_question(forum)["state"] == "pending"
    await organizer.look_away()
    await organizer.edit(message, "Никогда")
    await organizer.sees(said("edited.replaced", language))


async def test_words_that_are_too_long_leave_the_former(forum: Forum) -> None:
    organizer = await forum.organizer()
    await asked(forum, organizer)
    await forum.at(at(forum, "23:30"))
    message = await decide(organizer, "answer", "В марте")
    await nothing_due(forum)
    await organizer.edit(message, "щ" * 1001)
    await organizer.sees(said("moderation.too_long", most=1000, length=1001))
    assert first_question(forum)["answer"] == "В марте"
    await organizer.edit(message, "В мае")
    await organizer.sees(said("edited.counted"))


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_wording_that_the_author_has_is_corrected_by_the_button(forum: Forum, language: str) -> None:
    organizer = await forum.organizer(language)
    author = await asked(forum, organizer)
    await reword(organizer)
    message = await organizer.send("Когда начнётся стройка моста?")
    await author.sees("стройка моста?")
    await organizer.look_away()
    await organizer.edit(message, "Когда начнётся стройка дороги?")
    await organizer.sees(said("edited.told_wording", language, number=1))
    assert first_question(forum)["text"] == "Когда начнётся стройка моста?"
    await organizer.press("je:1:-")  # the button under the answer
    await organizer.send("Когда начнётся стройка дороги?")
    await author.sees("стройка дороги?")
    await organizer.look_away()
    await organizer.edit(message, "Когда начнётся стройка школы?")
    await organizer.sees(said("edited.replaced", language))


async def test_a_wording_that_the_author_has_not_yet_is_edited(forum: Forum) -> None:
    organizer = await forum.organizer()
    author = await asked(forum, organizer)
    await forum.at(at(forum, "23:30"))
    await reword(organizer)
    message = await organizer.send("Когда начнётся стройка моста?")
    await organizer.sees(said("editing.done", number=1))
    await nothing_due(forum)  # the news was put off until the morning
    await organizer.edit(message, "Когда начнётся стройка дороги?")
    await organizer.sees(said("edited.counted"))
    assert first_question(forum)["text"] == "Когда начнётся стройка дороги?"
    await author.quiet()


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_note_is_edited_while_it_lies_there(forum: Forum, language: str) -> None:
    organizer = await forum.organizer(language)
    await organizer.send("/moderate")
    await organizer.press("ks:opening")
    await organizer.press("tn:opening")
    message = await organizer.send("Пять минут")
    await organizer.sees("Пять минут")
    await organizer.edit(message, "Десять минут")
    await organizer.sees(said("edited.counted", language))
    await organizer.sees("Десять минут")
    assert tables(forum.folder)["session_desks"][0]["note"] == "Десять минут"
    await organizer.press("tn:opening")
    await organizer.press("tx:opening:")
    await organizer.press("tc:opening:")
    await organizer.look_away()
    await organizer.edit(message, "Двадцать минут")
    await organizer.sees(said("edited.replaced", language))
    assert tables(forum.folder)["session_desks"][0]["note"] == ""


async def test_stop_words_are_edited_and_only_those_of_the_message_go(forum: Forum) -> None:
    organizer = await forum.organizer()
    await organizer.press_data("jw:0", 1)
    await organizer.send("чужое")
    message = await organizer.send("тендр, откат")
    await organizer.newest("тендр")
    await organizer.look_away()
    await organizer.edit(message, "тендер, откат, чужое")
    await organizer.sees(said("edited.counted"))
    await organizer.newest("тендер")
    assert sorted(row["word"] for row in tables(forum.folder)["stop_words"]) == ["откат", "тендер", "чужое"]
    await organizer.edit(message, "тендер")
    await organizer.sees(said("edited.counted"))
    assert sorted(row["word"] for row in tables(forum.folder)["stop_words"]) == ["тендер", "чужое"]


async def test_who_moderates_no_more_changes_nothing_by_an_edit(forum: Forum) -> None:
    organizer = await forum.organizer()
    moderator = await forum.moderator(organizer)
    await asked(forum, moderator)
    await forum.at(at(forum, "23:30"))
    message = await decide(moderator, "answer", "В марте")
    await forum.db.write(lambda tx: tx.run("DELETE FROM roles WHERE person = :person", person=moderator.id))
    forum.application.people.changed(moderator.id)
    await moderator.edit(message, "В мае")
    await moderator.sees(said("refusal.not_moderator"))
    assert first_question(forum)["answer"] == "В марте"
