"""Pictures that were sent together get one answer, wherever they come."""

from __future__ import annotations

from tests.conftest import Forum
from tests.scenarios.announcements.announcing import PNG
from tests.scenarios.steps import said

ALBUM = [("photo", PNG, "Зал"), ("photo", PNG, ""), ("photo", PNG, "")]


async def test_in_a_form_they_get_one_answer_and_the_form_stays(forum: Forum) -> None:
    person = await forum.delegate("Дина", "ru")
    await person.start("q_opening")
    await person.look_away()
    await person.send_album("way", *ALBUM)
    await person.sees(said("questions.text_only"))
    await person.quiet()
    await person.send("Когда примут новый закон?")
    await person.sees("🧾", "№1")


async def test_in_a_form_of_the_profile_too(forum: Forum) -> None:
    person = await forum.delegate("Дина", "ru")
    await person.send("/settings")
    await person.press("sp:name")
    await person.look_away()
    await person.send_album("way", *ALBUM)
    await person.sees(said("registration.bad_name", limit=64))
    await person.quiet()


async def test_outside_any_form_they_get_one_answer_and_the_next_album_one_of_its_own(forum: Forum) -> None:
    person = await forum.delegate("Дина", "ru")
    await person.look_away()
    for name in ("first", "second"):
        await person.send_album(name, *ALBUM)
        await person.sees(said("fallback.unknown_kind"))
        await person.quiet()


async def test_an_announcement_takes_all_of_them(forum: Forum) -> None:
    organizer = await forum.organizer()
    await organizer.send("/announce")
    await organizer.sees("📣")
    await organizer.send_album("way", *ALBUM)
    await organizer.sees("📣", "№")
    await forum.telegram.idle()
    assert "3" in (await organizer.screen())
