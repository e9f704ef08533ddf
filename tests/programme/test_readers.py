"""Files that organizers and other programs write become a programme, or a list of all that is wrong."""

from __future__ import annotations

import copy
import datetime as dt
import json
from collections.abc import Callable
from operator import attrgetter
from pathlib import Path
from typing import Any

import pytest

from bot.programme.faults import FIELDS, Fault, ProgrammeFaults
from bot.programme.load import LARGEST_MEGABYTES, check_file, load_file, read_programme
from bot.programme.model import Programme
from bot.programme.readers.frab import read_duration
from bot.texts.faults import console
from tests.programme.schedules import as_json, as_pretalx_xml, pretalx
from tests.programme.test_clean import check_for_telegram

SAMPLE = Path(__file__).parents[2] / "programme" / "turkistan.toml"

SMALL = """
[forum]
title = "Town meeting"
timezone = "Asia/Almaty"

[[rooms]]
code = "hall"
name = { kk = "Зал", ru = "Зал", en = "Hall" }

[[speakers]]
code = "aru"
name = "Ару"

[[days]]
date = 2026-11-26

[[days.sessions]]
code = "opening"
title.kk = "Ашылу"
title.ru = "Открытие"
start = "10:00"
minutes = 45
room = "hall"
speakers = ["aru"]
abstract = "Do **come**\\n\\n- early"

[[days.sessions]]
code = "dance"
kind = "other"
title = "Dance"
start = 23:00:00
end = "00:30"

[[days.sessions]]
code = "owls"
title = "Night owls"
start = "01:00"
end = "02:00"
cancelled = true
"""


def toml(text: str) -> Programme:
    return read_programme(text.encode(), "programme.toml")


def faults_of(data: bytes | str, name: str = "programme.toml") -> tuple[Fault, ...]:
    with pytest.raises(ProgrammeFaults) as caught:
        read_programme(data.encode() if isinstance(data, str) else data, name)
    for fault in caught.value.faults:
        assert str(fault)
        assert set(fault.fields) == set(FIELDS[fault.key])
    return caught.value.faults


def test_a_small_programme_says_what_was_written() -> None:
    programme = toml(SMALL)
    opening, dance, owls = programme.sessions
    assert opening.title.say("ru") == "Открытие"
    assert opening.title.say("en") == "Открытие"
    assert not opening.title.has("en")
    assert opening.abstract.say("en") == "Do <b>come</b>\n\n• early"
    assert opening.end.isoformat() == "2026-11-26T10:45:00+05:00"
    assert programme.of_speaker("aru") == programme.in_room("hall") == (opening,)
    assert dance.end.isoformat() == "2026-11-27T00:30:00+05:00"
    # What happens in the night stands under the evening before.
    assert owls.start.isoformat() == "2026-11-27T01:00:00+05:00"
    assert owls.day == dt.date(2026, 11, 26)
    assert programme.day(owls.day)
    assert owls.cancelled
    assert programme.of_day(dt.date(2026, 11, 26)) == (opening, dance, owls)
    assert programme.of_day(dt.date(2026, 11, 27)) == ()


def test_the_sample_is_whole_in_every_language() -> None:
    report = check_file(SAMPLE)
    assert report.faults == report.warnings == ()
    programme = report.programme
    assert programme is not None
    assert 25 <= len(programme.sessions) <= 32
    assert len(programme.delegations) == 20
    assert {page.code for page in programme.pages} == {
        "about",
        "venue",
        "wifi",
        "documents",
        "awards",
        "book",
    }
    texts = [programme.forum.title, programme.forum.description, *(d.title for d in programme.days)]
    texts += [text for room in programme.rooms for text in (room.name, room.hint)]
    texts += [text for speaker in programme.speakers for text in (speaker.name, speaker.office)]
    texts += [topic.name for topic in programme.topics] + [d.name for d in programme.delegations]
    texts += [text for page in programme.pages for text in (page.title, page.body)]
    texts += [text for s in programme.sessions for text in (s.title, s.abstract) if text]
    assert all(text.has(language) for text in texts for language in ("kk", "ru", "en"))
    assert not any(speaker.bio for speaker in programme.speakers)
    markup = [programme.forum.description, *(page.body for page in programme.pages)]
    for text in markup + [s.abstract for s in programme.sessions]:
        for language in ("kk", "ru", "en"):
            check_for_telegram(text.say(language))
            assert "&lt;" not in text.say(language)


def test_all_faults_are_said_at_once_with_their_lines() -> None:
    broken = SMALL.replace('timezone = "Asia/Almaty"', 'timezone = "Asia/Almata"\npoint = [143.3, 68.2]')
    broken = broken.replace("minutes = 45", 'end = "09:00"').replace('room = "hall"', 'roam = "hall"')
    broken = broken.replace('title = "Dance"', 'title = " "\ntopic = "x"').replace('code = "owls"', 'code = "dance"')
    broken = broken.replace("title.ru", "title.rus").replace('["aru"]', '["aru", "aro"]')
    found = {(fault.key, fault.line) for fault in faults_of(broken)}
    lines = broken.split("\n")

    def line(start: str) -> int:
        return 1 + next(number for number, text in enumerate(lines) if text.startswith(start))

    assert found == {
        ("fault.bad_timezone", line("timezone")),
        ("fault.bad_point", line("point")),
        ("fault.bad_language", line("title.rus")),
        ("fault.session_end_before_start", line('end = "09:00"')),
        ("fault.unknown_key_like", line("roam")),
        ("fault.unknown_speaker", line("speakers = ")),
        ("fault.empty_text", line('title = " "')),
        ("fault.unknown_topic", line("topic")),
        ("fault.duplicate_code", len(lines) - 1 - lines[::-1].index('code = "dance"') + 1),
    }
    suggestion = next(f for f in faults_of(broken) if f.key == "fault.unknown_key_like")
    assert next(console([suggestion])).endswith("unknown key roam; did you mean room?")
    assert suggestion.place == "days[0].sessions[0].roam"


@pytest.mark.parametrize(
    ("text", "key", "at"),
    [
        ("[forum]\ntitle = \n", "fault.toml_syntax", "title"),
        ("[forum\n", "fault.toml_syntax", "[forum"),
        ("x = 2026-02-30", "fault.toml_syntax", None),
        ("", "fault.missing_key", None),
        ("forum = 1", "fault.expects_table", "forum"),
        ("a = " + "[" * 100_000, "fault.too_deep", None),
        (SMALL.replace("minutes = 45", "minutes = 1441"), "fault.expects_minutes", "minutes"),
        (SMALL.replace("minutes = 45", ""), "fault.session_without_end", "[[days.sessions]]"),
        (SMALL.replace('"10:00"', "10.3"), "fault.expects_time", "start"),
        (SMALL.replace('"10:00"', '"25:00"'), "fault.expects_time", "start"),
        (SMALL.replace("2026-11-26", "2026-11-26T10:00:00"), "fault.expects_date", "date"),
        (SMALL.replace("cancelled = true", 'cancelled = "yes"'), "fault.expects_flag", "cancelled"),
        (SMALL.replace('"aru"]', "7]"), "fault.expects_string", "speakers ="),
        (SMALL.replace('kind = "other"', 'kind = "party"'), "fault.unknown_kind", "kind"),
        (SMALL.replace('code = "hall"', 'code = "Hall!"'), "fault.bad_code", "code"),
        (SMALL.replace('name = "Ару"', 'name = "Ару"\nphoto = "../x"'), "fault.bad_photo", "photo"),
        (SMALL.replace('name = "Ару"', "name = 5"), "fault.expects_text", "name = 5"),
        (SMALL + "\n[[days]]\n  date = 2026-11-26\n", "fault.duplicate_day", "  date"),
    ],
)
def test_each_slip_is_named(text: str, key: str, at: str | None) -> None:
    """`at` is how the line begins to which the fault points; the first such line is meant."""
    (line,) = (fault.line for fault in faults_of(text) if fault.key == key)
    if at is not None:
        assert line == 1 + next(n for n, words in enumerate(text.split("\n")) if words.startswith(at))


def test_two_sessions_in_one_room_are_a_warning(tmp_path: Path) -> None:
    path = tmp_path / "p.toml"
    path.write_text(
        SMALL.replace('code = "dance"', 'code = "dance"\nroom = "hall"\nspeakers = ["aru"]').replace(
            'start = 23:00:00\nend = "00:30"', 'start = "10:30"\nend = "11:30"'
        ),
        encoding="utf-8",
    )
    report = check_file(path)
    assert report.programme is not None
    assert list(console(report.warnings)) == [
        "dance: Открытие [рус] and Dance overlap in room Hall",
        "dance: Открытие [рус] and Dance overlap for Ару",
    ]


def test_a_file_that_cannot_be_read_is_a_fault(tmp_path: Path) -> None:
    assert [f.key for f in check_file(tmp_path / "none.toml").faults] == ["fault.unreadable"]
    assert [f.key for f in check_file(tmp_path).faults] == ["fault.unreadable"]
    with pytest.raises(ProgrammeFaults):
        load_file(tmp_path / "none.toml")
    assert [f.key for f in faults_of(b"x", "p.pdf")] == ["fault.unknown_format"]
    assert [f.key for f in faults_of(b"\xff\xfe", "p.toml")] == ["fault.not_utf8"]
    assert [f.key for f in faults_of(b" " * (LARGEST_MEGABYTES * 1_000_000 + 1))] == ["fault.too_large"]


def test_json_and_xml_of_one_congress_are_one_programme() -> None:
    schedule = pretalx(days=2, rooms=3, a_day=4)
    from_json = read_programme(as_json(schedule), "schedule.json")
    from_xml = read_programme(as_pretalx_xml(schedule), "schedule.xml")
    assert len(from_json.sessions) == 24
    assert [r.code for r in from_json.rooms] == ["hall-a", "hall-b", "hall-c"]
    assert from_json.forum.timezone == "Asia/Almaty"
    first = schedule["schedule"]["conference"]["days"][0]["rooms"]["Hall A"][0]
    session = from_json.session(first["code"].lower())
    assert session is not None
    assert session.start.isoformat() == "2026-11-26T09:00:00+05:00"
    assert session.abstract
    same = attrgetter("code", "title", "kind", "start", "end", "room", "topic", "abstract")
    assert [same(s) for s in from_json.sessions] == [same(s) for s in from_xml.sessions]
    names = [person.name for person in from_json.speakers]
    assert sorted(map(str, names)) == sorted(str(person.name) for person in from_xml.speakers)


def test_a_talk_keeps_its_code_in_a_new_export() -> None:
    schedule = pretalx(days=1, rooms=2, a_day=3)
    before = {s.title: s.code for s in read_programme(as_json(schedule), "schedule.json").sessions}
    changed = copy.deepcopy(schedule)
    rooms = changed["schedule"]["conference"]["days"][0]["rooms"]
    moved = rooms["Hall A"].pop(0)
    moved["date"] = "2026-11-26T15:00:00+05:00"
    rooms["Hall B"].append(moved)
    # The same talk once more later: the first keeps the code, the second has one of its own.
    rooms["Hall A"].append(moved | {"guid": "again", "date": "2026-11-26T17:00:00+05:00", "title": "Again"})
    after = {s.title: s.code for s in read_programme(as_json(changed), "schedule.json").sessions}
    again = {title: code for title, code in after.items() if title not in before}
    assert {title: after[title] for title in before} == before
    assert len(set(after.values())) == len(after)
    assert all(code.startswith(moved["code"].lower() + "-") for code in again.values())


def test_frab_xml_without_dates_offsets_and_codes() -> None:
    programme = read_programme(
        """<?xml version="1.0" encoding="UTF-8"?>
        <schedule><conference><title>Old &amp; good</title><venue>House</venue><city>Brussels</city>
        <day_change>09:00:00</day_change></conference>
        <day index="1" date="2018-02-03"><room name="Empty"></room><room name="Большой зал">
        <event id="6975"><start>10:30</start><duration>00:25</duration>
        <title>One</title><subtitle>or two</subtitle>
        <type>lightning_talk</type><language/><abstract>&lt;p&gt;A &lt;em&gt;b&lt;/em&gt;&lt;/p&gt;</abstract>
        <persons><person id="6">Somebody</person></persons></event>
        <event id="6976"><start>01:00</start><duration>1:00</duration>
        <title>Party</title><type>Dance</type></event>
        <event id="6977"><start>13:00</start><duration>1:00</duration><title>Lunch</title></event>
        </room></day></schedule>""".encode(),
        "schedule.xml",
    )
    one, lunch, party = programme.sessions
    assert (one.code, one.kind, one.room) == ("6975", "talk", "bolshoy-zal")
    assert one.abstract.say("en") == "<b>or two</b>\n\nA <i>b</i>"
    assert programme.forum.place.say("en") == "House, Brussels"
    assert lunch.is_break
    assert (party.kind, party.start.isoformat()) == ("other", "2018-02-04T01:00:00+00:00")
    assert party.day == dt.date(2018, 2, 3)
    assert programme.day(party.day)
    assert [room.name.say("ru") for room in programme.rooms] == ["Большой зал"]


def test_events_without_their_room_around_them() -> None:
    programme = read_programme(
        b"""<schedule><conference><title>Old</title></conference><day date="2012-02-04"><event id="5">
        <start>13:30</start>
        <duration>00:30</duration><room>UD2</room><title>One</title></event></day></schedule>""",
        "schedule.xml",
    )
    (session,) = programme.sessions
    assert (session.code, session.room, session.start.isoformat()) == ("5", "ud2", "2012-02-04T13:30:00+00:00")


def test_titles_by_language_and_offsets_without_a_zone() -> None:
    event = {
        "id": 5,
        "guid": "6b0d0c0e-0000-4000-8000-000000000001",
        "date": "2026-11-26T09:10:00+05:30",
        "duration": "0:30",
        "title": {"en": "Registrations", "kk": "Тіркеу", "de": "Anmeldung"},
        "type": {"en": "Break"},
        "persons": [
            {"id": 3, "public_name": "Ravi"},
            {"name": ""},
            {"name": "No Id", "avatar": "javascript:x"},
        ],
    }
    conference = {
        "title": "C",
        "days": [
            {"date": "2026-11-26", "rooms": {"A": [event], "B": []}},
            {"date": "2026-11-27", "rooms": []},
        ],
    }
    programme = read_programme(json.dumps({"schedule": {"conference": conference}}).encode(), "x.json")
    (session,) = programme.sessions
    assert session.is_break
    assert (session.title.say("kk"), session.title.say("ru")) == ("Тіркеу", "Тіркеу")
    assert programme.forum.timezone == "Asia/Kolkata"
    assert [speaker.name.say("en") for speaker in programme.speakers] == ["Ravi", "No Id"]
    assert [speaker.photo for speaker in programme.speakers] == [None, None]
    assert len(programme.days) == 1


def test_what_is_wrong_in_a_schedule_is_said_with_its_path() -> None:
    schedule = pretalx(days=1, rooms=1, a_day=5)
    events = schedule["schedule"]["conference"]["days"][0]["rooms"]["Hall A"]
    events[0]["duration"] = "1:01:30"
    events[1]["duration"] = "soon"
    events[2]["date"] = "yesterday, at noon"
    events[3]["title"] = ""
    events[4] = 7
    path = "schedule.conference.days[0].rooms[Hall A]"
    assert [(fault.place, fault.key) for fault in faults_of(as_json(schedule), "s.json")] == [
        (f"{path}[4]", "fault.expects_table"),
        (f"{path}[0]", "fault.session_too_long"),
        (f"{path}[1]", "fault.bad_duration"),
        (f"{path}[2]", "fault.bad_moment"),
        (f"{path}[3]", "fault.missing_key"),
    ]


@pytest.mark.parametrize(
    ("value", "minutes"),
    [
        ("00:45", 45),
        ("1:05", 65),
        ("24:00", 1440),
        ("0:01:30", 90),
        ("1:01:30", 1530),
        ("0:45:00", None),
        ("5", None),
    ],
)
def test_durations_have_days_and_no_seconds(value: str, minutes: int | None) -> None:
    length = read_duration(value)
    assert (length and length.total_seconds() / 60) == minutes


BOMB = b"""<?xml version="1.0"?><!DOCTYPE s [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<schedule><conference><title>&b;</title></conference></schedule>"""


@pytest.mark.parametrize(
    ("data", "name", "key"),
    [
        (BOMB, "s.xml", "fault.xml_doctype"),
        (BOMB.decode().encode("utf-16"), "s.xml", "fault.xml_doctype"),
        (b"<schedule>" + b"<a>" * 200_000, "s.xml", "fault.too_deep"),
        (b"<schedule>", "s.xml", "fault.xml_syntax"),
        (b"<?xml version='1.0' encoding='klingon'?><schedule/>", "s.xml", "fault.xml_syntax"),
        (b"<schedule></schedule>", "s.xml", "fault.not_a_schedule"),
        (b"<html><conference/></html>", "s.xml", "fault.not_a_schedule"),
        (b'{"schedule": ' + b"[" * 200_000, "s.json", "fault.too_deep"),
        (b'{"a": NaN}', "s.json", "fault.json_syntax"),
        (b'{"a": ' + b"9" * 5000 + b"}", "s.json", "fault.json_syntax"),
        (b'{"a": 1', "s.json", "fault.json_syntax"),
        (b'{"a": "\xff"}', "s.json", "fault.not_utf8"),
        (b"[1]", "s.json", "fault.not_a_schedule"),
    ],
)
def test_hostile_files_are_refused(data: bytes, name: str, key: str) -> None:
    assert [fault.key for fault in faults_of(data, name)] == [key]


def test_a_schedule_with_a_wrong_name_loads() -> None:
    assert len(read_programme(as_json(pretalx(1, 1, 2)), "schedule.txt").sessions) == 2


def test_a_congress_of_nine_hundred_sessions_loads_whole() -> None:
    programme = read_programme(as_json(pretalx(days=5, rooms=15, a_day=12)), "schedule.json")
    assert len(programme.sessions) == 900
    assert len({session.code for session in programme.sessions}) == 900
    assert Programme.from_document(json.loads(json.dumps(programme.to_document()))) == programme


def with_lengths(title: int, *, hint: int, abstract: int) -> str:
    long = SMALL.replace('"Ашылу"', f'"{"т" * title}"').replace("Do **come**", "a" * abstract)
    return long.replace('code = "hall"\n', f'code = "hall"\nhint = "{"h" * hint}"\n')


def test_a_text_that_is_too_long_is_refused_with_its_place_and_the_longest_is_taken() -> None:
    assert toml(with_lengths(300, hint=1000, abstract=49_000)).sessions
    found = faults_of(with_lengths(301, hint=1001, abstract=50_001))
    assert [(one.key, one.place, one.fields["most"]) for one in found] == [
        ("fault.too_long", "rooms[0].hint", "1000"),
        ("fault.too_long", "days[0].sessions[0].title.kk", "300"),
        ("fault.too_long", "days[0].sessions[0].abstract", "50000"),
    ]
    assert found[1].line is not None
    assert found[1].fields["length"] == "301"


@pytest.mark.parametrize("written", [as_json, as_pretalx_xml])
def test_a_foreign_schedule_is_measured_too(written: Callable[[dict[str, Any]], bytes]) -> None:
    schedule = pretalx(days=1, rooms=1, a_day=2)
    [room] = schedule["schedule"]["conference"]["days"][0]["rooms"].values()
    room[0]["title"], room[1]["abstract"] = "t" * 301, "a" * 50_001
    name = "s.json" if written is as_json else "s.xml"
    found = faults_of(written(schedule), name)
    assert [(one.key, one.fields["name"], one.fields["most"]) for one in found] == [
        ("fault.too_long", "title", "300"),
        ("fault.too_long", "abstract", "50000"),
    ]
    assert all("[0]" in one.place or "[1]" in one.place for one in found)
    room[0]["title"], room[1]["abstract"] = "t" * 300, "a" * 50_000
    assert len(read_programme(written(schedule), name).sessions) == 2
