"""The moderators' group on the page: topics, cards, and what its members do with the bot."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from rehearse import MODERATOR_ID, ORGANIZER_ID
from tests.browser.conftest import NewPerson
from tests.browser.hands import Hands
from tests.browser.stage import Window

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_the_desk_is_one_press_away_and_a_topic_holds_its_cards(page: Window, person: NewPerson) -> None:
    organizer, moderator, author = Hands(page, ORGANIZER_ID), Hands(page, MODERATOR_ID), await person("Раушан", "kk")
    await organizer.open_group()
    await organizer.press("gd:open")
    await organizer.sees("Moderation is open here", "Each session has its own topic")

    await author.register()
    await author.follow("q_opening")
    await author.send("Форум материалдары қайда жарияланады?")
    await moderator.open_group("10:10")
    card = await moderator.sees("Форум материалдары", "Раушан")
    # In the other topic it is not.
    await organizer.open_group()
    await expect(organizer.shown("Форум материалдары")).to_have_count(0)
    await moderator.press("gc:", ":approve")
    await expect(card).to_contain_text("approved")
    await expect(moderator.messages.filter(has_text="Форум материалдары")).to_have_count(1)

    await moderator.manage_group("delete-topic")
    await expect(moderator.root.locator(".topics [data-topic]")).to_have_count(1)
    await author.follow("q_opening")
    await author.send("Сертификат беріле ме, қалай алуға болады?")
    await moderator.open_group("10:10")
    await moderator.sees("Сертификат беріле ме")
    await moderator.sees("Форум материалдары", "approved")

    await moderator.manage_group("botOut")
    await moderator.root.locator(".chats:not(.topics) [data-chat]").first.click()
    await moderator.sees("Сертификат беріле ме")


async def test_the_link_asks_for_a_group_and_adds_the_bot_with_its_rights(page: Window) -> None:
    organizer = Hands(page, ORGANIZER_ID)
    await organizer.send("/staff")
    await organizer.press("go:group")
    await organizer.root.locator(".inline .key", has_text="Choose the group").last.click()
    form = page.page.get_by_role("dialog")
    await form.locator("[type=submit]").click()
    await expect(form).to_have_count(0)
    await page.idle()
    await expect(organizer.button("gd:open")).to_be_visible()
