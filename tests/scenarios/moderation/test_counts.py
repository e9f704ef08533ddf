"""The counts of one thing: whatever screen or paper says one, they agree or say what they count."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

import docx
import pytest

from bot.actions.moderation import hall
from bot.actions.people import participants as people_actions
from bot.actions.people import privacy
from storage import labelling, merges, questions
from storage.database import Transaction
from storage.questions import ANSWERED, APPROVED, ASKED, DECLINED, MERGED, PENDING, WITHDRAWN
from tests.conftest import Forum
from tests.scenarios.moderation.test_papers import cells
from tests.scenarios.second_reader import tables
from tests.scenarios.steps import said, sessions
from tests.screen import read as as_read
from tests.telegram import Person

LANGUAGES = ("kk", "ru", "en")
SKIPPED = "skipped"
# How many questions of each kind the session gets.
MADE = {
    PENDING: 3,
    APPROVED: 4,
    SKIPPED: 1,
    ASKED: 2,
    ANSWERED: 1,
    DECLINED: 2,
    MERGED: 2,
    WITHDRAWN: 1,
}
# An author who erased their data leaves one asked, which stays, one merged and one pending, which are withdrawn then.
FORGOTTEN = {ASKED: 1, MERGED: 1, PENDING: 1}
NOW = {
    PENDING: 3,
    APPROVED: 5,
    ASKED: 3,
    ANSWERED: 1,
    DECLINED: 2,
    MERGED: 2,
    WITHDRAWN: 3,
}
RECEIVED = sum(count for state, count in NOW.items() if state != WITHDRAWN)


async def fill(forum: Forum, moderator: Person) -> str:
    """The questions, and people of every kind; the session's code."""
    code = sessions(forum)[0].code
    author = await forum.delegate("Ася")
    leaver = await forum.delegate("Ербол")
    blocker, muted = await forum.delegate("Самат"), await forum.delegate("Дана")
    await forum.telegram.person("Никто", "ru")  # who never registered
    await blocker.block()
    await forum.telegram.idle()
    now = forum.clock.seconds()

    def write(tx: Transaction) -> None:
        people_actions.mute(tx, muted.id, True)
        target = make(tx, code, author.id, APPROVED, moderator=moderator.id, now=now)
        for kind, count in MADE.items():
            for _ in range(count - (kind == APPROVED)):
                make(
                    tx,
                    code,
                    author.id,
                    kind,
                    moderator=moderator.id,
                    now=now,
                    target=target,
                )
        for kind in FORGOTTEN:
            make(tx, code, leaver.id, kind, moderator=moderator.id, now=now, target=target)
        privacy.forget(tx, leaver.id, now)

    await forum.db.write(write)
    return code


serial = iter(range(1_000_000, 2_000_000))


def make(
    tx: Transaction,
    code: str,
    author: int,
    kind: str,
    *,
    moderator: int,
    now: int,
    target: int = 0,
) -> int:
    """A question of that kind, as the moderators leave it."""
    anonymous = kind in (PENDING, ASKED)
    number = questions.ask(
        tx,
        code,
        author=author,
        message=next(serial),
        anonymous=anonymous,
        language="ru",
        text=f"Вопрос {kind}",
        now=now,
    )
    assert number is not None
    labelling.put(tx, number, "law")
    steps = {PENDING: (), WITHDRAWN: (), MERGED: (), DECLINED: (DECLINED,)}.get(kind, (APPROVED, kind))
    before = PENDING
    for state in dict.fromkeys(steps):
        if state != SKIPPED:
            assert questions.decide(tx, number, expected=before, state=state, moderator=moderator, now=now, answer="Да")
            before = state
    question = questions.get(tx, number)
    assert question is not None
    if kind == SKIPPED:
        assert questions.skip(tx, number, question.revision)
    if kind == WITHDRAWN:
        assert questions.withdraw(tx, number, author=author, now=now)
    if kind == MERGED:
        beside = questions.get(tx, target)
        assert beside is not None
        assert merges.merge(
            tx, number, target=target, moderator=moderator, read=question.revision, beside=beside.revision, now=now
        )
    return number


def states(forum: Forum) -> dict[str, int]:
    found = [row["state"] for row in tables(forum.folder)["questions"]]
    return {state: found.count(state) for state in NOW}


async def file(forum: Forum, person: Person, data: str, caption: str) -> bytes:
    await person.look_away()
    await person.press_data(data, (await person.last()).id)
    sent = (await person.sees(caption)).document
    assert sent is not None
    return await forum.telegram.file(sent["file_id"])


def all_said(text: str, words: Iterable[str]) -> None:
    for one in words:
        assert one in text, (one, text)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_screen_and_every_paper_counts_the_same_questions(forum: Forum, language: str) -> None:
    organizer = await forum.organizer(language)
    code = await fill(forum, organizer)
    assert states(forum) == NOW
    moment = forum.clock.now().astimezone(forum.programme.forum.zone)
    withdrawn = said("papers.withdrawn", language, count=NOW[WITHDRAWN])

    # What the counts add up to is said in one way.
    counted = [
        said("papers.asked", language, count=NOW[ASKED]),
        said("papers.answered", language, count=NOW[ANSWERED]),
        said("papers.waiting", language, count=NOW[APPROVED]),
        said("papers.pending", language, count=NOW[PENDING]),
        said("papers.declined", language, count=NOW[DECLINED]),
        said("papers.merged", language, count=NOW[MERGED]),
        withdrawn,
    ]
    for of in (code, ""):
        await organizer.look_away()
        if of:
            await organizer.send("/moderate")
            desk = await organizer.sees("🛎", said("moderation.waiting", language, n=NOW[PENDING]))
            await organizer.press(f"ks:{of}", desk)
            await forum.telegram.idle()
            await organizer.press("ym:")
        else:
            await organizer.send("/export")
        menu = await organizer.sees("📄", said("papers.count", language, n=RECEIVED))
        all_said(menu.text, [withdrawn, f"{moment:%H:%M}"])
        await organizer.press("ys:", menu)
        read = await organizer.sees("🗣", said("papers.received", language, n=RECEIVED))
        all_said(read.text, [*counted, f"{moment:%H:%M}"])

        caption = said("papers.caption", language, n=RECEIVED)
        paper = docx.Document(io.BytesIO(await file(forum, organizer, f"yf:{of}:docx", caption)))
        text = as_read("\n".join(one.text for one in paper.paragraphs))
        all_said(text, [said("papers.received", language, n=RECEIVED), *counted, f"{moment:%H:%M}"])
        printed = sum(bool(re.match(r"№\d+ · ", as_read(one.text))) for one in paper.paragraphs)
        left_out = NOW[DECLINED] + NOW[MERGED] + NOW[WITHDRAWN]
        assert printed == RECEIVED - NOW[DECLINED] - NOW[MERGED]
        assert said("papers.left_out", language, n=left_out) in text
        assert printed + left_out == sum(NOW.values())

        table = cells(await file(forum, organizer, f"yf:{of}:xlsx", caption))
        assert len(table) == sum(NOW.values())
        sent = await organizer.last()
        all_said(sent.text, [caption, withdrawn, f"{moment:%H:%M}"])
    raw = await file(forum, organizer, "yf::csv", said("papers.caption", language, n=RECEIVED))
    assert len(list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))) - 1 == sum(NOW.values())

    await organizer.send("/stats")
    seen = await organizer.sees("📊", said("stats.questions", language, count=RECEIVED))
    all_said(seen.text, [withdrawn, f"{moment:%H:%M}"])
    for state, count in NOW.items():
        if state != WITHDRAWN:
            assert f"{said(f'questions.state_{state}', language)}: {count}" in seen.text


async def test_a_button_says_how_many_its_list_has(forum: Forum) -> None:
    organizer = await forum.organizer("en")
    code = await fill(forum, organizer)
    public = NOW[APPROVED] + NOW[ASKED] + NOW[ANSWERED]
    ready = NOW[APPROVED] - MADE[SKIPPED]
    await organizer.send("/moderate")
    desk = await organizer.sees("🛎")
    found = desk.button(f"ks:{code}")
    assert found is not None
    assert found["text"].startswith(f"⏳ {NOW[PENDING]} · ✅ {ready} · ")
    await organizer.press(f"ks:{code}", desk)
    await forum.telegram.idle()
    screen = await organizer.last()
    assert said("stage.skipped", "en", count=MADE[SKIPPED]) in screen.text
    labels = screen.buttons
    assert said("moderation.to_read", "en", count=NOW[PENDING]) in labels
    assert said("moderation.to_ask", "en", count=ready) in labels
    assert said("questions.feed", "en", count=public) in labels
    assert len(await forum.db.read(questions.feed, code)) == public
    assert len(await forum.db.read(questions.ready, code, "", 100)) == ready
    assert len(await forum.db.read(questions.waiting, code, "", 100)) == NOW[PENDING]
    # The card that everybody has, the stage and the hall.
    await organizer.start(f"s_{code}")
    await forum.telegram.idle()
    assert said("questions.feed", "en", count=public) in (await organizer.last()).buttons
    runs, programme = forum.application.current.runs, forum.application.current.programme
    facts = await forum.db.read(hall.facts, programme, runs, code, forum.clock.now())
    assert facts.ready == ready
    await organizer.send("/moderate")
    await organizer.press(f"ks:{code}")
    await organizer.press("to:")
    stage = await organizer.sees(said("stage.behind", "en", n=ready - 1))
    assert said("stage.skipped", "en", count=MADE[SKIPPED]) in stage.buttons


async def test_a_card_counts_those_that_are_merged_into_it_still(forum: Forum) -> None:
    organizer = await forum.organizer("en")
    code = await fill(forum, organizer)
    target = next(row["merged_into"] for row in tables(forum.folder)["questions"] if row["merged_into"])
    await organizer.send("/moderate")
    await organizer.press(f"ks:{code}")
    await organizer.press(f"kn:{code}:a")
    card = await organizer.sees(f"№{target}")
    assert said("moderation.merged", "en", n=NOW[MERGED]) in card.text


async def test_everybody_registered_is_one_number(forum: Forum) -> None:
    organizer = await forum.organizer("en")
    await fill(forum, organizer)
    registered = sum(bool(row["registered_at"]) for row in tables(forum.folder)["participants"])
    await organizer.send("/stats")
    seen = (await organizer.sees("📊")).text
    assert said("stats.people", "en", count=registered) in seen
    of_languages = re.findall(r"^• (?:Қазақша|English|Русский): (\d+)$", seen, re.MULTILINE)
    assert sum(map(int, of_languages)) == registered
    await organizer.press("spr")
    picture = await organizer.sees(said("stats.by_delegation", "en"))
    assert said("stats.people", "en", count=registered) in picture.text
    await organizer.send("/entrance")
    await organizer.sees(said("presence.count", "en", here=0, people=registered))
    await organizer.send("/announce")
    await organizer.sees("📣")
    await organizer.send("Hello")
    desk = await organizer.sees("📣", "№1")
    # Next to it is who does not get it.
    assert f": {registered - 2}" in desk.text
    assert said("announcements.muted", "en", count=1) in desk.text
    assert said("announcements.out_of_reach", "en", count=1) in desk.text
