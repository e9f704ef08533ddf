"""Makes the pictures of the organizer's guides again: python -m tests.browser.guide [kk|ru|en …]

The people of a small forum live through it over the rehearsal's doors; a phone's page shows what each has in the end.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import io
import sys
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from PIL import Image
from playwright.async_api import Browser

from bot.texts import Translators
from rehearse import GROUP, MODERATOR_ID, ORGANIZER_ID
from tests.browser.hands import Hands
from tests.browser.stage import ROOT, Stage, Window, chromium, rehearsal, window
from tests.conftest import turn_to
from tests.screen import read
from tests.telegram import Message, Person, Telegram

IMAGES = ROOT / "docs/images/organizers"
LANGUAGES = ("kk", "ru", "en")
TALL = (390, 3000)  # a phone's width; whatever a message holds is on the screen
SCALE, COLOURS, MARGIN = 2, 128, 4
PAPER, EDGE = (620, 877), 6  # a sheet of A4 in the browser's viewer, and the viewer's own edge around it
# The pattern on the wall is half of a picture's bytes and says nothing; nobody needs the hour of the rehearsal.
PLAIN = ":root { --ornament: transparent !important } .meta, .actions, .toast { display: none !important }"
DRESS = "(css) => { const one = new CSSStyleSheet(); one.replaceSync(css); document.adoptedStyleSheets = [one] }"
SESSION, LATE, NEXT = "talk-kurmanov", "film", "talk-nurgaziyeva"
RATED = ("film", "opening", "talk-kurmanov", "talk-nurgaziyeva")


@dataclass(frozen=True)
class Words:
    """What the people of a forum in one language are called and say."""

    organizer: str
    moderator: str
    delegates: tuple[str, ...]
    question: str
    other: str
    announcement: str


WORDS = {
    "kk": Words(
        "Динара Ахметова",
        "Марат Оспанов",
        ("Айгерім Сәрсенова", "Нұрлан Әбенов", "Гүлмира Қасымова", "Ерлан Жұмабек", "Сәуле Төлегенова", "Бақыт Өтеген"),
        "Ауылдағы ҮЕҰ-лар келер жылғы грантқа қалай өтінім бере алады?",
        "Форум қорытындысы қайда жарияланады?",
        "Автобустар «Керуен-Сарайға» 18:30-да бас кіреберістен аттанады.",
    ),
    "ru": Words(
        "Динара Ахметова",
        "Марат Оспанов",
        ("Сергей Ким", "Айгуль Нурланова", "Ержан Касымов", "Ольга Петренко", "Гульмира Абенова", "Тимур Сулейменов"),
        "Как сельским НПО подать заявку на гранты следующего года?",
        "Где опубликуют итоги форума?",
        "Автобусы в «Керуен-Сарай» отходят в 18:30 от главного входа.",
    ),
    "en": Words(
        "Dinara Akhmetova",
        "Marat Ospanov",
        ("Alma Karimova", "Daniyar Sadykov", "Emma Wilson", "Timur Iskakov", "Saule Bekova", "Arman Nurpeis"),
        "How can NGOs from villages apply for next year's grants?",
        "Where will the results of the forum be published?",
        "Buses to Keruen-Saray leave at 18:30 from the main entrance.",
    ),
}
DELEGATIONS = ("turkistan", "astana", "turkistan", "shymkent", "abai", "astana")


async def main(languages: tuple[str, ...]) -> None:
    async with chromium() as browser:
        for language in languages:
            async with rehearsal() as stage, await Telegram.connect(stage.url) as telegram:
                wide = {"en": "en-US", "ru": "ru-RU", "kk": "kk-KZ"}[language]
                async with window(browser, stage.url, TALL, language=wide, scale=SCALE) as page:
                    forum = Forum(browser, stage, page, telegram, language)
                    await forum.gather()
                    await forum.prepare()
                    await forum.take_questions()
                    await forum.announce()
                    await forum.open_the_door()
                    await forum.watch_over()
                    await forum.change()
                    await forum.look_back()


class Forum:
    """One forum in one language, from the first registration to the ratings."""

    def __init__(self, browser: Browser, stage: Stage, page: Window, telegram: Telegram, language: str) -> None:
        self.browser, self.stage, self.page, self.telegram, self.language = browser, stage, page, telegram, language
        self.words = WORDS[language]
        self.t = Translators(ZoneInfo("Asia/Almaty"))[language]
        self.folder = IMAGES / language
        self.people: list[Person] = []

    async def gather(self) -> None:
        """Staff choose their language and name; delegates register."""
        self.folder.mkdir(parents=True, exist_ok=True)
        await self.page.page.evaluate(DRESS, PLAIN)
        known = {person.id: person for person in (self.telegram.known("Dinara"), self.telegram.known("Марат"))}
        self.organizer, self.moderator = known[ORGANIZER_ID], known[MODERATOR_ID]
        for person, name in ((self.organizer, self.words.organizer), (self.moderator, self.words.moderator)):
            await self.do(person, "/settings", f"sn:{self.language}", "sp:name")
            await self.do(person, name)
        for number, (name, delegation) in enumerate(zip(self.words.delegates, DELEGATIONS, strict=True)):
            first, _, last = name.partition(" ")
            person = await self.telegram.person(first, self.language, last_name=last, role="delegate")
            self.people.append(person)
            await person.start()
            if number == 0:
                await self.shoot("registration", person)
            for data in ("c:", "rn", f"rd:{delegation}", "rs"):
                if data.startswith("rd:"):
                    await turn_to(person, data)
                await self.tap(person, data)
            for code in RATED[: 4 - number % 2]:
                await person.press_data(f"b:{code}:1:", person.shown()[-1].id)  # as on a card opened before
        await self.rest()
        await self.people[0].start(f"s_{SESSION}")
        await self.shoot("session", self.people[0])

    async def prepare(self) -> None:
        """The team, posters and badges."""
        await self.do(self.organizer, "/staff", "go:inviting", "si:moderator:")
        await self.do(self.organizer, "/staff")
        await self.shoot("team", self.organizer, self.t.plain("staff.screen"))
        await self.do(self.organizer, "/entrance", "go:posters")
        await self.paper("poster", await self.document(self.organizer, "qrf:rooms"))
        await self.do(self.organizer, "/entrance", "go:badges")
        await self.paper("badges", await self.document(self.organizer, "bd:all"))

    async def take_questions(self) -> None:
        """A card in the moderator's chat; then the group."""
        await self.people[0].start(f"q_{SESSION}")
        await self.rest()
        await self.do(self.people[0], self.words.question)
        await self.shoot("question", self.moderator)
        await self.tap(self.moderator, "kd:1:approve")
        staff = Hands(self.page, self.organizer.id)
        group = next(chat for chat in (await self.telegram.get("state"))["chats"] if chat["title"] == GROUP)["id"]
        await self.organizer.press("gd:open", chat=group)
        await self.people[1].start(f"q_{SESSION}")
        await self.rest()
        await self.do(self.people[1], self.words.other)
        await self.page.page.locator(f'[data-tab="{self.organizer.id}"]').click()
        start = next(one for one in self.stage.programme.sessions if one.code == SESSION).start
        await staff.open_group(f"{start:%H:%M}")
        card = await self.moderator.sees(self.words.other, chat=group)
        await self.moderator.press("gc:2:take", chat=group)
        await self.rest()
        await self.snap("group", self.organizer, card)
        await staff.root.locator(".chats:not(.topics) [data-chat]").first.click()

    async def announce(self) -> None:
        await self.do(self.organizer, "/announce")
        await self.do(self.organizer, self.words.announcement)
        await self.shoot("announcement", self.organizer, self.t.number(1))
        await self.tap(self.organizer, "ad:1:confirm")
        await self.tap(self.organizer, "an:1:send")
        count = len(self.people) + 2
        await self.organizer.sees(f"{count}/{count}")
        await self.shoot("report", self.organizer, f"{count}/{count}")

    async def open_the_door(self) -> None:
        """People come; a session runs over."""
        for person in self.people[:4]:
            await self.do(self.organizer, "/entrance", "go:find")
            await self.do(self.organizer, person.data["first_name"])
            await self.tap(self.organizer, f"ckf:{person.id}")
            await self.tap(self.organizer, "cki:")
        await self.shoot("scan", self.organizer)
        await self.at(LATE, dt.timedelta(minutes=6))
        await self.do(self.moderator, "/now", f"rnm:{LATE}:over")
        await self.do(self.moderator, "/now")  # opened again: a press moves rows
        await self.shoot("now", self.moderator)

    async def watch_over(self) -> None:
        """All at a glance: what runs late, what waits, who is here, what goes out."""
        await self.do(self.organizer, "/announce")
        await self.do(self.organizer, self.words.announcement)
        for data in ("aw:2:", "aw:2:60", "ad:2:confirm", "an:2:send"):
            await self.tap(self.organizer, data)
        await self.do(self.organizer, "/board")
        await self.shoot("board", self.organizer, self.t.plain("board.as_of", at=""))

    async def change(self) -> None:
        """Two changes, one with a warning, are published and people are notified."""
        await self.organizer.start(f"s_{NEXT}")
        await self.tap(self.organizer, f"pes:{NEXT}:")
        await self.tap(self.organizer, f"pes:{NEXT}:time")
        await self.tap(self.organizer, f"peo:{NEXT}:r")
        await self.shoot("change", self.organizer)
        await self.tap(self.organizer, f"peo:{NEXT}:o")
        await self.tap(self.organizer, f"peh:{NEXT}:o:20")
        await self.organizer.start(f"s_{SESSION}")
        for data in (f"pes:{SESSION}:", f"pes:{SESSION}:room", f"per:{SESSION}:otyrar"):
            await self.tap(self.organizer, data)
        await self.tap(self.organizer, "go:draft")
        await self.shoot("draft", self.organizer)
        await self.tap(self.organizer, "ppa:")
        await self.shoot("publish", self.organizer)
        await self.tap(self.organizer, "ppy:", "0")
        await self.telegram.clock(by=90)
        await self.people[0].sees("🔔")
        await self.shoot("notice", self.people[0], "🔔")
        await self.do(self.organizer, "/programme", "go:versions")
        await self.shoot("versions", self.organizer)

    async def look_back(self) -> None:
        """The sessions end and are rated."""
        for number, code in enumerate(RATED):
            await self.at(code, dt.timedelta(minutes=60))
            for who, person in enumerate(self.people):
                if code in RATED[: 4 - who % 2]:
                    await person.press(f"rt:{code}:{5 - (number + person.id) % 3 // 2 - number % 2}", timeout=60)
        await self.rest()
        await self.do(self.organizer, "/stats")
        await self.shoot("stats", self.organizer)
        await self.tap(self.organizer, "rtl:")
        await self.tap(self.organizer, "rtp")
        await self.shoot("ratings", self.organizer)

    # how it is done

    async def rest(self) -> None:
        await self.telegram.idle()
        await self.telegram.catch_up()

    async def do(self, person: Person, text: str, *data: str) -> None:
        """Send a text and wait for what comes; then press buttons of it, one after the other."""
        before = {one.id for one in person.shown()}
        await person.send(text)
        await self.rest()
        while all(one.id in before or not one.from_bot for one in person.shown()):
            await self.telegram.catch_up(1)
        for one in data:
            await self.tap(person, one)

    async def tap(self, person: Person, data: str, ending: str = "") -> None:
        def found() -> str | None:
            for message in reversed(person.shown()):
                for row in message.rows:
                    for key in row:
                        if key.get("callback_data", "").startswith(data) and key["callback_data"].endswith(ending):
                            return str(key["callback_data"])
            return None

        await self.telegram.catch_up()
        await person.press(found() or data)
        await self.rest()

    async def at(self, code: str, after: dt.timedelta) -> None:
        """Move the clock to so long after the session's start in the programme."""
        here = dt.datetime.fromtimestamp((await self.telegram.get("state"))["clock"]["now"], ZoneInfo("Asia/Almaty"))
        start = next(one for one in self.stage.programme.sessions if one.code == code).start.astimezone(here.tzinfo)
        wanted = dt.datetime.combine(here.date(), start.time(), here.tzinfo) + after
        if wanted > here:
            await self.telegram.clock(to=wanted.timestamp())
        await self.rest()

    async def document(self, person: Person, data: str) -> bytes:
        await self.tap(person, data)
        while (await person.last()).document is None:
            await self.telegram.catch_up(1)
        found = (await person.last()).document
        assert found is not None
        return await self.telegram.file(found["file_id"])

    async def shoot(self, name: str, person: Person, words: str = "") -> None:
        """The bot's newest message with these words, as this person has it."""
        await self.rest()
        while not (found := [one for one in person.shown() if one.from_bot and read(words) in one.text]):
            await self.telegram.catch_up(1)  # a chat gets five messages in five seconds
        await self.snap(name, person, found[-1])

    async def snap(self, name: str, person: Person, message: Message) -> None:
        page = self.page.page
        await page.locator(f'[data-tab="{person.id}"]').click()
        await self.page.idle()
        shown = page.locator(f'.phone[data-person="{person.id}"] .message[data-message="{message.id}"]')
        await shown.scroll_into_view_if_needed()
        await page.evaluate("() => Promise.all([...document.images].map((one) => one.decode().catch(() => null)))")
        box = await shown.bounding_box()
        assert box is not None
        top, height = box["y"] - MARGIN, box["height"] + 2 * MARGIN
        png = await page.screenshot(clip={"x": 0, "y": top, "width": TALL[0], "height": height})
        save(png, self.folder / f"{name}.png")

    async def paper(self, name: str, pdf: bytes) -> None:
        """The first page of a PDF, as the browser shows it."""
        file = self.folder / f"{name}.pdf"
        file.write_bytes(pdf)
        context = await self.browser.new_context(viewport={"width": PAPER[0], "height": PAPER[1] + 8})
        try:
            page = await context.new_page()
            await page.goto(f"{file.as_uri()}#toolbar=0&navpanes=0&view=FitH")
            await asyncio.sleep(2)  # the viewer is a page of its own and says nothing of when it is done
            width, height = PAPER[0] - 2 * EDGE, PAPER[1] - 4 * EDGE
            png = await page.screenshot(clip={"x": EDGE, "y": EDGE, "width": width, "height": height})
            save(png, self.folder / f"{name}.png")
        finally:
            await context.close()
            file.unlink()


def save(png: bytes, file: Path) -> None:
    """Few colours, so that a guide opens at once on a phone; characters stay sharp."""
    image = Image.open(io.BytesIO(png)).convert("RGB")
    image.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(file, optimize=True)


if __name__ == "__main__":
    asyncio.run(main(tuple(sys.argv[1:]) or LANGUAGES))
