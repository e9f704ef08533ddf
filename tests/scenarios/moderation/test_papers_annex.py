"""The document to print names who decided; its annex, for those who choose it, has what was not put, and why."""

from __future__ import annotations

import io
from collections import Counter

import docx
import pytest

from storage.database import Transaction
from tests.conftest import Forum
from tests.scenarios.moderation.test_papers import anonymous, paper
from tests.scenarios.second_reader import tables
from tests.scenarios.steps import ask, said, sessions
from tests.screen import read
from tests.telegram import Person

LANGUAGES = ("kk", "ru", "en")
OWN_WORDS = "=Жауабы сайтта: https://example.org"
TEXTS = (
    "Бюджет қашан жарияланады?",
    "Волонтёрлерге сертификат беріле ме?",
    "Дөрекі сұрақ мұнда қойылған",
    "Өз себебімен қабылданбаған",
    "Қашан жарияланады бюджет, айтыңызшы?",
    "Қайтарып алынған сұрақ бірінші",
    "Деректері өшірілген автордың сұрағы",
)


async def decided(forum: Forum, language: str) -> Person:
    """The organizer of a forum that has a session with a question in every state that people bring about, and another
    with one that is declined."""
    organizer = await forum.organizer(language)
    author, gone = await forum.delegate("Айгерім"), await forum.delegate("Нұрлан")
    code, other = (one.code for one in sessions(forum)[:2])
    for text in TEXTS[:3]:
        await ask(author, code, text)
    second = await forum.delegate("Ерлан")
    for text in TEXTS[3:6]:
        await ask(second, code, text)
    await ask(gone, code, TEXTS[6])
    await anonymous(await forum.delegate("Құпия", "ru"), other, "Басқа сессияның жасырын сұрағы")
    await forum.telegram.idle()
    for number, press in ((1, "approve"), (2, "approve"), (2, "asked")):
        await organizer.press(f"kd:{number}:{press}")
    await organizer.press("kd:3:decline")
    await organizer.press("kr:3:rude")
    await organizer.press("kd:8:decline")
    await organizer.press("kr:8:none")
    await organizer.press("kd:4:decline")
    await organizer.press("kr:4:own")
    await organizer.send(OWN_WORDS)
    await organizer.sees(said("moderation.done_decline", language, number=4))
    await organizer.press("jy:5:1:")
    await second.send("/questions")
    await second.press("m1:6")
    await second.press("mw:6:0")
    await second.press("mw:6:1")
    await gone.send("/forget")
    await gone.press("fg:1")
    await forum.telegram.idle()
    return organizer


async def printed(forum: Forum, person: Person, data: str, count: int, language: str) -> tuple[str, list[str]]:
    name, raw = await paper(forum, person, data, count, language)
    return name, [read(one.text) for one in docx.Document(io.BytesIO(raw)).paragraphs]


def entry(lines: list[str], number: int) -> list[str]:
    """The lines of a question, from its number to the next heading."""
    start = next(place for place, line in enumerate(lines) if line.startswith(f"№{number} "))
    end = next((place for place in range(start + 1, len(lines)) if lines[place].startswith("№")), len(lines))
    return lines[start:end]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_annex_has_what_was_not_put_with_its_reason(forum: Forum, language: str) -> None:
    organizer = await decided(forum, language)
    await organizer.send("/export")
    menu = await organizer.sees("📄")
    assert menu.button(said("papers.docx_annex", language))
    assert len(menu.rows) <= 8
    name, lines = await printed(forum, organizer, "yf::annex", 6, language)
    assert name == "forum-2026-11-26-annex.docx"
    annex = lines.index(said("papers.annex", language))
    assert said("papers.in_annex", language, n=5) in lines[:annex]
    above, below = lines[:annex], lines[annex:]
    by = said("papers.decided_by", language, name="Динара")
    assert by in entry(above, 1)
    assert by in entry(above, 2)
    held, other = (one.title.say(language) for one in sessions(forum)[:2])
    heads = [line.split()[0] for line in below if line.startswith("№") or line in (held, other)]
    assert heads == [held.split()[0], "№3", "№4", "№5", "№6", "№7", other.split()[0], "№8"]
    assert said("questions.reason", language, text=said("reason.rude", language)) in entry(below, 3)
    assert said("questions.reason", language, text=OWN_WORDS) in entry(below, 4)
    assert entry(below, 5)[0] == f"№5 · {said('questions.state_merged', language)} → №1"
    for number in (3, 4, 5, 8):
        assert by in entry(below, number)
    for number in (6, 7):
        author = said("papers.the_author", language)
        assert said("papers.decided_by", language, name=author) in entry(below, number)
    assert entry(below, 6)[1] == TEXTS[5]
    assert entry(below, 7)[1] == said("moderation.erased", language)
    assert said("questions.anonymous", language) in entry(below, 8)
    assert not any(line.startswith(said("questions.reason", language, text="")) for line in entry(below, 8))


@pytest.mark.parametrize("language", LANGUAGES)
async def test_without_it_nothing_declined_is_handed_round(forum: Forum, language: str) -> None:
    organizer = await decided(forum, language)
    await organizer.send("/export")
    name, lines = await printed(forum, organizer, "yf::docx", 6, language)
    assert name == "forum-2026-11-26.docx"
    assert said("papers.left_out", language, n=5) in lines
    assert said("papers.annex", language) not in lines
    for text in (*TEXTS[2:], OWN_WORDS, "жасырын"):
        assert not any(text in line for line in lines)


async def test_where_all_is_printed_there_is_no_annex(forum: Forum) -> None:
    organizer = await forum.organizer()
    await ask(await forum.delegate("Айгерім"), sessions(forum)[0].code, TEXTS[0])
    card = await organizer.sees("№1")
    await organizer.send("/export")
    assert not (await organizer.sees("📄")).button(said("papers.docx_annex"))
    await organizer.press("kd:1:decline", card)
    await organizer.press("kr:1:none", card)
    await organizer.send("/export")
    menu = await organizer.sees("📄")
    await organizer.press("ku:", card)
    await organizer.press(said("papers.docx_annex"), menu)
    sent = (await organizer.sees(said("papers.caption", n=1))).document
    assert sent is not None
    lines = [read(one.text) for one in docx.Document(io.BytesIO(await forum.telegram.file(sent["file_id"]))).paragraphs]
    assert TEXTS[0] in lines
    assert said("papers.annex") not in lines
    assert not any(line.startswith(said("papers.decided_by", name="")) for line in lines), "nobody has decided yet"


async def test_what_is_closed_has_its_place_and_the_counts_add_up(forum: Forum) -> None:
    organizer = await decided(forum, "ru")

    def close(tx: Transaction) -> None:
        tx.run(
            "UPDATE questions SET state = 'closed', reason = 'Не хватило времени', decided_by = NULL WHERE number = 1"
        )

    await forum.db.write(close)
    await organizer.send("/export")
    _, lines = await printed(forum, organizer, "yf::annex", 6, "ru")
    below = lines[lines.index(said("papers.annex")) :]
    closed = entry(below, 1)
    assert closed[0] == f"№1 · {said('questions.state_closed')}"
    assert said("questions.closing", text="Не хватило времени") in closed
    states = Counter(row["state"] for row in tables(forum.folder)["questions"])
    assert states == {"closed": 1, "asked": 1, "declined": 3, "merged": 1, "withdrawn": 2}
    other = said("papers.closed", count=1)
    counted = [said("papers.asked", count=1), said("papers.declined", count=3), said("papers.merged", count=1), other]
    summary = [line for line in lines if line in counted]
    assert summary == counted
    assert said("papers.received", n=6) in lines
    await organizer.press("ys:")
    await organizer.sees("🗣", other)
