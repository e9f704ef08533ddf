"""What several files of scenarios ask for by name."""

from __future__ import annotations

import pytest

from bot.delivery import progress, scheduler
from tests.conftest import Running


@pytest.fixture
def quick_reports(monkeypatch: pytest.MonkeyPatch) -> None:
    """The report is brought up to date more often than a person needs it."""
    monkeypatch.setattr(progress, "EVERY", 0.2)


@pytest.fixture
def no_regular_look(monkeypatch: pytest.MonkeyPatch) -> None:
    """What follows from a change follows at once."""
    monkeypatch.setattr(scheduler, "EVERY", 3600)


@pytest.fixture
def approving(running: Running) -> None:
    """A second organizer must approve each announcement."""
    running.settings["announcement_approval"] = True
