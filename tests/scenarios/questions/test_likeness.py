"""Asked already: what is near, and what a delegate does about it."""

from __future__ import annotations

import asyncio
import datetime as dt
import random
import threading

import pytest

from bot.actions.questions import likeness
from handlers.questions.likeness import AT_ONCE, compared
from tests.conftest import Forum, Running
from tests.likeness_pairs import ACROSS, DIFFERENT, SAME
from tests.scenarios.second_reader import tables
from tests.scenarios.steps import ask, said, sessions
from tests.telegram import Person

TEXT = "Когда примут закон об НПО?"
NEAR = "Подскажите, закон об НПО — когда его примут?"
ASKED_ALREADY = said("likeness.asked")


def judged(enough: float) -> tuple[float, float]:
    """Precision and recall over the pairs."""
    right = sum(likeness.alike(*pair) >= enough for pair in SAME)
    wrong = sum(likeness.alike(*pair) >= enough for pair in DIFFERENT)
    return right / (right + wrong), right / len(SAME)


def test_the_threshold_tells_the_pairs_apart() -> None:
    precision, recall = judged(likeness.ENOUGH)
    assert precision >= 0.85
    assert recall >= 0.95
    # A moderator reads both texts before they merge: for them an offer may be wrong, but must not be missing.
    assert judged(50)[1] == 1


def test_it_is_the_same_seen_from_either_side() -> None:
    for one, other in (*SAME, *DIFFERENT, *ACROSS):
        assert likeness.alike(one, other) == pytest.approx(likeness.alike(other, one))
        assert likeness.alike(one, one) == pytest.approx(100)


@pytest.mark.parametrize("text", ["", "?!", "а", "да нет же", "2026", "😀 😀", "ы" * 500, "как " * 100])
def test_texts_that_say_little_are_compared_without_a_fault(text: str) -> None:
    assert 0 <= likeness.alike(text, TEXT) <= 100
    assert likeness.nearest(text, {1: TEXT, 2: text}, 5) is not None


def test_the_near_one_is_found_among_thousands() -> None:
    words = [word for pair in SAME + DIFFERENT for text in pair for word in text.split()]
    dice = random.Random(1)
    others = {number: " ".join(dice.choices(words, k=dice.randint(4, 30))) for number in range(2000)}
    for place, (one, other) in enumerate(SAME):
        if likeness.alike(one, other) >= likeness.ENOUGH:
            found = dict(likeness.nearest(one, others | {-1: other}, 10))
            assert -1 in found, place


async def test_thousands_are_compared_beside_the_loop_and_a_few_on_it() -> None:
    assert await compared(AT_ONCE, threading.current_thread) is threading.current_thread()
    assert await compared(AT_ONCE + 1, threading.current_thread) is not threading.current_thread()


async def asked(forum: Forum, *decisions: str) -> tuple[Person, Person, str]:
    """A moderator, the author of TEXT to the first session, after these decisions; and the session."""
    moderator = await forum.moderator(await forum.organizer())
    author = await forum.delegate("Автор", "ru")
    code = sessions(forum)[0].code
    await ask(author, code, TEXT)
    for decision in decisions:
        await moderator.press(f"kd:1:{decision}")
    await author.look_away()
    return moderator, author, code


async def type_near(forum: Forum, code: str, language: str = "ru") -> Person:
    person = await forum.delegate("Дина", language)
    await person.start(f"q_{code}")
    await person.sees("✋")
    await person.send(NEAR)
    return person


def numbers(forum: Forum) -> list[int]:
    return sorted(row["number"] for row in tables(forum.folder)["questions"])


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
async def test_a_voice_is_added_instead_of_asking_again(forum: Forum, language: str) -> None:
    _, _, code = await asked(forum, "approve")
    person = await type_near(forum, code, language)
    offer = await person.sees(said("likeness.asked", language), "№1", TEXT, said("likeness.hint", language))
    answers = await asyncio.gather(*(person.press_data("ja:1", offer.id) for _ in range(3)))
    assert {answer.text for answer in answers} == {said("questions.voted", language)}
    await person.sees(said("likeness.voice_added", language, number=1), TEXT)
    assert [(row["question"], row["person"]) for row in tables(forum.folder)["votes"]] == [(1, person.id)]
    assert numbers(forum) == [1]
    await person.send("Каратау")  # no form is open any more
    await person.sees("Каратау")
    assert numbers(forum) == [1]
    await person.press(f"f:{code}:0", offer)
    await person.sees("№1", TEXT)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
async def test_after_the_end_no_hall_is_promised(forum: Forum, language: str) -> None:
    _, _, code = await asked(forum, "approve")
    await forum.at(sessions(forum)[0].end + dt.timedelta(minutes=1))
    person = await type_near(forum, code, language)
    offer = await person.sees(said("likeness.over", language), "№1", TEXT)
    assert said("likeness.asked", language) not in offer.text
    # What is told is of the question with the vote, not of the one that was not sent.
    await person.press("ja:1", offer)
    added = (await person.sees(said("likeness.voice_added", language, number=1))).text
    assert added.index(said("following.told", language)) < added.index(said("likeness.follow", language))


async def test_one_s_own_is_sent_anyway_once(forum: Forum) -> None:
    moderator, _, code = await asked(forum, "approve")
    person = await type_near(forum, code)
    offer = await person.sees(ASKED_ALREADY)
    data = next(button["callback_data"] for row in offer.rows for button in row if button["callback_data"][:2] == "jn")
    answers = await asyncio.gather(*(person.press_data(data, offer.id) for _ in range(3)))
    assert not any(answer.alert for answer in answers)
    await person.sees("🧾", "№2", NEAR)
    await moderator.sees("№2", NEAR)
    assert numbers(forum) == [1, 2]
    gone = await person.press_data("jn:999999", offer.id)
    assert gone.alert
    assert gone.text == said("likeness.gone")


async def test_what_was_typed_waits_through_a_restart(running: Running) -> None:
    async with running.open() as forum:
        _, _, code = await asked(forum, "approve")
        person = await type_near(forum, code)
        await person.sees(ASKED_ALREADY)
        await running.stop()
        await running.start()
        await person.press(said("likeness.send_anyway"))
        await person.sees("🧾", "№2", NEAR)


async def test_another_text_takes_its_place_and_is_compared_anew(forum: Forum) -> None:
    _, _, code = await asked(forum, "approve")
    person = await type_near(forum, code)
    offer = await person.sees(ASKED_ALREADY)
    await person.send("Жастар ұйымдарына грант қалай беріледі?")
    await person.sees("🧾", "№2")
    assert (await person.press(said("likeness.send_anyway"), offer)).alert
    assert numbers(forum) == [1, 2]


async def test_an_answered_one_shows_its_answer(forum: Forum) -> None:
    moderator, author, code = await asked(forum, "approve", "answer")
    await moderator.send("В апреле")
    await author.sees("В апреле")
    person = await type_near(forum, code)
    offer = await person.sees(said("likeness.answered"), TEXT, "В апреле")
    assert offer.buttons == [said("likeness.send_anyway"), said("form.cancel")]
    await person.press(said("form.cancel"), offer)
    assert numbers(forum) == [1]


async def test_what_is_not_public_is_shown_to_nobody(forum: Forum) -> None:
    _, _, code = await asked(forum)
    person = await type_near(forum, code)
    await person.sees("🧾", "№2")


async def test_nobody_is_told_of_their_own(forum: Forum) -> None:
    _, author, code = await asked(forum, "approve")
    await author.start(f"q_{code}")
    await author.sees("✋")
    await author.send(NEAR)
    await author.sees("🧾", "№2")


async def test_what_a_forgotten_author_asked_aloud_is_shown(forum: Forum) -> None:
    _, author, code = await asked(forum, "approve", "asked")
    await author.send("/forget")
    await author.press("fg:1")
    await author.sees("удалены")
    person = await type_near(forum, code)
    await person.sees(said("likeness.asked"), TEXT)


async def test_a_voice_comes_too_late_and_the_text_is_kept(forum: Forum) -> None:
    moderator, _, code = await asked(forum, "approve")
    person = await type_near(forum, code)
    offer = await person.sees(ASKED_ALREADY)
    await moderator.press("kd:1:asked")
    answer = await person.press(said("likeness.add_voice", number=1), offer)
    assert answer.alert
    assert answer.text == said("questions.voting_closed")
    await person.press(said("likeness.send_anyway"), offer)
    await person.sees("🧾", "№2", NEAR)
