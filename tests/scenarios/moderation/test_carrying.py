"""Questions carried to another session: who decides there, what all cards say, and how it is undone."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from bot.actions import outgoing
from bot.programme.model import Session
from bot.who import MODERATOR
from storage import claims, followers, questions, roles, votes
from storage.questions import APPROVED
from tests.conftest import Forum
from tests.scenarios.moderation.groups import cards_in, group_of, topic_of
from tests.scenarios.questions.ending import (
    MINUTE,
    NO_TIME,
    a_session,
    asked,
    closes,
    is_over,
    look,
    merged,
    question,
    told,
)
from tests.scenarios.second_reader import tables
from tests.scenarios.steps import ask, moderator_of, nothing_due, now_in, outbox, publish, said, sessions
from tests.telegram import Message, Person

ELSEWHERE = said("carrying.elsewhere", number=1)


def target(forum: Forum) -> Session:
    """A later session of the same day, in a moderators' other hands."""
    first = a_session(forum)
    return next(one for one in sessions(forum) if one.day == first.day and one.start > first.end and one.speakers)


async def two_desks(forum: Forum) -> tuple[Person, Person, Person, Message]:
    """The moderators of two sessions, the author of question 1, and its card with the first of them."""
    organizer = await forum.organizer()
    chair = await moderator_of(forum, organizer, a_session(forum).code, "Бірінші")
    other = await moderator_of(forum, organizer, target(forum).code, "Екінші")
    author = await forum.delegate("Ася", "ru")
    await ask(author, a_session(forum).code, "Куда меня перенесут?")
    card = await chair.sees("Куда меня перенесут?")
    await author.look_away()
    await other.look_away()
    return chair, other, author, card


async def carry(forum: Forum, person: Person, card: Message, number: int = 1, to: str = "") -> Message:
    """Through the picker, by the card's menu; the message then."""
    await person.press(f"km:{number}", card)
    await person.press(f"lc:{number}", await now_in(person, card))
    await person.press_data(f"lk:{number}:{to or target(forum).code}:-", card.id)
    await person.press(f"lx:{number}", await now_in(person, card))
    return await now_in(person, card)


async def test_a_question_goes_to_the_other_sessions_moderators(forum: Forum) -> None:
    chair, other, author, card = await two_desks(forum)
    second = await forum.delegate("Тағы", "ru")
    await forum.db.write(followers.follow, 1, person=second.id, now=1)
    await chair.press("km:1", card)
    await chair.press("lc:1", await now_in(chair, card))
    picker = await now_in(chair, card)
    assert [row for row in picker.buttons if "🔴" in row or "≈" in row] == []
    await chair.press(f"lk:1:{target(forum).code}", picker)
    sure = await now_in(chair, card)
    assert said("left.people", count=2) in sure.text
    await chair.press("lx:1", sure)
    done = await now_in(chair, card)
    assert ELSEWHERE in done.text
    title = target(forum).title.say("ru")
    for person in (author, second):
        await person.sees(said("questions.carried", number=1), title, said("questions.state_pending"))
    theirs = await other.sees("Куда меня перенесут?")
    assert theirs.button("kd:1:approve")
    assert question(forum, 1)["session"] == target(forum).code
    assert [row["deed"] for row in tables(forum.folder)["audit"] if row["question"] == 1] == ["carry"]

    assert (await chair.press("ku:", done)).text == said("undo.done", number=1)
    await author.sees(said("questions.corrected"), said("questions.state_pending"))
    assert (await now_in(chair, card)).button("kd:1:approve")
    assert (await now_in(other, theirs)).rows == []
    assert ELSEWHERE in (await now_in(other, theirs)).text
    assert question(forum, 1)["session"] == a_session(forum).code


async def test_cards_of_those_who_stay_behind_say_where_it_is(forum: Forum) -> None:
    chair, _, author, _ = await two_desks(forum)
    third = await forum.delegate("Үшінші", "ru")
    await forum.db.write(roles.grant, third.id, role=MODERATOR, session=a_session(forum).code, granted_by=None, now=1)
    forum.application.people.changed(third.id)
    await ask(author, a_session(forum).code, "Вторая карточка?")
    theirs = await third.sees("Вторая карточка?")
    own = await chair.sees("Вторая карточка?")
    done = await carry(forum, chair, own, 2)
    left = await now_in(third, theirs)
    assert said("carrying.elsewhere", number=2) in left.text
    assert left.rows == []
    await chair.press("ku:", done)
    assert (await now_in(third, theirs)).button("kd:2:approve")


async def test_an_approved_one_stays_so_for_whoever_moderates_there_too(forum: Forum) -> None:
    organizer = await forum.organizer()
    author = await forum.delegate("Ася", "ru")
    await ask(author, a_session(forum).code, "Останусь ли одобренным?")
    card = await organizer.sees("Останусь ли одобренным?")
    await organizer.press("kd:1:approve", card)
    await forum.db.write(votes.vote, 1, person=99, now=1)
    done = await carry(forum, organizer, card)
    assert said("carrying.elsewhere", number=1) in done.text
    row = question(forum, 1)
    assert (row["state"], row["votes"], row["session"]) == ("approved", 1, target(forum).code)
    await organizer.press_data(f"kn:{target(forum).code}:a:0", done.id)
    second = await now_in(organizer, done)
    again = await carry(forum, organizer, second, to=sessions(forum)[-1].code)  # twice
    assert question(forum, 1)["session"] == sessions(forum)[-1].code
    await organizer.press("ku:", again)
    assert question(forum, 1)["session"] == target(forum).code


async def test_a_second_tap_and_a_forged_one_carry_nothing_twice(forum: Forum) -> None:
    chair, _, author, card = await two_desks(forum)
    stranger = await forum.delegate("Бөтен", "ru")
    await carry(forum, chair, card)
    await chair.press_data(f"lx:1:{target(forum).code}:1:-", card.id)
    again = await now_in(chair, card)
    assert ELSEWHERE in again.text
    assert again.button("ku:")
    await stranger.press_data(f"lx:1:{target(forum).code}:1:-", (await stranger.last()).id)
    await stranger.toast(said("refusal.not_moderator"))
    await author.look_away()
    assert len(outbox(forum, outgoing.Carried.kind)) == 1


async def test_two_who_carry_at_once_carry_it_once(forum: Forum) -> None:
    chair, _, _, card = await two_desks(forum)
    last = sessions(forum)[-1].code
    await chair.press("km:1", card)
    await asyncio.gather(
        chair.press_data(f"lx:1:{target(forum).code}:1:-", card.id), chair.press_data(f"lx:1:{last}:1:-", card.id)
    )
    await nothing_due(forum)
    assert len([row for row in tables(forum.folder)["audit"] if row["deed"] == "carry"]) == 1


async def test_what_another_works_on_is_not_carried(forum: Forum) -> None:
    chair, other, _, card = await two_desks(forum)
    now = forum.clock.seconds()
    await forum.db.write(claims.take, 1, moderator=other.id, now=now, until=now + 100)
    await chair.press_data(f"lx:1:{target(forum).code}:1:-", card.id)
    await chair.toast("Екінші")
    await chair.press_data("lc:1:::0:-", card.id)
    await chair.toast("Екінші")
    assert question(forum, 1)["session"] == a_session(forum).code


async def test_nothing_is_carried_to_where_it_cannot_be_asked(forum: Forum) -> None:
    chair, _, _, card = await two_desks(forum)
    over, off = a_session(forum), target(forum)
    await publish(forum, replace(off, cancelled=True))
    await forum.at(sessions(forum)[2].end + MINUTE)
    ended = sessions(forum)[2].code if sessions(forum)[2].code != over.code else sessions(forum)[1].code
    for to, words in (
        (off.code, "questions.session_cancelled"),
        (ended, "carrying.ended"),
        ("gone", "agenda.no_such_session"),
    ):
        for data in (f"lk:1:{to}:-", f"lx:1:{to}:1:-"):
            await chair.press_data(data, card.id)
            await chair.toast(said(words))
    await chair.press_data("lc:1:::0:-", card.id)
    labels = (await now_in(chair, card)).buttons
    assert all(off.title.say("ru")[:20] not in label for label in labels)


async def test_a_carried_question_leaves_the_stage(forum: Forum) -> None:
    organizer = await forum.organizer()
    author = await forum.delegate("Ася", "ru")
    await ask(author, a_session(forum).code, "Стою ли я на сцене?")
    card = await organizer.sees("Стою ли я на сцене?")
    await organizer.press("kd:1:approve", card)
    await organizer.press_data("tm:1:2:put", (await organizer.last()).id)
    stage = await organizer.newest("tl:")
    assert "Стою ли я на сцене?" in stage.text
    await organizer.press_data(f"lx:1:{target(forum).code}:2:-", card.id)
    await nothing_due(forum)
    assert "Стою ли я на сцене?" not in (await now_in(organizer, stage)).text
    desk = next(row for row in tables(forum.folder)["session_desks"] if row["session"] == a_session(forum).code)
    assert desk["on_stage"] is None


async def test_merged_fellows_go_along_and_hear_once(forum: Forum) -> None:
    organizer = await forum.organizer()
    one, two = await forum.delegate("Ася", "ru"), await forum.delegate("Бота", "ru")
    for author, text in ((one, "Когда это будет?"), (two, "Когда же это будет?")):
        await asked(forum, a_session(forum), author, text)
    await merged(forum, 2, 1)
    await organizer.send("/moderate")
    desk = await organizer.newest("ks:")
    await organizer.press_data("kc:1:-", desk.id)
    await carry(forum, organizer, desk)
    for author in (one, two):
        await author.sees(target(forum).title.say("ru"))
        assert len([row for row in outbox(forum, outgoing.Carried.kind) if row["recipient"] == author.id]) == 1
    assert question(forum, 2)["session"] == target(forum).code


async def test_all_that_is_left_is_carried_and_brought_back(forum: Forum) -> None:
    session = a_session(forum)
    organizer = await forum.organizer()
    chair = await moderator_of(forum, organizer, session.code, "Бірінші")
    other = await moderator_of(forum, organizer, target(forum).code, "Екінші")
    authors = [await forum.delegate(f"Автор{number}", "ru") for number in range(3)]
    for number, author in enumerate(authors):
        await asked(forum, session, author, f"Вопрос {number} ждёт?", APPROVED if number else "pending")
    await forum.db.write(questions.skip, 3, 2)
    await is_over(forum, session)
    notice = await chair.sees(said("left.notice"), said("left.skipped"))
    await chair.press("le:", notice)
    await chair.press("lc:0", await now_in(chair, notice))
    await chair.press(f"lka:{session.code}:{target(forum).code}", await now_in(chair, notice))
    sure = await now_in(chair, notice)
    assert said("left.questions", count=3) in sure.text
    assert said("carrying.decided_anew") in sure.text
    await other.look_away()
    await chair.press("lxa:", sure)
    done = await now_in(chair, notice)
    assert said("left.carried", count=3) in done.text
    for author in authors:
        await author.sees(target(forum).title.say("ru"))
    for number in range(3):
        await other.sees(f"Вопрос {number} ждёт?")
    assert [question(forum, number)["state"] for number in (1, 2, 3)] == ["pending"] * 3
    await chair.press_data(f"lxa:{session.code}:{target(forum).code}:3", notice.id)  # again
    assert (await now_in(chair, notice)).text == done.text
    theirs = await other.last()
    await other.press("kd:3:approve", theirs)
    assert said("left.undone", count=2) in (await chair.press("lu:", await now_in(chair, notice))).text
    assert [question(forum, number)["session"] for number in (1, 2, 3)] == [session.code] * 2 + [target(forum).code]
    assert question(forum, 2)["state"] == "approved"


async def test_what_was_told_of_no_time_is_known_when_it_comes_back(forum: Forum) -> None:
    session = a_session(forum)
    organizer, author = await forum.organizer(), await forum.delegate("Ася", "ru")
    await asked(forum, session, author, "Кто ждёт решения?", APPROVED)
    await closes(forum, session)
    assert await told(author) == 1
    at = question(forum, 1)["unheard_at"]
    await organizer.send("/moderate")
    desk = await organizer.newest("ks:")
    await organizer.press_data("kc:1:-", desk.id)
    later = sessions(forum)[-1].code
    done = await carry(forum, organizer, desk, to=later)
    await author.sees(said("questions.carried", number=1), said("questions.state_approved"))
    assert question(forum, 1)["unheard_at"] is None
    await organizer.press("ku:", done)
    await author.sees(said("questions.corrected"), NO_TIME)
    await look(forum)
    assert question(forum, 1)["unheard_at"] == at
    assert len(outbox(forum, outgoing.Unheard.kind)) == 1


@pytest.mark.parametrize("topics", [True, False])
async def test_in_the_group_the_card_goes_to_the_other_sessions_topic(forum: Forum, topics: bool) -> None:
    organizer = await forum.organizer()
    chat = await group_of(forum, organizer, topics=topics)
    author = await forum.delegate("Ася", "ru")
    await ask(author, a_session(forum).code, "Из темы в тему?")
    await nothing_due(forum)
    await organizer.look_away()
    first = cards_in(organizer, chat, "Из темы в тему?")[-1]
    await organizer.press("gc:1:more", first, chat=chat)
    menu = await organizer.newest("lc:1")
    await organizer.press("lc:1", menu)
    await organizer.press(f"lk:1:{target(forum).code}", await now_in(organizer, menu))
    await organizer.press("lx:1", await now_in(organizer, menu))
    done = await now_in(organizer, menu)
    await nothing_due(forum)
    await organizer.look_away()
    shown = cards_in(organizer, chat, "Из темы в тему?")
    assert len(shown) == 1
    if not topics:
        assert shown[0].id == first.id
        return
    stub = next(one for one in organizer.shown(chat) if one.id == first.id)
    assert ELSEWHERE in stub.text
    assert stub.rows == []
    assert topic_of(shown[0]) != topic_of(first)
    assert shown[0].button("gc:1:approve")

    await organizer.press("ku:", done)
    await nothing_due(forum)
    await organizer.look_away()
    back = cards_in(organizer, chat, "Из темы в тему?")
    assert [one.id for one in back] == [first.id]
    assert back[0].button("gc:1:approve")
    gone = next(one for one in organizer.shown(chat) if one.id == shown[0].id)
    assert ELSEWHERE in gone.text
