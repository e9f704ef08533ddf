"""The command line, as an operator meets it."""

from __future__ import annotations

import datetime as dt
import os
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from pathlib import Path

import aiohttp
import pytest

import run_bot
from bot.programme.load import load_file
from bot.programme.model import Programme
from bot.rehearsal import Rehearsal
from rehearse import opening
from tests.process import RUN_BOT, Process, free_port, own_logging
from tests.telegram import Telegram

TOKEN = "4200000000:test-test-test-test-test-test"
PROGRAMME = RUN_BOT.parent / "programme/turkistan.toml"
SMALL = """
[forum]
title = "Town meeting"
timezone = "Asia/Almaty"

[[days]]
date = 2026-11-26

[[days.sessions]]
code = "opening"
title = "Opening"
start = "10:00"
end = "10:30"
"""


@pytest.fixture(autouse=True)
def fresh(nothing_set: None) -> Iterator[None]:
    """An empty folder, nothing set, and the test run's logging back afterwards."""
    with own_logging():
        yield


@pytest.fixture
async def telegram_url() -> AsyncIterator[str]:
    server = Rehearsal(token=TOKEN)
    yield await server.start()
    await server.stop()


def test_without_a_token_one_line_tells_what_to_do(tmp_path: Path) -> None:
    look = "import sys, run_bot; code = run_bot.main([]); assert 'aiogram' not in sys.modules; sys.exit(code)"
    run = subprocess.run(
        [sys.executable, "-c", look],
        cwd=tmp_path,
        env={"PYTHONPATH": str(RUN_BOT.parent)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 2
    assert run.stdout == ""
    assert len(run.stderr.splitlines()) == 1
    assert "BOT_TOKEN" in run.stderr
    assert "@BotFather" in run.stderr
    assert "make rehearse" in run.stderr


def test_bad_settings_are_told_before_anything_starts(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    monkeypatch.setenv("DATABASE_URL", "mysql://localhost/forum")
    monkeypatch.setenv("TIMEZONE", "Turkistan")
    assert run_bot.main(["run"]) == 2
    said = capsys.readouterr().err
    assert "DATABASE_URL: begins with" in said
    assert "TIMEZONE: " in said


def test_check_is_content_with_the_sample(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_bot.main(["check", str(PROGRAMME)]) == 0
    said = capsys.readouterr().err
    assert "30 sessions" in said
    assert "BOT_TOKEN is not set" in said


def test_check_tells_every_fault_of_the_settings_and_of_the_file(capsys: pytest.CaptureFixture[str]) -> None:
    Path(".env").write_text("TIMEZONE=Turkistan\nLISTEN=8080\nPROGRAME=x\n")
    bad = Path("bad.toml")
    bad.write_text(SMALL.replace('"10:30"', '"noon"').replace("2026-11-26", '"tomorrow"').replace("title =", "titel ="))
    assert run_bot.main(["check", str(bad)]) == 1
    said = capsys.readouterr().err
    for fault in ("TIMEZONE", "LISTEN", "PROGRAME", "noon", "tomorrow", "titel"):
        assert fault in said
    assert "line 7" in said


def test_check_takes_the_programme_of_the_settings(capsys: pytest.CaptureFixture[str]) -> None:
    Path("town.toml").write_text(SMALL)
    Path(".env").write_text("PROGRAMME=town.toml\n")
    assert run_bot.main(["check"]) == 0
    assert "town.toml: 1 days, 1 sessions" in capsys.readouterr().err
    Path(".env").write_text("PROGRAMME=gone.toml\n")
    assert run_bot.main(["check"]) == 1
    assert "gone.toml" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments", [["--at", "25:00"], ["--at", "noon"], ["--port", "70000"], ["--port", "-1"], ["--port", "x"]]
)
def test_rehearse_explains_a_bad_value(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        run_bot.main(["rehearse", *arguments])
    assert stopped.value.code == 2
    said = capsys.readouterr().err
    assert arguments[0] in said
    assert "looks like 09:45" in said or "from 0 to 65535" in said


def test_rehearse_names_a_programme_it_cannot_use(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_bot.main(["rehearse", "--programme", "gone.toml"]) == 1
    assert "gone.toml" in capsys.readouterr().err


def test_rehearse_names_a_port_that_is_taken(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert run_bot.main(["rehearse", "--programme", str(PROGRAMME), "--port", str(port)]) == 1
    assert f"port {port}" in capsys.readouterr().err


def test_rehearse_names_bad_settings(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("LOG_LEVEL", "LOUD")
    assert run_bot.main(["rehearse", "--programme", str(PROGRAMME), "--port", "0"]) == 2
    assert "LOG_LEVEL" in capsys.readouterr().err


def test_the_rehearsals_clock_starts_where_there_is_something_to_see() -> None:
    programme = load_file(PROGRAMME)
    zone = programme.forum.zone
    sessions = programme.of_day(programme.days[0].date)
    first = next(one for one in sessions if not one.is_break)
    asked = opening(programme, sessions[0].start, dt.time(9, 45))
    assert asked == dt.datetime.combine(first.start.astimezone(zone).date(), dt.time(9, 45), zone)
    for real in (first.start.replace(hour=3), first.start + dt.timedelta(minutes=25), first.start.replace(hour=23)):
        assert opening(programme, real, None) == first.start + dt.timedelta(minutes=5)


FORUM = """
[forum]
title = "A forum"
timezone = "Asia/Almaty"
"""
DAY = """
[[days]]
date = 2026-11-26
"""


def written(tmp_path: Path, *sessions: tuple[str, str, str]) -> Programme:
    """A programme of one day, of (kind, start, end)."""
    parts = [FORUM, DAY] if sessions else [FORUM]
    for number, (kind, start, end) in enumerate(sessions):
        lines = ("[[days.sessions]]", f'code = "s{number}"', 'title = "A"')
        parts.append("\n".join((*lines, f'kind = "{kind}"', f'start = "{start}"', f'end = "{end}"', "")))
    file = tmp_path / "forum.toml"
    file.write_text("\n".join(parts), encoding="utf-8")
    return load_file(file)


@pytest.mark.parametrize(
    ("sessions", "at", "opens"),
    [
        ([("break", "09:00", "10:00"), ("talk", "10:00", "11:00")], None, "26 10:05"),
        ([("talk", "10:00", "10:06")], None, "26 10:02"),  # of a short one not the end
        ([("talk", "23:30", "00:30")], None, "26 23:35"),
        ([("talk", "00:00", "00:45")], None, "27 00:05"),  # of the night after the day it is listed under
        ([("break", "09:00", "10:00")], None, "26 09:05"),  # nothing to ask about, but something is on
        ([("talk", "20:00", "00:30")], dt.time(0, 10), "27 00:10"),  # the day's end after midnight
        ([("talk", "10:00", "11:00")], dt.time(0, 10), "26 00:10"),
        ([], None, "26 17:00"),  # the real time: there is nothing to be on
        ([], dt.time(0, 10), "26 00:10"),
    ],
)
def test_the_rehearsal_opens_on_something_that_is_on(
    tmp_path: Path, sessions: list[tuple[str, str, str]], at: dt.time | None, opens: str
) -> None:
    programme = written(tmp_path, *sessions)
    real = dt.datetime(2026, 11, 26, 17, tzinfo=programme.forum.zone)
    assert f"{opening(programme, real, at):%d %H:%M}" == opens


async def test_a_rehearsal_without_anything_to_ask_about_says_so(tmp_path: Path) -> None:
    written(tmp_path)
    arguments = ("rehearse", "--port", "0", "--programme", str(tmp_path / "forum.toml"))
    async with await Process.start(*arguments, folder=tmp_path) as process:
        await process.says("No session of this agenda takes questions")
        url = (await process.says("The rehearsal is open: ")).split(": ")[1]
        async with await Telegram.connect(url) as telegram:
            tour = (await telegram.get("state"))["tour"]
        assert tour["steps"] == []
        assert "Репетицияны басқа бағдарлама файлымен" in tour["instead"]["kk"]
        process.signal(signal.SIGINT)
        assert await process.ends() == 0
        assert "Traceback" not in process.output


async def test_rehearse_opens_on_a_free_port_at_the_given_time(tmp_path: Path) -> None:
    arguments = ("rehearse", "--port", "0", "--at", "09:45", "--programme", str(PROGRAMME))
    async with await Process.start(*arguments, folder=tmp_path) as process:
        url = (await process.says("The rehearsal is open: ")).split(": ")[1]
        async with await Telegram.connect(url) as telegram:
            now = dt.datetime.fromtimestamp((await telegram.get("state"))["clock"]["now"], dt.UTC)
            assert now.astimezone(load_file(PROGRAMME).forum.zone).strftime("%H:%M") in ("09:45", "09:46")
            await telegram.known("Dinara").sees("Dinara")
        process.signal(signal.SIGINT)
        assert await process.ends() == 0
        assert "Traceback" not in process.output
    assert os.listdir(tmp_path) == []


async def test_a_running_bot_is_healthy_alone_and_can_be_copied(tmp_path: Path, telegram_url: str) -> None:
    port = free_port()
    settings = {"bot_token": TOKEN, "bot_api_url": telegram_url, "programme": PROGRAMME, "listen": f"127.0.0.1:{port}"}
    async with await Process.start("run", folder=tmp_path, **settings) as process:
        await process.ready()
        async with aiohttp.ClientSession() as web:
            for path in ("healthz", "readyz"):
                async with web.get(f"http://127.0.0.1:{port}/{path}") as answer:
                    assert answer.status == 200

        async with await Process.start("run", folder=tmp_path, **settings) as second:
            assert await second.ends() == 1
            assert "forum.db is in use by another process" in second.output
            assert "Traceback" not in second.output

        copy = tmp_path / "copies/forum.db"
        assert run_bot.main(["backup", str(copy)]) == 0
        with closing(sqlite3.connect(copy)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert connection.execute("SELECT COUNT(*) FROM programmes").fetchone() == (1,)
        assert run_bot.main(["backup", str(copy)]) == 1

        process.signal(signal.SIGTERM)
        assert await process.ends(10) == 0


def test_backup_without_a_database_or_of_postgresql_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_bot.main(["backup", "copy.db"]) == 1
    assert "there is no database at data/forum.db" in capsys.readouterr().err
    monkeypatch.setenv("DATABASE_URL", "postgresql://bot:hunter2@db/forum")
    assert run_bot.main(["backup", "copy.db"]) == 1
    said = capsys.readouterr().err
    assert "pg_dump" in said
    assert "hunter2" not in said


@pytest.mark.parametrize(
    ("name", "value", "line"),
    [
        ("PROGRAMME", "gone.toml", "gone.toml: the programme cannot be used"),
        ("DATABASE_URL", "/dev/null/forum.db", "/dev/null"),
        ("LISTEN", "127.0.0.1:{taken}", "LISTEN: 127.0.0.1:"),
    ],
)
def test_a_start_that_fails_says_why_in_a_line(
    name: str, value: str, line: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    monkeypatch.setenv("PROGRAMME", str(PROGRAMME))
    monkeypatch.setenv("LOG_LEVEL", "WARNING")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        monkeypatch.setenv(name, value.format(taken=taken.getsockname()[1]))
        assert run_bot.main(["run"]) == 1
    said = capsys.readouterr().err
    assert line in said
    assert "Traceback" not in said


async def test_a_token_that_telegram_does_not_know(tmp_path: Path, telegram_url: str) -> None:
    wrong = "4200000001:wrong-wrong-wrong-wrong-wrong"
    settings = {"bot_token": wrong, "bot_api_url": telegram_url, "programme": PROGRAMME, "log_level": "WARNING"}
    async with await Process.start("run", folder=tmp_path, **settings) as process:
        assert await process.ends() == 2
    assert process.output == "BOT_TOKEN: Telegram does not know this token; get a fresh one from @BotFather"
