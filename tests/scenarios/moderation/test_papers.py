"""The questions to take away, read back as the recipient of the file reads them."""

from __future__ import annotations

import csv
import io
import re
import zipfile

import docx
from python_calamine import CalamineWorkbook

from tests.conftest import Forum, register
from tests.scenarios.steps import ask, moderator_of, said, sessions
from tests.screen import read
from tests.telegram import Person

FORMULA = '=HYPERLINK("http://evil.example";"нажми"), «кавычки»\nи строка'
KAZAKH = "Әлеуметтік жобаларға ғылыми ұйымдар қалай қатысады? ӘҒҚҢӨҰҮҺІ әғқңөұүһі"


async def paper(forum: Forum, person: Person, data: str, count: int, language: str = "ru") -> tuple[str, bytes]:
    """The name and content of the file that a press of this button brings."""
    await person.look_away()
    assert (await person.press(data)).answered
    sent = (await person.sees(said("papers.caption", language, n=count))).document
    assert sent is not None
    return sent["file_name"], await forum.telegram.file(sent["file_id"])


def cells(raw: bytes) -> list[dict[str, object]]:
    """The rows of a spreadsheet by the names of its columns."""
    head, *rows = CalamineWorkbook.from_filelike(io.BytesIO(raw)).get_sheet_by_index(0).to_python()
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


def parts(raw: bytes) -> str:
    """Everything that is written anywhere in an Office file."""
    with zipfile.ZipFile(io.BytesIO(raw)) as file:
        return "\n".join(file.read(name).decode("utf-8", "replace") for name in file.namelist())


async def anonymous(person: Person, session: str, text: str) -> None:
    await person.start(f"q_{session}")
    await person.press("qa:")
    await person.sees(said("questions.form_anonymous"))
    await person.send(text)
    await person.sees("🧾")


async def test_a_session_as_a_spreadsheet(forum: Forum) -> None:
    organizer = await forum.organizer()
    code, other = (one.code for one in sessions(forum)[:2])
    moderator = await moderator_of(forum, organizer, code, "Марат")
    delegate = await forum.delegate("Айгерім")
    await ask(delegate, code, KAZAKH)
    await ask(delegate, code, FORMULA)
    await ask(delegate, other, "Вопрос к другой сессии")
    await moderator.press("kd:1:approve")
    await delegate.sees("№1", "✅")
    await moderator.send("/moderate")
    await moderator.press(f"ks:{code}")
    await moderator.press("ym:")
    await moderator.sees("📄", said("papers.count", n=2))
    name, raw = await paper(forum, moderator, f"yf:{code}:xlsx", 2)
    assert name == f"{code}-2026-11-26.xlsx"
    first, second = cells(raw)
    assert first["Вопрос"] == KAZAKH
    assert first["Автор"] == "Айгерім"
    assert first["Делегация"] == "Город Шымкент"
    assert first["Состояние"] == said("questions.state_approved")
    assert first["Кто решил"] == "Марат"
    assert second["Вопрос"] == FORMULA
    assert second["Решён"] == ""
    assert "<f>" not in parts(raw)  # not one formula in the workbook
    assert "<hyperlink" not in parts(raw)


async def test_nobody_anonymous_is_named_or_placed(forum: Forum) -> None:
    organizer = await forum.organizer()
    code = sessions(forum)[0].code
    named = await forum.delegate("Айгерім", "ru")
    hidden = await forum.telegram.person("Ерлан", "ru", last_name="Тайный", username="taynyi")
    await register(hidden, "rd:abai")
    await ask(named, code, "Вопрос с именем автора")
    await anonymous(hidden, code, "Вопрос без имени автора")
    await organizer.press("kd:2:approve")
    await organizer.sees("№2")

    await organizer.send("/export")
    await organizer.sees(said("papers.forum"))
    for kind in ("xlsx", "docx", "csv"):
        _, raw = await paper(forum, organizer, f"yf::{kind}", 2)
        text = raw.decode("utf-8-sig") if kind == "csv" else parts(raw)
        assert "Вопрос без имени автора" in text
        assert "Айгерім" in text
        assert "Шымкент" in text
        for secret in ("Ерлан", "Тайный", "taynyi", str(hidden.id), "Абай"):
            assert secret not in text, (kind, secret)
    await organizer.press("ys:")
    summary = await organizer.sees("🗣", said("papers.delegations", n=1), said("papers.anonymous", count=1))
    assert "Абай" not in summary.text


async def test_a_document_to_print(forum: Forum) -> None:
    organizer = await forum.organizer("kk")
    first, second = sessions(forum)[:2]
    delegate = await forum.delegate("Айгерім")
    voter = await forum.delegate("Ерлан")
    await ask(voter, second.code, "Екінші сессияға қойылған сұрақ")
    for text in (KAZAKH, "Жауап берілетін сұрақ", "Дөрекі сұрақ"):
        await ask(delegate, first.code, text)
    await organizer.press("kd:2:approve")
    await organizer.sees("№2")
    await organizer.press("kd:3:answer")
    await organizer.send("Жауабы осы")
    await organizer.sees(said("moderation.done_answer", "kk", number=3))
    await organizer.press("kd:4:decline")
    await organizer.press("kr:4:rude")
    await voter.start(f"s_{first.code}")
    await voter.press("f:")
    await voter.press("v:2:1")

    await organizer.send("/export")
    name, raw = await paper(forum, organizer, "yf::docx", 4, "kk")
    assert name == "forum-2026-11-26.docx"
    document = docx.Document(io.BytesIO(raw))
    lines = [read(paragraph.text) for paragraph in document.paragraphs]
    styles = {paragraph.text: paragraph.style.name for paragraph in document.paragraphs if paragraph.style}
    title, other = (one.title.say("kk") for one in (first, second))
    assert styles[forum.programme.forum.title.say("kk")] == "Title"
    assert styles[title] == styles[other] == "Heading 1"
    assert lines.index(title) < lines.index("№2 · мақұлданды, тізімде") < lines.index("№3 · жазбаша жауап берілді")
    assert lines.index("№3 · жазбаша жауап берілді") < lines.index(other)
    assert KAZAKH in lines
    assert "Дөрекі сұрақ" not in lines  # what was declined is not handed round
    assert said("papers.left_out", "kk", n=1) in lines
    assert any("Жауабы осы" in line and "Динара" in line for line in lines)
    assert "PAGE" in document.sections[0].footer._element.xml
    assert "python-docx" not in parts(raw)
    assert 'w:val="kk-KZ"' in parts(raw)


async def test_the_summary_is_read_aloud(forum: Forum) -> None:
    organizer = await forum.organizer("en")
    code = sessions(forum)[0].code
    first, second = await forum.delegate("Ася"), await forum.telegram.person("Ерлан", "kk")
    await register(second, "rd:abai")
    for number in range(1, 4):
        await ask(first, code, f"Question number {number}")
    await ask(second, code, "Question number 4")
    for number in (1, 2, 4):
        await organizer.press(f"kd:{number}:approve")
        await organizer.sees(f"№{number}")
    await second.start(f"s_{code}")
    await second.press("f:")
    await second.press("v:2:1")
    await organizer.press("kd:1:asked")
    await organizer.sees("№1")
    await organizer.send("/moderate")
    await organizer.press(f"ks:{code}")
    await organizer.press("ym:")
    await organizer.press("ys:")
    seen = (await organizer.sees("🗣")).text
    assert said("papers.received", "en", n=4) in seen
    assert said("papers.delegations", "en", n=2) in seen
    assert said("papers.asked", "en", count=1) in seen
    assert said("papers.waiting", "en", count=2) in seen
    assert said("papers.pending", "en", count=1) in seen
    leading = re.findall(r"Question number \d", seen)
    assert leading == ["Question number 2", "Question number 1", "Question number 4"]
    await organizer.press("ym:")
    await organizer.press("ks:")
    await organizer.sees(sessions(forum)[0].title.say("en"))


async def test_as_csv_that_no_spreadsheet_runs(forum: Forum) -> None:
    organizer = await forum.organizer()
    await organizer.send("/export")
    empty = await organizer.sees(said("papers.empty"))
    assert empty.buttons == []
    delegate = await forum.delegate("Айгерім")
    await ask(delegate, sessions(forum)[0].code, FORMULA)
    await organizer.press("kd:1:answer")
    await organizer.sees("№1")
    await organizer.send("+7 апреля")
    await organizer.sees(said("moderation.done_answer", number=1))
    await organizer.send("/export")
    _, raw = await paper(forum, organizer, "yf::csv", 1)
    assert raw.startswith(b"\xef\xbb\xbf")
    head, row = csv.reader(io.StringIO(raw.decode("utf-8-sig")))
    assert len(head) == len(row)
    assert f"'{FORMULA}" in row
    assert "'+7 апреля" in row


async def test_papers_are_for_those_who_moderate_the_session(forum: Forum) -> None:
    organizer = await forum.organizer()
    mine, other = (one.code for one in sessions(forum)[:2])
    moderator = await moderator_of(forum, organizer, mine, "Марат")
    stranger = await forum.delegate("Ася", "ru")
    await ask(stranger, mine, "Какой-то вопрос")
    card = await moderator.sees("№1")
    await forum.telegram.idle()
    for person, data in ((moderator, f"yf:{other}:xlsx"), (moderator, "ys:"), (stranger, f"yf:{mine}:docx")):
        await person.look_away()
        answer = await person.press_data(data, card.id)
        assert answer.alert
        await person.quiet()
    await moderator.send("/export")
    await moderator.sees(said("refusal.not_organizer"))
    assert (await organizer.press_data(f"yf:{mine}:exe", card.id)).text == said("refusal.stale")
