"""Makes the databases of this folder: a forum as the bot has stored it, with messages waiting and forms half typed.

    python -m tests.golden.make_databases

The real bot is driven over the rehearsal by what is public or stored itself, callback data, commands, SQL, so that this
runs on as long as the program is the same to people. What is committed was made at the end of issue 10, before the
restructuring of issue 11: make it again only to say on purpose that another version's database is meant.

A trigger that puts off what is enqueued keeps messages in the outbox. Rows that take a whole day of the forum to come
by, such as a rating asked for, are put in as that version wrote them. One person goes into each form, which is then
given to a person of its own, so that all of them stand open.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import sqlite3
import tempfile
from collections.abc import Awaitable, Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from bot.clock import StillClock
from bot.programme.load import load_file
from bot.rehearsal import Rehearsal
from storage.migrate import FOLDER as MIGRATIONS
from storage.migrate import load, tables
from tests.conftest import PROGRAMME, TOKEN, Forum, Running
from tests.golden.databases import FOLDER, SQL
from tests.golden.forms import Press, go_through_forms, presser
from tests.scenarios.agenda.test_speaking import speaker_of
from tests.scenarios.announcements.announcing import announced, draft, second_organizer
from tests.scenarios.moderation.groups import group_of
from tests.scenarios.publishing.changing import open_session, tap, write
from tests.scenarios.second_reader import at_rest
from tests.scenarios.steps import ask, moderator_of, star
from tests.telegram import Person

LATER = 10**9  # seconds by which the trigger puts off what is enqueued
TRIGGER = f"""
    CREATE TRIGGER later AFTER INSERT ON deliveries
    BEGIN UPDATE deliveries SET due_at = due_at + {LATER} WHERE id = NEW.id; END
"""
FIRST_OF_FORMS = 8001
SKIPPED = ("inbox_mark",)  # the rehearsal numbers its updates by the real clock


async def main() -> None:
    programme = load_file(PROGRAMME)
    first = next(one for one in programme.sessions if not one.is_break)
    clock = StillClock((first.start - dt.timedelta(minutes=15)).astimezone(dt.UTC))
    rehearsal = Rehearsal(token=TOKEN, clock=clock, zone=programme.forum.timezone)
    url = await rehearsal.start()
    with tempfile.TemporaryDirectory() as folder:
        running = Running(url, Path(folder), clock, programme)
        async with running.open() as forum:
            await make(forum)
            state = await forum.telegram.get("state")
            ids = [int(row["person"]) for row in run(forum, "SELECT person FROM conversations ORDER BY person")]
        await running.stop()
        dump(Path(folder) / "forum.db", clock.seconds())
    await rehearsal.stop()
    (FOLDER / "telegram.json").write_text(json.dumps(seen_in(state, ids), ensure_ascii=False, indent=1) + "\n")


def run(forum: Forum, sql: str, *values: object) -> list[Any]:
    with closing(sqlite3.connect(forum.folder / "forum.db", timeout=5)) as connection:
        connection.row_factory = sqlite3.Row
        found = connection.execute(sql, values).fetchall()
        connection.commit()
    return found


async def make(forum: Forum) -> None:
    organizer = await forum.organizer()
    second = await second_organizer(forum, organizer)
    moderator = await forum.moderator(organizer)
    chair = await moderator_of(forum, organizer, "opening", "Гүлнар", "kk")
    asem, berik = await forum.delegate("Ася", "ru"), await forum.delegate("Берік", "kk")
    john = await forum.delegate("John", "en")
    speaker = await speaker_of(forum, organizer)
    await forum.invitation(organizer, "si:moderator:")  # nobody follows this one
    everybody = (organizer, second, moderator, chair, asem, berik, john, speaker)

    async def rest() -> None:
        await at_rest(forum)
        for person in everybody:
            await person.look_away()

    press = presser(forum.telegram)

    await ask(asem, "opening", "Когда начнётся награждение?")
    await ask(berik, "opening", "Сұрағым дөрекі ме?")
    await ask(john, "opening", "Will there be a recording of it?")
    await ask(asem, "opening", "Где можно пообедать?")
    await ask(berik, "opening", "Бұл сұрақты қайтарып аламын")
    await ask(john, "opening", "When does the awarding begin?")
    await rest()
    await press(moderator, "kd:1:approve:-", "kd:2:decline:-", "kr:2:rude:-", "kd:4:answer:")
    await moderator.send("В холле первого этажа")
    await rest()
    await press(berik, "mw:5:1", "v:1:1:0")
    await press(moderator, "jm:6:0:-", "jt:6:1:-", "jy:6:1:")
    await rest()
    await press(moderator, "jl:1:-", "kw:3:take:-")
    run(forum, "INSERT INTO labels VALUES (1, 'awards')")
    run(forum, "INSERT INTO stop_words VALUES ('дөрекі', 7001, ?)", forum.clock.seconds())
    for person, code in ((asem, "opening"), (berik, "opening"), (asem, "plenary-1"), (john, "dialogue")):
        session = forum.programme.session(code)
        assert session is not None
        await star(person, session)
    await rest()
    await announced(forum, organizer, "Обед в 13:00", 8)
    await announced(forum, organizer, "Автобус уходит в 18:00", 8)
    await rest()
    await draft(organizer, "Черновик объявления")
    await press(organizer, "aa:3:l:kk:1:0")
    await draft(organizer, "Через час фотографируемся")
    await press(organizer, "aw:4:60", "ad:4:confirm", "an:4:send")
    group = await group_of(forum, organizer, moderator)
    await rest()

    # A version of which some were notified, and a draft of several steps upon it.
    await tap(organizer, "per:plenary-1:otyrar:", await open_session(organizer, "plenary-1", "room"))
    await press(organizer, "ppy:1:1:0")
    await forum.at(forum.clock.now() + dt.timedelta(minutes=6))
    await rest()

    run(forum, TRIGGER)
    await tap(organizer, "per:plenary-1:sauran:", await open_session(organizer, "plenary-1", "room"))
    await press(organizer, f"ppy:2:{revision(forum)}:0")
    await tap(organizer, "pec:plenary-3:1:", await open_session(organizer, "plenary-3"))
    await press(organizer, f"ppy:3:{revision(forum)}:0")
    await open_session(organizer, "opening", "time")
    await tap(organizer, "peh:opening:o:5:")
    await tap(organizer, "pec:dialogue:1:", await open_session(organizer, "dialogue"))
    await press(organizer, "pej:s:opening:t:ru")
    await write(organizer, "Открытие форума")
    await rest()

    await ask(asem, "opening", "Будут ли субтитры?")
    await ask(berik, "opening", "Залда орын бар ма?")
    await rest()
    await press(moderator, "je:3:-")
    await moderator.send("Will there be a recording?")
    await rest()
    await press(moderator, "kd:3:approve:-")
    await press(chair, "kc:8:-", "kd:8:decline:-", "kr:8:offtopic:-")
    [declined] = run(forum, "SELECT id FROM audit WHERE deed = 'decline' AND question = 2")
    await press(moderator, f"ku:{declined['id']}:-")
    await press(asem, "v:3:1:0")
    await press(organizer, "ar:2:remove", "ar:2:removal", "ar:1:correct")
    await organizer.send("Обед в 14:00")
    await rest()
    await organizer.press("az:1:")
    await rest()
    await draft(organizer, "Сбор у входа в 9:00")
    await press(organizer, "ad:5:confirm", "an:5:send")
    await press(organizer, f"sr:{chair.id}:moderator:opening:1")
    await rest()
    await press(organizer, "ar:1:correct")
    await organizer.send("Обед в 15:00")  # a correction that waits to be confirmed
    await rest()
    apply = (await organizer.last()).button("az:1:")
    assert apply is not None
    staged = str(apply["callback_data"]).split(":")[3]
    await forms(forum, organizer, asem, press, rest)
    rarely(forum, group, [one.id for one in (organizer, second, moderator, asem, berik, john, speaker)], staged)
    run(forum, "DROP TRIGGER later")
    run(forum, f"UPDATE deliveries SET due_at = due_at - {LATER} WHERE due_at > {LATER * 2}")


def revision(forum: Forum) -> int:
    return int(run(forum, "SELECT revision FROM draft_revision")[0]["revision"])


async def forms(
    forum: Forum,
    organizer: Person,
    author: Person,
    press: Press,
    rest: Callable[[], Awaitable[None]],
) -> None:
    """Go into every form, and give each to a person of its own."""
    run(forum, "CREATE TABLE kept (place INTEGER PRIMARY KEY, person, state, data)")
    run(forum, "INSERT INTO ratings VALUES ('opening', 7001, 5, '', ?)", forum.clock.seconds())

    async def keep(person: Person, state: str) -> None:
        await rest()
        [row] = run(forum, "SELECT * FROM conversations WHERE person = ? AND state IS NOT NULL", person.id)
        assert row["state"] == state, (state, dict(row))
        run(forum, "INSERT INTO kept (person, state, data) VALUES (?, ?, ?)", person.id, state, row["data"])

    newcomer = await forum.telegram.person("Жаңа", "ru")
    await go_through_forms(newcomer, organizer, author, press, keep)
    await organizer.send("/cancel")
    await rest()
    run(forum, "DELETE FROM conversations")
    for row in run(forum, "SELECT * FROM kept"):
        person = FIRST_OF_FORMS + row["place"] - 1
        [former] = run(forum, "SELECT * FROM participants WHERE id = ?", row["person"])
        values = dict(former) | {"id": person, "name": row["state"]}
        if row["state"].startswith("Registration"):
            values |= {"registered_at": None}
        else:
            run(forum, "INSERT INTO roles VALUES (?, 'organizer', '', 7001, ?)", person, forum.clock.seconds())
            run(forum, "INSERT INTO ratings VALUES ('opening', ?, 5, '', ?)", person, forum.clock.seconds())
        run(forum, f"INSERT INTO participants VALUES ({', '.join('?' * len(values))})", *values.values())
        run(
            forum,
            "INSERT INTO conversations VALUES (?, ?, ?, ?, ?)",
            *(f"{person}:{person}", person, row["state"], row["data"], forum.clock.seconds()),
        )
        if row["state"] == "QuestionForm:edit":
            run(forum, "UPDATE questions SET author = ? WHERE number = 7", person)
        # A draft is its author's: each has one of its own, where 3 stands in the data.
        if row["state"] == "AnnouncementForm:more":
            run(forum, "UPDATE announcements SET author = ? WHERE number = 6", person)
        elif row["state"].startswith("AnnouncementForm") and '"number": 3' in row["data"]:
            number = person - FIRST_OF_FORMS
            run(
                forum,
                "INSERT INTO announcements (number, author, message, text, state, audience, created_at)"
                " SELECT ?, ?, message, text, state, audience, created_at FROM announcements WHERE number = 3",
                *(number, person),
            )
            run(
                forum,
                "INSERT INTO announcement_parts SELECT ?, language, position, kind, text, file, place"
                " FROM announcement_parts WHERE announcement = 3",
                number,
            )
            data = row["data"].replace('"number": 3', f'"number": {number}')
            run(forum, "UPDATE conversations SET data = ? WHERE person = ?", data, person)
    run(forum, "DROP TABLE kept")


def rarely(forum: Forum, group: int, people: list[int], staged: str) -> None:
    """What is enqueued at other times of the day, or after a slip, as this version stores it."""
    organizer, second, moderator, asem, berik, john, speaker = people
    now = forum.clock.seconds()
    start = {one.code: int(one.start.timestamp()) for one in forum.programme.sessions}
    [card] = run(forum, "SELECT * FROM cards WHERE question = 1 AND chat = ?", moderator)[:1]
    in_group = run(forum, "SELECT * FROM cards WHERE chat = ?", group)
    message = in_group[0]["message"] if in_group else 1
    about = in_group[0]["question"] if in_group else 1
    run(
        forum,
        "INSERT INTO announcements (number, author, message, text, state, created_at, confirmed_at)"
        " VALUES (8, 7001, 99998, 'Ждёт решения', 'asked', ?, ?)",
        *(now, now),
    )
    run(forum, "INSERT INTO announcement_parts VALUES (8, '', 0, 'text', 'Ждёт решения', '', '')")
    run(
        forum,
        "INSERT INTO programme_watches (address, document, taken_at, checked_at, set_by, set_at)"
        " VALUES ('https://example.org/schedule.toml', '{}', ?, ?, 7001, ?)",
        *(now, now, now),
    )
    enqueued: list[tuple[str, str, int, int, int | None]] = [
        ("card", "7", second, 1, None),
        ("card-change", f"1:2:{card['message']}", moderator, 1, None),
        ("card-change", "1:x4f0a1b2c", moderator, 1, None),
        ("card-change", f"1:x4f0a1b2d:{card['message']}", moderator, 1, None),
        ("card-change", f"3:u{now}", moderator, 1, None),
        ("card-change", f"{about}:9", group, 1, None),
        ("card-unfolded", f"1:{card['message']}:4f0a1b2c", moderator, 1, None),
        ("reminder", f"opening@{start['opening']}", asem, 2, start["opening"]),
        ("reminder", f"opening@{start['opening'] + 60}", berik, 2, start["opening"]),
        ("rating", "opening", asem, 3, now + 7200),
        ("change", "1:4", john, 2, now + 7200),
        ("change-mark", "1:2", asem, 2, now + 7200),
        ("announcement-approval", f"4:{now}", second, 1, None),
        ("announcement-approval", f"8:{now}", second, 1, None),
        ("announcement-edit-approval", "1::9f3a01c2", second, 1, None),
        ("announcement-edit-approval", f"1::{staged}", second, 1, None),
        ("announcement-news", f"4:declined:{now}", organizer, 0, None),
        ("announcement-news", f"1:correction_approved:{now}", organizer, 0, None),
        ("desk-card", f"7:{message}:9f3a01c2", group, 1, None),
        ("desk-offer", f"ru@{now}", group, 0, None),
        ("desk-moved", str(now), group, 0, None),
        ("desk-news", f"removed@{now}@Модераторлар", second, 0, None),
        ("desk-news", f"opened@{now}@Модераторлар @ 2", second, 0, None),
        ("slot", f"talk-kurmanov@{start['talk-kurmanov']}", speaker, 2, start["talk-kurmanov"]),
        ("watch-news", f"changed@{now}@3", second, 0, None),
        ("watch-news", f"well@{now}@0", organizer, 0, None),
        ("role-ended", f"moderator@dialogue@{now}", john, 0, None),
        ("role-ended", f"organizer@@{now}", john, 0, None),
        ("no-such-kind", "1", john, 0, None),
    ]
    for kind, thing, recipient, lane, until in enqueued:
        run(
            forum,
            "INSERT INTO deliveries (kind, thing, recipient, lane, state, due_at, valid_until, created_at)"
            " VALUES (?, ?, ?, ?, 'waiting', ?, ?, ?) ON CONFLICT DO NOTHING",
            *(kind, thing, recipient, lane, now, until, now),
        )
    # An update that was taken in and not handled to its end.
    update = {
        "update_id": 5,
        "message": {
            "message_id": 90000,
            "date": now,
            "from": {"id": asem, "is_bot": False, "first_name": "Ася", "language_code": "ru"},
            "chat": {"id": asem, "type": "private", "first_name": "Ася"},
            "text": "дорога",
        },
    }
    run(forum, "INSERT INTO inbox VALUES (5, ?, ?)", json.dumps(update, ensure_ascii=False), now)


def dump(file: Path, now: int) -> None:
    """The rows as SQL that both engines read."""
    migrations = load(MIGRATIONS)
    names = [name for name in tables(migrations) if name not in SKIPPED]
    lines = [f"-- The forum at {now}, at migration {len(migrations)}; made by make_databases.py.\n"]
    with closing(sqlite3.connect(file)) as connection:
        connection.row_factory = sqlite3.Row
        for name in dict.fromkeys(names):
            for row in connection.execute(f"SELECT * FROM {name}"):
                columns = ", ".join(row.keys())
                lines.append(f"INSERT INTO {name} ({columns}) VALUES ({', '.join(map(literal, tuple(row)))});\n")
    SQL.write_text("".join(lines))


def literal(value: object) -> str:
    if value is None:
        return "NULL"
    return str(value) if isinstance(value, int) else "'" + str(value).replace("'", "''") + "'"


def seen_in(state: Any, forms: list[int]) -> Any:
    """The people, the group and what the bot has written to each, so that old messages are there to be pressed."""
    people = [{name: one[name] for name in ("id", "first_name", "language_code")} for one in state["people"]]
    people += [{"id": int(number), "first_name": f"Форма {number}", "language_code": "ru"} for number in forms]
    chats = [
        {name: one[name] for name in ("id", "type", "title", "is_forum", "members", "topics", "bot_rights")}
        for one in state["chats"]
        if one["type"] != "private"
    ]
    messages = {
        chat: [
            {name: value for name, value in one.items() if name not in ("chat", "entities", "from")}
            for one in found
            if one["from"]["is_bot"]
        ][-40:]
        for chat, found in state["messages"].items()
    }
    return {"people": people, "chats": chats, "messages": messages}


if __name__ == "__main__":
    asyncio.run(main())
