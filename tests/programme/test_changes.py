"""What differs between two programmes, and made of one the other."""

import json

from hypothesis import given

from bot.programme.changes import apply, diff, from_json, to_json
from bot.programme.model import Programme
from tests.programme.made import programmes, reordered, whole


@given(programmes(), programmes())
def test_the_difference_made_is_the_other_programme(a: Programme, b: Programme) -> None:
    assert apply(a, diff(a, b)) == b


@given(programmes(), programmes(), programmes())
def test_steps_that_follow_each_other_can_be_made_at_once(a: Programme, b: Programme, c: Programme) -> None:
    assert apply(a, (*diff(a, b), *diff(b, c))) == c


@given(programmes())
def test_equal_programmes_differ_in_nothing_and_an_order_is_a_difference(a: Programme) -> None:
    assert diff(a, a) == ()
    assert apply(a, diff(a, reordered(a))) == reordered(a)


@given(programmes(), programmes())
def test_a_difference_comes_back_from_json(a: Programme, b: Programme) -> None:
    changes = diff(a, b)
    assert from_json(json.loads(json.dumps(to_json(changes)))) == changes


@given(programmes(), programmes(), programmes())
def test_made_to_another_programme_it_leaves_a_whole_one(a: Programme, b: Programme, c: Programme) -> None:
    assert whole(apply(c, diff(a, b)))
