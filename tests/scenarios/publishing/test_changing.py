"""An organizer with a phone changes the programme: each change by a few taps, in the draft, before anybody sees it."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.conftest import Forum, Running
from tests.scenarios.agenda.congress import congress
from tests.scenarios.publishing.changing import (
    changed,
    data_of,
    here,
    open_session,
    steps,
    tap,
    the_draft,
    turned,
    write,
)
from tests.scenarios.second_reader import tables
from tests.scenarios.steps import now_in, said


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
async def test_the_opening_is_twenty_minutes_late_and_so_is_the_rest_of_the_day(forum: Forum, language: str) -> None:
    organizer = await forum.organizer(language)
    await organizer.send("/programme")
    await tap(organizer, "go:change")
    await tap(organizer, "pes:opening:")
    await tap(organizer, "pes:opening:time:0")
    screen = await tap(organizer, "peo:opening:d")
    assert any(label.startswith("🔘") and label.endswith(": 14") for label in screen.buttons), screen.buttons
    screen = await tap(organizer, "peh:opening:d:20:")
    assert "10:30–10:50" in screen.text
    assert "10:10–10:30" in screen.text
    assert "strikethrough" in {entity["type"] for entity in screen.entities}
    assert said("change.take_back", language) in screen.buttons
    assert steps(forum) == [("shift", {"session": "opening", "minutes": 20, "scope": "d"})]
    assert changed(forum, "dialogue")["start"].startswith("2026-11-26T17:20")
    assert changed(forum, "registration") == {}
    assert changed(forum, "plenary-4") == {}
    # Nobody sees it yet.
    delegate = await forum.delegate("Айгерім", language)
    await delegate.start("s_opening")
    assert "10:10–10:30" in (await delegate.sees("🕒")).text


async def test_only_this_session_the_room_or_the_day(forum: Forum) -> None:
    organizer = await forum.organizer()
    for scope, moved in (("o", {"plenary-1"}), ("r", {"plenary-1", "plenary-2", "plenary-3", "dialogue"})):
        screen = await open_session(organizer, "plenary-1", "time")
        screen = await tap(organizer, f"peo:plenary-1:{scope}", screen)
        await tap(organizer, f"peh:plenary-1:{scope}:5:", screen)
        found = {
            code
            for code in ("plenary-1", "plenary-2", "plenary-3", "dialogue", "projects-1", "lunch-1")
            if changed(forum, code)
        }
        assert found == moved
        screen = await tap(organizer, "pey:plenary-1:", screen)
        assert said("change.last_step", step="") not in screen.text
        assert steps(forum) == []
    assert [row["deed"] for row in tables(forum.folder)["audit"]].count("draft_step_back") == 2


async def test_a_double_tap_shifts_once_and_an_old_screen_shows_the_new_one(forum: Forum) -> None:
    organizer = await forum.organizer()
    screen = await open_session(organizer, "opening", "time")
    data = data_of(screen, "peh:opening:o:10:")
    await organizer.press_data(data, screen.id)
    again = await organizer.press_data(data, screen.id)
    assert again.text == "", "nobody else was there, and who presses again shifts twice"
    assert len(steps(forum)) == 1
    assert "10:20–10:40" in (await now_in(organizer, screen)).text
    further = await tap(organizer, "peh:opening:o:10:", screen)
    assert "10:30–10:50" in further.text
    # By now it is an old button, and what it meant was not done once but is one of two.
    assert (await organizer.press_data(data, screen.id)).text == said("draft.moved_on")
    back = data_of(await now_in(organizer, screen), "pey:opening:")
    undone = (await organizer.press_data(back, screen.id)).text
    assert undone.startswith(said("draft.undone", step=""))
    assert "+10" in undone
    assert (await organizer.press_data(back, screen.id)).text == "", "nobody else was there"
    assert len(steps(forum)) == 1


async def test_two_organizers_see_the_same_draft_and_neither_changes_what_they_have_not_seen(forum: Forum) -> None:
    one = await forum.organizer()
    other = await forum.delegate("Болат", "kk")
    await other.start(await forum.invitation(one, "si:organizer:"))
    await other.sees("🗝")
    his = await open_session(other, "opening", "time")
    hers = await open_session(one, "opening", "time")
    await tap(one, "peh:opening:o:20:", hers)
    late = await other.press("peh:opening:o:20:", his)
    assert late.alert
    assert late.text == said("draft.moved_on", "kk")
    now = await now_in(other, his)
    assert "10:30–10:50" in now.text
    assert now.button("pey:") is None, "another's step is not taken back in passing"
    assert "10:50–11:10" in (await tap(other, "peh:opening:o:20:", his)).text
    assert [row["made_by"] for row in tables(forum.folder)["draft_steps"]] == [one.id, other.id]


async def test_what_is_over_is_not_shifted_and_nothing_leaves_its_day(forum: Forum) -> None:
    organizer = await forum.organizer()
    opening = next(one for one in forum.programme.sessions if one.code == "opening")
    await forum.at(opening.end + dt.timedelta(minutes=1))
    screen = await open_session(organizer, "opening", "time")
    assert (await organizer.press("peh:opening:o:20:", screen)).text == said("change.is_over")
    await tap(organizer, "peo:opening:d", screen)
    await tap(organizer, "peh:opening:d:20:", screen)
    assert changed(forum, "opening") == {}
    assert changed(forum, "dialogue")
    screen = await open_session(organizer, "dialogue", "time")
    stamp = data_of(screen, "peh:dialogue:o:5:").rsplit(":", 1)[1]
    refused = await organizer.press_data(f"peh:dialogue:o:1440:{stamp}", screen.id)
    assert refused.text == said("change.leaves_day", start="17:20")
    for wrong in (f"peh:dialogue:x:5:{stamp}", f"peh:dialogue:o:9999:{stamp}"):
        assert (await organizer.press_data(wrong, screen.id)).text == said("refusal.stale")
    for wrong in ("peh:dialogue:o:5:?", "peh:dialogue:o:5:-1", "peh:dialogue:o:5:zzzzzzzz"):
        assert (await organizer.press_data(wrong, screen.id)).text == said("draft.moved_on")


async def test_a_time_is_typed_and_what_was_typed_badly_is_not_lost(forum: Forum) -> None:
    organizer = await forum.organizer()
    screen = await open_session(organizer, "dialogue", "time")
    await tap(organizer, "pet:dialogue:start", screen)
    for bad, words in (
        ("после обеда", said("change.bad_time")),
        ("25:00", said("change.bad_time")),
        ("31.02 10:00", said("change.bad_time")),
        ("01.12 10:00", said("change.no_such_day", day="2026-12-01")),
    ):
        assert words in (await write(organizer, bad)).text
    await organizer.sticker()
    await organizer.sees(said("moderation.text_only"))
    screen = await write(organizer, "27.11 16:40")
    assert "16:40" in screen.text
    assert (changed(forum, "dialogue")["day"], len(steps(forum))) == ("2026-11-27", 1)
    await tap(organizer, "pes:dialogue:time:0", screen)
    await tap(organizer, "pet:dialogue:length", screen)
    assert said("change.bad_length") in (await write(organizer, "час")).text
    assert said("change.bad_length") in (await write(organizer, "0")).text
    assert "16:40–17:10" in (await write(organizer, "17:10")).text
    # The form is over: another word is a search again.
    assert "45" in (await write(organizer, "45")).text
    assert len(steps(forum)) == 2


async def test_a_form_meets_the_draft_as_it_is_by_then(forum: Forum) -> None:
    one = await forum.organizer()
    other = await forum.delegate("Болат", "kk")
    await other.start(await forum.invitation(one, "si:organizer:"))
    await other.sees("🗝")
    await tap(one, "pet:dialogue:length", await open_session(one, "dialogue", "time"))
    await tap(other, "peh:dialogue:o:30:", await open_session(other, "dialogue", "time"))
    assert "17:30–18:00" in (await write(one, "30")).text
    assert len(steps(forum)) == 2
    await tap(one, "pet:dialogue:start", await open_session(one, "dialogue", "time"))
    await one.send("/cancel")
    await one.sees(said("form.cancelled"))
    assert len(steps(forum)) == 2


async def test_a_room_is_changed_with_a_warning_who_is_there(forum: Forum) -> None:
    organizer = await forum.organizer()
    screen = await open_session(organizer, "plenary-1", "room")
    assert "13:15" in screen.text  # projects-1 is in Otyrar then
    taken = [label for label in screen.buttons if label.startswith("⚠️")]
    screen = await tap(organizer, "per:plenary-1:otyrar:", screen)
    otyrar = next(one for one in forum.programme.rooms if one.code == "otyrar").name.say("ru")
    assert f"⚠️ {otyrar}" in taken
    assert f"⚠️ {otyrar}" in screen.text
    assert changed(forum, "plenary-1") == {"room": "otyrar"}
    same = await open_session(organizer, "plenary-1", "room")
    assert (await organizer.press("per:plenary-1:otyrar:", same)).text == said("change.same")
    screen = await tap(organizer, "per:plenary-1::", await open_session(organizer, "plenary-1", "room"))
    assert said("change.no_room") in screen.text
    assert "⚠️" in screen.text
    await tap(organizer, "pet:plenary-1:room", await open_session(organizer, "plenary-1", "room"))
    assert said("change.bad_lines") in (await write(organizer, "1\n2\n3\n4")).text
    screen = await write(organizer, "Киіз үй\nЮрта\nYurt")
    assert "Юрта" in screen.text
    assert "⚠️" not in screen.text
    assert changed(forum, "plenary-1") == {"room": "yurt"}
    assert len(steps(forum)) == 3


async def test_two_sessions_change_places_and_keep_their_lengths(forum: Forum) -> None:
    organizer = await forum.organizer()
    screen = await open_session(organizer, "plenary-1", "swap")
    assert said("change.swap_how") in screen.text
    await tap(organizer, "pew:plenary-1:projects-1:", screen)
    one, other = (forum.programme.session(code) for code in ("plenary-1", "projects-1"))
    assert one is not None
    assert other is not None
    assert changed(forum, "plenary-1")["room"] == other.room
    assert changed(forum, "projects-1")["room"] == one.room
    screen = await open_session(organizer, "plenary-2", "swap")
    data = data_of(screen, "pew:plenary-2:").split(":")
    gone = await organizer.press_data(f"pew:plenary-2:gone:{data[3]}", screen.id)
    assert gone.text == said("agenda.no_such_session")


async def test_a_speaker_is_replaced_by_another_and_by_somebody_new(forum: Forum) -> None:
    organizer = await forum.organizer()
    screen = await open_session(organizer, "talk-kurmanov", "people")
    await tap(organizer, "pen:talk-kurmanov:kurmanov", screen)
    await tap(organizer, "pef:talk-kurmanov:0", screen)
    found = await write(organizer, "Нургазиева")
    screen = await tap(organizer, "pe:talk-kurmanov:0:nurgaziyeva:", found)
    assert changed(forum, "talk-kurmanov") == {"speakers": ["nurgaziyeva"]}
    assert steps(forum)[-1][0] == "person_replaced"
    assert "⚠️" not in screen.text
    # Somebody new, by the name in three languages; their office afterwards.
    screen = await open_session(organizer, "talk-kurmanov", "people")
    await tap(organizer, "pef:talk-kurmanov:m", screen)
    none = await write(organizer, "Серік Ахметов\nСерик Ахметов\nSerik Akhmetov")
    screen = await tap(organizer, "pea:talk-kurmanov:m", none)
    assert "Серик Ахметов" in screen.text
    assert changed(forum, "talk-kurmanov")["moderators"] == ["serik-akhmetov"]
    twice = await organizer.press_data("pea:talk-kurmanov:m", none.id)
    assert twice.text == said("refusal.stale")
    await tap(organizer, "pei:p:serik-akhmetov:", screen)
    await tap(organizer, "pei:p:serik-akhmetov:o", screen)
    await tap(organizer, "pej:p:serik-akhmetov:o:ru", screen)
    assert "Директор" in (await write(organizer, "Директор")).text
    # And out again.
    screen = await open_session(organizer, "talk-kurmanov", "people")
    await tap(organizer, "pen:talk-kurmanov:serik-akhmetov", screen)
    await tap(organizer, "pex:talk-kurmanov:serik-akhmetov:m:", screen)
    assert changed(forum, "talk-kurmanov")["moderators"] == []


async def test_cancelled_and_restored(forum: Forum) -> None:
    organizer = await forum.organizer()
    screen = await tap(organizer, "pec:opening:1:", await open_session(organizer, "opening"))
    assert said("agenda.cancelled") in screen.text
    assert changed(forum, "opening") == {"cancelled": True}
    screen = await tap(organizer, "pec:opening:0:", screen)
    assert said("agenda.cancelled") not in screen.text
    assert [what for what, _ in steps(forum)] == ["cancel", "uncancel"]


async def test_a_session_is_added_step_by_step(forum: Forum) -> None:
    organizer = await forum.organizer("kk")
    await organizer.send("/programme")
    await tap(organizer, "go:change")
    await tap(organizer, "gpc:20261126")
    await tap(organizer, "peg:20261126")
    assert said("change.bad_slot", "kk") in (await write(organizer, "бесте")).text
    assert "18:30–19:15" in (await write(organizer, "18:30 45")).text
    screen = await write(organizer, "Кешкі концерт\nВечерний концерт\nEvening concert")
    assert "Кешкі концерт" in screen.text
    assert said("change.is_new", "kk") in screen.text
    await tap(organizer, "pes:evening-concert:kind:0", screen)
    await tap(organizer, "pek:evening-concert:ceremony:", screen)
    await tap(organizer, "pes:evening-concert:room:0", screen)
    await tap(organizer, "per:evening-concert:uly-dala:", screen)
    assert (changed(forum, "evening-concert")["kind"], changed(forum, "evening-concert")["room"]) == (
        "ceremony",
        "uly-dala",
    )
    # It is found by its name; taken back step by step it is gone, and its screen goes back to the day.
    await organizer.send("/programme")
    await tap(organizer, "go:change")
    assert (await write(organizer, "концерт")).button("pes:evening-concert:") is not None
    screen = await tap(organizer, "pes:evening-concert:")
    for _ in range(3):
        screen = await tap(organizer, "pey:evening-concert:", screen)
    assert said("change.title", "kk") in screen.text
    gone = await organizer.press_data("pes:evening-concert::0", screen.id)
    assert gone.text == said("agenda.no_such_session", "kk")


async def test_texts_are_corrected_language_by_language_with_their_formatting(forum: Forum) -> None:
    organizer = await forum.organizer()
    screen = await open_session(organizer, "opening")
    await tap(organizer, "pei:s:opening:", screen)
    await tap(organizer, "pei:s:opening:t", screen)
    await tap(organizer, "pej:s:opening:t:kk", screen)
    screen = await write(organizer, "Форумның ашылуы")
    assert "Форумның ашылуы" in screen.text
    title = changed(forum, "opening")["title"]
    assert title["kk"] == "Форумның ашылуы"
    assert title["ru"] == forum.programme.session("opening").title.say("ru")  # type: ignore[union-attr]  # it is there
    await tap(organizer, "peu:s:opening:t:en:", screen)
    assert "en" not in changed(forum, "opening")["title"]
    await tap(organizer, "pei:s:opening:", screen)
    await tap(organizer, "pei:s:opening:a", screen)
    await tap(organizer, "pej:s:opening:a:", screen)
    assert said("change.says_nothing") in (await write(organizer, "…")).text
    await write(organizer, "Ждём <b>всех</b> & каждого * в 10:10 *")
    assert changed(forum, "opening")["abstract"] == "Ждём &lt;b&gt;всех&lt;/b&gt; &amp; каждого * в 10:10 *"
    # The last words of a title stay.
    screen = await open_session(organizer, "opening")
    await tap(organizer, "pei:s:opening:", screen)
    await tap(organizer, "pei:s:opening:t", screen)
    screen = await tap(organizer, "peu:s:opening:t:ru:", screen)
    assert not [label for label in screen.buttons if label.startswith("🗑")]
    stamp = data_of(screen, "pey:").rsplit(":", 1)[1]
    refused = await organizer.press_data(f"peu:s:opening:t:kk:{stamp}", screen.id)
    assert refused.text == said("change.must_say")


async def test_the_texts_of_people_rooms_pages_and_the_forum_are_found_in_their_lists(forum: Forum) -> None:
    organizer = await forum.organizer()
    await organizer.send("/programme")
    await tap(organizer, "go:change")
    await tap(organizer, "gpc:")
    screen = await tap(organizer, "pel::0")
    for kind, code, field in (("p", "altayev", "o"), ("r", "otyrar", "n"), ("g", "wifi", "b"), ("f", "", "d")):
        if kind != "f":
            screen = await turned(organizer, f"pei:{kind}:{code}:", await tap(organizer, f"pel:{kind}:0", screen))
        await tap(organizer, f"pei:{kind}:{code}:", screen)
        await tap(organizer, f"pei:{kind}:{code}:{field}", screen)
        await tap(organizer, f"pej:{kind}:{code}:{field}:ru", screen)
        screen = await write(organizer, f"Новое {kind}")
        assert f"Новое {kind}" in screen.text
        screen = await tap(organizer, f"pei:{kind}:{code}:", screen)
        screen = await tap(organizer, f"pel:{'' if kind == 'f' else kind}:0", screen)
        if kind != "f":
            screen = await tap(organizer, "pel::0", screen)
    assert [detail["kind"] for _, detail in steps(forum)] == ["p", "r", "g", "f"]
    for wrong in ("pei:x::", "pei:s:gone:", "pei:s:opening:z", "pej:s:opening:t:de", "pej:p:gone:n:ru"):
        assert (await organizer.press_data(wrong, screen.id)).text == said("refusal.stale")


async def test_nine_hundred_sessions_fit_on_a_phone(running: Running) -> None:
    running.programme = congress()
    async with running.open() as forum:
        organizer = await forum.organizer()
        session = running.programme.sessions[400]
        screen = await open_session(organizer, session.code, "time")
        screen = await tap(organizer, f"peo:{session.code}:d", screen)
        screen = await tap(organizer, f"peh:{session.code}:d:15:", screen)
        assert len(steps(forum)) == 1
        for part in ("room", "swap", "people"):
            screen = await tap(organizer, f"pes:{session.code}::0", screen)
            screen = await tap(organizer, f"pes:{session.code}:{part}:", screen)
            assert len(screen.text) <= 4096
        await tap(organizer, f"pes:{session.code}::0", screen)
        screen = await tap(organizer, "ped:", screen)
        assert len([one for one in screen.buttons if one.startswith("📝")]) > 1
        assert (await here(organizer)).id == screen.id


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
async def test_a_second_tap_on_taking_back_takes_back_one_step_and_says_nothing_of_somebody(
    forum: Forum, language: str
) -> None:
    organizer = await forum.organizer(language)
    for minutes in (5, 10):
        screen = await open_session(organizer, "opening", "time")
        await tap(organizer, f"peh:opening:o:{minutes}:", screen)
    draft = await the_draft(organizer, screen)
    data = data_of(draft, "ppt:")
    undone = await organizer.press_data(data, draft.id)
    assert undone.text.startswith(said("draft.undone", language, step=""))
    assert "+10" in undone.text
    assert (await organizer.press_data(data, draft.id)).text == ""
    assert len(steps(forum)) == 1
    await organizer.press_data("ppd:3:1", draft.id)
    assert (await organizer.press_data("ppd:3:1", draft.id)).text == ""
    # Another organizer's steps are another matter.
    assert (await organizer.press_data("ppd:2:1", draft.id)).text == said("draft.moved_on", language)
