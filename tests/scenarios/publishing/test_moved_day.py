"""A day or a hall moves: everybody registered can be told with an announcement that is worded already, and nothing
untrue of it stays."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.actions.announcements import claims
from bot.programme.model import Programme, Session, Text
from bot.views.screen import TEXT_LIMIT, units, visible
from storage import announcement_parts
from tests.conftest import Forum
from tests.scenarios.announcements.announcing import second_organizer
from tests.scenarios.publishing.changing import data_of, here, open_session, publish, tap
from tests.scenarios.publishing.test_publishing import step
from tests.scenarios.second_reader import tables
from tests.scenarios.steps import at, nothing_due, now_in, outbox, said, sessions, star, until
from tests.telegram import Message, Person

HOUR = dt.timedelta(hours=1)
LANGUAGES = ("kk", "ru", "en")
Edit = Callable[[Session], Session]


def every(edit: Edit, day: int = 0, room: str = "") -> Callable[[Programme], Programme]:
    """The programme with all sessions of a day, or of a hall on it, edited."""

    def change(programme: Programme) -> Programme:
        date = programme.days[day].date
        chosen = {one.code for one in programme.of_day(date) if not room or one.room == room}
        return replace(programme, sessions=tuple(edit(s) if s.code in chosen else s for s in programme.sessions))

    return change


def later(session: Session) -> Session:
    return replace(session, start=session.start + HOUR, end=session.end + HOUR)


def next_day(session: Session) -> Session:
    day = dt.timedelta(days=1)
    return replace(session, start=session.start + day, end=session.end + day, day=session.day + day)


def cancelled(session: Session) -> Session:
    return replace(session, cancelled=True)


def into(room: str) -> Edit:
    return lambda session: replace(session, room=room)


def recoded(session: Session) -> Session:
    """As a file from elsewhere brings it."""
    return replace(later(session), code=f"{session.code}-2")


def swapped(programme: Programme) -> Programme:
    there = {"otyrar": "sauran", "sauran": "otyrar"}
    date = programme.days[1].date
    everything = (replace(s, room=there.get(s.room or "", s.room)) if s.day == date else s for s in programme.sessions)
    return replace(programme, sessions=tuple(everything))


MOVED = {
    "a day shifts": every(later),
    "a day goes to another date": every(next_day, 1),
    "a day is cancelled": every(cancelled),
    "a file brings the day": every(recoded),
    "a hall shifts": every(later, 1, "otyrar"),
    "a hall goes elsewhere": every(into("uly-dala"), 1, "otyrar"),
    "halls change places": swapped,
}
STAYS = {
    "one session shifts": lambda p: replace(
        p, sessions=tuple(later(s) if s.code == "opening" else s for s in p.sessions)
    ),
    "one session goes elsewhere": lambda p: replace(
        p, sessions=tuple(replace(s, room="otyrar") if s.code == "opening" else s for s in p.sessions)
    ),
    "a hall's only session shifts": every(later, 0, "otyrar"),
}


async def changed(forum: Forum, organizer: Person, edit: Callable[[Programme], Programme], quiet: int = 0) -> Message:
    """Published; the screen that says so."""
    await opened(forum, organizer, edit)
    return await publish(organizer, quiet)


async def opened(forum: Forum, organizer: Person, edit: Callable[[Programme], Programme]) -> Message:
    """A step of the draft, and the draft's screen."""
    await step(forum, organizer, edit)
    await organizer.look_away()
    await organizer.send("/programme")
    await organizer.press("go:draft")
    return await here(organizer)


def announced(forum: Forum) -> list[dict[str, object]]:
    return tables(forum.folder)["announcements"]


def read_by(person: Person, language: str) -> list[str]:
    """What they were told of it."""
    starts = tuple(f"📢 {said(key, language)}" for key in ("moving.title", "moving.corrected"))
    return [one.text for one in person.shown() if one.text.startswith(starts)]


async def corrections(organizer: Person, screen: Message) -> list[Message]:
    """A card for each language, once they have been asked for on that screen."""
    await organizer.look_away()
    await organizer.press_data("aq:1", screen.id)
    for language in sorted(LANGUAGES):
        await organizer.sees(said("moving.corrected", language))
    return [one for one in organizer.shown() if one.button("az:1:")]


async def sent(forum: Forum, organizer: Person, desk: Message) -> Message:
    """Confirm and send the draft on this desk."""
    asked = await tap(organizer, "ad:1:confirm", desk)
    await tap(organizer, "an:", asked)
    await forum.at(forum.clock.now() + dt.timedelta(seconds=125))
    await nothing_due(forum)
    await until(lambda: all(row["state"] not in ("waiting", "claimed") for row in outbox(forum, "announcement")))
    return await now_in(organizer, asked)


@pytest.mark.parametrize("what", MOVED)
async def test_what_moves_as_a_whole_is_offered_to_everybody(forum: Forum, what: str) -> None:
    organizer = await forum.organizer()
    for number in range(2):
        await forum.delegate(f"Ася {number}")
    draft = await opened(forum, organizer, MOVED[what])
    assert said("publishing.nobody") in draft.text
    assert said("moving.can_tell", n=3) in draft.text
    asked = await tap(organizer, "ppa:", draft)
    assert said("moving.can_tell", n=3) in asked.text
    done = await tap(organizer, data_of(asked, "ppy:"), asked)
    assert said("moving.offer", n=3) in done.text
    assert done.button(said("moving.tell"))
    assert announced(forum) == []


@pytest.mark.parametrize("what", STAYS)
async def test_a_single_session_is_nothing_for_everybody(forum: Forum, what: str) -> None:
    done = await changed(forum, await forum.organizer(), STAYS[what])
    assert not done.button("ppe:")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_it_is_made_by_thumb_and_everybody_reads_it_in_their_language(forum: Forum, language: str) -> None:
    organizer = await forum.organizer(language)
    people = {one: await forum.delegate("Ася", one) for one in LANGUAGES}
    await tap(organizer, "peo:opening:d", await open_session(organizer, "opening", "time"))
    await tap(organizer, "peh:opening:d:20:")
    done = await publish(organizer)
    assert said("moving.offer", language, n=4) in done.text
    desk = await tap(organizer, "ppe:", done)
    assert f"{said('announcements.number', language, number=1)}" in desk.text
    assert [one["audience"] for one in announced(forum)] == ["{}"]
    await organizer.look_away()
    await organizer.press("ad:1:preview", desk)
    for one in LANGUAGES:
        await organizer.sees("📢", said("moving.title", one))
    await sent(forum, organizer, await organizer.sees("📣", said("announcements.number", language, number=1)))
    opening = forum.application.current.programme.session("opening")
    assert opening is not None
    for one, person in people.items():
        [text] = read_by(person, one)
        assert f"{opening.start:%H:%M}–{opening.end:%H:%M} {opening.title.say(one)}" in text
        assert said("moving.agenda", one) in text


async def test_two_taps_make_one_draft_and_another_organizer_hears_whose_it_is(forum: Forum) -> None:
    organizer = await forum.organizer()
    second = await second_organizer(forum, organizer)
    done = await changed(forum, organizer, every(later))
    await tap(organizer, "ppe:", done)
    await organizer.press_data(data_of(done, "ppe:"), done.id)
    assert len(announced(forum)) == 1
    toast = await second.press_data(data_of(done, "ppe:"), (await second.last()).id)
    assert "Динара" in toast.text
    # Dropped, it can be made again.
    asked = await tap(organizer, "ah:1:drop:", await now_in(organizer, done))
    await tap(organizer, "ad:1:drop", asked)
    await second.press_data(data_of(done, "ppe:"), (await second.last()).id)
    await forum.telegram.idle()
    assert [one["state"] for one in announced(forum)] == ["cancelled", "draft"]


async def test_approval_holds_for_it(approving: None, forum: Forum) -> None:
    organizer = await forum.organizer()
    second = await second_organizer(forum, organizer)
    done = await changed(forum, organizer, every(later))
    desk = await tap(organizer, "ppe:", done)
    asked = await tap(organizer, "ad:1:confirm", desk)
    assert said("announcements.second") in asked.text
    await tap(organizer, "an:", asked)
    assert [one["state"] for one in announced(forum)] == ["asked"]
    assert outbox(forum, "announcement") == []
    # Undone meanwhile, what waits for approval goes back.
    await organizer.send("/programme")
    await tap(organizer, "go:versions")
    request = await second.sees("📣", said("announcements.state_asked"))
    version = max(row["number"] for row in tables(forum.folder)["programmes"])
    await organizer.press_data(f"ppu:{version}", (await organizer.last()).id)
    await forum.telegram.idle()
    await until(lambda: [one["state"] for one in announced(forum)] == ["draft"])
    await organizer.sees(said("announcements.news_outdated", number=1))
    late = await second.press_data(data_of(request, "ay:"), request.id)
    assert late.alert


async def test_a_draft_of_what_is_undone_is_not_sent(forum: Forum) -> None:
    organizer = await forum.organizer()
    await forum.delegate("Ася")
    done = await changed(forum, organizer, every(later))
    undo = data_of(done, "ppu:")
    desk = await tap(organizer, "ppe:", done)
    asked = await tap(organizer, "ad:1:confirm", desk)
    send = data_of(asked, "an:")
    await organizer.press_data(undo, asked.id)
    refused = await organizer.press_data(send, asked.id)
    assert refused.text == said("moving.outdated")
    await organizer.press_data("ad:1:open", asked.id)
    desk = await now_in(organizer, asked)
    assert said("moving.untrue", languages="English, Қазақша, Русский") in desk.text
    assert not (await tap(organizer, "ad:1:confirm", desk)).button("an:")
    again = await organizer.press_data("aq:1", desk.id)
    assert again.text == said("moving.as_before")
    assert outbox(forum, "announcement") == []
    # Published once more, only half as late: the words follow.
    await changed(forum, organizer, every(lambda s: replace(s, start=s.start + HOUR / 2, end=s.end + HOUR / 2)))
    await organizer.press_data("aq:1", desk.id)
    desk = await now_in(organizer, desk)
    assert "⚠️" not in desk.text
    opening = forum.application.current.programme.session("opening")
    assert opening is not None
    parts = tables(forum.folder)["announcement_parts"]
    assert {row["language"] for row in parts} == {*LANGUAGES}
    assert all(f"<b>{opening.start:%H:%M}–{opening.end:%H:%M}</b>" in row["text"] for row in parts)


async def test_words_changed_by_hand_are_checked_until_they_are_changed_knowingly(forum: Forum) -> None:
    organizer = await forum.organizer()
    done = await changed(forum, organizer, every(later))
    undo = data_of(done, "ppu:")
    desk = await tap(organizer, "ppe:", done)
    for language in ("kk", "en"):
        await organizer.press_data(f"av:1:{language}:drop", desk.id)
    await organizer.press_data("av:1:ru:write", desk.id)
    await organizer.send("Всё на час позже, извините!")
    desk = await organizer.sees("📣", "№")
    await organizer.press_data(undo, done.id)
    await organizer.press_data("ad:1:open", desk.id)
    desk = await now_in(organizer, desk)
    assert said("moving.untrue", languages="Русский") in desk.text
    await organizer.press_data("av:1:ru:write", desk.id)
    await organizer.send("Ничего не меняется, извините!")
    desk = await organizer.sees("📣", "№", "Ничего")
    assert "⚠️" not in desk.text
    assert (await tap(organizer, "ad:1:confirm", desk)).button("an:")


async def test_undoing_what_was_announced_warns_and_offers_the_correction(forum: Forum) -> None:
    organizer = await forum.organizer()
    people = {one: await forum.delegate("Ася", one) for one in LANGUAGES}
    done = await changed(forum, organizer, every(later))
    undo = data_of(done, "ppu:")
    report = await sent(forum, organizer, await tap(organizer, "ppe:", done))
    await organizer.press_data(undo, report.id)
    undone = await now_in(organizer, report)
    assert said("moving.is_untrue", number=1) in undone.text
    cards = await corrections(organizer, undone)
    assert {data_of(one, "az:1:").split(":")[2] for one in cards} == {*LANGUAGES}
    for card in cards:
        await tap(organizer, "az:1:", card)
    await nothing_due(forum)
    await until(lambda: all(row["state"] == "sent" for row in outbox(forum, "announcement-edit")))
    opening = forum.application.current.programme.session("opening")
    assert opening is not None
    for one, person in people.items():
        [text] = read_by(person, one)
        assert text.startswith(f"📢 {said('moving.corrected', one)}")
        assert f"{opening.start:%H:%M}–{opening.end:%H:%M} {opening.title.say(one)}" in text
    await organizer.press_data("ad:1:open", undone.id)
    assert not (await now_in(organizer, undone)).button("aq:1")
    # Made once more: the correction is what is untrue then.
    asked = await tap(organizer, "ppa:", await opened(forum, organizer, every(later)))
    assert said("moving.becomes_untrue", number=1) in asked.text


async def test_a_correction_that_the_programme_overtook_is_not_put_in_place(forum: Forum) -> None:
    organizer = await forum.organizer()
    done = await changed(forum, organizer, every(later))
    report = await sent(forum, organizer, await tap(organizer, "ppe:", done))
    first = await changed(forum, organizer, every(later))
    card = (await corrections(organizer, first))[0]
    await changed(forum, organizer, every(later))
    refused = await organizer.press_data(data_of(card, "az:1:"), card.id)
    assert refused.text == said("moving.staged_outdated")
    assert report.text


async def test_a_sending_under_way_pauses_when_it_becomes_untrue(forum: Forum) -> None:
    organizer, late = await forum.organizer(), await forum.delegate("Ася", "ru")
    opening = forum.programme.session("opening")
    assert opening is not None
    await star(late, opening)
    done = await changed(forum, organizer, every(later))
    undo = data_of(done, "ppu:")
    asked = await tap(organizer, "ad:1:confirm", await tap(organizer, "ppe:", done))
    await tap(organizer, "an:", asked)
    await forum.telegram.idle()
    # Who is notified of their own session does not hear it twice in a minute.
    assert read_by(late, "ru") == []
    waiting = {row["recipient"]: row for row in outbox(forum, "announcement")}[late.id]
    [notice] = outbox(forum, "change")
    assert waiting["state"] == "waiting"
    assert waiting["due_at"] == notice["due_at"] + 60
    await organizer.press_data(undo, done.id)
    await until(lambda: [one["state"] for one in announced(forum)] == ["paused"])
    await organizer.sees(said("announcements.news_overtaken", number=1))
    refused = await organizer.press_data("ar:1:resume", asked.id)
    assert refused.text == said("moving.paused")
    await forum.at(forum.clock.now() + dt.timedelta(minutes=5))
    await nothing_due(forum)
    assert read_by(late, "ru") == []


async def test_one_for_later_that_becomes_untrue_is_a_draft_again(forum: Forum) -> None:
    organizer = await forum.organizer()
    done = await changed(forum, organizer, every(later))
    undo = data_of(done, "ppu:")
    desk = await tap(organizer, "ppe:", done)
    await organizer.press_data("aw:1:30", desk.id)
    await tap(organizer, "an:", await tap(organizer, "ad:1:confirm", await now_in(organizer, desk)))
    assert [one["state"] for one in announced(forum)] == ["scheduled"]
    await organizer.press_data(undo, done.id)
    await until(lambda: [one["state"] for one in announced(forum)] == ["draft"])


async def test_a_later_shift_goes_into_the_draft_there_is(forum: Forum) -> None:
    organizer = await forum.organizer()
    done = await changed(forum, organizer, every(later))
    await tap(organizer, "ppe:", done)
    again = await changed(forum, organizer, every(later))
    desk = await tap(organizer, "ppe:", again)
    assert len(announced(forum)) == 1
    assert "⚠️" in desk.text
    await tap(organizer, "aq:1", desk)
    opening, before = (p.session("opening") for p in (forum.application.current.programme, forum.programme))
    assert opening is not None
    assert before is not None
    [words] = [row["text"] for row in tables(forum.folder)["announcement_parts"] if row["language"] == "ru"]
    assert f"{before.start:%H:%M}–{before.end:%H:%M} → <b>{opening.start:%H:%M}–{opening.end:%H:%M}</b>" in words


async def test_what_is_over_moves_nothing(forum: Forum) -> None:
    organizer = await forum.organizer()
    await forum.at(at(forum, "23:00"))
    done = await changed(forum, organizer, every(later))
    assert not done.button("ppe:")


async def test_the_longest_programme_fits_into_a_message(forum: Forum) -> None:
    organizer = await forum.organizer()

    def great(programme: Programme) -> Programme:
        one = programme.sessions[3]
        many = (replace(one, code=f"x{n}", title=Text("Ұзақ <атау> & 😀 " * 20)) for n in range(300))
        return replace(programme, sessions=(*programme.sessions, *many))

    await changed(forum, organizer, great)
    done = await changed(forum, organizer, every(later))
    await tap(organizer, "ppe:", done)
    for row in tables(forum.folder)["announcement_parts"]:
        assert units(visible(row["text"])) <= TEXT_LIMIT
        assert "&lt;атау&gt; &amp; 😀" in row["text"]
        assert said("moving.agenda", row["language"]) in row["text"]


async def test_a_paused_one_goes_on_once_it_is_corrected(forum: Forum) -> None:
    organizer, late = await forum.organizer(), await forum.delegate("Ася", "ru")
    opening = forum.programme.session("opening")
    assert opening is not None
    await star(late, opening)
    done = await changed(forum, organizer, every(later))
    undo = data_of(done, "ppu:")
    asked = await tap(organizer, "ad:1:confirm", await tap(organizer, "ppe:", done))
    await tap(organizer, "an:", asked)
    await organizer.press_data(undo, done.id)
    await until(lambda: [one["state"] for one in announced(forum)] == ["paused"])
    for card in await corrections(organizer, asked):
        await tap(organizer, "az:1:", card)
    await organizer.press_data("ar:1:resume", asked.id)
    await forum.at(forum.clock.now() + dt.timedelta(minutes=5))
    await nothing_due(forum)
    await until(lambda: all(row["state"] == "sent" for row in outbox(forum, "announcement")))
    await late.sees(said("moving.corrected", "ru"))
    assert len(read_by(late, "ru")) == 1


async def test_whoever_looks_it_up_later_reads_that_it_is_outdated(forum: Forum) -> None:
    organizer, delegate = await forum.organizer(), await forum.delegate("Ася", "kk")
    done = await changed(forum, organizer, every(later))
    undo = data_of(done, "ppu:")
    report = await sent(forum, organizer, await tap(organizer, "ppe:", done))
    await delegate.send("/news")
    await delegate.press("ao:1")
    await forum.telegram.idle()
    assert said("news.outdated", "kk") not in (await delegate.last()).text
    await organizer.press_data(undo, report.id)
    await delegate.press("ao:1")
    await delegate.sees(said("news.outdated", "kk"))


async def test_the_offer_stays_on_the_programme_s_desk_until_it_is_taken(forum: Forum) -> None:
    organizer = await forum.organizer()
    await changed(forum, organizer, every(later))
    await organizer.look_away()
    await organizer.send("/programme")
    desk = await tap(organizer, "ppe:", await organizer.sees("🗂"))
    assert desk.button("ad:1:confirm")
    await organizer.look_away()
    await organizer.send("/programme")
    again = await organizer.sees("🗂")
    assert again.button(said("announcements.open", number=1))


@pytest.mark.parametrize("seed", range(4))
async def test_whatever_is_done_nothing_untrue_goes_out_or_stands_unsaid(forum: Forum, seed: int) -> None:
    """Publishing, publishing quietly, undoing, telling, sending and correcting, in any order."""
    chance = random.Random(seed)
    organizer = await forum.organizer()
    for language in LANGUAGES:
        await star(await forum.delegate("Ася", language), sessions(forum)[chance.randrange(3, 9)])
    screen = await changed(forum, organizer, every(later))
    acts = ["tell", chance.choice(("send", "schedule"))]
    acts += chance.choices(("shift", "quietly", "undo", "tell", "send", "schedule", "correct"), k=9)
    for act in acts:
        await organizer.look_away()
        if act in ("shift", "quietly"):
            minutes = dt.timedelta(minutes=chance.choice((-10, 10, 20)))
            edit = every(lambda s, by=minutes: replace(s, start=s.start + by, end=s.end + by))  # type: ignore[misc]  # a default that binds
            screen = await changed(forum, organizer, edit, int(act == "quietly"))
        elif act == "undo":
            newest = max(row["number"] for row in tables(forum.folder)["programmes"])
            await organizer.press_data(f"ppu:{newest}", screen.id)
        elif act == "tell":
            newest = max(row["number"] for row in tables(forum.folder)["programmes"])
            await organizer.press_data(f"ppe:{newest}", screen.id)
        elif announced(forum):
            number = len(announced(forum))
            if act != "correct":
                await organizer.press_data(f"aw:{number}:{'now' if act == 'send' else 30}", screen.id)
                await organizer.press_data(f"an:{number}:send", screen.id)
            else:
                await organizer.press_data(f"aq:{number}", screen.id)
                await forum.telegram.idle()
                for card in [one for one in organizer.shown() if one.button("az:")][-3:]:
                    await organizer.press_data(data_of(card, "az:"), card.id)
        await forum.at(forum.clock.now() + dt.timedelta(seconds=chance.choice((1, 5, 130))))
        await nothing_due(forum)
        await forum.telegram.idle()
        await as_it_is(forum, organizer, screen)


async def as_it_is(forum: Forum, organizer: Person, screen: Message) -> None:
    """What waits or goes out is true, and what has gone out and is not says so, with the way to correct it."""
    programme, now = forum.application.current.programme, forum.clock.seconds()
    for one in announced(forum):
        parts = await forum.db.read(announcement_parts.of, int(str(one["number"])))
        if not claims.untrue(parts, programme, now):
            continue
        assert one["state"] not in ("asked", "scheduled")
        going = [row for row in outbox(forum, "announcement") if row["state"] in ("waiting", "claimed")]
        assert str(one["number"]) not in [row["thing"] for row in going]
        if one["started_at"]:
            await organizer.press_data(f"ad:{one['number']}:open", screen.id)
            assert (await now_in(organizer, screen)).button("aq:")
