"""Placement, wherever it is not a matter of the press: any keyboard, cards that several people have, reports."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.actions.announcements.repairs import Reached, Staged
from bot.actions.moderation.cards import CardFacts
from bot.texts import LANGUAGES, Translator
from bot.views.announcements import announcements
from bot.views.announcements.report import report
from bot.views.apart import Cell, Rows, apart, cells, wrongly_placed
from bot.views.buttons import Go, button, may_follow, meaning_of
from bot.views.moderation import desk, group
from bot.views.moderation.buttons import Decide, DeskNext, Work
from bot.views.publishing.buttons import AskPublish, DiscardDraft, Publish, TakeBackStep, UndoPublish
from bot.views.questions.buttons import Vote, WithdrawQuestion
from bot.views.screen import Screen
from storage.announcements import SENDING
from storage.questions import APPROVED, ASKED, LIVE, PENDING, Question
from tests.views import extremes as most

PALETTE = [
    button("x", data)
    for data in (
        Go(where="staff"),
        Go(where="draft"),
        AskPublish(revision=1),
        Publish(base=1, revision=1, quiet=0),
        Publish(base=1, revision=1, quiet=1),
        UndoPublish(number=2),
        DiscardDraft(revision=1, sure=0),
        DiscardDraft(revision=1, sure=1),
        TakeBackStep(revision=1, number=1, sure=0),
        WithdrawQuestion(number=1, sure=1),
        Decide(number=1, decision="approve", desk="w"),
        Decide(number=2, decision="approve", desk="w"),
        Vote(number=1, wanted=1, page=0),
        DeskNext(session="a", which="w", after=0),
    )
]
KEYBOARDS = st.lists(st.lists(st.sampled_from(PALETTE), min_size=1, max_size=4), min_size=1, max_size=9)


def test_the_same_and_the_next_may_follow_and_another_may_not() -> None:
    approve = Decide(number=1, decision="approve", desk="w").pack()
    assert may_follow(approve, Decide(number=2, decision="approve", desk="a").pack())
    assert not may_follow(approve, Decide(number=1, decision="asked", desk="w").pack())
    assert may_follow(approve, Decide(number=1, decision="decline", desk="w").pack()), "it only asks why"
    assert may_follow(Work(number=1, act="take", desk="w").pack(), Work(number=1, act="leave", desk="w").pack())
    assert not may_follow(Work(number=1, act="take", desk="w").pack(), Work(number=2, act="take", desk="w").pack())
    ask = WithdrawQuestion(number=1, sure=0).pack()
    assert not may_follow(ask, WithdrawQuestion(number=1, sure=1).pack())
    assert not may_follow(UndoPublish(number=2).pack(), UndoPublish(number=3).pack())
    assert may_follow(ask, Vote(number=1, wanted=1, page=0).pack())


@given(KEYBOARDS, KEYBOARDS, st.data())
def test_whatever_follows_nothing_else_that_decides_stands_there(
    before: Rows, after: Rows, data: st.DataObject
) -> None:
    row = data.draw(st.integers(0, len(before) - 1))
    pressed = data.draw(st.sampled_from(before[row]))["callback_data"]
    where = cells(before, pressed)[:1]
    placed = apart(after, pressed, where)
    assert wrongly_placed(placed, pressed, where) == []
    kept = [one for one in placed if any(one is row for row in after)]
    assert sorted(map(repr, {id(row): row for row in kept}.values())) == sorted(map(repr, after))
    assert all(
        meaning_of(one["callback_data"]) is None or may_follow("", one["callback_data"])
        for row in placed
        if not any(row is one for one in after)
        for one in row
    )
    if not wrongly_placed(after, pressed, where):
        assert placed is after


@pytest.mark.parametrize(("top", "bottom"), [(top, bottom) for top in range(4) for bottom in range(4)])
def test_a_question_shows_its_way_back_twice_at_the_most(top: int, bottom: int) -> None:
    """Whether: yes, or back; wherever the button stood that asked."""
    asked, back = DiscardDraft(revision=1, sure=0).pack(), button("‹", Go(where="draft"))
    rows = [[button("!", DiscardDraft(revision=1, sure=1))], [back]]
    where = [Cell(top, bottom, 0, 1)]
    placed = apart(rows, asked, where)
    assert wrongly_placed(placed, asked, where) == []
    assert sum(row == [back] for row in placed) <= 2


def shared_cards(t: Translator, number: int, twin: Question | None = None) -> Iterator[tuple[str, str, bool, Screen]]:
    """The group's cards, and those that come to moderators by themselves, of a question in every state; those that are
    open name the `twin`."""
    for undo in (0, 7):
        for state in (PENDING, APPROVED, ASKED, "declined", "answered", "merged", "withdrawn"):
            question = replace(most.QUESTIONS[0], number=number, state=state)
            facts = CardFacts(question, "", "", undo=undo, twin=twin if state in LIVE else None)
            yield "group", state, bool(undo), group.card(t, most.PROGRAMME, facts)
            for mine in (False, True):
                held = replace(facts, claimant=1, mine=mine)
                yield "own", state, bool(undo), desk.card(t, most.PROGRAMME, held, desk.NO_LIST)
            if state in (PENDING, APPROVED):
                yield "group", f"{state}, why", bool(undo), group.reasons(t, most.PROGRAMME, facts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_phone_shows_the_words_of_all_buttons_of_a_card(language: str) -> None:
    """Three in a row, also where the question is one's own to decide and can be undone; of four it cuts the words."""
    twin = replace(most.QUESTIONS[0], number=2)
    for _, state, _, card in shared_cards(Translator(language, most.ZONE), 5, twin):
        assert max(map(len, card.rows)) <= 3, state
        for row in card.rows:
            # The sign that makes a picture of a character takes no place.
            assert len(row) < 3 or max(len(one["text"].replace("\ufe0f", "")) for one in row) <= 11, state


TWINS = [None, *(replace(most.QUESTIONS[0], number=number, state=state) for number in (2, 9) for state in LIVE)]


@pytest.mark.parametrize("twin", TWINS, ids=lambda one: f"{one.state} {one.number}" if one else "alone")
@pytest.mark.parametrize("language", LANGUAGES)
def test_on_a_card_of_several_nothing_that_declines_takes_the_place_of_approve(
    language: str, twin: Question | None
) -> None:
    cards = list(shared_cards(Translator(language, most.ZONE), 5, twin))
    for place, _, _, before in cards:
        for other, state, _, after in cards:
            for row in before.rows:
                for one in row:
                    if other != place or not one["callback_data"].endswith(("approve", "approve:-")):
                        continue
                    where = cells(before.rows, one["callback_data"])
                    under = [
                        key["callback_data"]
                        for cell in where
                        for at_row in cell.rows(len(after.rows))
                        for at, key in enumerate(after.rows[at_row])
                        if cell.meets(at, len(after.rows[at_row]))
                    ]
                    wrong = [data for data in under if "decline" in data or data.startswith(("gr:", "kr:"))]
                    assert wrong == [] or all(data.endswith(":own") for data in wrong), (state, under)


BECOMES: dict[str, dict[str, tuple[str, ...]]] = {
    "approve": {PENDING: (APPROVED,)},
    "asked": {APPROVED: (ASKED,)},
    "take": {PENDING: (PENDING,), APPROVED: (APPROVED,)},
    "undo": {
        APPROVED: (PENDING, APPROVED),
        ASKED: (APPROVED,),
        "declined": (PENDING, APPROVED),
        "answered": (PENDING, APPROVED, ASKED),
    },
    "decline": {PENDING: ("pending, why",), APPROVED: ("approved, why",)},
    "back": {"pending, why": (PENDING,), "approved, why": (APPROVED,)},
}


@pytest.mark.parametrize("twin", TWINS, ids=lambda one: f"{one.state} {one.number}" if one else "alone")
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_group_s_card_follows_by_itself_and_leaves_nothing_else_under_the_thumb(
    language: str, twin: Question | None
) -> None:
    every = shared_cards(Translator(language, most.ZONE), 5, twin)
    cards = {(state, undo): one for place, state, undo, one in every if place == "group"}
    for (state, undo), before in cards.items():
        for data in (one["callback_data"] for row in before.rows for one in row):
            act = data.split(":")[2]
            reason = data.startswith("gr:") and act != "own"
            for to in ("declined",) if reason else BECOMES.get(act, {}).get(state, ()):
                # What was undone leaves nothing to be undone; what was decided does.
                after = cards[to, act != "undo" and (undo or act not in ("decline", "back", "take"))]
                assert wrongly_placed(after.rows, data, cells(before.rows, data)) == [], (state, data, to)


@pytest.mark.parametrize("twin", TWINS[1:], ids=lambda one: f"{one.state} {one.number}")
@pytest.mark.parametrize("language", LANGUAGES)
def test_where_two_were_merged_in_a_group_nothing_else_decides_on_what_follows(language: str, twin: Question) -> None:
    """Whichever of the two goes, whether the one that stays names the next, and whatever somebody else decides."""
    t = Translator(language, most.ZONE)
    following = replace(twin, number=7, revision=3)
    after = [one for other in (None, following) for one in shared_cards(t, 5, other)]
    for place, state, _, before in shared_cards(t, 5, twin):
        [merge, *_] = [*(data for data in pressable(before) if data.startswith("jc:merge")), ""]
        for kind, then, undo, card in after:
            if place == kind == "group" and then in (PENDING, APPROVED, ASKED, "merged"):
                assert wrongly_placed(card.rows, merge, cells(before.rows, merge)) == [], (state, then, undo)


@pytest.mark.parametrize("language", LANGUAGES)
def test_in_a_group_a_twin_that_comes_or_goes_puts_nothing_else_where_approve_stood(language: str) -> None:
    t = Translator(language, most.ZONE)
    cards = [one for twin in TWINS for one in shared_cards(t, 5, twin) if one[0] == "group" and one[1] in LIVE]
    for _, state, _, before in cards:
        for data in pressable(before):
            for _, then, _, after in cards if data.endswith("approve") else ():
                assert wrongly_placed(after.rows, data, cells(before.rows, data)) == [], (state, then)


def pressable(shown: Screen) -> list[str]:
    return [one["callback_data"] for row in shown.rows for one in row]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_of_an_announcement_comes_by_itself_and_decides_nothing_where_it_was_sent(language: str) -> None:
    t = Translator(language, most.ZONE)
    [facts] = [one for one in most.ANNOUNCED if one.announcement.state == SENDING]
    approvals = [
        announcements.confirm(t, most.PROGRAMME, facts, approval=False),
        announcements.removal(t, 1, Reached(5, 0)),
        *(announcements.correction(t, 1, "kk", Staged("f", 5, "a", "b", asked=asked)) for asked in (True, False)),
        announcements.desk(
            t, most.PROGRAMME, next(one for one in most.ANNOUNCED if one.announcement.state == "asked"), 1
        ),
    ]
    for before in approvals:
        for row in before.rows:
            for one in row:
                where = cells(before.rows, one["callback_data"])
                if meaning_of(one["callback_data"]) is not None:
                    assert wrongly_placed(report(t, facts).rows, one["callback_data"], where) == []


def test_the_way_back_stands_three_times_nowhere_that_once_is_enough() -> None:
    """A draft with pages: between the two ways to publish, one way back is where "Publish" was."""
    pages, back = [button("‹", Go(where="nothing"))], [button("x", Go(where="draft"))]
    asks, other = [button("x", AskPublish(revision=1))], [button("x", TakeBackStep(revision=1, number=1, sure=0))]
    before = [pages, asks, other, other, back]
    loud, quiet = ([button("x", Publish(base=1, revision=1, quiet=one))] for one in (0, 1))
    pressed = asks[0]["callback_data"]
    assert apart([loud, quiet, back], pressed, cells(before, pressed)) == [loud, back, quiet]
