"""An announcement in any weather: paused, corrected on its way, over night, with a database that fails now and then.

Everybody ends with one copy, in its last form, or it is counted otherwise.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

import bot.app
from bot.actions import quiet
from bot.actions.announcements import announcements, repairs, under_way
from bot.actions.announcements.wording import STAGED
from bot.app import Application
from bot.clock import StillClock
from bot.delivery import ledger, sender
from bot.delivery.carrier import TRIES
from bot.programme.load import load_file
from bot.programme.model import Programme
from bot.rehearsal import Rehearsal
from storage.announcement_parts import Part
from storage.database import Transaction
from storage.deliveries import BLOCKED, FAILED, SENT, UNSURE
from tests.conftest import ORGANIZER, PROGRAMME, TOKEN, Running
from tests.scenarios.second_reader import tables
from tests.scenarios.steps import enrol_all, said
from tests.scenarios.test_faults import PATIENCE, PEOPLE, STEPS, TROUBLES, Flood, happens, join, rests, states
from tests.telegram import Telegram

CORRECTION = said("announcements.correction_words", at="").split()[0]
NUMBER = 1  # of the announcement
FORM = "Форма"
BROKEN = {
    "settling": "NEW.state NOT IN ('waiting', 'claimed', 'held')",
    "claiming": "NEW.state = 'claimed' AND OLD.state = 'waiting'",
}


@dataclass(frozen=True)
class Pause:
    pass


@dataclass(frozen=True)
class Resume:
    pass


@dataclass(frozen=True)
class Correct:
    pass


@dataclass(frozen=True)
class Sleep:
    """A person has quiet hours, of whole hours from now on."""

    person: int
    hours: int


@dataclass(frozen=True)
class Break:
    """The database refuses what senders do, for a while of real time."""

    what: str


STEPS_TOO = (
    st.builds(Pause),
    st.builds(Resume),
    st.builds(Correct),
    st.builds(Sleep, st.integers(0, PEOPLE - 1), st.integers(1, 9)),
    st.builds(Break, st.sampled_from(sorted(BROKEN))),
)
SCHEDULES = st.lists(
    st.one_of(TROUBLES, *STEPS, *STEPS_TOO, *STEPS_TOO, st.builds(Correct), st.builds(Correct)),
    min_size=1,
    max_size=PEOPLE,
).filter(
    lambda steps: sum(isinstance(step, Flood | Break) for step in steps) <= 2  # these take a while of real time
)


@settings(max_examples=8, deadline=None, print_blob=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    schedule=SCHEDULES, outage=st.sampled_from([0, 0, 0, PEOPLE, TRIES * PEOPLE]), lost=st.sampled_from([0, 2, PEOPLE])
)
def test_whatever_is_done_with_it_everybody_has_its_last_form_once_or_it_is_counted_otherwise(
    monkeypatch: pytest.MonkeyPatch, schedule: list[object], outage: int, lost: int
) -> None:
    monkeypatch.setattr(bot.app, "STOP_WITHIN", 0.3)
    for module in (ledger, sender):
        monkeypatch.setattr(module, "RETRY", 0.05)
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(weather(Path(folder), load_file(PROGRAMME), schedule, outage, lost))


async def weather(folder: Path, programme: Programme, schedule: list[object], outage: int, lost: int) -> None:
    clock = StillClock(programme.sessions[0].start)
    rehearsal = Rehearsal(token=TOKEN, clock=clock, zone=programme.forum.timezone)
    # So slow that what is done with it meets it on its way.
    running = Running(await rehearsal.start(), folder, clock, programme, messages_per_second=40, quiet_hours="off")
    rehearsal.on_clock = running.time_moved
    try:
        application = await running.start()
        async with await running.connect() as telegram:
            ids = await join(telegram, PEOPLE)
            await application.db.write(enrol_all, [*ids, ORGANIZER])
            if outage:
                await telegram.fault(method="sendMessage", next=outage, status=502)
            if lost:
                await telegram.fault(method="sendMessage", next=lost, status=0, after=True)  # answers
            await send(application)
            for step in schedule:
                if not await is_done(step, running.application, ids):
                    await happens(step, telegram, running, ids)
                await asyncio.sleep(0.02)  # it goes on meanwhile
            who = await running.application.people.get(ORGANIZER)
            await running.application.db.write(under_way.resume, who, clock.seconds(), NUMBER, None)
            async with asyncio.timeout(PATIENCE):
                while set(states(folder)) & {"waiting", "claimed", "held"}:
                    await telegram.idle(settle=0.05)
                    if (rest := rests(folder, clock.seconds())) > 0:
                        await telegram.clock(by=rest)
        await running.stop()
        for state in states(folder):
            event(state)
        async with await running.connect() as telegram:
            judge(folder, {person: texts(telegram, person) for person in ids})
    finally:
        await running.stop()
        await rehearsal.stop()


def part(language: str, number: int) -> Part:
    return Part(language, number, "text", f"{FORM} {number}")


async def send(application: Application) -> None:
    who, now = await application.people.get(ORGANIZER), application.clock.seconds()
    programme = application.current.programme

    def confirmed(tx: Transaction) -> None:
        announcements.take(tx, who, now, None, language="", part=part("", 1), more=False)
        announcements.confirm(tx, who, now, NUMBER, message=None, programme=programme, approval=False)

    await application.db.write(confirmed)


async def is_done(step: object, application: Application, ids: list[int]) -> bool:
    """True when it was a step that is done with the announcement, a person's settings or the database."""
    db, who, now = application.db, await application.people.get(ORGANIZER), application.clock.seconds()
    match step:
        case Pause():
            await db.write(under_way.pause, who, now, NUMBER, None)
        case Resume():
            await db.write(under_way.resume, who, now, NUMBER, None)
        case Correct():

            def corrected(tx: Transaction) -> None:
                form = announcements.get(tx, NUMBER).revision + 1
                announcements.take(tx, who, now, NUMBER, language=STAGED, part=part(STAGED, form), more=False)
                repairs.carry_out(tx, NUMBER, "", now)

            await db.write(corrected)
        case Sleep():
            person, hour = (
                ids[step.person],
                application.clock.now().astimezone(application.current.programme.forum.zone).hour,
            )
            hours = f"{(hour - 1) % 24}-{(hour + step.hours) % 24}"
            assert quiet.SHAPE.fullmatch(hours)
            await db.write(quiet_from_now, person, hours)
            application.people.changed(person)
        case Break():
            for sql in (
                f"CREATE TRIGGER broken BEFORE UPDATE ON deliveries WHEN {BROKEN[step.what]}"
                " BEGIN SELECT RAISE(ABORT, 'broken'); END",
                "DROP TRIGGER broken",
            ):
                await db.write(lambda tx, sql: tx.run(sql), sql)
                await asyncio.sleep(0.15)
        case _:
            return False
    return True


def quiet_from_now(tx: Transaction, person: int, hours: str) -> None:
    tx.run("UPDATE participants SET quiet = :hours WHERE id = :person", hours=hours, person=person)


def texts(telegram: Telegram, person: int) -> list[str]:
    return [one.text for one in telegram.messages_of(person) if one.from_bot and FORM in one.text]


def judge(folder: Path, had: dict[int, list[str]]) -> None:
    """Compare the ledger with what people have."""
    last = f"{FORM} {tables(folder)['announcements'][0]['revision']}"
    rows, edits = {}, defaultdict(list)
    for row in tables(folder)["deliveries"]:
        if row["kind"] == "announcement":
            rows[row["recipient"]] = row
        elif row["kind"] == "announcement-edit":
            edits[row["recipient"]].append(row["state"])
    assert set(rows) >= set(had)
    for person, found in had.items():
        row = dict(rows[person])
        own = [text for text in found if text.startswith(CORRECTION)]
        event(f"{row['state']}: {len(own)} corrections of their own")
        match row["state"]:
            case "sent":
                assert 1 <= len(found) - len(own) <= 1 + row["lost"], row
                assert not own or row["lost"], row
            case "unsure":
                assert len(found) - len(own) <= 1 + row["lost"], row
                assert row["error"]
            case _:
                assert row["state"] in (BLOCKED, FAILED), row
                assert found == []
                assert row["error"]
        if row["state"] in (SENT, UNSURE) and not {FAILED, BLOCKED, UNSURE} & set(edits[person]):
            # What says something else is followed by what corrects it.
            assert all(text.endswith(last) for text in found) or (own and found[-1].endswith(last)), (row, found)
        assert UNSURE not in edits[person] or row["state"] == UNSURE or row["lost"]
    assert {SENT, UNSURE, BLOCKED, FAILED} >= {row["state"] for row in rows.values()}
