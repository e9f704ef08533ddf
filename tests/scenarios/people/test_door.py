"""The door: whose an invitation is, and where somebody stands who is not registered yet."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from bot.views.people import menu
from bot.who import MODERATOR, ORGANIZER, SPEAKER
from storage import questions, roles
from storage.database import Transaction
from tests.conftest import ORGANIZER as CHIEF
from tests.conftest import Forum, fill_in
from tests.scenarios.second_reader import tables
from tests.scenarios.steps import ask, publish, said, sessions
from tests.telegram import Person

TAKE = "bb:"


def spent(forum: Forum) -> list[object]:
    return [row["used_by"] for row in tables(forum.folder)["invitations"]]


def given(forum: Forum) -> list[tuple[int, str, str]]:
    return [(row["person"], row["role"], row["session"]) for row in tables(forum.folder)["roles"]]


async def speaker_link(forum: Forum, organizer: Person) -> tuple[str, str]:
    """A speaker's code and the payload of a link for them."""
    code = forum.programme.speakers[0].code
    listed = await organizer.last()
    await organizer.press_data(f"si:speaker:{code}", listed.id)
    link = await organizer.sees("?start=i_")
    return code, link.text.split("?start=")[1].split()[0]


async def grant(forum: Forum, person: Person, role: str, session: str) -> None:
    await forum.db.write(roles.grant, person.id, role=role, session=session, granted_by=None, now=1)
    forum.application.people.changed(person.id)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("role", [ORGANIZER, MODERATOR])
async def test_who_opens_their_own_invitation_does_not_use_it_up(forum: Forum, role: str, language: str) -> None:
    organizer = await forum.organizer(language)
    token = await forum.invitation(organizer, f"si:{role}:")
    guest = await forum.delegate("Марат", "ru")
    for _ in range(2):
        await organizer.start(token)
        await organizer.sees("🔗", said("staff.have_it", language))
    assert (spent(forum), given(forum)) == ([None], [])
    await guest.start(token)
    await guest.sees("🗝")
    assert given(forum) == [(guest.id, role, "")]


@pytest.mark.parametrize(
    ("has", "link"),
    [
        ((ORGANIZER, ""), "si:organizer:"),
        ((ORGANIZER, ""), "si:moderator:"),
        ((ORGANIZER, ""), "si:moderator:{session}"),
        ((MODERATOR, ""), "si:moderator:"),
        ((MODERATOR, ""), "si:moderator:{session}"),
        ((MODERATOR, "{session}"), "si:moderator:{session}"),
    ],
)
async def test_who_has_the_right_already_spends_nothing(forum: Forum, has: tuple[str, str], link: str) -> None:
    code = sessions(forum)[0].code
    organizer, helper = await forum.organizer(), await forum.delegate("Алия", "ru")
    await grant(forum, helper, has[0], has[1].format(session=code))
    before = given(forum)
    await organizer.send("/staff")
    listed = await organizer.sees("🗝")
    await organizer.press_data(link.format(session=code), listed.id)
    message = await organizer.sees("?start=i_")
    await helper.start(message.text.split("?start=")[1].split()[0])
    await helper.sees("🔗", said("staff.have_it"))
    assert (spent(forum), given(forum)) == ([None], before)


async def test_a_narrower_right_takes_the_wider_invitation(forum: Forum) -> None:
    """Whoever moderates one session gains by a link for all, or for another session."""
    organizer, helper = await forum.organizer(), await forum.delegate("Алия", "ru")
    await grant(forum, helper, MODERATOR, sessions(forum)[0].code)
    await helper.start(await forum.invitation(organizer, "si:moderator:"))
    await helper.sees("🗝")
    assert spent(forum) == [helper.id]
    assert (helper.id, MODERATOR, "") in given(forum)


async def test_a_chief_who_registers_by_a_link_leaves_it_good(forum: Forum) -> None:
    helper, chief = await forum.delegate("Алия", "ru"), await forum.telegram.person("Динара", "ru", id=CHIEF)
    await grant(forum, helper, ORGANIZER, "")
    await chief.start(await forum.invitation(helper, "si:organizer:"))
    await fill_in(chief)
    await chief.sees("✅")
    await chief.sees("🔗", said("staff.have_it"))
    assert (spent(forum), given(forum)) == ([None], [(helper.id, ORGANIZER, "")])


async def test_an_organizer_takes_a_speakers_link_only_when_they_say_so(forum: Forum) -> None:
    organizer = await forum.organizer()
    code, token = await speaker_link(forum, organizer)
    await organizer.start(token)
    offer = await organizer.sees("🔗", said("staff.is_it_for_you"))
    assert spent(forum) == [None]
    await organizer.press(TAKE)
    await organizer.sees("👤")
    assert (spent(forum), given(forum)) == ([organizer.id], [(organizer.id, SPEAKER, code)])
    await organizer.press_data(TAKE + tables(forum.folder)["invitations"][0]["digest"][:16], offer.id)
    assert given(forum) == [(organizer.id, SPEAKER, code)]
    _, again = await speaker_link(forum, organizer)
    await organizer.start(again)
    await organizer.sees("🔗", said("staff.have_it"))
    assert spent(forum) == [organizer.id, None]


async def test_the_offer_of_a_speakers_link_that_somebody_took_meanwhile_or_forged(forum: Forum) -> None:
    organizer, speaker = await forum.organizer(), await forum.delegate("Серік", "ru")
    code, token = await speaker_link(forum, organizer)
    digest = tables(forum.folder)["invitations"][0]["digest"]
    thief = await forum.delegate("Дина", "ru")
    answer = await thief.press_data(TAKE + digest[:16], (await thief.last()).id)
    assert answer.alert
    assert spent(forum) == [None]
    await organizer.start(token)
    offer = await organizer.sees("🔗")
    await speaker.start(token)
    await speaker.sees("👤")
    answer = await organizer.press_data(TAKE + digest[:16], offer.id)
    assert answer.text == said("staff.used_invitation")
    assert given(forum) == [(speaker.id, SPEAKER, code)]
    moderators = await forum.invitation(organizer, "si:moderator:")
    assert moderators
    digest = tables(forum.folder)["invitations"][-1]["digest"]
    await organizer.press_data(TAKE + digest[:16], offer.id)
    assert given(forum) == [(speaker.id, SPEAKER, code)]


# where a link leads that leads nowhere


async def used_up(forum: Forum, organizer: Person, token: str) -> None:
    other = await forum.delegate("Марат", "ru")
    await other.start(token)
    await other.sees("🗝")


async def expired(forum: Forum, organizer: Person, token: str) -> None:
    await forum.at(forum.clock.now() + dt.timedelta(days=8))


async def withdrawn(forum: Forum, organizer: Person, token: str) -> None:
    await organizer.send("/staff")
    await organizer.press("svt:0")
    digest = tables(forum.folder)["invitations"][0]["digest"][:16]
    await organizer.press(f"sx:{digest}")
    await organizer.press(f"sw:{digest}")


async def unknown(forum: Forum, organizer: Person, token: str) -> None:
    """Nothing happens to it; the newcomer has another one."""


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("fate", [used_up, expired, withdrawn, unknown])
async def test_a_newcomer_with_a_bad_invitation_reads_so_in_the_chat(
    forum: Forum, fate: Callable[[Forum, Person, str], Awaitable[None]], language: str
) -> None:
    organizer = await forum.organizer()
    token = await forum.invitation(organizer, "si:moderator:")
    await fate(forum, organizer, token)
    says = said("staff.used_invitation" if fate is used_up else "staff.bad_invitation", language)
    guest = await forum.telegram.person("Guest", language)
    await guest.start(token if fate is not unknown else "i_" + "x" * 22)
    greeting = await guest.sees(says, said("registration.all_the_same", language))
    other = "ru" if language == "en" else "en"
    await guest.press_data(f"l:{other}:{token if fate is not unknown else 'i_' + 'x' * 22}", greeting.id)
    await guest.sees(said("registration.all_the_same", other))
    await guest.press(f"c:{other}")
    for step in ("rn", "rd:abai", "rs"):
        await guest.press(step)
    await guest.sees("✅")
    await guest.sees(said("staff.used_invitation" if fate is used_up else "staff.bad_invitation", other))
    assert guest.id not in [row["person"] for row in tables(forum.folder)["roles"]]


@pytest.mark.parametrize(
    ("payload", "key"),
    [("p_wrong", "fallback.bad_link"), ("r_nowhere", "fallback.bad_link"), ("zzz", "fallback.bad_link")],
)
async def test_a_newcomer_with_any_bad_link_reads_so_before_and_after(forum: Forum, payload: str, key: str) -> None:
    guest = await forum.telegram.person("Гость", "ru")
    await guest.start(payload)
    await guest.sees(said(key), said("registration.all_the_same"))
    await fill_in(guest)
    await guest.sees("✅")
    await guest.sees(said(key))


@pytest.mark.parametrize("typed", [True, False])
async def test_a_session_that_closed_during_the_registration_is_said_in_the_chat(forum: Forum, typed: bool) -> None:
    session = sessions(forum)[0]
    guest = await forum.telegram.person("Гость", "ru")
    await guest.start(f"q_{session.code}")
    await guest.sees(said("registration.to_ask"))
    for step in ("c:", "rn", "rd:abai"):
        await guest.press(step)
    await guest.sees(said("registration.organization"))
    await forum.at(session.end + dt.timedelta(days=1))
    await (guest.send("Фонд") if typed else guest.press("rs"))
    await guest.sees("✅")
    await guest.sees(said("questions.session_closed"))
    await forum.telegram.idle()
    if typed:  # the answer is what it was, and follows an edit of its message
        [own] = [one for one in await guest.messages() if one.text == "Фонд"]
        await guest.edit(own, "Қор")
        await guest.sees(said("edited.counted_as", text="Қор"))


async def test_a_badge_that_a_newcomer_scanned_is_answered_in_the_chat(forum: Forum) -> None:
    guest = await forum.telegram.person("Гость", "ru")
    await guest.start("c_whatever")
    await fill_in(guest)
    await guest.sees("✅")
    await guest.sees(said("presence.show_it"))


async def test_who_has_not_finished_reads_of_a_bad_link_too(forum: Forum) -> None:
    person = await forum.telegram.person("Дина", "ru")
    await person.start()
    await person.press("c:")
    await person.sees(said("registration.name", limit=64))
    await person.start("i_" + "x" * 22)
    await person.sees(said("staff.bad_invitation"), said("registration.all_the_same"))
    await person.sees(said("registration.name", limit=64))


# what those read who are not registered


WORDS = [f"/{one}" for one in (*menu.COMMANDS, *menu.MODERATOR_COMMANDS, *menu.ORGANIZER_COMMANDS)]
KEYS = [key for row in menu.ROWS for key in row] + [key for key, _ in menu.STAFF_ROW]


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("consented", [False, True])
async def test_no_command_or_key_is_a_dead_end_before_the_registration(
    forum: Forum, consented: bool, language: str
) -> None:
    """Every answer has a button, or names a command, or says whom to ask."""
    person = await forum.telegram.person("Guest", language)
    await person.start()
    await person.sees("")
    if consented:
        await person.press("c:")
        await person.sees(said("registration.name", language, limit=64))
    for word in (*WORDS, *(said(key, language) for key in KEYS)):
        await person.look_away()
        before = {one.id for one in person.shown()}
        await person.send(word)
        await forum.telegram.idle()
        new = [one for one in await person.messages() if one.from_bot and one.id not in before]
        assert new, word
        whom = said("refusal.not_moderator", language)
        steps = [one.rows or re.search(r"/[a-z]+", one.text) or one.text == whom for one in new]
        assert any(steps), (word, new)
    assert [row["registered_at"] for row in tables(forum.folder)["participants"]] == [None] * consented


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("command", ["/mydata", "/forget"])
async def test_of_whom_nothing_is_stored_reads_so_and_may_register(forum: Forum, command: str, language: str) -> None:
    guest = await forum.telegram.person("Guest", language)
    await guest.send(command)
    await guest.sees(said("privacy.nothing_stored", language), said("privacy.once_registered", language))
    assert tables(forum.folder)["participants"] == []
    await guest.press(said("registration.begin", language))
    await fill_in(guest)
    await guest.sees("✅")


async def test_a_chief_who_consented_to_nothing_reads_what_stands_in_the_settings(forum: Forum) -> None:
    chief = await forum.telegram.person("Динара", "ru", id=CHIEF)
    await chief.send("/mydata")
    shown = await chief.sees(said("privacy.only_in_settings"))
    assert shown.button(said("registration.begin"))


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
async def test_who_consented_and_stopped_gets_the_file_and_the_way_on(forum: Forum, language: str) -> None:
    person = await forum.telegram.person("Дина", language)
    await person.start()
    await person.press("c:")
    await person.send("/mydata")
    file = await person.sees(said("privacy.mydata_caption", language))
    await person.press(said("registration.go_on", language), file)
    for step in ("rn", "rd:abai", "rs"):
        await person.press(step)
    await person.sees("✅")


# where somebody wanted to be


async def finish(person: Person, consented: bool) -> None:
    for step in ("rn", "rd:abai", "rs") if consented else ("c:", "rn", "rd:abai", "rs"):
        await person.press(step)
    await person.sees("✅")


LED = {
    "/ask": ("registration.to_ask", "questions.choose_day"),
    "/my": ("registration.to_star", "agenda.mine_empty"),
    "/questions": ("registration.to_have_questions", "questions.none_yet"),
    "/news": ("registration.to_hear", "news.none"),
    "/badge": ("registration.to_enter", "settings.title"),
}


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("consented", [False, True])
@pytest.mark.parametrize("word", LED)
async def test_who_is_asked_to_register_reads_why_and_is_led_there(
    forum: Forum, word: str, consented: bool, language: str
) -> None:
    why, there = LED[word]
    person = await forum.telegram.person("Дина", language)
    await person.start()
    await person.sees("")
    if consented:
        await person.press("c:")
    await person.send(word)
    shown = await person.sees(said(why, language))
    if consented:
        assert said("registration.unfinished", language) in shown.text
        await person.press(said("registration.go_on", language), shown)
    await finish(person, consented)
    await person.sees(said(there, language))


@pytest.mark.parametrize("consented", [False, True])
async def test_the_star_is_set_that_was_pressed_before_the_registration(forum: Forum, consented: bool) -> None:
    session = sessions(forum)[0]
    person = await forum.telegram.person("Дина", "ru")
    await person.start(f"s_{session.code}")
    if consented:
        await person.press("c:")
        await person.send("/agenda")
        await person.press_data(f"b:{session.code}:1:", (await person.sees("📅")).id)
    else:
        await person.press("осмотреться")
        await person.press(f"b:{session.code}:1:")
    await person.sees(said("registration.to_star"))
    assert tables(forum.folder)["bookmarks"] == []
    if consented:
        await person.press(said("registration.go_on"))
    await finish(person, consented)
    card = await person.sees(session.title.say("ru"), "🕒")
    assert card.button(said("agenda.unstar"))
    assert [(row["person"], row["session"]) for row in tables(forum.folder)["bookmarks"]] == [(person.id, session.code)]


async def test_the_star_taken_off_by_somebody_unregistered_stays_off(forum: Forum) -> None:
    session = sessions(forum)[0]
    person = await forum.telegram.person("Дина", "ru")
    await person.start()
    await person.press_data(f"b:{session.code}:0:", (await person.sees("Здравствуйте")).id)
    await fill_in(person)
    await person.sees(session.title.say("ru"), "🕒")
    assert tables(forum.folder)["bookmarks"] == []


async def test_the_star_of_a_session_that_was_cancelled_meanwhile_is_refused_in_the_chat(forum: Forum) -> None:
    session = sessions(forum)[0]
    person = await forum.telegram.person("Дина", "ru")
    await person.start(f"s_{session.code}")
    await person.press("осмотреться")
    await person.press(f"b:{session.code}:1:")
    await publish(forum, replace(session, cancelled=True))
    await fill_in(person)
    await person.sees("✅")
    await person.sees(said("agenda.not_for_bookmarks"))
    assert tables(forum.folder)["bookmarks"] == []


async def test_the_question_form_opens_that_was_asked_for_before_the_registration(forum: Forum) -> None:
    session = sessions(forum)[0]
    person = await forum.telegram.person("Дина", "ru")
    await person.start(f"s_{session.code}")
    await person.press("осмотреться")
    await person.press(f"q:{session.code}")
    await person.sees(said("registration.to_ask"))
    await fill_in(person)
    await person.sees("✋", session.title.say("ru"))
    await person.send("Дойдёт ли мой вопрос?")
    await person.sees("🧾")


async def test_the_vote_counts_that_was_given_before_the_registration(forum: Forum) -> None:
    session = sessions(forum)[0]
    author, organizer = await forum.delegate("Марат", "ru"), await forum.organizer()

    def approved(tx: Transaction, text: str) -> int:
        number = questions.ask(
            tx, session.code, author=author.id, message=len(text), anonymous=False, language="ru", text=text, now=1
        )
        assert number is not None
        questions.decide(tx, number, expected="pending", state="approved", moderator=organizer.id, now=1)
        return number

    numbers = [await forum.db.write(approved, f"Вопрос{'!' * many}") for many in range(8)]  # on two pages
    person = await forum.telegram.person("Дина", "ru")
    await person.start(f"s_{session.code}")
    await person.press("осмотреться")
    await person.press(f"f:{session.code}:0")
    await person.press(f"f:{session.code}:1")
    await person.press(f"v:{numbers[-1]}:1")
    await person.sees(said("registration.to_vote"))
    await fill_in(person)
    await person.sees("✅")
    await person.sees(f"№{numbers[-1]}", "👍 1 ✓")
    assert [(row["question"], row["person"]) for row in tables(forum.folder)["votes"]] == [(numbers[-1], person.id)]


@pytest.mark.parametrize("payload", ["b_{session}", "v_1", "ask", "my", "settings", "h_1"])
@pytest.mark.parametrize("standing", ["guest", "consented", "registered"])
async def test_a_link_from_outside_does_nothing_in_anybodys_name(forum: Forum, payload: str, standing: str) -> None:
    session = sessions(forum)[0]
    number = await ask(await forum.delegate("Марат", "ru"), session.code, "Кто поддержит этот вопрос?")
    await forum.db.write(questions.decide, number, expected="pending", state="approved", moderator=1, now=1)
    link = payload.format(session=session.code)
    if standing == "registered":
        person = await forum.delegate("Дина", "ru")
        await person.start(link)
    else:
        person = await forum.telegram.person("Дина", "ru")
        if standing == "consented":
            await person.start()
            await person.press("c:")
            await person.sees(said("registration.name", limit=64))
        await person.start(link)
        await person.sees(said("fallback.bad_link"))
        await finish(person, standing == "consented")
    await person.sees(said("fallback.bad_link"))
    assert (tables(forum.folder)["bookmarks"], tables(forum.folder)["votes"]) == ([], [])
