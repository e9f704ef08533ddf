"""What people were told stays true where it stands: quiet publications, undo, blocks, copies that nobody knows."""

from __future__ import annotations

import pytest

from storage import bookmarks, participants
from tests.conftest import Forum
from tests.scenarios.publishing.changing import here, instead, open_session, publish, tap
from tests.scenarios.publishing.forum_day import NEWS, Day
from tests.scenarios.publishing.test_outdated_news import struck
from tests.scenarios.second_reader import tables
from tests.scenarios.steps import moderator_of, outbox, said, star, until
from tests.telegram import Message, Person

ONE = "plenary-1"
FIRST, MOVED, AGAIN = "13:15–14:15", "13:35–14:35", "13:45–14:45"
LANGUAGES = ("kk", "ru", "en")

pytestmark = pytest.mark.usefixtures("no_regular_look")


async def later(organizer: Person, minutes: int, quiet: int = 0, session: str = ONE) -> Message:
    await tap(organizer, f"peh:{session}:o:{minutes}:", await open_session(organizer, session, "time"))
    return await publish(organizer, quiet)


async def starred(forum: Forum, language: str = "ru", name: str = "Айгерім") -> Person:
    delegate = await forum.delegate(name, language)
    session = forum.programme.session(ONE)
    assert session is not None
    await star(delegate, session)
    return delegate


def states(forum: Forum) -> list[str]:
    return [row["state"] for row in sorted(tables(forum.folder)["told"], key=lambda row: int(row["number"]))]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_quiet_change_says_itself_what_holds_and_an_undo_takes_the_strike_off(
    forum: Forum, language: str
) -> None:
    organizer, delegate = await forum.organizer(), await starred(forum, language)
    day = Day(forum, {"delegate": delegate})
    await later(organizer, 20)
    await day.at("09:17")
    told = await delegate.sees(NEWS, instead(MOVED, FIRST, language))
    count = len(await delegate.messages())

    await later(organizer, 10, quiet=1)
    await day.at("09:18")
    shown = await here_of(delegate, told)
    assert said("notices.withdrawn", language) in shown.text
    assert said("notices.outdated", language) not in shown.text, "no new message comes"
    assert instead(MOVED, FIRST, language) in struck(shown)
    assert f"{said('notices.now', language)} " in shown.text
    assert AGAIN in shown.text
    assert AGAIN not in struck(shown)
    assert shown.button("13:45"), "the button says when it begins now"
    assert states(forum) == ["withdrawn"]

    await tap(organizer, "ppu:3", await here(organizer))
    await day.at("09:20")
    restored = await here_of(delegate, told)
    assert (restored.text, restored.buttons) == (told.text, told.buttons)
    assert not struck(restored)
    assert states(forum) == ["restored"]
    assert len(await delegate.messages()) == count, "nothing rang"


async def here_of(person: Person, message: Message) -> Message:
    return next(one for one in await person.messages() if one.id == message.id)


async def test_a_word_that_is_right_again_is_not_struck_out_beside_a_newer_one_that_is_not(forum: Forum) -> None:
    """Told once, told again, quietly put back to the first: the first holds, the second says what does."""
    organizer, delegate = await forum.organizer(), await starred(forum)
    day = Day(forum, {"delegate": delegate})
    await later(organizer, 20)
    await day.at("09:17")
    first = await delegate.sees(NEWS, instead(MOVED, FIRST))
    await later(organizer, 10)
    await day.at("09:19")
    second = await delegate.sees(NEWS, instead(AGAIN, MOVED))
    assert said("notices.outdated") in (await here_of(delegate, first)).text
    assert states(forum) == ["replaced", "told"]
    await later(organizer, -10, quiet=1)
    await day.at("09:21")
    assert not struck(await here_of(delegate, first))
    shown = await here_of(delegate, second)
    assert instead(AGAIN, MOVED) in struck(shown)
    assert MOVED in shown.text.split(said("notices.now"))[1]
    assert states(forum) == ["restored", "withdrawn"]


async def test_whoever_dropped_the_star_is_not_left_with_an_untrue_word(forum: Forum) -> None:
    organizer, delegate = await forum.organizer(), await starred(forum)
    day = Day(forum, {"delegate": delegate})
    await later(organizer, 20)
    await day.at("09:17")
    told = await delegate.sees(NEWS, instead(MOVED, FIRST))
    await forum.db.write(bookmarks.remove, delegate.id, ONE)
    done = await later(organizer, 10)
    assert said("publishing.nobody_told") in done.text
    await day.at("09:19")
    shown = await here_of(delegate, told)
    assert instead(MOVED, FIRST) in struck(shown)
    assert AGAIN in shown.text


async def test_a_session_that_is_over_is_told_right_all_the_same(forum: Forum) -> None:
    organizer, delegate = await forum.organizer(), await starred(forum)
    day = Day(forum, {"delegate": delegate})
    await later(organizer, 20)
    await day.at("09:17")
    told = await delegate.sees(NEWS, instead(MOVED, FIRST))
    await day.at("23:00")
    await tap(organizer, "ppu:2", await here(organizer))
    await day.at("23:02")
    assert instead(MOVED, FIRST) in struck(await here_of(delegate, told))
    assert len(outbox(forum, "change")) == 1, "nobody needs to be told of what is over"


async def test_a_clock_that_was_ahead_holds_nothing_up(forum: Forum) -> None:
    """What was published meanwhile is due then, not when it was to be."""
    organizer, delegate = await forum.organizer(), await starred(forum)
    day = Day(forum, {"delegate": delegate})
    await later(organizer, 20)
    await day.at("09:17")
    told = await delegate.sees(NEWS, instead(MOVED, FIRST))
    await day.at("14:20")  # it is on
    await later(organizer, 10)
    await day.at("09:18")
    await until(lambda: {row["state"] for row in outbox(forum, "change-mark")} == {"sent"})
    await delegate.sees(NEWS, instead(AGAIN, MOVED))
    assert instead(MOVED, FIRST) in struck(await here_of(delegate, told))


async def test_whoever_blocked_the_bot_between_told_and_withdrawn_finds_the_truth_when_back(forum: Forum) -> None:
    organizer, delegate = await forum.organizer(), await starred(forum)
    day = Day(forum, {"delegate": delegate})
    await later(organizer, 20)
    await day.at("09:17")
    told = await delegate.sees(NEWS, instead(MOVED, FIRST))
    await delegate.block()
    await forum.telegram.idle()
    await later(organizer, 10)
    await day.at("09:19")
    assert not struck(await here_of(delegate, told)), "Telegram lets nobody edit there"
    await delegate.unblock()
    await day.at("09:20")
    shown = await here_of(delegate, told)
    assert instead(MOVED, FIRST) in struck(shown)
    assert AGAIN in shown.text


async def test_in_quiet_hours_the_old_word_is_put_right_before_the_new_one_comes(forum: Forum) -> None:
    """The newer message waits for the morning; what stands there says by itself what holds."""
    organizer, delegate = await forum.organizer(), await starred(forum)
    day = Day(forum, {"delegate": delegate})
    await later(organizer, 20)
    await day.at("09:17")
    told = await delegate.sees(NEWS, instead(MOVED, FIRST))
    await forum.db.write(participants.set_quiet, delegate.id, "8-12")
    forum.application.people.changed(delegate.id)
    await later(organizer, 10)
    await day.at("09:19")
    assert [row["state"] for row in outbox(forum, "change")] == ["sent", "waiting"]
    shown = await here_of(delegate, told)
    assert instead(MOVED, FIRST) in struck(shown)
    assert AGAIN in shown.text


async def test_what_may_stand_there_without_an_id_is_corrected_by_a_message_of_its_own(forum: Forum) -> None:
    """Telegram took it and the answer was lost: it is counted unsure, and nobody can edit it."""
    organizer, delegate = await forum.organizer(), await starred(forum)
    day = Day(forum, {"delegate": delegate})
    await later(organizer, 20)
    await forum.telegram.fault(method="sendMessage", status=0, after=True)
    await day.at("09:17")
    await delegate.sees(NEWS, instead(MOVED, FIRST))
    await until(lambda: outbox(forum, "change")[0]["state"] == "unsure")
    await forum.db.write(participants.set_quiet, delegate.id, "8-12")
    forum.application.people.changed(delegate.id)
    await later(organizer, 10, quiet=1)
    await day.at("09:19")  # in their quiet hours: it makes no sound
    own = await delegate.sees(said("notices.withdrawn"))
    assert instead(MOVED, FIRST) in struck(own)
    assert AGAIN in own.text
    assert len(await news(delegate)) == 2

    # From then on there is one with an id: it is kept right in place.
    await later(organizer, 10, quiet=1)
    await day.at("09:21")
    assert "13:55–14:55" in (await here_of(delegate, own)).text
    assert len(await news(delegate)) == 2
    await tap(organizer, "ppu:4", await here(organizer))
    await tap(organizer, f"peh:{ONE}:o:-10:", await open_session(organizer, ONE, "time"))
    await publish(organizer, quiet=1)
    await day.at("09:23")
    assert not struck(await here_of(delegate, own))
    assert len(await news(delegate)) == 2


async def news(person: Person) -> list[Message]:
    return [one for one in await person.messages() if one.from_bot and one.text.startswith((NEWS, "⚠️"))]


async def test_a_change_of_everything_is_told_to_who_moderates_everything(forum: Forum) -> None:
    """But for what somebody is named for, and for breaks."""
    organizer = await forum.organizer()
    every, named = await forum.moderator(organizer), await moderator_of(forum, organizer, ONE, "Марат")
    day = Day(forum, {"every": every, "named": named})
    await day.got()
    for session in (ONE, "dialogue", "lunch-1"):
        await tap(organizer, f"peh:{session}:o:5:", await open_session(organizer, session, "time"))
    done = await publish(organizer)
    assert said("publishing.told_from", n=2, at="09:16") in done.text
    await day.at("09:17")
    got = await day.got()
    assert [FIRST in got[name][0] for name in ("every", "named")] == [False, True]
    assert ["17:00–18:30" in got[name][0] for name in ("every", "named")] == [True, False]
    assert "12:15" not in got["every"][0]


async def test_a_newer_message_says_it_for_the_one_without_an_id(forum: Forum) -> None:
    organizer, delegate = await forum.organizer(), await starred(forum)
    day = Day(forum, {"delegate": delegate})
    await later(organizer, 20)
    await forum.telegram.fault(method="sendMessage", status=0, after=True)
    await day.at("09:17")
    await later(organizer, 10)
    await day.at("09:20")
    assert [one.text[0] for one in await news(delegate)] == [NEWS, NEWS]
