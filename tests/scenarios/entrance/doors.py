"""What happens at the door: badges are printed, shown and scanned."""

from __future__ import annotations

from bot.papers.pages import qr_modules
from tests.conftest import Forum
from tests.pdf_text import Page, pages
from tests.scenarios.second_reader import tables
from tests.telegram import Message, Person


def code_of(forum: Forum, person: Person) -> str:
    """The code that the database has for the person's badge."""
    [row] = [row for row in tables(forum.folder)["badges"] if row["person"] == person.id]
    return str(row["code"])


def leads_to(page: Page, link: str, error: str = "q") -> bool:
    """Whether one of a page's QR codes is the one of this link."""
    return qr_modules(link, error) in page.codes


def here(forum: Forum) -> set[int]:
    return {row["id"] for row in tables(forum.folder)["participants"] if row["present_at"] is not None}


async def own_badge(forum: Forum, person: Person) -> str:
    """The person opens their badge on the phone; its code."""
    await person.look_away()
    await person.send("/badge")
    await person.sees("🪪")
    return code_of(forum, person)


async def scan(forum: Forum, scanner: Person, code: str) -> Message:
    """Open what the camera has read; the newest message after that."""
    await scanner.look_away()
    await scanner.start(f"c_{code}")
    await forum.telegram.idle()
    return await scanner.last()


async def open_entrance(organizer: Person) -> Message:
    await organizer.look_away()
    await organizer.send("/entrance")
    return await organizer.sees("🎫")


async def document(forum: Forum, person: Person, data: str, *words: str) -> tuple[str, list[Page]]:
    """The name and the pages of the PDF that a press of this button brings, with the words under it."""
    await person.look_away()
    await person.press(data)
    sent = (await person.sees(*words)).document
    assert sent is not None
    return sent["file_name"], pages(await forum.telegram.file(sent["file_id"]))
