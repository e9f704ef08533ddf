"""A second tap at the same place decides nothing, on every screen of every role, with no time between the two as far as
placement goes."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from bot.actions.staff.staff import digest
from bot.programme.model import Speaker, Text
from bot.programme.writers import write
from bot.who import MODERATOR, SPEAKER
from storage import labelling, mutes, programme_watches, questions, ratings, roles, session_desks, stop_words
from storage.database import Transaction
from storage.questions import APPROVED, ASKED, PENDING
from tests.callback_data import CLASSES, PAGES, declared_on
from tests.conftest import Forum
from tests.scenarios.moderation.groups import group_of
from tests.scenarios.publishing.test_moved_day import changed, every, later
from tests.scenarios.second_reader import at_rest, tables
from tests.scenarios.steps import ask, nothing_due, sessions, star, write_version
from tests.scenarios.walk import Path, Walk, words
from tests.telegram import Person

# A walk takes minutes of the clock: what comes due meanwhile would seem to be what a press did.
pytestmark = pytest.mark.usefixtures("quick_reports", "no_regular_look")
LANGUAGES = ("kk", pytest.param("ru", marks=pytest.mark.endure), pytest.param("en", marks=pytest.mark.endure))
DAY = 86400
NEVER = {
    "AskNow": "turns a page",
    "InfoPages": "turns a page",
    "LabelCountsPage": "turns a page",
    "LabelPage": "turns a page",
    "NowPage": "turns a page",
    "SessionPeople": "opens a list; these sessions have few people",
    "SpeakerEnds": "opens a list; these speakers have few links",
    "SpeakerSessions": "turns a page",
    "AnnounceFailures": "opens a list",
    "DelegationsPage": "turns a page",
    "DropPhoto": "one of the draft's steps; the sample forum has no photos",
    "FindSpeaker": "opens a form",
    "Found": "turns a page",
    "HallPrivate": "a switch; these forums serve no pages",
    "MyPage": "turns a page",
    "NewsItem": "shows what was sent",
    "RoomsPage": "turns a page",
    "SpeakingPage": "turns a page",
}


# Which walk reaches which buttons: those of whole packages, but for what another walk reaches.
PACKAGES = {
    "delegates": ("", "people", "questions"),
    "moderators": ("moderation",),
    "organizers": ("agenda", "announcements", "entrance", "publishing", "staff"),
    "helpers": (),
    "everybody": (),
    "gone": (),
}
ELSEWHERE = {
    "delegates": words("AddToRating AskRemoveRating Calendar NewsPage Rate RateWord RemoveRating"),
    "organizers": words(
        "AskStopWord AskUnmuteHere SetVoiceHere DeskPage MergeNow PartAgain RemoveStopWord ShowOriginal StopWordsPage"
        " Unmerge"
    ),
    "helpers": words("AnnounceApply AnnounceDecide AnnounceSendBack"),
    "everybody": words("AnnounceRight AnnounceStaged TellEverybody WordAgain"),
    "gone": words("GoingAway MoveLeft PickHeir SetHeir UndoPublishSure"),
}


def wanted(walk: str) -> set[str]:
    """The kinds of button that the walk is to reach."""
    own = {name for package in PACKAGES[walk] for name in declared_on(PAGES[package])}
    others = set().union(*(names for other, names in ELSEWHERE.items() if other != walk))
    return (own - others - set(NEVER)) | ELSEWHERE.get(walk, frozenset())


def say(*texts: str) -> tuple[Path, ...]:
    return tuple((("say", text),) for text in texts)


def fill(tx: Transaction, now: int, code: str, *, topic: str, author: int, organizer: int) -> None:
    """A session with questions in every state, a note, labels; somebody muted, stop words, an invitation, ratings."""
    for number in range(1, 17):
        text = f"{ALIKE}?" if number == 8 else TEXTS[number]
        questions.ask(
            tx, code, author=author, message=1000 + number, anonymous=False, language="kk", text=text, now=now
        )
        if number > 6:
            questions.decide(tx, number, expected=PENDING, state=APPROVED, moderator=organizer, now=now)
        if number > 13:
            questions.decide(tx, number, expected=APPROVED, state=ASKED, moderator=organizer, now=now)
    questions.skip(tx, 12, questions_revision(tx, 12))
    questions.correct(tx, 3, "Үшінші сұрақ, түзетілген", TEXTS[3], questions_revision(tx, 3))
    labelling.put(tx, 2, topic)
    session_desks.set_note(tx, code, "Екі сұрақ қалды", organizer, now)
    mutes.mute(tx, 1, moderator=organizer, now=now)
    mutes.mute(tx, 2, moderator=organizer, now=now, scope=code)
    for word in ("бірінші", "екінші", "үшінші"):
        stop_words.add(tx, word, organizer, now)
    for number in range(3):
        roles.invite(
            tx, f"{number}" * 64, role=MODERATOR, session=code, invited_by=organizer, now=now, expires_at=now + DAY
        )
    ratings.rate(tx, code, author, stars=4, now=now)


def questions_revision(tx: Transaction, number: int) -> int:
    found = questions.get(tx, number)
    assert found is not None
    return found.revision


ALIKE = "Ауылдағы мұғалімдердің жалақысы қашан көтеріледі"
TEXTS = [
    f"Сұрақ {one}: {' '.join(words)} қалай шешіледі?"
    for one, words in enumerate(zip(*(iter("абвгдежзийклмнопрстуфхцчшщ" * 20),) * 12, strict=False))
]


async def filled(forum: Forum, language: str) -> tuple[Person, Person, str]:
    """The organizer and a delegate of a forum that has something of everything, and its first session."""
    code = sessions(forum)[0].code
    organizer, delegate = await forum.organizer(language), await forum.delegate("Айгерім", language)
    other = await forum.delegate("Нұрлан", language)
    await grant(forum, other, MODERATOR, sessions(forum)[1].code)
    now = forum.clock.seconds()

    def everything(tx: Transaction) -> None:
        programme_watches.put(tx, "https://a.kz/x", mark="", digest="", taken={}, set_by=organizer.id, now=now)
        topic = forum.programme.topics[0].code
        fill(tx, now, code, topic=topic, author=delegate.id, organizer=organizer.id)

    await forum.db.write(everything)
    alone = Speaker("alone", Text("Жалғыз Спикер"))
    version = replace(forum.programme, speakers=(*forum.programme.speakers, alone))
    number = await write_version(forum, version)
    forum.application.current.replace(version, number)
    await at_rest(forum)
    return organizer, delegate, code


async def grant(forum: Forum, person: Person, role: str, session: str) -> None:
    await forum.db.write(roles.grant, person.id, role=role, session=session, granted_by=None, now=1)
    forum.application.people.changed(person.id)


async def done(walk: str, *walks: Walk) -> None:
    assert "\n".join(fault for one in walks for fault in one.faults) == ""
    assert wanted(walk) - set().union(*(one.walked for one in walks)) == set()


@pytest.mark.parametrize("language", LANGUAGES)
async def test_of_delegates(forum: Forum, language: str) -> None:
    guest = await forum.telegram.person("Guest", language)
    await guest.start()
    await guest.sees("")
    walk = Walk(forum, guest)
    await walk.everywhere(*say("/start", "/agenda", "/now", "/settings", "/speakers"))
    _, delegate, code = await filled(forum, language)
    speaker = next(one.speakers[0] for one in forum.programme.sessions if one.speakers)
    await grant(forum, delegate, SPEAKER, speaker)
    asks: Path = (("press", f"q:{code}"), ("say", "Мүлдем басқа нәрсе жайлы сұрақ"))
    typed: Path = (("say", "Бос уақытта қайда тынығуға болады?"),)
    alike: Path = (("press", f"q:{sessions(forum)[0].code}"), ("say", f"{ALIKE} екен?"))
    other = await forum.delegate("Сергей", language)
    later = Walk(forum, other)
    for data in ("fm:", "ja:", "jn:"):
        await later.open(alike)
        await later.decide_on(data)
    await later.open((("press", f"f:{code}:0"),))
    await later.decide_on("v:")
    for data in ("fw:", "fs:"):
        await later.open((("press", f"f:{code}:0"), ("press", "fo:7:0")))
        await later.decide_on(data)
    await delegate.look_away()
    mine = Walk(forum, delegate)
    listed = say("/agenda", "/now", "/my", "/ask", "/questions", "/speakers", "/news", "/settings", "/badge", "/forget")
    listed += say("/menu")
    opened: tuple[Path, ...] = ((("press", "m1:1"),), (("press", f"f:{code}:0"),), (("press", "skm:0"),))
    await mine.everywhere(*listed, asks, typed, *opened)
    await forum.at(sessions(forum)[0].end + dt.timedelta(minutes=10))
    rated: Path = (("press", f"rt:{code}:3"),)
    await later.everywhere(rated, (("say", "/cancel"), *rated, ("say", "Өте пайдалы болды")))
    await done("delegates", walk, mine, later)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_of_organizers(forum: Forum, language: str) -> None:
    organizer, _, _ = await filled(forum, language)
    await organizer.look_away()
    walk = Walk(forum, organizer)
    held = next(one for one in sessions(forum) if one.speakers and one.room)
    other = next(one for one in sessions(forum) if one.speakers and one is not held)
    known = next(one.name.say("kk") for one in forum.programme.speakers if one.code not in held.speakers)
    shifted: Path = (("press", f"pes:{held.code}:time:0"), ("press", f"peh:{held.code}:o:5:0"))
    await walk.open(shifted)  # the draft has a step
    typed: tuple[Path, ...] = (
        (("say", "/announce"), ("say", "Автобус 18:30-да")),
        (("press", "go:find"), ("say", "Айгерім")),
        (("press", f"pef:{held.code}:s"), ("say", known)),
        (("press", f"pef:{held.code}:s"), ("say", "Жаңа Адам")),
        (("press", f"za:{held.speakers[0]}"), ("say", known)),
        (("press", f"pes:{held.code}:people:0"),),
        (("press", f"zh:{held.day:%Y%m%d}:{held.room}:0"),),
        (("press", "zd:p:alone:0"),),
        (("press", "km:3:-"),),
        (("say", "Отырар"),),
    )
    sure: Path = (("press", "jt:5:6:-"),)
    stays: Path = (("press", "km:8:-"), ("press", "jm:8:0:-"), *sure, ("press", "jy:6:8:1:1:-"))
    for opened, data in ((stays, "jd:"), (sure, "jy:"), ((("press", "km:6:-"),), "ju:")):
        await walk.open(opened)
        await walk.decide_on(data)
    await walk.open((*shifted, ("press", "go:draft")))
    await walk.decide_on("ppt:")
    await walk.open((("press", f"pen:{other.code}:{other.speakers[0]}"),))
    await walk.decide_on("pex:")
    await walk.open((*shifted, ("press", "go:draft"), ("press", "ppa:0")))
    await walk.decide_on("ppy:")
    await walk.open(shifted)
    listed = say(
        "/moderate", "/muted", "/staff", "/announce", "/programme", "/stats", "/outbox", "/entrance", "/audit", "/board"
    )
    await walk.everywhere(*listed, *typed)
    forgotten = sessions(forum)[5]
    await forum.at(forgotten.end + dt.timedelta(hours=1))
    await walk.open((("press", f"rnp:{forgotten.code}"),))
    await walk.decide_on(f"rnm:{forgotten.code}:start")
    await walk.open((("press", "pvc:1:0:0"),))
    await walk.decide_on("pvb:")
    await walk.everywhere()
    link, code, holds = digest("a" * 22), held.speakers[0], forum.clock.seconds() + DAY
    by = organizer.id
    await forum.db.write(roles.invite, link, role=SPEAKER, session=code, invited_by=by, now=1, expires_at=holds)
    await walk.open((("say", f"/start i_{'a' * 22}"),))
    await walk.decide_on("bb:")
    await done("organizers", walk)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_of_what_tells_everybody_of_a_moved_day(forum: Forum, language: str) -> None:
    """A draft worded by the bot, outdated, worded again, changed in one language, sent, and corrected."""
    organizer = await forum.organizer(language)
    await forum.delegate("Айгерім", language)
    walk = Walk(forum, organizer)
    await changed(forum, organizer, every(later))
    await walk.decide_on("ppe:")
    await changed(forum, organizer, every(later))
    await walk.open((("press", "ad:1:open"),))
    await walk.decide_on("aq:")
    await walk.open((("press", "av:1:ru:write"), ("say", "Всё на час позже")))
    await walk.open((("press", "ak:1:0"),))
    await walk.decide_on("ak:1:1")
    await walk.open((("press", "ad:1:confirm"),))
    await walk.decide_on("an:1:send")
    await walk.open((("press", "av:1:kk:correct"), ("say", "Бәрі бір сағат кеш"), ("press", "ad:1:open")))
    await walk.decide_on("ag:")
    await done("everybody", walk)


async def brought_back(walk: Walk) -> None:
    """What was done to all at once is undone, wherever the second tap has led."""
    actions = [row for row in tables(walk.forum.folder)["audit"] if row["deed"] in ("close", "carry")]
    standing = [row["id"] for row in actions if row["undone_at"] is None and "first" not in row["detail"]]
    for first in standing:
        await walk.tap_twice(await walk.blank(), f"lu:{first}", "all of it")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_of_what_hangs_on_sessions_that_go_away(forum: Forum, language: str) -> None:
    """Chosen with the draft, moved after its publication, and brought back by an undo."""
    organizer, author = await forum.organizer(language), await forum.delegate("Айгерім", language)
    chosen, left = sessions(forum)[3], sessions(forum)[4]
    for one in (chosen, left):
        await ask(author, one.code, "Екі сұрақтың бірі ме?")
        await star(author, one)
    without = [one for one in forum.programme.sessions if one not in (chosen, left)]
    await organizer.send_document(write(replace(forum.programme, sessions=tuple(without)), "toml", language), "p.toml")
    await organizer.sees("p.toml")
    walk = Walk(forum, organizer)
    asks: Path = (("press", "go:draft"), ("press", "ppa:0"))
    await walk.open(asks)
    for data in ("pvd:", f"gx:{chosen.code}:", f"gy:{chosen.code}:"):
        await walk.decide_on(data)
    asked = await walk.open(asks)
    publish = asked.button("ppy:") if asked else None
    assert publish is not None
    await walk.decide_on("ppy:")
    await walk.open((("press", "pvd:-1:0"),))
    for data in (f"gx:{left.code}:", f"gz:{left.code}:"):
        await walk.decide_on(data)
    await walk.open((("press", publish["callback_data"]),))  # as a second tap of the same person
    await walk.decide_on("ppu:")
    await done("gone", walk)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_of_moderators_alone_and_in_a_group(forum: Forum, language: str) -> None:
    organizer, _, code = await filled(forum, language)
    moderator = await forum.delegate("Марат", language)
    await grant(forum, moderator, MODERATOR, code)
    await moderator.send("/start")
    await moderator.look_away()
    walk = Walk(forum, moderator)
    await walk.open((("press", "km:4:-"),))
    await walk.decide_on("kw:")
    await walk.open((("press", f"to:{code}"), ("press", "tm:0:0:later")))
    await walk.decide_on("tu:")
    other = sessions(forum)[1].code
    for opened, data in ((f"lka:{code}:{other}", "lxa:"), (f"ls:{code}:0:0", "ls:"), (f"lk:4:{other}:-", "lx:")):
        await walk.open((("press", f"le:{code}"), ("press", opened)))
        await walk.decide_on(data)
        await brought_back(walk)
    left: tuple[Path, ...] = ((("press", f"le:{code}"),), (("press", f"lc:0:{code}::0:-"),))
    await walk.everywhere(*say("/moderate", "/muted", "/entrance"), (("press", f"to:{code}"),), *left)
    chat = await group_of(forum, organizer, moderator, open_it=False)
    await forum.telegram.idle(settle=0.1)
    group = Walk(forum, organizer, chat)
    await group.open((("see", "gd:open"), ("press", "gd:open")))
    author = await forum.delegate("Сергей", language)
    numbers = [await ask(author, sessions(forum)[-1].code, f"Топқа арналған {number}-сұрақ") for number in "abc"]
    await nothing_due(forum)
    await group.everywhere(*((("see", f"gc:{number}:"),) for number in numbers))
    await nothing_due(forum)
    await group.everywhere((("see", "gq:"),))
    await done("moderators", walk, group)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_of_a_second_organizer(approving: None, forum: Forum, language: str) -> None:
    organizer, _, _ = await filled(forum, language)
    helper = await forum.delegate("Алия", language)
    await grant(forum, helper, "organizer", "")
    await organizer.look_away()
    author, second = Walk(forum, organizer), Walk(forum, helper)
    written: Path = (
        ("say", "/announce"),
        ("say", "Автобус 18:30-да"),
        ("press", "ad:0:confirm"),
        ("press", "an:0:send"),
    )
    await author.open(written)
    await author.open(written)
    await nothing_due(forum)
    for number in (1, 2):
        await second.decide_on(f"ay:{number}:")
    await nothing_due(forum)
    for data in ("at:1:", "az:1:"):
        await author.open((("press", "ar:1:correct"), ("say", f"Автобус 19:00-де {data}")))
        await author.decide_on("az:1:")
        await nothing_due(forum)
        await second.decide_on(data)
    await done("helpers", author, second)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
async def test_what_was_seen_with_two_taps(forum: Forum, language: str) -> None:
    """A draft published or discarded unread, a question withdrawn, a publication undone and made again."""
    organizer = await forum.organizer(language)
    session = sessions(forum)[0].code
    number = await ask(organizer, session, "Екі рет басылса ше?")
    walk = Walk(forum, organizer)
    shifted: Path = (("press", f"pes:{session}:time:0"), ("press", f"peh:{session}:o:5:0"), ("press", "go:draft"))
    for path, data in ((shifted, "ppa:"), (shifted, "ppd:"), ((("press", f"m1:{number}"),), "mw:")):
        shown = await walk.open(path)
        assert shown is not None
        before = tables(forum.folder)
        found = shown.button(data)
        assert found is not None
        await walk.tap_twice(shown, found["callback_data"], data)
        for table in ("programmes", "draft_steps", "questions"):
            assert tables(forum.folder)[table] == before[table], data
    published = await walk.open((*shifted, ("press", "ppa:0"), ("press", "ppy:0:0:0")))
    assert published is not None
    undo = published.button("ppu:")
    assert undo is not None
    undone = await walk.tap_twice(published, undo["callback_data"], "published")
    assert undone is not None
    assert undone.button("ppu:") is None
    assert undone.button("go:versions")
    await organizer.press_data(undo["callback_data"], undone.id)
    assert len(tables(forum.folder)["programmes"]) == 3
    assert walk.faults == []


def test_every_kind_of_button_is_reached_by_a_walk() -> None:
    every = {one.__name__ for one in CLASSES}
    assert set().union(*map(wanted, PACKAGES)) | set(NEVER) == every
