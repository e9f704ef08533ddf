"""A decision is about the text that its moderator has read, and about no other."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.actions.questions.questions import EDITS
from tests.conftest import Forum
from tests.scenarios.second_reader import at_rest
from tests.scenarios.steps import ask, claims_end, first_question, outbox, said, sessions
from tests.telegram import Message, Person

READ_AGAIN = said("moderation.read_again")


async def asked(author: Person, session: str, text: str) -> Message:
    """The author's own message that brought the question."""
    await author.start(f"q_{session}")
    await author.sees("✋")
    message = await author.send(text)
    await author.sees("🧾")
    return message


@asynccontextmanager
async def edited_behind_their_back(forum: Forum, author: Person, message: Message, text: str) -> AsyncIterator[None]:
    """The author edits the message while the card is still the old one: its change is on its way."""
    await forum.telegram.idle()
    async with forum.telegram.held(method="editMessageText", text=text) as hold:
        await author.edit(message, text)
        await hold.reached()
        assert first_question(forum)["text"] == text
        yield


async def test_a_press_on_a_text_that_was_changed_shows_the_new_one_first(forum: Forum) -> None:
    moderator = await forum.moderator(await forum.organizer())
    author = await forum.delegate("Автор", "ru")
    message = await asked(author, sessions(forum)[0].code, "Когда выйдет перевод?")
    card = await moderator.sees("Когда выйдет перевод?")
    async with edited_behind_their_back(forum, author, message, "А что вы скажете на это?"):
        answer = await moderator.press("kd:1:approve", card)
        assert (answer.text, answer.alert) == (READ_AGAIN, True)
        assert first_question(forum)["state"] == "pending"
        await moderator.sees("А что вы скажете на это?", "№1")
    assert (await moderator.press("kd:1:approve", card)).text == said("moderation.done_approve", number=1)


async def test_a_card_that_has_followed_can_be_decided_at_once(forum: Forum) -> None:
    moderator = await forum.moderator(await forum.organizer())
    author = await forum.delegate("Автор", "ru")
    message = await asked(author, sessions(forum)[0].code, "Когда выйдет перевод?")
    card = await moderator.sees("Когда выйдет перевод?")
    await author.edit(message, "Когда выйдет второй том?")
    await moderator.sees("Когда выйдет второй том?")
    assert (await moderator.press("kd:1:approve", card)).text == said("moderation.done_approve", number=1)


async def test_a_reason_given_to_the_former_text_declines_nothing(forum: Forum) -> None:
    moderator = await forum.moderator(await forum.organizer())
    author = await forum.delegate("Автор", "ru")
    message = await asked(author, sessions(forum)[0].code, "Грубый вопрос?")
    card = await moderator.sees("Грубый вопрос?")
    await moderator.press("kd:1:decline", card)
    await moderator.sees("Грубый вопрос?", "№1")
    for reason in ("rude", "own"):
        async with edited_behind_their_back(forum, author, message, f"Вежливый вопрос, {reason}?"):
            answer = await moderator.press_data(f"kr:1:{reason}:-", card.id)
            assert (answer.text, answer.alert) == (READ_AGAIN, True)
            assert first_question(forum)["state"] == "pending"
            await moderator.sees(f"Вежливый вопрос, {reason}?")
        await moderator.press("kd:1:decline", card)
    await moderator.press("kr:1:unclear", card)
    await author.sees(said("questions.state_declined"), said("reason.unclear"))


async def test_words_about_the_former_text_are_asked_for_again(forum: Forum) -> None:
    moderator = await forum.moderator(await forum.organizer())
    author = await forum.delegate("Автор", "ru")
    message = await asked(author, sessions(forum)[0].code, "Будет ли запись встречи?")
    await moderator.press("kd:1:answer")
    await moderator.sees("Будет ли запись", "№1")
    await author.edit(message, "Вы возьмёте за это взятку?")
    await moderator.look_away()
    await moderator.send("Да, конечно.")
    await moderator.sees("Вы возьмёте за это взятку?", said("moderation.words_again", number=1, text="").split(".")[0])
    assert first_question(forum)["state"] == "pending"
    await moderator.send("Нет, никогда.")
    await moderator.sees(said("moderation.done_answer", number=1))
    await author.sees("Вы возьмёте за это взятку?", "Нет, никогда.")


async def test_words_for_what_somebody_else_has_decided_are_told_who(forum: Forum) -> None:
    organizer = await forum.organizer()
    one, other = await forum.moderator(organizer, "Марат"), await forum.moderator(organizer, "Алия")
    author = await forum.delegate("Автор", "ru")
    await ask(author, sessions(forum)[0].code, "Кто ответит первым?")
    await one.press("kd:1:answer")
    await one.sees("Кто ответит первым?", "№1")
    await claims_end(forum)
    await other.press("kd:1:decline")
    await other.press("kr:1:offtopic")
    await one.look_away()
    await one.send("Мы!")
    await one.sees(said("moderation.too_late", state=said("questions.state_declined"), by="Алия"))
    await one.send("Отырар")  # no form is left open
    await one.sees("🔍")


async def test_of_two_different_decisions_at_once_the_second_is_told_who_was_first(forum: Forum) -> None:
    organizer = await forum.organizer()
    one, other = await forum.moderator(organizer, "Марат"), await forum.moderator(organizer, "Алия")
    author = await forum.delegate("Автор", "ru")
    await ask(author, sessions(forum)[0].code, "Одобрят или отклонят?")
    cards = [await person.sees("Одобрят или отклонят?") for person in (one, other)]
    await forum.telegram.idle()
    async with forum.telegram.held(method="editMessageText", next=2) as hold:
        first = asyncio.create_task(one.press("kd:1:approve", cards[0]))
        await hold.reached(2)
        assert first_question(forum)["state"] == "approved"
        late = await other.press_data("kr:1:rude:-", cards[1].id)
        assert late.text == said("moderation.too_late", state=said("questions.state_approved"), by="Марат")
    assert (await first).text == said("moderation.done_approve", number=1)
    await other.sees("Одобрят или отклонят?", said("questions.state_approved") + " · Марат")
    assert first_question(forum)["state"] == "approved"
    await forum.telegram.idle()
    assert len(outbox(forum, "fate")) == 1
    await other.press("kd:1:decline", cards[1])  # it may still be declined, by who has read that it was approved
    await other.press("kr:1:none", cards[1])
    await author.sees(said("questions.state_declined"))


async def test_at_the_desk_a_changed_question_stays_until_it_is_read(forum: Forum) -> None:
    moderator = await forum.moderator(await forum.organizer())
    author = await forum.delegate("Автор", "ru")
    code = sessions(forum)[0].code
    message = await asked(author, code, "Первый вопрос?")
    await ask(author, code, "Второй вопрос?")
    await moderator.look_away()
    await moderator.send("/moderate")
    desk = await moderator.sees("🛎")
    await moderator.press(f"ks:{code}", desk)
    await moderator.press("kn:", desk)
    await moderator.sees("Первый вопрос?")
    async with edited_behind_their_back(forum, author, message, "Подменённый вопрос?"):
        assert (await moderator.press_data("kd:1:approve:w", desk.id)).text == READ_AGAIN
        await moderator.sees("Подменённый вопрос?")
    await moderator.press("kd:1:approve:w", desk)
    await moderator.sees("Второй вопрос?")
    assert first_question(forum)["state"] == "approved"


async def test_however_often_the_author_edits_the_moderators_get_one_change_at_a_time(forum: Forum) -> None:
    moderator = await forum.moderator(await forum.organizer())
    author = await forum.delegate("Автор", "ru")
    message = await asked(author, sessions(forum)[0].code, "Когда начнём, вариант 0?")
    await moderator.sees("вариант 0")
    async with edited_behind_their_back(forum, author, message, "Когда начнём, вариант 1?"):
        for number in range(2, 9):
            await author.edit(message, f"Когда начнём, вариант {number}?")
        await at_rest(forum)
    await moderator.sees("вариант 8")
    # The one that was on its way, and the one that waited meanwhile.
    assert len(outbox(forum, "card-change")) == 2
    assert (await moderator.press("kd:1:approve")).text == said("moderation.done_approve", number=1)


async def test_a_question_can_be_edited_only_so_often(forum: Forum) -> None:
    organizer = await forum.organizer()
    author = await forum.delegate("Автор", "ru")
    message = await asked(author, sessions(forum)[0].code, "Какой по счёту, 0?")
    receipt = await author.last()
    for number in range(1, EDITS + 1):
        await author.edit(message, f"Какой по счёту, {number}?")
    refused = said("questions.too_many_edits", limit=EDITS)
    await author.edit(message, "Одной правкой больше?")
    await author.sees(refused)
    await organizer.sees(f"Какой по счёту, {EDITS}?")
    await author.press("m1:1", receipt)
    assert (await author.press_data("me:1", receipt.id)).text == refused
    assert first_question(forum)["text"] == f"Какой по счёту, {EDITS}?"
    await author.press_data("mw:1:1", receipt.id)
    await organizer.sees("№1", said("questions.state_withdrawn"))


async def test_who_decided_it_oneself_is_not_told_of_somebody(forum: Forum) -> None:
    organizer = await forum.organizer()
    moderator = await forum.moderator(organizer)
    await ask(await forum.delegate("Автор", "ru"), sessions(forum)[0].code, "Кто решил?")
    card = await moderator.sees("Кто решил?")
    assert (await moderator.press("kd:1:approve", card)).text == said("moderation.done_approve", number=1)
    again = await moderator.press_data("kd:1:approve:-", card.id)
    assert again.text == said("moderation.done_approve", number=1)
    other = await moderator.press_data("kd:1:answer:-", card.id)
    assert "Марат" not in other.text
    await moderator.press_data("kd:1:asked:-", card.id)
    late = await moderator.press_data("kr:1:rude:-", card.id)
    state = said("questions.state_asked")
    assert (late.text, late.alert) == (said("moderation.decided_by_you", state=state), False)
