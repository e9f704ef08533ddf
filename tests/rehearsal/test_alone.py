"""The rehearsal stands alone: it imports nothing of ours, and starts as a program of its own."""

from __future__ import annotations

import asyncio
import json
import signal
import subprocess
import sys

import aiohttp
import pytest

from bot.rehearsal import PersonSpec, Rehearsal


def test_it_imports_only_aiohttp() -> None:
    code = (
        "import sys, bot.rehearsal; print([m for m in sys.modules if m.split('.')[0] in "
        "('aiogram', 'pydantic', 'storage', 'handlers') or m.startswith('bot.') "
        "and not m.startswith('bot.rehearsal')])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


async def test_it_runs_as_a_program() -> None:
    program = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.rehearsal", "--port", "0", stderr=asyncio.subprocess.PIPE
    )
    assert program.stderr is not None
    line = (await asyncio.wait_for(program.stderr.readline(), 20)).decode()
    url = next(word for word in line.split() if word.startswith("http"))
    async with aiohttp.ClientSession() as http, http.get(f"{url}/bot42:REHEARSAL/getMe") as answer:
        assert json.loads(await answer.read())["ok"]
    program.send_signal(signal.SIGTERM)
    assert await asyncio.wait_for(program.wait(), 20) == 0


def test_a_token_that_is_none() -> None:
    for token in ("", "x", "x:y"):
        with pytest.raises(ValueError, match="a bot token looks like"):
            Rehearsal(token=token)


async def test_people_moments_and_the_page() -> None:
    people = [PersonSpec(first_name="A", language_code="kk", role="delegate", id=7)]
    rehearsal = Rehearsal(token="42:T", people=people, zone="Asia/Almaty", name="Forum")
    url = await rehearsal.start()
    async with aiohttp.ClientSession() as http:
        async with http.get(f"{url}/api/state") as answer:
            state = await answer.json()
        async with http.get(url) as answer:
            assert (answer.status, answer.content_type) == (200, "text/html")
        async with http.get(f"{url}/page/page.js") as answer:
            assert answer.status == 200
        async with http.get(f"{url}/page/../server.py") as answer:
            assert answer.status == 404
    await rehearsal.stop()
    assert state["clock"]["zone"] == "Asia/Almaty"
    assert state["bot"]["first_name"] == "Forum"
    assert [(p["id"], p["role"], p["chat_id"]) for p in state["people"]] == [(7, "delegate", 7)]
