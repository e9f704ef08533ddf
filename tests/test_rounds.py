"""Who looks again and again: one look for what comes at once, none forgotten, and a failure is made good unasked."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from bot.rounds import rounds


@asynccontextmanager
async def looking(wake: asyncio.Event, look: Callable[[], Awaitable[float | None]]) -> AsyncIterator[None]:
    task = asyncio.create_task(rounds(wake, look, "the test", again=0.01))
    try:
        async with asyncio.timeout(10):
            yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def test_a_look_that_failed_is_taken_again_though_nobody_wakes(caplog: pytest.LogCaptureFixture) -> None:
    looks, seen = 0, asyncio.Event()

    async def look() -> None:
        nonlocal looks
        looks += 1
        if looks < 3:
            raise OSError("no database")
        seen.set()

    async with looking(asyncio.Event(), look):
        await seen.wait()
    assert looks == 3
    assert [record.message for record in caplog.records] == ["the test: the look failed; once more in 0 s"] * 2


async def test_what_comes_during_a_look_leads_to_one_more_and_only_one() -> None:
    wake, looked = asyncio.Event(), asyncio.Queue[int]()
    looks = 0

    async def look() -> None:
        nonlocal looks
        looks += 1
        if looks == 1:
            wake.set()
            wake.set()
        looked.put_nowait(looks)

    async with looking(wake, look):
        assert [await looked.get() for _ in range(2)] == [1, 2]
        wake.set()
        assert await looked.get() == 3
    assert looked.empty()


async def test_it_looks_by_itself_when_the_last_look_asked_for_it() -> None:
    looked = asyncio.Queue[None]()

    async def look() -> float:
        looked.put_nowait(None)
        return 0.01

    async with looking(asyncio.Event(), look):
        for _ in range(3):
            await looked.get()
