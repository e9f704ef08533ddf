"""Floods, faults and drops on purpose."""

from __future__ import annotations

import asyncio
from typing import Any

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


async def test_what_is_held_waits_for_its_release(stage: Stage) -> None:
    person = await stage.person()
    async with stage.telegram.held(method="sendMessage", next=2) as hold:
        sending = [asyncio.create_task(stage.say(person, text)) for text in ("one", "two")]
        await hold.reached(2)
        await stage.say(person, "three")  # the third is beyond what is held
        assert [message.text for message in await person.messages() if message.from_bot] == ["three"]
        await hold.release()
        assert {sent["text"] for sent in await asyncio.gather(*sending)} == {"one", "two"}


@pytest.mark.parametrize(
    "matching", [{"method": "sendmessage"}, {"text": "Астана"}, {"method": "sendMessage", "text": "first-button"}]
)
async def test_only_what_matches_is_held(stage: Stage, matching: dict[str, Any]) -> None:
    one, other = await stage.person(), await stage.person("Сергей", "ru")
    keys = {"inline_keyboard": [[{"text": "1", "callback_data": "first-button"}]]}
    async with stage.telegram.held(chat=one.id, **matching) as hold:
        await stage.say(other, "Астана", reply_markup=keys)
        await stage.call("sendChatAction", chat_id=one.id, action="typing")
        sending = asyncio.create_task(stage.say(one, "Астана", reply_markup=keys))
        await hold.reached()
        assert not [message for message in await one.messages() if message.from_bot]
    await sending
    assert (await one.last()).text == (await other.last()).text == "Астана"


async def test_a_hold_after_the_effect_keeps_only_the_answer_back(stage: Stage) -> None:
    person = await stage.person()
    async with stage.telegram.held(after=True) as hold:
        sending = asyncio.create_task(stage.say(person, "there"))
        await hold.reached()
        assert (await person.last()).text == "there"
        assert not sending.done()
    assert (await sending)["text"] == "there"


@pytest.mark.parametrize(("after", "arrived"), [(False, 0), (True, 1)])
async def test_what_was_held_can_fail_at_its_release(stage: Stage, after: bool, arrived: int) -> None:
    person = await stage.person()
    for status, error in ((500, RefusedError), (0, aiohttp.ClientError)):
        async with stage.telegram.held(method="sendMessage", after=after) as hold:
            sending = asyncio.create_task(stage.say(person, str(status)))
            await hold.reached()
            await hold.release(status)
            with pytest.raises(error):
                await sending
    assert len([m for m in await person.messages() if m.from_bot]) == 2 * arrived
    await stage.say(person, "through")


async def test_whoever_hangs_up_is_held_no_more(stage: Stage) -> None:
    person = await stage.person()
    async with stage.telegram.held(next=2) as hold:
        sending = asyncio.create_task(stage.say(person, "given up"))
        await hold.reached()
        sending.cancel()
        async with asyncio.timeout(20):
            while await hold.calls():
                pass  # until the server has noticed
        with pytest.raises(AssertionError, match="1 calls were to be held"):
            await hold.reached(timeout=0)
    assert not [message for message in await person.messages() if message.from_bot]


async def test_a_stop_ends_what_is_held(stage: Stage) -> None:
    person = await stage.person()
    hold = (await stage.telegram.post("hold", method="sendMessage"))["hold"]
    sending = asyncio.create_task(stage.say(person))
    assert len(await stage.telegram.get("held", hold=hold, calls=1, wait=20)) == 1
    await stage.rehearsal.stop()
    with pytest.raises(aiohttp.ClientError):
        await sending


async def test_nothing_is_known_of_a_hold_that_was_released(stage: Stage) -> None:
    async with stage.telegram.held() as hold:
        await hold.release()
        with pytest.raises(AssertionError, match="there is no such hold"):
            await hold.reached()


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
