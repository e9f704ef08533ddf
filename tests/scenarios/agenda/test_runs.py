"""What really happens in the halls: staff mark it with a tap, and everybody's times follow."""

from __future__ import annotations

import asyncio

import pytest

from tests.conftest import Forum, Running
from tests.scenarios.announcements.announcing import draft
from tests.scenarios.second_reader import tables
from tests.scenarios.steps import ask, at, moderator_of, now_in, said, star
from tests.telegram import Message, Person

# Of the sample's first day, one after the other in one hall: 10:10–10:30, 10:30–10:50, 10:50–11:10.
OPENING, NEXT, THIRD = "opening", "talk-kurmanov", "talk-nurgaziyeva"
MOVED_ON = said("runs.moved_on")


pytestmark = pytest.mark.usefixtures("no_regular_look")


async def sent(person: Person, words: str) -> Message:
    """The bot's answer to a command, when all has come."""
    await person.look_away()
    await person.send(words)
    await person.telegram.idle()
    return (await person.messages())[-1]


async def card_of(person: Person, session: str) -> Message:
    await person.look_away()
    await person.start(f"s_{session}")
    await person.telegram.idle()
    # A reminder may come meanwhile.
    return [one for one in await person.messages() if one.button(f"q:{session}") or one.button(f"b:{session}:")][-1]


def marks(forum: Forum) -> dict[str, tuple[int | None, int | None, int | None]]:
    rows = tables(forum.folder)["session_runs"]
    return {row["session"]: (row["started_at"], row["ends_at"], row["ended_at"]) for row in rows}


def staff_actions(forum: Forum) -> list[str]:
    return [row["deed"] for row in tables(forum.folder)["audit"] if row["deed"].startswith("run_")]


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
async def test_a_session_that_begins_late_and_runs_over_moves_what_follows(forum: Forum, language: str) -> None:
    moderator = await moderator_of(forum, await forum.organizer(), OPENING, "Марат")
    delegate = await forum.delegate("Ася", language)
    plan = said("agenda.plan", language, plan="10:30")
    await forum.at(at(forum, "10:19"))
    desk = await sent(moderator, "/now")
    assert (await moderator.press(f"rnm:{OPENING}:start", desk)).text == said("runs.done_start")
    await forum.at(at(forum, "10:20"))
    on = await sent(delegate, "/now")
    assert f"10:10–≈10:39 {plan} 🔴" in on.text
    assert f"≈10:39–10:59 {plan}" in on.text
    assert not on.button("rnm:")

    await moderator.press(f"rnp:{OPENING}", await now_in(moderator, desk))
    await moderator.press(said("runs.more", minutes=10), await now_in(moderator, desk))
    page = await now_in(moderator, desk)
    assert said("runs.over", time="10:49") in page.text
    assert "≈10:49–11:09" in page.text
    agenda = await sent(delegate, "/agenda")
    await delegate.press("›", agenda)
    for seen in (await now_in(delegate, agenda), await card_of(delegate, NEXT)):
        assert f"≈10:49–11:09 {plan}" in seen.text
    card = await card_of(delegate, OPENING)
    assert said("runs.over", language, time="10:49") in card.text

    await forum.at(at(forum, "10:45"))
    await moderator.press(f"rnm:{OPENING}:end", page)
    assert said("runs.ended", language, time="10:45") in (await card_of(delegate, OPENING)).text
    on = await sent(delegate, "/now")
    assert f"≈10:45–11:05 {plan} 🔴" not in on.text
    assert f"10:30–≈11:05 {said('agenda.plan', language, plan='10:50')} 🔴" in on.text
    assert staff_actions(forum) == ["run_started", "run_over", "run_ended"]


async def test_every_mark_can_be_taken_back(forum: Forum) -> None:
    organizer = await forum.organizer()
    await forum.at(at(forum, "10:35"))
    before = await sent(organizer, "/now")
    card = await card_of(organizer, OPENING)
    await organizer.press(f"rnp:{OPENING}", card)
    late = int(at(forum, "10:35").timestamp())
    await organizer.press(said("runs.move_time", time="10:10"), card)
    await organizer.press(said("runs.more", minutes=15), await now_in(organizer, card))
    await organizer.press(f"rnm:{OPENING}:end", await now_in(organizer, card))
    begun = int(at(forum, "10:10").timestamp())
    assert marks(forum) == {OPENING: (begun, late + 900, late)}
    for left in ((begun, late + 900, None), (begun, None, None), (None, None, None)):
        answer = await organizer.press("rnu:", await now_in(organizer, card))
        assert answer.text == said("runs.done_undo")
        assert marks(forum) == {OPENING: left}
    assert (await sent(organizer, "/now")).text == before.text
    assert staff_actions(forum)[-3:] == ["run_reset"] * 3
    assert not (await now_in(organizer, card)).button("rnu:")


async def test_of_two_moderators_at_once_one_is_told_to_look_again(forum: Forum) -> None:
    organizer = await forum.organizer()
    first = await forum.moderator(organizer, "Марат")
    second = await forum.moderator(organizer, "Гүлнар")
    await forum.at(at(forum, "10:20"))
    pages = []
    for person in (first, second):
        card = await card_of(person, OPENING)
        await person.press(f"rnp:{OPENING}", card)
        pages.append(await now_in(person, card))
    answers = await asyncio.gather(
        first.press(said("runs.more", minutes=10), pages[0]), second.press(said("runs.more", minutes=30), pages[1])
    )
    texts = [answer.text for answer in answers]
    assert sorted(text == MOVED_ON for text in texts) == [False, True]
    [until] = [found[1] for found in marks(forum).values()]
    won = first if texts[1] == MOVED_ON else second
    assert until == int(at(forum, "10:40" if won is first else "11:00").timestamp())
    lost, page = (second, pages[1]) if won is first else (first, pages[0])
    assert said("runs.over", time=f"{'10:40' if won is first else '11:00'}") in (await now_in(lost, page)).text
    assert staff_actions(forum) == ["run_over"]


async def test_a_press_that_comes_twice_marks_once(forum: Forum) -> None:
    organizer = await forum.organizer()
    await forum.at(at(forum, "10:15"))
    desk = await sent(organizer, "/now")
    button = desk.button(f"rnm:{OPENING}:start")
    assert button is not None
    for _ in range(3):
        assert (await organizer.press_data(button["callback_data"], desk.id)).text == said("runs.done_start")
    assert staff_actions(forum) == ["run_started"]


async def test_who_forgot_to_mark_the_start_finds_the_end_under_the_thumb(forum: Forum) -> None:
    organizer = await forum.organizer()
    await forum.at(at(forum, "10:25"))
    desk = await sent(organizer, "/now")
    assert not desk.button(f"rnm:{OPENING}:start")
    await organizer.press(f"rnm:{OPENING}:end", desk)
    after = await now_in(organizer, desk)
    title = forum.programme.session(OPENING)
    assert title is not None
    assert title.title.say("ru") not in after.text
    await organizer.press(said("runs.undo_named", session="Торжественное…"), after)
    assert marks(forum) == {OPENING: (None, None, None)}


async def test_what_runs_over_is_never_offered_as_not_begun(forum: Forum) -> None:
    """The key for one more overrun stays where it was: a second tap would start what is on."""
    organizer = await forum.organizer()
    await forum.at(at(forum, "10:21"))  # just over half of its time, and less than half of it with the overrun
    desk = await sent(organizer, "/now")
    overrun = desk.button(said("runs.more", minutes=5))
    assert overrun is not None
    await organizer.press_data(overrun["callback_data"], desk.id)
    after = await now_in(organizer, desk)
    assert after.button(said("runs.more", minutes=5))
    assert not after.button(f"rnm:{OPENING}:start")


async def test_an_end_that_is_marked_late_shifts_nothing(forum: Forum) -> None:
    organizer = await forum.organizer()
    await forum.at(at(forum, "10:55"))
    before = (await sent(organizer, "/now")).text
    card = await card_of(organizer, OPENING)
    await organizer.press(said("runs.move_due", time="10:30"), card)
    assert marks(forum) == {OPENING: (None, None, int(at(forum, "10:30").timestamp()))}
    assert (await sent(organizer, "/now")).text == before
    # What is expected late begins late: not its end is under the thumb, but its start.
    until = int(at(forum, "11:30").timestamp())
    await organizer.press_data(f"rnm:{NEXT}:over:{until}:0:card", card.id)
    await forum.at(at(forum, "11:31"))
    late = await sent(organizer, "/now")
    assert late.button(f"rnm:{THIRD}:start")
    assert not late.button(f"rnm:{THIRD}:end")
    # Who remembers an end hours later finds no key for it.
    await forum.at(at(forum, "13:00"))
    card = await card_of(organizer, NEXT)
    assert not card.button(f"rnm:{NEXT}:end")
    assert (await organizer.press_data(f"rnm:{NEXT}:end:0:1:card", card.id)).text == said("runs.not_now")


async def test_only_who_moderates_the_session_and_only_around_its_time(forum: Forum) -> None:
    organizer = await forum.organizer()
    elsewhere = await moderator_of(forum, organizer, THIRD, "Иван")
    await forum.at(at(forum, "10:20"))
    desk = await sent(elsewhere, "/now")
    assert not desk.button("rnm:")
    for data in (f"rnm:{OPENING}:start:0:0:now", f"rnu:{OPENING}:start:0:now", f"rnp:{OPENING}"):
        assert (await elsewhere.press_data(data, desk.id)).text == said("refusal.not_moderator")
    # Four hours to go: neither on its card nor by a forged press.
    card = await card_of(organizer, "dialogue")
    assert not card.button("rnm:")
    for move in ("start", "end", "nonsense"):
        answer = await organizer.press_data(f"rnm:dialogue:{move}:0:0:card", card.id)
        assert answer.text == said("runs.not_now")
    too_long = int(at(forum, "23:00").timestamp())
    assert (await organizer.press_data(f"rnm:{OPENING}:over:{too_long}:0:now", card.id)).text == MOVED_ON
    assert marks(forum) == {}


async def test_from_the_stage_and_back_to_it(forum: Forum) -> None:
    chair = await moderator_of(forum, await forum.organizer(), OPENING, "Марат")
    await forum.at(at(forum, "10:12"))
    await chair.send("/moderate")
    await chair.press(f"ks:{OPENING}")
    await chair.press("to:")
    stage = await chair.sees("🎤")
    await chair.press(f"rnm:{OPENING}:start", stage)
    assert said("stage.until", end="10:32") in (await now_in(chair, stage)).text
    await chair.press(f"rnm:{OPENING}:over", stage)
    assert said("stage.until", end="10:37") in (await now_in(chair, stage)).text
    await chair.press(f"rnm:{OPENING}:end", stage)
    assert said("runs.ended", time="10:12") in (await now_in(chair, stage)).text


async def test_a_reminder_says_that_the_hall_is_behind(forum: Forum) -> None:
    organizer, delegate = await forum.organizer(), await forum.delegate("Ася", "ru")
    await star(delegate, next(one for one in forum.programme.sessions if one.code == NEXT))
    await forum.at(at(forum, "10:12"))
    desk = await sent(organizer, "/now")
    until = int(at(forum, "10:45").timestamp())
    await organizer.press_data(f"rnm:{OPENING}:over:{until}:0:now", desk.id)
    await forum.at(at(forum, "10:20"))
    reminder = await delegate.sees("⏰", said("agenda.in_minutes", n=25))
    assert said("reminder.late", n=15) in reminder.text
    assert f"≈10:45–11:05 {said('agenda.plan', plan='10:30')}" in reminder.text


async def test_a_session_that_runs_over_takes_questions_on_and_one_that_ended_early_not(forum: Forum) -> None:
    organizer, delegate = await forum.organizer(), await forum.delegate()
    await forum.at(at(forum, "10:20"))
    desk = await sent(organizer, "/now")
    until = int(at(forum, "11:30").timestamp())
    await organizer.press_data(f"rnm:{OPENING}:over:{until}:0:now", desk.id)
    await forum.at(at(forum, "11:20"))
    await organizer.press_data(f"rnm:{OPENING}:end:0:1:now", desk.id)
    assert marks(forum)[OPENING][2] == int(at(forum, "11:20").timestamp())
    await forum.at(at(forum, "13:20"))  # two hours on, and not two hours after ten thirty
    await ask(delegate, OPENING, "Қашан жарияланады бұл?")
    await forum.at(at(forum, "13:21"))
    await delegate.start(f"q_{OPENING}")
    await delegate.sees(said("questions.session_closed", "kk"))


async def test_an_announcement_with_a_session_waits_until_it_really_begins(forum: Forum) -> None:
    organizer, delegate = await forum.organizer(), await forum.delegate()
    await draft(organizer, "Начинаем второй доклад")
    await organizer.press_data(f"as:1:w:{NEXT}:0", (await organizer.last()).id)
    await organizer.press("ad:1:confirm")
    await organizer.press("an:1:send")
    await organizer.sees(said("announcements.state_scheduled"))
    await forum.at(at(forum, "10:20"))
    desk = await sent(organizer, "/now")
    await organizer.press_data(f"rnm:{OPENING}:over:{int(at(forum, '10:45').timestamp())}:0:now", desk.id)
    await forum.at(at(forum, "10:35"))
    assert [row["state"] for row in tables(forum.folder)["announcements"]] == ["scheduled"]
    await organizer.press_data(f"rnm:{NEXT}:start:0:0:now", desk.id)
    await delegate.sees("Начинаем второй доклад")


async def test_the_marks_outlive_a_restart_and_who_made_them(running: Running) -> None:
    async with running.open() as forum:
        moderator = await forum.moderator(await forum.organizer())
        delegate = await forum.delegate("Ася", "ru")
        await forum.at(at(forum, "10:19"))
        await moderator.press(f"rnm:{OPENING}:start", await sent(moderator, "/now"))
        await moderator.send("/forget")
        await moderator.press("fg:1")
        await forum.telegram.idle()
        assert [row["marked_by"] for row in tables(forum.folder)["session_runs"]] == [None]
        await running.stop()
        await running.start()
        assert "10:10–≈10:39" in (await sent(delegate, "/now")).text


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
async def test_a_start_marked_after_the_planned_end_asks_first_and_counts_what_would_move(
    forum: Forum, language: str
) -> None:
    """Somebody marks hours later what they forgot: one tap must not move the rest of the hall's day."""
    moderator = await moderator_of(forum, await forum.organizer(), OPENING, "Марат", language)
    await forum.at(at(forum, "10:25"))
    old = await sent(moderator, "/now")
    await forum.at(at(forum, "10:40"))
    for place in ("now", "card", "stage", "page"):
        asked = await moderator.press_data(f"rnm:{OPENING}:start:0:0:{place}", old.id)
        assert asked.text == ""
        assert marks(forum) == {}
    shown = await now_in(moderator, old)
    assert said("runs.late_sure", language, time="10:30") in shown.text
    assert said("runs.late_moves", language, n=5) in shown.text
    assert "≈11:00–11:20" in shown.text
    await moderator.press(f"rnp:{OPENING}", shown)
    assert marks(forum) == {}
    await moderator.press_data(f"rnm:{OPENING}:start:0:0:now", old.id)
    again = await moderator.press(f"rns:{OPENING}", old)
    assert again.text == said("runs.done_start", language)
    assert marks(forum)[OPENING][0] == int(at(forum, "10:40").timestamp())
    assert (await moderator.press_data(f"rns:{OPENING}:0:now", old.id)).text == said("runs.done_start", language)
    assert staff_actions(forum) == ["run_started"]
