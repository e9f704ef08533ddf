"""What people do, and what of it reaches the bot."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.rehearsal.stage import START, RefusedError, Stage


async def new(stage: Stage) -> list[dict[str, Any]]:
    """Updates not seen before; confirms them."""
    found = await stage.updates()
    if found:
        await stage.updates(offset=found[-1]["update_id"] + 1)
    return found


async def test_start_with_a_payload(stage: Stage) -> None:
    person = await stage.telegram.person("Айгерім", "kk", last_name="С.", username="aigerim")
    await person.start("s_42")
    [update] = await new(stage)
    message = update["message"]
    assert message["text"] == "/start s_42"
    assert message["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
    assert message["date"] == int(START.timestamp())
    assert message["chat"]["type"] == "private"
    assert message["from"] == {
        "id": person.id,
        "is_bot": False,
        "first_name": "Айгерім",
        "last_name": "С.",
        "username": "aigerim",
        "language_code": "kk",
    }


async def test_blocking_is_told_and_start_unblocks(stage: Stage) -> None:
    person = await stage.person()
    await person.block()
    with pytest.raises(AssertionError, match="has blocked the bot"):
        await person.send("x")
    await person.start()
    blocked, unblocked, started = await new(stage)
    statuses = [
        (u["my_chat_member"]["old_chat_member"]["status"], u["my_chat_member"]["new_chat_member"]["status"])
        for u in (blocked, unblocked)
    ]
    assert statuses == [("member", "kicked"), ("kicked", "member")]
    assert started["message"]["text"] == "/start"


async def test_everything_people_may_send(stage: Stage) -> None:
    person = await stage.person()
    first = await person.send("x")
    await person.sticker()
    await person.voice()
    await person.contact()
    await person.location(43.3, 68.27)
    await person.forward("news")
    await person.send("reply", reply_to=first.id)
    await person.edit(first, "y /now")
    updates = await new(stage)
    sent = [u["message"] for u in updates[:-1]]
    assert sent[1]["sticker"]["width"] == 512
    assert sent[2]["voice"]["duration"] == 3
    assert sent[3]["contact"]["user_id"] == person.id
    assert sent[4]["location"] == {"latitude": 43.3, "longitude": 68.27}
    assert sent[5]["forward_origin"]["type"] == "hidden_user"
    assert sent[6]["reply_to_message"]["text"] == "x"
    edited = updates[-1]["edited_message"]
    assert (edited["text"], edited["edit_date"]) == ("y /now", int(START.timestamp()))
    assert edited["entities"] == [{"type": "bot_command", "offset": 2, "length": 4}]
    assert sent[0]["text"] == "x"  # what was queued before the edit stays as it was


async def test_an_album_comes_as_messages_with_one_name(stage: Stage) -> None:
    person = await stage.person()
    await person.send_album("trip", ("photo", b"png", "Hall"), ("video", b"mp4", ""))
    await person.send_audio(b"mp3", "Anthem")
    photo, video, audio = [update["message"] for update in await new(stage)]
    assert (photo["media_group_id"], photo["caption"], video["media_group_id"]) == ("trip", "Hall", "trip")
    assert video["video"]["mime_type"] == "video/mp4"
    assert (audio["audio"]["duration"], audio["caption"], audio.get("media_group_id")) == (0, "Anthem", None)


@pytest.mark.parametrize("text", ["", "  \n", "x" * 4097])
async def test_what_people_cannot_send(stage: Stage, text: str) -> None:
    person = await stage.person()
    with pytest.raises(AssertionError, match="/api/send"):
        await person.send(text)


async def test_a_press_and_its_answer(stage: Stage) -> None:
    person = await stage.person()
    sent = await stage.say(person, reply_markup={"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]})
    press = asyncio.create_task(person.press("A"))
    [update] = await stage.updates(timeout=5)
    query = update["callback_query"]
    assert (query["data"], query["message"], query["from"]["id"]) == ("a", sent, person.id)
    await stage.call("answerCallbackQuery", callback_query_id=query["id"], text="Done", show_alert=True)
    answer = await press
    assert (answer.answered, answer.text, answer.alert) == (True, "Done", True)


async def test_a_press_nobody_answers(stage: Stage) -> None:
    person = await stage.person()
    answer = await person.press_data("last-year", 10, timeout=0)
    assert not answer.answered
    [update] = await new(stage)
    message = update["callback_query"]["message"]
    assert (message["message_id"], message["date"]) == (10, 0)


async def test_a_button_that_is_not_there(stage: Stage) -> None:
    person = await stage.person()
    with pytest.raises(AssertionError, match="no such button"):
        await stage.telegram.post("press", person=person.id, message_id=1, row=0, column=0)


async def test_commands_by_scope_and_language(stage: Stage) -> None:
    async def set_commands(name: str, scope: dict[str, Any] | None = None, language: str = "") -> None:
        params: dict[str, Any] = {"commands": [{"command": name, "description": name}]}
        if scope:
            params["scope"] = scope
        await stage.call("setMyCommands", **params, language_code=language)

    kk = await stage.person("Айгерім", "kk")
    ru = await stage.person("Иван", "ru")
    await set_commands("every")
    await set_commands("kazakh", language="kk")
    await stage.telegram.catch_up()
    assert (kk.commands, ru.commands) == (["kazakh"], ["every"])
    await set_commands("private", {"type": "all_private_chats"})
    await stage.telegram.catch_up()
    assert (kk.commands, ru.commands) == (["private"], ["private"])
    await set_commands("mine", {"type": "chat", "chat_id": kk.id})
    await stage.telegram.catch_up()
    assert (kk.commands, ru.commands) == (["mine"], ["private"])
    assert await stage.call("getMyCommands", language_code="kk") == [{"command": "kazakh", "description": "kazakh"}]
    await stage.call("deleteMyCommands", scope={"type": "chat", "chat_id": kk.id})
    await stage.call("deleteMyCommands", scope={"type": "all_private_chats"})
    await ru.language("kk")
    assert ru.commands == ["kazakh"]


async def test_reply_keyboards_come_and_go(stage: Stage) -> None:
    person = await stage.person()
    keyboard = {"keyboard": [["Agenda", {"text": "Ask"}]], "resize_keyboard": True, "is_persistent": True}
    sent = await stage.say(person, reply_markup=keyboard)
    assert "reply_markup" not in sent
    await person.tap("Agenda")
    assert person.keys == ["Agenda", "Ask"]
    assert person.data["keyboard"]["is_persistent"]
    await stage.say(person, reply_markup={"remove_keyboard": True})
    await stage.telegram.catch_up()
    assert person.keys == []
    await stage.say(person, reply_markup={"keyboard": [["Once"]], "one_time_keyboard": True})
    await person.tap("Once")
    await stage.telegram.catch_up()
    assert person.keys == []
    asked = await stage.say(person, reply_markup={"force_reply": True, "input_field_placeholder": "Name"})
    await stage.telegram.catch_up()
    assert person.data["force_reply"] == asked["message_id"]
    await person.send("Me")
    await stage.telegram.catch_up()
    assert person.data["force_reply"] is None


async def test_groups_and_privacy_mode(stage: Stage) -> None:
    a, b = await stage.person("A"), await stage.person("B")
    desk = await stage.telegram.group("Desk", a, b)
    added, joined = await new(stage)
    assert added["my_chat_member"]["new_chat_member"]["status"] == "administrator"
    assert joined["message"]["new_chat_members"][0]["id"] == 42
    await a.send("heard", chat=desk)
    assert [u["message"]["text"] for u in await new(stage)] == ["heard"]

    quiet = await stage.telegram.group("Chat", a, b, admin=False)
    await new(stage)
    said = await stage.call("sendMessage", chat_id=quiet, text="hi")
    await a.send("between us", chat=quiet)
    await a.send("/now", chat=quiet)
    await a.send("@minber_bot?", chat=quiet)
    await b.send("to you", chat=quiet, reply_to=said["message_id"])
    assert [u["message"]["text"] for u in await new(stage)] == ["/now", "@minber_bot?", "to you"]

    stranger = await stage.telegram.person("C")
    with pytest.raises(AssertionError, match="is not in chat"):
        await stranger.send("x", chat=quiet)
    await stage.call("leaveChat", chat_id=quiet)
    with pytest.raises(RefusedError, match="Forbidden: bot is not a member of the group chat"):
        await stage.call("sendMessage", chat_id=quiet, text="x")


async def test_topics(stage: Stage) -> None:
    a = await stage.person("A")
    desk = await stage.telegram.group("Desk", a, forum=True)
    topic = (await stage.call("createForumTopic", chat_id=desk, name="Hall 1"))["message_thread_id"]
    sent = await stage.call("sendMessage", chat_id=desk, text="x", message_thread_id=topic)
    assert (sent["message_thread_id"], sent["is_topic_message"]) == (topic, True)
    for missing in (1, 999):
        with pytest.raises(RefusedError, match="Bad Request: message thread not found"):
            await stage.call("sendMessage", chat_id=desk, text="x", message_thread_id=missing)
    await stage.call("editForumTopic", chat_id=desk, message_thread_id=topic, name="Hall 2")
    with pytest.raises(RefusedError, match="TOPIC_NOT_MODIFIED"):
        await stage.call("editForumTopic", chat_id=desk, message_thread_id=topic, name="Hall 2")
    await stage.call("closeForumTopic", chat_id=desk, message_thread_id=topic)
    await stage.call("reopenForumTopic", chat_id=desk, message_thread_id=topic)
    await stage.call("deleteForumTopic", chat_id=desk, message_thread_id=topic)
    assert all(m.data.get("message_thread_id") != topic for m in await a.messages(desk))


async def test_the_clock_moves_and_tells(stage: Stage) -> None:
    heard: list[datetime] = []

    async def on_clock() -> None:
        heard.append(stage.clock.now())

    stage.rehearsal.on_clock = on_clock
    assert (await stage.telegram.clock(by=600))["now"] == START.timestamp() + 600
    await stage.telegram.clock(to="2026-11-23T10:00:00+05:00")
    await stage.telegram.clock(to=START.timestamp())
    assert heard[1:] == [datetime(2026, 11, 23, 5, tzinfo=UTC), START]
    with pytest.raises(AssertionError, match="neither unix seconds nor an ISO time"):
        await stage.telegram.clock(to="tomorrow")


async def test_events_as_a_stream(stage: Stage) -> None:
    person = await stage.person()
    seq = (await stage.telegram.get("state"))["seq"]
    headers = {"Last-Event-ID": str(seq)}
    async with stage.http.get(f"{stage.url}/api/events", headers=headers) as stream:
        assert stream.content_type == "text/event-stream"
        await stage.say(person, "live")
        lines: list[str] = []
        while not any(line.startswith("data:") for line in lines):
            lines.append((await asyncio.wait_for(stream.content.readline(), 20)).decode())
    assert f"id: {seq + 1}\n" in lines
    event = json.loads(lines[-1].removeprefix("data: "))
    assert (event["type"], event["message"]["text"]) == ("message", "live")


async def test_the_log_of_calls(stage: Stage) -> None:
    person = await stage.person()
    await stage.say(person)
    with pytest.raises(RefusedError):
        await stage.say(person, "")
    good, bad = (await stage.telegram.calls())[-2:]
    assert (good["method"], good["error_code"], good["chat_id"]) == ("sendMessage", None, str(person.id))
    assert (bad["error_code"], bad["description"]) == (400, "Bad Request: message text is empty")


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("people", "[]", 400),
        ("people", "{", 400),
        ("people", "{}", 400),
        ("people", '{"first_name": "A", "id": "x"}', 400),
        ("send", '{"person": 1, "text": "x"}', 404),
        ("groups", '{"title": "x"}', 400),
        ("clock", "{}", 400),
    ],
)
async def test_wrong_knocks(stage: Stage, path: str, body: str, status: int) -> None:
    async with stage.http.post(f"{stage.url}/api/{path}", data=body) as answer:
        assert answer.status == status
        assert (await answer.json())["error"]


@pytest.mark.parametrize(
    "headers", [{"Origin": "http://evil.example"}, {"Host": "evil.example"}, {"Origin": "null"}], ids=str
)
async def test_another_page_in_the_browser_gives_no_orders(stage: Stage, headers: dict[str, str]) -> None:
    async with stage.http.post(f"{stage.url}/api/people", data=b'{"first_name": "Eve"}', headers=headers) as answer:
        assert answer.status == 403
    own = {"Origin": stage.url}
    async with stage.http.post(f"{stage.url}/api/people", json={"first_name": "Dana"}, headers=own) as answer:
        assert answer.status == 200
    state = await stage.telegram.get("state")
    assert [person["first_name"] for person in state["people"]] == ["Dana"]
