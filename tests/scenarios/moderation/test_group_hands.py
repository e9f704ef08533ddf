"""A group's card is one for all: reasons that somebody unfolded there, what somebody takes there, and one language."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.actions.moderation.cards import card_touched
from bot.who import ORGANIZER
from storage import cards, roles
from tests.conftest import Forum
from tests.scenarios.moderation.groups import cards_in, group_of
from tests.scenarios.moderation.test_claims import claimed_until, two_moderators
from tests.scenarios.moderation.test_group_cards import card_of, staffed
from tests.scenarios.second_reader import at_rest, tables
from tests.scenarios.steps import ask, claims_end, nothing_due, now_in, outbox, said, sessions, vote
from tests.telegram import Message, Person


async def unfolded(forum: Forum) -> tuple[Person, Person, int, Message]:
    """A moderator who has unfolded the reasons of question 1 in the group, the organizer, and the card."""
    organizer, moderator, chat = await staffed(forum, "Накроют ли причины?")
    card = await card_of(moderator, chat, 1)
    await moderator.press("gc:1:decline", card, chat=chat)
    assert (await card_of(moderator, chat, 1)).button("gr:1:rude")
    return organizer, moderator, chat, card


async def test_what_others_do_beside_a_question_leaves_the_reasons_in_the_group(forum: Forum) -> None:
    organizer, moderator, chat, card = await unfolded(forum)
    refused = await organizer.press_data("gc:1:back", card.id, chat=chat)
    assert (refused.text, refused.alert) == (said("claims.held", by="Марат", until=claimed_until(forum)), True)
    await organizer.press("gc:1:more", card, chat=chat)
    menu = await organizer.sees("№1", "Накроют ли причины?")
    await organizer.press("kv:1:1", menu)
    await organizer.press("jl:1", menu)
    await organizer.press("jb:1", menu)
    await nothing_due(forum)
    assert (await card_of(moderator, chat, 1)).button("gr:1:rude")
    assert (await moderator.press("gr:1:rude", card, chat=chat)).text == said("moderation.done_decline", number=1)
    declined = await card_of(moderator, chat, 1)
    assert said("questions.state_declined") in declined.text
    assert declined.button("gr:") is None


async def test_a_vote_for_an_approved_question_leaves_them_too(forum: Forum) -> None:
    _, moderator, chat = await staffed(forum, "Голосуют ли за меня?")
    await moderator.press("gc:1:approve", chat=chat)
    card = await card_of(moderator, chat, 1)
    await moderator.press("gc:1:decline", card, chat=chat)
    await vote(await forum.delegate("Ерлан"), sessions(forum)[0].code, 1)
    await nothing_due(forum)
    assert (await card_of(moderator, chat, 1)).button("gr:1:rude")


async def goes_back(forum: Forum, holder: Person, organizer: Person, chat: int, card: Message) -> None:
    await holder.press("gc:1:back", card, chat=chat)


async def lets_go(forum: Forum, holder: Person, organizer: Person, chat: int, card: Message) -> None:
    await holder.press("gc:1:more", card, chat=chat)
    await holder.press("kw:1:leave")


async def is_gone(forum: Forum, holder: Person, organizer: Person, chat: int, card: Message) -> None:
    await claims_end(forum)


async def is_forgotten(forum: Forum, holder: Person, organizer: Person, chat: int, card: Message) -> None:
    await holder.send("/forget")
    await holder.press("fg:1")


async def cancels_the_words(forum: Forum, holder: Person, organizer: Person, chat: int, card: Message) -> None:
    await holder.press("gr:1:own", card, chat=chat)
    await holder.send("/cancel")


async def is_relieved(forum: Forum, holder: Person, organizer: Person, chat: int, card: Message) -> None:
    await organizer.press("gc:1:more", card, chat=chat)
    await organizer.press("kw:1:over")
    await organizer.press("kw:1:leave")


@pytest.mark.parametrize("way", [goes_back, lets_go, is_gone, is_forgotten, cancels_the_words, is_relieved])
async def test_nobody_is_stuck_with_the_reasons(forum: Forum, way: object) -> None:
    organizer, moderator, chat, card = await unfolded(forum)
    assert callable(way)
    await way(forum, moderator, organizer, chat, card)
    await at_rest(forum)
    await nothing_due(forum)
    folded = await card_of(organizer, chat, 1)
    assert folded.button("gr:") is None
    assert folded.button("gc:1:approve")
    assert "👀" not in folded.text.splitlines()[1]
    assert [row["unfolded"] for row in tables(forum.folder)["cards"] if row["chat"] == chat] == [0]
    assert (await organizer.press("gc:1:take", folded, chat=chat)).text == said(
        "group.taken", number=1, until=claimed_until(forum)
    )
    assert "Динара" in (await card_of(organizer, chat, 1)).text  # it follows again


async def test_the_reasons_make_room_for_other_words_of_the_question(forum: Forum) -> None:
    organizer = await forum.organizer()
    moderator = await forum.moderator(organizer)
    author = await forum.delegate("Ася", "ru")
    chat = await group_of(forum, organizer, moderator)
    await author.start(f"q_{sessions(forum)[0].code}")
    await author.sees("✋")
    sent = await author.send("Первые слова вопроса")
    await moderator.sees("Первые слова вопроса", chat=chat)
    card = await card_of(moderator, chat, 1)
    await moderator.press("gc:1:decline", card, chat=chat)
    await author.edit(sent, "Другие слова вопроса")
    await nothing_due(forum)
    moved = await card_of(moderator, chat, 1)
    assert "Другие слова вопроса" in moved.text
    assert moved.button("gc:1:approve")
    late = await moderator.press_data("gr:1:rude", card.id, chat=chat)
    assert late.text != said("refusal.stale")


@asynccontextmanager
async def change_on_its_way(forum: Forum, chat: int) -> AsyncIterator[None]:
    """Telegram takes its time with a change of the group's card."""
    await forum.telegram.idle()
    async with forum.telegram.held(method="editMessageText", chat=chat) as hold:
        await forum.db.write(card_touched, 1, forum.clock.seconds())
        await hold.reached()
        yield


async def test_reasons_that_a_late_change_covered_are_shown_again(forum: Forum) -> None:
    _, moderator, chat = await staffed(forum, "Кто успеет раньше?")
    card = await card_of(moderator, chat, 1)
    async with change_on_its_way(forum, chat):
        await moderator.press("gc:1:decline", card, chat=chat)
    await nothing_due(forum)
    assert (await card_of(moderator, chat, 1)).button("gr:1:rude")
    assert [row["recipient"] for row in outbox(forum, "card-unfolded")] == [chat]
    await claims_end(forum)
    await nothing_due(forum)
    assert (await card_of(moderator, chat, 1)).button("gc:1:approve")


# "I'll take it"


async def test_who_takes_a_question_in_the_group_has_its_card_at_hand(forum: Forum) -> None:
    organizer, moderator, chat = await staffed(forum, "Кто возьмёт в руки?")
    card = await card_of(moderator, chat, 1)
    await moderator.look_away()
    taken = await moderator.press("gc:1:take", card, chat=chat)
    assert taken.text == said("group.taken", number=1, until=claimed_until(forum))
    held = await moderator.sees("№1", "Кто возьмёт в руки?", "👀")
    assert held.button("kw:1:leave")
    assert held.button("kd:1:approve")
    for _ in range(2):
        await moderator.press_data("gc:1:take", card.id, chat=chat)
    await forum.telegram.idle()
    assert len([one for one in await moderator.messages() if "Кто возьмёт в руки?" in one.text]) == 1
    assert (await organizer.press_data("gc:1:take", card.id, chat=chat)).alert
    assert not any("Кто возьмёт в руки?" in one.text for one in await organizer.messages())
    await moderator.press("kd:1:approve", held)
    assert said("questions.state_approved") in (await card_of(organizer, chat, 1)).text


async def test_what_is_let_go_of_there_is_taken_again_with_a_card(forum: Forum) -> None:
    organizer, moderator, chat = await staffed(forum, "Отпущу и возьму?")
    card = await card_of(moderator, chat, 1)
    await moderator.press("gc:1:take", card, chat=chat)
    held = await moderator.sees("№1", "Отпущу и возьму?", "👀")
    assert (await moderator.press("kw:1:leave", held)).text == said("claims.done_leave")
    freed = await now_in(moderator, held)
    assert "👀" not in freed.text
    assert freed.button("kw:") is None
    assert "👀" not in (await card_of(organizer, chat, 1)).text
    await moderator.look_away()
    await moderator.press("gc:1:take", card, chat=chat)
    again = await moderator.sees("№1", "Отпущу и возьму?", "👀")
    assert again.id != held.id


async def test_who_never_started_the_bot_is_told_where_to_go(forum: Forum) -> None:
    organizer, moderator, chat = await staffed(forum, "А без чата?")
    card = await card_of(moderator, chat, 1)
    await moderator.block()
    answer = await moderator.press("gc:1:take", card, chat=chat)
    assert (answer.text, answer.alert) == (said("group.start_me"), True)
    assert "Марат" in (await card_of(organizer, chat, 1)).text
    await moderator.unblock()
    await moderator.look_away()
    await moderator.press("gc:1:take", card, chat=chat)  # now there is a chat for it
    await moderator.sees("№1", "А без чата?", "👀")


@pytest.mark.parametrize("ways", [("gc:1:answer",), ("gc:1:decline", "gr:1:own")])
async def test_who_cannot_be_asked_for_words_keeps_nobody_off(forum: Forum, ways: tuple[str, ...]) -> None:
    organizer, moderator, chat = await staffed(forum, "Где отвечать?")
    await moderator.block()
    for data in ways:
        answer = await moderator.press(data, await card_of(moderator, chat, 1), chat=chat)
    assert (answer.text, answer.alert) == (said("group.start_me"), True)
    assert tables(forum.folder)["claims"] == []
    await nothing_due(forum)
    free = await card_of(organizer, chat, 1)
    assert "Марат" not in free.text
    assert (await organizer.press("gc:1:approve", free, chat=chat)).text == said("moderation.done_approve", number=1)


async def test_a_card_that_is_taken_in_the_private_chat_offers_to_let_go(forum: Forum) -> None:
    one, other = await two_moderators(forum)
    await ask(await forum.delegate(), sessions(forum)[0].code, "Қолымда ма?")
    card, theirs = await one.sees("Қолымда ма?"), await other.sees("Қолымда ма?")
    assert card.button("kw:") is None
    await one.press("km:1:-", card)
    await one.press("kw:1:take", card)
    mine = await now_in(one, card)
    assert "👀" in mine.text
    assert mine.button("kd:1:approve")
    assert mine.button("kw:1:leave")
    await other.sees("Қолымда ма?", "👀")
    assert (await now_in(other, theirs)).button("kw:") is None
    await claims_end(forum)
    await nothing_due(forum)
    assert (await now_in(one, card)).button("kw:") is None, "it has followed the end of the claim"


# The group's language


def opened_in(person: Person, chat: int) -> Message:
    """What says in the group that the desk is there."""
    [message] = cards_in(person, chat, said("group.opened"))
    return message


async def test_the_group_speaks_one_language_whoever_presses(forum: Forum) -> None:
    organizer = await forum.organizer("ru")
    helper = await forum.moderator(organizer, "Aliya", "en")
    chat = await group_of(forum, organizer, helper)
    opened = opened_in(organizer, chat)
    await ask(await forum.delegate("Ася", "ru"), sessions(forum)[0].code, "На каком языке?")
    await organizer.sees("На каком языке?", chat=chat)
    await nothing_due(forum)
    [name] = await forum.telegram.topics(chat)
    assert sessions(forum)[0].title.say("ru")[:20] in name

    refused = await helper.press("ki:kk", opened, chat=chat)
    assert (refused.text, refused.alert) == (said("refusal.not_organizer", "en"), True)
    chosen = await organizer.press("ki:kk", opened, chat=chat)
    assert chosen.text == said("group.speaks", name="Қазақша")
    assert said("group.opened", "kk") in (await group_message(organizer, chat, opened)).text
    await nothing_due(forum)
    card = await card_of(helper, chat, 1)
    assert said("moderation.approve", "kk") in card.buttons
    await forum.at(forum.clock.now() + dt.timedelta(seconds=20))
    await forum.telegram.idle()
    [name] = await forum.telegram.topics(chat)
    assert sessions(forum)[0].title.say("kk")[:20] in name
    assert [row["deed"] for row in tables(forum.folder)["audit"]].count("group_language") == 1

    await helper.press("gc:1:decline", card, chat=chat)
    assert said("reason.rude", "kk") in (await card_of(helper, chat, 1)).buttons
    await helper.press("gc:1:back", card, chat=chat)
    assert said("moderation.approve", "kk") in (await card_of(helper, chat, 1)).buttons
    assert (await helper.press("gc:1:approve", card, chat=chat)).text == said("moderation.done_approve", "en", number=1)
    assert said("questions.state_approved", "kk") in (await card_of(helper, chat, 1)).text

    await organizer.press("gq:1", opened, chat=chat)
    assert (await group_message(organizer, chat, opened)).text == said("group.close_sure", "kk")
    await organizer.press("gq:0", opened, chat=chat)
    assert said("group.opened", "kk") in (await group_message(organizer, chat, opened)).text
    await organizer.send("/help@minber_bot", chat=chat)
    await organizer.sees(said("fallback.group", "kk", link="https://t.me/minber_bot"), chat=chat)
    await organizer.send("/desk@minber_bot", chat=chat)
    await organizer.sees(said("group.opened", "kk"), chat=chat)
    await organizer.press("gq:1", chat=chat)
    await organizer.press("gd:close", chat=chat)
    await organizer.sees(said("group.closed", "kk"), chat=chat)


async def group_message(person: Person, chat: int, message: Message) -> Message:
    await person.telegram.idle()
    return next(one for one in await person.messages(chat) if one.id == message.id)


async def test_the_same_language_again_changes_nothing(forum: Forum) -> None:
    organizer, _, chat = await staffed(forum, "Ещё раз тот же?")
    await nothing_due(forum)
    before = tables(forum.folder)
    opened = opened_in(organizer, chat)
    assert (await organizer.press("ki:ru", opened, chat=chat)).text == said("group.speaks", name="Русский")
    await nothing_due(forum)
    for table in ("audit", "deliveries", "desk_groups"):
        assert tables(forum.folder)[table] == before[table]


async def test_a_group_that_the_desk_leaves_is_told_so_in_its_own_language(forum: Forum) -> None:
    organizer = await forum.organizer("ru")
    former = await group_of(forum, organizer)
    opened = opened_in(organizer, former)
    await organizer.press("ki:kk", opened, chat=former)
    other = await forum.telegram.group("Штаб", organizer, forum=True)
    await organizer.press("gd:open", chat=other)
    await organizer.press("gd:move", chat=other)
    await organizer.sees(said("group.opened"), chat=other)
    await organizer.sees(said("group.moved", "kk", title="Штаб"), chat=former)
    stray = await organizer.press_data("ki:en", opened.id, chat=former)
    assert (stray.text, stray.alert) == (said("group.not_here"), True)


async def test_a_group_without_a_right_is_told_so_in_its_language(forum: Forum) -> None:
    organizer = await forum.organizer("kk")
    second = await forum.delegate("Алия", "en")
    await forum.db.write(roles.grant, second.id, role=ORGANIZER, session="", granted_by=None, now=1)
    forum.application.people.changed(second.id)
    chat = await forum.telegram.group("Модераторлар", organizer, second, forum=True)
    await organizer.press("gd:open", chat=chat)
    await organizer.sees(said("group.opened", "kk"), chat=chat)
    await forum.telegram.standing(organizer, chat, "administrator", ["can_pin_messages"])
    await second.press_data("gd:check", (await second.last(chat)).id, chat=chat)
    await second.sees(said("group.lacks_topics", "kk"), chat=chat)


async def test_a_card_that_is_gone_is_no_burden_to_a_new_language(forum: Forum) -> None:
    organizer, _, chat = await staffed(forum, "Осталась ли карточка?")
    await forum.db.write(lambda tx: cards.delete(tx, chat))
    opened = opened_in(organizer, chat)
    await organizer.press("ki:en", opened, chat=chat)
    await nothing_due(forum)
    assert said("group.opened", "en") in (await group_message(organizer, chat, opened)).text
