"""CPU time and latency of what people do, compared with the echo bot, in rounds that take turns."""

from __future__ import annotations

import asyncio
import itertools
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from benchmarks import congress
from benchmarks.congress import Congress
from benchmarks.figures import Figure, percentile
from benchmarks.people import People, people_at
from benchmarks.processes import Process, echo_bot, our_bot, telegram
from bot.views.agenda.agenda import day_key
from bot.views.agenda.buttons import DayPage
from bot.views.questions.buttons import AskIn, Vote

WARM_UP = 200
POOL = 2000  # people of whom everybody does a thing that may be done only so often
AGENDA = "📅 Программа"  # the menu's key, which everybody sends to both bots

Act = Callable[[int, int], Awaitable[object]]
"""A press of a person, for the n-th time (from 0)."""


@dataclass(frozen=True, slots=True)
class Crowd:
    """How many people press at once, and how often in a round altogether.

    `together`: all in the same moment, and the next time when everything is done that follows from it. Else each of
    them presses again as soon as they were answered. A question is two messages: asked like that by twenty, more of
    them come than the pace lets out, even at its highest (MESSAGES_PER_SECOND), and the moderators' cards pile up.
    """

    name: str
    people: int
    presses: int
    together: bool = False


CROWDS = (
    Crowd("one at a time", 1, 200),
    Crowd("20 in the same moment", 20, 800, together=True),
    Crowd("20, again when answered", 20, 1200),
)
SINGLE = CROWDS[0]


@dataclass(frozen=True, slots=True)
class Load:
    """Something people do. `prepare` is done before it, unmeasured: once a round by everybody who is in it.

    By a `rare` thing every press is another person's, since the bot has limits for one.
    """

    name: str
    bot: Process
    people: People
    act: Callable[[int, int], Awaitable[float]]
    prepare: Act
    rare: bool = False
    times: Counter[int] = field(default_factory=Counter)


@dataclass(slots=True)
class Measured:
    """By round: CPU milliseconds a press; milliseconds to the answer, the median and the 95th percentile."""

    cpu: list[float] = field(default_factory=list)
    middle: list[float] = field(default_factory=list)
    slow: list[float] = field(default_factory=list)

    def figures(self) -> tuple[Figure, Figure, Figure]:
        return Figure(tuple(self.cpu)), Figure(tuple(self.middle)), Figure(tuple(self.slow))


Results = dict[tuple[str, str], Measured]
"""By the names of the load and the crowd."""


async def measure(rounds: int, folder: Path) -> Results:
    """Run every load with every crowd, `rounds` times in turn."""
    results: Results = {}
    async with both(folder) as loads:
        pool = itertools.cycle(congress.people(POOL))
        for load in loads:
            await one_round(load, replace(SINGLE, presses=WARM_UP), pool)
        for _ in range(rounds):
            for crowd, load in itertools.product(CROWDS, loads):
                cpu, seconds = await one_round(load, crowd, pool)
                measured = results.setdefault((load.name, crowd.name), Measured())
                measured.cpu.append(1000 * cpu)
                measured.middle.append(1000 * percentile(seconds, 0.5))
                measured.slow.append(1000 * percentile(seconds, 0.95))
    return results


async def one_round(load: Load, crowd: Crowd, pool: Iterator[int]) -> tuple[float, list[float]]:
    """CPU seconds a press, all that follows from it included, and each press's seconds to its answer."""
    workers = congress.people(crowd.people)
    turns = [next(pool) if load.rare else workers[number % crowd.people] for number in range(crowd.presses)]
    for person in sorted(set(turns)):
        await load.prepare(person, 0)
    await load.people.rest()
    seconds: list[float] = []

    async def work(mine: list[int]) -> None:
        for person in mine:
            seconds.append(await load.act(person, load.times[person]))
            load.times[person] += 1

    step = crowd.people if crowd.together else len(turns)
    before = load.bot.cpu()
    for start in range(0, len(turns), step):
        async with asyncio.TaskGroup() as group:
            for worker in range(crowd.people):
                group.create_task(work(turns[start : start + step][worker :: crowd.people]))
        await load.people.rest()
    return (load.bot.cpu() - before) / crowd.presses, seconds


@asynccontextmanager
async def both(folder: Path) -> AsyncIterator[list[Load]]:
    """Two Telegrams with the same people, two bots, and what is done to them; ours carries the congress."""
    for name in ("echo", "ours"):
        (folder / name).mkdir()
    forum = await congress.fill(folder / "ours")
    async with (
        telegram(folder) as url_of_echo,
        telegram(folder) as url_of_ours,
        people_at(url_of_echo) as at_echo,
        people_at(url_of_ours) as at_ours,
        echo_bot(url_of_echo, folder / "echo") as echo,
        our_bot(url_of_ours, folder / "ours") as ours,
    ):
        await at_echo.join(congress.people(max(crowd.people for crowd in CROWDS)))
        await at_ours.join([*congress.people(POOL), *forum.moderators])
        for person in forum.moderators:  # who have opened the bot: the cards of questions reach them
            await at_ours.write(person, AGENDA)
        opening = Load("echo", echo, at_echo, lambda person, _: at_echo.write(person, AGENDA), nothing)
        yield [opening, *loads_of_ours(ours, at_ours, forum)]


def loads_of_ours(bot: Process, people: People, forum: Congress) -> list[Load]:
    day = day_key(forum.day)

    async def open_agenda(person: int, _: int) -> float:
        return await people.write(person, AGENDA)

    async def turn_page(person: int, time: int) -> float:
        return await people.press(person, DayPage(day=day, page=1 + time % 2).pack())

    async def vote(person: int, time: int) -> float:
        number = forum.votable[person % len(forum.votable)]
        return await people.press(person, Vote(number=number, wanted=(time + 1) % 2, page=0).pack())

    async def open_form(person: int, _: int) -> None:
        if person not in people.shown:
            await people.write(person, AGENDA)
        await people.press(person, AskIn(session=forum.sessions[person % len(forum.sessions)]).pack())

    async def ask(person: int, time: int) -> float:
        return await people.write(person, f"Когда и где покажут результаты проекта? {time}")

    return [
        Load("agenda, by the menu's key", bot, people, open_agenda, nothing),
        Load("agenda, by a button", bot, people, turn_page, open_agenda),
        Load("vote", bot, people, vote, open_agenda),
        Load("question", bot, people, ask, open_form, rare=True),
    ]


async def nothing(person: int, time: int) -> None:
    """What needs no preparation."""
