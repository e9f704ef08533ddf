"""What differs for those who attend, and for organizers who read it before they publish."""

from __future__ import annotations

from dataclasses import replace

from bot.programme.changes import ORDER, diff
from bot.programme.differences import RecordChange, record_changes
from bot.programme.load import load_file
from bot.programme.model import Programme, Speaker, Text
from tests.conftest import PROGRAMME


def of_speakers(before: Programme, *speakers: Speaker) -> list[RecordChange]:
    after = replace(before, speakers=speakers)
    return [one for one in record_changes(before, after, diff(before, after)) if one.part == "speakers"]


def test_an_order_is_told_when_somebody_changed_places_and_not_when_one_came_or_went() -> None:
    sample = load_file(PROGRAMME)
    free = replace(sample, sessions=tuple(replace(one, speakers=(), moderators=()) for one in sample.sessions))
    one, *rest = free.speakers
    new = Speaker("new", Text("Новая"))
    for speakers in ((*rest, new), (new, one, *rest), rest):
        assert [change.name for change in of_speakers(free, *speakers) if change.fields == (ORDER,)] == []
    changes = of_speakers(free, *rest, one)
    assert [(change.fields, change.name) for change in changes] == [((ORDER,), Text())]
    assert len(of_speakers(free, *rest, one, new)) == 2
