"""A moderator corrects the wording; the author is notified at once, and can be heard in their own words again."""

from __future__ import annotations

import pytest

from tests.conftest import Forum
from tests.scenarios.second_reader import tables
from tests.scenarios.steps import ask, first_question, said, sessions
from tests.telegram import Person

TYPED = "почему <&> нет субтитров а"
BETTER = "Почему у трансляции нет субтитров?"


async def one_question(forum: Forum, language: str = "ru") -> tuple[Person, Person]:
    """A moderator and the author of TYPED, both looking away."""
    moderator = await forum.moderator(await forum.organizer())
    author = await forum.delegate("Автор", language)
    await ask(author, sessions(forum)[0].code, TYPED)
    await moderator.sees("№1", TYPED)
    await moderator.look_away()
    await author.look_away()
    return moderator, author


async def correct(moderator: Person, text: str, number: int = 1) -> None:
    await moderator.press(f"km:{number}:-")
    await moderator.press(f"je:{number}:-")
    form = await moderator.sees(f"№{number}", said("editing.form", number=number, text="", most=500)[-40:])
    assert "code" in {entity["type"] for entity in form.data["entities"]}
    await moderator.send(text)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
async def test_the_author_is_told_at_once_in_both_wordings(forum: Forum, language: str) -> None:
    moderator, author = await one_question(forum, language)
    await correct(moderator, BETTER)
    await moderator.sees(said("editing.done", number=1))
    await author.sees(said("editing.told", language, number=1), BETTER, TYPED)
    assert (first_question(forum)["text"], first_question(forum)["original"]) == (BETTER, TYPED)
    card = await moderator.sees("№1", BETTER, said("editing.edited"))
    await moderator.press("km:1:-", card)
    await moderator.press("jo:1", card)
    await moderator.sees(BETTER, TYPED)
    await moderator.press(said("menu.back"), card)
    await moderator.press("kd:1:approve", card)
    await author.sees(BETTER, said("questions.state_approved", language))
    await author.press("m1:1")
    await author.sees(BETTER, said("editing.own_words", language, text=TYPED))


async def test_the_corrected_card_comes_by_itself_to_be_decided(forum: Forum) -> None:
    moderator, author = await one_question(forum)
    await correct(moderator, BETTER)
    await moderator.sees(said("editing.done", number=1))
    await moderator.look_away()
    card = await moderator.last()
    assert BETTER in card.text
    answer = await moderator.press("kd:1:approve", card)
    assert answer.text == said("moderation.done_approve", number=1)
    await author.sees(BETTER, said("questions.state_approved"))


async def test_the_first_wording_is_the_original_and_its_return_is_no_correction(forum: Forum) -> None:
    moderator, _ = await one_question(forum)
    await correct(moderator, BETTER)
    await moderator.sees(said("editing.done", number=1))
    await correct(moderator, "Почему трансляция без субтитров?")
    await moderator.sees(said("editing.done", number=1))
    assert first_question(forum)["original"] == TYPED
    await correct(moderator, TYPED)
    await moderator.sees(said("editing.done", number=1))
    assert (first_question(forum)["text"], first_question(forum)["original"]) == (TYPED, "")


async def test_votes_stay_and_what_is_approved_can_still_be_corrected(forum: Forum) -> None:
    moderator, author = await one_question(forum)
    await moderator.press("kd:1:approve")
    voter = await forum.delegate("Дина", "ru")
    code = sessions(forum)[0].code
    await voter.start(f"s_{code}")
    await voter.press(f"f:{code}:0")
    await voter.press("v:1:1")
    await correct(moderator, BETTER)
    await author.sees(said("editing.told", number=1), BETTER)
    assert len(tables(forum.folder)["votes"]) == 1
    await moderator.sees(BETTER, said("editing.edited"))
    assert (await moderator.press("kd:1:asked")).text == said("moderation.done_asked", number=1)
    late = await moderator.press_data("je:1:-", (await moderator.last()).id)
    assert late.text == said("editing.too_late")


async def test_the_author_s_own_later_words_are_theirs_again(forum: Forum) -> None:
    moderator, author = await one_question(forum)
    await correct(moderator, BETTER)
    await author.sees(BETTER)
    await author.press("m1:1")
    await author.press("me:1")
    await author.sees(BETTER)  # they begin from what the moderator made of it
    await author.send("Будут ли у трансляции субтитры на казахском?")
    await author.sees(said("questions.edited", number=1))
    assert first_question(forum)["original"] == ""
    card = await moderator.sees("субтитры на казахском")
    assert said("editing.edited") not in card.text


async def test_what_changed_meanwhile_is_read_again(forum: Forum) -> None:
    moderator, author = await one_question(forum)
    await moderator.press("km:1:-")
    await moderator.press("je:1:-")
    await moderator.sees(TYPED)
    await author.press("m1:1")
    await author.press("me:1")
    await author.send("Где субтитры?")
    await author.sees(said("questions.edited", number=1))
    await moderator.send(BETTER)
    await moderator.sees("Где субтитры?", said("editing.again", number=1, text="Где субтитры?")[-40:])
    assert first_question(forum)["text"] == "Где субтитры?"
    await moderator.send("x")
    await moderator.sees(said("questions.too_short", least=5))
    await moderator.sticker()
    await moderator.sees(said("moderation.text_only"))
    await moderator.send(BETTER)
    await moderator.sees(said("editing.done", number=1))
    assert (first_question(forum)["text"], first_question(forum)["original"]) == (BETTER, "Где субтитры?")


async def test_a_correction_is_undone_and_its_news_too(forum: Forum) -> None:
    moderator, author = await one_question(forum)
    await correct(moderator, BETTER)
    told = await author.sees(said("editing.told", number=1))
    card = await moderator.sees("№1", BETTER, said("editing.edited"))
    await moderator.press("ku:", card)
    undone = await moderator.sees("№1", TYPED)
    assert said("editing.edited") not in undone.text
    corrected = await author.sees("№1", TYPED)
    assert corrected.id == told.id
    assert BETTER not in corrected.text
    assert [one["deed"] for one in tables(forum.folder)["audit"] if one["question"]] == ["edit", "undo"]


async def test_while_another_works_on_it_nobody_corrects_it(forum: Forum) -> None:
    organizer = await forum.organizer()
    one, other = await forum.moderator(organizer, "Марат"), await forum.moderator(organizer, "Алия")
    author = await forum.delegate("Автор", "ru")
    await ask(author, sessions(forum)[0].code, TYPED)
    card = await other.sees(TYPED)
    await one.press("km:1:-")
    await one.press("je:1:-")
    await one.sees("№1", TYPED)
    held = await other.press_data("je:1:-", card.id)
    assert held.alert
    assert "Марат" in held.text
    delegate = await author.press_data("je:1:-", card.id)
    assert delegate.text == said("refusal.not_moderator")
