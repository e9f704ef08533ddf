"""What organizers can count and take away."""

from __future__ import annotations

from tests.conftest import Forum, register
from tests.scenarios.second_reader import tables
from tests.scenarios.steps import ask, said, sessions, until


async def test_numbers_by_delegation_and_by_state(forum: Forum) -> None:
    organizer = await forum.organizer("en")
    moderator = await forum.moderator(organizer)
    delegate = await forum.delegate()
    far = await forum.telegram.person("Ерлан", "kk")
    await register(far, "rd:abai")
    await forum.telegram.person("Nobody", "en")
    code = sessions(forum)[0].code
    for text in ("Бірінші сұрақ", "Екінші сұрақ", "Үшінші сұрақ"):
        await ask(delegate, code, text)
    await moderator.press("kd:1:approve")
    await delegate.sees("№1")
    await moderator.press("kd:2:decline")
    await moderator.press("kr:2:rude")
    await far.block()
    await forum.telegram.idle()
    now = forum.clock.seconds()
    await until(
        lambda: not any(r["due_at"] <= now and r["done_at"] is None for r in tables(forum.folder)["deliveries"])
    )

    await organizer.send("/stats")
    seen = (await organizer.sees("📊")).text.splitlines()
    assert said("stats.people", "en", count=4) in seen
    assert "• City of Shymkent: 3" in seen
    assert said("stats.blocked", "en", count=1) in seen
    assert said("stats.questions", "en", count=3) in seen
    assert seen[-3:] == [
        f"⏳ {said('questions.state_pending', 'en')}: 1",
        f"✅ {said('questions.state_approved', 'en')}: 1",
        f"✖️ {said('questions.state_declined', 'en')}: 1",
    ]
    languages = seen.index(said("stats.languages", "en"))
    assert seen[languages + 1 : languages + 4] == ["• Қазақша: 2", "• English: 1", "• Русский: 1"]


async def test_the_programme_says_its_version(forum: Forum) -> None:
    organizer = await forum.organizer()
    await organizer.send("/programme")
    await organizer.sees("1", "turkistan.toml", str(len(forum.programme.sessions)))
