"""The real process, killed while an announcement goes out and while it is corrected: no copy keeps the wrong text."""

from __future__ import annotations

import random
import signal
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from bot.delivery.sender import places_at
from bot.rehearsal import Rehearsal
from storage.database import open_database
from tests.conftest import ORGANIZER
from tests.process import Process
from tests.scenarios.second_reader import tables
from tests.scenarios.steps import announce, enrol_all, insist, said, until
from tests.scenarios.test_faults import PER_SECOND, begin, join, messages_since
from tests.telegram import Person, Telegram
from tests.test_kill import PROGRAMME as TOWN

CROWD = 60  # to a kill
OLD, NEW, NEWEST = "Обед в зале А", "Обед в зале Б", "Обед в зале В"
CORRECTION = said("announcements.correction_words", at="").split()[0]


def rows(folder: Path, kind: str) -> list[dict[str, Any]]:
    return [row for row in tables(folder / "data")["deliveries"] if row["kind"] == kind]


async def killed(process: Process, telegram: Telegram, folder: Path, url: str, after: int) -> Process:
    """Kill it when so many more messages have arrived; the next one."""
    seq = (await telegram.get("state"))["seq"]
    await messages_since(telegram, seq, after)
    process.signal(signal.SIGKILL)
    assert await process.ends() == -signal.SIGKILL
    return await begin(folder, url, organizers=ORGANIZER)


async def correct(organizer: Person, text: str) -> None:
    await organizer.press("ar:1:correct")
    await organizer.sees(said("announcements.form_correction", number=1))
    await organizer.send(text)
    await organizer.sees(said("announcements.will_say"), text)
    await insist(organizer, "az:1:")


@pytest.mark.parametrize("kills", [2, pytest.param(12, marks=pytest.mark.endure)])
async def test_after_kills_every_copy_is_corrected_or_followed_by_what_corrects_it(tmp_path: Path, kills: int) -> None:
    crowd = kills * CROWD
    choose = random.Random(2026)
    (tmp_path / "town.toml").write_text(TOWN)
    (tmp_path / "data").mkdir()
    rehearsal = Rehearsal(token="4200000000:test-test-test-test-test-test")
    url = await rehearsal.start()
    process: Process | None = None
    try:
        async with await Telegram.connect(url) as telegram:
            ids = await join(telegram, crowd)
            organizer = await telegram.person("Динара", "ru", id=ORGANIZER)
            db = await open_database(str(tmp_path / "data/forum.db"))
            await db.write(enrol_all, [*ids, ORGANIZER])
            await db.close()
            process = await begin(tmp_path, url, organizers=ORGANIZER)
            await organizer.start()
            await announce(organizer, OLD)
            await telegram.fault(method="sendMessage", next=crowd * 3, delay=0.1)  # so that many are on their way
            await insist(organizer, "an:")
            for _ in range(kills):
                process = await killed(process, telegram, tmp_path, url, choose.randint(5, 40))
            await until(lambda: {row["state"] for row in rows(tmp_path, "announcement")} == {"sent"}, 30 * kills)
            twice = {row["recipient"] for row in rows(tmp_path, "announcement") if row["lost"]}
            await organizer.sees(said("announcements.twice", count=len(twice)))
            copies = counted(telegram, ids, OLD)
            assert {person for person in ids if copies[person] > 1} <= twice
            assert 0 < sum(copies.values()) - crowd <= len(twice) <= kills * places_at(PER_SECOND)

            await correct(organizer, NEW)
            process = await killed(process, telegram, tmp_path, url, max(1, len(twice) // 3))
            await until(lambda: {row["state"] for row in rows(tmp_path, "announcement-edit")} == {"sent"}, 60)
            await telegram.catch_up()
            judge(telegram, ids, NEW)
            own = [row["recipient"] for row in rows(tmp_path, "announcement-edit") if row["own"]]
            assert set(own) == twice

            await correct(organizer, NEWEST)
            await until(lambda: {row["state"] for row in rows(tmp_path, "announcement-edit")} == {"sent"}, 60)
            await until(lambda: len(rows(tmp_path, "announcement-edit")) == 2 * (crowd + 1))
            await telegram.catch_up()
            judge(telegram, ids, NEWEST)
            process.signal(signal.SIGTERM)
            assert await process.ends() == 0
    finally:
        if process is not None:
            await process.kill()
        await rehearsal.stop()


def counted(telegram: Telegram, ids: list[int], text: str) -> Counter[int]:
    return Counter(
        person for person in ids for one in telegram.messages_of(person) if one.from_bot and one.text == text
    )


def judge(telegram: Telegram, ids: list[int], text: str) -> None:
    """What everybody has says the last form, or is followed by what corrects it."""
    for person in ids:
        found = [one.text for one in telegram.messages_of(person) if one.from_bot and "Обед" in one.text]
        assert found[-1].endswith(text), found
        assert all(one.endswith(text) for one in found) or found[-1].startswith(CORRECTION), found
