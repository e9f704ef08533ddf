"""Roles: one-time links, the list, revoking; and what everybody else may not do."""

from __future__ import annotations

from bot.texts import LANGUAGES
from bot.views.people import menu
from tests.conftest import ORGANIZER, Forum, fill_in, register
from tests.scenarios.second_reader import at_rest, tables, traces
from tests.scenarios.staff.staff_presses import of_everybody, of_staff, staff_presses
from tests.scenarios.steps import announce, ask, moderator_of, said, sessions
from tests.telegram import Person

WEEK = 7 * 86400


async def link(organizer: Person, button: str) -> str:
    await organizer.send("/staff")
    await organizer.sees("🗝")
    await organizer.press("go:inviting")
    await organizer.press(button)
    return (await organizer.sees("?start=i_")).text.split("?start=")[1].split()[0]


async def test_a_link_works_once_and_for_one_person(forum: Forum) -> None:
    organizer = await forum.organizer()
    payload = await link(organizer, "si:organizer:")
    first, second = await forum.delegate("Алия", "ru"), await forum.delegate("Бақыт", "kk")
    await first.start(payload)
    await first.sees(said("staff.welcome", what=said("staff.organizer")))
    await first.look_away()
    assert {"announce", "staff", "stats"} <= set(first.commands)
    assert said("menu.announce") in first.keys
    await second.start(payload)
    await second.sees(said("staff.used_invitation", "kk"))
    assert "announce" not in second.commands
    await first.start(payload)  # their own second press is harmless
    await first.sees(said("staff.welcome", what=said("staff.organizer")))
    assert [(row["person"], row["role"]) for row in tables(forum.folder)["roles"]] == [(first.id, "organizer")]


async def test_an_invitation_is_a_message_to_forward_as_it_is(forum: Forum) -> None:
    organizer = await forum.organizer("en")
    await organizer.send("/staff")
    await organizer.press("go:inviting")
    await organizer.press("si:moderator:")
    what = f"{said('staff.moderator', 'en')} ({said('staff.all_sessions', 'en')})"
    ready = await organizer.sees(said("staff.invitation", "en", what=what))
    assert "start=" not in ready.text
    message = await organizer.sees("?start=i_")
    for language in LANGUAGES:
        what = f"{said('staff.moderator', language)} ({said('staff.all_sessions', language)})"
        title = forum.programme.forum.title.say(language)
        assert said("staff.letter", language, what=what, forum=title) in message.text
    assert message.buttons == []
    assert message.text.splitlines()[-1].startswith("https://t.me/")
    await organizer.press(said("menu.back", "en"), ready)
    await organizer.sees("🗝", said("staff.open_invitation", "en", what=what, until="")[:12])


async def test_a_link_survives_the_registration_of_who_opens_it(forum: Forum) -> None:
    payload = await link(await forum.organizer(), "si:moderator:")
    person = await forum.telegram.person("Бақыт", "kk")
    await person.start(payload)
    await fill_in(person)
    await person.sees("🗝", f"{said('staff.moderator', 'kk')} ({said('staff.all_sessions', 'kk')})")
    assert said("menu.desk", "kk") in person.keys


async def test_a_link_ends_after_a_week_and_when_it_is_withdrawn(forum: Forum) -> None:
    organizer = await forum.organizer()
    late = await link(organizer, "si:moderator:")
    person = await forum.delegate("Алия", "ru")
    await forum.telegram.clock(by=WEEK)
    await person.start(late)
    await person.sees(said("staff.bad_invitation"))

    withdrawn = await link(organizer, "si:moderator:")
    await organizer.send("/staff")
    await organizer.press("svt:0")
    listed = await organizer.sees(said("staff.title"), "10 декабря")
    [button] = [name for name in listed.buttons if name.startswith("✖️")]  # the one that is out of date is gone
    data = listed.button(button)
    assert data is not None
    await organizer.press(button, listed)
    assert (await organizer.press(said("staff.withdraw_yes"), listed)).text == said("staff.invitation_withdrawn")
    assert (await organizer.press_data(data["callback_data"], listed.id)).text == said("staff.no_such_invitation")
    await person.start(withdrawn)
    await person.sees(said("staff.bad_invitation"))
    for payload in ("i_", "i_" + "x" * 40, "i_'; DROP TABLE roles"):
        await person.start(payload)
    await person.sees(said("staff.bad_invitation"))
    assert tables(forum.folder)["roles"] == []


async def test_roles_are_listed_with_names_and_revoked_after_a_question(forum: Forum) -> None:
    organizer = await forum.organizer("en")
    title, title_kk = (sessions(forum)[1].title.say(language) for language in ("en", "kk"))
    moderator = await moderator_of(forum, organizer, sessions(forum)[1].code, "Марат <b>", "kk")
    helper = await forum.delegate("Алия", "ru")
    await helper.start(await link(organizer, "si:organizer:"))
    await helper.sees("🗝")
    await organizer.send("/staff")
    await organizer.press("svt:0")
    team = said("staff.title", "en")
    listed = await organizer.sees(team, f"Динара — {said('staff.chief', 'en')}", "Алия — organizer")
    assert f"Марат <b> — moderator ({title})" in listed.text
    assert not any("Динара" in button for button in listed.buttons)

    await organizer.press("Алия", listed)
    await organizer.sees(said("staff.revoke_sure", "en", name="Алия", what="organizer"))
    await organizer.press("svt:0", listed)
    await organizer.sees(team, "Алия — organizer")
    await organizer.press("Алия", listed)
    await organizer.press(f"sr:{helper.id}:organizer::1", listed)
    assert (await organizer.toast()).text == said("staff.revoked", "en")
    shown = await organizer.sees("Динара", "Марат")
    assert "Алия" not in shown.text
    await helper.sees(said("staff.ended", what=said("staff.organizer")))
    await helper.look_away()
    assert "announce" not in helper.commands
    assert said("menu.announce") not in helper.keys
    await organizer.press_data(f"sr:{helper.id}:organizer::1", listed.id)  # the same press again
    await helper.quiet()

    await organizer.press("Марат", shown)
    await organizer.press(f"sr:{moderator.id}:moderator:{sessions(forum)[1].code}:1", shown)
    await moderator.sees(said("staff.ended", "kk", what=f"{said('staff.moderator', 'kk')} ({title_kk})"))
    await moderator.look_away()
    assert "moderate" not in moderator.commands


async def test_the_organizers_of_the_settings_cannot_be_revoked(forum: Forum) -> None:
    organizer = await forum.organizer()
    helper = await forum.delegate("Алия", "ru")
    await helper.start(await link(organizer, "si:organizer:"))
    await helper.sees("🗝")
    await helper.send("/staff")
    listed = await helper.sees("🗝", "Алия")
    await helper.press_data(f"sr:{ORGANIZER}:organizer::1", listed.id)
    await organizer.look_away()
    await organizer.send("/staff")
    await organizer.sees(f"Динара — {said('staff.chief')}", "Алия")
    assert "staff" in organizer.commands


async def test_a_spent_link_gives_nothing_back_to_who_was_revoked(forum: Forum) -> None:
    organizer = await forum.organizer()
    payload = await link(organizer, "si:moderator:")
    person = await forum.delegate("Алия", "ru")
    await person.start(payload)
    await person.sees("🗝")
    await organizer.press_data(f"sr:{person.id}:moderator::1", (await organizer.last()).id)
    await person.sees(said("staff.ended", what="").split(":")[0])
    await person.start(payload)
    await person.sees(said("staff.used_invitation"))
    await person.send("/moderate")
    await person.sees(said("refusal.not_moderator"))


async def test_a_moderator_who_is_forgotten_is_one_no_more(forum: Forum) -> None:
    organizer = await forum.organizer()
    moderator = await forum.moderator(organizer, "Алия")
    await moderator.send("/forget")
    await moderator.press("fg:1")
    await moderator.sees(said("privacy.forgotten"))
    await moderator.look_away()
    assert "moderate" not in moderator.commands
    assert moderator.keys == []
    answer = await moderator.press_data("go:desk", (await moderator.last()).id)
    assert answer.alert
    await organizer.look_away()
    await organizer.send("/staff")
    assert "Алия" not in (await organizer.sees("🗝")).text


async def test_the_spare_links_of_who_is_no_organizer_any_more_are_worth_nothing(forum: Forum) -> None:
    chief = await forum.organizer()
    revoked, forgotten = await forum.delegate("Алия", "ru"), await forum.delegate("Бақыт", "ru")
    spare = {}
    for person in (revoked, forgotten):
        await person.start(await link(chief, "si:organizer:"))
        await person.sees("🗝")
        spare[person.id] = await link(person, "si:organizer:")
    kept = await link(chief, "si:moderator:")

    await chief.press_data(f"sr:{revoked.id}:organizer::1", (await chief.last()).id)
    await revoked.sees(said("staff.ended", what=said("staff.organizer")))
    await forgotten.send("/forget")
    await forgotten.press("fg:1")
    await forgotten.sees(said("privacy.forgotten"))
    await register(forgotten)
    for person in (revoked, forgotten):
        await person.start(spare[person.id])
        await person.sees(said("staff.bad_invitation"))
    assert tables(forum.folder)["roles"] == []
    await revoked.start(kept)  # the links of others go on
    await revoked.sees("🗝")


async def test_an_organizer_of_the_settings_registers_before_anything_is_kept_of_them(forum: Forum) -> None:
    chief = await forum.telegram.person("Динара", "ru", id=ORGANIZER)
    author = await forum.delegate("Айгерім", "kk")
    await ask(author, sessions(forum)[0].code, "Кто это прочтёт?")
    greeting = said("registration.agree")
    for command in ("/announce", "/staff", "/stats", "/export", "/programme", "/moderate"):
        await chief.send(command)
        await forum.telegram.idle()
        assert greeting in (await chief.last()).buttons, command
    last = await chief.last()
    for data in ("kd:1:approve:-", "kd:1:answer:-", "kr:1:rude:-", "kc:1:-", "si:moderator:", "an:1:send", "go:staff"):
        await chief.press_data(data, last.id)
    await chief.send("Личный текст")
    await at_rest(forum)
    assert traces(forum.folder, ORGANIZER, "Личный") == ["chief_organizers.person"]  # the id in the settings
    assert tables(forum.folder)["questions"][0]["state"] == "pending"

    await register(chief)
    await chief.send("/moderate")
    await chief.press("⏳ 1")
    await chief.press("kn:")
    await chief.press("kd:1:approve")
    await author.sees(said("questions.state_approved", "kk"))


def test_every_button_of_staff_is_tried_by_others() -> None:
    assert set(staff_presses("", "", 1, "")) == of_staff(), "a new button: say here who may press it"
    assert of_everybody().isdisjoint(of_staff())


async def test_a_delegate_gets_nothing_done_with_any_button_or_command_of_staff(forum: Forum) -> None:
    organizer = await forum.organizer()
    moderator = await forum.moderator(organizer)
    delegate = await forum.delegate("Айгерім", "kk")
    guest = await forum.telegram.person("Гость", "ru")
    session = sessions(forum)[0]
    await ask(delegate, session.code, "Кто это решит?")
    await announce(organizer, "Черновик")
    await link(organizer, "si:moderator:")
    await forum.telegram.idle()
    before = tables(forum.folder)
    [invitation] = [row for row in before["invitations"] if row["used_by"] is None]

    for person in (delegate, guest):
        language = "kk" if person is delegate else "ru"
        polite, moderating = said("refusal.not_organizer", language), said("refusal.not_moderator", language)
        for command in (*menu.MODERATOR_COMMANDS, *menu.ORGANIZER_COMMANDS):
            await person.send(f"/{command}")
            await person.sees(moderating if command in menu.MODERATOR_COMMANDS else polite)
        for key in (said("menu.desk"), said("menu.announce"), said("menu.staff"), said("menu.staff", "en")):
            await person.send(key)
            await person.sees(moderating if "🛎" in key else polite)
        await person.look_away()
        assert not {"moderate", *menu.ORGANIZER_COMMANDS} & set(person.commands)
        day = f"{session.day:%Y%m%d}"
        presses = staff_presses(session.code, day, moderator.id, invitation["digest"]).values()
        for data in ("go:desk", "go:staff", "go:invite", *(data for one in presses for data in one)):
            answer = await person.press_data(data, (await person.last()).id)
            assert answer.alert, data
            assert answer.text in (polite, moderating), data

    await forum.telegram.idle()
    after = tables(forum.folder)
    for table in ("questions", "announcements", "roles", "invitations", "deliveries", "cards", "programmes"):
        assert after[table] == before[table], table


async def test_a_moderator_is_no_organizer_and_moderates_no_other_session(forum: Forum) -> None:
    organizer = await forum.organizer()
    mine, other = sessions(forum)[:2]
    moderator = await moderator_of(forum, organizer, mine.code, "Алия")
    delegate = await forum.delegate()
    await ask(delegate, other.code, "Чужой вопрос")
    await forum.telegram.idle()
    for data in ("kd:1:approve:-", "kc:1:-", f"ks:{other.code}", f"kn:{other.code}:w:0"):
        assert (await moderator.press_data(data, (await moderator.last()).id)).text == said("refusal.not_moderator")
    for command in menu.ORGANIZER_COMMANDS:
        await moderator.send(f"/{command}")
        await moderator.sees(said("refusal.not_organizer"))
    await moderator.send("/moderate")
    desk = await moderator.sees("🛎")
    assert [data["callback_data"] for row in desk.rows for data in row] == [f"ks:{mine.code}"]
