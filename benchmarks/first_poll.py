"""How long from a bot's start until it asks for updates for the first time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

from aiohttp import web

from benchmarks.processes import TOKEN, Process

PATIENCE = 60.0  # seconds; a bot that has not asked by then does not start
ME = {"id": int(TOKEN.partition(":")[0]), "is_bot": True, "first_name": "Bot", "username": "bench_bot"}

Start = Callable[[str, Path], AbstractAsyncContextManager[Process]]


async def seconds_to_first_poll(start: Start, folder: Path) -> float:
    """Start a bot and see when its first getUpdates arrives. What else it asks meanwhile is granted."""
    asked: asyncio.Future[float] = asyncio.get_running_loop().create_future()

    async def call(request: web.Request) -> web.Response:
        method = request.match_info["method"].lower()
        if method == "getupdates":
            if not asked.done():
                asked.set_result(time.perf_counter())
            await asyncio.sleep(0.2)
            return web.json_response({"ok": True, "result": []})
        return web.json_response({"ok": True, "result": ME if method == "getme" else True})

    application = web.Application()
    application.router.add_route("*", "/bot{token}/{method}", call)
    runner = web.AppRunner(application, shutdown_timeout=1.0)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        begun = time.perf_counter()
        async with start(f"http://127.0.0.1:{runner.addresses[0][1]}", folder):
            return await asyncio.wait_for(asked, PATIENCE) - begun
    finally:
        await runner.cleanup()
