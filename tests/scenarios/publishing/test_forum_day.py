"""One day of a forum on which everything moves: fourteen changes by thumb, and what everybody's phone says of each."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.programme.model import Programme
from bot.texts import LANGUAGES
from tests.conftest import Forum
from tests.scenarios.agenda.test_speaking import speaker_of
from tests.scenarios.publishing.changing import instead, open_session, publish, tap, the_draft, turned, write
from tests.scenarios.publishing.forum_day import NEWS, RATING, REMINDER, Day
from tests.scenarios.second_reader import tables
from tests.scenarios.steps import nothing_due, outbox, said, star
from tests.telegram import Person
from tests.web.conftest import Screens, screens

__all__ = ["screens"]

DELEGATES = ("asem", "serik", "john")
CARDS = ("opening", "talk-kurmanov", "plenary-1", "projects-1", "plenary-2", "dialogue", "awards")
STARS = {
    "asem": ("opening", "talk-kurmanov", "plenary-1"),
    "serik": ("opening", "projects-1", "awards"),
    "john": ("talk-kurmanov", "plenary-2", "dialogue"),
}


pytestmark = pytest.mark.usefixtures("no_regular_look")


async def gathered(forum: Forum) -> tuple[Day, Person, Person]:
    """The people of the day, and two organizers: one reads Russian, the other Kazakh."""
    first = await forum.organizer()
    second = await forum.delegate("Болат", "kk")
    await second.start(await forum.invitation(first, "si:organizer:"))
    await second.sees("🗝")
    people = {
        "asem": await forum.delegate("Әсем", "kk"),
        "serik": await forum.delegate("Серік", "ru"),
        "john": await forum.delegate("John", "en"),
        "shy": await forum.delegate("Тайна", "ru"),
        "other": await forum.delegate("Чужой", "ru"),
        "speaker": await speaker_of(forum, first),
    }
    for name, codes in STARS.items():
        for code in codes:
            session = forum.programme.session(code)
            assert session is not None
            await star(people[name], session)
    await people["shy"].start("q_plenary-2")
    await people["shy"].press("qa:")
    await people["shy"].send("Кто это оплатит?")
    await people["shy"].sees("№")
    day = Day(forum, people)
    await day.got()
    return day, first, second


def title(programme: Programme, code: str, language: str) -> str:
    session = programme.session(code)
    assert session is not None
    return session.title.say(language)


def versions(forum: Forum) -> list[dict[str, Any]]:
    return tables(forum.folder)["programmes"]


async def test_a_day_with_fourteen_changes(screens: Screens) -> None:
    forum, programme = screens.forum, screens.forum.programme
    day, organizer, second = await gathered(forum)
    uly_dala, otyrar = (forum.programme.room(code) for code in ("uly-dala", "otyrar"))
    assert uly_dala is not None
    assert otyrar is not None

    # 1. The opening is twenty minutes late, and so is everything after it.
    await day.at("09:50")
    await tap(organizer, "peo:opening:d", await open_session(organizer, "opening", "time"))
    await tap(organizer, "peh:opening:d:20:")
    done = await publish(organizer)
    assert said("publishing.told_from", n=5, at="09:51") in done.text
    await day.quiet()
    await day.at("09:51")
    await day.notifies(
        {
            "asem": (
                NEWS,
                title(programme, "opening", "kk"),
                instead("10:30–10:50", "10:10–10:30", "kk"),
                "10:50–11:10",
                "13:35–14:35",
            ),
            "serik": (NEWS, title(programme, "awards", "ru"), instead("12:05–12:35", "11:45–12:15"), "13:35–14:35"),
            "john": (
                NEWS,
                title(programme, "dialogue", "en"),
                instead("17:20–18:50", "17:00–18:30", "en"),
                "14:45–15:45",
            ),
            "shy": (NEWS, title(programme, "plenary-2", "ru"), instead("14:45–15:45", "14:25–15:25")),
            "speaker": (NEWS, instead("10:50–11:10", "10:30–10:50")),
        }
    )
    await day.shows("asem", "go:my", "10:30–10:50", "10:50–11:10", "13:35–14:35")
    await day.shows("other", "d:20261126:0", "10:30–10:50")
    assert "10:30–10:50" in (await screens.state("opening"))["words"]["kk"]["when"]
    await day.at("10:00")  # when they would have been reminded of the old start
    await day.quiet()

    # 2. Another speaks, as the second organizer has it.
    await tap(second, "pen:talk-kurmanov:kurmanov", await open_session(second, "talk-kurmanov", "people"))
    await tap(second, "pef:talk-kurmanov:0")
    await tap(second, "pe:talk-kurmanov:0:altayev:", await write(second, "Алтаев"))
    await publish(second)
    await day.at("10:01")
    altayev, kurmanov = programme.speaker("altayev"), programme.speaker("kurmanov")
    assert altayev is not None
    assert kurmanov is not None
    await day.notifies(
        {
            name: (instead(altayev.name.say(language), kurmanov.name.say(language), language),)
            for name, language in (("asem", "kk"), ("john", "en"), ("speaker", "ru"))
        }
    )
    await day.shows("other", "s:talk-kurmanov:", altayev.name.say("ru"))

    # 3. Two sessions change halls.
    await tap(organizer, "pew:plenary-1:projects-1:", await open_session(organizer, "plenary-1", "swap"))
    await publish(organizer)
    await day.at("10:03")
    to_otyrar = instead(otyrar.name.say("kk"), uly_dala.name.say("kk"), "kk")
    to_uly_dala = instead(uly_dala.name.say("ru"), otyrar.name.say("ru"))
    await day.notifies({"asem": (NEWS, to_otyrar), "serik": (NEWS, to_uly_dala)})
    await day.shows("serik", "s:projects-1:", uly_dala.name.say("ru"))

    # 4. A session is cancelled: anyone who asked there without a name is notified too.
    await tap(organizer, "pec:plenary-2:1:", await open_session(organizer, "plenary-2"))
    cancelled = await publish(organizer)
    await day.at("10:05")
    await day.notifies({"john": (NEWS, said("agenda.cancelled", "en")), "shy": (NEWS, said("agenda.cancelled"))})

    # 5. And takes place after all: the organizer undoes it, the same people are notified, the old message says so.
    undone = await tap(organizer, "ppu:5", cancelled)
    assert said("publishing.restored", number=6, restores=4) in undone.text
    await day.at("10:07")
    await day.notifies({"john": (NEWS, said("notices.again", "en"), "14:45–15:45"), "shy": (said("notices.again"),)})
    await day.at("10:08")
    await day.people["john"].sees(said("notices.outdated", "en"), said("agenda.cancelled", "en"))

    # 6. A session is added: nobody has it yet, everybody finds it.
    await organizer.send("/programme")
    await tap(organizer, "go:change")
    await tap(organizer, "gpc:20261126")
    await tap(organizer, "peg:20261126")
    await write(organizer, "19:00 45")
    await write(organizer, "Кешкі концерт\nВечерний концерт\nEvening concert")
    await publish(organizer)
    await day.shows("other", "s:evening-concert:", "19:00–19:45", "Вечерний концерт")

    # 7. A word is corrected, in one language: that rings nobody.
    await open_session(organizer, "projects-1")
    for data in ("pei:s:projects-1:", "pei:s:projects-1:t", "pej:s:projects-1:t:ru"):
        await tap(organizer, data)
    await write(organizer, "Проекты регионов")
    assert said("publishing.nobody_told") in (await publish(organizer)).text
    await day.shows("serik", "go:my", "Проекты регионов")
    await day.shows("asem", "s:projects-1:", title(programme, "projects-1", "kk"))

    # 8. To another hall.
    await tap(organizer, "per:awards:otyrar:", await open_session(organizer, "awards", "room"))
    await publish(organizer)
    await day.at("10:12")
    await day.notifies({"serik": (NEWS, title(programme, "awards", "ru"), f"📍 {otyrar.name.say('ru')}")})

    # 9. One hall from one session on, by ten minutes.
    await tap(organizer, "peo:plenary-3:r", await open_session(organizer, "plenary-3", "time"))
    await tap(organizer, "peh:plenary-3:r:10:")
    await publish(organizer)
    await day.at("10:14")
    await day.notifies({"john": (NEWS, instead("17:30–19:00", "17:20–18:50", "en"))})

    # 10. Nobody is notified of a slip that is undone at once, and the organizer reads so.
    await tap(organizer, "peh:dialogue:o:30:", await open_session(organizer, "dialogue", "time"))
    slip = await publish(organizer)
    assert said("publishing.told_from", n=1, at="10:15") in slip.text
    assert said("publishing.nobody_told") in (await tap(organizer, "ppu:11", slip)).text
    await day.at("10:18")
    await day.quiet()
    await day.shows("john", "go:my", "17:30–19:00")

    # The reminder comes by the new start; anyone who no longer speaks there is not notified of a slot.
    await day.at("10:20")
    await day.notifies({"asem": (REMINDER, "10:30–10:50"), "serik": (REMINDER, "10:30–10:50")})

    # 11. What really happens in the hall moves what follows, without a word.
    await day.at("10:36")
    marks = await organizer.send("/now")
    assert marks
    await organizer.sees("📍")
    await tap(organizer, "rnm:opening:start:")
    await day.shows("asem", "go:my", "≈10:56–11:16")
    assert "≈10:56–11:16" in (await screens.state("talk-kurmanov"))["words"]["ru"]["when"]
    await day.at("10:40")
    await day.notifies({"asem": (REMINDER, "≈10:56–11:16"), "john": (REMINDER, "≈10:56–11:16")})
    await day.at("11:00")
    await tap(organizer, "rnm:opening:end:")
    await day.shows("john", "go:now", title(programme, "talk-kurmanov", "en"))

    # 12. A file with a change.
    await organizer.send("/programme")
    await tap(organizer, "go:files")
    await organizer.look_away()
    await organizer.press("pf:toml")
    sent = (await organizer.sees("")).document
    assert sent is not None
    text = (await forum.telegram.file(sent["file_id"])).decode()
    head, _, tail = text.partition('code = "projects-1"')
    await organizer.send_document(f'{head}code = "projects-1"{tail.replace("13:35", "13:45", 1)}'.encode(), "new.toml")
    await organizer.sees("new.toml")
    await nothing_due(forum)
    await publish(organizer)
    await day.at("11:02")
    await day.notifies({"serik": (NEWS, "Проекты регионов", instead("13:45–14:35", "13:35–14:35"))})
    assert versions(forum)[-1]["source"] == "new.toml"

    # 13. Two publications in a minute are one message.
    await tap(organizer, "peh:plenary-1:o:10:", await open_session(organizer, "plenary-1", "time"))
    await publish(organizer)
    await tap(second, "per:plenary-1:sauran:", await open_session(second, "plenary-1", "room"))
    await publish(second)
    await day.at("11:04")
    sauran = programme.room("sauran")
    assert sauran is not None
    await day.notifies(
        {
            "asem": (
                instead("13:45–14:45", "13:35–14:35", "kk"),
                instead(sauran.name.say("kk"), otyrar.name.say("kk"), "kk"),
            )
        }
    )
    await day.at("11:05")
    await day.notifies({"asem": (RATING,), "serik": (RATING,)})

    # 14. An old version comes back through the draft: each is notified, once, of what that changes for them.
    before = len(versions(forum))
    await second.send("/programme")
    await tap(second, "pvc:2:", await turned(second, "pvc:2:", await tap(second, "go:versions")))
    await tap(second, "pvb:2:")
    done = await publish(second)
    assert said("publishing.restored", "kk", number=before + 1, restores=2) in done.text
    await day.at("11:07")
    got = await day.got()
    assert {name: len(texts) for name, texts in got.items()} == dict.fromkeys(("asem", "serik", "john", "speaker"), 1)
    assert instead(uly_dala.name.say("kk"), sauran.name.say("kk"), "kk") in got["asem"][0]
    await day.shows("other", "s:awards:", uly_dala.name.say("ru"))

    rows = versions(forum)
    assert [row["restores"] for row in rows if row["restores"]] == [4, 10, 2]
    assert json.loads(rows[-1]["document"]) == json.loads(rows[1]["document"])
    assert {row["state"] for row in outbox(forum, "change")} == {"sent", "dropped"}
    assert tables(forum.folder)["draft_steps"] == []
    assert {row["recipient"] for row in outbox(forum, "change")}.isdisjoint({day.people["other"].id})


@pytest.mark.parametrize("language", LANGUAGES)
async def test_who_shifts_what_has_begun_already_is_warned(forum: Forum, language: str) -> None:
    """The opening is on, late as it is: what is to move is what follows."""
    organizer = await forum.organizer(language)
    day = Day(forum, {})
    await day.at("10:16")
    await organizer.send("/now")
    await organizer.sees("📍")
    await tap(organizer, "rnm:opening:start:")
    late = title(forum.programme, "opening", language)
    for code, warned in (("talk-kurmanov", False), ("opening", True)):
        await tap(organizer, f"peo:{code}:d", await open_session(organizer, code, "time"))
        shifted = await tap(organizer, f"peh:{code}:d:20:")
        # The one change there is is published from here; several are looked at first.
        assert (shifted.button("ppa:") is None) is warned
        draft = await the_draft(organizer)
        words = said("concern.begun", language, one=f"10:30–10:50 «{late}»").partition(": ")[2]
        assert (words in draft.text) is warned, draft.text
        assert (words in (await tap(organizer, "ppa:", draft)).text) is warned
