"""Whose turn is when: in a chat, of the whole bot, and who goes first."""

from __future__ import annotations

import asyncio
from bisect import bisect_left
from collections.abc import Awaitable

import pytest

from bot.delivery import chats as chats_module
from bot.delivery import meter
from bot.delivery.chats import GROUP_BURST, GROUP_ROOM, GROUP_WINDOW, PRIVATE_BURST, PRIVATE_WINDOW, Chats, measure
from bot.delivery.meter import Meter
from bot.delivery.pace import SPARED, TAP, Pace, Turn
from storage.deliveries import LANE_ANNOUNCEMENT, LANE_CARD, LANE_REMINDER


class Seconds:
    """A clock that stands where it is put."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Seconds:
    return Seconds()


def outbox_for(meter: Meter, clock: Seconds, seconds: float) -> list[float]:
    """When the outbox would send within so many seconds if it always had something; the clock goes along."""
    end, sent = clock.now + seconds, []
    while clock.now + (wait := meter.wait()) < end:
        clock.now += wait
        meter.take()
        sent.append(clock.now)
    clock.now = end
    return sent


def most_in_a_second(moments: list[float]) -> int:
    moments = sorted(moments)
    return max(bisect_left(moments, start + 1) - at for at, start in enumerate(moments))


# a chat


def test_a_chat_has_a_burst_and_then_one_a_second_on_average(clock: Seconds) -> None:
    chats = Chats(True, clock)
    waits = [round(chats.take(7) - clock.now, 3) for _ in range(2 * PRIVATE_BURST + 1)]
    assert waits == [0] * PRIVATE_BURST + [PRIVATE_WINDOW] * PRIVATE_BURST + [2 * PRIVATE_WINDOW]
    assert chats.take(8) == clock.now
    clock.now += 60
    for chat in range(3000):  # who rests is forgotten
        assert chats.take(chat) == clock.now
        clock.now += 0.1
    assert len(chats) < 1100


def test_who_may_be_forgotten_is_looked_for_seldom(clock: Seconds, monkeypatch: pytest.MonkeyPatch) -> None:
    """With paid broadcasts thousands of chats have had a turn lately, and a turn is to cost little all the same."""
    looks = 0

    def counted(chat: int) -> tuple[int, float]:
        nonlocal looks
        looks += 1
        return measure(chat)

    monkeypatch.setattr(chats_module, "measure", counted)
    chats = Chats(True, clock)
    for chat in range(20_000):
        chats.take(chat)
        clock.now += 0.001
    assert looks < 20_000 * 6
    assert len(chats) < 3 * 1000 * PRIVATE_WINDOW


def test_a_group_takes_twenty_a_minute_of_which_some_are_kept_for_answers(clock: Seconds) -> None:
    chats = Chats(True, clock)
    waits = [chats.take(-7, tap=False) - clock.now for _ in range(GROUP_BURST)]
    assert waits == [0] * (GROUP_BURST - GROUP_ROOM) + [GROUP_WINDOW] * GROUP_ROOM
    clock.now += 1000
    for _ in range(GROUP_BURST - GROUP_ROOM):
        chats.take(-7, tap=False)
    assert [chats.take(-7) - clock.now for _ in range(GROUP_ROOM + 1)] == [0] * GROUP_ROOM + [GROUP_WINDOW]


def test_an_edit_takes_a_turn_of_its_chat_and_waits_for_none(clock: Seconds) -> None:
    chats = Chats(True, clock)
    chats.charge(7)
    assert [chats.take(7) - clock.now for _ in range(PRIVATE_BURST)] == [0] * (PRIVATE_BURST - 1) + [PRIVATE_WINDOW]


def test_an_album_takes_as_many_turns_as_it_holds(clock: Seconds) -> None:
    chats = Chats(True, clock)
    chats.take(7, 2)
    assert chats.take(7, 3) == clock.now
    assert chats.take(7) == clock.now + PRIVATE_WINDOW
    clock.now += 60
    assert chats.take(7, 10) == clock.now  # no chat would ever take it otherwise
    assert chats.take(7) == clock.now + PRIVATE_WINDOW


def test_a_turn_given_back_is_anothers(clock: Seconds) -> None:
    chats = Chats(True, clock)
    turns = [chats.take(7) for _ in range(PRIVATE_BURST)]
    chats.give_back(7, turns[0])
    assert chats.take(7) == clock.now
    assert chats.take(7) > clock.now


def test_a_telegram_without_limits_has_none_in_chats_either(clock: Seconds) -> None:
    chats = Chats(False, clock)
    assert {chats.take(7) for _ in range(100)} == {clock.now}


# the whole bot


@pytest.mark.parametrize("per_second", [0.5, 1, 7, 28, 29.2, 30, 200, 1000])
def test_the_outbox_has_the_whole_pace_while_nobody_taps(clock: Seconds, per_second: float) -> None:
    sent = outbox_for(Meter(per_second, clock), clock, 20)
    assert len(sent) / 20 == pytest.approx(per_second, rel=0.035, abs=0.06)
    assert most_in_a_second(sent) <= per_second * 1.05 + 1


def test_a_late_timer_loses_nothing_and_makes_no_burst(clock: Seconds) -> None:
    paced, sent = Meter(28, clock), []
    while clock.now < 120:
        clock.now += paced.wait() + 0.007  # woken late each time
        paced.take()
        sent.append(clock.now)
    assert len(sent) == pytest.approx(20 * 28, rel=0.03)
    clock.now += 60
    assert most_in_a_second(sent + outbox_for(paced, clock, 5)) <= 30


@pytest.mark.parametrize("taps", [1, 3, 8, 15])
def test_the_outbox_makes_room_for_taps(clock: Seconds, taps: int) -> None:
    """Steady taps: soon everything together stays below what Telegram takes, and no tap waits."""
    paced, sent, waited = Meter(28, clock), [], []
    for number in range(taps * 20):
        waited.append(paced.wait_for_tap(clock.now))
        paced.tap()
        sent += [clock.now, *outbox_for(paced, clock, 1 / taps)]
        if number == 2 * taps:
            sent.clear()
            waited.clear()
    assert most_in_a_second(sent) <= 30
    assert max(waited) == 0
    assert len(sent) / 18 > 28 - 4  # and no more room than they need


def test_who_taps_together_time_and_again_waits_less_once_that_is_known(clock: Seconds) -> None:
    paced, waits = Meter(28, clock), []
    outbox_for(paced, clock, 3)
    for _ in range(8):
        together = 0.0
        for _ in range(6):
            together += paced.wait_for_tap(clock.now)
            paced.tap()
        waits.append(together)
        outbox_for(paced, clock, 1)
    assert max(waits[2:]) < waits[0] / 3


def test_however_much_people_tap_the_outbox_goes_on(clock: Seconds) -> None:
    paced, sent = Meter(28, clock), 0
    for _ in range(1000):
        paced.tap()
        sent += len(outbox_for(paced, clock, 0.01))
    assert sent / 10 == pytest.approx(28 * meter.LEAST, rel=0.15)


def test_a_burst_of_taps_waits_only_for_what_the_outbox_has_taken(clock: Seconds) -> None:
    paced = Meter(28, clock)
    for _ in range(100):
        assert paced.wait_for_tap(clock.now) == 0  # without an outbox they wait for nothing
        paced.tap()
    clock.now += 60
    outbox_for(paced, clock, 5)
    waits = []
    for _ in range(10):
        waits.append(paced.wait_for_tap(clock.now))
        clock.now += waits[-1]
        paced.tap()
    assert waits[0] == 0
    assert 0 < max(waits) <= meter.PATIENCE
    assert paced.lately <= 30


def test_who_taps_waits_a_quarter_of_a_second_at_most(clock: Seconds) -> None:
    paced = Meter(28, clock)
    for _ in range(28):
        paced.take()
    for _ in range(5):
        paced.tap()
    assert paced.wait_for_tap(clock.now) == meter.PATIENCE


def test_a_429_slows_down_at_once_and_speeds_up_slowly(clock: Seconds) -> None:
    paced = Meter(28, clock)
    paced.learn()
    assert paced.pace == pytest.approx(28 * 0.8)
    paced.learn()
    assert paced.pace == pytest.approx(28 * 0.64)
    clock.now += 60
    assert paced.pace == pytest.approx(28 * 0.74)
    clock.now += 600
    assert paced.pace == 28
    for _ in range(100):
        paced.learn()
    assert paced.pace == pytest.approx(2.8)
    assert len(outbox_for(paced, clock, 5)) == pytest.approx(14, abs=2)


# who goes first


def test_a_refusal_in_one_chat_is_for_that_chat_and_one_in_two_for_all(clock: Seconds) -> None:
    pace = Pace(10, clock=clock)
    assert [pace.refused(7, 20) for _ in range(2)] == [20, 20]
    assert pace.now.pause == 0
    clock.now += 21
    assert pace.refused(8, 5) == 5  # the other has passed
    clock.now += 1
    assert [round(pace.refused(chat, 9), 3) for chat in (7, 8)] == [9, 9.125]  # and slower from now on
    assert pace.now.pause == 9
    assert pace.now.per_second == pytest.approx(8)


async def test_the_urgent_go_first_and_the_others_in_order() -> None:
    pace, order = Pace(10), []

    async def go(name: str, lane: int, chat: int) -> None:
        assert await pace.turn(chat, lane) is not None
        order.append(name)

    async with asyncio.TaskGroup() as group:
        for number in range(5):
            group.create_task(go(f"announcement {number}", LANE_ANNOUNCEMENT, number))
        await asyncio.sleep(0)
        group.create_task(go("reminder", LANE_REMINDER, 10))
        group.create_task(go("card", LANE_CARD, 11))
        await asyncio.sleep(0)
        assert pace.now.waiting == {LANE_CARD: 1, LANE_REMINDER: 1, LANE_ANNOUNCEMENT: 4}
    assert order == ["announcement 0", "card", "reminder", *(f"announcement {number}" for number in range(1, 5))]
    assert pace.now.waiting == {}


async def test_who_stops_waiting_holds_up_nobody() -> None:
    pace = Pace(100)
    await pace.turn(1, LANE_CARD)
    waiting = [asyncio.create_task(pace.turn(chat, LANE_REMINDER)) for chat in range(2, 8)]
    await asyncio.sleep(0)
    for task in waiting[:5]:
        task.cancel()
    async with asyncio.timeout(1):
        assert await waiting[5] is not None
        assert await pace.turn(9, LANE_REMINDER) is not None
    assert pace.now.waiting == {}


async def test_a_turn_that_comes_as_its_waiter_leaves_is_not_lost() -> None:
    pace = Pace(2)
    first = await pace.turn(1, LANE_CARD)
    assert first is not None
    given = asyncio.create_task(pace.turn(2, LANE_CARD))
    await asyncio.sleep(0)
    pace.give_back(first)  # it goes to the other, who has not heard of it when cancelled
    given.cancel()
    await asyncio.gather(given, return_exceptions=True)
    assert given.cancelled()
    async with asyncio.timeout(0.2):
        assert await pace.turn(3, LANE_CARD) is not None


async def test_a_turn_that_nobody_used_is_the_next_ones() -> None:
    pace = Pace(1)
    async with asyncio.timeout(0.5):
        for chat in range(50):
            turn = await pace.turn(chat, LANE_REMINDER)
            assert turn is not None
            pace.give_back(turn)


async def test_a_pause_sends_the_outbox_home_and_lets_answers_try() -> None:
    pace = Pace(1)
    await pace.turn(1, LANE_CARD)
    waiting = [asyncio.create_task(pace.turn(chat, LANE_CARD)) for chat in (2, 3)]
    await asyncio.sleep(0)
    pace.pause(0.1)
    assert await asyncio.gather(*waiting) == [None, None]
    assert await pace.turn(4, LANE_CARD) is None
    await pace.tap(5)
    await pace.open()
    assert pace.now.pause == 0


async def test_only_what_waits_for_its_chat_alone_is_told_apart() -> None:
    pace = Pace(30)
    for _ in range(PRIVATE_BURST):
        await pace.tap(1)
    tasks = [asyncio.create_task(pace.turn(chat, LANE_CARD)) for chat in (1, 2, 3)]
    await asyncio.sleep(0)
    assert pace.for_chats == 1
    assert pace.now.waiting[LANE_CARD] >= 1
    assert TAP not in pace.now.waiting
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert pace.for_chats == 0


async def test_what_is_shown_whenever_it_comes_goes_behind_all_others() -> None:
    pace, order = Pace(10), []

    async def go(name: str, taking: Awaitable[Turn | None]) -> None:
        assert await taking is not None
        order.append(name)

    async with asyncio.TaskGroup() as group:
        group.create_task(go("first", pace.turn(1, LANE_CARD)))
        await asyncio.sleep(0)
        group.create_task(go("board", pace.spare(2)))
        for number in range(3):
            group.create_task(go(f"announcement {number}", pace.turn(10 + number, LANE_ANNOUNCEMENT)))
    assert order == ["first", *(f"announcement {number}" for number in range(3)), "board"]


async def test_it_leaves_a_chat_s_turns_to_what_is_sent_or_pressed_there() -> None:
    pace = Pace(30)
    for _ in range(PRIVATE_BURST - SPARED):
        await pace.tap(1)
    assert await pace.spare(1) is not None
    assert await pace.spare(1) is None
    assert pace.free(1) == SPARED - 1
    pace.refuse(2, 5)
    assert await pace.spare(2) is None
    turn = await pace.spare(3)
    assert turn is not None
    pace.give_back(turn)
    assert pace.free(3) == PRIVATE_BURST
    pace.pause(5)
    assert await pace.spare(4) is None
