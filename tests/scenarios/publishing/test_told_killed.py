"""The real process, killed while a change is told: no copy that went out is left untrue, known or not."""

from __future__ import annotations

import datetime as dt
import random
import signal
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from bot.actions.publishing import publishing
from bot.actions.publishing.drafts import read, whole
from bot.clock import Clock
from bot.delivery.sender import places_at
from bot.programme.changes import diff, to_json
from bot.programme.model import Programme
from bot.rehearsal import Rehearsal
from bot.who import Who
from storage import bookmarks, drafts, programmes
from storage.database import Transaction, open_database
from tests.conftest import TOKEN
from tests.scenarios.publishing.test_notices_property import first, participant
from tests.scenarios.publishing.test_outdated_news import struck
from tests.scenarios.second_reader import tables
from tests.scenarios.steps import enrol_all, until
from tests.scenarios.test_faults import PER_SECOND, begin, join, messages_since
from tests.telegram import Message, Telegram
from tests.test_kill import PROGRAMME as TOWN

CROWD = 40
SESSION = "a"


def moved(programme: Programme, minutes: int) -> Programme:
    """As it is in a far year, with its sessions so much later."""
    by = dt.timedelta(minutes=minutes, days=365 * 50)
    later = (replace(one, start=one.start + by, end=one.end + by) for one in programme.sessions)
    return replace(programme, sessions=tuple(replace(one, day=one.start.date()) for one in later))


def begun(tx: Transaction, ids: Sequence[int]) -> None:
    enrol_all(tx, ids)
    for person in ids:
        bookmarks.add(tx, person, SESSION, 1)
    programmes.publish(tx, moved(first(), 0).to_document(), source="x", published_by=None, now=1)


def stepped(tx: Transaction, before: Programme, after: Programme) -> None:
    assert drafts.move_on(tx, drafts.revision(tx))
    drafts.add(tx, "x", detail={}, changes=to_json(diff(before, after)), made_by=1, now=1)


async def say(folder: Path, minutes: int, quiet: bool) -> None:
    """Publish that while nothing runs; it is due."""
    db = await open_database(str(folder / "data/forum.db"))
    newest = await db.read(programmes.newest)
    assert newest is not None
    before = Programme.from_document(newest.document)
    await db.write(stepped, before, moved(first(), minutes))
    draft = whole(before, await db.read(read))
    who = Who(1, "ru", participant(1), chief=True)
    await db.write(publishing.publish, who, Clock().seconds() - 120, draft, quiet)
    await db.close()


def states(folder: Path) -> set[str]:
    return {row["state"] for row in tables(folder / "data")["deliveries"] if row["kind"].startswith("change")}


async def run_dry(folder: Path, url: str) -> None:
    async with await begin(folder, url) as process:
        await process.ready()
        await until(lambda: not states(folder) & {"waiting", "claimed"}, 60)
        process.signal(signal.SIGTERM)
        assert await process.ends() == 0


def news(telegram: Telegram, person: int) -> list[Message]:
    return [one for one in telegram.messages_of(person) if one.from_bot and one.text.startswith(("🔔", "⚠️"))]


async def test_after_a_kill_every_copy_is_put_right_or_followed_by_what_does(tmp_path: Path) -> None:
    (tmp_path / "town.toml").write_text(TOWN)
    (tmp_path / "data").mkdir()
    rehearsal = Rehearsal(token=TOKEN)
    url = await rehearsal.start()
    try:
        async with await Telegram.connect(url) as telegram:
            ids = await join(telegram, CROWD)
            db = await open_database(str(tmp_path / "data/forum.db"))
            await db.write(begun, ids)
            await db.close()
            await say(tmp_path, 20, quiet=False)
            await telegram.fault(method="sendMessage", next=CROWD * 3, delay=0.1)  # so that many are on their way
            seq = (await telegram.get("state"))["seq"]
            async with await begin(tmp_path, url) as process:
                await messages_since(telegram, seq, random.Random(2026).randint(5, 25))
                process.signal(signal.SIGKILL)
                await process.ends()
            await run_dry(tmp_path, url)
            await telegram.catch_up()
            told = [row["delivery"] for row in tables(tmp_path / "data")["told"]]
            recipients = {row["id"]: row["recipient"] for row in tables(tmp_path / "data")["deliveries"]}
            twice = {recipients[one] for one in told if told.count(one) > 1}
            copies = {person: len(news(telegram, person)) for person in ids}
            assert min(copies.values()) == 1
            assert {person for person, count in copies.items() if count > 1} <= twice
            assert 0 < len(twice) <= places_at(PER_SECOND)

            await say(tmp_path, 30, quiet=True)
            await run_dry(tmp_path, url)
            await telegram.catch_up()
            for person in ids:
                found = news(telegram, person)
                assert len(found) == copies[person] + (person in twice), "what nobody knows has a word of its own"
                assert "12:20" in struck(found[-1])
                assert "12:30" in found[-1].text

            await say(tmp_path, 20, quiet=True)
            await run_dry(tmp_path, url)
            await telegram.catch_up()
            for person in ids:
                found = news(telegram, person)
                assert len(found) == copies[person] + (person in twice)
                assert not any(struck(one) for one in found), "all hold again"
    finally:
        await rehearsal.stop()
