"""The rehearsal as a user opens it: the real command in a process, its page in headless Chromium."""

from __future__ import annotations

import asyncio
import re
import shutil
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.async_api import Browser, BrowserContext, Page, async_playwright, expect

from bot.programme.load import load_file
from bot.programme.model import Programme

ROOT = Path(__file__).parents[2]
PROGRAMME = ROOT / "programme/turkistan.toml"
OPENS_AT = "09:45"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
# Nothing but the page: no sandbox (containers have none), no GPU, no calls home.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
LAPTOP, SMALL_LAPTOP, PHONE = (1440, 900), (1366, 690), (390, 844)
START_TIMEOUT, STOP_TIMEOUT = 120.0, 30.0
# s for what a person waits to see: who taps as fast as a test does gets the bot's own messages with Telegram's pace,
# five in five seconds.
PATIENCE = 45.0
expect.set_options(timeout=PATIENCE * 1000)


@dataclass
class Stage:
    """A running rehearsal; `log` is what the process wrote since it opened. `hall` is where hall screens are."""

    url: str
    hall: str
    programme: Programme
    log: list[str] = field(default_factory=list)


@asynccontextmanager
async def rehearsal(*options: str) -> AsyncIterator[Stage]:
    """`run_bot.py rehearse` on a free port, at a quarter to ten of the forum's first day. Ends with SIGTERM."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "run_bot.py", "rehearse", "--port", "0", *(options or ("--at", OPENS_AT))),
        cwd=ROOT,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stderr is not None
    stage = Stage("", "", load_file(PROGRAMME))
    try:
        async with asyncio.timeout(START_TIMEOUT):
            while not stage.hall:
                line = (await process.stderr.readline()).decode()
                assert line, f"the rehearsal ended before it opened: {''.join(stage.log)}"
                found = re.search(r"http://\S+", line)
                stage.log.append(line)
                if found and stage.url:
                    stage.hall = found.group().rpartition("/")[0]
                elif found:
                    stage.url = found.group()
        stage.log.clear()
        follow = asyncio.create_task(_read(process.stderr, stage.log))
        try:
            yield stage
        finally:
            process.terminate()
            async with asyncio.timeout(STOP_TIMEOUT):
                await process.wait()
                await follow
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def _read(stream: asyncio.StreamReader, log: list[str]) -> None:
    while line := await stream.readline():
        log.append(line.decode())


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        await browser.close()


@dataclass
class Window:
    """One visit to the page, and everything in it that should not happen."""

    page: Page
    url: str
    faults: list[str] = field(default_factory=list)

    async def idle(self) -> None:
        """Wait until the bot has nothing left to do and no pressed button turns."""
        answer = await self.page.request.get(f"{self.url}/api/idle?wait=10")
        assert await answer.json() is True, "the bot is still busy"
        await self.page.wait_for_function("() => !document.querySelector('.key.waiting')")

    async def unanswered(self) -> int:
        """Buttons that still turn, or were given up."""
        return await self.page.locator(".key.waiting, .key.unanswered").count()


@asynccontextmanager
async def window(
    browser: Browser,
    url: str,
    size: tuple[int, int] = LAPTOP,
    *,
    language: str = "en-US",
    dark: bool = False,
    scale: float = 1,
) -> AsyncIterator[Window]:
    """The page in a fresh browser profile, `size` in CSS pixels of `scale` dots, its own words in `language`."""
    context: BrowserContext = await browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        locale=language,
        device_scale_factor=scale,
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
    )
    context.set_default_timeout(PATIENCE * 1000)
    page = await context.new_page()
    opened = Window(page, url)
    page.on("console", lambda message: opened.faults.append(f"console {message.type}: {message.text}"))
    page.on("pageerror", lambda error: opened.faults.append(f"error: {error}"))
    page.on("request", lambda asked: None if asked.url.startswith(url) else opened.faults.append(f"asked {asked.url}"))
    try:
        await page.goto(url)
        await page.locator(".phone:not([hidden])").first.wait_for()
        yield opened
    finally:
        await context.close()
