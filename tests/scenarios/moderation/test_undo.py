"""A thumb that slipped: the last decision taken back, with the news of it."""

from __future__ import annotations

import asyncio

import pytest

from tests.conftest import Forum
from tests.scenarios.moderation.groups import group_of
from tests.scenarios.second_reader import tables
from tests.scenarios.steps import ask, first_question, now_in, open_list, outbox, said, sessions, until
from tests.telegram import Message, Person

TAKEN_BACK = said("undo.author")


async def one_question(forum: Forum) -> tuple[Person, Person, Message]:
    """A moderator with the card of question 1, and its author."""
    moderator = await forum.moderator(await forum.organizer())
    author = await forum.delegate("Ася", "ru")
    await ask(author, sessions(forum)[0].code, "Вернут ли меня?")
    return moderator, author, await moderator.sees("Вернут ли меня?")


async def test_the_news_that_was_sent_is_corrected_in_its_place(forum: Forum) -> None:
    moderator, author, card = await one_question(forum)
    await moderator.press("kd:1:decline", card)
    await moderator.press("kr:1:rude", card)
    news = await author.sees(said("questions.state_declined"), said("reason.rude"))
    assert (await moderator.press("ku:", card)).text == said("undo.done", number=1)
    back = await moderator.sees("Вернут ли меня?", "👀")
    assert back.button("kd:1:approve")
    corrected = await author.sees(TAKEN_BACK, said("questions.state_pending"))
    assert corrected.id == news.id
    assert said("reason.rude") not in corrected.text
    row = first_question(forum)
    assert (row["state"], row["reason"], row["decided_by"], row["decided_at"]) == ("pending", "", None, None)
    await moderator.press("kd:1:approve", card)
    again = await author.sees(said("questions.state_approved"))
    assert again.id != news.id
    assert [action["deed"] for action in tables(forum.folder)["audit"] if action["question"]] == [
        "decline",
        "undo",
        "approve",
    ]


async def test_the_news_that_was_not_sent_never_is(forum: Forum) -> None:
    moderator, author, card = await one_question(forum)
    await ask(author, sessions(forum)[0].code, "Другой вопрос")
    other = await moderator.sees("Другой вопрос")
    await author.look_away()
    async with forum.telegram.held(method="sendMessage", chat=author.id) as hold:
        await moderator.press("kd:2:approve", other)  # its news is long on its way, and the next waits for it
        await hold.reached()
        await moderator.press("kd:1:approve", card)
        await moderator.press("ku:", card)
    await author.sees("№2", said("questions.state_approved"))
    await author.quiet()
    await until(lambda: not any(row["state"] == "claimed" for row in outbox(forum, "fate")))
    assert [(row["thing"], row["state"], row["error"]) for row in outbox(forum, "fate")] == [
        ("2:2", "sent", ""),
        ("1:2", "dropped", "undone"),
    ]
    assert outbox(forum, "correction") == []
    assert first_question(forum)["state"] == "pending"


async def test_under_the_next_card_of_the_desk_too(forum: Forum) -> None:
    moderator, author, _ = await one_question(forum)
    code = sessions(forum)[0].code
    await ask(author, code, "Второй вопрос")
    desk = await open_list(moderator, code)
    await moderator.press("kd:1:approve:w", desk)
    following = await now_in(moderator, desk)
    assert "Второй вопрос" in following.text
    await moderator.press(said("undo.of", number=1), following)
    back = await now_in(moderator, desk)
    assert "Вернут ли меня?" in back.text
    assert [row["question"] for row in tables(forum.folder)["claims"]] == [1]  # the second is free again
    await moderator.press("kd:1:decline:w", desk)
    await moderator.press("kr:1:none:w", desk)
    await moderator.press("kd:2:approve:w", desk)
    last = await now_in(moderator, desk)
    assert said("moderation.list_done") in last.text
    await moderator.press(said("undo.of", number=2), last)
    assert (await now_in(moderator, desk)).button("kd:2:approve:w")


async def test_an_answer_in_writing_can_be_taken_back_where_it_was_confirmed(forum: Forum) -> None:
    moderator, author, card = await one_question(forum)
    await moderator.press("kd:1:approve", card)
    await moderator.press("kd:1:answer", card)
    await moderator.sees("Вернут ли меня?", "№1")
    await moderator.send("Да, вернут.")
    done = await moderator.sees(said("moderation.done_answer", number=1))
    news = await author.sees("Да, вернут.")
    await moderator.press("ku:", done)
    corrected = await author.sees(TAKEN_BACK, said("questions.state_approved"))
    assert corrected.id == news.id
    row = first_question(forum)
    assert (row["state"], row["answer"], row["decided_by"]) == ("approved", "", moderator.id)


async def test_only_as_the_decision_left_it(forum: Forum) -> None:
    organizer = await forum.organizer()
    one, other = await forum.moderator(organizer, "Марат"), await forum.moderator(organizer, "Алия")
    await ask(await forum.delegate(), sessions(forum)[0].code, "Что дальше?")
    cards = [await person.sees("Что дальше?") for person in (one, other)]
    await one.press("kd:1:approve", cards[0])
    decided = await now_in(one, cards[0])
    undo = decided.button("ku:")
    assert undo is not None
    await other.sees(said("questions.state_approved") + " · Марат")
    assert (await other.press_data(undo["callback_data"], cards[1].id)).text == said("undo.not_yours")
    await other.press("kd:1:asked", cards[1])
    late = await one.press_data(undo["callback_data"], cards[0].id)
    assert (late.text, late.alert) == (said("undo.moved_on"), True)
    assert first_question(forum)["state"] == "asked"
    # The last one can be undone, and nothing before it.
    await other.press("ku:", cards[1])
    assert first_question(forum)["state"] == "approved"
    assert (await one.press_data(undo["callback_data"], cards[0].id)).text == said("undo.moved_on")


async def test_an_organizer_undoes_for_others_and_nobody_twice(forum: Forum) -> None:
    organizer = await forum.organizer()
    moderator = await forum.moderator(organizer)
    await ask(await forum.delegate(), sessions(forum)[0].code, "Кто отменит?")
    card = await moderator.sees("Кто отменит?")
    await moderator.press("kd:1:approve", card)
    undo = (await now_in(moderator, card)).button("ku:")
    assert undo is not None
    await organizer.send("/moderate")
    shown = await organizer.sees("🛎")
    answers = await asyncio.gather(*(organizer.press_data(undo["callback_data"], shown.id) for _ in range(5)))
    assert {answer.text for answer in answers} == {said("undo.done", number=1)}
    actions = tables(forum.folder)["audit"]
    assert [action["deed"] for action in actions if action["question"]] == ["approve", "undo"]
    assert first_question(forum)["revision"] == 3
    await moderator.sees("Кто отменит?", "👀", "Динара")


async def test_not_when_something_else_has_happened_since(forum: Forum) -> None:
    """The author erased their data: what was approved is withdrawn, and no undo brings it back."""
    moderator, author, card = await one_question(forum)
    await moderator.press("kd:1:approve", card)
    undo = (await now_in(moderator, card)).button("ku:")
    assert undo is not None
    await author.send("/forget")
    await author.press("fg:1")
    erased = await now_in(moderator, card)
    assert said("moderation.erased") in erased.text
    assert not erased.button("ku:")
    late = await moderator.press_data(undo["callback_data"], card.id)
    assert (late.text, late.alert) == (said("undo.moved_on"), True)
    assert first_question(forum)["state"] == "withdrawn"


@pytest.mark.parametrize("data", ["ku:999:-", "ku:x:-"])
async def test_a_button_of_nothing_is_answered(forum: Forum, data: str) -> None:
    moderator, _, card = await one_question(forum)
    assert (await moderator.press_data(data, card.id)).alert


async def test_a_card_of_the_group_undoes_what_it_shows_and_nothing_later(forum: Forum) -> None:
    organizer = await forum.organizer()
    author = await forum.delegate("Ася", "ru")
    chat = await group_of(forum, organizer)
    await ask(author, sessions(forum)[0].code, "Что же решили?")
    await organizer.press("gc:1:approve", chat=chat)
    card = await organizer.sees(said("questions.state_approved"), chat=chat)
    await forum.telegram.idle()
    async with forum.telegram.held(method="editMessageText", chat=chat) as hold:
        await organizer.press("gc:1:asked", card, chat=chat)
        await hold.reached()
        answer = await organizer.press_data("gc:1:undo", card.id, chat=chat)  # the card says "approved" still
        assert (answer.text, answer.alert) == (said("undo.moved_on"), True)
    assert [row["state"] for row in tables(forum.folder)["questions"]] == ["asked"]
    await organizer.sees(said("questions.state_asked"), chat=chat)
    await forum.telegram.idle()
    assert (await organizer.press_data("gc:1:undo", card.id, chat=chat)).text == said("undo.done", number=1)
    assert [row["state"] for row in tables(forum.folder)["questions"]] == ["approved"]
