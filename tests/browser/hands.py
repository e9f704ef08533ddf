"""What a person does with their phone on the page: presses, taps, writes and reads, as hands and eyes do."""

from __future__ import annotations

from playwright.async_api import Locator, expect

from tests.browser.stage import Window


class Hands:
    """The hands on one phone of the page. Texts are parts of what is shown; callback data are beginnings."""

    def __init__(self, window: Window, person: int) -> None:
        self.window = window
        self.id = person
        self.root = window.page.locator(f'.phone[data-person="{person}"]')
        self.messages = self.root.locator(".message")

    def button(self, data: str, ending: str = "") -> Locator:
        """The newest inline button whose callback data begins, and ends, so."""
        last = f'[data-callback$="{ending}"]' if ending else ""
        return self.root.locator(f'.inline [data-callback^="{data}"]{last}').last

    async def press(self, data: str, ending: str = "") -> None:
        """See such a button and press it; the bot has answered afterwards."""
        await self.see(self.button(data, ending))
        await self.button(data, ending).click()
        await self.window.idle()

    async def see(self, button: Locator) -> None:
        """Wait for the button, and take the second that people take to see what they press."""
        await button.wait_for()
        answer = await self.window.page.request.post(f"{self.window.url}/api/clock", data={"by": 1})
        assert answer.ok

    async def tap(self, key: str) -> None:
        """Tap a key of the bot's keyboard."""
        await self.root.locator(f'.keys [data-key*="{key}"]').click()
        await self.window.idle()

    async def send(self, text: str) -> None:
        await self.root.locator("[name=text]").fill(text)
        await self.root.locator("[data-action=send]").click()
        await self.window.idle()

    async def follow(self, payload: str) -> None:
        """Come by the link t.me/<bot>?start=<payload>."""
        await self.root.locator("[data-action=menu]").click()
        await self.root.locator(".menu [data-action=start-payload]").click()
        form = self.window.page.get_by_role("dialog")
        await form.locator("[name=payload]").fill(payload)
        await form.locator("[type=submit]").click()
        await expect(form).to_have_count(0)
        await self.window.idle()

    async def open_group(self, topic: str = "") -> None:
        """Go to the first of one's groups, or to the topic whose name holds this text."""
        await self.root.locator(".chats:not(.topics) [data-chat]").nth(1).click()
        if topic:
            await self.root.locator(".topics [data-topic]", has_text=topic).click()

    async def manage_group(self, item: str) -> None:
        """Choose from the open group's menu by the item's name for tests: botAdmin, delete-topic and the like."""
        await self.root.locator("[data-action=group]").click()
        await self.root.locator(f".menu [data-bot={item}], .menu [data-action={item}]").click()
        await self.window.idle()

    async def switch_block(self) -> None:
        await self.root.locator("[data-action=block]").click()
        await self.window.idle()

    async def register(self, delegation: str = "shymkent") -> None:
        """START, consent, the profile's name, the delegation, no organization."""
        await self.root.locator("[data-action=start]").click()
        for data in ("c:", "rn", f"rd:{delegation}", "rs"):
            if data.startswith("rd:"):
                while not await self.button(data).count():  # on another page
                    await self.see(self.button("rp:"))
                    await self.button("rp:").click()
                    await self.window.idle()
            await self.see(self.button(data))
            await self.button(data).click()
        await self.sees("✅")
        await self.window.idle()

    def shown(self, *texts: str) -> Locator:
        """The newest message that holds every text."""
        found = self.messages
        for text in texts:
            found = found.filter(has_text=text)
        return found.last

    async def sees(self, *texts: str) -> Locator:
        """Wait for a message with every text."""
        message = self.shown(*texts)
        await expect(message).to_be_visible()
        return message

    def keys(self) -> Locator:
        return self.root.locator(".keys [data-key]")

    def toast(self, text: str) -> Locator:
        return self.root.locator(".toast", has_text=text)
