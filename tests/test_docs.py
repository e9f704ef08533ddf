"""The pages for developers: every link leads somewhere, and every decision has its page and its place in the list."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
DECISIONS = ROOT / "docs/decisions"
# The organizers' guides have tests of their own (tests/test_guides.py).
PAGES = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    *(page for page in sorted((ROOT / "docs").rglob("*.md")) if not page.name.startswith("organizers.")),
]
PARTS = ["Context", "Decision", "Consequences", "Measurements"]
LINK = re.compile(r"\]\(([^)#]+)(?:#([^)]+))?\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
LISTED = re.compile(r"^\| \[(\d{4})\]\((.+?)\) \| (.+) \|$", re.MULTILINE)


def anchors(page: Path) -> set[str]:
    """What a link to one of the page's headings ends in."""
    headings = HEADING.findall(page.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    for target, anchor in LINK.findall(page.read_text(encoding="utf-8")):
        if ":" in target:
            continue
        found = page.parent / target
        assert found.exists(), target
        assert not anchor or anchor in anchors(found), f"{target}#{anchor}"


def test_every_decision_is_listed_under_its_number_and_title() -> None:
    pages = [page for page in sorted(DECISIONS.glob("*.md")) if page.name != "README.md"]
    listed = LISTED.findall((DECISIONS / "README.md").read_text(encoding="utf-8"))
    assert [number for number, _, _ in listed] == [f"{number:04}" for number in range(1, len(pages) + 1)]
    assert [name for _, name, _ in listed] == [page.name for page in pages]
    for page, (number, _, title) in zip(pages, listed, strict=True):
        assert page.name.startswith(f"{number}-")
        headings = HEADING.findall(page.read_text(encoding="utf-8"))
        assert headings == [f"{int(number)}. {title}", *PARTS], page.name
