"""What hangs on a session that goes away: counted before it is published, moved to an heir, told of, brought back."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
from dataclasses import replace
from typing import Any

import pytest

from bot.programme.model import Programme, Session
from bot.programme.writers import write
from bot.watching.watcher import EVERY
from storage import followers
from storage.questions import APPROVED, PENDING
from tests.conftest import Forum, Running
from tests.scenarios.agenda.test_times_told import LATE, NEXT, delayed, label
from tests.scenarios.moderation.test_gone_sessions import LANGUAGES, leaving, remove, without
from tests.scenarios.publishing.changing import data_of, here, open_session, publish, tap, the_draft
from tests.scenarios.second_reader import at_rest, tables
from tests.scenarios.steps import ask, first_question, nothing_due, now_in, outbox, said, sessions, star
from tests.schedule_server import only_second_loopback, schedule_server
from tests.telegram import Message, Person

MINUTE = dt.timedelta(minutes=1)


def heir_of(forum: Forum) -> Session:
    return sessions(forum)[5]


async def sent(forum: Forum, organizer: Person, programme: Programme, language: str = "ru") -> Message:
    """Send a programme as a file; what is said of it."""
    await organizer.look_away()
    await organizer.send_document(write(programme, "xlsx", "ru"), "program.xlsx")
    return await organizer.sees(said("files.taken", language, file="program.xlsx"))


async def asking(forum: Forum, organizer: Person) -> Message:
    """The screen that asks whether to publish."""
    screen = await the_draft(organizer, await here(organizer))
    return await tap(organizer, "ppa:", screen)


async def minutes(forum: Forum, count: float = 1.1) -> None:
    await forum.at(forum.clock.now() + count * MINUTE)
    await nothing_due(forum)


def question_of(forum: Forum, number: int) -> dict[str, Any]:
    return next(row for row in tables(forum.folder)["questions"] if row["number"] == number)


def stars(forum: Forum) -> set[tuple[int, str]]:
    return {(row["person"], row["session"]) for row in tables(forum.folder)["bookmarks"]}


async def choose_heir(forum: Forum, organizer: Person, asked: Message, gone: str, heir: str) -> Message:
    """On the screen that asks whether to publish, choose the heir; the same screen again."""
    listed = await tap(organizer, "pvd:", asked)
    picking = await tap(organizer, f"gx:{gone}:", listed)
    while picking.button(f"gy:{gone}:{heir}:") is None:
        picking = await tap(organizer, "›", picking)
    chosen = await tap(organizer, f"gy:{gone}:{heir}:", picking)
    return await tap(organizer, "ppa:", chosen)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_publishing_says_what_hangs_on_what_goes_away(forum: Forum, language: str) -> None:
    gone, also = leaving(forum), sessions(forum)[6]
    organizer = await forum.organizer(language)
    one, other = await forum.delegate("Айгерім", language), await forum.delegate("Сергей", language)
    for person in (one, other):
        await star(person, gone)
    await ask(one, gone.code, "Кто заплатит за дорогу?")
    await ask(other, gone.code, "Когда её построят?")
    await ask(other, also.code, "А мост?")
    taken = await sent(forum, organizer, without(forum.programme, gone.code), language)
    counted = said("hanging.ahead", language, questions=2, stars=2, people=2)
    assert counted in taken.text
    # Cancelling takes away as well.
    await open_session(organizer, also.code)
    cancelled = await here(organizer)
    await tap(organizer, f"pec:{also.code}:1:", cancelled)
    counted = said("hanging.ahead", language, questions=3, stars=2, people=2)
    await organizer.look_away()
    await organizer.send("/programme")
    screen = await the_draft(organizer, await organizer.sees("🗂"))
    assert counted in screen.text
    asked = await tap(organizer, "ppa:", screen)
    assert counted in asked.text
    assert f"{gone.title.say(language)[:20]}" in asked.text
    assert "❓ 2 · ⭐ 2" in asked.text
    assert "❓ 1 · ⭐ 0" in asked.text
    assert asked.button("pvd:")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_what_hangs_goes_to_the_heir_and_comes_back(forum: Forum, language: str) -> None:
    gone, heir = leaving(forum), heir_of(forum)
    organizer, author = await forum.organizer("ru"), await forum.delegate("Айгерім", language)
    both = await forum.delegate("Сергей", "ru")
    number = await ask(author, gone.code, "Кто заплатит за дорогу?")
    await organizer.press(f"kd:{number}:approve")
    for session in (gone, heir):
        await star(both, session)
    await star(author, gone)
    await author.send("/agenda")
    await author.sees("📅")
    before = stars(forum)
    await sent(forum, organizer, without(forum.programme, gone.code))
    asked = await choose_heir(forum, organizer, await asking(forum, organizer), gone.code, heir.code)
    assert f"→ {heir.title.say('ru')[:30]}" in asked.text
    await author.look_away()
    done = await tap(organizer, "ppy:", asked)
    assert said("hanging.moved", questions=1, stars=2) in done.text
    question = first_question(forum)
    assert (question["session"], question["state"]) == (heir.code, APPROVED)
    assert stars(forum) == {(author.id, heir.code), (both.id, heir.code)}
    told = await author.sees(said("questions.carried", language, number=number), heir.title.say(language))
    assert said("names.gone", language) not in told.text
    await minutes(forum)
    notice = await author.sees("🔔", said("changes.removed", language))
    assert said("notices.questions_stay", language) not in notice.text
    assert (
        f"⭐ {said('notices.star_on', language, session=heir.title.say(language), when='')}".strip(" ·") in notice.text
    )
    await author.send("/my")
    await author.sees(heir.title.say(language)[:20])
    await author.look_away()
    await author.send("/agenda")
    agenda = await author.sees("📅")
    while not (found := [one for row in agenda.rows for one in row if one["text"][:8].endswith(" ⭐ ")]):
        await author.press("›", agenda)
        agenda = await now_in(author, agenda)
    [starred] = found
    assert starred["callback_data"].startswith(f"s:{heir.code}:")
    # The publication is undone: what it moved comes back, and what was told is corrected.
    undo = await tap(organizer, "ppu:", done)
    assert said("hanging.comes_back", questions=1, stars=2) in undo.text
    assert first_question(forum)["session"] == heir.code
    done = await tap(organizer, "pve:", undo)
    assert said("hanging.came_back", questions=1, stars=2) in done.text
    assert first_question(forum)["session"] == gone.code
    assert stars(forum) == before
    await forum.telegram.idle()
    corrected = await now_in(author, told)
    assert said("questions.corrected", language) in corrected.text
    assert gone.title.say(language)[:20] in corrected.text
    assert said("questions.state_approved", language) in corrected.text
    assert tables(forum.folder)["gone_sessions"] == []
    assert tables(forum.folder)["moved_stars"] == []
    await minutes(forum)
    await author.sees(said("notices.again", language), gone.title.say(language)[:20])


async def test_who_has_a_question_there_reads_what_happens_with_it(forum: Forum) -> None:
    gone = leaving(forum)
    organizer, author = await forum.organizer(), await forum.delegate("Айгерім", "ru")
    reader, other = await forum.delegate("Сергей", "ru"), await forum.delegate("Чужой", "ru")
    number = await ask(author, gone.code, "Кто заплатит за дорогу?")
    await forum.db.write(followers.follow, number, person=reader.id, now=1)
    await remove(forum, organizer, gone.code)
    for person in (author, reader, other):
        await person.look_away()
    await minutes(forum)
    for person in (author, reader):
        await person.sees("🔔", said("changes.removed"), f"№{number}: {said('notices.questions_stay')}")
    await author.send("/questions")
    await author.sees(said("questions.state_gone"))
    await other.quiet()
    # Nothing more comes of it by itself.
    await minutes(forum, 125)
    assert outbox(forum, "unheard") == []


@pytest.mark.parametrize("language", LANGUAGES)
async def test_no_open_question_falls_silent_in_a_quiet_publication(forum: Forum, language: str) -> None:
    gone = leaving(forum)
    organizer, author = await forum.organizer(), await forum.delegate("Айгерім", language)
    reader = await forum.delegate("Сергей", language)
    number = await ask(author, gone.code, "Кто заплатит за дорогу?")
    await forum.db.write(followers.follow, number, person=reader.id, now=1)
    await sent(forum, organizer, without(forum.programme, gone.code))
    await author.look_away()
    asked = await asking(forum, organizer)
    assert said("hanging.told_anyway") in asked.text
    done = await tap(organizer, f"{data_of(asked, 'ppy:').removesuffix('0')}1", asked)
    assert said("hanging.told_anyway") in done.text
    assert said("hanging.left", questions=1, stars=0, people=2) in done.text
    await minutes(forum, 5)
    await author.quiet()
    await author.send("/questions")
    await author.sees(said("questions.state_gone", language))
    await minutes(forum, 116)
    for person in (author, reader):
        news = await person.sees(said("questions.lost", language, number=number), said("names.gone", language))
        assert said("questions.state_gone", language) in news.text
    # The session comes back: what was told is corrected.
    await tap(organizer, "ppu:", done)
    corrected = await author.sees(said("undo.goes_on", language))
    assert said("questions.state_pending", language) in corrected.text
    # It goes again, in the same moment: that is news once more.
    await author.look_away()
    await sent(forum, organizer, without(forum.programme, gone.code))
    await publish(organizer, quiet=1)
    await minutes(forum, 121)
    await author.sees(said("questions.lost", language, number=number))


@pytest.mark.parametrize("language", LANGUAGES)
async def test_what_was_decided_while_the_session_was_gone_is_put_right(forum: Forum, language: str) -> None:
    """The news says that there is no session for it; when there is one again it says so no more, undone or not."""
    gone = leaving(forum)
    organizer, author = await forum.organizer(), await forum.delegate("Айгерім", language)
    first = await ask(author, gone.code, "Кто заплатит за дорогу?")
    second = await ask(author, gone.code, "А за мост кто заплатит?")
    reader = await forum.delegate("Оқырман", language)
    await remove(forum, organizer, gone.code)
    for number in (first, second):
        await forum.db.write(followers.follow, number, person=reader.id, now=1)
        await organizer.press_data(f"kd:{number}:approve:-", (await organizer.sees(f"№{number}")).id)
        for person in (author, reader):
            await person.sees(f"№{number}", said("questions.state_gone", language))
    await organizer.press("ku:")
    for person in (author, reader):
        await person.sees(f"№{second}", said("questions.state_gone", language))
        await person.look_away()
    await sent(forum, organizer, forum.programme)
    await publish(organizer)
    await minutes(forum)
    for person in (author, reader):
        await person.sees(f"№{first}", said("questions.state_approved", language))
        lost = [one.text for one in await person.messages() if said("questions.state_gone", language) in one.text]
        assert lost == []


async def test_no_time_is_taken_back_when_a_session_that_was_over_and_gone_takes_place_later(forum: Forum) -> None:
    gone = leaving(forum)
    organizer, author = await forum.organizer(), await forum.delegate("Айгерім", "ru")
    number = await ask(author, gone.code, "Кто заплатит за дорогу?")
    await forum.at(gone.end + 121 * MINUTE)
    await nothing_due(forum)
    await author.sees(said("questions.state_unheard"))
    await sent(forum, organizer, without(forum.programme, gone.code))
    await publish(organizer, quiet=1)
    later = replace(gone, start=gone.start + 180 * MINUTE, end=gone.end + 180 * MINUTE)
    others = without(forum.programme, gone.code)
    await sent(forum, organizer, replace(others, sessions=(*others.sessions, later)))
    await publish(organizer)
    await minutes(forum)
    assert question_of(forum, number)["unheard_at"] is None
    await author.sees(said("undo.goes_on"), said("questions.state_pending"))
    assert [one for one in await author.messages() if said("questions.state_unheard") in one.text] == []


async def test_no_time_is_not_told_again_when_an_heir_gives_it_back(forum: Forum) -> None:
    gone, heir = leaving(forum), sessions(forum)[-1]
    organizer, author = await forum.organizer(), await forum.delegate("Айгерім", "ru")
    number = await ask(author, gone.code, "Кто заплатит за дорогу?")
    await forum.at(gone.end + 121 * MINUTE)
    await nothing_due(forum)
    await author.sees(said("questions.state_unheard"))
    told_at = question_of(forum, number)["unheard_at"]
    await sent(forum, organizer, without(forum.programme, gone.code))
    asked = await choose_heir(forum, organizer, await asking(forum, organizer), gone.code, heir.code)
    await tap(organizer, "ppy:", asked)
    await author.sees(said("questions.carried", number=number))
    await sent(forum, organizer, forum.programme)
    await publish(organizer)
    await author.sees(said("questions.corrected"), said("questions.state_unheard"))
    await author.look_away()
    await minutes(forum, 10)
    assert question_of(forum, number)["unheard_at"] == told_at
    assert len([row for row in outbox(forum, "unheard") if row["state"] == "sent"]) == 1


async def test_what_was_dealt_with_in_time_is_not_told_of_twice(forum: Forum) -> None:
    gone = leaving(forum)
    organizer, author = await forum.organizer(), await forum.delegate("Айгерім", "ru")
    number = await ask(author, gone.code, "Кто заплатит за дорогу?")
    await sent(forum, organizer, without(forum.programme, gone.code))
    await publish(organizer, quiet=1)
    await organizer.send("/moderate")
    desk = await organizer.sees("🛎")
    await organizer.press_data(f"kn:{gone.code}:w:0", desk.id)
    await organizer.press_data(f"kd:{number}:answer:w", desk.id)
    await forum.telegram.idle()
    await organizer.send("Министерство.")
    await author.sees("Министерство.")
    await author.look_away()
    await minutes(forum, 125)
    await author.quiet()


@pytest.mark.parametrize("how", ["cancelled", "break"])
async def test_what_is_cancelled_or_made_a_break_says_so_too(forum: Forum, how: str) -> None:
    gone = leaving(forum)
    organizer, author = await forum.organizer(), await forum.delegate("Айгерім", "ru")
    number = await ask(author, gone.code, "Кто заплатит за дорогу?")
    await open_session(organizer, gone.code)
    if how == "cancelled":
        await tap(organizer, f"pec:{gone.code}:1:", await here(organizer))
    else:
        await tap(organizer, f"pes:{gone.code}:kind:", await here(organizer))
        await tap(organizer, f"pek:{gone.code}:break:", await here(organizer))
    done = await publish(organizer)
    await author.look_away()
    await minutes(forum)
    if how == "cancelled":
        await author.sees("🔔", f"№{number}: {said('notices.questions_stay')}")
    else:
        await minutes(forum, 121)  # that it is a break is nobody's news, and yet the question has no session
        await author.sees(said("questions.lost", number=number), said("questions.state_cancelled"))
    await author.send("/questions")
    await author.sees(said("questions.state_cancelled"))
    assert said("hanging.left", questions=1, stars=0, people=1) in done.text
    await organizer.look_away()
    await organizer.send("/moderate")
    assert (await organizer.sees("🛎")).button(f"ks:{gone.code}")
    # It is moved, and comes back when the publication is undone.
    heir = heir_of(forum)
    await organizer.press_data(f"gz:{gone.code}:{heir.code}:1", done.id)
    assert first_question(forum)["session"] == heir.code
    await author.sees(said("questions.carried", number=number))
    await organizer.press_data("ppu:2", done.id)
    await organizer.press_data("pve:2", done.id)
    assert first_question(forum)["session"] == gone.code
    await author.send("/questions")
    await author.sees(said("questions.state_pending"))


async def test_undoing_what_brought_a_session_asks_first(forum: Forum) -> None:
    new = leaving(forum)
    organizer, author = await forum.organizer(), await forum.delegate("Айгерім", "ru")
    await remove(forum, organizer, new.code)
    await sent(forum, organizer, forum.programme)
    done = await publish(organizer)
    await ask(author, new.code, "Кто заплатит за дорогу?")
    await star(author, new)
    versions = len(tables(forum.folder)["programmes"])
    undo = await tap(organizer, "ppu:", done)
    assert said("hanging.ahead", questions=1, stars=1, people=1) in undo.text
    assert len(tables(forum.folder)["programmes"]) == versions
    gone = await tap(organizer, "pve:", undo)
    assert len(tables(forum.folder)["programmes"]) == versions + 1
    assert said("hanging.left", questions=1, stars=1, people=1) in gone.text


async def test_what_still_hangs_is_moved_after_the_publication(forum: Forum) -> None:
    gone, heir = leaving(forum), heir_of(forum)
    organizer, author = await forum.organizer(), await forum.delegate("Айгерім", "ru")
    number = await ask(author, gone.code, "Кто заплатит за дорогу?")
    await star(author, gone)
    await remove(forum, organizer, gone.code)
    done = await here(organizer)
    listed = await tap(organizer, "pvd:-1:", done)
    picking = await tap(organizer, f"gx:{gone.code}:", listed)
    while picking.button(f"gz:{gone.code}:{heir.code}:") is None:
        picking = await tap(organizer, "›", picking)
    asked = await tap(organizer, f"gz:{gone.code}:{heir.code}:0", picking)
    assert first_question(forum)["session"] == gone.code
    await author.look_away()
    left = await tap(organizer, f"gz:{gone.code}:{heir.code}:1", asked)
    assert said("hanging.nothing") in left.text
    assert (first_question(forum)["session"], first_question(forum)["state"]) == (heir.code, PENDING)
    assert stars(forum) == {(author.id, heir.code)}
    await author.sees(said("questions.carried", number=number), heir.title.say("ru"))
    await author.send("/my")
    await author.sees(heir.title.say("ru")[:20])
    # A moderator meets it at the desk of the gone session, too, and there is nothing left to do there.
    await organizer.press_data(f"gz:{gone.code}:{heir.code}:1", left.id)
    assert len([row for row in tables(forum.folder)["audit"] if row["deed"] == "carry"]) == 1


async def test_an_heir_that_goes_too_passes_it_on(forum: Forum) -> None:
    gone, heir, last = leaving(forum), heir_of(forum), sessions(forum)[7]
    organizer, author = await forum.organizer(), await forum.delegate("Айгерім", "ru")
    await ask(author, gone.code, "Кто заплатит за дорогу?")
    await star(author, gone)
    await sent(forum, organizer, without(forum.programme, gone.code))
    asked = await choose_heir(forum, organizer, await asking(forum, organizer), gone.code, heir.code)
    # The next step takes the heir away: then there is none.
    await sent(forum, organizer, without(forum.programme, gone.code, heir.code))
    asked = await asking(forum, organizer)
    assert "→" not in asked.text.split(said("hanging.ahead", questions=1, stars=1, people=1))[1]
    await organizer.send("/programme")
    screen = await the_draft(organizer, await organizer.sees("🗂"))
    screen = await tap(organizer, "ppt:", screen)
    asked = await tap(organizer, "ppa:", screen)
    assert f"→ {heir.title.say('ru')[:30]}" in asked.text
    await tap(organizer, "ppy:", asked)
    assert stars(forum) == {(author.id, heir.code)}
    # It goes in the next version, with an heir of its own.
    await sent(forum, organizer, without(forum.programme, gone.code, heir.code))
    asked = await choose_heir(forum, organizer, await asking(forum, organizer), heir.code, last.code)
    done = await tap(organizer, "ppy:", asked)
    assert stars(forum) == {(author.id, last.code)}
    assert first_question(forum)["session"] == last.code
    # Step by step it all comes back.
    await tap(organizer, "pve:", await tap(organizer, "ppu:", done))
    assert stars(forum) == {(author.id, heir.code)}
    assert first_question(forum)["session"] == heir.code
    await sent(forum, organizer, forum.programme)
    await publish(organizer)
    assert stars(forum) == {(author.id, gone.code)}
    assert first_question(forum)["session"] == gone.code


async def test_what_an_heir_passed_on_comes_back_all_the_way_at_once(forum: Forum) -> None:
    """Whatever the codes of the sessions are."""
    gone, heir, last = leaving(forum), heir_of(forum), sessions(forum)[7]
    organizer, author = await forum.organizer(), await forum.delegate("Айгерім", "ru")
    for first, second in ((gone, heir), (heir, gone)):
        number = await ask(author, first.code, f"Кто заплатит за {first.code}?")
        await star(author, first)
        before = stars(forum)
        await sent(forum, organizer, without(forum.programme, first.code))
        asked = await choose_heir(forum, organizer, await asking(forum, organizer), first.code, second.code)
        await tap(organizer, "ppy:", asked)
        await sent(forum, organizer, without(forum.programme, first.code, second.code))
        asked = await choose_heir(forum, organizer, await asking(forum, organizer), second.code, last.code)
        await tap(organizer, "ppy:", asked)
        assert question_of(forum, number)["session"] == last.code
        await author.look_away()
        await sent(forum, organizer, forum.programme)
        await publish(organizer)
        assert question_of(forum, number)["session"] == first.code
        assert stars(forum) == before
        await author.send("/questions")
        await author.sees(first.title.say("ru")[:20])


@pytest.mark.parametrize("after", [1, 121])
async def test_an_heir_that_is_over_gets_none(forum: Forum, after: int) -> None:
    gone, heir = leaving(forum), sessions(forum)[1]
    organizer, author = await forum.organizer(), await forum.delegate("Айгерім", "ru")
    await ask(author, gone.code, "Кто заплатит за дорогу?")
    await sent(forum, organizer, without(forum.programme, gone.code))
    asked = await choose_heir(forum, organizer, await asking(forum, organizer), gone.code, heir.code)
    await forum.at(heir.end + after * MINUTE)
    done = await tap(organizer, "ppy:", asked)
    assert first_question(forum)["session"] == gone.code
    assert said("hanging.left", questions=1, stars=0, people=1) in done.text


@pytest.mark.parametrize("language", LANGUAGES)
async def test_who_starred_it_reads_where_the_star_is_that_was_moved_afterwards(forum: Forum, language: str) -> None:
    gone, heir = leaving(forum), heir_of(forum)
    organizer, owner = await forum.organizer(), await forum.delegate("Айгерім", language)
    other = await forum.delegate("Сергей", "ru")
    await star(owner, gone)
    await star(other, gone)
    await other.block()
    await remove(forum, organizer, gone.code)
    await organizer.press_data(f"gz:{gone.code}:{heir.code}:1", (await here(organizer)).id)
    words = said("notices.star_on", language, session=heir.title.say(language)[:10], when="").split(":")[0]
    news = await owner.sees(words, gone.title.say(language)[:20])
    assert heir.title.say(language)[:10] in news.text
    assert news.button(f"s:{heir.code}:") is not None
    assert len(outbox(forum, "star-moved")) == 2


@pytest.mark.parametrize("quiet", [0, 1])
async def test_a_moved_star_is_told_once(forum: Forum, quiet: int) -> None:
    """By the notice that the session goes away, or, where nobody gets one, by itself."""
    gone, heir = leaving(forum), heir_of(forum)
    organizer, owner = await forum.organizer(), await forum.delegate("Айгерім", "ru")
    await star(owner, gone)
    await sent(forum, organizer, without(forum.programme, gone.code))
    asked = await choose_heir(forum, organizer, await asking(forum, organizer), gone.code, heir.code)
    await owner.look_away()
    await tap(organizer, f"{data_of(asked, 'ppy:').removesuffix('0')}{quiet}", asked)
    await minutes(forum, 6)
    await owner.sees(heir.title.say("ru")[:20])
    assert len(outbox(forum, "star-moved")) == quiet
    await owner.quiet()


async def test_where_to_move_says_when_it_is_expected(forum: Forum) -> None:
    """What is over is not among them, though questions are taken there still, to be answered in writing."""
    gone, over = sessions(forum)[5], forum.programme.session(LATE)
    assert over is not None
    organizer, author = await forum.organizer(), await forum.delegate("Айгерім", "ru")
    await ask(author, gone.code, "Кто заплатит за дорогу?")
    await remove(forum, organizer, gone.code)
    begins = await delayed(forum, organizer)
    await organizer.send("/moderate")
    desk = await tap(organizer, f"ks:{gone.code}", await organizer.sees("🛎"))
    picking = await tap(organizer, f"gx:{gone.code}:", desk)
    assert label(picking, f"gz:{gone.code}:{NEXT}:").startswith(f"{begins} ")
    assert label(picking, f"gz:{gone.code}:{over.code}:")
    await forum.at(over.end + dt.timedelta(minutes=30))
    picking = await tap(organizer, f"gx:{gone.code}:", await tap(organizer, "pvd:-1:", picking))
    assert label(picking, f"gz:{gone.code}:")
    assert not any(f":{over.code}:" in one["callback_data"] for row in picking.rows for one in row)


async def test_no_heir_is_offered_that_is_over(forum: Forum) -> None:
    """It still takes questions to answer in writing, but a star there leads nowhere."""
    gone, over = leaving(forum), sessions(forum)[1]
    organizer, author = await forum.organizer(), await forum.delegate("Айгерім", "ru")
    await ask(author, gone.code, "Кто заплатит за дорогу?")
    await sent(forum, organizer, without(forum.programme, gone.code))
    await forum.at(over.end + MINUTE)
    asked = await asking(forum, organizer)
    picking = await tap(organizer, f"gx:{gone.code}:", await tap(organizer, "pvd:", asked))
    offered = [one["callback_data"] for row in picking.rows for one in row if one["callback_data"].startswith("gy:")]
    assert offered
    assert not any(data.startswith(f"gy:{gone.code}:{over.code}:") for data in offered)


async def test_two_organizers_choose_at_once(forum: Forum) -> None:
    gone, heir, second = leaving(forum), heir_of(forum), sessions(forum)[6]
    organizer = await forum.organizer()
    other = await forum.delegate("Алия", "ru")
    await other.start(await forum.invitation(organizer, "si:organizer:"))
    await other.sees("🗝")
    author = await forum.delegate("Айгерім", "ru")
    await ask(author, gone.code, "Кто заплатит за дорогу?")
    await sent(forum, organizer, without(forum.programme, gone.code))
    [revision] = [row["revision"] for row in tables(forum.folder)["draft_revision"]]
    await other.send("/programme")
    theirs, mine = await other.sees("🗂"), await here(organizer)
    await asyncio.gather(
        organizer.press_data(f"gy:{gone.code}:{heir.code}:{revision}", mine.id),
        other.press_data(f"gy:{gone.code}:{second.code}:{revision}", theirs.id),
    )
    await forum.telegram.idle()
    [chosen] = tables(forum.folder)["draft_heirs"]
    assert chosen["heir"] in (heir.code, second.code)
    [after] = [row["revision"] for row in tables(forum.folder)["draft_revision"]]
    assert after == revision + 1
    # The same press again changes nothing; and who asks to publish what they saw before reads it again.
    await organizer.press_data(f"gy:{gone.code}:{chosen['heir']}:{revision}", mine.id)
    [same] = [row["revision"] for row in tables(forum.folder)["draft_revision"]]
    assert same == after
    await organizer.press_data(f"ppy:1:{revision}:0", mine.id)
    assert len(tables(forum.folder)["programmes"]) == 1
    # Thrown away, the draft takes the choice along.
    await organizer.press_data(f"ppd:{after}:1", mine.id)
    assert tables(forum.folder)["draft_heirs"] == []


async def test_forged_presses_move_nothing(forum: Forum) -> None:
    gone, heir = leaving(forum), heir_of(forum)
    organizer, author = await forum.organizer(), await forum.delegate("Айгерім", "ru")
    await ask(author, gone.code, "Кто заплатит за дорогу?")
    await star(author, gone)
    shown = await author.last()
    forged = (
        *(f"pvd:{revision}:{page}" for revision in (-1, 0, 99) for page in (0, 99)),
        *(f"gx:{code}:0:{revision}" for code in (gone.code, "nowhere") for revision in (-1, 0, 99)),
        *(f"gy:{gone.code}:{code}:0" for code in (heir.code, "nowhere", gone.code, "")),
        *(f"gz:{code}:{to}:{sure}" for code in (gone.code, "x") for to in (heir.code, "x") for sure in (0, 1)),
        *(f"pve:{number}" for number in (0, 1, 2, 99)),
    )
    before = {name: tables(forum.folder)[name] for name in ("questions", "bookmarks", "programmes", "draft_heirs")}
    await organizer.send("/programme")
    mine = await organizer.sees("🗂")
    for data in forged:
        assert (await author.press_data(data, shown.id)).answered, data
        assert (await organizer.press_data(data, mine.id)).answered, data
    assert {name: tables(forum.folder)[name] for name in before} == before
    # Of a session that has gone: only to one that takes questions.
    await remove(forum, organizer, gone.code)
    for heir_code in ("x", gone.code, next(one.code for one in forum.programme.sessions if one.is_break)):
        await organizer.press_data(f"gz:{gone.code}:{heir_code}:1", mine.id)
    assert (await author.press_data(f"gz:{gone.code}:{heir.code}:1", shown.id)).answered
    assert first_question(forum)["session"] == gone.code


async def test_everything_goes_and_nothing_is_lost(forum: Forum) -> None:
    """A file with one session, new to the forum."""
    organizer, author = await forum.organizer(), await forum.delegate("Айгерім", "ru")
    kept = sessions(forum)
    for one in kept[:3]:
        await ask(author, one.code, f"Вопрос про {one.code}?")
        await star(author, one)
    only = replace(kept[4], code="only", speakers=(), moderators=())
    await sent(forum, organizer, replace(forum.programme, sessions=(only,)))
    asked = await asking(forum, organizer)
    assert said("hanging.ahead", questions=3, stars=3, people=1) in asked.text
    await tap(organizer, "ppy:", asked)
    await organizer.look_away()
    await organizer.send("/moderate")
    desk = await organizer.sees("🛎", said("moderation.waiting", n=3))
    assert sum(label.startswith("⏳ 1 · 🚫") for label in (one["text"] for row in desk.rows for one in row)) == 3
    await author.send("/my")
    await author.sees(said("agenda.gone"))
    assert {row["session"] for row in tables(forum.folder)["questions"]} == {one.code for one in kept[:3]}


async def test_stars_that_were_moved_are_in_mydata_and_forgotten(forum: Forum) -> None:
    gone, heir = leaving(forum), heir_of(forum)
    organizer, author = await forum.organizer(), await forum.delegate("Айгерім", "ru")
    await star(author, gone)
    await sent(forum, organizer, without(forum.programme, gone.code))
    asked = await choose_heir(forum, organizer, await asking(forum, organizer), gone.code, heir.code)
    await tap(organizer, "ppy:", asked)
    await author.send("/mydata")
    message = await author.sees("/forget")
    assert message.document is not None
    found = json.loads(await forum.telegram.file(message.document["file_id"]))
    assert found["stars_moved"] == [{"from": gone.code, "to": heir.code}]
    await author.send("/forget")
    await author.press(said("privacy.forget_yes"))
    await at_rest(forum)
    assert tables(forum.folder)["moved_stars"] == []


async def test_a_watched_address_says_what_hangs_on_what_it_takes_away(running: Running) -> None:
    running.reach = only_second_loopback
    async with running.open() as forum, schedule_server() as server:
        gone = leaving(forum)
        organizer, author = await forum.organizer(), await forum.delegate("Айгерім", "ru")
        await ask(author, gone.code, "Кто заплатит за дорогу?")
        server.data, server.etag = write(forum.programme, "toml", "ru"), '"1"'
        await organizer.send("/programme")
        await organizer.press("go:watch")
        await organizer.press("wa")
        await organizer.sees(said("watch.type_address"))
        await organizer.send(server.address())
        await organizer.sees(said("watch.begun_same"))
        server.data, server.etag = write(without(forum.programme, gone.code), "toml", "ru"), '"2"'
        await organizer.look_away()
        await forum.at(forum.clock.now() + dt.timedelta(seconds=EVERY))
        await organizer.sees("🔭", said("hanging.ahead", questions=1, stars=0, people=1))
