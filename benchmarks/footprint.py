"""Memory, and the time from start to the first poll and to the first answer, compared with the echo bot."""

from __future__ import annotations

import asyncio
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

from benchmarks import congress
from benchmarks.figures import Figure
from benchmarks.first_poll import Start, seconds_to_first_poll
from benchmarks.people import People, people_at
from benchmarks.processes import echo_bot, our_bot, telegram
from benchmarks.speed import AGENDA

FEW, MANY = 20, 2000  # different people who write once
MEGABYTE = 1_000_000
SETTLES = 3.0  # seconds in which what is done behind the first answer, such as the search index, ends


@dataclass(frozen=True, slots=True)
class Footprint:
    """Megabytes after a few and after many people, seconds from the start to the first poll and to the first
    answer; by round."""

    few: Figure
    many: Figure
    first_poll: Figure
    first_answer: Figure


async def measure(rounds: int, folder: Path) -> dict[str, Footprint]:
    """The echo bot, ours with the sample forum, ours with the congress; each started again in every round."""
    contenders: dict[str, Start] = {"echo": echo_bot, "sample": our_bot, "congress": our_bot}
    for name in contenders:
        (folder / name).mkdir()
    await congress.fill(folder / "congress")
    lives: dict[str, list[tuple[float, ...]]] = {name: [] for name in contenders}
    async with AsyncExitStack() as stack:
        # One Telegram a contender for all its lives: ours passes over updates it has had, by their numbers.
        places: dict[str, tuple[str, People]] = {}
        for name in contenders:
            url = await stack.enter_async_context(telegram(folder))
            people = await stack.enter_async_context(people_at(url))
            await people.join(congress.people(MANY))
            places[name] = url, people
        await one_life(our_bot, folder / "sample", *places["sample"], FEW)  # makes its database: once in a forum
        for _ in range(rounds):
            for name, start in contenders.items():
                poll = await seconds_to_first_poll(start, folder / name)
                few, many, answer = await one_life(start, folder / name, *places[name], MANY)
                lives[name].append((few, many, poll, answer))
    return {name: Footprint(*(Figure(values) for values in zip(*found, strict=True))) for name, found in lives.items()}


async def one_life(start: Start, folder: Path, url: str, people: People, visitors: int) -> tuple[float, float, float]:
    """Megabytes after a few and after all visitors, and the seconds from the start to the first answer.

    The first visitor writes while the bot is still starting: the answer comes with the first poll.
    """
    everybody = congress.people(visitors)
    begun = time.perf_counter()
    async with start(url, folder) as bot:
        await people.write(everybody[0], AGENDA)
        seconds = time.perf_counter() - begun
        for person in everybody[1:FEW]:
            await people.write(person, AGENDA)
        await asyncio.sleep(SETTLES)
        few = bot.rss() / MEGABYTE
        for person in everybody[FEW:]:
            await people.write(person, AGENDA)
        await people.rest()
        return few, bot.rss() / MEGABYTE, seconds
