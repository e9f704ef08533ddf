"""The desk in a group whose topics, rights or id change: nothing vanishes, and organizers hear what is wrong."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.programme.text import Text
from tests.conftest import Forum
from tests.scenarios.moderation.groups import (
    OFFER,
    OPENED,
    calls_of,
    cards_in,
    group_of,
    journal_of_the_group,
    topic_of,
)
from tests.scenarios.second_reader import tables
from tests.scenarios.steps import ask, said, sessions


async def test_a_deleted_topic_is_made_again_with_the_cards_that_wait(forum: Forum) -> None:
    organizer = await forum.organizer()
    moderator, delegate = await forum.moderator(organizer), await forum.delegate()
    code = sessions(forum)[0].code
    chat = await group_of(forum, organizer, moderator)
    for words in ("Бірінші сұрақ", "Екінші сұрақ"):
        await ask(delegate, code, words)
        await moderator.sees(words, chat=chat)
    await moderator.press("gc:2:decline", chat=chat)
    await moderator.press("gr:2:none", chat=chat)
    await moderator.look_away()
    [topic] = (await forum.telegram.topics(chat)).values()
    await forum.telegram.delete_topic(moderator, chat, topic)

    await ask(delegate, code, "Үшінші сұрақ")
    third = await moderator.sees("Үшінші сұрақ", chat=chat)
    await forum.telegram.idle()
    [renewed] = (await forum.telegram.topics(chat)).values()
    assert topic_of(third) == renewed != topic
    assert [len(cards_in(moderator, chat, f"№{number}")) for number in (1, 2, 3)] == [1, 0, 1]
    await moderator.press("gc:1:approve", chat=chat)
    await moderator.sees("№1", said("questions.state_approved"), chat=chat)


async def test_a_decision_finds_out_that_its_topic_is_gone(forum: Forum) -> None:
    """Only an edit that fails shows it; the question still waits to be asked, so it is shown again."""
    organizer = await forum.organizer()
    moderator, delegate = await forum.moderator(organizer), await forum.delegate()
    chat = await group_of(forum, organizer, moderator)
    await ask(delegate, sessions(forum)[0].code, "Бірінші сұрақ")
    await moderator.sees("№1", chat=chat)
    [topic] = (await forum.telegram.topics(chat)).values()
    await forum.telegram.delete_topic(moderator, chat, topic)
    await moderator.send("/moderate")
    desk = await moderator.sees(said("moderation.waiting", n=1))
    await moderator.press("ks:", desk)
    await moderator.press("kn:", desk)
    await moderator.press("kd:1:approve", desk)
    card = await moderator.sees("№1", said("questions.state_approved"), chat=chat)
    assert topic_of(card) != topic


async def test_a_topic_is_called_as_the_programme_calls_its_session(forum: Forum) -> None:
    organizer = await forum.organizer()
    moderator, delegate = await forum.moderator(organizer), await forum.delegate()
    chat = await group_of(forum, organizer, moderator)
    session = sessions(forum)[0]
    await ask(delegate, session.code, "Бірінші сұрақ")
    await moderator.sees("№1", chat=chat)
    [(name, topic)] = (await forum.telegram.topics(chat)).items()

    later = replace(session, start=session.start + dt.timedelta(minutes=5), title=Text({"ru": "Т" * 200}))
    others = [later if one.code == session.code else one for one in forum.programme.sessions]
    forum.application.current.replace(replace(forum.programme, sessions=tuple(others)), 2)
    await forum.telegram.clock(by=1)
    await renamed(forum, chat, lambda names: name not in names)
    [(renewed, same)] = (await forum.telegram.topics(chat)).items()
    assert same == topic
    assert f"{later.start:%H:%M}" in renewed
    assert "ТТТ" in renewed
    assert 120 < len(renewed) <= 128
    room = forum.programme.room(session.room or "")
    assert room is not None
    assert renewed.endswith(f"· {room.name.say('ru')}")
    await forum.telegram.clock(by=1)
    await forum.telegram.idle()
    assert len(await calls_of(forum, "editForumTopic", chat)) == 1


async def renamed(forum: Forum, chat: int, done: Callable[[dict[str, int]], bool]) -> None:
    async with asyncio.timeout(5):
        while not done(await forum.telegram.topics(chat)):
            await forum.telegram.catch_up(0.2)


async def test_a_group_without_topics_is_one_stream(forum: Forum) -> None:
    organizer = await forum.organizer()
    moderator, delegate = await forum.moderator(organizer), await forum.delegate()
    chat = await group_of(forum, organizer, moderator, topics=False, admin=False)
    for session in sessions(forum)[:2]:
        await ask(delegate, session.code, f"Сұрақ: {session.code}")
        card = await moderator.sees(f"Сұрақ: {session.code}", chat=chat)
        assert session.title.say("ru")[:20] in card.text
        assert topic_of(card) == 0
    await moderator.press("gc:1:approve", chat=chat)
    await moderator.sees("№1", said("questions.state_approved"), chat=chat)
    assert await calls_of(forum, "createForumTopic", chat) == []


@pytest.mark.parametrize("told", [True, False], ids=["by the message", "by the refusal"])
async def test_a_group_that_becomes_a_supergroup_keeps_its_desk(forum: Forum, told: bool) -> None:
    organizer = await forum.organizer()
    moderator, delegate = await forum.moderator(organizer), await forum.delegate()
    code = sessions(forum)[0].code
    chat = await group_of(forum, organizer, moderator, topics=False, admin=False)
    await ask(delegate, code, "Бірінші сұрақ")
    await moderator.sees("№1", chat=chat)
    grown = await forum.telegram.upgrade(organizer, chat, told=told)
    if told:
        await moderator.sees("№1", chat=grown)
    await ask(delegate, code, "Екінші сұрақ")
    await moderator.sees("№2", chat=grown)
    await moderator.press("gc:1:approve", chat=grown)
    await moderator.sees("№1", said("questions.state_approved"), chat=grown)
    await forum.telegram.idle()
    assert [len(cards_in(moderator, grown, f"№{number}")) for number in (1, 2)] == [1, 1]
    assert len(cards_in(moderator, grown, OPENED)) == 1  # the button to close it stayed behind
    stored = tables(forum.folder)
    assert {row["chat"] for row in (*stored["desk_groups"], *stored["cards"]) if row["chat"] < 0} == {grown}
    await organizer.quiet()


@pytest.mark.parametrize("status", ["left", "kicked"])
async def test_when_the_bot_is_removed_nothing_vanishes_and_organizers_hear_it_once(forum: Forum, status: str) -> None:
    organizer = await forum.organizer()
    moderator, delegate = await forum.moderator(organizer), await forum.delegate()
    code = sessions(forum)[0].code
    chat = await group_of(forum, organizer, moderator)
    for words in ("Бірінші сұрақ", "Екінші сұрақ"):
        await ask(delegate, code, words)
        await moderator.sees(words, chat=chat)
    await moderator.press("gc:2:decline", chat=chat)
    await moderator.press("gr:2:none", chat=chat)
    await moderator.look_away()
    await organizer.look_away()
    await forum.telegram.standing(organizer, chat, status)
    await organizer.sees(said("group.news_removed", title="Модераторлар"), said("group.given_back"))
    await moderator.sees("№1", "Бірінші сұрақ")
    await ask(delegate, code, "Үшінші сұрақ")
    await moderator.sees("№3", "Үшінші сұрақ")
    await moderator.press("kd:1:approve")
    await delegate.sees("№1", said("questions.state_approved", "kk"))
    await organizer.quiet()
    assert tables(forum.folder)["desk_groups"] == []
    await forum.telegram.standing(organizer, chat, "administrator")
    await organizer.sees(OFFER, chat=chat)


async def test_a_lost_right_sends_cards_to_the_moderators_until_it_is_back(forum: Forum) -> None:
    organizer = await forum.organizer()
    moderator, delegate = await forum.moderator(organizer), await forum.delegate()
    first, second = sessions(forum)[:2]
    chat = await group_of(forum, organizer, moderator)
    await ask(delegate, first.code, "Бірінші сұрақ")
    await moderator.sees("№1", chat=chat)
    await forum.telegram.standing(organizer, chat, "member")
    await organizer.sees(said("group.news_topics", title="Модераторлар"))
    await ask(delegate, second.code, "Екінші сұрақ")
    await moderator.sees("№2", "Екінші сұрақ")
    await organizer.send("/staff")
    await organizer.press("go:group")
    await organizer.sees(said("group.broken_in", title="Модераторлар"))
    # The cards that stand in the group still follow.
    await moderator.press("gc:1:approve", chat=chat)
    await moderator.sees("№1", said("questions.state_approved"), chat=chat)

    await organizer.look_away()
    await forum.telegram.standing(organizer, chat, "administrator")
    await moderator.sees("№2", "Екінші сұрақ", chat=chat)
    await ask(delegate, first.code, "Үшінші сұрақ")
    await moderator.sees("№3", chat=chat)
    await organizer.quiet()


async def test_where_only_administrators_may_write_the_refusal_is_heard(forum: Forum) -> None:
    organizer = await forum.organizer()
    moderator, delegate = await forum.moderator(organizer), await forum.delegate()
    chat = await group_of(forum, organizer, moderator, topics=False, admin=False)
    await forum.telegram.post("groups/settings", person=organizer.id, chat=chat, silent=True)
    await ask(delegate, sessions(forum)[0].code, "Бірінші сұрақ")
    await organizer.sees(said("group.news_write", title="Модераторлар"))
    await moderator.sees("№1", "Бірінші сұрақ")
    await forum.telegram.standing(organizer, chat, "administrator")
    await moderator.sees("№1", chat=chat)


async def test_one_group_at_a_time_and_moving_asks_first(forum: Forum) -> None:
    organizer = await forum.organizer()
    moderator, delegate = await forum.moderator(organizer), await forum.delegate()
    code = sessions(forum)[0].code
    former = await group_of(forum, organizer, moderator)
    await ask(delegate, code, "Бірінші сұрақ")
    await moderator.sees("№1", chat=former)
    chat = await forum.telegram.group("Жаңа топ", organizer, moderator, forum=True)
    await organizer.sees(OFFER, chat=chat)
    await organizer.press("gd:open", chat=chat)
    await organizer.sees(said("group.elsewhere", title="Модераторлар"), chat=chat)
    assert [row["chat"] for row in tables(forum.folder)["desk_groups"]] == [former]
    await organizer.press("gd:move", chat=chat)
    await organizer.sees(OPENED, chat=chat)
    await moderator.sees("№1", chat=chat)
    await moderator.sees(said("group.moved", title="Жаңа топ"), chat=former)
    answer = await moderator.press("gc:1:approve", chat=former)
    assert (answer.text, answer.alert) == (said("group.not_here"), True)
    assert tables(forum.folder)["questions"][0]["state"] == "pending"
    assert [row["chat"] for row in tables(forum.folder)["desk_groups"]] == [chat]


async def test_closing_gives_the_cards_back_and_opening_again_brings_them(forum: Forum) -> None:
    organizer = await forum.organizer()
    moderator, delegate = await forum.moderator(organizer), await forum.delegate()
    code = sessions(forum)[0].code
    chat = await group_of(forum, organizer, moderator)
    await ask(delegate, code, "Бірінші сұрақ")
    await moderator.sees("№1", chat=chat)
    answer = await moderator.press("gq:1", chat=chat)
    assert answer.text == said("refusal.not_organizer")
    await organizer.press("gq:1", chat=chat)
    await organizer.press("gq:0", chat=chat)
    await organizer.sees(OPENED, chat=chat)
    await organizer.press("gq:1", chat=chat)
    assert (await moderator.press("gd:close", chat=chat)).text == said("refusal.not_organizer")
    await organizer.press("gd:close", chat=chat)
    await organizer.sees(said("group.closed"), chat=chat)
    await moderator.sees("№1", "Бірінші сұрақ")
    assert (await moderator.press("gc:1:approve", chat=chat)).text == said("group.not_here")
    await organizer.press("gd:open", chat=chat)
    await moderator.sees("№1", "Бірінші сұрақ", chat=chat)
    assert len(await forum.telegram.topics(chat)) == 1

    # The message with the button may be out of sight, and the organizer out of the group.
    await forum.telegram.clock(by=60)
    await organizer.send("/desk@minber_bot", chat=chat)
    assert said("group.close") in (await organizer.sees(OPENED, chat=chat)).buttons
    await organizer.send("/staff")
    await organizer.press("go:group")
    await organizer.press("gq:1")
    await organizer.press("gd:close")
    await organizer.sees(said("group.nowhere"))
    assert tables(forum.folder)["desk_groups"] == []
    assert journal_of_the_group(forum) == ["group_opened", "group_closed"] * 2
