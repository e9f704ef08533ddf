"""Speakers who are people: invited, reminded of their own sessions, and without any right from it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.actions.agenda.speaking import LEAD
from bot.programme.model import Session
from storage import deliveries, participants
from tests.conftest import Forum, fill_in, register
from tests.scenarios.second_reader import at_rest, tables, traces
from tests.scenarios.staff.staff_presses import of_staff, staff_presses
from tests.scenarios.steps import ask, moderator_of, nothing_due, outbox, publish, said, star
from tests.telegram import Message, Person

MINUTE = dt.timedelta(minutes=1)
SPEAKER = "kurmanov"


def own(forum: Forum) -> Session:
    return next(one for one in forum.programme.sessions if SPEAKER in one.speakers)


def name_of(forum: Forum, language: str = "ru") -> str:
    speaker = forum.programme.speaker(SPEAKER)
    assert speaker is not None
    return speaker.name.say(language)


async def invitation(organizer: Person, speaker: str = SPEAKER) -> Message:
    """The message that is forwarded to the speaker."""
    await organizer.send("/staff")
    await organizer.press("go:speakers")
    await organizer.press(f"skd:{speaker}:0")
    await organizer.press(f"si:speaker:{speaker}")
    return await organizer.sees("?start=i_")


def payload(message: Message) -> str:
    return message.text.split("?start=")[1].split()[0]


async def speaker_of(
    forum: Forum, organizer: Person, speaker: str = SPEAKER, name: str = "Ержан", language: str = "ru"
) -> Person:
    """A registered person who has accepted the invitation of that speaker."""
    person = await forum.delegate(name, language)
    await person.start(payload(await invitation(organizer, speaker)))
    await person.sees("👤", said("speaking.welcome", language, name="", minutes=0).split()[-1])
    return person


def slots(person: Person) -> list[str]:
    return [one.text for one in person.shown() if re.match("👤 Ваше|👤 You speak|👤 Сіз сөз|🧭|🛎", one.text)]


async def test_an_invitation_speaks_three_languages_and_makes_who_accepts_that_speaker(forum: Forum) -> None:
    organizer = await forum.organizer()
    message = await invitation(organizer)
    for language in ("kk", "ru", "en"):
        assert name_of(forum, language) in message.text
    assert message.buttons == []  # people to whom it is forwarded are not organizers
    assert any(name_of(forum) in one.text and said("menu.back") in one.buttons for one in await organizer.messages())
    for language in ("kk", "ru", "en"):
        person = await forum.telegram.person("Ержан", language)
        await person.start(payload(message))
        await fill_in(person)
        await person.sees("👤", name_of(forum, language), f"{LEAD}")
        await person.press("go:speaking")
        session = own(forum)
        shown = await person.sees("👤", session.title.say(language)[:40], f"{session.start:%H:%M}–{session.end:%H:%M}")
        room = forum.programme.room(session.room or "")
        assert room is not None
        assert room.name.say(language) in shown.text
        message = await invitation(organizer)
    assert {(row["role"], row["session"]) for row in tables(forum.folder)["roles"]} == {("speaker", SPEAKER)}


async def test_a_link_is_good_for_one(forum: Forum) -> None:
    organizer = await forum.organizer()
    message = await invitation(organizer)
    first, second = await forum.delegate("Ержан", "ru"), await forum.delegate("Бақыт", "kk")
    await first.start(payload(message))
    await first.sees(name_of(forum))
    await second.start(payload(message))
    await second.sees(said("staff.used_invitation", "kk"))
    await forum.telegram.clock(by=8 * 86400)
    late = payload(await invitation(organizer))
    await forum.telegram.clock(by=8 * 86400)
    await second.start(late)
    await second.sees(said("staff.bad_invitation", "kk"))


async def test_nobody_is_invited_as_who_does_not_speak(forum: Forum) -> None:
    organizer = await forum.organizer()
    await organizer.send("/staff")
    shown = await organizer.sees("🗝")
    for code in ("nobody", own(forum).code, ""):
        answer = await organizer.press_data(f"si:speaker:{code}", shown.id)
        assert answer.text == said("speaking.unknown")
    assert tables(forum.folder)["invitations"] == []


async def test_the_list_says_who_is_there_and_a_name_finds_them(forum: Forum) -> None:
    organizer = await forum.organizer()
    await organizer.send("/programme")
    await organizer.press("go:speakers")
    listed = await organizer.sees(said("speaking.desk_title"))
    assert f"▫️ {name_of(forum)}"[:30] in " ".join(listed.buttons)
    message = await invitation(organizer)
    await organizer.send("/programme")
    await organizer.press("go:speakers")
    assert f"🔗 {name_of(forum)}"[:30] in " ".join((await organizer.sees(said("speaking.desk_title"))).buttons)
    person = await forum.delegate("Ержан <b>", "kk")
    await person.start(payload(message))
    await person.sees("👤")
    await organizer.send("/staff")
    await organizer.sees(f"Ержан <b> — {said('staff.speaker')} ({name_of(forum)})")
    await organizer.press("go:speakers")
    await organizer.sees(said("speaking.desk_title"))
    await organizer.press_data("skf", (await organizer.last()).id)
    await organizer.sees(said("speaking.type_name"))
    await organizer.send("12345")
    await organizer.sees(said("speaking.not_found"))
    await organizer.sticker()
    await organizer.sees(said("moderation.text_only"))
    await organizer.send(name_of(forum).split()[-1])
    found = await organizer.sees(said("speaking.found"))
    assert f"✅ {name_of(forum)}"[:30] in " ".join(found.buttons)
    await organizer.press(f"skd:{SPEAKER}", found)
    await organizer.sees(said("speaking.is", name="Ержан <b>"))


async def test_a_speaker_sees_what_is_asked_and_has_no_right(forum: Forum) -> None:
    organizer = await forum.organizer()
    speaker = await speaker_of(forum, organizer)
    session = own(forum)
    author = await forum.delegate("Айгерім", "kk")
    await ask(author, session.code, "Тайна, которую ещё не одобрили")
    await speaker.look_away()
    await speaker.send("/my")
    await speaker.press("👤")
    shown = await speaker.sees(said("speaking.mine"))
    assert "❓" not in shown.text
    assert "moderate" not in speaker.commands
    assert said("menu.desk") not in speaker.keys
    await speaker.send("/moderate")
    await speaker.sees(said("refusal.not_moderator"))
    for command in ("/programme", "/staff", "/stats", "/announce", "/audit"):
        await speaker.send(command)
        await speaker.sees(said("refusal.not_organizer"))

    before = tables(forum.folder)
    presses = staff_presses(session.code, "20261126", organizer.id, "0" * 64)
    assert of_staff() <= set(presses)
    last = await speaker.last()
    for data in (one for group in presses.values() for one in group):
        await speaker.press_data(data, last.id)
    await forum.telegram.idle()
    assert "Тайна" not in await speaker.screen()
    after = tables(forum.folder)
    for name in ("questions", "roles", "invitations", "draft_steps", "audit", "announcements", "programme_watches"):
        assert before[name] == after[name], name

    await organizer.press_data("kd:1:approve:-", (await organizer.last()).id)
    await speaker.send("/my")
    await speaker.press("👤")
    shown = await speaker.sees(said("speaking.mine"), said("speaking.questions", n=1))
    await speaker.press(f"s:{session.code}", shown)
    await speaker.press("f:")
    await speaker.sees("Тайна, которую ещё не одобрили")


async def test_the_way_back_from_a_card_leads_to_ones_own_sessions(forum: Forum) -> None:
    speaker = await speaker_of(forum, await forum.organizer())
    await speaker.press("go:speaking")
    shown = await speaker.sees(said("speaking.mine"))
    await speaker.press(f"s:{own(forum).code}", shown)
    await speaker.sees(own(forum).title.say("ru")[:40])
    await speaker.press(said("menu.back"), shown)
    await speaker.sees(said("speaking.mine"))
    delegate = await forum.delegate("Ася", "en")
    await delegate.send("/my")
    assert not any("👤" in label for label in (await delegate.sees("⭐")).buttons)
    answer = await delegate.press_data("go:speaking", (await delegate.last()).id)
    assert answer.text == said("speaking.nobody", "en")


@pytest.mark.parametrize(
    ("language", "word"), [("kk", "сөз сөйлейсіз"), ("ru", "Ваше выступление"), ("en", "You speak")]
)
async def test_they_are_told_half_an_hour_before_once(forum: Forum, language: str, word: str) -> None:
    organizer = await forum.organizer()
    speaker = await speaker_of(forum, organizer, language=language)
    other = await forum.delegate("Ася", "ru")
    session = own(forum)
    await forum.at(session.start - (LEAD + 1) * MINUTE)
    await speaker.look_away()
    assert slots(speaker) == []
    await forum.at(session.start - LEAD * MINUTE)
    message = await speaker.sees(
        "👤", word, said("agenda.in_minutes", language, n=LEAD), session.title.say(language)[:40]
    )
    assert f"{session.start:%H:%M}–{session.end:%H:%M}" in message.text
    assert name_of(forum, language) in message.text
    assert not any(button["callback_data"].startswith("to:") for row in message.rows for button in row)
    for moment in (20, 40, LEAD, 1, 0):
        await forum.at(session.start - moment * MINUTE)
        await forum.application.scheduler.look()
    await speaker.look_away()
    await other.look_away()
    assert len(slots(speaker)) == 1
    assert slots(other) == []


async def test_one_message_at_one_moment_and_a_chosen_one_at_another(forum: Forum) -> None:
    organizer = await forum.organizer()
    session = own(forum)
    together = await speaker_of(forum, organizer, name="Ержан")
    apart = await speaker_of(forum, organizer, name="Асқар")
    for person, lead in ((together, LEAD), (apart, 10)):
        await person.send("/settings")
        await person.press(f"sl:{lead}")
        await star(person, session)
    for minutes in (LEAD, 10, 1):
        await forum.at(session.start - minutes * MINUTE)
        await forum.telegram.idle()
    for person, reminders in ((together, 0), (apart, 1)):
        await person.look_away()
        assert len(slots(person)) == 1
        assert sum(one.text.startswith("⏰") for one in person.shown()) == reminders


async def test_who_moderates_everything_has_a_word_before_what_nobody_else_does(forum: Forum) -> None:
    """Unless they want no reminders, for there may be many; and never twice of one session."""
    organizer = await forum.organizer()
    session = own(forum)
    every, silent = await forum.moderator(organizer, "Сәуле"), await forum.moderator(organizer, "Бақыт")
    reminded = await forum.moderator(organizer, "Ерлан")
    await star(reminded, session)
    await forum.db.write(participants.set_lead, silent.id, 0)
    await forum.db.write(participants.set_lead, reminded.id, LEAD)
    for person in (every, silent, reminded):
        forum.application.people.changed(person.id)
        await person.look_away()
    await forum.at(session.start - LEAD * MINUTE)
    await nothing_due(forum)
    for person in (every, reminded):
        found = [one for one in await person.messages() if session.title.say("ru")[:40] in one.text and one.from_bot]
        shown = [one for one in found if re.match("🛎|⏰", one.text)]
        assert [one.text[0] for one in shown] == ["🛎"], shown
        assert shown[0].button(f"to:{session.code}")
    assert not any(re.match("🛎|⏰", one.text) for one in await silent.messages() if one.from_bot)


async def test_who_moderates_in_the_bot_is_told_with_the_way_to_the_stage(forum: Forum) -> None:
    organizer = await forum.organizer()
    session = own(forum)
    moderator = await moderator_of(forum, organizer, session.code, "Марат", "ru")
    everywhere = await forum.moderator(organizer, "Сәуле")
    await forum.at(session.start - LEAD * MINUTE)
    message = await moderator.sees("🛎", "Вы модератор", session.title.say("ru")[:40])
    await moderator.press(f"to:{session.code}", message)
    await moderator.sees(said("stage.nothing"))
    for person in (everywhere, organizer):
        await person.look_away()
        assert not any(session.title.say("ru")[:40] in one for one in slots(person)), "somebody is named for it"
    assert slots(organizer) == []


async def test_a_moved_session_is_told_anew_and_a_cancelled_one_not(forum: Forum) -> None:
    organizer = await forum.organizer()
    speaker = await speaker_of(forum, organizer)
    session = own(forum)
    await forum.at(session.start - LEAD * MINUTE)
    await speaker.sees("Ваше выступление")
    moved = replace(session, start=session.start + 60 * MINUTE, end=session.end + 60 * MINUTE)
    await publish(forum, moved)
    await forum.at(moved.start - LEAD * MINUTE)
    await speaker.sees("Ваше выступление", f"{moved.start:%H:%M}")
    again = replace(moved, start=moved.start + 90 * MINUTE, end=moved.end + 90 * MINUTE, cancelled=True)
    await publish(forum, again)
    await forum.at(again.start - LEAD * MINUTE)
    await speaker.look_away()
    assert len(slots(speaker)) == 2
    assert len(outbox(forum, "slot")) == 2


async def test_who_is_replaced_or_was_away_for_too_long_is_told_nothing(forum: Forum) -> None:
    organizer = await forum.organizer()
    speaker = await speaker_of(forum, organizer)
    session = own(forum)
    await publish(forum, replace(session, speakers=("altayev",)))
    await forum.at(session.start - LEAD * MINUTE)
    await forum.at(session.start + MINUTE)
    await speaker.look_away()
    assert slots(speaker) == []


async def test_who_is_linked_late_is_told_at_once(forum: Forum) -> None:
    organizer = await forum.organizer()
    session = own(forum)
    await forum.at(session.start - 12 * MINUTE)
    speaker = await speaker_of(forum, organizer)
    await forum.application.scheduler.look()
    await speaker.sees("Ваше выступление", said("agenda.in_minutes", n=12))


async def test_revoked_they_are_a_delegate_again(forum: Forum) -> None:
    organizer = await forum.organizer()
    speaker = await speaker_of(forum, organizer)
    await organizer.look_away()
    await organizer.send("/staff")
    await organizer.press("go:speakers")
    await organizer.press(f"skd:{SPEAKER}")
    await organizer.press(f"sr:{speaker.id}:speaker:{SPEAKER}:0")
    await organizer.press(f"sr:{speaker.id}:speaker:{SPEAKER}:1")
    await speaker.sees(said("staff.ended", what=f"{said('staff.speaker')} ({name_of(forum)})"))
    session = own(forum)
    await forum.at(session.start - LEAD * MINUTE)
    await speaker.look_away()
    assert slots(speaker) == []
    answer = await speaker.press_data("go:speaking", (await speaker.last()).id)
    assert answer.text == said("speaking.nobody")


async def test_a_word_that_waits_for_who_is_no_speaker_is_dropped(forum: Forum) -> None:
    organizer = await forum.organizer()
    speaker = await speaker_of(forum, organizer)
    session = own(forum)
    thing = f"{session.code}@{int(session.start.timestamp())}"
    stranger = await forum.delegate("Ася", "ru")
    lane, now = deliveries.LANE_REMINDER, forum.clock.seconds()
    await forum.db.write(deliveries.put, "slot", thing=thing, recipients=[speaker.id, stranger.id], lane=lane, now=now)
    await speaker.sees("Ваше выступление")
    await nothing_due(forum)
    await stranger.look_away()
    assert slots(stranger) == []
    assert {row["recipient"]: row["state"] for row in outbox(forum, "slot")} == {
        speaker.id: "sent",
        stranger.id: "dropped",
    }


async def test_forgotten_nothing_is_left(forum: Forum) -> None:
    organizer = await forum.organizer()
    speaker = await speaker_of(forum, organizer)
    await forum.at(own(forum).start - LEAD * MINUTE)
    await speaker.sees("Ваше выступление")
    await speaker.send("/forget")
    await speaker.press("fg:1")
    await speaker.sees(said("privacy.forgotten"))
    await at_rest(forum)
    assert traces(forum.folder, speaker.id) == []
    await register(speaker)
    await forum.application.scheduler.look()
    await speaker.look_away()
    assert speaker.shown()[-1].text.startswith("✅")


async def test_speakers_are_an_audience_and_delegates_all_the_same(forum: Forum) -> None:
    organizer = await forum.organizer()
    speaker = await speaker_of(forum, organizer)
    await organizer.send("/announce")
    await organizer.send("Спикерам: сбор в фойе")
    desk = await organizer.sees("📣", "№")
    number = desk.text.split("№")[1].split()[0]
    counts: dict[str, Sequence[str]] = {}
    for role in ("speaker", "delegate"):
        await organizer.press_data(f"aa:{number}:r:{role}:1:-1", desk.id)
        await forum.telegram.idle()
        shown = next(one for one in await organizer.messages() if one.id == desk.id)
        counts[role] = re.findall(r"\d+", shown.text)
        assert said(f"audience.role_{role}") in shown.text
        await organizer.press_data(f"aa:{number}:r:{role}:0:-1", desk.id)
    assert counts["speaker"][0] == counts["delegate"][0] == "1"
    assert speaker.id in {row["person"] for row in tables(forum.folder)["roles"]}
