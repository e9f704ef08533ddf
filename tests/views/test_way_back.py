"""Where the way back to the board stands."""

from __future__ import annotations

import pytest

from bot.texts import Translators
from bot.views.buttons import Button, Go, button
from bot.views.moderation.buttons import Decide
from bot.views.screen import screen, state_of
from bot.views.staff.buttons import BoardBelow, OpenBoard
from bot.views.staff.way_back import MOST, found_in, has_room, is_board, led_back, way_back
from tests.views.extremes import ZONE

BACK = way_back(Translators(ZONE)["ru"])


def plain(text: str) -> Button:
    return button(text, Go(where="now"))


@pytest.mark.parametrize("rows", range(MOST))
def test_it_is_the_last_row_while_there_is_room(rows: int) -> None:
    before = screen("x", *[[plain("·")]] * rows, decided_on=7)
    after = led_back(before, BACK)
    assert after.rows == [*before.rows, [BACK]]
    assert found_in(after) == BACK
    assert led_back(after, BACK) is after
    assert after.keyboard is not None
    assert rows == 0 or state_of(after.keyboard) == "7"


@pytest.mark.parametrize(
    ("last", "fits"),
    [
        ([plain("‹ Назад")], True),
        ([plain("📝 Черновик (1 изменение) → опубликовать")], False),
        ([plain("‹"), plain("2/5"), plain("›")], True),
        ([plain("«"), plain("‹"), plain("2/50"), plain("›"), plain("»")], False),
        ([button("✅", Decide(number=1, decision="approve", desk="-"))], False),
    ],
)
def test_a_full_screen_has_it_beside_what_is_short_and_decides_nothing(last: list[Button], fits: bool) -> None:
    before = screen("x", *[[plain("·")]] * (MOST - 1), last)
    after = led_back(before, BACK)
    assert has_room(last) == fits
    assert after.rows == [*before.rows[:-1], [*last, BACK] if fits else last]


def test_a_board_has_none_and_a_screen_opened_elsewhere_neither() -> None:
    board = screen("x", [button("⬇️", BoardBelow())])
    assert is_board(board.keyboard)
    assert led_back(board, BACK) is board
    alone = screen("x", [plain("·")])
    assert led_back(alone, None) is alone
    assert found_in(alone) is None
    assert not is_board(led_back(alone, BACK).keyboard)
    assert BACK["callback_data"] == OpenBoard().pack()
