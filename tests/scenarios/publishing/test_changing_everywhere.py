"""A person replaced in all their sessions, a person or a room taken out of the programme, two rooms that change places
for the rest of a day: by thumb, from the tap to the news people get."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from bot.programme.load import load_file
from bot.programme.lookup import need_session
from bot.programme.model import Programme, Room, Session, Text
from tests.conftest import PROGRAMME, Forum
from tests.scenarios.agenda.test_speaking import speaker_of
from tests.scenarios.publishing.changing import (
    changed,
    data_of,
    here,
    instead,
    open_session,
    publish,
    steps,
    tap,
    turned,
    write,
)
from tests.scenarios.publishing.test_publishing import debounced, news
from tests.scenarios.second_reader import tables
from tests.scenarios.steps import at, now_in, outbox, said, star
from tests.telegram import Message, Person

OLD, NEW = "kurmanov", "nurgaziyeva"
DAY = "20261126"


@pytest.fixture
def programme() -> Programme:
    """The sample with a room that nobody needs, and the old one in three sessions: a speaker, a moderator, and between
    two others of whom one is the new one."""
    sample = load_file(PROGRAMME)
    more = {
        "plenary-2": {"speakers": ("sharipbekov",), "moderators": (OLD,)},
        "group-concept": {"speakers": ("altayev", OLD, NEW), "moderators": ()},
    }
    return replace(
        sample,
        rooms=(*sample.rooms, Room("spare", Text("Запасной зал"))),
        sessions=tuple(replace(one, **more.get(one.code, {})) for one in sample.sessions),  # type: ignore[arg-type]  # fields by name
    )


def held(forum: Forum, code: str) -> Session:
    return need_session(forum.application.current.programme, code)


def person(forum: Forum, code: str, language: str = "ru") -> str:
    found = forum.application.current.programme.speaker(code)
    assert found is not None
    return found.name.say(language)


async def texts_of(organizer: Person, kind: str, code: str) -> Message:
    """The screen of a person (p) or a room (r), by way of the lists."""
    await organizer.look_away()
    await organizer.send("/programme")
    await organizer.sees("🗂")
    await tap(organizer, "go:change")
    await tap(organizer, "gpc:")
    await tap(organizer, "pel::0")
    screen = await turned(organizer, f"pei:{kind}:{code}:", await tap(organizer, f"pel:{kind}:0"))
    return await tap(organizer, f"pei:{kind}:{code}:", screen)


async def halls(organizer: Person, *codes: str) -> Message:
    """The rooms of the first day, and one or two of them chosen."""
    screen = await open_session(organizer, "opening", "swap")
    screen = await tap(organizer, f"zh:{DAY}:", screen)
    screen = await tap(organizer, f"zh:{DAY}::0", screen)  # back: the session's own room was chosen already
    for number in range(len(codes)):
        screen = await tap(organizer, f"{('zh', 'zw')[number]}:{DAY}:{':'.join(codes[: number + 1])}", screen)
    return screen


async def another(forum: Forum, one: Person) -> Person:
    """A second organizer."""
    other = await forum.delegate("Болат", "kk")
    await other.start(await forum.invitation(one, "si:organizer:"))
    await other.sees("🗝")
    return other


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
async def test_a_person_is_replaced_in_all_that_is_not_over(forum: Forum, language: str) -> None:
    organizer = await forum.organizer(language)
    await forum.at(at(forum, "10:55"))
    screen = await tap(organizer, f"za:{OLD}", await texts_of(organizer, "p", OLD))
    for code in ("plenary-2", "group-concept"):
        assert held(forum, code).title.say(language)[:20] in screen.text
    assert held(forum, "talk-kurmanov").title.say(language) not in screen.text
    found = await write(organizer, person(forum, NEW, language))
    screen = await tap(organizer, f"zb:{OLD}:{NEW}", found)
    two = said("step.sessions", language, n=2)
    assert said("change.will_change", language, sessions=two) in screen.text
    assert said("change.stays_over", language, n=1) in screen.text
    assert steps(forum) == []
    done = await tap(organizer, f"ze:{OLD}:{NEW}:", screen)
    assert steps(forum) == [("person_everywhere", {"old": OLD, "person": NEW})]
    assert changed(forum, "plenary-2") == {"moderators": [NEW]}
    assert changed(forum, "group-concept") == {"speakers": ["altayev", NEW]}
    assert changed(forum, "talk-kurmanov") == {}
    old, new = person(forum, OLD, language), person(forum, NEW, language)
    assert said("step.person_everywhere", language, old=old, person=new, sessions=two) in done.text
    # Not out of the programme: what is over still names them.
    screen = await tap(organizer, f"zd:p:{OLD}", done)
    assert screen.button("pes:talk-kurmanov:")
    assert not screen.button("zx:")
    assert not screen.button("za:")
    assert (await organizer.press_data(f"za:{OLD}", screen.id)).text == said("change.everywhere_none", language)
    # Undone as any other step.
    screen = await tap(organizer, f"pei:p:{OLD}:", screen)
    await tap(organizer, "pey:", screen)
    assert steps(forum) == []


async def test_the_button_is_on_the_person_of_a_session_and_on_the_speakers_card(forum: Forum) -> None:
    organizer = await forum.organizer()
    screen = await tap(organizer, f"pen:plenary-2:{OLD}", await open_session(organizer, "plenary-2", "people"))
    assert screen.button(f"za:{OLD}")
    alone = await tap(organizer, "pen:opening:altayev", await open_session(organizer, "opening", "people"))
    assert alone.button("za:altayev")
    await organizer.send("/staff")
    await organizer.press("go:speakers")
    await organizer.press(f"skd:{OLD}:0")
    await organizer.press(f"pei:p:{OLD}:")
    assert (await here(organizer)).button(f"za:{OLD}")


async def test_somebody_new_comes_once_however_often_it_is_pressed(forum: Forum) -> None:
    organizer = await forum.organizer()
    await tap(organizer, f"za:{OLD}", await texts_of(organizer, "p", OLD))
    assert said("change.bad_lines") in (await write(organizer, "1\n2\n3\n4")).text
    found = await write(organizer, "Серік Ахметов\nСерик Ахметов\nSerik Akhmetov")
    screen = await tap(organizer, f"zb:{OLD}:", found)
    assert "Серик Ахметов" in screen.text
    data = data_of(screen, f"ze:{OLD}::")
    done = await tap(organizer, data, screen)
    assert done.button("pei:p:serik-akhmetov:")
    assert (await organizer.press_data(data, screen.id)).text == said("refusal.stale")
    assert [what for what, _ in steps(forum)] == ["person_everywhere"]
    assert changed(forum, "group-concept") == {"speakers": ["altayev", "serik-akhmetov", NEW]}
    await tap(organizer, "pey:", done)
    # Neither the form nor a name is left: what is typed now is looked for.
    assert (await organizer.press_data(f"zb:{OLD}:", screen.id)).text == said("refusal.stale")


async def test_who_would_be_in_two_places_is_said_before(forum: Forum) -> None:
    organizer = await forum.organizer()
    await tap(organizer, "za:altayev", await texts_of(organizer, "p", "altayev"))
    screen = await tap(organizer, f"zb:altayev:{OLD}", await write(organizer, person(forum, OLD)))
    assert "⚠️" not in screen.text
    await organizer.send("/cancel")
    # The opening goes to where the old one speaks at that time.
    await tap(organizer, "peh:opening:o:20:", await open_session(organizer, "opening", "time"))
    await tap(organizer, "za:altayev", await texts_of(organizer, "p", "altayev"))
    screen = await tap(organizer, f"zb:altayev:{OLD}", await write(organizer, person(forum, OLD)))
    assert "⚠️" in screen.text


async def test_a_draft_that_has_moved_on_is_shown_once_more_and_the_name_is_not_lost(forum: Forum) -> None:
    one = await forum.organizer()
    other = await another(forum, one)
    await tap(one, f"za:{OLD}", await texts_of(one, "p", OLD))
    screen = await tap(one, f"zb:{OLD}:", await write(one, "Серик Ахметов"))
    await tap(other, "pec:plenary-2:1:", await open_session(other, "plenary-2"))
    late = await one.press(f"ze:{OLD}::", screen)
    assert late.alert
    assert late.text == said("draft.moved_on")
    screen = await now_in(one, screen)
    assert "❌" in screen.text
    await tap(one, f"ze:{OLD}::", screen)
    assert [what for what, _ in steps(forum)] == ["cancel", "person_everywhere"]
    assert changed(forum, "plenary-2") == {"cancelled": True, "moderators": ["serik-akhmetov"]}


async def test_an_end_that_was_marked_counts_and_what_runs_over_is_not_over(forum: Forum) -> None:
    organizer = await forum.organizer()
    await forum.at(at(forum, "10:45"))
    await organizer.start("s_talk-kurmanov")
    await tap(organizer, "rnp:talk-kurmanov")
    await tap(organizer, "rnm:talk-kurmanov:end:")
    screen = await tap(organizer, f"za:{OLD}", await texts_of(organizer, "p", OLD))
    assert held(forum, "talk-kurmanov").title.say("ru") not in screen.text
    await organizer.send("/cancel")
    await organizer.start(f"s_talk-{NEW}")
    await forum.at(at(forum, "11:05"))
    await tap(organizer, f"rnp:talk-{NEW}")
    await tap(organizer, said("runs.more", minutes=15))
    await forum.at(at(forum, "11:15"))
    screen = await tap(organizer, f"za:{NEW}", await texts_of(organizer, "p", NEW))
    assert held(forum, f"talk-{NEW}").title.say("ru") in screen.text


async def test_those_who_listen_and_those_who_speak_are_told_who_speaks_instead(forum: Forum) -> None:
    organizer, listener = await forum.organizer(), await forum.delegate("Ася", "kk")
    was = await speaker_of(forum, organizer, OLD, "Айзада")
    comes = await speaker_of(forum, organizer, NEW, "Бану", "en")
    stranger = await forum.delegate("Чужой", "ru")
    for code in ("plenary-2", "group-concept"):
        await star(listener, held(forum, code))
    await tap(organizer, f"za:{OLD}", await texts_of(organizer, "p", OLD))
    screen = await tap(organizer, f"zb:{OLD}:{NEW}", await write(organizer, person(forum, NEW)))
    assert said("change.everywhere_link") in screen.text
    assert said("speaking.is", name="Айзада") in screen.text
    await tap(organizer, f"ze:{OLD}:{NEW}:", screen)
    name = person(forum, OLD)
    await publish(organizer)
    await debounced(forum)
    notice = (await listener.sees("🔔")).text
    assert len(news(listener)) == 1
    replaced = f"👤 {instead(person(forum, NEW, 'kk'), person(forum, OLD, 'kk'), 'kk')}"
    # In the second session the new one stood already: there only somebody is missing.
    assert (notice.count(replaced), notice.count(f"👤 − {person(forum, OLD, 'kk')}")) == (1, 1)
    await was.sees("🔔", f"{name}")
    await comes.sees("🔔", f"👤 {person(forum, NEW, 'en')}")
    assert not news(stranger)
    session = held(forum, "plenary-2")
    assert session.moderators == (NEW,)
    await forum.at(session.start - dt.timedelta(minutes=25))
    await forum.telegram.idle()
    assert {row["recipient"] for row in outbox(forum, "slot") if "plenary-2" in row["thing"]} == {comes.id}


async def test_a_person_goes_when_no_session_needs_them_and_their_link_is_named(forum: Forum) -> None:
    organizer = await forum.organizer()
    linked = await speaker_of(forum, organizer, OLD, "Айзада")
    used = await tap(organizer, f"zd:p:{OLD}", await texts_of(organizer, "p", OLD))
    assert said("change.remove_used_p", sessions=said("step.sessions", n=3)) in used.text
    assert all(used.button(f"pes:{code}:") for code in ("talk-kurmanov", "plenary-2", "group-concept"))
    forged = await organizer.press_data(f"zx:p:{OLD}:0", used.id)
    assert forged.text == said("change.still_used")
    await tap(organizer, f"za:{OLD}", used)
    screen = await tap(organizer, f"zb:{OLD}:{NEW}", await write(organizer, person(forum, NEW)))
    screen = await tap(organizer, f"ze:{OLD}:{NEW}:", screen)
    free = await tap(organizer, f"zd:p:{OLD}", screen)
    assert said("speaking.is", name="Айзада") in free.text
    assert free.button(f"skd:{OLD}:")
    data = data_of(free, f"zx:p:{OLD}:")
    gone = await tap(organizer, data, free)
    assert said("step.removed", what=person(forum, OLD)) in gone.text
    assert not gone.button(f"pei:p:{OLD}:")
    assert not (await organizer.press_data(data, free.id)).text
    assert [what for what, _ in steps(forum)] == ["person_everywhere", "removed"]
    await publish(organizer)
    assert forum.application.current.programme.speaker(OLD) is None
    # A person who was linked finds no dead end, and nothing here asks for the person any more.
    await linked.look_away()
    await linked.send("/my")
    mine = await linked.sees("⭐")
    await linked.press("go:speaking", mine)
    assert said("speaking.none") in (await now_in(linked, mine)).text
    for stale in (f"zd:p:{OLD}:0", f"za:{OLD}", f"zb:{OLD}:{NEW}", f"ze:{OLD}:{NEW}:0"):
        assert (await organizer.press_data(stale, gone.id)).text in (
            said("change.no_such_person"),
            said("refusal.stale"),
        )


async def test_a_room_goes_when_nothing_is_held_there(forum: Forum) -> None:
    organizer = await forum.organizer()
    used = await tap(organizer, "zd:r:otyrar:", await texts_of(organizer, "r", "otyrar"))
    every = forum.programme.in_room("otyrar")
    assert len({one.day for one in every}) == 2
    assert said("change.remove_used_r", sessions=said("step.sessions", n=len(every))) in used.text
    assert all(used.button(f"pes:{one.code}:") for one in every)
    assert (await organizer.press_data("zx:r:otyrar:0", used.id)).text == said("change.still_used")
    screen = await tap(organizer, "zd:r:spare:", await texts_of(organizer, "r", "spare"))
    gone = await tap(organizer, "zx:r:spare:", screen)
    assert not gone.button("pei:r:spare:")
    await publish(organizer)
    assert forum.application.current.programme.room("spare") is None
    for wrong in ("zd:r:spare:0", "zd:x:spare:0", "zd:g:wifi:0", "zx:s:opening:0"):
        assert (await organizer.press_data(wrong, gone.id)).text == said("refusal.stale")


async def test_what_is_needed_again_meanwhile_stays(forum: Forum) -> None:
    one = await forum.organizer()
    other = await another(forum, one)
    screen = await tap(one, "zd:r:spare:", await texts_of(one, "r", "spare"))
    rooms = await open_session(other, "opening", "room")
    await tap(other, "per:opening:spare:", await turned(other, "per:opening:spare:", rooms))
    assert (await one.press("zx:r:spare:", screen)).text == said("draft.moved_on")
    screen = await now_in(one, screen)
    assert screen.button("pes:opening:")
    assert not screen.button("zx:")
    assert [what for what, _ in steps(forum)] == ["room"]


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
async def test_two_rooms_change_places_for_the_rest_of_the_day(forum: Forum, language: str) -> None:
    organizer, delegate = await forum.organizer(language), await forum.delegate("Ася", language)
    await star(delegate, held(forum, "plenary-2"))
    await star(delegate, held(forum, "plenary-1"))
    await forum.at(at(forum, "13:20"))
    first = await halls(organizer)
    assert first.button(f"zh:{DAY}:uly-dala:0")
    assert not first.button(f"zh:{DAY}:sauran:"), "nothing is held there that day"
    screen = await tap(organizer, f"zh:{DAY}:uly-dala:0", first)
    assert not screen.button(f"zw:{DAY}:uly-dala:uly-dala")
    screen = await tap(organizer, f"zw:{DAY}:uly-dala:sauran", screen)
    assert said("change.stays_begun", language, n=9) in screen.text
    assert said("change.halls_now", language, sessions=said("step.sessions", language, n=3)) in screen.buttons
    assert steps(forum) == []
    data = data_of(screen, f"zs:{DAY}:")
    done = await tap(organizer, data, screen)
    rooms = {
        which: forum.programme.room(code).name.say(language)  # type: ignore[union-attr]  # they are there
        for which, code in (("one", "uly-dala"), ("other", "sauran"))
    }
    assert f"{rooms['one']} ⇄ {rooms['other']}" in done.text
    assert not done.button("zs:")
    assert not (await organizer.press_data(data, screen.id)).text
    assert [what for what, _ in steps(forum)] == ["halls"]
    for code in ("plenary-2", "plenary-3", "dialogue"):
        assert changed(forum, code) == {"room": "sauran"}
    for code in ("opening", "plenary-1", "plenary-4", "group-social-order"):
        assert changed(forum, code) == {}, "it has begun, or is of another day"
    await publish(organizer)
    await debounced(forum)
    notice = await delegate.sees("🔔", f"📍 {instead(rooms['other'], rooms['one'], language)}")
    assert notice.text.count("📍") == 1
    assert len(news(delegate)) == 1


async def test_both_ways_with_what_is_in_the_way_and_what_was_marked(forum: Forum) -> None:
    organizer = await forum.organizer()
    await forum.at(at(forum, "13:05"))
    # Of two that begin at 13:15 one was begun early: it stays, in the way of the other.
    await organizer.start("s_projects-1")
    await tap(organizer, "rnp:projects-1")
    await tap(organizer, "rnm:projects-1:start:")
    screen = await halls(organizer, "uly-dala", "otyrar")
    assert "⚠️" in screen.text, "plenary-1 comes to where projects-1 is on"
    await tap(organizer, f"zs:{DAY}:", screen)
    assert changed(forum, "plenary-1") == {"room": "otyrar"}
    assert changed(forum, "projects-1") == {}
    screen = await here(organizer)
    assert "⚠️" in screen.text
    await tap(organizer, "pey:", screen)
    assert steps(forum) == []
    # Without the mark both go.
    await organizer.start("s_projects-1")
    await tap(organizer, "rnp:projects-1")
    await tap(organizer, "rnu:projects-1:")
    screen = await halls(organizer, "otyrar", "uly-dala")
    assert "⚠️" not in screen.text
    await tap(organizer, f"zs:{DAY}:", screen)
    assert (changed(forum, "plenary-1"), changed(forum, "projects-1")) == ({"room": "otyrar"}, {"room": "uly-dala"})


async def test_a_late_hall_has_not_begun_what_was_planned_for_now(forum: Forum) -> None:
    organizer = await forum.organizer()
    await forum.at(at(forum, "10:50"))
    await organizer.start("s_talk-kurmanov")
    await tap(organizer, "rnp:talk-kurmanov")
    await tap(organizer, said("runs.more", minutes=15))
    await forum.at(at(forum, "10:52"))
    await tap(organizer, f"zs:{DAY}:", await halls(organizer, "uly-dala", "sauran"))
    assert changed(forum, "talk-kurmanov") == {}
    assert changed(forum, f"talk-{NEW}") == {"room": "sauran"}


async def test_of_two_organizers_one_swaps_and_the_other_looks_again(forum: Forum) -> None:
    one = await forum.organizer()
    other = await another(forum, one)
    hers, his = await halls(one, "uly-dala", "otyrar"), await halls(other, "otyrar", "uly-dala")
    await tap(one, f"zs:{DAY}:", hers)
    assert (await other.press(f"zs:{DAY}:", his)).text == said("draft.moved_on", "kk")
    assert len(steps(forum)) == 1
    assert "⇄" in (await now_in(other, his)).text
    assert [row["made_by"] for row in tables(forum.folder)["draft_steps"]] == [one.id]


async def test_when_the_day_is_over_nothing_is_left_and_old_buttons_do_nothing(forum: Forum) -> None:
    organizer = await forum.organizer()
    screen = await halls(organizer, "uly-dala")
    await forum.at(at(forum, "21:00"))
    assert (await organizer.press(f"zw:{DAY}:uly-dala:otyrar", screen)).text == said("change.halls_none")
    late = await tap(organizer, f"zh:{DAY}::0", screen)
    assert said("change.halls_none") in late.text
    assert late.button(f"ped:{DAY}:")
    for wrong, words in (
        ("zw:2026:uly-dala:otyrar", "refusal.stale"),
        (f"zw:{DAY}:gone:otyrar", "change.no_such_room"),
        (f"zw:{DAY}:otyrar:otyrar", "change.halls_none"),
        (f"zh:{DAY}:gone:0", "change.no_such_room"),
        (f"zs:{DAY}:0:99:0", "change.no_such_room"),
        (f"zs:{DAY}:-1:1:0", "change.no_such_room"),
        (f"zs:{DAY}:0:1:zz", "draft.moved_on"),
        (f"zs:{DAY}:0:0:0", "change.halls_none"),
    ):
        assert (await organizer.press_data(wrong, late.id)).text == said(words), wrong
    assert steps(forum) == []
