"""A hall's screen goes by what really happens there."""

from __future__ import annotations

import pytest

from bot.texts import LANGUAGES
from tests.scenarios.steps import at, said
from tests.telegram import Person
from tests.web.conftest import Screens, approved

HALL, OPENING, NEXT = "uly-dala", "opening", "talk-kurmanov"


async def mark(screens: Screens, organizer: Person, move: str, read: int, until: str = "") -> None:
    """A mark on the opening, over those of revision `read`; `until` is when it is to end that runs over."""
    await organizer.look_away()
    await organizer.send("/now")
    shown = await organizer.sees("📍")
    moment = int(at(screens.forum, until).timestamp()) if until else 0
    await organizer.press_data(f"rnm:{OPENING}:{move}:{moment}:{read}:now", shown.id)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_room_shows_what_runs_over_then_what_comes_and_when(screens: Screens, language: str) -> None:
    forum = screens.forum
    organizer = await forum.organizer()
    await forum.at(at(screens.forum, "10:20"))
    await mark(screens, organizer, "over", 0, "10:50")
    await forum.at(at(screens.forum, "10:40"))  # the plan has the next one on
    words = (await screens.state(HALL))["words"][language]
    opening, after = (forum.programme.session(code) for code in (OPENING, NEXT))
    assert opening is not None
    assert after is not None
    assert words["title"] == opening.title.say(language)
    assert f"10:10–≈10:50 {said('agenda.plan', language, plan='10:30')}" in words["when"]

    own = (await screens.state(NEXT))["words"][language]["when"]
    assert f"≈10:50–11:10 {said('agenda.plan', language, plan='10:30')}" in own
    await mark(screens, organizer, "end", 1)
    words = (await screens.state(HALL))["words"][language]
    assert words["title"] == after.title.say(language)  # it stands to begin at once
    assert (await screens.state(OPENING))["view"] == "over"
    assert (await screens.state(OPENING))["words"][language]["message"] == said("hall.over", language)


async def test_a_question_forgotten_on_stage_goes_with_the_end(screens: Screens) -> None:
    forum = screens.forum
    await forum.at(at(screens.forum, "10:20"))
    moderator = await forum.moderator(await forum.organizer())
    number = await approved(await forum.delegate(), moderator, OPENING, "Бұл жоба қашан аяқталады?")
    await screens.put_on_stage(OPENING, number)
    async with screens.stream(HALL) as screen:
        await screen.until("stage")
        await mark(screens, moderator, "end", 0)
        assert (await screen.until("empty"))["stage"] is None
        await moderator.press("rnu:")
        await screen.until("stage")
