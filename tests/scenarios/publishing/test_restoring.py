"""Whatever organizers publish, a version brought back is to everybody what it was."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.delivery import scheduler
from bot.views.publishing.buttons import stamp_of
from tests.conftest import Forum
from tests.examples import examples
from tests.scenarios.publishing.forum_day import Day, Screens
from tests.scenarios.second_reader import tables
from tests.scenarios.steps import outbox, star
from tests.telegram import Message, Person

# Sessions of the sample's first day, starred by somebody or not, and its halls; what they have in common fits together.
CODES = st.sampled_from(("opening", "talk-kurmanov", "awards", "plenary-1", "projects-1", "plenary-3", "dialogue"))
CARDS = ("opening", "talk-kurmanov", "projects-1", "dialogue")
STARS = {"asem": ("kk", ("opening", "plenary-1")), "serik": ("ru", ("projects-1", "awards")), "john": ("en", ())}
EDITS = st.one_of(
    st.builds("peh:{}:{}:{}".format, CODES, st.sampled_from("ord"), st.sampled_from((-15, -5, 5, 20, 60))),
    st.builds("per:{}:{}".format, CODES, st.sampled_from(("", "uly-dala", "otyrar", "sauran"))),
    st.builds("pew:{}:{}".format, CODES, CODES),
    st.builds("pec:{}:{}".format, CODES, st.sampled_from((0, 1))),
    st.builds("pek:{}:{}".format, CODES, st.sampled_from(("talk", "break"))),
    st.just("pex:talk-kurmanov:kurmanov:s"),
    st.just("peu:s:opening:t:en"),
)
PUBLICATIONS = st.lists(st.lists(EDITS, min_size=1, max_size=3), min_size=1, max_size=3)


class Desk:
    """An organizer who presses whatever there is to be pressed, on one message."""

    def __init__(self, forum: Forum, organizer: Person, message: Message) -> None:
        self._forum = forum
        self._organizer = organizer
        self._message = message

    async def press(self, data: str) -> None:
        assert (await self._organizer.press_data(data, self._message.id)).answered, data

    def revision(self) -> int:
        [row] = tables(self._forum.folder)["draft_revision"]
        return int(row["revision"])

    def newest(self) -> int:
        return max(int(row["number"]) for row in tables(self._forum.folder)["programmes"])

    async def change(self, edits: Sequence[str]) -> None:
        for data in edits:
            await self.press(f"{data}:{stamp_of(self.revision())}")

    async def publish(self, quiet: int) -> None:
        await self.press(f"ppy:{self.newest()}:{self.revision()}:{quiet}")

    async def bring_back(self, number: int, quiet: int) -> None:
        await self.press(f"pvb:{number}:{self.revision()}")
        await self.publish(quiet)


async def test_a_version_brought_back_restores_what_everybody_sees(
    forum: Forum, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scheduler, "EVERY", 3600)
    organizer = await forum.organizer()
    people = {name: await forum.delegate(name, language) for name, (language, _) in STARS.items()}
    for name, (_, codes) in STARS.items():
        for code in codes:
            session = forum.programme.session(code)
            assert session is not None
            await star(people[name], session)
    day = Day(forum, people)
    await organizer.send("/programme")
    desk = Desk(forum, organizer, await organizer.sees("🗂"))

    async def screens() -> dict[str, Screens]:
        return {name: await day.screens(name, CARDS) for name in people}

    before = await screens()
    await day.got()
    first, changed = desk.newest(), []
    elsewhere = [look for look in before["john"] if not look.startswith("s:")]

    async def example(publications: Sequence[Sequence[str]], quiet: int) -> None:
        for edits in publications:
            await desk.change(edits)
            await desk.publish(quiet)
        changed.append(await day.screens("john", ()) != {look: before["john"][look] for look in elsewhere})
        await desk.bring_back(first, quiet)
        assert await screens() == before
        assert tables(forum.folder)["draft_steps"] == []

    loop = asyncio.get_running_loop()

    @given(PUBLICATIONS, st.sampled_from((0, 0, 1)))
    @settings(max_examples=examples(12), deadline=None, database=None, suppress_health_check=list(HealthCheck))
    def every_way(publications: Sequence[Sequence[str]], quiet: int) -> None:
        asyncio.run_coroutine_threadsafe(example(publications, quiet), loop).result()

    await asyncio.to_thread(every_way)
    assert any(changed)
    # It all happened within a minute: there is nothing to notify anyone of.
    await day.at("09:52")
    await day.quiet()
    assert {row["state"] for row in outbox(forum, "change")} <= {"dropped"}
