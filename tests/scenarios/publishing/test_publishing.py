"""The draft published by thumb, and the news of it: to whom it concerns, once, true, and taken back by an undo."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.programme.changes import diff, to_json
from bot.programme.model import Programme, Session
from storage import deliveries, drafts, programmes, roles
from storage.database import Transaction
from tests.conftest import Forum
from tests.scenarios.publishing.changing import instead
from tests.scenarios.second_reader import tables
from tests.scenarios.steps import ask, nothing_due, outbox, said, sessions, star, until
from tests.telegram import Message, Person

MINUTE = dt.timedelta(minutes=1)
LANGUAGES = ("kk", "ru", "en")


async def step(forum: Forum, organizer: Person, edit: Callable[[Programme], Programme]) -> None:
    """One more step of the draft, as another screen makes it."""
    changed = edit(forum.application.current.programme)
    changes = to_json(diff(forum.application.current.programme, changed))

    def add(tx: Transaction) -> None:
        assert drafts.move_on(tx, drafts.revision(tx))
        drafts.add(
            tx,
            "import",
            detail={"file": "programme.xlsx"},
            changes=changes,
            made_by=organizer.id,
            now=forum.clock.seconds(),
        )

    await forum.db.write(add)


def with_session(code: str, **fields: object) -> Callable[[Programme], Programme]:
    def edit(programme: Programme) -> Programme:
        everything = tuple(replace(s, **fields) if s.code == code else s for s in programme.sessions)  # type: ignore[arg-type]  # fields by name
        return replace(programme, sessions=everything)

    return edit


def later(session: Session, minutes: int) -> Callable[[Programme], Programme]:
    return with_session(session.code, start=session.start + minutes * MINUTE, end=session.end + minutes * MINUTE)


async def publish(forum: Forum, organizer: Person, quiet: int = 0) -> Message:
    """By the organizer's thumb; what stands there afterwards."""
    await organizer.send("/programme")
    await organizer.press(said("programme.draft_key"))
    await organizer.press("ppa:")
    await organizer.sees(said("publishing.sure"))
    base = max(row["number"] for row in tables(forum.folder)["programmes"])
    [revision] = [row["revision"] for row in tables(forum.folder)["draft_revision"]]
    await organizer.press(f"ppy:{base}:{revision}:{quiet}")
    return await organizer.sees("✅")


async def debounced(forum: Forum, seconds: int = 61) -> None:
    """Let the debounce go by."""
    await forum.at(forum.clock.now() + dt.timedelta(seconds=seconds))
    await nothing_due(forum)


def span(session: Session, minutes: int = 0) -> str:
    """From when until when, moved by so many minutes."""
    start, end = session.start + minutes * MINUTE, session.end + minutes * MINUTE
    return f"{start:%H:%M}–{end:%H:%M}"


def news(person: Person) -> list[str]:
    return [message.text for message in person.shown() if message.text.startswith(("🔔", "⚠️"))]


def far(forum: Forum) -> Session:
    """A session that nobody has to hurry for, and nobody is reminded of."""
    return next(s for s in sessions(forum) if s.start > forum.clock.now() + 65 * MINUTE and s.room and s.speakers)


async def test_those_whom_it_concerns_are_told_once_each_in_their_language(forum: Forum) -> None:
    session = far(forum)
    organizer = await forum.organizer()
    delegates = {language: await forum.delegate("Ася", language) for language in LANGUAGES}
    other = await forum.delegate("Чужой", "ru")
    anonymous = await forum.delegate("Тайна", "ru")
    speaker = await forum.delegate("Спикер", "en")
    for person in delegates.values():
        await star(person, session)
    await ask(anonymous, session.code, "Почему?")
    await forum.db.write(roles.grant, speaker.id, role="speaker", session=session.speakers[0], granted_by=None, now=1)
    await step(forum, organizer, later(session, 20))
    for person in (*delegates.values(), other, anonymous, speaker):
        await person.look_away()
    done = await publish(forum, organizer)
    assert (
        said("publishing.told_from", n=5, at=f"{(forum.clock.now() + MINUTE).astimezone(session.start.tzinfo):%H:%M}")
        in done.text
    )
    assert forum.application.current.programme.session(session.code).start == session.start + 20 * MINUTE  # type: ignore[union-attr]  # it is there
    await forum.telegram.idle()
    assert all(not news(person) for person in delegates.values())
    await debounced(forum)
    for language, person in delegates.items():
        both = instead(span(session, 20), span(session), language)
        message = await person.sees("🔔", said("notices.title", language), session.title.say(language), both)
        assert message.button(f"s:{session.code}:my")
    for person in (anonymous, speaker):
        await person.sees("🔔", f"🕒 {span(session, 20)}")
    assert not news(other)
    await until(lambda: {row["state"] for row in outbox(forum, "change")} == {"sent"})
    assert len(outbox(forum, "change")) == 5


async def test_many_edits_are_one_message_and_an_undo_in_time_is_none(forum: Forum) -> None:
    session = far(forum)
    other = next(s for s in sessions(forum) if s.start > session.start)
    organizer, delegate, second = await forum.organizer(), await forum.delegate(), await forum.delegate("Бек", "kk")
    await star(delegate, session)
    await star(second, other)
    await step(forum, organizer, later(session, 10))
    await publish(forum, organizer)
    await forum.at(forum.clock.now() + dt.timedelta(seconds=40))
    await step(forum, organizer, later(session, 25))
    await publish(forum, organizer)
    await step(forum, organizer, later(other, 30))
    await publish(forum, organizer)
    await delegate.look_away()
    await debounced(forum)
    await delegate.sees("🔔", f"🕒 {session.start + 25 * MINUTE:%H:%M}")
    await second.sees("🔔", f"🕒 {other.start + 30 * MINUTE:%H:%M}")
    assert len(news(delegate)) == len(news(second)) == 1
    assert [row["thing"] for row in outbox(forum, "change") if row["recipient"] == delegate.id] == ["1:4"]
    await step(forum, organizer, later(other, 90))
    await publish(forum, organizer)
    await organizer.press("ppu:5")
    await organizer.sees(said("publishing.restored", number=6, restores=4))
    await debounced(forum)
    await second.look_away()
    assert len(news(second)) == 1
    assert [row["state"] for row in outbox(forum, "change")].count("dropped") == 1


async def test_what_was_sent_is_corrected_where_it_stands(forum: Forum) -> None:
    session = far(forum)
    organizer, delegate = await forum.organizer(), await forum.delegate(language="ru")
    await star(delegate, session)
    await step(forum, organizer, later(session, 20))
    await publish(forum, organizer)
    await debounced(forum)
    first = await delegate.sees("🔔")
    await organizer.press("ppu:2")
    await organizer.sees(said("publishing.restored", number=3, restores=1))
    await debounced(forum)
    again = await delegate.sees(said("notices.again"), span(session))
    assert said("notices.not", what=span(session, 20)) in again.text
    await debounced(forum, 2)
    marked = await delegate.sees(said("notices.outdated"))
    assert marked.id == first.id != again.id
    await organizer.press_data("ppu:3", (await organizer.last()).id)  # as an older bot's button
    await debounced(forum)
    await debounced(forum, 2)
    await delegate.sees("🔔", said("notices.again"))
    await debounced(forum, 2)
    marked = await delegate.sees("⚠️", instead(span(session), span(session, 20)))
    assert marked.id == again.id
    assert [text.startswith("⚠️") for text in news(delegate)] == [True, True, False]


async def test_a_quiet_publication_rings_nobody(forum: Forum) -> None:
    session = far(forum)
    organizer, delegate = await forum.organizer(), await forum.delegate()
    await star(delegate, session)
    await step(forum, organizer, later(session, 20))
    done = await publish(forum, organizer, quiet=1)
    assert said("publishing.nobody_told") in done.text
    await debounced(forum)
    assert not news(delegate)
    assert outbox(forum, "change") == []


async def test_a_double_tap_publishes_once_and_an_old_screen_shows_the_draft_afresh(forum: Forum) -> None:
    session = far(forum)
    organizer = await forum.organizer()
    await step(forum, organizer, later(session, 20))
    done = await publish(forum, organizer)
    again = await organizer.press_data("ppy:1:1:0", done.id)
    assert again.answered
    assert not again.text
    assert len(tables(forum.folder)["programmes"]) == 2
    await step(forum, organizer, later(session, 40))
    late = await organizer.press_data("ppy:1:1:0", done.id)
    assert late.text == said("draft.moved_on")
    await organizer.sees(said("draft.title"))
    assert len(tables(forum.folder)["programmes"]) == 2
    assert len(tables(forum.folder)["draft_steps"]) == 1
    published = [row for row in tables(forum.folder)["audit"] if row["deed"] == "published"]
    assert len(published) == 1


async def test_another_organizers_step_asks_once_before_it_is_taken_back(forum: Forum) -> None:
    session = far(forum)
    chief = await forum.organizer()
    second = await forum.delegate("Ержан", "ru")
    await second.start(await forum.invitation(chief, "si:organizer:"))
    await second.sees("🗝")
    await step(forum, chief, later(session, 20))
    await second.send("/programme")
    await second.press(said("programme.draft_key"))
    await second.sees("Динара")
    await second.press("ppt:")
    await second.sees(said("draft.take_back_sure", name="Динара"))
    await second.press("ppt:1:1:1")
    await second.sees(said("draft.empty"))
    assert tables(forum.folder)["draft_steps"] == []


async def test_who_publishes_anothers_change_with_their_own_is_told_so(forum: Forum) -> None:
    session = far(forum)
    chief = await forum.organizer()
    second = await forum.delegate("Ержан", "kk")
    await second.start(await forum.invitation(chief, "si:organizer:"))
    await second.sees("🗝")
    await step(forum, chief, later(session, 20))
    await second.send("/programme")
    await second.press(said("programme.draft_key", "kk"))
    await second.press("ppa:")
    asked = await second.sees(said("publishing.sure", "kk"))
    assert said("publishing.makers", "kk", names="") not in asked.text, "one person's changes name nobody"
    await step(forum, second, with_session(session.code, cancelled=True))
    await second.press("pp:0")
    await second.press("ppa:")
    await second.sees(said("publishing.sure", "kk"), said("publishing.makers", "kk", names="Динара (1), Ержан (1)"))


async def test_a_version_is_compared_and_brought_back_through_the_draft(forum: Forum) -> None:
    session = far(forum)
    organizer = await forum.organizer()
    await step(forum, organizer, with_session(session.code, cancelled=True))
    await publish(forum, organizer)
    await organizer.send("/programme")
    await organizer.press(said("programme.versions_key"))
    await organizer.sees(said("versions.title"), "programme.xlsx", "turkistan.toml", "Динара")
    await organizer.press("pvc:1:")
    await organizer.sees(said("versions.compared", older=1, newer=2), said("agenda.cancelled"))
    await organizer.press("pvb:1:")
    await organizer.sees(said("draft.title"), said("changes.restored"))
    done = await publish(forum, organizer)
    assert said("publishing.restored", number=3, restores=1) in done.text
    documents = [row["document"] for row in tables(forum.folder)["programmes"]]
    assert documents[0] == documents[2] != documents[1]
    await organizer.send("/programme")
    await organizer.press(said("programme.versions_key"))
    await organizer.press("pvc:3:")  # the newest: what it changed itself
    await organizer.sees(said("versions.compared", older=2, newer=3), said("changes.restored"))
    assert [row["restores"] for row in tables(forum.folder)["programmes"]] == [None, None, 1]


async def test_who_brings_a_version_into_a_draft_that_has_moved_on_sees_that_draft(forum: Forum) -> None:
    session = far(forum)
    organizer = await forum.organizer()
    await step(forum, organizer, with_session(session.code, cancelled=True))
    await publish(forum, organizer)
    await organizer.send("/programme")
    await organizer.press(said("programme.versions_key"))
    await organizer.press("pvc:1:")
    await organizer.sees(said("versions.compared", older=1, newer=2))
    await step(forum, organizer, later(session, 20))
    answer = await organizer.press("pvb:1:")
    assert answer.text == said("draft.moved_on")
    await organizer.sees(said("draft.title"))
    assert len(tables(forum.folder)["draft_steps"]) == 1


async def test_a_session_moved_up_to_now_is_told_and_not_reminded_of_besides(forum: Forum) -> None:
    """The notice stands for the reminder whose time is over; the one for the old start never comes."""
    session = far(forum)
    organizer, delegate = await forum.organizer(), await forum.delegate(language="ru")
    await star(delegate, session)
    start = forum.clock.now() + 5 * MINUTE
    moved = with_session(session.code, start=start.astimezone(session.start.tzinfo), end=session.end)
    await step(forum, organizer, moved)
    await delegate.look_away()
    await publish(forum, organizer)
    await debounced(forum, 11)
    await delegate.sees("🔔", f"🕒 {start.astimezone(session.start.tzinfo):%H:%M}")
    await debounced(forum, 30)
    assert [text for text in (m.text for m in delegate.shown()) if text.startswith("⏰")] == []
    assert {row["state"] for row in outbox(forum, "reminder")} <= {"dropped"}


async def test_a_speaker_whose_session_is_moved_up_has_one_message_of_it(forum: Forum) -> None:
    session = far(forum)
    organizer, speaker = await forum.organizer(), await forum.delegate("Спикер", "ru")
    await forum.db.write(roles.grant, speaker.id, role="speaker", session=session.speakers[0], granted_by=None, now=1)
    forum.application.people.changed(speaker.id)
    start = (forum.clock.now() + 12 * MINUTE).astimezone(session.start.tzinfo)
    await step(forum, organizer, with_session(session.code, start=start, end=start + 20 * MINUTE))
    await speaker.look_away()
    await publish(forum, organizer)
    await forum.telegram.idle()
    await debounced(forum, 11)
    message = await speaker.sees("🔔", f"🕒 {start:%H:%M}")
    assert [one.id for one in speaker.shown() if one.id >= message.id] == [message.id]
    assert not any(one.text.startswith("👤") for one in speaker.shown())
    assert [row["state"] for row in outbox(forum, "slot")] == ["dropped"]


async def test_what_is_gone_says_so_and_keeps_its_rows(forum: Forum) -> None:
    session = far(forum)
    organizer, delegate = await forum.organizer(), await forum.delegate(language="ru")
    await star(delegate, session)
    number = await ask(delegate, session.code, "Когда будет стенограмма?")

    def without(programme: Programme) -> Programme:
        return replace(programme, sessions=tuple(s for s in programme.sessions if s.code != session.code))

    await step(forum, organizer, without)
    await publish(forum, organizer)
    await debounced(forum)
    message = await delegate.sees("🔔", said("changes.removed"))
    assert message.button("s:") is None
    await delegate.send("/my")
    await delegate.sees(said("agenda.mine"))
    await delegate.start(f"s_{session.code}")
    await delegate.send("/questions")
    await forum.telegram.idle()
    assert not any("⚠️ Код" in m.text for m in delegate.shown())
    assert [row["session"] for row in tables(forum.folder)["bookmarks"]] == [session.code]
    assert [row["number"] for row in tables(forum.folder)["questions"]] == [number]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_an_organizer_reads_the_draft_in_their_language(forum: Forum, language: str) -> None:
    session = far(forum)
    room = next(r for r in forum.programme.rooms if r.code != session.room)
    organizer = await forum.organizer(language)
    await step(forum, organizer, with_session(session.code, room=room.code, speakers=()))
    await organizer.send("/programme")
    await organizer.press(said("programme.draft_key", language))
    old = forum.programme.room(session.room or "")
    assert old is not None
    await organizer.sees(
        f"📍 {instead(room.name.say(language), old.name.say(language), language)}",
        "👤 −",
        said("publishing.nobody", language),
    )


async def test_who_has_blocked_the_bot_or_withdrew_is_not_counted(forum: Forum) -> None:
    session = far(forum)
    organizer, gone = await forum.organizer(), await forum.delegate()
    await star(gone, session)

    def block(tx: Transaction) -> None:
        tx.run("UPDATE participants SET blocked_at = 1 WHERE id = :id", id=gone.id)

    await forum.db.write(block)
    await step(forum, organizer, later(session, 20))
    await publish(forum, organizer)
    assert outbox(forum, "change") == []
    newest = await forum.db.read(programmes.newest)
    assert newest is not None
    assert newest.steps == 1
    assert await forum.db.read(deliveries.report_of_kind, "change") == {}
