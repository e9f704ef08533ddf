"""/mydata shows everything and nobody else, /forget leaves nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.conftest import Forum, fill_in
from tests.scenarios.second_reader import at_rest, tables, traces
from tests.scenarios.steps import ask, outbox, said
from tests.telegram import Person


async def a_busy_evening(forum: Forum) -> tuple[Person, Person]:
    """An organizer and a moderator who is a delegate too: rows of theirs in every table there is."""
    organizer = await forum.organizer()
    person = await forum.moderator(organizer, "Қарақат", "ru")
    delegate = await forum.delegate("Айгерім", "kk")
    for author, text in ((person, "Останется ли этот вопрос?"), (person, "А этот исчезнет?"), (delegate, "Қашан?!")):
        await author.start("q_opening")
        await author.sees("✋")
        await author.send(text)
        await author.sees("🧾")
    for decision in ("kd:1:approve", "kd:1:asked", "kd:3:approve"):
        await person.press(decision)
    await person.press_data("v:3:1:0", 1)
    await person.press_data("b:opening:1:", 1)
    await person.start("q_film")
    await person.sees("✋")
    await at_rest(forum)
    return organizer, person


async def my_data(forum: Forum, person: Person) -> dict[str, Any]:
    await person.send("/mydata")
    message = await person.sees("/forget")
    assert message.document is not None
    found: dict[str, Any] = json.loads(await forum.telegram.file(message.document["file_id"]))
    return found


async def test_my_data_is_all_that_is_stored_and_names_nobody_else(forum: Forum) -> None:
    organizer, person = await a_busy_evening(forum)
    data = await my_data(forum, person)
    assert data["profile"]["name"] == "Қарақат"
    assert data["profile"]["consented_at"].startswith("2026-11-26T09:15:00+05:00")
    assert data["agenda"] == ["opening"]
    assert [(one["number"], one["state"]) for one in data["questions"]] == [(2, "pending"), (1, "asked")]
    assert [one["question"] for one in data["votes"]] == [3]
    assert [one["role"] for one in data["roles"]] == ["moderator"]
    assert [one["role"] for one in data["role_deeds"]["accepted"]] == ["moderator"]
    assert [one["question"] for one in data["decisions"]] == [1, 3]
    assert {one["question"] for one in data["question_cards"]} == {1, 2, 3}
    assert [one["form"] for one in data["open_form"]] == ["QuestionForm:text"]
    assert {one["kind"] for one in data["messages"]} >= {"card", "fate"}
    assert str(organizer.id) not in json.dumps(data)
    # Every table with the person in it has its place in the file.
    await at_rest(forum)
    places = {name.split(".")[0] for name in traces(forum.folder, person.id)}
    assert [one["deed"] for one in data["deeds"]] == ["approve", "asked", "approve"]
    assert places == {
        "audit",
        "bookmarks",
        "cards",
        "conversations",
        "deliveries",
        "invitations",
        "participants",
        "questions",
        "roles",
        "votes",
    }


async def test_forget_leaves_no_trace_but_the_record_without_its_author(forum: Forum) -> None:
    organizer, person = await a_busy_evening(forum)
    await person.send("/forget")
    await person.press("Нет")
    await person.sees("Ничего не удалено")
    assert traces(forum.folder, person.id) != []
    await person.send("/forget")
    await person.press("Да, удалить")
    await person.sees("Ваши данные удалены")
    await at_rest(forum)
    await forum.telegram.catch_up()
    assert traces(forum.folder, person.id, "Қарақат", "исчезнет") == []
    rows = {row["number"]: row for row in tables(forum.folder)["questions"]}
    assert (rows[1]["text"], rows[1]["state"], rows[1]["author"]) == ("Останется ли этот вопрос?", "asked", None)
    assert (rows[2]["text"], rows[2]["state"]) == ("", "withdrawn")
    assert rows[3]["decided_by"] is None
    assert person.keys == []
    assert "moderate" not in person.commands
    # The old buttons of others still answer.
    await organizer.press_data("kc:1:-", 1)
    await organizer.press_data("m1:1", 1)
    answer = await person.press_data("kd:3:asked:-", 1)
    assert answer.alert
    await person.send("/mydata")
    await person.sees("О вас ничего не хранится")
    await person.press_data("fg:1", 1)
    await person.toast("О вас ничего не хранится")
    await at_rest(forum)
    assert traces(forum.folder, person.id) == []


def bytes_left(forum: Forum, *needles: str) -> list[tuple[str, str]]:
    """(file, needle) for everything that still stands in a file of the data folder, also as JSON writes it."""
    forms = {needle: (needle.encode(), json.dumps(needle).strip('"').encode()) for needle in needles}
    return [
        (file.name, needle)
        for file in sorted(forum.folder.iterdir())
        for needle, written in forms.items()
        if any(form in file.read_bytes() for form in written)
    ]


async def test_not_a_byte_is_left_in_the_files_of_who_was_forgotten(forum: Forum) -> None:
    chief = await forum.organizer()
    person = await forum.delegate("Қарақат", "ru", last_name="Сәрсенова", username="qaraqat")
    await ask(person, "opening", "Исчезнет ли и это?")
    await chief.sees("Исчезнет ли и это?")
    await chief.press("kd:1:decline")
    await chief.press("kr:1:own")
    await chief.send("Причина, которая уйдёт с вопросом")
    await person.sees("Причина, которая")
    for word in ("/settings", "музей под небом", "/forget"):
        await person.send(word)
    await at_rest(forum)
    needles = ("Қарақат", "Сәрсенова", "qaraqat", "Исчезнет", "Причина, которая", "музей")
    assert bytes_left(forum, *needles) != []
    assert (await person.press("fg:1")).answered  # which is the last that is done
    await at_rest(forum)
    assert bytes_left(forum, *needles, str(person.id)) == []


async def test_a_moderator_forgotten_while_a_card_is_on_its_way_leaves_no_trace(forum: Forum) -> None:
    moderator = await forum.moderator(await forum.organizer())
    delegate = await forum.delegate("Айгерім", "kk")
    await moderator.send("/forget")
    await delegate.start("q_opening")
    await delegate.sees("✋")
    await at_rest(forum)
    async with forum.telegram.held(method="sendMessage", chat=moderator.id) as hold:
        await delegate.send("Жолдағы сұрақ?")
        await hold.reached()
        assert [row["state"] for row in outbox(forum, "card")] == ["claimed"]
        await moderator.press("fg:1")
    await moderator.sees("Жолдағы сұрақ?")
    await at_rest(forum)
    assert traces(forum.folder, moderator.id) == []


async def test_who_was_forgotten_can_come_back_as_a_stranger(forum: Forum) -> None:
    person = await forum.delegate("Дина", "ru")
    await person.press_data("b:opening:1:", 1)
    await person.send("/forget")
    await person.press("Да, удалить")
    await person.sees("удалены")
    await person.start()
    await person.sees("Здравствуйте")
    await fill_in(person, "rd:abai")
    await person.sees("Вы зарегистрированы")
    await person.send("/my")
    await person.sees("Пока пусто")


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
async def test_the_policy_is_there_for_everybody(forum: Forum, language: str) -> None:
    guest = await forum.telegram.person("Guest", language)
    await guest.send("/privacy")
    await guest.sees("🔒", "/mydata", "/forget", "Telegram")


async def test_an_authors_own_words_before_a_correction_go_with_them(forum: Forum) -> None:
    """Also of what was asked aloud: the record says what the hall heard."""
    organizer = await forum.organizer()
    author = await forum.delegate("Ася", "ru")
    for number in (1, 2):
        await ask(author, "opening", f"Корявые слова про дело {number}")
        card = await organizer.sees(f"№{number}", "Корявые слова")
        await organizer.press_data(f"je:{number}:-", card.id)
        await organizer.sees("✏️", "Корявые слова")
        await organizer.send(f"Гладкий вопрос о деле {number}")
        await author.sees("Гладкий вопрос", f"№{number}")
    await organizer.press("kd:1:approve")
    await organizer.press("kd:1:asked")
    await author.sees(said("questions.state_asked"))
    await author.send("/forget")
    await author.press("fg:1")
    await at_rest(forum)
    assert traces(forum.folder, "Корявые") == []
    assert [row["text"] for row in tables(forum.folder)["questions"]] == ["Гладкий вопрос о деле 1", ""]
