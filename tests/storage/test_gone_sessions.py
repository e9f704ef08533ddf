"""What sessions that have left the programme were, what hangs on them, and moving it, on both engines."""

from __future__ import annotations

from storage import bookmarks, carrying, followers, gone_sessions, hanging, heirs, questions
from storage.database import Database, Transaction
from storage.gone_sessions import GoneSession
from storage.heirs import MovedQuestion
from storage.questions import APPROVED, PENDING


def asked(tx: Transaction, author: int, session: str, *, anonymous: bool = False) -> int:
    message = author + 100 * anonymous
    number = questions.ask(
        tx, session, author=author, message=message, anonymous=anonymous, language="ru", text="Когда?", now=1
    )
    assert number is not None
    return number


async def test_what_a_session_was_is_kept_until_it_is_back(tables: Database) -> None:
    first, second = GoneSession("a", {"code": "a"}, 5), GoneSession("b", None, 7)
    await tables.write(gone_sessions.leave, [first, second])
    await tables.write(gone_sessions.leave, [GoneSession("a", {"code": "a", "kind": "talk"}, 9)])
    kept = await tables.read(gone_sessions.everything)
    assert [(one.code, one.gone_at) for one in kept] == [("a", 9), ("b", 7)]
    assert kept[0].document == {"code": "a", "kind": "talk"}
    assert kept[1].document is None
    await tables.write(gone_sessions.come_back, ["a", "nowhere"])
    assert [one.code for one in await tables.read(gone_sessions.everything)] == ["b"]


async def test_codes_that_people_have_to_do_with_are_known(tables: Database) -> None:
    await tables.write(asked, 1, "opening")
    await tables.write(bookmarks.add, 1, "film", 1)
    assert await tables.read(gone_sessions.named) == {"opening", "film"}


async def test_what_hangs_is_counted_and_people_once(tables: Database) -> None:
    number = await tables.write(asked, 1, "film")
    await tables.write(asked, 2, "film")
    await tables.write(asked, 3, "opening")
    for person in (1, 4):
        await tables.write(bookmarks.add, person, "film", 1)
    await tables.write(followers.follow, number, person=5, now=1)
    await tables.write(questions.withdraw, 2, author=2, now=2)
    assert await tables.read(hanging.live) == {"film": 1, "opening": 1}
    assert await tables.read(hanging.stars) == {"film": 2}
    assert await tables.read(hanging.people, "film") == {(1, 0), (4, 0), (5, 0)}
    assert await tables.read(hanging.live_in, "film") == [number]
    assert await tables.read(hanging.live_of, 5) == [(number, "film")]
    assert await tables.read(hanging.live_of, 2) == []


async def test_a_count_of_people_tells_nobody_whose_a_question_without_a_name_is(tables: Database) -> None:
    await tables.write(asked, 1, "film")
    hidden = await tables.write(asked, 1, "film", anonymous=True)
    await tables.write(bookmarks.add, 1, "film", 1)
    assert await tables.read(hanging.people, "film") == {(1, 0), (0, hidden)}


async def test_stars_move_and_come_back(tables: Database) -> None:
    for person, session in ((1, "film"), (2, "film"), (2, "opening"), (3, "opening"), (4, "film")):
        await tables.write(bookmarks.add, person, session, 10 + person)
    assert len(await tables.write(heirs.move_stars, "film", "opening")) == 3
    assert await tables.read(hanging.stars) == {"opening": 4}
    assert await tables.read(heirs.stars_of, 1) == {"film": "opening"}
    assert await tables.read(heirs.moved_from) == {"film"}
    await tables.write(bookmarks.remove, 4, "opening")  # wants neither
    assert await tables.read(heirs.stars_to_return, "film") == 2
    assert await tables.write(heirs.return_stars, "film") == 2
    for person, codes in ((1, ["film"]), (2, ["film", "opening"]), (3, ["opening"]), (4, [])):
        assert sorted(await tables.read(bookmarks.of_person, person)) == codes
    assert await tables.write(heirs.return_stars, "film") == 0
    await tables.write(heirs.move_stars, "film", "opening")
    await tables.write(heirs.forget, 1)
    assert await tables.read(heirs.stars_of, 1) == {}


async def test_which_questions_were_moved_is_kept(tables: Database) -> None:
    number = await tables.write(asked, 1, "film")
    assert await tables.write(carrying.carry, number, session="opening", state=APPROVED, read=1)
    for revision in (2, 3):
        await tables.write(heirs.note_question, MovedQuestion("film", number, "opening", revision))
    assert await tables.read(heirs.moved_questions, "film") == [MovedQuestion("film", number, "opening", 3)]
    assert await tables.write(carrying.carry, number, session="film", state=PENDING, read=2)
    await tables.write(heirs.forget_questions, "film")
    assert await tables.read(heirs.moved_questions, "film") == []


async def test_the_draft_has_one_heir_for_each_session(tables: Database) -> None:
    for heir in ("opening", "closing"):
        await tables.write(heirs.choose, "film", heir)
    await tables.write(heirs.choose, "talk", "opening")
    assert await tables.read(heirs.of_draft) == {"film": "closing", "talk": "opening"}
    await tables.write(heirs.choose, "film", "")
    assert await tables.read(heirs.of_draft) == {"talk": "opening"}
    await tables.write(heirs.drop_all)
    assert await tables.read(heirs.of_draft) == {}
