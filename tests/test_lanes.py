"""Many chats in parallel, each in order, and no more than fit."""

from __future__ import annotations

import asyncio

import pytest

from bot.inbound.lanes import Lanes

Item = tuple[int, int]


class Work:
    """Notes what is done, and waits in items that are held."""

    def __init__(self) -> None:
        self.done: list[Item] = []
        self.at_once = self.most_at_once = 0
        self.held: dict[Item, asyncio.Event] = {}
        self.progress = asyncio.Event()

    def hold(self, item: Item) -> asyncio.Event:
        return self.held.setdefault(item, asyncio.Event())

    async def until_done(self, number: int) -> None:
        while len(self.done) < number:
            self.progress.clear()
            await asyncio.wait_for(self.progress.wait(), 20)

    async def __call__(self, item: Item) -> None:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            if item in self.held:
                await self.held[item].wait()
            else:
                await asyncio.sleep(0)
        finally:
            self.at_once -= 1
        if item[1] < 0:
            raise ValueError("a bad item")
        self.done.append(item)
        self.progress.set()


async def test_a_lane_keeps_its_order_while_the_others_go_on() -> None:
    work = Work()
    lanes = Lanes(work)
    released = work.hold((1, 0))
    for number in range(3):
        for lane in (1, 2, 3):
            lanes.put(lane, (lane, number))
    await work.until_done(6)
    assert all(lane != 1 for lane, _ in work.done)
    released.set()
    assert await lanes.drain(5)
    for lane in (1, 2, 3):
        assert [number for where, number in work.done if where == lane] == [0, 1, 2]
    assert len(lanes) == 0


async def test_no_more_lanes_work_at_once_than_the_width() -> None:
    work = Work()
    lanes = Lanes(work, width=4)
    for lane in range(50):
        lanes.put(lane, (lane, 0))
    assert await lanes.drain(5)
    assert len(work.done) == 50
    assert work.most_at_once == 4


async def test_who_fills_the_lanes_waits_until_there_is_room_again() -> None:
    work = Work()
    lanes = Lanes(work, most=3)
    held = [work.hold((lane, 0)) for lane in range(3)]
    await lanes.calm()
    for lane in range(3):
        lanes.put(lane, (lane, 0))
    filling = asyncio.create_task(lanes.calm())
    await asyncio.sleep(0)
    assert not filling.done()
    held[0].set()
    await asyncio.wait_for(filling, 20)
    for event in held:
        event.set()
    assert await lanes.drain(5)


async def test_one_lane_alone_fills_up_and_makes_nobody_wait() -> None:
    work = Work()
    lanes = Lanes(work, most=3, longest=2)
    held = work.hold((1, 0))
    for number in range(10):
        assert lanes.full(1) == (number >= 2)
        lanes.put(1, (1, number))
    assert not lanes.full(2)
    await asyncio.wait_for(lanes.calm(), 20)
    held.set()
    assert await lanes.drain(5)
    assert [number for _, number in work.done] == list(range(10))
    assert not lanes.full(1)
    for lane in (1, 2, 3):  # and nothing is counted that is gone
        work.hold((lane, 10))
        lanes.put(lane, (lane, 10))
    filling = asyncio.create_task(lanes.calm())
    await asyncio.sleep(0)
    assert not filling.done()
    work.held[(2, 10)].set()
    await asyncio.wait_for(filling, 20)
    for event in work.held.values():
        event.set()
    assert await lanes.drain(5)


async def test_what_does_not_end_in_time_is_cancelled_and_never_counted_as_done() -> None:
    work = Work()
    lanes = Lanes(work)
    work.hold((1, 0))
    lanes.put(1, (1, 0))
    lanes.put(1, (1, 1))
    lanes.put(2, (2, 0))
    assert not await lanes.drain(0.05)
    assert work.done == [(2, 0)]
    assert work.at_once == 0


async def test_a_failure_does_not_stop_its_lane(caplog: pytest.LogCaptureFixture) -> None:
    work = Work()
    lanes = Lanes(work)
    for number in (0, -1, 2):
        lanes.put(1, (1, number))
    assert await lanes.drain(5)
    lanes.put(1, (1, 3))
    assert await lanes.drain(5)
    assert work.done == [(1, 0), (1, 2), (1, 3)]
    assert "a bad item" in caplog.text
