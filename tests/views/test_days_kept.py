"""A kept page of a day is the page that would be made now."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.programme.estimates import NO_RUNS, Runs
from bot.programme.load import read_programme
from bot.programme.text import LANGUAGES, Text
from bot.texts import Translators
from bot.views.agenda import agenda
from bot.views.agenda.agenda import Same
from storage.session_runs import SessionRun
from tests.programme.schedules import as_json, pretalx

PROGRAMME = read_programme(as_json(pretalx(days=2, rooms=2, a_day=6)), "schedule.json")
TRANSLATORS = Translators(PROGRAMME.forum.zone)
CODES = [session.code for session in PROGRAMME.sessions]
EDGES = sorted({edge for session in PROGRAMME.sessions for edge in (session.start, session.end)})
FIRST = PROGRAMME.sessions[0]
LATE = Runs([SessionRun(FIRST.code, started_at=int(FIRST.start.timestamp()) + 1200)])

moments = st.builds(
    lambda edge, seconds: (edge + dt.timedelta(seconds=seconds)).astimezone(dt.UTC),
    st.sampled_from(EDGES),
    st.sampled_from([-86_400, -1, 0, 1, 600]),
)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(LANGUAGES),
            st.sampled_from([day.date for day in PROGRAMME.days]),
            st.integers(-1, 9),
            st.frozensets(st.sampled_from(CODES), max_size=3),
            moments,
            st.sampled_from((NO_RUNS, LATE)),
        ),
        max_size=20,
    )
)
def test_it_is_what_it_would_be_without_the_keeping(
    looks: list[tuple[str, dt.date, int, frozenset[str], dt.datetime, Runs]],
) -> None:
    for language, date, page, starred, now, runs in looks:
        t = TRANSLATORS[language]
        made = agenda._day_since.__wrapped__(
            t, Same(PROGRAMME), runs=runs, date=date, page=page, starred=starred, changed=now.timestamp()
        )
        assert agenda.day(t, PROGRAMME, runs, date, page=page, starred=starred, now=now) == made


def test_a_new_version_of_the_programme_is_seen_at_once() -> None:
    t, date, now = TRANSLATORS["en"], PROGRAMME.days[0].date, EDGES[0]
    before = agenda.day(t, PROGRAMME, NO_RUNS, date, page=0, starred=frozenset(), now=now)
    moved = replace(PROGRAMME.sessions[0], title=Text("Another title"))
    newer = replace(PROGRAMME, sessions=(moved, *PROGRAMME.sessions[1:]))
    assert "Another title" not in before.text
    assert "Another title" in agenda.day(t, newer, NO_RUNS, date, page=0, starred=frozenset(), now=now).text
    assert agenda.day(t, PROGRAMME, NO_RUNS, date, page=0, starred=frozenset(), now=now) is before
