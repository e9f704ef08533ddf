"""The moderators' desk in a group: opened, and always showing what the private desk shows."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.actions.questions import desk_cards
from bot.inbound.inbox import overheard
from storage import questions
from storage.database import Transaction
from tests.conftest import Forum, Running
from tests.scenarios.moderation.groups import (
    NO_TOPICS,
    OFFER,
    OPENED,
    calls_of,
    cards_in,
    group_of,
    journal_of_the_group,
    topic_of,
)
from tests.scenarios.people.test_privacy import my_data
from tests.scenarios.second_reader import at_rest, tables, traces
from tests.scenarios.steps import ask, moderator_of, nothing_due, outbox, said, sessions


async def test_the_way_in_from_the_organizers_screen(forum: Forum) -> None:
    organizer = await forum.organizer()
    await organizer.send("/staff")
    await organizer.press("go:group")
    screen = await organizer.sees(said("group.nowhere"))
    link = next(button["url"] for row in screen.rows for button in row if "url" in button)
    assert link == "https://t.me/minber_bot?startgroup=desk&admin=manage_topics+pin_messages"

    # As Telegram does with such a link: the bot is added with these rights, and gets /start desk.
    chat = await forum.telegram.group("Модераторлар", organizer, forum=True, bot=False)
    rights = ["can_manage_topics", "can_pin_messages"]
    await forum.telegram.standing(organizer, chat, "administrator", rights, payload="desk")
    await organizer.sees(OFFER, chat=chat)
    await forum.telegram.clock(by=2)
    await organizer.send("/start@minber_bot desk", chat=chat)
    await organizer.quiet(chat=chat)
    await organizer.press("gd:open", chat=chat)
    opened = await organizer.sees(OPENED, said("group.by_topics"), chat=chat)
    assert len([one for one in organizer.shown(chat) if one.from_bot and one.text == opened.text]) == 1
    assert any("pinned_message" in one.data for one in await organizer.messages(chat))
    assert journal_of_the_group(forum) == ["group_opened"]

    await organizer.send("/staff")
    await organizer.press("go:group")
    await organizer.sees(said("group.is_in", title="Модераторлар"))


async def test_who_is_no_organizer_neither_adds_nor_opens_a_desk(forum: Forum) -> None:
    organizer, stranger = await forum.organizer(), await forum.delegate("Бек", "en")
    moderator = await forum.moderator(organizer)
    chat = await forum.telegram.group("Соседи", stranger, moderator, forum=True)
    await stranger.quiet(chat=chat)
    await stranger.send("/desk@minber_bot", chat=chat)
    await stranger.sees(said("fallback.group", "en", link="https://t.me/minber_bot"), chat=chat)

    ours = await group_of(forum, organizer, moderator, stranger, open_it=False)
    await stranger.sees(OFFER, chat=ours)
    for person, language in ((stranger, "en"), (moderator, "ru")):
        answer = await person.press("gd:open", chat=ours)
        assert (answer.text, answer.alert) == (said("refusal.not_organizer", language), True)
    await stranger.quiet(chat=ours)
    assert tables(forum.folder)["desk_groups"] == []


async def test_a_missing_right_is_named_and_the_desk_begins_when_it_is_granted(forum: Forum) -> None:
    organizer = await forum.organizer()
    moderator, delegate = await forum.moderator(organizer), await forum.delegate()
    chat = await group_of(forum, organizer, moderator, open_it=False, rights=NO_TOPICS)
    await organizer.press("gd:open", chat=chat)
    await organizer.sees(said("group.lacks_topics"), said("group.grant_topics"), chat=chat)
    answer = await organizer.press("gd:check", chat=chat)
    assert (answer.text, answer.alert) == (said("group.still_lacks"), True)

    # Meanwhile the desk is where it was.
    await ask(delegate, sessions(forum)[0].code, "Бірінші сұрақ")
    await moderator.sees("№1", "Бірінші сұрақ")

    await forum.telegram.standing(organizer, chat, "administrator")
    await moderator.sees("№1", "Бірінші сұрақ", chat=chat)
    await organizer.press("gd:check", chat=chat)
    await organizer.sees(OPENED, chat=chat)
    await organizer.quiet()
    assert len(cards_in(moderator, chat, "№1")) == 1


async def test_each_session_has_a_topic_from_its_first_question_on(forum: Forum) -> None:
    organizer = await forum.organizer("kk")
    moderator, delegate = await forum.moderator(organizer), await forum.delegate()
    chat = await forum.telegram.group("Модераторлар", organizer, moderator, forum=True)
    await organizer.press("gd:open", chat=chat)
    await organizer.sees(said("group.opened", "kk"), chat=chat)
    first, second = sessions(forum)[:2]
    assert await forum.telegram.topics(chat) == {}
    await moderator.look_away()

    cards = []
    for session, words in ((first, "Бірінші сұрақ"), (first, "Екінші сұрақ"), (second, "Үшінші сұрақ")):
        await ask(delegate, session.code, words)
        cards.append(await moderator.sees(words, chat=chat))
    await moderator.quiet()
    names = await forum.telegram.topics(chat)
    assert [topic_of(card) for card in cards] == [*list(names.values())[:1] * 2, list(names.values())[1]]
    assert first.title.say("kk")[:30] in next(iter(names))
    assert f"{first.start:%H:%M}" in next(iter(names))
    # The opener's language on the cards, one's own in the answers to presses.
    assert (await moderator.press("gc:1:approve", chat=chat)).text == said("moderation.done_approve", number=1)
    await moderator.sees("№1", said("questions.state_approved", "kk"), chat=chat)


async def test_what_waited_before_comes_into_the_group_when_it_is_opened(forum: Forum) -> None:
    organizer = await forum.organizer()
    moderator, delegate = await forum.moderator(organizer), await forum.delegate()
    code = sessions(forum)[0].code
    for words in ("Бірінші сұрақ", "Екінші сұрақ", "Үшінші сұрақ"):
        await ask(delegate, code, words)
    await moderator.press("kd:1:approve")
    await moderator.press("kd:2:decline")
    await moderator.press("kr:2:none")
    chat = await group_of(forum, organizer, moderator)
    await moderator.sees("№1", said("questions.state_approved"), chat=chat)
    await moderator.sees("№3", chat=chat)
    await moderator.look_away()
    assert cards_in(moderator, chat, "№2") == []


async def test_one_card_is_edited_through_the_questions_life_and_both_desks_say_the_same(forum: Forum) -> None:
    organizer = await forum.organizer()
    one, other = await forum.moderator(organizer), await forum.moderator(organizer, "Алия", "en")
    delegate = await forum.delegate("Ася", "ru")
    code = sessions(forum)[0].code
    chat = await group_of(forum, organizer, one, other)
    await ask(delegate, code, "Когда ответ?")
    card = await one.sees("№1", "Когда ответ?", chat=chat)

    await other.send("/moderate")
    desk = await other.sees(said("moderation.waiting", "en", n=1))
    await other.press(f"ks:{code}", desk)
    await other.press("kn:", desk)
    await other.sees("№1", "Когда ответ?")
    await one.sees("Алия", chat=chat)
    assert (await one.press("gc:1:approve", chat=chat)).alert
    await other.press("kd:1:approve", desk)
    await one.sees("№1", said("questions.state_approved"), chat=chat)

    assert (await one.press("gc:1:asked", chat=chat)).text == said("moderation.done_asked", number=1)
    await one.sees("№1", said("questions.state_asked"), "Марат", chat=chat)
    assert (await one.press("gc:1:answer", chat=chat)).text == said("group.asked_privately")
    await one.sees("№1", "Когда ответ?")
    await one.send("Завтра в десять")
    await one.sees("№1", said("questions.state_answered"), "Завтра в десять", chat=chat)
    await delegate.sees("№1", said("questions.state_answered"), "Завтра в десять")
    await forum.telegram.idle()
    assert [message.id for message in cards_in(one, chat, "№1")] == [card.id]
    assert len(await calls_of(forum, "sendMessage", chat)) == 2  # the offer, the card


async def test_reasons_unfold_in_the_card_and_fold_again(forum: Forum) -> None:
    organizer = await forum.organizer()
    moderator, delegate = await forum.moderator(organizer), await forum.delegate("Ася", "ru")
    chat = await group_of(forum, organizer, moderator)
    for words in ("Первый вопрос", "Второй вопрос"):
        await ask(delegate, sessions(forum)[0].code, words)
    card = await moderator.sees("№1", chat=chat)
    folded = card.buttons
    await moderator.press("gc:1:decline", chat=chat)
    unfolded = await moderator.sees("№1", "Марат", chat=chat)
    assert unfolded.id == card.id
    assert said("reason.rude") in unfolded.buttons
    await moderator.press("gc:1:back", chat=chat)
    assert (await moderator.sees("№1", chat=chat)).buttons == folded
    await moderator.press("gc:1:decline", chat=chat)
    await moderator.press("gr:1:rude", chat=chat)
    await delegate.sees("№1", said("reason.rude"))
    assert (await moderator.sees("№1", said("questions.state_declined"), chat=chat)).id == card.id

    await moderator.press("gc:2:decline", chat=chat)
    await moderator.press("gr:2:own", chat=chat)
    await moderator.sees("№2", "Второй вопрос")
    await moderator.send("Уже обсудили")
    await delegate.sees("№2", "Уже обсудили")


async def test_to_be_in_the_group_gives_no_right(forum: Forum) -> None:
    organizer = await forum.organizer()
    first, second = (one.code for one in sessions(forum)[:2])
    here = await moderator_of(forum, organizer, first, "Гүлнар", "kk")
    elsewhere = await moderator_of(forum, organizer, second, "Иван")
    guest = await forum.telegram.person("Гость", "en")
    delegate = await forum.delegate("Ася", "ru")
    chat = await group_of(forum, organizer, here, elsewhere, guest, delegate)
    await ask(delegate, first, "Кому можно?")
    await here.sees("Кому можно?", chat=chat)
    for person, language in ((elsewhere, "ru"), (guest, "en"), (delegate, "ru")):
        for press in ("gc:1:approve", "gc:1:take", "gc:1:decline", "gc:1:answer"):
            answer = await person.press(press, chat=chat)
            assert (answer.text, answer.alert) == (said("refusal.not_moderator", language), True)
    assert tables(forum.folder)["questions"][0]["state"] == "pending"
    assert traces(forum.folder, guest.id) == []
    assert (await here.press("gc:1:approve", chat=chat)).text == said("moderation.done_approve", "kk", number=1)


async def test_a_chief_who_has_not_registered_is_told_so_in_the_group_quietly(forum: Forum) -> None:
    """One named in the settings has consented to nothing yet: nothing of theirs is written into the group."""
    chief = await forum.telegram.person("Динара", "ru", id=7001)
    chat = await forum.telegram.group("Модераторлар", chief, forum=True)
    await chief.quiet(chat=chat)
    answer = await chief.press_data("gd:open", 1, chat=chat)
    assert (answer.text, answer.alert) == (said("group.start_me"), True)
    await chief.quiet(chat=chat)


async def test_two_take_a_question_and_one_has_it(forum: Forum) -> None:
    organizer = await forum.organizer()
    one, other = await forum.moderator(organizer), await forum.moderator(organizer, "Алия", "en")
    delegate = await forum.delegate()
    chat = await group_of(forum, organizer, one, other)
    await ask(delegate, sessions(forum)[0].code, "Кім алады?")
    await one.sees("№1", chat=chat)
    answers = await asyncio.gather(one.press("gc:1:take", chat=chat), other.press("gc:1:take", chat=chat))
    assert sorted(answer.alert for answer in answers) == [False, True]
    holder = "Марат" if not answers[0].alert else "Алия"
    assert holder in next(answer.text for answer in answers if answer.alert)
    await one.sees("№1", holder, chat=chat)


async def test_what_is_said_in_the_group_is_neither_stored_nor_answered(forum: Forum) -> None:
    organizer = await forum.organizer()
    moderator, delegate = await forum.moderator(organizer), await forum.delegate()
    chat = await group_of(forum, organizer, moderator)
    await ask(delegate, sessions(forum)[0].code, "Бірінші сұрақ")
    await moderator.sees("№1", chat=chat)
    await moderator.press("gc:1:answer", chat=chat)
    await nothing_due(forum)
    await moderator.look_away()
    for words in ("тайное слово", "№1 тайное слово", "/unknown тайное"):
        await moderator.send(words, chat=chat)
    await moderator.quiet(chat=chat)
    assert traces(forum.folder, "тайное") == []
    assert tables(forum.folder)["questions"][0]["state"] == "pending"


@pytest.mark.parametrize(
    ("update", "passed_over"),
    [
        ({"message": {"chat": {"type": "supergroup"}, "text": "между нами"}}, True),
        ({"edited_message": {"chat": {"type": "group"}, "text": "между нами"}}, True),
        ({"message": {"chat": {"type": "supergroup"}, "new_chat_title": "Штаб"}}, True),
        ({"message": {"chat": {"type": "supergroup"}, "text": "/desk@minber_bot"}}, False),
        ({"message": {"chat": {"type": "group"}, "migrate_to_chat_id": -100}}, False),
        ({"message": {"chat": {"type": "private"}, "text": "вопрос"}}, False),
        ({"callback_query": {"message": {"chat": {"type": "supergroup"}, "text": "№1"}}}, False),
        ({"my_chat_member": {"chat": {"type": "supergroup"}}}, False),
        ({"message": "a text"}, False),
    ],
)
def test_what_people_say_to_each_other_is_not_even_taken_in(update: dict[str, Any], passed_over: bool) -> None:
    assert overheard(update) == passed_over


async def test_an_answer_begun_in_the_group_is_still_open_after_a_restart(running: Running) -> None:
    async with running.open() as forum:
        organizer = await forum.organizer()
        moderator, delegate = await forum.moderator(organizer), await forum.delegate("Ася", "ru")
        chat = await group_of(forum, organizer, moderator)
        await ask(delegate, sessions(forum)[0].code, "Когда ответ?")
        await moderator.sees("№1", chat=chat)
        await moderator.press("gc:1:answer", chat=chat)
        await moderator.sees("№1", "Когда ответ?")
        await forum.telegram.idle()
        await running.stop()
        await moderator.send("Завтра в десять")
        await running.start()
        await delegate.sees("№1", "Завтра в десять")
        await moderator.sees("№1", said("questions.state_answered"), chat=chat)


async def test_the_desk_stays_when_who_opened_it_is_forgotten(forum: Forum) -> None:
    organizer = await forum.organizer()
    moderator, delegate = await forum.moderator(organizer), await forum.delegate()
    chat = await group_of(forum, organizer, moderator)
    data = await my_data(forum, organizer)
    assert [group["title"] for group in data["desk_groups"]] == ["Модераторлар"]
    await organizer.send("/forget")
    await organizer.press("fg:1")
    await at_rest(forum)
    assert traces(forum.folder, organizer.id) == ["chief_organizers.person"]
    await ask(delegate, sessions(forum)[0].code, "Бірінші сұрақ")
    await moderator.sees("№1", chat=chat)


async def test_an_anonymous_author_is_nowhere_in_the_group(forum: Forum) -> None:
    organizer = await forum.organizer()
    moderator, delegate = await forum.moderator(organizer), await forum.delegate("Айгерім", "kk")
    chat = await group_of(forum, organizer, moderator)
    code = sessions(forum)[0].code
    await delegate.start(f"q_{code}")
    await delegate.press(f"qa:{code}:1")
    await delegate.send("Кім екенімді айтпаймын")
    card = await moderator.sees("Кім екенімді айтпаймын", chat=chat)
    assert "Айгерім" not in card.text
    assert str(delegate.id) not in str(card.data)


async def test_a_flood_of_questions_stays_within_a_groups_twenty_a_minute(running: Running) -> None:
    """Counted by the calls, whatever the clock: of fifty cards that are due at once, twenty messages go."""
    running.settings["messages_per_second"] = 25
    async with running.open() as forum:
        organizer = await forum.organizer()
        chat = await group_of(forum, organizer)
        await forum.db.write(fifty_questions, sessions(forum)[0].code, organizer.id, running.clock.seconds())
        await forum.telegram.idle(timeout=40, settle=2.0)
        counted = [call for call in await forum.telegram.calls() if call["chat_id"] == str(chat)]
        written = [call for call in counted if call["method"].startswith(("send", "edit"))]
        assert 10 < len(written) <= 20
        assert all(call["error_code"] is None for call in written)
        numbers = [one.text.split()[0] for one in await organizer.messages(chat) if "👤" in one.text]
        assert len(numbers) == len(set(numbers))
        assert len(outbox(forum, "desk-card")) == 50


def fifty_questions(tx: Transaction, session: str, author: int, now: int) -> None:
    for number in range(50):
        asked = questions.ask(
            tx,
            session,
            author=author,
            message=10_000 + number,
            anonymous=False,
            language="ru",
            text=f"Вопрос номер {number}",
            now=now,
        )
        assert asked is not None
        desk_cards.enqueue(tx, asked, session, now)


async def test_who_commands_on_and_on_does_not_keep_the_cards_out(running: Running) -> None:
    """A group takes twenty messages a minute. The desk's are not to go into answers to somebody without a role."""
    running.settings["messages_per_second"] = 28
    async with running.open() as forum:
        organizer = await forum.organizer()
        stranger, author = await forum.telegram.person("Чужой"), await forum.delegate("Ася", "ru")
        chat = await group_of(forum, organizer, stranger)
        for command in ("/start", "/desk@minber_bot", "/my@minber_bot") * 8:
            await stranger.send(command, chat=chat)
        await at_rest(forum)
        assert len(cards_in(stranger, chat, "t.me/")) < 5
        await ask(author, sessions(forum)[0].code, "Дойдёт ли карточка?")
        await organizer.sees("Дойдёт ли карточка?", chat=chat)
