"""`python -m benchmarks.hall`: from the tap of a vote on 200 phones to the number on the hall's screen."""

from __future__ import annotations

import asyncio
import itertools
import json
import random
import socket
import tempfile
import time
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp

from benchmarks import congress, page
from benchmarks.figures import percentile
from benchmarks.people import People, people_at
from benchmarks.processes import our_bot, telegram
from bot.views.questions.buttons import Vote

VOTERS = 200
SCREENS = 20  # open at once; one of them is measured
CALM, RUSH = 4.0, 1.0  # seconds in which all of them vote once
AGENDA = "📅 Программа"


async def measure(folder: Path) -> str:
    """Every voter votes for each question of the screen: four times within CALM seconds, at last within RUSH."""
    forum = await congress.fill(folder)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    voters = congress.people(VOTERS)
    async with (
        telegram(folder) as url,
        people_at(url) as people,
        our_bot(url, folder, LISTEN=f"127.0.0.1:{port}") as bot,
        aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http,
    ):
        await people.join(voters)
        for voter in voters:
            await people.write(voter, AGENDA)
        address = f"http://127.0.0.1:{port}/hall/{forum.sessions[0]}/events"
        others = [asyncio.create_task(drain(http, address)) for _ in range(SCREENS - 1)]
        seen: list[tuple[float, int]] = []
        watching = asyncio.create_task(watch(http, address, seen))
        while not seen:
            bot.check()
            await asyncio.sleep(0.05)
        already, before = seen[-1][1], bot.cpu()
        lines = [f"| {VOTERS} voters, {SCREENS} screens | median, s | p95 | slowest |", "|---|---|---|---|"]
        for numbers, span in ((forum.votable[:4], CALM), (forum.votable[4:], RUSH)):
            taps: list[float] = []
            for number in numbers:
                await asyncio.gather(*(vote(people, voter, number, span, taps) for voter in voters))
            await people.rest()
            await asyncio.sleep(1)
            delays = delays_of(taps, seen, already)
            already += len(delays)
            lines.append(
                f"| {len(taps) / len(numbers) / span:.0f} votes a second, {len(delays)} of them "
                f"| {percentile(delays, 0.5):.2f} | **{percentile(delays, 0.95):.2f}** | {max(delays):.2f} |"
            )
        lines += ["", f"CPU of the bot {bot.cpu() - before:.1f} s; {len(seen)} states reached each screen."]
        for task in (watching, *others):
            task.cancel()
        await asyncio.gather(watching, *others, return_exceptions=True)
    return "\n".join(lines)


async def vote(people: People, voter: int, number: int, span: float, taps: list[float]) -> None:
    await asyncio.sleep(random.random() * span)
    taps.append(time.perf_counter())
    await people.press(voter, Vote(number=number, wanted=1, page=0).pack())


def delays_of(taps: list[float], seen: list[tuple[float, int]], already: int) -> list[float]:
    """The seconds from the n-th tap to the first state that shows n new votes. Votes by the same person for the same
    question twice count once: what was voted before the benchmark is left out."""
    new = seen[-1][1] - already
    states = iter(seen)
    at, votes = next(states)
    delays = []
    for number, tap in enumerate(itertools.islice(sorted(taps), new), already + 1):
        while votes < number:
            at, votes = next(states)
        delays.append(at - tap)
    return delays


async def events(http: aiohttp.ClientSession, address: str) -> AsyncIterator[bytes]:
    while True:  # until the bot is up
        try:
            async with http.get(address, timeout=aiohttp.ClientTimeout(total=None)) as answer:
                async for line in answer.content:
                    yield line
        except aiohttp.ClientConnectionError:
            await asyncio.sleep(0.1)


async def watch(http: aiohttp.ClientSession, address: str, seen: list[tuple[float, int]]) -> None:
    """Note when each state came, and how many votes it shows in all."""
    async for line in events(http, address):
        if line.startswith(b"data: {"):
            state = json.loads(line.removeprefix(b"data: "))
            seen.append((time.perf_counter(), sum(one["votes"] for one in state["list"])))


async def drain(http: aiohttp.ClientSession, address: str) -> None:
    async for _ in events(http, address):
        pass


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="minber-hall-") as name:
        page.put("hall", asyncio.run(measure(Path(name))))


if __name__ == "__main__":
    main()
