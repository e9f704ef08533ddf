"""What was announced is corrected where it stands, or deleted for everybody; pause, resume and stop."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator

import pytest

from tests.conftest import Forum, Running
from tests.scenarios.announcements.announcing import (
    announced,
    bot_messages,
    second_organizer,
    together,
)
from tests.scenarios.second_reader import tables
from tests.scenarios.steps import announce, enrol_all, outbox, said, until
from tests.telegram import Person

pytestmark = pytest.mark.usefixtures("quick_reports")


async def texts(person: Person) -> list[str]:
    return [message.text for message in await bot_messages(person)]


def staff_actions(forum: Forum) -> list[str]:
    return [row["deed"] for row in tables(forum.folder)["audit"] if "announcement" in row["detail"]]


async def correct(organizer: Person, text: str) -> None:
    await organizer.press("ar:1:correct")
    await organizer.sees(said("announcements.form_correction", number=1))
    await organizer.send(text)
    await organizer.press("az:1:")


async def test_a_correction_changes_what_everybody_has_where_it_stands(forum: Forum) -> None:
    organizer, delegate = await forum.organizer(), await forum.delegate()
    await announced(forum, organizer, "Обед в зале <A>", 2)
    before = await texts(delegate)
    await correct(organizer, "Обед в зале Б")
    edited = await delegate.sees("Обед в зале Б")
    assert edited.edited
    await organizer.sees(said("announcements.corrected", done=2, total=2, failed=0))
    after = await texts(delegate)
    assert len(after) == len(before)
    assert "Обед в зале <A>" not in after
    assert staff_actions(forum) == ["announced", "corrected"]
    # The organizer got it too, and has it corrected once besides the preview and what was typed.
    assert (await texts(organizer)).count("Обед в зале Б") == 1


async def test_a_correction_while_it_runs_reaches_each_once_in_its_new_form(forum: Forum) -> None:
    organizer = await forum.organizer()
    people = [await forum.delegate(f"Делегат {number}", "ru") for number in range(6)]
    await announce(organizer, "Старое")
    async with forum.telegram.held(method="sendMessage", text="Старое", next=3) as hold:
        await organizer.press("an:")
        await organizer.sees("/7")
        await hold.reached(3)
        await organizer.press("ar:1:pause")
        await organizer.sees(said("announcements.paused", number=1))
        await correct(organizer, "Новое")
        await organizer.press("ar:1:resume")
    await until(lambda: {row["state"] for row in outbox(forum, "announcement")} == {"sent"}, 15)
    await until(lambda: {row["state"] for row in outbox(forum, "announcement-edit")} <= {"sent"})
    for person in people:
        heard = [text for text in await texts(person) if text in ("Старое", "Новое")]
        assert heard == ["Новое"]


@pytest.fixture
async def slow(running: Running) -> AsyncIterator[Forum]:
    """A forum whose bot writes ten messages a second."""
    running.settings["messages_per_second"] = 10
    async with running.open() as forum:
        yield forum


async def test_paused_it_waits_and_stopped_who_was_not_sent_it_gets_it_no_more(slow: Forum) -> None:
    forum = slow
    organizer = await forum.organizer()
    helper = await second_organizer(forum, organizer)
    people = [await forum.telegram.person(f"Делегат {number}") for number in range(19)]
    for person in people:
        await person.start()
    await forum.db.write(enrol_all, [person.id for person in people], forum.clock.seconds())
    await people[-1].sees("👋")
    await announce(organizer, "Не все сразу")
    await organizer.press("an:")
    await organizer.sees("/21")
    await organizer.press("ar:1:pause")
    await organizer.sees(said("announcements.paused", number=1))
    await until(lambda: "claimed" not in {row["state"] for row in outbox(forum, "announcement")})
    so_far = [row for row in outbox(forum, "announcement") if row["state"] == "sent"]
    await forum.telegram.idle()
    assert [row for row in outbox(forum, "announcement") if row["state"] == "sent"] == so_far
    await helper.send("/announce")
    await helper.press("al:0")
    await helper.press("ad:1:open")  # everybody who organizes sees it and may go on with it, or stop it
    await helper.press("ar:1:resume")
    await helper.sees(said("announcements.running", number=1))
    await helper.press("ah:1:stop")
    await helper.sees(said("announcements.stop_sure", number=1))
    await helper.press("ar:1:stop")
    await helper.sees(said("announcements.stopped", number=1))
    await until(lambda: all(row["state"] in ("sent", "dropped") for row in outbox(forum, "announcement")))
    served = [row["recipient"] for row in outbox(forum, "announcement") if row["state"] == "sent"]
    for person in people:
        assert (await texts(person)).count("Не все сразу") == (person.id in served)
    assert 0 < len(served) < 21
    assert staff_actions(forum) == ["announced", "paused", "resumed", "cancelled"]


async def test_deleted_for_everybody_it_is_gone_and_waits_for_nobody(forum: Forum) -> None:
    organizer, delegate = await forum.organizer(), await forum.delegate()
    await announced(forum, organizer, "Ошибка", 2)
    got = await delegate.sees("Ошибка")
    await organizer.press("ar:1:remove")
    await organizer.sees(said("announcements.remove_sure", n=2, number=1))
    [report] = [message for message in await bot_messages(organizer) if message.button("ar:1:removal")]
    answers = await together(*(organizer.press_data("ar:1:removal", report.id) for _ in range(2)))
    assert answers == ["", ""], "it was oneself"
    await delegate.gone(got)
    await organizer.sees(
        said("announcements.withdrawn", number=1), said("announcements.removed", done=2, total=2, failed=0)
    )
    await delegate.send("/news")
    await delegate.sees(said("news.none", "kk"))
    assert staff_actions(forum) == ["announced", "withdrawn"]


async def test_what_is_too_old_to_be_deleted_says_that_it_was_withdrawn(forum: Forum) -> None:
    organizer, delegate = await forum.organizer(), await forum.delegate()
    await announced(forum, organizer, "Позавчерашнее", 2)
    got = await delegate.sees("Позавчерашнее")
    await forum.at(forum.clock.now() + dt.timedelta(hours=48))
    await organizer.press("ar:1:remove")
    await organizer.sees(said("announcements.remove_older", count=2))
    await organizer.press("ar:1:removal")
    edited = await delegate.sees(said("announcements.withdrawn_words", "kk"))
    assert edited.id == got.id


async def test_who_did_not_get_it_is_listed_with_the_reason_and_no_id(forum: Forum) -> None:
    organizer, gone = await forum.organizer(), await forum.delegate("Ушёл")
    await announce(organizer, "Кто не получил")
    async with forum.telegram.held(method="sendMessage", text="Кто не получил", next=2) as hold:
        await organizer.press("an:")
        await organizer.sees("0/2")
        await hold.reached(2)
        await gone.block()
    await organizer.sees("2/2")
    await organizer.press("af:1:0")
    listed = await organizer.sees("Ушёл", said("announcements.fate_blocked"))
    assert str(gone.id) not in listed.text


async def test_only_the_correction_that_was_read_is_carried_out(forum: Forum) -> None:
    """Two organizers write corrections of one announcement at once: neither sends the other's unread."""
    organizer, delegate = await forum.organizer(), await forum.delegate()
    helper = await second_organizer(forum, organizer)
    await announced(forum, organizer, "Зал А", 3)
    await delegate.look_away()
    shown = {}
    for person, words in ((organizer, "Зал Б"), (helper, "Зал Ц")):
        await person.press_data("ar:1:correct", (await person.last()).id)
        await person.sees(said("announcements.form_correction", number=1))
        await person.send(words)
        shown[words] = await person.sees(said("announcements.correct_sure", n=3, number=1))
    assert (await organizer.press("az:1:", shown["Зал Б"])).text == said("announcements.not_now")
    await delegate.quiet()
    assert (await helper.press("az:1:", shown["Зал Ц"])).text == ""
    await delegate.sees("Зал Ц")
    assert staff_actions(forum) == ["announced", "corrected"]
