"""A session leaves the programme: what was asked there stays on its moderators' desk, named as it was."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from bot.programme.model import Programme, Session
from bot.programme.writers import write
from storage import programmes
from storage.questions import ANSWERED, ASKED, DECLINED, PENDING
from tests.conftest import Forum, Running
from tests.scenarios.moderation.groups import group_of
from tests.scenarios.publishing.changing import publish
from tests.scenarios.second_reader import tables
from tests.scenarios.steps import (
    TRANSLATORS,
    ask,
    first_question,
    moderator_of,
    nothing_due,
    now_in,
    said,
    sessions,
    star,
    write_version,
)
from tests.screen import read
from tests.telegram import Person

LANGUAGES = ("kk", "ru", "en")


def without(programme: Programme, *codes: str) -> Programme:
    return replace(programme, sessions=tuple(one for one in programme.sessions if one.code not in codes))


async def remove(forum: Forum, organizer: Person, *codes: str) -> None:
    """Send the programme without these sessions as a file, and publish it."""
    kept = without(forum.application.current.programme, *codes)
    await organizer.send_document(write(kept, "xlsx", "ru"), "program.xlsx")
    await organizer.sees("program.xlsx")
    await publish(organizer)


def leaving(forum: Forum) -> Session:
    return sessions(forum)[3]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_waiting_question_stays_on_the_desk(forum: Forum, language: str) -> None:
    gone = leaving(forum)
    title = gone.title.say(language)
    organizer, author = await forum.organizer("ru"), await forum.delegate("Айгерім", language)
    moderator = await moderator_of(forum, organizer, gone.code, "Марат", language)
    number = await ask(author, gone.code, "Кто заплатит за дорогу?")
    await remove(forum, organizer, gone.code)
    await moderator.look_away()
    await moderator.send("/moderate")
    desk = await moderator.sees("🛎", said("moderation.waiting", language, n=1))
    assert desk.button("🚫")
    await moderator.press(f"ks:{gone.code}", desk)
    opened = await now_in(moderator, desk)
    assert title in opened.text
    assert said("moderation.gone", language) in opened.text
    assert read(TRANSLATORS[language].date(gone.start)) in opened.text
    # Its lists, their order, labels, stage and papers open.
    for row in opened.rows:
        for one in row:
            if one["callback_data"].startswith(("kn:", "go:", "gx:")):
                continue
            answer = await moderator.press_data(one["callback_data"], desk.id)
            assert said("agenda.no_such_session", language) not in answer.text, one
            await moderator.press_data(f"ks:{gone.code}", desk.id)
    await moderator.press_data(f"kn:{gone.code}:w:0", desk.id)
    card = await now_in(moderator, desk)
    assert f"№{number}" in card.text
    assert said("names.gone", language) in card.text
    # The author reads what is true, and then the answer.
    await author.send("/questions")
    mine = await author.sees(said("questions.state_gone", language), said("names.gone", language))
    assert said("questions.state_pending", language) not in mine.text
    await moderator.press_data(f"kd:{number}:answer:w", desk.id)
    await forum.telegram.idle()
    await moderator.send("Заплатит министерство.")
    await author.sees("Заплатит министерство.")
    assert first_question(forum)["state"] == ANSWERED


async def test_a_question_on_stage_when_its_session_goes(forum: Forum) -> None:
    gone = leaving(forum)
    organizer, author = await forum.organizer(), await forum.delegate("Сергей", "ru")
    chair = await moderator_of(forum, organizer, gone.code, "Марат", "ru")
    number = await ask(author, gone.code, "Кто заплатит за дорогу?")
    await chair.press(f"kd:{number}:approve")
    await chair.send("/moderate")
    desk = await chair.sees("🛎")
    await chair.press(f"ks:{gone.code}", desk)
    await chair.press(f"to:{gone.code}", desk)
    await chair.press(f"tm:{number}:", desk)
    hall = forum.application.hall
    shown = await hall._read(gone.code)
    assert shown is not None
    assert "Кто заплатит" in shown.text
    await remove(forum, organizer, gone.code)
    # Its own screen is closed, its hall's shows what is there now.
    assert await hall._read(gone.code) is None
    assert gone.room is not None
    room = await hall._read(gone.room)
    assert room is not None
    assert "Кто заплатит" not in room.text
    stage = await chair.sees("🎤", said("stage.gone"), said("names.gone"), f"№{number}")
    asked = next(one for row in stage.rows for one in row if one["callback_data"].endswith(":asked"))
    await chair.press(asked["callback_data"], stage)
    assert first_question(forum)["state"] == ASKED
    await author.sees(f"№{number}", said("questions.state_asked"))


async def test_every_place_names_a_gone_session(forum: Forum) -> None:
    gone = leaving(forum)
    title = gone.title.say("ru")
    organizer, author = await forum.organizer(), await forum.delegate("Сергей", "ru")
    moderator = await moderator_of(forum, organizer, gone.code, "Марат", "ru")
    number = await ask(author, gone.code, "Кто заплатит за дорогу?")
    await star(author, gone)
    await moderator.press(f"kd:{number}:approve")
    await moderator.press_data(f"v:{number}:1:0", 1)
    await organizer.send("/staff")
    listed = await organizer.sees("🗝")
    await organizer.press_data(f"si:moderator:{gone.code}", listed.id)
    await remove(forum, organizer, gone.code)
    await organizer.look_away()
    await organizer.send("/staff")
    staff = await organizer.sees("🗝")
    assert staff.text.count(said("names.gone")) == 2  # the role and the invitation
    await organizer.send("/audit")
    journal = await organizer.sees("🗒")
    await organizer.press(f"{said('audit.by_session')}", journal)
    assert (await now_in(organizer, journal)).button("🚫")
    await organizer.send("/export")
    # My agenda says it, and takes the star off.
    await author.look_away()
    await author.send("/my")
    mine = await author.sees(said("agenda.gone"), title[:24])
    await author.press("🗑", mine)
    await author.toast()
    assert tables(forum.folder)["bookmarks"] == []
    assert said("agenda.gone") not in (await now_in(author, mine)).text


async def test_the_topic_of_a_gone_session_keeps_its_name(forum: Forum) -> None:
    gone = leaving(forum)
    organizer, author = await forum.organizer(), await forum.delegate("Сергей", "ru")
    moderator = await forum.moderator(organizer)
    chat = await group_of(forum, organizer, moderator)
    await ask(author, gone.code, "Кто заплатит за дорогу?")
    await nothing_due(forum)
    await remove(forum, organizer, gone.code)
    forum.application.desk_keeper.wake()
    await forum.telegram.idle()
    names = [name for name in await forum.telegram.topics(chat) if name.startswith("🚫")]
    assert len(names) == 1
    assert gone.title.say("kk")[:10] in names[0] or gone.title.say("ru")[:10] in names[0]


async def test_what_was_typed_for_a_session_that_goes_is_given_back(forum: Forum) -> None:
    gone = leaving(forum)
    organizer, author = await forum.organizer(), await forum.delegate("Сергей", "ru")
    await author.start(f"q_{gone.code}")
    await author.sees("✋")
    await remove(forum, organizer, gone.code)
    await author.look_away()
    await author.send("Кто заплатит за дорогу?")
    back = await author.sees("Кто заплатит за дорогу?", said("names.gone"))
    assert back.button("go:ask")
    assert tables(forum.folder)["questions"] == []


async def test_an_old_database_learns_what_its_gone_sessions_were(running: Running) -> None:
    async with running.open() as forum:
        gone = leaving(forum)
        organizer, author = await forum.organizer(), await forum.delegate("Сергей", "ru")
        await ask(author, gone.code, "Кто заплатит за дорогу?")
        await write_version(forum, without(forum.programme, gone.code))
        await write_version(forum, without(forum.programme, gone.code, sessions(forum)[5].code))
        await forum.telegram.idle()
        await forum.db.write(lambda tx: tx.run("DELETE FROM gone_sessions"))  # nobody wrote it down then
    await running.stop()
    async with running.open() as forum:
        organizer = forum.telegram.known("Динара")
        known = forum.application.current.programme.known(gone.code)
        assert known == gone
        await organizer.look_away()
        await organizer.send("/moderate")
        desk = await organizer.sees("🛎")
        assert desk.button("🚫")
        [kept] = [row for row in tables(forum.folder)["gone_sessions"] if row["code"] == gone.code]
        assert json.loads(kept["document"]) == gone.to_document()


async def test_a_session_that_nobody_knows_breaks_nothing(forum: Forum) -> None:
    """Votes of a broken import, or a row of another program."""
    organizer = await forum.organizer()

    await forum.db.write(
        lambda tx: tx.run(
            programmes.PUBLISH,
            document=json.dumps(without(forum.programme, "film").to_document()),
            source="x",
            published_by=None,
            now=1,
            restores=None,
            steps=0,
            quiet=0,
        )
    )
    author = await forum.delegate("Сергей", "ru")
    await ask(author, sessions(forum)[1].code, "Кто заплатит за дорогу?")
    await forum.db.write(lambda tx: tx.run("UPDATE questions SET session = 'nowhere'"))
    await forum.application.versions.refresh()
    await organizer.send("/moderate")
    await organizer.sees("🛎")
    await author.send("/questions")
    await author.sees(said("questions.session_gone"), said("questions.state_gone"))


@pytest.mark.parametrize("decision", ["decline", "approve"])
async def test_a_gone_question_is_decided_as_any(forum: Forum, decision: str) -> None:
    gone = leaving(forum)
    organizer, author = await forum.organizer(), await forum.delegate("Сергей", "ru")
    number = await ask(author, gone.code, "Кто заплатит за дорогу?")
    await remove(forum, organizer, gone.code)
    await organizer.send("/moderate")
    desk = await organizer.sees("🛎")
    await organizer.press_data(f"kn:{gone.code}:w:0", desk.id)
    await organizer.press_data(f"kd:{number}:{decision}:w", desk.id)
    if decision == "decline":
        await organizer.press_data(f"kr:{number}:none:w", desk.id)
        assert first_question(forum)["state"] == DECLINED
        await author.sees(f"№{number}", said("questions.state_declined"))
    else:
        assert first_question(forum)["state"] != PENDING
        await author.sees(f"№{number}", said("questions.state_gone"))
