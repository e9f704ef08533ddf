"""How updates reach a bot: confirmed offsets, one poller, what it asked for, and webhooks."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from tests.rehearsal.stage import TOKEN, RefusedError, Stage


def texts(updates: list[dict[str, Any]]) -> list[str]:
    return [update["message"]["text"] for update in updates]


async def test_unconfirmed_updates_come_again(stage: Stage) -> None:
    person = await stage.person()
    for text in "abc":
        await person.send(text)
    first = await stage.updates(limit=2)
    assert texts(first) == ["a", "b"]
    assert texts(await stage.updates()) == ["a", "b", "c"]
    assert texts(await stage.updates(offset=first[1]["update_id"])) == ["b", "c"]
    assert texts(await stage.updates(offset=-1)) == ["c"]
    assert texts(await stage.updates()) == ["c"]


async def test_a_long_poll_ends_with_the_first_update(stage: Stage) -> None:
    person = await stage.person()
    poll = asyncio.create_task(stage.updates(timeout=30))
    assert await stage.telegram.get("idle", wait=5) is True
    await person.send("now")
    assert texts(await asyncio.wait_for(poll, 20)) == ["now"]


async def test_the_older_of_two_pollers_is_told(stage: Stage) -> None:
    await stage.person()
    older = asyncio.create_task(stage.updates(timeout=30))
    assert await stage.telegram.get("idle", wait=5) is True
    newer = asyncio.create_task(stage.updates(timeout=30))
    with pytest.raises(RefusedError) as refused:
        await asyncio.wait_for(older, 20)
    assert refused.value.code == 409
    assert refused.value.description == (
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    )
    newer.cancel()


async def test_a_poller_that_hung_up_is_not_waited_on(stage: Stage) -> None:
    await stage.person()
    poll = asyncio.create_task(stage.updates(timeout=30))
    assert await stage.telegram.get("idle", wait=5) is True
    poll.cancel()
    async with asyncio.timeout(20):
        while await stage.telegram.get("idle"):
            pass  # until the server has noticed


async def test_stop_answers_the_waiting_poll(stage: Stage) -> None:
    poll = asyncio.create_task(stage.updates(timeout=30))
    assert await stage.telegram.get("idle", wait=5) is True
    await asyncio.wait_for(stage.rehearsal.stop(), 20)
    assert await poll == []


async def test_allowed_updates_are_remembered(stage: Stage) -> None:
    person = await stage.person()
    await stage.updates(allowed_updates=["callback_query"])
    await person.send("unheard")
    await person.press_data("x", 1, timeout=0)
    assert ["callback_query" in u for u in await stage.updates()] == [True]
    await stage.updates(allowed_updates=[], offset=-1)
    await person.send("heard")
    assert texts((await stage.updates())[1:]) == ["heard"]


async def test_updates_die_after_a_day_and_presses_sooner(stage: Stage) -> None:
    person = await stage.person()
    await person.send("good morning")
    await person.press_data("x", 1, timeout=0)
    await stage.telegram.clock(by=151)
    assert texts(await stage.updates()) == ["good morning"]
    await stage.telegram.clock(by=86_400)
    assert await stage.updates() == []


async def test_raw_updates_go_through_as_they_are(stage: Stage) -> None:
    number = await stage.telegram.update({"message": {"nonsense": True}})
    assert await stage.updates() == [{"message": {"nonsense": True}, "update_id": number}]


async def test_idle_means_taken_confirmed_and_polled_again(stage: Stage) -> None:
    person = await stage.person()
    await person.send("x")
    assert await stage.telegram.get("idle") is False
    taken = await stage.updates()
    assert await stage.telegram.get("idle") is False
    poll = asyncio.create_task(stage.updates(offset=taken[-1]["update_id"] + 1, timeout=30))
    assert await stage.telegram.get("idle", wait=5) is True
    poll.cancel()


async def test_idle_waits_for_calls_in_work(stage: Stage) -> None:
    person = await stage.person()
    poll = asyncio.create_task(stage.updates(timeout=30))
    assert await stage.telegram.get("idle", wait=5) is True
    rest = asyncio.Event()

    async def slowly() -> AsyncIterator[bytes]:
        yield b'{"text": "x", '
        await rest.wait()
        yield b'"chat_id": %d}' % person.id

    url, kind = f"{stage.url}/bot{TOKEN}/sendMessage", {"Content-Type": "application/json"}
    sending = asyncio.create_task(stage.http.post(url, data=slowly(), headers=kind))
    async with asyncio.timeout(20):
        while await stage.telegram.get("idle", settle=0):
            pass  # until the call has come in
    idle = asyncio.create_task(stage.telegram.get("idle", wait=5, settle=0.3))
    assert await stage.telegram.get("idle", settle=0) is False
    rest.set()
    assert await idle is True
    assert sending.done()
    poll.cancel()


async def test_a_bot_that_waits_for_what_is_held_is_idle(stage: Stage) -> None:
    person = await stage.person()
    poll = asyncio.create_task(stage.updates(timeout=30))
    async with stage.telegram.held(method="sendMessage") as hold:
        sending = asyncio.create_task(stage.say(person))
        await hold.reached()
        await stage.telegram.idle()
        assert not sending.done()
    assert await stage.telegram.get("idle", wait=5, settle=0.3) is True
    assert sending.done()
    poll.cancel()


class Hook:
    """A bot's own web server."""

    def __init__(self) -> None:
        self.url = ""
        self.got: asyncio.Queue[tuple[dict[str, Any], str | None]] = asyncio.Queue()
        self.answers: list[int] = []

    async def take(self, request: web.Request) -> web.Response:
        secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token")
        self.got.put_nowait((json.loads(await request.read()), secret))
        return web.Response(status=self.answers.pop(0) if self.answers else 200)


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    hook = Hook()
    app = web.Application()
    app.router.add_post("/hook", hook.take)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    hook.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield hook
    await runner.cleanup()


async def test_a_webhook_gets_updates_with_its_secret(stage: Stage, hook: Hook) -> None:
    person = await stage.person()
    await person.send("before")
    await stage.call("setWebhook", url=hook.url, secret_token="s3cret")
    await person.send("after")
    got = [await asyncio.wait_for(hook.got.get(), 20) for _ in range(2)]
    assert texts([update for update, _ in got]) == ["before", "after"]
    assert {secret for _, secret in got} == {"s3cret"}
    with pytest.raises(RefusedError, match="Conflict: can't use getUpdates method while webhook is active"):
        await stage.updates()
    assert await stage.telegram.get("idle", wait=5) is True
    assert (await stage.call("getWebhookInfo"))["pending_update_count"] == 0
    await stage.call("deleteWebhook")
    await person.send("polled")
    assert texts(await stage.updates()) == ["polled"]


async def test_a_webhook_that_failed_gets_the_update_again(stage: Stage, hook: Hook) -> None:
    person = await stage.person()
    hook.answers = [500]
    await stage.call("setWebhook", url=hook.url)
    await person.send("x")
    first, _ = await asyncio.wait_for(hook.got.get(), 20)
    second, _ = await asyncio.wait_for(hook.got.get(), 20)
    assert first == second
    info = await stage.call("getWebhookInfo")
    assert info["last_error_message"] == "Wrong response from the webhook: 500 Internal Server Error"


async def test_a_webhook_ends_the_waiting_poll(stage: Stage, hook: Hook) -> None:
    poll = asyncio.create_task(stage.updates(timeout=30))
    assert await stage.telegram.get("idle", wait=5) is True
    await stage.call("setWebhook", url=hook.url)
    with pytest.raises(RefusedError, match="Conflict: terminated by setWebhook request"):
        await asyncio.wait_for(poll, 20)
    for bad in ("ftp://a.kz", "a.kz"):
        with pytest.raises(RefusedError, match="invalid webhook URL specified"):
            await stage.call("setWebhook", url=bad)
    with pytest.raises(RefusedError, match="secret token contains unallowed characters"):
        await stage.call("setWebhook", url=hook.url, secret_token="a b")
