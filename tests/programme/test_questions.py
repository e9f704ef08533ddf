"""What people ask of a programme: what is on, what clashes, where a word is, what goes into a calendar."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest

from bot.programme.clashes import clashes
from bot.programme.estimates import NO_RUNS
from bot.programme.ics import calendar
from bot.programme.load import load_file, read_programme
from bot.programme.model import Day, Forum, Programme, Room, Session, Speaker, Text, Topic
from bot.programme.now import next_up, now
from bot.programme.search import Index
from tests.programme.schedules import as_json, pretalx
from tests.programme.test_readers import SAMPLE

ALMATY = ZoneInfo("Asia/Almaty")
DATE = dt.date(2026, 11, 26)


def at(clock: str) -> dt.datetime:
    return dt.datetime.combine(DATE, dt.time.fromisoformat(clock), ALMATY)


def held(code: str, start: str, end: str, *, title: str = "", cancelled: bool = False, **more: Any) -> Session:
    return Session(
        code,
        "talk",
        Text(title or code),
        at(start),
        at(end),
        DATE,
        cancelled=cancelled,
        **more,
    )


def programme_of(*sessions: Session, **more: Any) -> Programme:
    forum = Forum(Text("Форум"), place=Text("Түркістан"), point=(43.3, 68.27), timezone="Asia/Almaty")
    return Programme(forum, days=(Day(DATE),), sessions=sessions, **more)


def codes(sessions: tuple[Session, ...]) -> list[str]:
    return [session.code for session in sessions]


def test_now_and_next() -> None:
    programme = programme_of(
        held("long", "08:00", "18:00"),
        held("a", "10:00", "11:00"),
        held("b", "11:00", "12:00"),
        held("c", "11:00", "12:00"),
        held("off", "10:30", "12:00", cancelled=True),
    )
    assert codes(now(programme, NO_RUNS, at("07:59"))) == []
    assert codes(now(programme, NO_RUNS, at("10:59"))) == ["long", "a"]
    assert codes(now(programme, NO_RUNS, at("11:00").astimezone(dt.UTC))) == ["long", "b", "c"]
    assert codes(now(programme, NO_RUNS, at("18:00"))) == []
    assert codes(next_up(programme, NO_RUNS, at("10:00"))) == ["b", "c"]
    assert codes(next_up(programme, NO_RUNS, at("07:00"))) == ["long"]
    assert codes(next_up(programme, NO_RUNS, at("11:00"))) == []
    assert now(programme_of(), NO_RUNS, at("10:00")) == next_up(programme_of(), NO_RUNS, at("10:00")) == ()


def test_an_hour_that_the_clock_repeats_is_not_lost() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    date = dt.date(2026, 10, 25)
    first = dt.datetime(2026, 10, 25, 2, 30, tzinfo=berlin)
    second = first.replace(fold=1)
    night = Session("night", "talk", Text("x"), first, second, date)
    programme = Programme(Forum(Text("F"), timezone="Europe/Berlin"), (Day(date),), sessions=(night,))
    half_past = dt.datetime(2026, 10, 25, 1, 0, tzinfo=dt.UTC)
    assert now(programme, NO_RUNS, half_past) == (night,)
    again = Programme.from_document(programme.to_document())
    assert again.sessions[0].end.fold == 1
    assert again.sessions[0].end.timestamp() - again.sessions[0].start.timestamp() == 3600


def test_a_stored_programme_keeps_its_wall_times_when_a_country_moves() -> None:
    document = programme_of(held("a", "10:30", "11:00")).to_document()
    document["sessions"][0]["start"] = "2026-11-26T10:30:00+06:00"  # as it was before March 2024
    assert Programme.from_document(document).sessions[0].start == at("10:30")


def test_clashes_are_what_overlaps() -> None:
    a, b, c = held("a", "10:00", "11:00"), held("b", "10:30", "11:30"), held("c", "11:00", "12:00")
    off = held("off", "10:00", "12:00", cancelled=True)
    assert clashes((c, off, b, a)) == ((a, b), (b, c))
    assert clashes(()) == ()


def test_clashes_agree_with_comparing_everything() -> None:
    dice = random.Random(7)
    sessions = []
    for number in range(150):
        start = at("08:00") + dt.timedelta(minutes=dice.randrange(0, 600, 5))
        length = dt.timedelta(minutes=dice.randrange(5, 90, 5))
        sessions.append(Session(f"s{number}", "talk", Text("x"), start, start + length, DATE))
    slowly = {
        frozenset((first.code, second.code))
        for first in sessions
        for second in sessions
        if first is not second and first.start < second.end and second.start < first.end
    }
    found = clashes(sessions)
    assert {frozenset((first.code, second.code)) for first, second in found} == slowly
    assert len(found) == len(slowly)


def test_a_rehearsal_moves_whole_days() -> None:
    moved = load_file(SAMPLE).moved_to(dt.date(2027, 1, 4))
    original = load_file(SAMPLE)
    assert [day.date for day in moved.days] == [dt.date(2027, 1, 4), dt.date(2027, 1, 5)]
    assert codes(moved.sessions) == codes(original.sessions)
    assert moved.sessions[0].start.isoformat() == "2027-01-04T09:00:00+05:00"
    assert codes(moved.of_day(dt.date(2027, 1, 5))) == codes(original.of_day(dt.date(2026, 11, 27)))
    assert Programme.from_document(original.to_document()) == original


def test_a_text_says_what_it_has() -> None:
    text = Text({"ru": "да", "en": "yes", "kk": ""})
    assert (text.say("kk"), text.language_said("kk"), text.has("kk")) == ("да", "ru", False)
    assert (Text({"kk": "иә", "en": "yes"}).say("ru"), Text({"kk": "иә", "ru": "да"}).say("en")) == (
        "иә",
        "да",
    )
    assert (Text("x").say("kk"), Text("x").language_said("kk"), Text("x").has("kk")) == ("x", None, True)
    assert (Text().say("kk"), bool(Text()), bool(Text({"kk": ""}))) == ("", False, False)
    assert text.all() == "да\nyes"
    with pytest.raises(ValueError, match="de"):
        Text({"de": "ja"})


@pytest.fixture(scope="module")
def index() -> Index:
    people = (Speaker("bn", Text("Бану Нұрғазиева"), Text({"ru": "президент альянса", "en": "President"})),)
    return Index(
        programme_of(
            held("kz", "10:00", "11:00", title="Қазақстан халқы", speakers=("bn",)),
            held("society", "11:00", "12:00", title="Қоғамның рөлі"),
            held("law", "12:00", "13:00", title="О проекте закона", topic="ngo"),
            held("town", "13:00", "14:00", title="Түркістан: ёлка и һүнәр"),
            held("other", "14:00", "15:00", abstract=Text("Про <b>закон</b> в одном слове"), room="hall"),
            held("english", "15:00", "16:00", title="Meetings of citizens"),
            speakers=people,
            topics=(Topic("ngo", Text("НПО")),),
            rooms=(Room("hall", Text("«Отырар» залы")),),
        )
    )


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("казакстан", ["kz"]),
        ("ҚАЗАҚСТАН", ["kz"]),
        ("казакстанның", ["kz"]),
        ("қоғамдық", ["society"]),
        ("когам", ["society"]),
        ("законы", ["law", "other"]),
        ("закон", ["law", "other"]),
        ("законом", ["law", "other"]),
        ("проект закон", ["law"]),
        ("о законе", ["law", "other"]),
        ("zakon", ["law", "other"]),
        ("zakony", ["law", "other"]),
        ("turkistan", ["town"]),
        ("Türkistan", ["town"]),
        ("qazaqstan", ["kz"]),
        ("Нургазиева", ["kz"]),
        ("nurgaziyeva", ["kz"]),
        ("президенты", ["kz"]),
        ("нпо", ["law"]),
        ("отрар", []),
        ("отырар", ["other"]),
        ("елка", ["town"]),
        ("хунар", ["town"]),
        ("citizen meeting", ["english"]),
        ("cit", ["english"]),
        ("ci", []),
        ("закон citizen", []),
        ("b", []),
        ("", []),
        ("!!! \u200b 🙂", []),
        ("слово " * 2000, ["other"]),
    ],
)
def test_search_finds_what_is_meant(index: Index, query: str, expected: list[str]) -> None:
    assert [hit.session.code for hit in index.find(query, "ru")] == expected


def test_search_finds_people_and_obeys_its_limit(index: Index) -> None:
    assert [person.code for person in index.find_speakers("нургазиева бану")] == ["bn"]
    assert [person.code for person in index.find_speakers("banu")] == ["bn"]
    assert [person.code for person in index.find_speakers("альянс")] == ["bn"]
    assert index.find_speakers("закон") == ()
    assert len(index.find("закон", "ru", limit=1)) == 1


def test_search_over_a_congress_gives_the_title_first() -> None:
    programme = read_programme(as_json(pretalx(days=5, rooms=15, a_day=12)), "s.json")
    hits = Index(programme).find("museums", "en", limit=20)
    assert len(hits) == 20
    assert all("museums" in hit.session.title.say("en") for hit in hits)


def read_back(data: bytes) -> list[Any]:
    return list(icalendar.Calendar.from_ical(data).walk("VEVENT"))


def test_a_calendar_is_read_back_whole() -> None:
    programme = load_file(SAMPLE)
    stamp = dt.datetime(2026, 11, 1, 12, tzinfo=dt.UTC)
    data = calendar(programme, programme.sessions, "kk", stamp, "https://t.me/forum_bot?start=s_")
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert b"\n" not in data.replace(b"\r\n", b"")
    events = read_back(data)
    assert len(events) == len(programme.sessions)
    for event, session in zip(events, programme.sessions, strict=True):
        assert event["UID"] == f"{session.code}@minber"
        assert event["SUMMARY"] == session.title.say("kk")
        assert event.decoded("DTSTART") == session.start
        assert event.decoded("DTSTART").utcoffset() == dt.timedelta(0)
        assert event.decoded("DTEND") == session.end
        assert event["STATUS"] == "CONFIRMED"
        assert event["URL"].endswith(f"s_{session.code}")
    opening = next(event for event in events if event["UID"].startswith("opening@"))
    assert opening["LOCATION"] == "«Ұлы дала» залы, Түркістан"
    assert "Ертай Алтаев, Түркістан облысы әкімінің орынбасары" in opening["DESCRIPTION"]


def test_a_calendar_keeps_every_sign_and_says_what_is_cancelled() -> None:
    nasty = 'a;b,c\\n\\ d: "e" 👩‍👩‍👧 ' + "ұзақ " * 60
    session = held("a", "10:00", "11:00", title=nasty, cancelled=True, abstract=Text("<b>1</b> &lt; 2\n\nend"))
    data = calendar(programme_of(session), (session,), "kk", at("09:00"))
    (event,) = read_back(data)
    assert event["SUMMARY"] == nasty
    assert event["STATUS"] == "CANCELLED"
    assert event["DESCRIPTION"] == "1 < 2\n\nend"
    assert "URL" not in event
