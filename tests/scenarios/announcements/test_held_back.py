"""What a former organizer had scheduled: another organizer looks at it first."""

from __future__ import annotations

import datetime as dt

from tests.conftest import Forum
from tests.scenarios.announcements.announcing import draft, second_organizer
from tests.scenarios.second_reader import tables
from tests.scenarios.steps import said


async def test_what_a_revoked_organizer_scheduled_waits_for_another(forum: Forum) -> None:
    organizer, delegate = await forum.organizer(), await forum.delegate()
    helper, other = await second_organizer(forum, organizer), await second_organizer(forum, organizer, "Сауле")
    await draft(helper, "Голосуйте за меня")
    await helper.press_data("aw:1:30", (await helper.last()).id)
    await helper.press("ad:1:confirm")
    await helper.press("an:1:send")
    scheduled = await helper.sees(said("announcements.state_scheduled"))
    await forum.telegram.idle()
    await organizer.press_data(f"sr:{helper.id}:organizer::1", 1)
    for person in (organizer, other):
        await person.sees(said("announcements.news_held", number=1))
    await helper.sees(said("staff.ended", what=said("staff.organizer")))
    for person in (helper, delegate):
        await person.look_away()
    await forum.at(forum.clock.now() + dt.timedelta(minutes=31))
    for act in ("back", "drop"):
        assert (await helper.press_data(f"ad:1:{act}", scheduled.id)).text == said("refusal.not_organizer")
    for person in (helper, delegate):
        await person.quiet()  # neither sent nor reported

    await other.press("ad:1:open")
    opened = await other.sees("№1", "Голосуйте за меня", "Алия", said("announcements.state_asked"))
    await other.press("ad:1:preview", opened)
    await other.press(said("announcements.approve"))
    await delegate.sees("Голосуйте за меня")
    await forum.telegram.idle()
    [announcement] = tables(forum.folder)["announcements"]
    assert (announcement["author"], announcement["report_chat"]) == (other.id, None)
    noted = [row["deed"] for row in tables(forum.folder)["audit"] if "announcement" in row["detail"]]
    assert noted == ["announced", "held_back", "approved"]


async def test_held_back_past_its_time_it_is_the_draft_of_who_let_it_go(forum: Forum) -> None:
    organizer = await forum.organizer()
    helper = await second_organizer(forum, organizer)
    await draft(helper, "Обед подан")
    await helper.press_data("aw:1:15", (await helper.last()).id)
    await helper.press("ad:1:confirm")
    await helper.press("an:1:send")
    await helper.sees(said("announcements.state_scheduled"))
    await organizer.press_data(f"sr:{helper.id}:organizer::1", 1)
    news = await organizer.sees(said("announcements.news_held", number=1))
    await forum.at(forum.clock.now() + dt.timedelta(hours=2))
    await organizer.press("ad:1:open", news)
    late = await organizer.press(said("announcements.approve"), news)
    assert late.text == said("announcements.toast_late")
    back = await organizer.sees(said("announcements.news_missed", number=1))
    await organizer.press("ad:1:open", back)
    await organizer.press("ad:1:confirm", back)
    await organizer.press("an:1:send", back)
    await helper.sees("Обед подан")
