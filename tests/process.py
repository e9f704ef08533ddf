"""The bot as an operator runs it: run_bot.py in a process of its own."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from bot import logs
from bot.settings import Settings

RUN_BOT = Path(__file__).parent.parent / "run_bot.py"
PATIENCE = 60.0
"""Seconds a line may take to appear: importing aiogram alone takes some on a busy machine."""


class Process:
    """A run of run_bot.py. Use `async with`: what still runs at the end is killed."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._lines: list[str] = []
        self._more = asyncio.Condition()
        self._reading = asyncio.create_task(self._read())

    @classmethod
    async def start(cls, *arguments: str, folder: Path, **settings: object) -> Self:
        """Start in `folder`, where its .env and its data are; nothing is set but `settings`."""
        names = {name.upper() for name in Settings.model_fields}
        environment = {name: value for name, value in os.environ.items() if name not in names}
        # Its clock is the real one, and tests are run at night too.
        environment |= {"QUIET_HOURS": "off"} | {name.upper(): str(value) for name, value in settings.items()}
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            str(RUN_BOT),
            *arguments,
            cwd=folder,
            env=environment,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        return cls(process)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.kill()

    @property
    def output(self) -> str:
        return "\n".join(self._lines)

    async def says(self, text: str) -> str:
        """Wait for a line with `text`; the line."""

        def found() -> str | None:
            return next((line for line in self._lines if text in line), None)

        async with self._more:
            try:
                await asyncio.wait_for(
                    self._more.wait_for(lambda: found() is not None or self._reading.done()), PATIENCE
                )
            except TimeoutError:
                pass
        line = found()
        assert line is not None, f"no line with {text!r} in:\n{self.output}"
        return line

    async def ready(self) -> None:
        await self.says("ready as @")

    def signal(self, number: signal.Signals) -> None:
        self._process.send_signal(number)

    async def ends(self, within: float = PATIENCE) -> int:
        """Wait for the end; the exit code. TimeoutError when it takes longer than `within` seconds."""
        code = await asyncio.wait_for(self._process.wait(), within)
        await self._reading
        return code

    async def kill(self) -> None:
        """SIGKILL: no goodbye. Nothing happens to a process that has ended."""
        if self._process.returncode is None:
            self._process.kill()
        await self.ends()

    async def _read(self) -> None:
        assert self._process.stdout is not None
        async for line in self._process.stdout:
            async with self._more:
                self._lines.append(line.decode().rstrip())
                self._more.notify_all()
        async with self._more:
            self._more.notify_all()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@contextmanager
def own_logging() -> Iterator[None]:
    """Put the test run's own logging back after the command line has set its up."""
    loggers = [logging.getLogger(name) for name in ("", *logs.QUIET)]
    handlers, levels = loggers[0].handlers[:], [logger.level for logger in loggers]
    try:
        yield
    finally:
        loggers[0].handlers[:] = handlers
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
