"""When a session has ended, who was to be there is asked how it was: once, and nobody else."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

from bot.actions import outgoing
from bot.actions.agenda import ratings
from bot.programme.model import Session
from bot.who import SPEAKER
from storage import roles, session_runs
from storage.session_runs import SessionRun
from tests.conftest import Forum, Running, register
from tests.scenarios.second_reader import at_rest, tables, traces
from tests.scenarios.steps import ask, outbox, publish, said, sessions, star, until
from tests.telegram import Message, Person

MINUTE = dt.timedelta(minutes=1)
AFTER = dt.timedelta(seconds=ratings.DELAY)


def a_session(forum: Forum) -> Session:
    """One with somebody on stage, before any other has ended."""
    return next(one for one in sessions(forum) if one.speakers)


def requests(person: Person, language: str = "kk") -> list[Message]:
    return [one for one in person.shown() if said("ratings.how", language) in one.text]


async def over(forum: Forum, session: Session, wait: dt.timedelta = AFTER) -> None:
    """Let the session end, as the programme has it, and people leave the hall."""
    await forum.at(session.end + wait)


async def asked(forum: Forum, person: Person, session: Session) -> Message:
    await star(person, session)
    await over(forum, session)
    return await person.sees(said("ratings.how", "kk"), session.title.say("kk"))


def kept(forum: Forum) -> list[tuple[str, int, str]]:
    return [(row["session"], row["stars"], row["word"]) for row in tables(forum.folder)["ratings"]]


async def test_who_was_to_be_there_is_asked_in_their_language_once(forum: Forum) -> None:
    session = a_session(forum)
    starred, asked_there = await forum.delegate("Айгерім", "kk"), await forum.delegate("Сергей", "ru")
    unnamed, elsewhere = await forum.delegate("Ann", "en"), await forum.delegate("Басқа", "kk")
    await star(starred, session)
    await ask(starred, session.code, "Жұлдызша да, сұрақ та бар ма?")
    await ask(asked_there, session.code, "Когда начнётся приём заявок?")
    await unnamed.start(f"q_{session.code}")
    await unnamed.press("qa:")
    await unnamed.send("Who pays for all of this?")
    await unnamed.sees("№")
    await star(elsewhere, next(one for one in sessions(forum) if one.end > session.end + 60 * MINUTE))
    for person in (starred, asked_there, unnamed, elsewhere):
        await person.look_away()

    await over(forum, session, AFTER - dt.timedelta(seconds=1))
    await forum.telegram.idle()
    assert outbox(forum, outgoing.RatingRequest.kind) == []
    await over(forum, session)
    for person, language in ((starred, "kk"), (asked_there, "ru"), (unnamed, "en")):
        request = await person.sees(said("ratings.how", language), said("ratings.nameless", language))
        assert session.title.say(language) in request.text
        assert request.buttons == ["⭐1", "⭐2", "⭐3", "⭐4", "⭐5"]
    for moment in (session.end + 20 * MINUTE, session.end - MINUTE, session.end + 40 * MINUTE):
        await forum.at(moment)
        await forum.application.scheduler.look()
    for person, language in ((starred, "kk"), (asked_there, "ru"), (unnamed, "en")):
        await person.look_away()
        assert len(requests(person, language)) == 1
    await elsewhere.look_away()
    assert requests(elsewhere) == []
    assert {row["thing"] for row in outbox(forum, outgoing.RatingRequest.kind) if row["recipient"] == starred.id} == {
        session.code
    }


async def test_who_is_not_asked(forum: Forum) -> None:
    session = a_session(forum)
    muted, gone, withdrew, on_stage, listener = [
        await forum.delegate(name) for name in ("Үнсіз", "Кетті", "Қайтарды", "Спикер", "Тыңдаушы")
    ]
    for person in (muted, gone, on_stage, listener):
        await star(person, session)
    await muted.send("/settings")
    await muted.press("sm:1")
    await gone.block()
    number = await ask(withdrew, session.code, "Бұл сұрақ кері алынады")
    await withdrew.press(f"m1:{number}")
    await withdrew.press(f"mw:{number}:0")
    await withdrew.press(f"mw:{number}:1")
    stranger = next(one.code for one in forum.programme.speakers if one.code not in ratings.on_stage(session))
    await forum.db.write(roles.grant, on_stage.id, role=SPEAKER, session=session.speakers[0], granted_by=None, now=1)
    await forum.db.write(roles.grant, listener.id, role=SPEAKER, session=stranger, granted_by=None, now=1)
    await over(forum, session)
    await listener.sees(said("ratings.how", "kk"))
    assert [row["recipient"] for row in outbox(forum, outgoing.RatingRequest.kind)] == [listener.id]


async def test_breaks_and_cancelled_sessions_are_not_asked_about(forum: Forum) -> None:
    delegate = await forum.delegate()
    pause, off = sessions(forum)[:2]
    for session in (pause, off):
        await star(delegate, session)
    await publish(forum, replace(pause, kind="break"), replace(off, cancelled=True))
    for session in (pause, off):
        await over(forum, session)
        await forum.application.scheduler.look()
    assert outbox(forum, outgoing.RatingRequest.kind) == []


async def test_stars_are_given_changed_spoken_of_and_taken_back(forum: Forum) -> None:
    session = a_session(forum)
    delegate = await forum.delegate()
    request = await asked(forum, delegate, session)
    await delegate.press(f"rt:{session.code}:4", request)
    await delegate.toast(said("ratings.thanks", "kk", stars=4))
    thanked = await delegate.sees(said("ratings.thanks", "kk", stars=4))
    assert thanked.id == request.id
    assert thanked.buttons[:5] == ["⭐1", "⭐2", "⭐3", "✅4", "⭐5"]
    await delegate.press(f"rt:{session.code}:2", request)
    await delegate.sees(said("ratings.thanks", "kk", stars=2))
    assert kept(forum) == [(session.code, 2, "")]

    await delegate.press("rtw:", request)
    await delegate.sees(said("ratings.form", "kk", most=500).splitlines()[0])
    await delegate.send("/cancel")
    await delegate.look_away()
    assert kept(forum) == [(session.code, 2, "")]

    await forum.at(session.end + dt.timedelta(days=3))
    await delegate.press("rtw:", request)
    await delegate.sees("✍️")
    await delegate.sticker()
    await delegate.sees(said("ratings.text_only", "kk"))
    await delegate.send("ұ" * 507)
    await delegate.sees(said("ratings.too_long", "kk", most=500, over=7))
    await delegate.send("Қызық болды, бірақ <b>уақыт</b> аз")
    confirmed = await delegate.sees("Қызық болды, бірақ <b>уақыт</b> аз", "⭐⭐")
    assert kept(forum) == [(session.code, 2, "Қызық болды, бірақ <b>уақыт</b> аз")]
    await delegate.send("Бұл енді іздеу")  # the form is closed
    await delegate.look_away()
    assert [word for _, _, word in kept(forum)] == ["Қызық болды, бірақ <b>уақыт</b> аз"]
    await delegate.press(f"rt:{session.code}:3", confirmed)
    await delegate.sees("⭐⭐⭐", "Қызық болды")

    await delegate.press(f"rtr:{session.code}:1", confirmed)
    await delegate.press(f"rtr:{session.code}:0", confirmed)
    await delegate.sees("⭐⭐⭐", "Қызық болды")
    await delegate.press(f"rtr:{session.code}:1", confirmed)
    await delegate.press("rtx:", confirmed)
    await delegate.toast(said("ratings.removed", "kk"))
    await delegate.sees(said("ratings.how", "kk"))
    assert kept(forum) == []
    await delegate.press_data(f"rtw:{session.code}", request.id)
    await delegate.toast(said("ratings.none", "kk"))
    await delegate.press_data(f"rtx:{session.code}", request.id)
    await delegate.press(f"rt:{session.code}:5", request)
    await delegate.sees("⭐⭐⭐⭐⭐")
    assert kept(forum) == [(session.code, 5, "")]


async def test_only_who_was_asked_may_rate(forum: Forum) -> None:
    session, later = sessions(forum)[0], sessions(forum)[-1]
    delegate, other = await forum.delegate(), await forum.delegate("Басқа")
    request = await asked(forum, delegate, session)
    await other.press_data(f"rt:{session.code}:1", 1)
    await other.toast(said("ratings.not_asked", "kk"))
    await delegate.press_data(f"rt:{later.code}:5", request.id)
    await delegate.toast(said("ratings.not_asked", "kk"))
    for stars in ("0", "6", "-1"):
        assert (await delegate.press_data(f"rt:{session.code}:{stars}", request.id)).alert
    assert (await delegate.press_data("rt:gone:5", request.id)).alert
    guest = await forum.telegram.person("Қонақ", "kk")
    for data in (f"rt:{session.code}:5", f"rtw:{session.code}", f"rtx:{session.code}"):
        await guest.press_data(data, 1)
    assert kept(forum) == []


async def test_a_moved_session_is_asked_about_once(forum: Forum) -> None:
    session = a_session(forum)
    delegate = await forum.delegate()
    await star(delegate, session)
    later = replace(session, start=session.start + 30 * MINUTE, end=session.end + 30 * MINUTE)
    await publish(forum, later)
    await over(forum, session)
    await delegate.look_away()
    assert requests(delegate) == []
    await over(forum, later)
    await delegate.sees(said("ratings.how", "kk"))
    again = replace(session, start=session.start + 90 * MINUTE, end=session.end + 90 * MINUTE)
    await publish(forum, again)
    await over(forum, again)
    await delegate.look_away()
    assert len(requests(delegate)) == 1
    assert len(outbox(forum, outgoing.RatingRequest.kind)) == 1


async def test_a_request_on_its_way_waits_for_a_session_that_goes_on_after_all(forum: Forum) -> None:
    session = a_session(forum)
    delegate = await forum.delegate()
    await star(delegate, session)
    await delegate.look_away()
    await forum.telegram.fault(method="sendMessage", next=1, status=502)
    await over(forum, session)
    await until(lambda: [row["attempts"] for row in outbox(forum, outgoing.RatingRequest.kind)] == [1])
    longer = replace(session, end=session.end + 30 * MINUTE)
    await publish(forum, longer)
    await forum.telegram.clock(by=5)
    await delegate.look_away()
    assert requests(delegate) == []
    await over(forum, longer)
    await delegate.sees(said("ratings.how", "kk"))


async def test_what_the_hall_says_of_the_end_counts(forum: Forum) -> None:
    early, late = sessions(forum)[:2]
    organizer, delegate = await forum.organizer(), await forum.delegate()
    for session in (early, late):
        await star(delegate, session)
    ended = early.start + 3 * MINUTE
    await forum.at(ended)
    mark = SessionRun(early.code, int(early.start.timestamp()), None, int(ended.timestamp()))
    await forum.db.write(session_runs.put, mark, organizer.id, int(ended.timestamp()))
    await until(lambda: bool(forum.application.current.runs.moved(forum.programme)))
    await forum.at(ended + AFTER)
    await delegate.sees(said("ratings.how", "kk"), early.title.say("kk"))

    longer = int((late.end + 20 * MINUTE).timestamp())
    await forum.at(late.end - MINUTE)
    mark = SessionRun(late.code, int(late.start.timestamp()), longer)
    await forum.db.write(session_runs.put, mark, organizer.id, int((late.end - MINUTE).timestamp()))
    await until(lambda: late.code in forum.application.current.runs.moved(forum.programme))
    await over(forum, late)
    await delegate.look_away()
    assert len(requests(delegate)) == 1
    await over(forum, late, 20 * MINUTE + AFTER)
    await delegate.sees(said("ratings.how", "kk"), late.title.say("kk"))


async def test_at_night_it_waits_for_the_morning(forum: Forum) -> None:
    night = sessions(forum)[0].start.replace(hour=21, minute=40)
    session = replace(a_session(forum), start=night, end=night + 50 * MINUTE)
    await publish(forum, session)
    delegate = await forum.delegate()
    await star(delegate, session)
    await over(forum, session)
    await delegate.look_away()
    assert requests(delegate) == []
    await forum.at((night + dt.timedelta(days=1)).replace(hour=7, minute=0))
    await delegate.sees(said("ratings.how", "kk"))


async def test_a_restart_in_between_asks_nobody_twice_and_nobody_about_yesterday(running: Running) -> None:
    async with running.open() as forum:
        first, *_, last = [one for one in sessions(forum) if one.day == sessions(forum)[0].day]
        delegate = await forum.telegram.person("Айгерім", "kk")
        await register(delegate)
        request = await asked(forum, delegate, first)
        await star(delegate, last)
        await running.stop()
        running.clock.move(last.end + dt.timedelta(hours=1) - running.clock.now())
        await delegate.press_data(f"rt:{first.code}:5", request.id, timeout=0)
        await running.start()
        await delegate.sees(said("ratings.how", "kk"), last.title.say("kk"))
        await until(lambda: kept(forum) == [(first.code, 5, "")])
        await running.stop()
        await running.start()
        await delegate.look_away()
        assert len(outbox(forum, outgoing.RatingRequest.kind)) == 2

        other = next(one for one in sessions(forum) if one.day != last.day)
        forum.application = running.application
        await star(delegate, other)
        await running.stop()
        running.clock.move(other.end + dt.timedelta(seconds=ratings.WINDOW) - running.clock.now())
        await running.start()
        await delegate.look_away()
        assert len(outbox(forum, outgoing.RatingRequest.kind)) == 2


async def test_ratings_are_in_my_data_and_gone_with_forget(forum: Forum) -> None:
    session = a_session(forum)
    delegate = await forum.delegate()
    request = await asked(forum, delegate, session)
    await delegate.press(f"rt:{session.code}:4", request)
    await delegate.press("rtw:", request)
    await delegate.sees("✍️")
    await delegate.send("Осы сөз жоғалсын")
    await delegate.sees("Осы сөз жоғалсын")
    await delegate.send("/mydata")
    message = await delegate.sees("/forget")
    assert message.document is not None
    data = json.loads(await forum.telegram.file(message.document["file_id"]))
    (rating,) = data["ratings"]
    assert (rating["session"], rating["stars"], rating["word"]) == (session.code, 4, "Осы сөз жоғалсын")
    await delegate.send("/forget")
    await delegate.press("fg:1")
    await at_rest(forum)
    assert traces(forum.folder, delegate.id, "Осы сөз жоғалсын") == []
    assert kept(forum) == []
