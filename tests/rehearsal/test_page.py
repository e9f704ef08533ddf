"""The chat page's files, and what it shows before the first message."""

from __future__ import annotations

import pytest

from tests.rehearsal.stage import Stage


@pytest.mark.parametrize("path", ["/", "/page/page.js", "/page/base.css"])
async def test_a_browser_asks_again_for_every_file_of_the_page(stage: Stage, path: str) -> None:
    async with stage.http.get(stage.url + path) as answer:
        assert answer.status == 200
        assert answer.headers["Cache-Control"] == "no-cache"


async def test_the_page_knows_what_the_bot_says_of_itself_in_each_language(stage: Stage) -> None:
    await stage.call("setMyDescription", description="The forum in one chat")
    await stage.call("setMyDescription", description="Форум осы чатта", language_code="kk")
    bot = (await stage.telegram.get("state"))["bot"]
    assert bot["description"] == "The forum in one chat"
    assert bot["descriptions"] == {"": "The forum in one chat", "kk": "Форум осы чатта"}


async def test_the_page_knows_which_message_brought_the_keyboard_and_what_was_pressed(stage: Stage) -> None:
    person = await stage.person()
    keyboard = {"keyboard": [["Now"]], "resize_keyboard": True}
    for _ in range(2):  # the same again: a client unfolds it
        message = await stage.say(person, reply_markup=keyboard)
        [shown] = (await stage.telegram.get("state"))["people"]
        assert shown["keyboard_from"] == message["message_id"]
    await stage.say(person, reply_markup={"remove_keyboard": True})
    [shown] = (await stage.telegram.get("state"))["people"]
    assert (shown["keyboard"], shown["keyboard_from"]) == (None, None)

    before = (await stage.telegram.get("state"))["seq"]
    about = {"person": person.id, "message_id": message["message_id"], "data": "x:1"}
    await stage.telegram.post("press", **about)
    events = (await stage.telegram.get("events", since=before, wait=0))["events"]
    [press] = [one for one in events if one["type"] == "press"]
    assert about.items() <= press.items()


async def test_a_world_has_a_name_and_the_tour_it_was_given(stage: Stage) -> None:
    state = await stage.telegram.get("state")
    assert state["tour"] is None
    stage.rehearsal.tour = {"steps": []}
    again = await stage.telegram.get("state")
    assert again["tour"] == {"steps": []}
    assert again["world"] == state["world"]
