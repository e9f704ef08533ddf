"""The processes of a run: a local Telegram for each bot, and the bots, each on its own."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import IO

import aiohttp
import psutil

ROOT = Path(__file__).resolve().parent.parent
TOKEN = "4200000000:benchmark-benchmark-benchmark"
STOP_WITHIN = 15.0  # seconds; our bot promises ten


class Process:
    """One running program. What it writes to stderr goes to `said`."""

    def __init__(self, arguments: Sequence[str], folder: Path, environment: Mapping[str, str], said: IO[bytes]) -> None:
        self._popen = subprocess.Popen([sys.executable, *arguments], cwd=folder, env=environment, stderr=said)
        self._seen = psutil.Process(self._popen.pid)

    def cpu(self) -> float:
        """CPU seconds used so far by all its threads, in user and kernel mode."""
        times = self._seen.cpu_times()
        return float(times.user + times.system)

    def rss(self) -> int:
        """Bytes of resident memory."""
        return int(self._seen.memory_info().rss)

    def check(self) -> None:
        """Raises RuntimeError when the program has ended."""
        if self._popen.poll() is not None:
            raise RuntimeError(f"{self._popen.args!r} ended with {self._popen.returncode}")

    def stop(self) -> None:
        self._popen.terminate()
        try:
            self._popen.wait(STOP_WITHIN)
        except subprocess.TimeoutExpired:
            self._popen.kill()
            self._popen.wait()


@asynccontextmanager
async def started(*arguments: str, folder: Path, **environment: str) -> AsyncIterator[Process]:
    """A Python program, started in `folder` (where there is no .env) and stopped at the end.

    It gets nothing of our own environment but what an interpreter needs, so that a run is the same anywhere.
    """
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "SYSTEMROOT") if name in os.environ}
    variables: Mapping[str, str] = kept | {"PYTHONPATH": str(ROOT)} | environment
    with tempfile.TemporaryFile() as said:
        process = Process(arguments, folder, variables, said)
        try:
            yield process
        except BaseException:
            said.seek(0)
            sys.stderr.buffer.write(said.read())  # what it has to say about the failure
            raise
        finally:
            await asyncio.to_thread(process.stop)


@asynccontextmanager
async def telegram(folder: Path, *options: str) -> AsyncIterator[str]:
    """A local Telegram in a process of its own; its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    arguments = ("-m", "bot.rehearsal", "--port", str(port), "--token", TOKEN, *options)
    async with started(*arguments, folder=folder) as process, aiohttp.ClientSession() as session:
        while True:
            process.check()
            try:
                async with session.get(f"{url}/api/state"):
                    break
            except aiohttp.ClientConnectionError:
                await asyncio.sleep(0.05)
        yield url


@asynccontextmanager
async def echo_bot(url: str, folder: Path) -> AsyncIterator[Process]:
    async with started("-m", "benchmarks.echo", folder=folder, BOT_TOKEN=TOKEN, BOT_API_URL=url) as process:
        yield process


@asynccontextmanager
async def our_bot(url: str, folder: Path, **settings: str) -> AsyncIterator[Process]:
    """Ours as it is run, on the database in `folder` (a new one gets the sample forum)."""
    usual = {"MESSAGES_PER_SECOND": "1000", "QUIET_HOURS": "off", "LOG_LEVEL": "WARNING"}
    async with started(
        str(ROOT / "run_bot.py"),
        folder=folder,
        BOT_TOKEN=TOKEN,
        BOT_API_URL=url,
        DATA_DIR=str(folder),
        PROGRAMME=str(ROOT / "programme" / "turkistan.toml"),
        **usual | settings,
    ) as process:
        yield process
