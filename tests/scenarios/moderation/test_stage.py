"""The chair on stage: one message, one thumb, and the hall's questions one by one."""

from __future__ import annotations

import asyncio
import datetime as dt

import pytest

from bot.delivery.stage import EVERY, SETTLE
from storage import questions, session_desks
from tests.conftest import Forum, Running
from tests.scenarios.second_reader import missing, tables
from tests.scenarios.steps import ask, moderator_of, said, sessions, until, vote
from tests.telegram import Message, Person

TEXTS = (
    "Где взять средства на экологию?",
    "Когда отремонтируют мост через Арысь?",
    "Кто отвечает за школьные автобусы?",
)


async def approved(forum: Forum, organizer: Person, texts: tuple[str, ...] = TEXTS) -> tuple[str, Person]:
    """Questions №1, №2, … of one delegate to the first session, all approved; №2 has a vote."""
    code = sessions(forum)[0].code
    delegate = await forum.delegate("Айгерім", "ru")
    for number, text in enumerate(texts, 1):
        await ask(delegate, code, text)
        await organizer.press(f"kd:{number}:approve")
        await delegate.sees(f"№{number}", said("questions.state_approved"))
    if len(texts) > 1:
        voter = await forum.delegate("Ерлан")
        await vote(voter, code, 2)
    return code, delegate


async def open_stage(chair: Person, code: str) -> Message:
    await chair.send("/moderate")
    await chair.press(f"ks:{code}")
    await chair.press("to:")
    return await chair.sees("🎤")


async def stage_of(chair: Person) -> Message:
    """The chair's stage as it stands now."""
    return next(m for m in reversed(await chair.messages()) if m.button("tl:"))


async def edits(forum: Forum, person: Person) -> int:
    """How often a message in the person's chat was edited."""
    calls = await forum.telegram.calls()
    return sum((call["method"], call["chat_id"]) == ("editMessageText", str(person.id)) for call in calls)


def desk_row(forum: Forum) -> dict[str, object]:
    (row,) = tables(forum.folder)["session_desks"]
    return row


def staff_actions(forum: Forum) -> list[tuple[str, int]]:
    return [(row["deed"], row["question"]) for row in tables(forum.folder)["audit"]]


async def test_one_after_the_other_by_votes(forum: Forum) -> None:
    organizer = await forum.organizer()
    code, delegate = await approved(forum, organizer)
    first = await open_stage(organizer, code)
    assert TEXTS[1] in first.text
    assert "Айгерім" in first.text
    assert "Город Шымкент" in first.text
    assert said("stage.next") in first.text
    assert said("stage.behind", n=2) in first.text
    assert said("stage.move_put", number=2) in first.buttons

    assert (await organizer.press("tm:2")).text == said("stage.done_put", number=2)
    on = await organizer.sees(said("stage.on", since="09:15"), TEXTS[1])
    assert on.id == first.id
    assert desk_row(forum)["on_stage"] == 2
    await organizer.press(said("stage.move_asked"))
    second = await organizer.sees(said("stage.on", since="09:15"), TEXTS[0])
    assert second.id == first.id
    assert desk_row(forum)["on_stage"] == 1  # the next one came by itself
    await delegate.sees("№2", said("questions.state_asked"))
    await organizer.press(said("stage.move_asked"))
    await organizer.sees(TEXTS[2], said("stage.last"))
    await organizer.press(said("stage.move_asked"))
    empty = await organizer.sees(said("stage.nothing"))
    assert desk_row(forum)["on_stage"] is None
    assert empty.button("tl:")


async def test_later_goes_behind_and_skipped_leaves_but_is_not_lost(forum: Forum) -> None:
    organizer = await forum.organizer()
    code, delegate = await approved(forum, organizer)
    await open_stage(organizer, code)
    await organizer.press("tm:2")
    await delegate.look_away()
    await organizer.press(said("stage.move_later"))
    await organizer.sees(said("stage.on", since="09:15"), TEXTS[0])
    skipped = await organizer.press(said("stage.move_skip"))
    assert skipped.text == said("stage.done_skip", number=1)
    await organizer.sees(said("stage.on", since="09:15"), TEXTS[2], "№2")
    await organizer.press(said("stage.skipped", count=1))
    await organizer.sees(said("stage.skipped_hint"), TEXTS[0])
    await organizer.press(said("stage.move_back", number=1))
    await organizer.sees(TEXTS[2], said("stage.behind", n=2), "№1")
    await organizer.press(said("stage.choose"))
    listed = await organizer.sees(said("stage.choose_hint"))
    assert listed.text.index("№1") < listed.text.index("№3") < listed.text.index("№2")
    assert said("stage.put_off") in listed.text
    await organizer.press("🎤 №2")
    await organizer.sees(said("stage.on", since="09:15"), TEXTS[1])
    await delegate.quiet()  # the chair sorted a pile; nothing was decided about this person's questions
    await delegate.send("/questions")
    mine = await delegate.sees("№1")
    assert mine.text.count(said("questions.state_approved")) == 3
    assert staff_actions(forum)[-5:] == [
        ("stage_on", 2),
        ("later", 2),
        ("skip", 1),
        ("brought_back", 1),
        ("stage_on", 2),
    ]


async def test_a_slip_of_the_thumb_is_undone(forum: Forum) -> None:
    organizer = await forum.organizer()
    code, _ = await approved(forum, organizer)
    await open_stage(organizer, code)
    await organizer.press("tm:2")
    for key, number in (("stage.move_skip", 2), ("stage.move_later", 2), ("stage.move_asked", 2)):
        await organizer.press(said(key))
        await organizer.sees(TEXTS[0])
        assert (await organizer.press("tu:")).text == said("stage.done_undo", number=number)
        await organizer.sees(said("stage.on", since="09:15"), TEXTS[1])
        (row,) = (row for row in tables(forum.folder)["questions"] if row["number"] == 2)
        assert (row["state"], row["skipped"], row["postponed_at"]) == ("approved", 0, None)
        assert desk_row(forum)["on_stage"] == 2
    assert (await stage_of(organizer)).button("tu:") is None


async def test_two_chairs_at_once_decide_once(forum: Forum) -> None:
    organizer = await forum.organizer()
    other = await forum.moderator(organizer, "Марат")
    code = sessions(forum)[0].code
    delegate = await forum.delegate("Айгерім", "ru")
    for number, text in enumerate(TEXTS, 1):
        await ask(delegate, code, text)
        await other.press(f"kd:{number}:approve")
        await delegate.sees(f"№{number}", said("questions.state_approved"))
    mine, theirs = await open_stage(organizer, code), await open_stage(other, code)
    await organizer.press("tm:1")
    await other.sees(said("stage.on", since="09:15"), TEXTS[0])
    data = (await stage_of(organizer)).button(said("stage.move_asked"))
    assert data is not None
    answers = await asyncio.gather(
        *(
            person.press_data(data["callback_data"], message.id)
            for person, message in ((organizer, mine), (other, theirs))
        )
    )
    assert sorted(answer.alert for answer in answers) == [False, True]
    late = next(answer for answer in answers if answer.alert)
    assert said("questions.state_asked") in late.text
    assert staff_actions(forum).count(("asked", 1)) == 1
    assert desk_row(forum)["on_stage"] == 2
    for person in (organizer, other):
        assert TEXTS[1] in (await person.sees(said("stage.on", since="09:15"), TEXTS[1])).text


async def test_the_message_follows_votes_minutes_and_the_desk(forum: Forum) -> None:
    organizer = await forum.organizer()
    code, _ = await approved(forum, organizer)
    session = forum.programme.session(code)
    assert session is not None
    stage = await open_stage(organizer, code)
    await organizer.press("tm:2")
    await organizer.sees(said("stage.on", since="09:15"))
    await vote(await forum.delegate("Дана"), code, 2)
    followed = await organizer.sees("№2 · 👍 2")
    assert followed.id == stage.id
    assert (await organizer.last()).id == stage.id  # edited, nothing rang

    await forum.at(session.start + dt.timedelta(minutes=10, seconds=20))
    await organizer.sees(said("stage.left", n=20))
    await forum.at(session.end + dt.timedelta(minutes=3))
    await organizer.sees(said("stage.over", end=f"{session.end:%H:%M}"))
    await organizer.look_away()
    before = await edits(forum, organizer)
    await forum.at(session.end + dt.timedelta(minutes=9))  # the time is up: there is nothing to renew
    await vote(await forum.delegate("Әсет"), code, 2)
    await organizer.sees("№2 · 👍 3")
    assert await edits(forum, organizer) == before + 1

    await organizer.press("tl:")
    await organizer.sees(said("questions.state_approved"))
    await vote(await forum.delegate("Ася"), code, 2)
    await organizer.quiet()  # the desk took its place: no stage is followed any more
    assert tables(forum.folder)["stages"] == []


async def test_after_a_failed_reading_it_shows_what_came_though_nothing_more_happens(
    forum: Forum, caplog: pytest.LogCaptureFixture
) -> None:
    organizer = await forum.organizer()
    code, _ = await approved(forum, organizer)
    await open_stage(organizer, code)
    await organizer.look_away()
    with missing(forum.folder, "stages"):
        await vote(await forum.delegate("Дана"), code, 2)
        await until(lambda: any("the stages" in record.message for record in caplog.records))
    await organizer.sees("№2 · 👍 2", timeout=10)


async def test_what_the_stage_does_not_show_edits_nothing(forum: Forum) -> None:
    """A chat takes twenty edits a minute at best: they are for what the chair can see."""
    organizer = await forum.organizer()
    code, _ = await approved(forum, organizer)
    delegate = await forum.delegate("Дана")
    await open_stage(organizer, code)
    await organizer.press("tm:2")
    await forum.telegram.idle(settle=EVERY + SETTLE)  # what the press set going has come to its end, however late
    before = await edits(forum, organizer)
    other = sessions(forum)[1].code
    assert await ask(delegate, other, "Вопрос другой сессии?") == 4
    await forum.db.write(session_desks.put_on_stage, other, 4, 1)
    await forum.db.write(session_desks.set_note, other, "Записка другой сессии", organizer.id, 1)
    await forum.db.write(questions.decide, 4, expected="pending", state="declined", moderator=organizer.id, now=1)
    await forum.telegram.idle(settle=2 * SETTLE)  # the stages were looked at meanwhile
    assert await edits(forum, organizer) == before
    await vote(delegate, code, 2)
    await organizer.sees("№2 · 👍 2")
    assert await edits(forum, organizer) == before + 1


async def test_a_note_of_the_desk_comes_without_a_sound(forum: Forum) -> None:
    organizer = await forum.organizer()
    code, _ = await approved(forum, organizer)
    chair = await moderator_of(forum, organizer, code, "Марат", "kk")
    stage = await open_stage(chair, code)
    await organizer.send("/moderate")
    await organizer.press(f"ks:{code}")
    await organizer.press("tn:")
    await organizer.sees("📌", "200")
    await organizer.sticker()
    await organizer.sees(said("moderation.text_only"))
    await organizer.send("я" * 201)
    await organizer.sees("201")
    await organizer.send("Осталось 5 минут, <b>сворачивайте</b>")
    await organizer.sees("📌", "сворачивайте")
    noted = await chair.sees("📌 Осталось 5 минут, <b>сворачивайте</b>", "09:15 · Динара")
    assert noted.id == stage.id
    assert (await chair.last()).id == stage.id

    old = noted.button("tx:")
    assert old is not None
    await forum.at(sessions(forum)[0].start)
    await organizer.press("tn:")
    await organizer.sees("сворачивайте", "200")
    await organizer.send("Министр ушёл")
    await chair.sees("📌 Министр ушёл")
    late = await chair.press_data(old["callback_data"], stage.id)
    assert late.text == said("stage.note_other", "kk")  # what was not read is not taken away
    assert "Министр ушёл" in (await stage_of(chair)).text
    await chair.press("tx:")
    await chair.press(said("stage.back", "kk"))
    assert "Министр ушёл" in (await stage_of(chair)).text
    await chair.press("tx:")
    await chair.press("tc:")
    assert "📌" not in (await stage_of(chair)).text
    assert desk_row(forum)["note"] == ""


async def test_answered_in_writing_from_the_stage(forum: Forum) -> None:
    organizer = await forum.organizer()
    code, delegate = await approved(forum, organizer)
    stage = await open_stage(organizer, code)
    await organizer.press("tm:2")
    await organizer.press(said("stage.answer"))
    await organizer.sees("№2", TEXTS[1])
    await organizer.send("!")
    await organizer.sees(said("moderation.say_something"))
    await organizer.send("Мост откроют в мае.")
    await organizer.sees(said("moderation.done_answer", number=2))
    fresh = await organizer.sees(said("stage.on", since="09:15"), TEXTS[0])
    assert fresh.id > stage.id  # under the thumb again, and the only one
    await organizer.gone(stage)
    await delegate.sees("№2", "Мост откроют в мае.")


async def test_what_the_desk_decides_meanwhile_is_seen_on_stage(forum: Forum) -> None:
    organizer = await forum.organizer()
    code, _ = await approved(forum, organizer)
    stage = await open_stage(organizer, code)
    on = await organizer.press("tm:2")
    assert on.text
    other = await forum.moderator(organizer, "Марат")
    await other.send("/moderate")
    await other.press(f"ks:{code}")
    await other.press("kn:")
    await other.sees("№2")
    await other.press("kd:2:asked")
    # It is being spoken of in the hall still.
    spoken = await organizer.sees(said("stage.on", since="09:15"), "№2", said("questions.state_asked"))
    assert spoken.id == stage.id
    await organizer.press(said("stage.move_next"))
    await organizer.sees(said("stage.on", since="09:15"), TEXTS[0])


async def test_the_stage_is_for_those_who_moderate_the_session(forum: Forum) -> None:
    organizer = await forum.organizer()
    code, delegate = await approved(forum, organizer)
    moderator = await moderator_of(forum, organizer, sessions(forum)[1].code, "Марат")
    stage = await open_stage(organizer, code)
    for person in (delegate, moderator):
        await person.look_away()
        for data in (f"to:{code}", f"tp:{code}:0", f"tk:{code}:0", f"tn:{code}", "tm:2:2:put", "ta:2:2", "tu:1"):
            assert (await person.press_data(data, stage.id)).alert, data
        await person.quiet()
    assert (await organizer.press_data("tm:2:2:burn", stage.id)).text == said("refusal.stale")
    assert tables(forum.folder)["session_desks"] == []


async def test_an_anonymous_author_is_nobody_on_stage(forum: Forum) -> None:
    organizer = await forum.organizer()
    code = sessions(forum)[0].code
    hidden = await forum.delegate("Айгерім", "ru")
    await hidden.start(f"q_{code}")
    await hidden.press("qa:")
    await hidden.sees(said("questions.form_anonymous"))
    await hidden.send("Вопрос без имени")
    await organizer.press("kd:1:approve")
    stage = await open_stage(organizer, code)
    assert f"👤 {said('questions.anonymous')}" in stage.text.splitlines()
    assert "Айгерім" not in stage.text
    assert "Шымкент" not in stage.text


async def test_the_stage_outlives_a_restart_and_forgetting(running: Running) -> None:
    async with running.open() as forum:
        organizer = await forum.organizer()
        code, delegate = await approved(forum, organizer)
        stage = await open_stage(organizer, code)
        await organizer.press("tm:2")
        await running.stop()
        forum.application = await running.start()
        await vote(delegate, code, 2)
        followed = await organizer.sees("№2 · 👍 2")
        assert followed.id == stage.id
        await organizer.send("/forget")
        await organizer.press("fg:1")
        await until(lambda: tables(forum.folder)["stages"] == [])


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
async def test_without_a_question_it_says_so(forum: Forum, language: str) -> None:
    organizer = await forum.organizer(language)
    code = sessions(forum)[0].code
    stage = await open_stage(organizer, code)
    assert said("stage.nothing", language) in stage.text
    delegate = await forum.delegate("Айгерім", "ru")
    await ask(delegate, code, TEXTS[0])
    await organizer.press("kd:1:approve")
    coming = await organizer.sees(said("stage.next", language), TEXTS[0])
    assert coming.id == stage.id
    assert tables(forum.folder)["session_desks"] == []  # the hall sees nothing until the chair says so


async def test_a_double_tap_takes_one_step(forum: Forum) -> None:
    organizer = await forum.organizer()
    code, _ = await approved(forum, organizer)
    stage = await open_stage(organizer, code)
    await organizer.press("tm:2")
    put = (await stage_of(organizer)).button(said("stage.move_asked"))
    assert put is not None
    for _tap in range(2):
        assert not (await organizer.press_data(put["callback_data"], stage.id)).alert
    assert desk_row(forum)["on_stage"] == 1
    since = desk_row(forum)["on_stage_at"]
    await forum.at(sessions(forum)[0].start)
    await organizer.press_data("tm:1:2:put", stage.id)
    assert desk_row(forum)["on_stage_at"] == since  # it has stood there since then


async def test_what_is_not_on_stage_puts_nothing_there(forum: Forum) -> None:
    organizer = await forum.organizer()
    code, _ = await approved(forum, organizer)
    await open_stage(organizer, code)
    await organizer.press(said("stage.move_later"))
    await organizer.sees(said("stage.next"), TEXTS[0])
    await organizer.press(said("stage.move_skip"))
    await organizer.sees(said("stage.next"), TEXTS[2])
    assert tables(forum.folder)["session_desks"] == []


async def test_what_the_chair_has_not_read_is_not_decided(forum: Forum) -> None:
    organizer = await forum.organizer()
    code, _ = await approved(forum, organizer)
    stage = await open_stage(organizer, code)
    for data in ("tm:2:1:put", "tm:2:1:asked", "tm:2:1:later", "tm:2:1:skip", "ta:2:1"):
        answer = await organizer.press_data(data, stage.id)
        assert (answer.alert, answer.text) == (True, said("stage.moved_on")), data
    assert staff_actions(forum)[-1] == ("approve", 3)


async def test_a_second_tap_on_undo_puts_nothing_in_the_place_of_what_came_since(forum: Forum) -> None:
    organizer = await forum.organizer()
    code, _ = await approved(forum, organizer)
    chair = await open_stage(organizer, code)
    await organizer.press_data("tm:1:2:put", chair.id)
    await organizer.press_data("tm:1:2:later", chair.id)
    [later] = [row["id"] for row in tables(forum.folder)["audit"] if row["deed"] == "later"]
    await organizer.press_data(f"tu:{later}", chair.id)
    assert desk_row(forum)["on_stage"] == 1
    await organizer.press_data("tm:3:2:put", chair.id)
    await organizer.press_data(f"tu:{later}", chair.id)
    assert desk_row(forum)["on_stage"] == 3
