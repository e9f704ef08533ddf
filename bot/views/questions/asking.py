"""A question that was typed outside any form."""

from __future__ import annotations

from collections.abc import Sequence

from bot.programme.model import Session
from bot.programme.search import Findings
from bot.texts import Translator
from bot.views.agenda.found import Looked, offers
from bot.views.buttons import Go, button
from bot.views.screen import Screen, screen


def still_here(t: Translator, sessions: Sequence[Session]) -> Screen:
    """It can be asked now that its author is registered."""
    rows = offers(t, Looked("", Findings(), sessions))
    return screen(t("typed.still_here"), *rows, [button(t.plain("questions.ask"), Go(where="ask"))])
