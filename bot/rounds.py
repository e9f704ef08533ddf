"""Looking again and again: whenever woken, when the last look asked for it, and by itself after a look that failed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from typing import Any, NoReturn

log = logging.getLogger(__name__)

AGAIN = 2.0  # seconds after a look that failed: nobody may wake it again for what it missed


async def rounds(
    wake: asyncio.Event,
    look: Callable[[], Awaitable[float | None]],
    what: str,
    *,
    settle: float = 0.0,
    again: float = AGAIN,
) -> NoReturn:
    """Look, wait until `wake` is set, look again; at the latest after as many seconds as `look` returned.

    A wake that comes during a look leads to another one. One that comes in the `settle` seconds before a look, does
    not: what comes in bunches is looked at once. `what` is how a failure is called in the log.
    """
    while True:
        await asyncio.sleep(settle)
        wake.clear()
        try:
            within = await look()
        except Exception:
            log.exception("%s: the look failed; once more in %.0f s", what, again)
            within = again
        with suppress(TimeoutError):
            async with asyncio.timeout(within):
                await wake.wait()


async def ended(tasks: Iterable[asyncio.Task[Any]]) -> None:
    """Cancel them, and wait until they have come to an end, whichever that is."""
    tasks = list(tasks)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
