"""Groups as Telegram has them: the bot's place and rights, topics, the upgrade, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from bot.rehearsal import Rehearsal
from tests.rehearsal.stage import TOKEN, RefusedError, Stage
from tests.rehearsal.test_doors import new
from tests.telegram import Telegram

TOPICS = ["can_manage_chat", "can_manage_topics"]


async def refusal(stage: Stage, method: str, **params: Any) -> RefusedError:
    with pytest.raises(RefusedError) as caught:
        await stage.call(method, **params)
    return caught.value


async def test_each_change_of_the_bots_rights_is_told_once(stage: Stage) -> None:
    a = await stage.person("A")
    desk = await stage.telegram.group("Desk", a, forum=True, bot=False)
    assert await new(stage) == []
    assert (await refusal(stage, "getChat", chat_id=desk)).description == (
        "Forbidden: bot is not a member of the supergroup chat"
    )
    await stage.telegram.standing(a, desk, "administrator", TOPICS, payload="desk")
    added, joined, started = await new(stage)
    member = added["my_chat_member"]["new_chat_member"]
    assert (member["status"], member["can_manage_topics"], member["can_pin_messages"]) == ("administrator", True, False)
    assert added["my_chat_member"]["chat"]["is_forum"]
    assert joined["message"]["new_chat_members"][0]["id"] == 42
    assert started["message"]["text"] == "/start@minber_bot desk"
    assert started["message"]["entities"][0]["length"] == len("/start@minber_bot")

    await stage.telegram.standing(a, desk, "administrator", TOPICS)
    assert await new(stage) == []
    await stage.telegram.standing(a, desk, "member")
    [demoted] = await new(stage)
    assert demoted["my_chat_member"]["old_chat_member"]["can_manage_topics"]
    assert demoted["my_chat_member"]["new_chat_member"]["status"] == "member"
    await stage.telegram.standing(a, desk, "kicked")
    [gone] = await new(stage)
    assert gone["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    error = await refusal(stage, "sendMessage", chat_id=desk, text="x")
    assert (error.code, error.description) == (403, "Forbidden: bot was kicked from the supergroup chat")


async def test_what_takes_a_right_is_refused_without_it(stage: Stage) -> None:
    a = await stage.person("A")
    desk = await stage.telegram.group("Desk", a, forum=True, rights=TOPICS)
    topic = (await stage.call("createForumTopic", chat_id=desk, name="Hall"))["message_thread_id"]
    sent = await stage.call("sendMessage", chat_id=desk, text="x", message_thread_id=topic)
    error = await refusal(stage, "pinChatMessage", chat_id=desk, message_id=sent["message_id"])
    assert error.description == "Bad Request: not enough rights to manage pinned messages in the chat"
    error = await refusal(stage, "deleteForumTopic", chat_id=desk, message_thread_id=topic)
    assert error.description == "Bad Request: not enough rights to delete the topic"

    await stage.telegram.standing(a, desk, "member")
    error = await refusal(stage, "createForumTopic", chat_id=desk, name="Foyer")
    assert error.description == "Bad Request: not enough rights to create a topic"
    # Its own topic it may name, and write in.
    await stage.call("editForumTopic", chat_id=desk, message_thread_id=topic, name="Hall 2")
    await stage.call("sendMessage", chat_id=desk, text="y", message_thread_id=topic)
    await stage.telegram.post("groups/settings", person=a.id, chat=desk, silent=True)
    error = await refusal(stage, "sendMessage", chat_id=desk, text="z")
    assert error.description == "Bad Request: not enough rights to send text messages to the chat"


async def test_a_member_deletes_a_topic_and_nobody_tells_the_bot(stage: Stage) -> None:
    a = await stage.person("A")
    desk = await stage.telegram.group("Desk", a, forum=True)
    topic = (await stage.call("createForumTopic", chat_id=desk, name="Hall"))["message_thread_id"]
    sent = await stage.call("sendMessage", chat_id=desk, text="x", message_thread_id=topic)
    said = await stage.telegram.post("send", person=a.id, chat=desk, topic=topic, text="here")
    assert (said["message_thread_id"], said["is_topic_message"]) == (topic, True)
    await new(stage)
    await stage.telegram.delete_topic(a, desk, topic)
    assert await new(stage) == []
    assert await stage.telegram.topics(desk) == {}
    error = await refusal(stage, "sendMessage", chat_id=desk, text="y", message_thread_id=topic)
    assert error.description == "Bad Request: message thread not found"
    error = await refusal(stage, "editMessageText", chat_id=desk, message_id=sent["message_id"], text="z")
    assert error.description == "Bad Request: message to edit not found"


@pytest.mark.parametrize("how", ["upgrade", "topics"])
async def test_an_upgraded_group_answers_under_its_new_id(stage: Stage, how: str) -> None:
    a, b = await stage.person("A"), await stage.person("B")
    group = await stage.telegram.group("Desk", a, b, admin=False)
    sent = await stage.call("sendMessage", chat_id=group, text="x")
    await new(stage)
    if how == "upgrade":
        grown = await stage.telegram.upgrade(a, group)
    else:
        grown = (await stage.telegram.post("groups/settings", person=a.id, chat=group, forum=True))["id"]
    last, first = await new(stage)
    assert (last["message"]["chat"]["id"], last["message"]["migrate_to_chat_id"]) == (group, grown)
    assert (first["message"]["chat"]["id"], first["message"]["migrate_from_chat_id"]) == (grown, group)
    error = await refusal(stage, "sendMessage", chat_id=group, text="y")
    assert error.description == "Bad Request: group chat was upgraded to a supergroup chat"
    assert error.parameters == {"migrate_to_chat_id": grown}
    await stage.call("sendMessage", chat_id=grown, text="y")
    error = await refusal(stage, "editMessageText", chat_id=grown, message_id=sent["message_id"], text="z")
    assert error.description == "Bad Request: message to edit not found"
    with pytest.raises(AssertionError, match="is not in chat"):
        await b.send("x", chat=group)
    assert (await stage.call("getChat", chat_id=grown)).get("is_forum", False) == (how == "topics")


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("bot", {"status": "administrator"}, 404),
        ("bot", {"status": "owner", "chat": True}, 400),
        ("bot", {"status": "administrator", "rights": ["can_fly"], "chat": True}, 400),
        ("delete-topic", {"topic": 7, "chat": True}, 404),
        ("upgrade", {"chat": True}, 400),
    ],
)
async def test_wrong_knocks_at_a_groups_doors(stage: Stage, path: str, body: dict[str, Any], status: int) -> None:
    a = await stage.person("A")
    desk = await stage.telegram.group("Desk", a, forum=True)
    given = {**body, "person": a.id, "chat": desk if body.get("chat") else -1}
    async with stage.http.post(f"{stage.url}/api/groups/{path}", json=given) as answer:
        assert answer.status == status
        assert (await answer.json())["error"]


async def test_a_group_takes_twenty_messages_a_minute_edits_among_them(stage: Stage) -> None:
    strict = Rehearsal(token=TOKEN, clock=stage.clock, flood_limits=True)
    url = await strict.start()
    async with await Telegram.connect(url) as telegram:
        there = Stage(strict, url, stage.http, telegram, stage.clock)
        desk = await telegram.group("Desk", await there.person("A"), forum=True)
        for number in range(19):
            sent = await there.call("sendMessage", chat_id=desk, text=f"{number}")
        await there.call("editMessageText", chat_id=desk, message_id=sent["message_id"], text="x")
        error = await refusal(there, "sendMessage", chat_id=desk, text="y")
        assert error.code == 429
        assert 50 < error.parameters["retry_after"] <= 60
    await strict.stop()
