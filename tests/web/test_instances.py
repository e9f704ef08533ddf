"""Two instances of the bot on one PostgreSQL: a screen of the one follows what people do at the other."""

from __future__ import annotations

import aiohttp
import pytest

from bot.web import live
from tests import postgres
from tests.browser.projector import stand
from tests.web.conftest import Stream


async def test_a_vote_at_one_instance_is_on_the_screen_of_the_other(
    postgres_template: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "LOOK", 60.0)  # or a look at the clock might bring the news
    with postgres.forum(postgres_template) as url:
        async with stand(url) as here, stand(url) as there, aiohttp.ClientSession() as http:
            number = await here.ask("Бірінші сұрақ қашан оқылады?")
            async with http.get(f"{there.url}/events") as answer:
                screen = Stream(answer)
                state = await screen.until("list", number)
                assert state["list"][0]["votes"] == 0
                await here.vote(number)
                state = await screen.until("list", number)
                assert state["list"][0]["votes"] == 1
