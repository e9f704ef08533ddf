"""The first rush: others have asked the same, and their questions wait for a moderator."""

from __future__ import annotations

import asyncio

import pytest

from bot.actions.questions import twins as actions
from storage import questions, twins
from storage.database import Transaction
from tests.conftest import Forum
from tests.scenarios.second_reader import tables
from tests.scenarios.steps import ask, now_in, said, sessions
from tests.telegram import Message, Person

TEXT = "Когда примут закон об НПО?"
NEAR = "Подскажите, закон об НПО — когда его примут?"
THIRD = "Закон об НПО когда примут?"
OTHER = "Волонтёрлерге сертификат беріле ме?"
LANGUAGES = ("kk", "ru", "en")


def waits(n: int, language: str = "ru") -> str:
    return said("likeness.waiting", language, n=n)


async def rush(forum: Forum, *texts: str, language: str = "ru") -> tuple[Person, list[Person], str]:
    """A moderator, an author of each of these questions, and the session."""
    moderator = await forum.moderator(await forum.organizer())
    code = sessions(forum)[0].code
    authors = []
    for place, text in enumerate(texts, start=1):
        author = await forum.delegate(f"Автор{place}", language)
        assert await ask(author, code, text) == place
        authors.append(author)
    await forum.telegram.idle()
    return moderator, authors, code


async def type_in(person: Person, code: str, text: str, *, anonymous: bool = False) -> Message:
    """Ask, and read the receipt."""
    await person.look_away()
    await person.start(f"q_{code}")
    await person.sees("✋")
    if anonymous:
        await person.press("qa:")
        await person.sees(said("questions.form_anonymous"))
    await person.send(text)
    return await person.sees("🧾")


def links(forum: Forum) -> set[frozenset[int]]:
    return {frozenset((row["question"], row["twin"])) for row in tables(forum.folder)["twins"]}


@pytest.mark.parametrize("language", LANGUAGES)
async def test_how_many_people_wait_is_said_without_a_word_of_theirs(forum: Forum, language: str) -> None:
    moderator, _, code = await rush(forum, TEXT, OTHER)
    person = await forum.delegate("Дина", language)
    receipt = await type_in(person, code, NEAR)
    assert waits(1, language) in receipt.text
    assert "№3" in receipt.text
    assert TEXT not in receipt.text
    assert not receipt.button("ja:"), "nobody gives a voice to what they have not read"
    another = await forum.delegate("Асель", language)
    assert waits(2, language) in (await type_in(another, code, THIRD)).text
    assert links(forum) == {frozenset(pair) for pair in ((1, 3), (1, 4), (3, 4))}
    assert tables(forum.folder)["votes"] == []
    await moderator.sees("№3", NEAR, TEXT)


async def test_people_are_counted_and_not_questions(forum: Forum) -> None:
    _, (one,), code = await rush(forum, TEXT)
    assert waits(1) not in (await type_in(one, code, NEAR)).text  # one's own is nobody else's
    person = await forum.delegate("Дина", "ru")
    assert waits(1) in (await type_in(person, code, THIRD)).text


async def test_counting_tells_nobody_who_asked_without_a_name(forum: Forum) -> None:
    """Somebody who reads the cards asks the same as a delegate: that the two are one person's must not be found out."""
    _, (one,), code = await rush(forum, TEXT)
    await type_in(one, code, NEAR, anonymous=True)
    person = await forum.delegate("Дина", "ru")
    assert waits(2) in (await type_in(person, code, THIRD)).text
    assert links(forum) == {frozenset(pair) for pair in ((1, 2), (1, 3), (2, 3))}, "one's own are linked as others' are"


async def test_what_was_merged_meanwhile_is_counted_still(forum: Forum) -> None:
    moderator, _, code = await rush(forum, TEXT, NEAR)
    card = await moderator.sees("№2", said("merging.like", number=1))
    await moderator.press("jy:2:1:", card)
    person = await forum.delegate("Дина", "ru")
    assert waits(2) in (await type_in(person, code, THIRD)).text


@pytest.mark.parametrize("language", LANGUAGES)
async def test_beside_one_that_is_approved_those_that_wait_are_mentioned(forum: Forum, language: str) -> None:
    moderator, _, code = await rush(forum, TEXT, NEAR)
    await moderator.press("kd:1:approve")
    person = await forum.delegate("Дина", language)
    await person.start(f"q_{code}")
    await person.sees("✋")
    await person.send(THIRD)
    offer = await person.sees(said("likeness.asked", language), TEXT, waits(1, language))
    assert NEAR not in offer.text
    assert offer.buttons[0] == said("likeness.add_voice", language, number=1)
    await person.press(said("likeness.send_anyway", language), offer)
    receipt = await person.sees("🧾", "№3", waits(1, language))
    assert NEAR not in receipt.text
    assert frozenset((1, 3)) in links(forum)


@pytest.mark.parametrize("way", ["message", "form"])
async def test_other_words_are_compared_again(forum: Forum, way: str) -> None:
    moderator, (_, two), _ = await rush(forum, TEXT, OTHER)
    assert links(forum) == set()
    card = await moderator.sees("№2", OTHER)
    if way == "message":
        await two.edit((await two.messages())[-2], NEAR)
    else:
        await two.press("m1:2")
        await two.press("me:2")
        await two.send(NEAR)
    changed = await two.sees(said("questions.edited", number=2), waits(1))
    assert TEXT not in changed.text
    assert links(forum) == {frozenset((1, 2))}
    assert TEXT in (await now_in(moderator, card)).text
    await two.send("/questions")
    await two.press("m1:2")
    await two.press("me:2")
    await two.send(OTHER)
    apart = await two.sees(said("questions.edited", number=2))
    assert waits(1) not in apart.text
    assert links(forum) == set()
    assert TEXT not in (await now_in(moderator, card)).text


async def test_of_several_who_ask_at_once_everybody_is_counted(forum: Forum) -> None:
    _, _, code = await rush(forum, TEXT)
    people = [await forum.delegate(name, "ru") for name in ("Дина", "Асель", "Ержан")]
    for person in people:
        await person.start(f"q_{code}")
        await person.sees("✋")
    await asyncio.gather(*(person.send(NEAR) for person in people))
    counted = [(await person.sees("🧾")).text for person in people]
    assert all("👥" in text for text in counted)
    assert waits(4) in (await type_in(await forum.delegate("Сауле", "ru"), code, THIRD)).text
    assert len(links(forum)) == 10


async def test_who_is_forgotten_waits_no_more(forum: Forum) -> None:
    moderator, (one, _), code = await rush(forum, TEXT, NEAR)
    card = await moderator.sees("№2", TEXT)
    await one.send("/forget")
    await one.press("fg:1")
    await one.sees(said("privacy.forgotten"))
    assert links(forum) == set()
    assert TEXT not in (await now_in(moderator, card)).text
    person = await forum.delegate("Дина", "ru")
    assert waits(1) in (await type_in(person, code, THIRD)).text


async def test_a_rush_is_counted_to_the_last_person(forum: Forum) -> None:
    _, _, code = await rush(forum, TEXT)
    now = forum.clock.seconds()

    def more(tx: Transaction) -> int:
        for author in range(500, 560):
            text = f"{TEXT} {'!' * (author % 3)}"
            questions.ask(
                tx, code, author=author, message=1, anonymous=author % 2 == 0, language="ru", text=text, now=now
            )
        return actions.people_waiting(tx, code, 500, NEAR)

    assert await forum.db.write(more) == 60


async def test_a_closed_chain_ends(forum: Forum) -> None:
    _, _, code = await rush(forum, TEXT, NEAR)

    def around(tx: Transaction) -> int:
        for number, into in ((1, 2), (2, 1)):
            tx.run("UPDATE questions SET state = 'merged', merged_into = :into WHERE number = :n", into=into, n=number)
        return actions.people_waiting(tx, code, 0, THIRD)

    assert await forum.db.write(around) == 0
    assert await forum.db.read(twins.nearest, 1) is None
