"""Who did what: read by organizers, and of one question by its moderators."""

from __future__ import annotations

import asyncio

import pytest

from bot.actions.staff.audit import PAGE
from tests.conftest import Forum
from tests.scenarios.second_reader import tables
from tests.scenarios.steps import ask, moderator_of, now_in, said, sessions


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
async def test_organizers_read_who_did_what_newest_first(forum: Forum, language: str) -> None:
    organizer = await forum.organizer(language)
    code = sessions(forum)[0].code
    one = await moderator_of(forum, organizer, code, "Марат <b>")
    await ask(await forum.delegate("Айгерім"), code, "Кімнің сұрағы?")
    card = await one.sees("Кімнің сұрағы?")
    await one.press("kd:1:approve", card)
    await one.press("ku:", card)
    await organizer.send("/audit")
    page = await organizer.sees(said("audit.title", language))
    lines = [line for line in page.text.splitlines() if " · " in line]
    assert [line.split(" · ", 1)[1] for line in lines] == [
        f"№1 {said('audit.undo', language)} · Марат <b>",
        f"№1 {said('audit.approve', language)} · Марат <b> ({said('audit.undone', language)})",
        f"{said('audit.role_given', language)} · Динара",
    ]
    assert "Айгерім" not in page.text  # asking is not a staff action


async def test_pages_people_and_sessions(forum: Forum) -> None:
    organizer = await forum.organizer()
    one, other = await forum.moderator(organizer, "Марат"), await forum.moderator(organizer, "Алия")
    first, second = (session.code for session in sessions(forum)[:2])
    delegates = [await forum.delegate(f"Делегат {number}", "ru") for number in range(5)]
    numbers = [await ask(person, first, f"Вопрос номер {turn}?") for person in delegates for turn in range(3)]
    numbers.append(await ask(await forum.delegate("Ещё один", "ru"), second, "Вопрос другой сессии?"))
    await forum.telegram.idle()
    await asyncio.gather(*(one.press(f"kd:{number}:approve") for number in numbers[:-1]))
    await other.press(f"kd:{numbers[-1]}:approve")
    await organizer.send("/audit")
    page = await organizer.sees(said("audit.title"))
    assert page.text.count(" · ") == 2 * PAGE
    assert "Алия" in page.text
    await organizer.press("›", page)
    assert "Алия" not in (await now_in(organizer, page)).text

    await organizer.press("kf:person", page)
    await organizer.press("Алия", page)
    hers = await now_in(organizer, page)
    assert f"№{numbers[-1]} {said('audit.approve')} · Алия" in hers.text
    assert "Марат" not in hers.text
    await organizer.press("kf:session", page)
    await organizer.press(f"ka:0:{first}", page)
    here = await now_in(organizer, page)
    assert "Марат" in here.text
    assert "Алия" not in here.text
    await organizer.press("ka:0::0", page)
    assert "Алия" in (await now_in(organizer, page)).text


async def test_nobody_else_reads_it(forum: Forum) -> None:
    organizer = await forum.organizer()
    moderator = await forum.moderator(organizer)
    delegate = await forum.delegate("Ася", "ru")
    for person in (moderator, delegate):
        await person.send("/audit")
        await person.sees(said("refusal.not_organizer"))
        shown = await person.last()
        for data in ("go:audit", "ka:0::0", "kf:person:0", "kf:session:0"):
            assert (await person.press_data(data, shown.id)).text == said("refusal.not_organizer")


async def test_the_history_of_a_question_and_the_way_back(forum: Forum) -> None:
    organizer = await forum.organizer()
    code, elsewhere = (session.code for session in sessions(forum)[:2])
    moderator = await moderator_of(forum, organizer, code, "Марат")
    stranger = await moderator_of(forum, organizer, elsewhere, "Иван")
    await ask(await forum.delegate(), code, "Что со мной было?")
    card = await moderator.sees("Что со мной было?")
    await moderator.press("kd:1:approve", card)
    await moderator.press("kd:1:decline", card)
    await moderator.press("kr:1:rude", card)
    await moderator.press("km:1", card)
    await moderator.press("kh:1", card)
    journal = await now_in(moderator, card)
    assert journal.text.index(said("audit.decline")) < journal.text.index(said("audit.approve"))
    await moderator.press("kc:1", card)
    assert "Что со мной было?" in (await now_in(moderator, card)).text
    assert (await stranger.press_data("kh:1:-", (await stranger.last()).id)).text == said("refusal.not_moderator")


async def test_who_erased_their_data_did_it_without_a_name(forum: Forum) -> None:
    organizer = await forum.organizer()
    moderator = await forum.moderator(organizer, "Марат")
    author = await forum.delegate("Ася", "ru")
    await ask(author, sessions(forum)[0].code, "Кто это решил?")
    await moderator.press("kd:1:approve")
    await moderator.send("/mydata")
    file = (await moderator.sees(said("privacy.mydata_caption"))).document
    assert file is not None
    assert '"deed": "approve"' in (await forum.telegram.file(file["file_id"])).decode()
    await moderator.send("/forget")
    await moderator.press("fg:1")
    await moderator.look_away()
    await organizer.send("/audit")
    page = await organizer.sees(said("audit.title"))
    assert "Марат" not in page.text
    assert f"{said('audit.approve')} · {said('audit.gone')}" in page.text
    assert moderator.id not in {row["actor"] for row in tables(forum.folder)["audit"]}
