"""Makes the README's picture of a question's way again: python -m tests.browser.way"""

from __future__ import annotations

import asyncio
import base64
import datetime as dt
from pathlib import Path

from playwright.async_api import Browser

from tests.browser.guide import SESSION, WORDS, Forum, save
from tests.browser.hands import Hands
from tests.browser.projector import projector
from tests.browser.stage import PHONE, ROOT, chromium, rehearsal, window
from tests.conftest import turn_to
from tests.telegram import Person, Telegram

FILE = ROOT / "docs/images/question.png"
LANGUAGE, SCALE = "en", 1.5
WALL = (1280, 720)
STEPS = (
    ("1. Asked", "A delegate sends a question."),
    ("2. Approved", "A moderator reads it and taps once."),
    ("3. On stage", "The chair and the hall screen show it."),
    ("4. Answered", "The author gets the answer."),
)
ANSWER = "Applications open on 15 January at grants.example.org. Our office helps village NGOs to fill in the form."
PAGE = """<style>
body { margin: 0; padding: 28px; width: max-content; display: flex; gap: 56px; background: #f4f7f6;
       font: 20px system-ui, sans-serif; color: #12302d }
figure { margin: 0; width: 390px; position: relative }
figure + figure::before { content: "→"; position: absolute; left: -47px; top: 430px; font-size: 40px; color: #0f766e }
b { font-size: 26px } figcaption { height: 76px }
.shots { height: 844px; overflow: hidden; position: relative; border-radius: 26px; outline: 1px solid #b9cac7 }
.shots img { display: block; width: 390px } .shots img + img { position: absolute; bottom: 0; left: 0 }
.wall { position: relative; z-index: 1; border-bottom: 6px solid #12302d }
</style>"""


async def main() -> None:
    async with (
        chromium() as browser,
        rehearsal() as stage,
        await Telegram.connect(stage.url) as telegram,
        window(browser, stage.url, PHONE, language="en-US", scale=SCALE) as page,
    ):
        way = Way(browser, stage, page, telegram, LANGUAGE)
        await way.gather()
        await way.walk()


class Way(Forum):
    """A question from its author to the stage, and the answer back."""

    async def gather(self) -> None:
        words = WORDS[LANGUAGE]
        self.moderator = self.telegram.known("Марат")
        await self.do(self.moderator, "/settings", f"sn:{LANGUAGE}", "sp:name")
        await self.do(self.moderator, words.moderator)
        await self.do(self.moderator, "/moderate")
        for name in words.delegates[:2]:
            first, _, last = name.partition(" ")
            person = await self.telegram.person(first, LANGUAGE, last_name=last, role="delegate")
            self.people.append(person)
            await person.start()
            for data in ("c:", "rn", "rd:turkistan", "rs"):
                if data.startswith("rd:"):
                    await turn_to(person, data)
                await self.tap(person, data)
        await self.rest()

    async def walk(self) -> None:
        author, other = self.people
        await author.start(f"q_{SESSION}")
        await self.rest()
        await self.do(author, self.words.question)
        asked = await self.phone(author)
        await self.moderator.sees(self.words.question)
        approved = await self.phone(self.moderator)
        await self.tap(self.moderator, "kd:1:approve")
        await other.press_data("v:1:1", other.shown()[-1].id)
        await self.at(SESSION, dt.timedelta(minutes=12))
        await self.do(self.moderator, "/moderate", f"ks:{SESSION}", f"to:{SESSION}", "tm:1")
        on_stage = await self.phone(self.moderator)
        async with projector(self.browser, f"{self.stage.hall}/{SESSION}?lang={LANGUAGE}", WALL) as screen:
            await screen.page.get_by_text(self.words.question).first.wait_for()
            wall = await screen.page.screenshot()
        await self.tap(self.moderator, "ta:1")
        await self.do(self.moderator, ANSWER)
        await author.sees(ANSWER)
        answered = await self.phone(author)
        await draw(self.browser, [[asked], [approved], [wall, on_stage], [answered]], FILE)

    async def phone(self, person: Person) -> bytes:
        """All of the phone's screen, with the newest message at its end."""
        await self.rest()
        page = self.page.page
        await page.locator(f'[data-tab="{person.id}"]').click()
        await self.page.idle()
        keyboard = Hands(self.page, person.id).root.locator("[data-action=keyboard]")
        if await Hands(self.page, person.id).keys().first.is_visible():
            await keyboard.click()
        newest = person.shown()[-1].id
        shown = page.locator(f'.phone[data-person="{person.id}"] .message[data-message="{newest}"]')
        await shown.evaluate("(one) => one.parentElement.scrollTo(0, one.parentElement.scrollHeight)")
        await page.locator(".toast").first.wait_for(state="detached")
        return await page.screenshot()


async def draw(browser: Browser, shots: list[list[bytes]], file: Path) -> None:
    """The steps side by side, each with its words."""
    page = await browser.new_page(viewport={"width": 1800, "height": 980}, device_scale_factor=1)
    figures = ""
    for (title, words), images in zip(STEPS, shots, strict=True):
        sources = [f"data:image/png;base64,{base64.b64encode(one).decode()}" for one in images]
        tags = [f'<img class="{"wall" if len(images) > at + 1 else ""}" src="{one}">' for at, one in enumerate(sources)]
        figures += f'<figure><figcaption><b>{title}</b><br>{words}</figcaption><div class="shots">{"".join(tags)}</div>'
        figures += "</figure>"
    await page.set_content(PAGE + figures)
    await page.evaluate("() => Promise.all([...document.images].map((one) => one.decode()))")
    save(await page.locator("body").screenshot(), file)
    await page.close()


if __name__ == "__main__":
    asyncio.run(main())
