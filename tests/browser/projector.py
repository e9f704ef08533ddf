"""A hall with its screen: the bot's own page server over a database, a line that can be cut, a browser at its end."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

from playwright.async_api import Browser, Page

from bot.clock import StillClock
from bot.programme.current import CurrentProgramme
from bot.programme.load import load_file
from bot.programme.model import Session
from bot.texts import Translators
from bot.web.hall import Hall
from bot.web.server import serve
from storage import participants, questions, session_desks, votes
from storage.database import Database, Transaction, open_database
from tests.browser.stage import PROGRAMME
from tests.process import free_port

HOST = "127.0.0.1"
SIZES = ((1920, 1080), (1280, 720), (1024, 768), (3840, 2160))


class Line:
    """The network between the server and the browser: what comes in at `port` goes on to the server, unless cut."""

    def __init__(self, server_port: int) -> None:
        self.port = free_port()
        self.server_port = server_port
        self._writers: set[asyncio.StreamWriter] = set()
        self._server: asyncio.Server | None = None

    async def restore(self) -> None:
        self._server = await asyncio.start_server(self._carry, HOST, self.port)

    async def cut(self) -> None:
        assert self._server is not None
        self._server.close()
        for writer in list(self._writers):
            writer.transport.abort()
        await self._server.wait_closed()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far_reader, far_writer = await asyncio.open_connection(HOST, self.server_port)
        self._writers |= {writer, far_writer}
        await asyncio.gather(_pipe(reader, far_writer), _pipe(far_reader, writer))
        self._writers -= {writer, far_writer}


async def _pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    writer.close()


@dataclass
class Served:
    ready: bool = True


@dataclass
class Stand:
    """The screen of `session` at `url`, by way of `line`; what people do is written into the database."""

    db: Database
    line: Line
    session: Session
    clock: StillClock
    asked: int = 0
    voters: int = 10000

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.line.port}/hall/{self.session.code}"

    async def ask(self, text: str, votes_for: int = 0, *, name: str = "Айгерім Сәрсенова", language: str = "kk") -> int:
        """An approved question with so many votes, by somebody from Turkistan."""
        self.asked += 1

        def asked(tx: Transaction, person: int, now: int) -> int:
            participants.consent(tx, person, language, 10, now)
            participants.set_name(tx, person, name)
            participants.set_delegation(tx, person, "turkistan")
            number = questions.ask(
                tx,
                self.session.code,
                author=person,
                message=1,
                anonymous=not name,
                language=language,
                text=text,
                now=now,
            )
            assert number is not None
            questions.decide(tx, number, expected=questions.PENDING, state=questions.APPROVED, moderator=1, now=now)
            return number

        number = await self.db.write(asked, self.asked, self.clock.seconds())
        for _ in range(votes_for):
            await self.vote(number)
        return number

    async def vote(self, number: int) -> None:
        self.voters += 1
        await self.db.write(votes.vote, number, person=self.voters, now=self.clock.seconds())

    async def put_on_stage(self, number: int) -> None:
        await self.db.write(session_desks.put_on_stage, self.session.code, number, self.clock.seconds())


@asynccontextmanager
async def stand(database: str) -> AsyncIterator[Stand]:
    """The opening, ten minutes after its start; `database` as for open_database."""
    programme = load_file(PROGRAMME)
    session = next(one for one in programme.sessions if one.code == "opening")
    clock = StillClock(session.start + dt.timedelta(minutes=10))
    db = await open_database(database)
    hall = Hall(db, CurrentProgramme(programme, 1), clock, Translators(programme.forum.zone))
    hall.username = "minber_bot"
    db.listen(questions.CHANNEL, hall.wake)
    port = free_port()
    line = Line(port)
    async with serve((HOST, port), Served(), hall):
        await line.restore()
        try:
            yield Stand(db, line, session, clock)
        finally:
            await line.cut()
    await db.close()


@dataclass
class Screen:
    """A browser before the projector, and everything in it that should not happen."""

    page: Page
    faults: list[str] = field(default_factory=list)

    async def listed(self) -> list[str]:
        """The questions of the list from top to bottom, each with its votes, as "3 What about the roads?"."""
        items = await self.page.locator(".item").all()
        boxes = [(await item.bounding_box() or {"y": 0})["y"] for item in items]
        texts = [
            f"{await item.locator('.votes').inner_text()} {await item.locator('.text').inner_text()}" for item in items
        ]
        return [text for _, text in sorted(zip(boxes, texts, strict=True))]


@asynccontextmanager
async def projector(
    browser: Browser, url: str, size: tuple[int, int] = (1920, 1080), *, scripts: bool = True, still: bool = True
) -> AsyncIterator[Screen]:
    """The page at `url`, full screen; `still`: nothing moves (prefers-reduced-motion)."""
    context = await browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        java_script_enabled=scripts,
        reduced_motion="reduce" if still else "no-preference",
    )
    page = await context.new_page()
    screen = Screen(page)
    page.on("console", lambda message: screen.faults.append(f"console {message.type}: {message.text}"))
    page.on("pageerror", lambda error: screen.faults.append(f"error: {error}"))
    host = "/".join(url.split("/")[:3])
    page.on("request", lambda asked: None if asked.url.startswith((host, "data:")) else screen.faults.append(asked.url))
    try:
        await page.goto(url)
        yield screen
    finally:
        await context.close()
