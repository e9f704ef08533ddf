"""A day of the forum as its people live it: time goes by, the programme changes, everybody looks at their phone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tests.conftest import Forum
from tests.scenarios.steps import at, nothing_due
from tests.telegram import Message, Person

NEWS, REMINDER, SLOT, RATING = "🔔", "⏰", "👤", "⭐"
UNASKED = (NEWS, REMINDER, f"{SLOT} Ваше", RATING)  # how what comes by itself begins; the speaker reads Russian
Screens = dict[str, str]


class Day:
    """The first day of the sample forum. `people` are those whose phones are looked at, by a short name."""

    def __init__(self, forum: Forum, people: Mapping[str, Person]) -> None:
        self.forum = forum
        self.people = people
        self._seen: dict[str, int] = dict.fromkeys(people, 0)
        self._looks: dict[str, Message] = {}

    async def at(self, clock: str) -> None:
        """Let it be that time, "10:20" or "10:20:30", and all that is due by then arrive."""
        await self.forum.at(at(self.forum, clock))
        await nothing_due(self.forum)

    async def got(self) -> dict[str, list[str]]:
        """The messages that came by themselves since the last look, by who got them."""
        await nothing_due(self.forum)
        found = {}
        for name, person in self.people.items():
            shown = [one for one in await person.messages() if one.from_bot]
            new = [one.text for one in shown if one.id > self._seen[name] and one.text.startswith(UNASKED)]
            self._seen[name] = max((one.id for one in shown), default=0)
            if new:
                found[name] = new
        return found

    async def notifies(self, expected: Mapping[str, Sequence[str]]) -> None:
        """Each of these has got exactly one message since the last look, which says all that; nobody else any."""
        got = await self.got()
        assert {name: len(texts) for name, texts in got.items()} == dict.fromkeys(expected, 1), got
        for name, words in expected.items():
            for one in words:
                assert one in got[name][0], (name, one, got[name][0])

    async def quiet(self) -> None:
        await self.notifies({})

    async def look(self, name: str, data: str) -> Message:
        """The screen behind a button, on the one message on which this person looks around."""
        person = self.people[name]
        if name not in self._looks:
            await person.look_away()
            await person.send("/agenda")
            await person.telegram.idle()
            self._looks[name] = await person.last()
            self._seen[name] = max(self._seen[name], self._looks[name].id)
        message = self._looks[name]
        answer = await person.press_data(data, message.id)
        assert answer.answered, data
        return next(one for one in await person.messages() if one.id == message.id)

    async def shows(self, name: str, data: str, *words: str) -> None:
        text = (await self.look(name, data)).text
        for one in words:
            assert one in text, (name, data, one, text)

    async def screens(self, name: str, codes: Sequence[str]) -> Screens:
        """What the person sees of the programme: the days, their own agenda, now and next, cards."""
        days = [f"d:{day.date:%Y%m%d}:{page}" for day in self.forum.programme.days for page in range(3)]
        looks = [*days, "go:my", "go:now", *(f"s:{code}:" for code in codes)]
        return {data: repr(await self.look(name, data)) for data in looks}
