"""A hall's screen learns at once what may have changed it; it does not wait for its next look."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.programme.text import Text
from bot.web import live
from storage import session_runs
from storage.session_runs import SessionRun
from tests.scenarios.steps import publish_unseen, said
from tests.web.conftest import Screens, approved

TITLE = "Су және жер"


@pytest.fixture(autouse=True)
def no_look_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "LOOK", 3600.0)


async def test_of_questions_the_clock_the_programme_and_the_marks(screens: Screens) -> None:
    forum, session = screens.forum, screens.session
    moderator, author = await forum.moderator(await forum.organizer()), await forum.delegate()
    async with screens.stream(session.code) as screen:
        assert said("hall.soon") in (await screen.state())["words"]["ru"]["when"]
        await screens.during(session)
        assert said("hall.soon") not in (await screen.state())["words"]["ru"]["when"]
        number = await approved(author, moderator, session.code, "Бұл жоба қашан аяқталады?")
        await screen.until("list", number)
        await publish_unseen(forum, replace(session, title=Text({"ru": TITLE})))
        assert (await screen.state())["words"]["ru"]["title"] == TITLE
        start, now = int(session.start.timestamp()), forum.clock.seconds()
        await forum.db.write(session_runs.put, SessionRun(session.code, start, None, now), 1, now)
        await screen.until("over")
