"""One browser and one rehearsal for all these tests, as one hall holds one forum; each test brings its own people."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from tests.browser.hands import Hands
from tests.browser.stage import CHROMIUM, Stage, Window, chromium, rehearsal, window

NewPerson = Callable[..., Awaitable[Hands]]


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("chromium is not installed (Debian: apt-get install chromium)")
    async with chromium() as opened:
        yield opened


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def stage(browser: Browser) -> AsyncIterator[Stage]:
    """The open rehearsal. At its end the log holds nothing but how to stop it."""
    async with rehearsal() as opened:
        yield opened
    assert [line for line in opened.log if "Ctrl+C" not in line] == []


@pytest_asyncio.fixture(loop_scope="session")
async def page(browser: Browser, stage: Stage) -> AsyncIterator[Window]:
    """The page on a laptop. Afterwards: no complaint in the console, no stranger asked, no press left turning."""
    async with window(browser, stage.url) as opened:
        yield opened
        assert await opened.unanswered() == 0
        assert opened.faults == []


@pytest_asyncio.fixture(loop_scope="session")
async def person(page: Window) -> NewPerson:
    """Brings somebody in: `await person("Эльмира", "ru")`."""

    async def come(first_name: str, language: str = "ru") -> Hands:
        about = {"first_name": first_name, "language_code": language, "role": "delegate"}
        answer = await page.page.request.post(f"{page.url}/api/people", data=about)
        return Hands(page, (await answer.json())["id"])

    return come
