"""The chat page's files, and what it shows before the first message."""

from __future__ import annotations

import pytest

from tests.rehearsal.stage import Stage


@pytest.mark.parametrize("path", ["/", "/page/page.js", "/page/base.css"])
async def test_a_browser_asks_again_for_every_file_of_the_page(stage: Stage, path: str) -> None:
    async with stage.http.get(stage.url + path) as answer:
        assert answer.status == 200
        assert answer.headers["Cache-Control"] == "no-cache"


async def test_the_page_knows_what_the_bot_says_of_itself_in_each_language(stage: Stage) -> None:
    await stage.call("setMyDescription", description="The forum in one chat")
    await stage.call("setMyDescription", description="Форум осы чатта", language_code="kk")
    bot = (await stage.telegram.get("state"))["bot"]
    assert bot["description"] == "The forum in one chat"
    assert bot["descriptions"] == {"": "The forum in one chat", "kk": "Форум осы чатта"}
