"""Outgoing messages: each class is registered, stored by one codec, and has a renderer."""

from __future__ import annotations

import pytest

from bot.actions import outgoing
from bot.actions.codec import OutgoingMessage
from bot.actions.outgoing import CardChange
from bot.delivery.announcing import Announcing
from bot.delivery.desk import GroupRenderers
from bot.delivery.rendering import Renderers


def defined() -> set[object]:
    """Every class of a message in the module."""
    return {
        one
        for one in vars(outgoing).values()
        if isinstance(one, type) and issubclass(one, OutgoingMessage) and one is not OutgoingMessage
    }


def rendered(owner: type, method: str) -> set[object]:
    """The classes for which a method of the owner has a renderer."""
    return set(vars(owner)[method].dispatcher.registry) - {object}


def test_each_class_is_registered_under_a_kind_of_its_own() -> None:
    assert set(outgoing.MESSAGES) == defined()
    assert len(outgoing.MESSAGES) == len(outgoing.BY_KIND)


def test_each_registered_message_has_a_renderer_and_nothing_else_has() -> None:
    people, announced = rendered(Renderers, "_for_person"), rendered(Announcing, "render")
    assert people.isdisjoint(announced)  # those of `Announcing` would never be asked
    assert people | announced | rendered(GroupRenderers, "render") == set(outgoing.MESSAGES)


@pytest.mark.parametrize(
    ("kind", "thing"),
    [
        ("fate", "12"),
        ("fate", "12:3:4"),
        ("fate", ""),
        ("card", "nonsense"),
        ("card-change", "12"),
        ("card-change", "12:3:x"),
        ("desk-card", "12:480"),
        ("reminder", "opening"),
        ("reminder", "opening@soon"),
    ],
)
def test_a_thing_of_another_form_is_an_error(kind: str, thing: str) -> None:
    with pytest.raises(ValueError, match=r"no thing of the kind|invalid literal"):
        outgoing.of(kind, thing)


def test_a_kind_that_nobody_knows_is_no_message() -> None:
    assert outgoing.of("telepathy", "1") is None


@pytest.mark.parametrize(
    "message",
    [
        outgoing.DeskNews("removed", 1795000000, "Desk @ noon"),
        outgoing.Reminder("at@home", 1795000000),
        outgoing.RoleEnded("moderator", "at@home", 1795000000),
    ],
    ids=lambda one: one.kind,
)
def test_the_last_text_may_hold_the_separator(message: OutgoingMessage) -> None:
    assert outgoing.of(message.kind, message.thing) == message


def test_only_news_of_a_question_is_corrected() -> None:
    fate = outgoing.Fate(12, 3)
    assert outgoing.Correction.to(fate).news == fate
    with pytest.raises(ValueError, match="not corrected"):
        _ = outgoing.Correction("card", "12").news


@pytest.mark.parametrize(
    ("change", "thing", "passed_over", "end_of_claim"),
    [
        (CardChange.to_revision(12, 3), "12:3", None, None),
        (CardChange.to_revision(12, 3, 480), "12:3:480", None, None),
        (CardChange.touch(12, "4f0a1b2c"), "12:x4f0a1b2c", None, None),
        (CardChange.touch(12, "4f0a1b2c", 480), "12:x4f0a1b2c:480", 480, None),
        (CardChange.claim_end(12, 1795000000), "12:u1795000000", None, 1795000000),
    ],
)
def test_what_a_change_of_a_card_says(
    change: CardChange, thing: str, passed_over: int | None, end_of_claim: int | None
) -> None:
    assert change.thing == thing
    assert CardChange.parse(thing) == change
    assert (change.passed_over, change.end_of_claim) == (passed_over, end_of_claim)


def test_things_of_one_question_begin_alike() -> None:
    assert CardChange.touch(12, "4f").thing.startswith(CardChange.beginning(12))
    assert not CardChange.touch(120, "4f").thing.startswith(CardChange.beginning(12))
    assert outgoing.DeskCard(12, 480, "4f").thing.startswith(outgoing.DeskCard.beginning(12, 480))
