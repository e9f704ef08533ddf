"""Organizers send the programme as a file and take it away: what they see, and what waits in the draft."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from bot.programme.load import read_programme
from bot.programme.model import Programme, Text
from bot.programme.writers import FORMATS, write
from storage import drafts
from tests.conftest import Forum
from tests.programme.schedules import as_json, pretalx
from tests.scenarios.publishing.changing import open_session, tap
from tests.scenarios.steps import said, sessions
from tests.telegram import Message, Person


async def steps(forum: Forum) -> list[str]:
    return [one.what for one in await forum.db.read(drafts.steps)]


async def taken_away(forum: Forum, organizer: Person, kind: str) -> bytes:
    await files(organizer)
    await organizer.look_away()
    assert (await organizer.press(f"pf:{kind}")).answered
    sent = (await organizer.sees("")).document
    assert sent is not None
    return await forum.telegram.file(sent["file_id"])


async def files(organizer: Person) -> Message:
    await organizer.send("/programme")
    await organizer.press("go:files")
    return await organizer.sees("📄")


def renamed(programme: Programme, code: str, title: str) -> Programme:
    return replace(
        programme,
        sessions=tuple(
            replace(one, title=Text(title)) if one.code == code else one for one in programme.sessions if one.code
        ),
    )


@pytest.mark.parametrize("kind", FORMATS)
async def test_a_file_is_taken_away_changed_and_sent_back(forum: Forum, kind: str) -> None:
    organizer = await forum.organizer()
    data = await taken_away(forum, organizer, kind)
    programme = read_programme(data, f"p.{kind}")
    assert programme == forum.application.current.programme
    # The same file changes nothing.
    await organizer.send_document(data, f"program.{kind}")
    await organizer.sees(said("files.nothing", file=f"program.{kind}"))
    assert await steps(forum) == []
    first, second = sessions(forum)[:2]
    changed = renamed(programme, first.code, "Другое <название>")
    changed = replace(changed, sessions=tuple(one for one in changed.sessions if one.code != second.code))
    await organizer.send_document(write(changed, kind, "ru"), f"program.{kind}")
    await organizer.sees(said("files.taken", file=f"program.{kind}"), "Изменённых сессий: 1", "Будет убрано сессий: 1")
    assert await steps(forum) == ["import"]
    # Nobody sees it before it is published.
    assert forum.application.current.programme == programme
    assert (await organizer.press("pey:")).answered
    assert await steps(forum) == []


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
async def test_faults_are_said_in_the_organizers_language_with_sheet_and_cell(forum: Forum, language: str) -> None:
    organizer = await forum.organizer(language)
    programme = forum.application.current.programme
    broken = tuple(replace(one, room="nowhere") for one in programme.sessions)
    data = write(replace(programme, sessions=broken), "xlsx", language)
    await organizer.send_document(data, "program.xlsx")
    sheet = {"kk": "Сессиялар", "ru": "Сессии", "en": "Sessions"}[language]
    await organizer.sees(f"{sheet}!", said("fault.unknown_room", language, code="nowhere"))
    whole = (await organizer.sees("")).document
    assert whole is not None
    lines = (await forum.telegram.file(whole["file_id"])).decode("utf-8-sig").splitlines()
    assert len(lines) == len(broken)
    assert await steps(forum) == []


async def test_a_schedule_of_another_program_leaves_what_it_cannot_say(forum: Forum) -> None:
    organizer = await forum.organizer()
    await organizer.send_document(as_json(pretalx(days=1, rooms=2, a_day=3)), "schedule.json")
    await organizer.sees(said("files.taken", file="schedule.json"), "Новых сессий: 6")
    (step,) = await forum.db.read(drafts.steps)
    assert not {"delegations", "pages"} & {change[0] for change in step.changes}


async def test_the_template_opens_in_the_language_and_its_hints(forum: Forum) -> None:
    organizer = await forum.organizer("kk")
    await organizer.send_document(await taken_away(forum, organizer, "template"), "template.xlsx")
    await organizer.sees("Форум!A2: ", "Форум!N2: ")  # it is empty: what is missing is named, with its cell


async def test_the_calendar_is_of_what_is_published(forum: Forum) -> None:
    organizer = await forum.organizer()
    data = await taken_away(forum, organizer, "ics")
    assert data.count(b"BEGIN:VEVENT") == len(forum.application.current.programme.sessions)


async def test_a_delegates_file_is_no_programme(forum: Forum) -> None:
    delegate = await forum.delegate(language="ru")
    await delegate.send_document(write(forum.application.current.programme, "toml", "ru"), "program.toml")
    await delegate.sees(said("fallback.unknown_kind"))
    assert await steps(forum) == []


async def test_a_form_that_waits_for_a_file_has_it_first(forum: Forum) -> None:
    organizer = await forum.organizer()
    await organizer.send("/announce")
    await organizer.sees("📣")
    await organizer.send_document(write(forum.application.current.programme, "toml", "ru"), "plan.toml")
    await organizer.sees("📣", "№")
    assert await steps(forum) == []


async def test_files_of_two_organizers_at_once_are_both_taken(forum: Forum) -> None:
    """The draft moves on while a file is compared with it: who sent the file is not asked to send it again."""
    one = await forum.organizer()
    other = await forum.delegate("Алия", "ru")
    await other.start(await forum.invitation(one, "si:organizer:"))
    await other.sees("🗝")
    programme = forum.application.current.programme
    people = [one, other, one, other]
    files = [as_json(pretalx(days=1, rooms=number, a_day=3)) for number in range(1, 5)]
    names = [f"schedule{number}.json" for number in range(1, 5)]
    await asyncio.gather(*(who.send_document(data, name) for who, data, name in zip(people, files, names, strict=True)))
    for who, name in zip(people, names, strict=True):
        await who.sees(said("files.taken", file=name))
    assert await steps(forum) == ["import"] * 4
    assert forum.application.current.programme == programme


async def test_an_old_file_says_what_it_undoes_of_what_others_changed_meanwhile(forum: Forum) -> None:
    one = await forum.organizer()
    other = await forum.delegate("Алия", "ru")
    await other.start(await forum.invitation(one, "si:organizer:"))
    await other.sees("🗝")
    first, second, third = sessions(forum)[:3]
    data = await taken_away(forum, one, "toml")
    for code in (first.code, second.code):
        await tap(other, f"pec:{code}:1:", await open_session(other, code))
    corrected = write(renamed(read_programme(data, "p.toml"), third.code, "Верно"), "toml", "ru")
    await one.send_document(corrected, "old.toml")
    taken = await one.sees(said("files.taken", file="old.toml"))
    assert said("files.changed", count=3) in taken.text
    assert said("files.replaced", count=2) in taken.text
    # People who send a file once more know what they changed themselves.
    await one.send_document(write(renamed(read_programme(data, "p.toml"), third.code, "Ещё"), "toml", "ru"), "new.toml")
    taken = await one.sees(said("files.taken", file="new.toml"))
    assert said("files.changed", count=1) in taken.text
    assert said("files.replaced", count=1) not in taken.text
