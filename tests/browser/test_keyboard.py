"""The bot's keyboard under the field: folded, brought back, replaced, taken away, as in Telegram."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Locator, expect

from rehearse import TOKEN
from tests.browser.conftest import NewPerson
from tests.browser.hands import Hands
from tests.browser.stage import Window

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


class Bot:
    """The bot as it writes to one person, keyboards and all."""

    def __init__(self, page: Window, person: Hands) -> None:
        self.page, self.person = page, person

    async def says(self, text: str, markup: dict[str, Any]) -> None:
        message = {"chat_id": self.person.id, "text": text, "reply_markup": markup}
        answer = await self.page.page.request.post(f"{self.page.url}/bot{TOKEN}/sendMessage", data=message)
        assert answer.ok
        await self.person.sees(text)


def keyboard(*labels: str, **flags: bool) -> dict[str, Any]:
    return {"keyboard": [list(labels)], "resize_keyboard": True, **flags}


async def shows(keys: Locator, *labels: str) -> None:
    await expect(keys.locator("[data-key]")).to_have_text(list(labels))
    await expect(keys).to_be_visible()


async def test_a_keyboard_is_folded_and_comes_back(page: Window, person: NewPerson) -> None:
    someone = await person("Данияр")
    await someone.root.locator("[data-action=start]").click()
    await page.idle()
    bot = Bot(page, someone)
    keys, fold = someone.root.locator(".keys"), someone.root.locator("[data-action=keyboard]")
    await expect(fold).to_be_hidden()

    await bot.says("Choose", keyboard("Now", "Agenda"))
    await shows(keys, "Now", "Agenda")
    await fold.click()
    await expect(keys).to_be_hidden()
    await expect(fold).to_have_attribute("aria-expanded", "false")
    await page.page.reload()  # it stays folded
    await expect(fold).to_be_visible()
    await expect(keys).to_be_hidden()
    await fold.click()
    await shows(keys, "Now", "Agenda")

    # A message without a keyboard leaves it folded, one that brings it again unfolds it.
    await fold.click()
    await bot.says("By the way", {"inline_keyboard": [[{"text": "More", "callback_data": "go:nothing"}]]})
    await expect(keys).to_be_hidden()
    await bot.says("Again", keyboard("Now", "Agenda"))
    await shows(keys, "Now", "Agenda")
    await fold.click()
    await bot.says("Others", keyboard("Menu"))
    await shows(keys, "Menu")

    await bot.says("Always", keyboard("Now", is_persistent=True))
    await shows(keys, "Now")
    await expect(fold).to_be_hidden()
    await bot.says("No more", {"remove_keyboard": True})
    await expect(keys).to_be_hidden()
    await expect(fold).to_be_hidden()

    await bot.says("Once", keyboard("Yes", one_time_keyboard=True))
    await someone.root.locator(".keys [data-key=Yes]").click()
    await expect(keys).to_be_hidden()
    await expect(fold).to_be_hidden()
    await page.idle()
