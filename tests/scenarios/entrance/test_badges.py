"""The badge sheet, read back from the PDF: who is on it, in which order, and what its codes lead to."""

from __future__ import annotations

from bot.papers.badges import link_of
from tests.conftest import Forum, register
from tests.scenarios.entrance.doors import (
    code_of,
    document,
    here,
    leads_to,
    open_entrance,
    own_badge,
    scan,
)
from tests.scenarios.second_reader import tables
from tests.scenarios.steps import said
from tests.telegram import Person

KAZAKH = "Әсия Ғұмарқызы Қыдыралиева-Өтегенұлы Ңһі"


async def named(forum: Forum, name: str, delegation: str, language: str = "ru") -> Person:
    person = await forum.telegram.person(name, language)
    await register(person, f"rd:{delegation}")
    return person


async def open_badges(organizer: Person) -> None:
    await open_entrance(organizer)
    await organizer.press("go:badges")
    await organizer.sees(said("badges.title"), said("badges.how"))


async def sheet(forum: Forum, organizer: Person, data: str, count: int) -> list[str]:
    """The words of each page of the sheet that this button brings."""
    _, found = await document(forum, organizer, data, said("badges.caption", n=count))
    return [page.text for page in found]


async def test_a_sheet_of_everybody_is_in_order_and_its_codes_let_in(forum: Forum) -> None:
    organizer = await forum.organizer()
    moderator = await forum.moderator(organizer)
    codes = [one.code for one in forum.programme.delegations]
    second = await named(forum, "Борис", codes[1])
    first = await named(forum, KAZAKH, codes[1], "kk")
    last = await named(forum, "Zoe", codes[-1], "en")
    await open_badges(organizer)
    name, pages = await document(forum, organizer, "bd:all:", said("badges.caption", n=5))
    assert name == "badges-2026-11-26-0915.pdf"
    [page] = pages
    assert page.text.index("Борис") < page.text.index("Әсия") < page.text.index("Zoe")
    assert KAZAKH in page.text.replace("- ", "-")  # broken after its hyphen
    for words in ("Организатор", "Модератор"):
        assert words.upper() in page.text
    assert forum.programme.delegations[1].name.say("kk") in page.text
    assert forum.programme.delegations[-1].name.say("en") in page.text
    username = forum.application.hall.username
    for person in (organizer, moderator, first, second, last):
        assert leads_to(page, link_of(username, code_of(forum, person)))
    assert "✅" in (await scan(forum, moderator, code_of(forum, first))).text
    assert here(forum) == {first.id}


async def test_only_new_people_are_printed_and_printing_again_keeps_the_code(forum: Forum) -> None:
    organizer = await forum.organizer()
    early = await forum.delegate("Ранний", "ru")
    code = await own_badge(forum, early)  # opened on the phone, and on no sheet yet
    await open_badges(organizer)
    assert said("badges.new", count=2) in await organizer.buttons()
    await sheet(forum, organizer, "bd:new:", 2)
    late = await forum.delegate("Поздний", "ru")
    await open_badges(organizer)
    [words] = await sheet(forum, organizer, "bd:new:", 1)
    assert "Поздний" in words
    assert "Ранний" not in words
    await organizer.press("bd:all:")
    await organizer.sees(said("badges.caption", n=3))
    assert code_of(forum, early) == code
    answer = await organizer.press_data("bd:new:", (await organizer.last()).id)
    assert answer.text == said("badges.nobody")

    await organizer.press_data(f"bdr:{late.id}:1", (await organizer.last()).id)
    await open_badges(organizer)
    [words] = await sheet(forum, organizer, "bd:new:", 1)  # a new code is to be printed
    assert "Поздний" in words
    assert [row["deed"] for row in tables(forum.folder)["audit"]].count("badges_printed") == 4


async def test_one_delegation_and_one_person(forum: Forum) -> None:
    organizer = await forum.organizer()
    codes = [one.code for one in forum.programme.delegations]
    one, other = await named(forum, "Первый", codes[0]), await named(forum, "Второй", codes[2])
    await open_badges(organizer)
    await organizer.press("bdd:0")
    await organizer.sees(said("badges.choose_delegation"))
    [words] = await sheet(forum, organizer, f"bd:delegation:{codes[2]}", 1)
    assert ("Второй" in words, "Первый" in words) == (True, False)
    await organizer.press_data(f"ckf:{one.id}", (await organizer.last()).id)
    [words] = await sheet(forum, organizer, f"bd:person:{one.id}", 1)
    assert ("Второй" in words, "Первый" in words) == (False, True)
    for data in ("bd:delegation:", "bd:person:", "bd:person:-1", "bd:rich:"):
        answer = await organizer.press_data(data, (await organizer.last()).id)
        assert answer.text == said("refusal.stale"), data
    assert (await organizer.press_data("bd:delegation:gone", (await organizer.last()).id)).text == said("badges.nobody")
    assert {row["person"] for row in tables(forum.folder)["badges"]} == {one.id, other.id}
