"""A card in the moderators' group: what it says of the stage, and what of it opens in the private chat."""

from __future__ import annotations

import datetime as dt

from bot.actions.moderation.group import MAKING
from storage import desk_groups
from tests.conftest import Forum
from tests.scenarios.moderation.groups import group_of
from tests.scenarios.second_reader import tables
from tests.scenarios.steps import ask, nothing_due, now_in, said, sessions
from tests.telegram import Message, Person


async def staffed(forum: Forum, *texts: str) -> tuple[Person, Person, int]:
    """The organizer, a moderator and their group, with a card of each of these questions."""
    organizer = await forum.organizer()
    moderator = await forum.moderator(organizer)
    author = await forum.delegate("Ася", "ru")
    chat = await group_of(forum, organizer, moderator)
    for text in texts:
        await ask(author, sessions(forum)[0].code, text)
        await moderator.sees(text, chat=chat)
    return organizer, moderator, chat


async def card_of(person: Person, chat: int, number: int) -> Message:
    """The question's card in the group as it stands when all has come."""
    await person.telegram.idle()
    [card] = [message for message in await person.messages(chat) if message.text.startswith(f"№{number} ")]
    return card


async def test_what_is_done_seldom_opens_in_the_private_chat(forum: Forum) -> None:
    _, moderator, chat = await staffed(forum, "Когда будут итоги?", "Итоги когда будут?")
    await moderator.look_away()
    card = await card_of(moderator, chat, 2)
    answer = await moderator.press(said("moderation.more"), card, chat=chat)
    assert answer.text == said("group.more_privately", number=2)
    more = await moderator.sees("№2", "Итоги когда будут?")
    assert tables(forum.folder)["claims"] == []
    await moderator.press(said("merging.open"), more)
    assert said("claims.held", by="Марат", until="09:17") in (await card_of(moderator, chat, 2)).text
    await moderator.press("jt:2:1", more)
    await moderator.press("jy:2:1", more)
    merged = f"{said('questions.state_merged')} → №1"
    assert merged in (await now_in(moderator, more)).text
    assert merged in (await card_of(moderator, chat, 2)).text
    assert said("moderation.merged", n=1) in (await card_of(moderator, chat, 1)).text


async def test_what_was_decided_meanwhile_is_nobodys_to_take(forum: Forum) -> None:
    organizer, moderator, chat = await staffed(forum, "Кто успел первым?")
    card = await card_of(moderator, chat, 1)
    await organizer.press("gc:1:decline", card, chat=chat)
    await organizer.press("gr:1:none", chat=chat)
    late = await moderator.press_data("gc:1:take", card.id, chat=chat)
    assert late.alert
    assert late.text == said("moderation.too_late", state=said("questions.state_declined"), by="Динара")
    assert tables(forum.folder)["claims"] == []


async def test_who_blocked_the_bot_is_told_where_to_go(forum: Forum) -> None:
    _, moderator, chat = await staffed(forum, "Видно ли меня?")
    await moderator.block()
    answer = await moderator.press(said("moderation.more"), chat=chat)
    assert (answer.text, answer.alert) == (said("group.start_me"), True)


async def test_what_the_chair_put_aside_is_said_and_the_slip_is_undone_on_the_card(forum: Forum) -> None:
    """A skipped question is approved still: without a word about it the desk would wait for its turn in vain."""
    organizer, moderator, chat = await staffed(forum, "Первый вопрос", "Второй вопрос")
    for number in (1, 2):
        await moderator.press(f"gc:{number}:approve", chat=chat)
    await organizer.send("/moderate")
    await organizer.press(f"ks:{sessions(forum)[0].code}")
    await organizer.press("to:")
    await organizer.press("tm:1:2:put")
    await organizer.press("tm:1:2:skip")
    await nothing_due(forum)
    skipped = await card_of(moderator, chat, 1)
    assert said("stage.passed_over") in skipped.text
    await organizer.press("tm:2:2:later")
    assert said("stage.put_off") in (await card_of(moderator, chat, 2)).text

    undone = await moderator.press("gc:1:undo", skipped, chat=chat)  # the card is one for all, and so is its "Undo"
    assert undone.text == said("undo.done", number=1)
    assert [row["actor"] for row in tables(forum.folder)["audit"] if row["deed"] == "undo"] == [moderator.id]
    twice = await moderator.press_data("gc:1:undo", skipped.id, chat=chat)
    assert (twice.text, twice.alert) == (said("undo.done", number=1), False), "it was oneself"
    await nothing_due(forum)
    back = await card_of(moderator, chat, 1)
    assert said("stage.passed_over") not in back.text
    assert said("questions.state_approved") in back.text
    row = next(row for row in tables(forum.folder)["questions"] if row["number"] == 1)
    assert (row["state"], row["skipped"], row["postponed_at"]) == ("approved", 0, None)
    assert back.button("gc:1:asked")


async def test_while_another_instance_makes_a_topic_this_one_does_not(forum: Forum) -> None:
    organizer, _, chat = await staffed(forum)
    code, now = sessions(forum)[0].code, forum.clock.seconds()
    assert await forum.db.write(desk_groups.begin_topic, chat, code, now, now + MAKING)
    await ask(organizer, code, "Придёт ли тема?")
    await forum.telegram.idle()
    assert await forum.telegram.topics(chat) == {}
    await forum.at(forum.clock.now() + dt.timedelta(seconds=MAKING))  # that instance is dead: its time is over
    await organizer.sees("Придёт ли тема?", chat=chat)
    assert len(await forum.telegram.topics(chat)) == 1
    assert tables(forum.folder)["topics_in_making"] == []
