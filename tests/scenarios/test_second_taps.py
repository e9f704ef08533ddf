"""A second tap decides nothing: what has only just come under the thumb was read by nobody."""

from __future__ import annotations

import asyncio
import datetime as dt

import pytest
from aiogram.methods import EditMessageText
from aiogram.types import InlineKeyboardMarkup

from bot.clock import StillClock
from bot.taps import SEEN, Taps
from bot.texts import LANGUAGES
from bot.views.apart import cells, wrongly_placed
from bot.views.screen import screen
from tests.conftest import READING, Forum, Running
from tests.scenarios.moderation.groups import group_of
from tests.scenarios.publishing.test_publishing import later, step
from tests.scenarios.second_reader import tables
from tests.scenarios.steps import ask, moderator_of, now_in, open_list, said, sessions, vote
from tests.telegram import Message, Person

MOMENT = SEEN / 2


async def asked_whether(forum: Forum, organizer: Person) -> Message:
    """A draft, and the question whether to publish it: it has stood there for no time."""
    await step(forum, organizer, later(sessions(forum)[0], 10))
    await organizer.send("/programme")
    await organizer.press(said("programme.draft_key", organizer.data["language_code"]))
    await organizer.press("ppa:")
    return await organizer.sees(said("publishing.sure", organizer.data["language_code"]))


def versions(forum: Forum) -> int:
    return len(tables(forum.folder)["programmes"])


@pytest.mark.parametrize("language", LANGUAGES)
async def test_what_came_a_moment_ago_was_read_by_nobody(forum: Forum, language: str) -> None:
    organizer = await forum.organizer(language)
    await asked_whether(forum, organizer)
    forum.clock.linger(MOMENT)
    answer = await organizer.press("ppy:", seen=False)
    assert (answer.text, answer.alert) == (said("refusal.too_soon", language), False)
    assert versions(forum) == 1
    forum.clock.linger(MOMENT)
    await organizer.press("ppy:", seen=False)
    await organizer.sees("✅")
    assert versions(forum) == 2


async def test_buttons_that_decide_nothing_need_no_time(forum: Forum) -> None:
    organizer = await forum.organizer()
    await asked_whether(forum, organizer)
    answer = await organizer.press("pp:", seen=False)
    assert answer.text == ""
    await organizer.sees(said("programme.draft_key"))


async def test_a_press_before_telegrams_answer_comes_too_soon(forum: Forum) -> None:
    """The person sees the new buttons before the bot knows that they are there."""
    organizer = await forum.organizer()
    await step(forum, organizer, later(sessions(forum)[0], 10))
    await organizer.send("/programme")
    await organizer.press(said("programme.draft_key"))
    async with forum.telegram.held(method="editMessageText", chat=organizer.id, after=True) as hold:
        opening = asyncio.create_task(organizer.press("ppa:"))
        await hold.reached()
        shown = await organizer.sees(said("publishing.sure"))
        second = asyncio.create_task(organizer.press("ppy:", shown))  # they take their second; the answer takes longer
        await forum.telegram.called(method="editMessageText")
    await opening
    assert (await second).text == said("refusal.too_soon")
    assert versions(forum) == 1
    await organizer.press("ppy:")
    await organizer.sees("✅")


async def test_without_an_answer_it_counts_from_when_the_call_was_given_up(forum: Forum) -> None:
    organizer = await forum.organizer()
    await step(forum, organizer, later(sessions(forum)[0], 10))
    await organizer.send("/programme")
    await organizer.press(said("programme.draft_key"))
    await forum.telegram.fault(method="editMessageText", status=0, after=True)
    await organizer.press("ppa:")
    shown = await organizer.sees(said("publishing.sure"))
    assert (await organizer.press("ppy:", shown, seen=False)).text == said("refusal.too_soon")
    await organizer.press("ppy:", shown)
    await organizer.sees("✅")


async def test_an_edit_that_telegram_refuses_changes_nothing(forum: Forum) -> None:
    """The buttons that stand there have stood there for long."""
    organizer = await forum.organizer()
    shown = await asked_whether(forum, organizer)
    forum.clock.linger(READING)
    await forum.telegram.flood(next=1, retry_after=0)
    await organizer.press("pp:", shown, seen=False)
    await organizer.press("ppa:", seen=False)
    await organizer.sees(said("publishing.sure"))
    assert (await organizer.press("ppy:", seen=False)).text == said("refusal.too_soon")


async def test_votes_do_not_begin_the_time_again(forum: Forum) -> None:
    """A stage is redrawn by every vote of the hall; the chair can go on pressing."""
    organizer = await forum.organizer()
    code = sessions(forum)[0].code
    delegate, voter = await forum.delegate("Айгерім", "ru"), await forum.delegate("Ерлан")
    number = await ask(delegate, code, "Когда отремонтируют мост через Арысь?")
    await organizer.press(f"kd:{number}:approve")
    await organizer.send("/moderate")
    await organizer.press(f"ks:{code}")
    await organizer.press("to:")
    stage = await organizer.sees("🎤")
    forum.clock.linger(READING)
    await organizer.look_away()
    await vote(voter, code, number)
    await organizer.sees("👍 1")
    await organizer.press("tm:", stage, seen=False)
    await organizer.sees(said("stage.on", since="09:15"))


async def test_another_state_of_the_question_is_another_meaning(forum: Forum) -> None:
    """The button is the same, but what it approves has only just changed under the thumb."""
    organizer = await forum.organizer()
    code = sessions(forum)[0].code
    first = await moderator_of(forum, organizer, code, "Марат")
    second = await moderator_of(forum, organizer, code, "Сәуле", "kk")
    delegate = await forum.delegate("Айгерім", "ru")
    number = await ask(delegate, code, "Когда отремонтируют мост?")
    card = await first.sees("Когда отремонтируют мост?")
    theirs = await second.sees("Когда отремонтируют мост?")
    await second.press("km:", theirs)
    await second.press("je:", theirs)
    async with forum.telegram.held(method="editMessageText", chat=first.id, text="Арысь", after=True) as hold:
        await second.send("Когда отремонтируют мост через Арысь?")
        await hold.reached()
        await first.sees("Арысь")
        # The bot does not know yet that it stands there, and goes by what the card has shown.
        assert (await first.press(f"kd:{number}:approve", card, seen=False)).alert
        assert [row["state"] for row in tables(forum.folder)["questions"]] == ["pending"]
    await forum.telegram.idle()
    answer = await first.press(f"kd:{number}:approve", card, seen=False)
    assert answer.text == said("refusal.too_soon")
    assert "Сәуле" in (await first.press(f"kd:{number}:approve", card)).text  # it counts: she is working on it


async def test_a_button_that_is_still_on_its_way_was_read_by_nobody(forum: Forum) -> None:
    """In a group several press at once, and the card follows by itself."""
    organizer = await forum.organizer()
    chat = await group_of(forum, organizer)
    number = await ask(await forum.delegate("Айгерім", "ru"), sessions(forum)[0].code, "Когда починят мост?")
    async with forum.telegram.held(method="editMessageText", chat=chat, after=True) as hold:
        await organizer.press(f"gc:{number}:approve", chat=chat)
        await hold.reached()
        await organizer.sees(said("questions.state_approved"), chat=chat)
        answer = await organizer.press(f"gc:{number}:asked", chat=chat)
        assert answer.text == said("refusal.too_soon")
    assert [row["state"] for row in tables(forum.folder)["questions"]] == ["approved"]


async def test_the_next_question_is_not_approved_unread(forum: Forum) -> None:
    organizer = await forum.organizer()
    code = sessions(forum)[0].code
    delegate = await forum.delegate("Айгерім", "ru")
    numbers = [await ask(delegate, code, text) for text in ("Когда починят мост?", "Кто отвечает за автобусы?")]
    shown = await open_list(organizer, code)
    await organizer.press(f"kd:{numbers[0]}:approve:w", shown)
    assert "автобусы" in (await now_in(organizer, shown)).text
    answer = await organizer.press(f"kd:{numbers[1]}:approve:w", shown, seen=False)
    assert answer.text == said("refusal.too_soon")
    assert [row["state"] for row in tables(forum.folder)["questions"]] == ["approved", "pending"]
    await organizer.press(f"kd:{numbers[1]}:approve:w", shown)
    await delegate.sees("автобусы", said("questions.state_approved"))


async def test_a_clock_put_back_holds_nobody_up(forum: Forum) -> None:
    organizer = await forum.organizer()
    await asked_whether(forum, organizer)
    await forum.at(forum.clock.now() - dt.timedelta(hours=1))
    await organizer.press("ppy:")
    await organizer.sees("✅")
    assert versions(forum) == 2


async def test_after_a_restart_nothing_is_remembered_and_the_press_counts(running: Running) -> None:
    async with running.open() as forum:
        organizer = await forum.organizer()
        shown = await asked_whether(forum, organizer)
        await running.stop()
        await running.start()
        await organizer.press("ppy:", shown, seen=False)
        await organizer.sees("✅")
        assert versions(forum) == 2


async def test_a_stage_that_votes_redraw_stays_apart_from_what_was_pressed(forum: Forum) -> None:
    """Who follows a stage knows nothing of the thumb: what has long stood there must not come to stand under it."""
    organizer = await forum.organizer()
    code = sessions(forum)[0].code
    delegate, voter = await forum.delegate("Айгерім", "ru"), await forum.delegate("Ерлан")
    for text in ("Когда отремонтируют мост через Арысь?", "Кто отвечает за автобусы?"):
        number = await ask(delegate, code, text)
        await organizer.press(f"kd:{number}:approve")
    await organizer.send("/moderate")
    await organizer.press(f"ks:{code}")
    await organizer.press("to:")
    listed = await organizer.sees("🎤")
    await organizer.press("tp:", listed)
    listed = await now_in(organizer, listed)
    where = cells(listed.rows, f"to:{code}")
    await organizer.press("to:", listed)
    stage = await now_in(organizer, listed)
    assert wrongly_placed(stage.rows, f"to:{code}", where) == []
    await organizer.look_away()
    await vote(voter, code, number)
    redrawn = await organizer.sees("👍 1")
    assert redrawn.id == stage.id
    assert wrongly_placed(redrawn.rows, f"to:{code}", where) == []


@pytest.mark.parametrize("language", LANGUAGES)
async def test_one_invitation_is_made_by_two_taps(forum: Forum, language: str) -> None:
    """A phone that lags sends the same press again."""
    organizer = await forum.organizer(language)
    await organizer.send("/staff")
    shown = await organizer.sees("🗝")
    await organizer.press("go:inviting", shown)
    await organizer.press("si:moderator:", shown)
    answer = await organizer.press_data("si:moderator:", shown.id, seen=False)
    assert (answer.answered, answer.text) == (True, "")
    assert len(tables(forum.folder)["invitations"]) == 1
    await organizer.press("go:staff", shown)
    await organizer.press("go:inviting", shown)
    await organizer.press("si:moderator:", shown)
    assert len(tables(forum.folder)["invitations"]) == 2


async def test_a_badge_is_reissued_once_by_two_taps(forum: Forum) -> None:
    """The code that came with the first would be void."""
    organizer = await forum.organizer()
    delegate = await forum.delegate()
    await organizer.send("/staff")
    shown = await organizer.sees("🗝")
    again = f"bdr:{delegate.id}:1"
    await organizer.press_data(f"bdr:{delegate.id}:0", shown.id)
    await organizer.press_data(again, shown.id)
    codes = tables(forum.folder)["badges"]
    assert (await organizer.press_data(again, shown.id, seen=False)).text == ""
    assert tables(forum.folder)["badges"] == codes


async def test_of_two_edits_under_way_the_later_one_is_not_forgotten(clock: StillClock) -> None:
    """Whatever follows a message edits it while a press does: the answer of one is none of the other."""
    taps, data = Taps(clock), ("ppy:1:2:0", "ppu:7")
    first, second = (EditMessageText(chat_id=7, message_id=1, text="?", reply_markup=keyboard(one)) for one in data)
    with taps.shown(second):
        with taps.shown(first):
            pass
        clock.linger(READING)
        assert taps.too_soon(7, 1, data[1], clock.steady())
    assert taps.too_soon(7, 1, data[1], clock.steady())
    clock.linger(READING)
    assert not taps.too_soon(7, 1, data[1], clock.steady())


async def test_only_so_many_messages_are_remembered(clock: StillClock) -> None:
    taps = Taps(clock, most=2)
    for message in (1, 2, 3):
        with taps.shown(EditMessageText(chat_id=7, message_id=message, text="?", reply_markup=keyboard("ppy:1:2:0"))):
            pass
    now = clock.steady()
    assert [taps.too_soon(7, message, "ppy:1:2:0", now) for message in (1, 2, 3)] == [False, True, True]


def keyboard(data: str) -> InlineKeyboardMarkup | None:
    return screen("?", [{"text": "!", "callback_data": data}]).keyboard
