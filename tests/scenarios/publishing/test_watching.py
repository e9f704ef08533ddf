"""The watched address: what changes there waits in the draft, is reported once, and is never published by itself."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from typing import Any

import pytest

from bot.actions.publishing import drafts
from bot.actions.publishing.drafts import whole
from bot.programme.changes import diff
from bot.programme.edits import Reword
from bot.programme.model import Programme, Text
from bot.programme.writers.toml import write_toml
from bot.watching.fetch import WITHIN
from bot.watching.watcher import EVERY, Watcher
from storage import programmes
from storage.programme_watches import Watch
from tests.conftest import ORGANIZER, Forum, Running
from tests.scenarios.second_reader import at_rest, tables, traces
from tests.scenarios.steps import outbox, said, until
from tests.schedule_server import (
    Answer,
    Endless,
    ScheduleServer,
    only_second_loopback,
    redirect,
    schedule_server,
    status,
    stuck,
)
from tests.telegram import Message, Person

LATER = dt.timedelta(minutes=20)


@dataclass
class Watched:
    """A forum with somebody else's server, whose programme is the forum's at first."""

    forum: Forum
    server: ScheduleServer
    organizer: Person
    looks: list[Watch]
    """What was looked at; one more when a look is over."""

    def serve(self, programme: Programme, etag: str = "") -> None:
        self.server.data, self.server.etag = write_toml(programme), etag

    async def watch(self, address: str = "") -> Message:
        """Set the address as an organizer does; what comes of it."""
        await self.organizer.look_away()
        await self.organizer.send("/programme")
        await self.organizer.press("go:watch")
        await self.organizer.press("wa")
        await self.organizer.sees(said("watch.type_address"))
        await self.organizer.send(address or self.server.address())
        await self.organizer.sees(said("watch.looking"))
        return await self.organizer.sees("")

    async def later(self) -> None:
        """The time of the next look has come, and it is over."""
        looks = len(self.looks)
        await self.forum.at(self.forum.clock.now() + dt.timedelta(seconds=EVERY))
        await until(lambda: len(self.looks) > looks)
        await self.forum.telegram.idle()

    def row(self) -> dict[str, Any]:
        [row] = tables(self.forum.folder)["programme_watches"]
        return dict(row)

    def steps(self) -> list[str]:
        return [row["what"] for row in tables(self.forum.folder)["draft_steps"]]

    async def draft(self) -> Programme:
        stored = await self.forum.db.read(drafts.read)
        version = await self.forum.db.read(programmes.get, stored.base)
        assert version is not None
        return whole(Programme.from_document(version.document), stored).programme


@pytest.fixture
async def watched(running: Running, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Watched]:
    looks: list[Watch] = []
    check = Watcher._check

    async def checked(watcher: Watcher, watch: Watch) -> None:
        try:
            await check(watcher, watch)
        finally:
            looks.append(watch)

    monkeypatch.setattr(Watcher, "_check", checked)
    running.reach = only_second_loopback
    async with running.open() as forum, schedule_server() as server:
        watched = Watched(forum, server, await forum.organizer(), looks)
        watched.serve(running.programme, '"1"')
        yield watched


def moved(programme: Programme, code: str = "opening", by: dt.timedelta = LATER) -> Programme:
    sessions = (
        replace(one, start=one.start + by, end=one.end + by) if one.code == code else one for one in programme.sessions
    )
    return replace(programme, sessions=tuple(sorted(sessions, key=lambda one: one.start)))


def titled(programme: Programme, code: str, title: str) -> Programme:
    sessions = tuple(replace(one, title=Text(title)) if one.code == code else one for one in programme.sessions)
    return replace(programme, sessions=sessions)


async def test_what_changes_there_waits_in_the_draft_and_is_told_once(watched: Watched) -> None:
    forum, programme = watched.forum, watched.forum.programme
    shown = await watched.watch()
    assert said("watch.begun_same") in shown.text
    await watched.later()
    assert watched.server.asked == ["", '"1"']
    assert watched.steps() == []
    await watched.organizer.quiet()

    watched.serve(titled(moved(programme), "closing" if programme.session("closing") else "film", "Новое"), '"2"')
    await watched.later()
    message = await watched.organizer.sees(said("watch.changed", n=2, host="127.0.0.2"))
    assert message.button("go:draft") is not None
    assert watched.steps() == ["watched"]
    [row] = tables(forum.folder)["draft_steps"]
    assert row["made_by"] is None
    draft, opening = await watched.draft(), programme.session("opening")
    assert opening is not None
    changed = draft.session("opening")
    assert changed is not None
    assert changed.start == opening.start + LATER
    assert forum.application.current.programme == programme  # never published by itself
    assert len(tables(forum.folder)["programmes"]) == 1
    await watched.later()
    await watched.organizer.quiet()
    assert watched.steps() == ["watched"]


async def test_without_a_mark_the_content_tells(watched: Watched) -> None:
    watched.serve(watched.forum.programme)
    await watched.watch()
    taken = watched.row()["taken_at"]
    await watched.later()
    assert watched.row()["taken_at"] == taken
    assert watched.steps() == []
    watched.serve(moved(watched.forum.programme))
    await watched.later()
    await watched.organizer.sees(said("watch.changed", n=1, host="127.0.0.2"))
    assert watched.server.asked == ["", "", ""]


async def test_a_first_version_that_differs_waits_at_once(watched: Watched) -> None:
    watched.serve(moved(watched.forum.programme))
    shown = await watched.watch()
    assert said("watch.begun", n=1) in shown.text
    assert shown.button("go:draft") is not None
    assert watched.steps() == ["watched"]


async def test_what_organizers_changed_meanwhile_is_not_undone(watched: Watched) -> None:
    forum, programme = watched.forum, watched.forum.programme
    await watched.watch()
    who, seconds = await forum.application.people.get(ORGANIZER), forum.clock.seconds()
    changes = diff(programme, titled(programme, "opening", "Наше"))
    edit = Reword("s", "opening", "t", "", words="Наше")
    await forum.db.write(drafts.add, who, seconds, 0, edit=edit, changes=changes)
    watched.serve(moved(programme), '"2"')
    await watched.later()
    await until(lambda: watched.row()["mark"] == '"2"')  # written with the draft
    session = (await watched.draft()).session("opening")
    opening = programme.session("opening")
    assert session is not None
    assert opening is not None
    assert (session.title, session.start) == (Text("Наше"), opening.start + LATER)

    stored = await forum.db.read(drafts.read)
    await forum.db.write(drafts.discard, who, seconds, stored.revision)
    watched.serve(titled(moved(programme), "film", "Другое"), '"3"')
    await watched.later()
    await until(lambda: watched.row()["mark"] == '"3"')
    draft = await watched.draft()
    assert draft.session("opening") == opening  # what was thrown away does not come back
    film = draft.session("film")
    assert film is not None
    assert film.title == Text("Другое")


async def test_a_server_that_is_down_is_told_after_some_time_and_when_it_is_back(watched: Watched) -> None:
    await watched.watch()
    watched.server.answer = status(503)
    for _ in range(2):
        await watched.later()
        await watched.organizer.quiet()
    await watched.later()
    await watched.organizer.sees(said("watch.failing", host="127.0.0.2"), "503")
    await watched.later()
    await watched.organizer.quiet()
    await watched.organizer.send("/programme")
    await watched.organizer.press("go:watch")
    await watched.organizer.sees(said("watch.title"), "⚠️", "503")
    watched.server.answer = None
    await watched.later()
    await watched.organizer.sees(said("watch.well", host="127.0.0.2"))
    await watched.later()
    await watched.organizer.quiet()
    assert len(outbox(watched.forum, "watch-news")) == 2


async def test_another_wording_of_the_same_programme_is_no_news_but_good_news(watched: Watched) -> None:
    await watched.watch()
    watched.server.answer = status(503)
    for _ in range(3):
        await watched.later()
    await watched.organizer.sees(said("watch.failing", host="127.0.0.2"))
    watched.server.answer = None
    watched.serve(watched.forum.programme, '"2"')
    watched.server.data += b"\n# saved once more\n"
    await watched.later()
    await watched.organizer.sees(said("watch.well", host="127.0.0.2"))
    assert watched.steps() == []
    assert watched.row()["mark"] == '"2"'


async def test_a_version_that_cannot_be_read_is_told_at_once_with_the_first_fault(watched: Watched) -> None:
    await watched.watch()
    watched.server.data, watched.server.etag = b"[forum]\ntitle = 3\n[[rooms]]\ncode = 'x y'\n", '"2"'
    await watched.later()
    message = await watched.organizer.sees(said("watch.failing", host="127.0.0.2"), "Ошибок:")
    assert watched.steps() == []
    assert "{" not in message.text
    await watched.later()
    await watched.organizer.quiet()
    watched.serve(moved(watched.forum.programme), '"3"')
    await watched.later()
    await watched.organizer.sees(said("watch.changed", n=1, host="127.0.0.2"))
    assert (watched.row()["fault"], watched.row()["failures"], watched.row()["told"]) == ("", 0, 0)


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("http://127.0.0.1:{port}/schedule.toml", "watch.forbidden"),
        ("http://localhost:{port}/schedule.toml", "watch.forbidden"),
        ("http://127.0.0.2:{port}/redirect", "watch.forbidden"),
        ("http://127.0.0.2:{port}/endless", "watch.too_large"),
        ("http://127.0.0.2:{port}/gone", "watch.status"),
        ("http://127.0.0.2:{port}/html", "watch.unreadable"),
        ("http://127.0.0.2:1/", "watch.no_answer"),
    ],
)
async def test_an_address_that_is_none_is_refused_in_words_and_the_form_stays(
    watched: Watched, typed: str, word: str
) -> None:
    page = typed.rpartition("/")[2]
    inside = f"http://127.0.0.1:{watched.server.port}/"
    answers: dict[str, Answer | None] = {
        "redirect": redirect(inside),
        "endless": Endless(),
        "gone": status(404),
        "html": None,
    }
    watched.server.answer = answers.get(page)
    if page == "html":
        watched.server.data = b"<!DOCTYPE html><html><body>Log in</body></html>"
    fields: dict[str, Any] = {"status": 404, "megabytes": 10, "count": 1, "first": ""}
    shown = await watched.watch(typed.format(port=watched.server.port))
    assert said(word, **fields)[:60].rstrip() in shown.text
    assert tables(watched.forum.folder)["programme_watches"] == []
    watched.server.answer = None
    watched.serve(watched.forum.programme)
    await watched.organizer.send(watched.server.address())
    await watched.organizer.sees(said("watch.begun_same"))


async def test_what_is_no_address_at_all_is_said_before_any_look(watched: Watched) -> None:
    await watched.organizer.send("/programme")
    await watched.organizer.press("go:watch")
    await watched.organizer.press("wa")
    for typed in ("завтра", "ftp://example.org/x", "http://user:secret@127.0.0.2/"):
        await watched.organizer.send(typed)
        await watched.organizer.sees(said("watch.bad_address"))
    await watched.organizer.sticker()
    await watched.organizer.sees(said("moderation.text_only"))
    assert watched.server.asked == []


async def test_it_is_checked_at_once_and_ended_after_a_question(watched: Watched) -> None:
    await watched.watch()
    watched.serve(moved(watched.forum.programme), '"2"')
    await watched.organizer.send("/programme")
    await watched.organizer.press("go:watch")
    shown = await watched.organizer.sees(said("watch.title"), watched.server.address())
    assert (await watched.organizer.press("wac", shown)).text == said("watch.checking")
    await watched.organizer.sees(said("watch.changed", n=1, host="127.0.0.2"))
    await watched.organizer.press_data("wax:0", shown.id)
    await watched.organizer.sees(said("watch.end_sure"))
    await watched.organizer.press("wax:1")
    assert tables(watched.forum.folder)["programme_watches"] == []
    asked = len(watched.server.asked)
    await watched.forum.at(watched.forum.clock.now() + dt.timedelta(seconds=2 * EVERY))
    await watched.forum.telegram.idle()
    assert len(watched.server.asked) == asked
    assert (await watched.organizer.press_data("wac", shown.id)).text == said("watch.ended_already")
    assert [row["deed"] for row in tables(watched.forum.folder)["audit"]] == ["watch_set", "watch_ended"]


async def test_it_goes_on_after_a_restart(running: Running, watched: Watched) -> None:
    await watched.watch()
    await running.stop()
    watched.serve(moved(watched.forum.programme), '"2"')
    running.clock.move(dt.timedelta(seconds=EVERY))
    watched.forum.application = await running.start()
    await watched.organizer.sees(said("watch.changed", n=1, host="127.0.0.2"))
    assert watched.server.asked == ["", '"1"']


async def test_a_stop_waits_for_no_server(running: Running, watched: Watched) -> None:
    await watched.watch()
    watched.server.answer = stuck
    await watched.forum.at(watched.forum.clock.now() + dt.timedelta(seconds=EVERY))
    await until(lambda: len(watched.server.asked) == 2)
    async with asyncio.timeout(WITHIN / 2):
        await running.stop()
    watched.server.answer = None
    watched.serve(moved(watched.forum.programme), '"2"')
    running.clock.move(dt.timedelta(seconds=EVERY))  # the look that was broken off is made at the next one's time
    watched.forum.application = await running.start()
    await watched.organizer.sees(said("watch.changed", n=1, host="127.0.0.2"))


async def test_every_organizer_is_told_and_a_moderator_is_not(watched: Watched) -> None:
    helper = await watched.forum.delegate("Алия", "kk")
    await helper.start(await watched.forum.invitation(watched.organizer, "si:organizer:"))
    await helper.sees("🗝")
    moderator = await watched.forum.moderator(watched.organizer)
    await watched.watch()
    watched.serve(moved(watched.forum.programme), '"2"')
    await watched.later()
    await watched.organizer.sees(said("watch.changed", n=1, host="127.0.0.2"))
    await helper.sees(said("watch.changed", "kk", n=1, host="127.0.0.2"))
    await moderator.quiet()


async def test_who_set_it_is_in_mydata_and_forgotten_while_it_goes_on(watched: Watched) -> None:
    await watched.watch()
    await watched.organizer.send("/mydata")
    await watched.forum.telegram.idle()
    document = next(one.document for one in reversed(await watched.organizer.messages()) if one.document)
    assert watched.server.address() in (await watched.forum.telegram.file(document["file_id"])).decode()
    await watched.organizer.send("/forget")
    await watched.organizer.press("fg:1")
    await watched.organizer.sees(said("privacy.forgotten"))
    await at_rest(watched.forum)
    # The number of an update may hold the short number of the tests' organizer by chance.
    left = [one for one in traces(watched.forum.folder, ORGANIZER) if one != "inbox_mark.update_id"]
    assert left == ["chief_organizers.person"]
    assert watched.row()["set_by"] is None
    assert watched.row()["address"] == watched.server.address()


async def test_the_usual_reach_keeps_every_organizer_out_of_the_house(forum: Forum) -> None:
    organizer = await forum.organizer("en")
    async with schedule_server() as server:
        await organizer.send("/programme")
        await organizer.press("go:watch")
        await organizer.press("wa")
        for host in ("127.0.0.1", "127.0.0.2", "localhost", "[::1]", "169.254.169.254"):
            await organizer.send(server.address(host))
            await organizer.sees(said("watch.forbidden", "en"))
        assert server.asked == []


async def test_the_message_with_the_address_is_edited_while_that_is_watched(watched: Watched) -> None:
    organizer = watched.organizer
    await watched.watch()
    message = next(one for one in reversed(organizer.shown()) if not one.from_bot)
    other = f"{watched.server.address()}?other"
    await organizer.look_away()
    await organizer.edit(message, "не адрес")
    await organizer.sees(said("watch.bad_address"))
    assert watched.row()["address"] == watched.server.address()
    await organizer.edit(message, other)
    await organizer.sees(said("watch.begun_same"))
    assert watched.row()["address"] == other
    await organizer.send("/programme")
    await organizer.press("go:watch")
    await organizer.press("wax:0")
    await organizer.press("wax:1")
    await organizer.look_away()
    await organizer.edit(message, watched.server.address())
    await organizer.sees(said("edited.replaced"))
