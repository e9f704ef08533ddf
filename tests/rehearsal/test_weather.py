"""Floods, faults and drops on purpose."""

from __future__ import annotations

import asyncio

import aiohttp
import pytest

from bot.rehearsal import Rehearsal
from tests.rehearsal.stage import TOKEN, RefusedError, Stage
from tests.telegram import Telegram


async def test_the_flood_switch(stage: Stage) -> None:
    person = await stage.person()
    sent = await stage.say(person)
    await stage.telegram.flood(on=True, retry_after=7)
    with pytest.raises(RefusedError) as refused:
        await stage.say(person)
    assert refused.value.code == 429
    assert refused.value.description == "Too Many Requests: retry after 7"
    assert refused.value.parameters == {"retry_after": 7}
    with pytest.raises(RefusedError, match="Too Many Requests"):
        await stage.call("editMessageText", chat_id=person.id, message_id=sent["message_id"], text="x")
    assert await stage.call("sendChatAction", chat_id=person.id, action="typing")
    assert (await stage.telegram.get("state"))["flood"] == {"on": True, "retry_after": 7}
    await stage.telegram.flood(on=False)
    await stage.say(person)


async def test_only_the_next_sends_are_refused(stage: Stage) -> None:
    person = await stage.person()
    await stage.telegram.flood(next=2, retry_after=1)
    for _ in range(2):
        with pytest.raises(RefusedError, match="Too Many Requests: retry after 1"):
            await stage.say(person)
    await stage.say(person, "through")
    assert (await person.last()).text == "through"


async def test_limits_when_asked_for() -> None:
    rehearsal = Rehearsal(token=TOKEN, flood_limits=True)
    url = await rehearsal.start()
    async with aiohttp.ClientSession() as http, await Telegram.connect(url) as telegram:

        async def send(chat_id: int) -> int:
            form = {"chat_id": chat_id, "text": "x"}
            async with http.post(f"{url}/bot{TOKEN}/sendMessage", data=form) as answer:
                if answer.status == 429:
                    assert answer.headers["Retry-After"] == str((await answer.json())["parameters"]["retry_after"])
                return answer.status

        crowd = [await telegram.person(f"P{number}") for number in range(10)]
        for person in crowd:
            await person.start()
        one = [await send(crowd[0].id) for _ in range(6)]
        assert one == [200] * 5 + [429]  # a short burst passes, then a second a message
        many = [await send(person.id) for _ in range(4) for person in crowd[1:]]
        assert many == [200] * 25 + [429] * 11  # thirty a second for the whole bot
    await rehearsal.stop()


async def test_server_errors(stage: Stage) -> None:
    person = await stage.person()
    await stage.telegram.fault(method="sendMessage", status=500, next=2)
    assert (await stage.call("getMe"))["id"] == 42
    for _ in range(2):
        with pytest.raises(RefusedError, match="Internal Server Error"):
            await stage.say(person)
    await stage.say(person)
    await stage.telegram.fault(status=502)
    async with stage.http.get(f"{stage.url}/bot{TOKEN}/getMe") as answer:
        assert (answer.status, answer.content_type) == (502, "text/html")


@pytest.mark.parametrize(("after", "arrived"), [(False, 0), (True, 1)])
async def test_a_dropped_connection(stage: Stage, after: bool, arrived: int) -> None:
    person = await stage.person()
    await stage.telegram.fault(method="sendMessage", status=0, after=after)
    with pytest.raises(aiohttp.ClientError):
        await stage.say(person)
    assert len([m for m in await person.messages() if m.from_bot]) == arrived


async def test_a_late_answer(stage: Stage) -> None:
    person = await stage.person()
    await stage.telegram.fault(method="sendMessage", delay=0.2)
    loop = asyncio.get_running_loop()
    begun = loop.time()
    await stage.say(person)
    assert loop.time() - begun >= 0.2


async def test_a_long_chat_forgets_its_beginning(stage: Stage) -> None:
    person = await stage.person()
    first = await stage.say(person, "first")
    await stage.call("pinChatMessage", chat_id=person.id, message_id=first["message_id"])
    for _ in range(2_000):
        await person.send("x")
    state = await stage.telegram.get("state")
    assert len(state["messages"][str(person.id)]) == 2_000
    with pytest.raises(RefusedError, match="message to edit not found"):
        await stage.call("editMessageText", chat_id=person.id, message_id=first["message_id"], text="y")
    assert "pinned_message" not in await stage.call("getChat", chat_id=person.id)
