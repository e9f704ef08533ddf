"""Who is on a question."""

from __future__ import annotations

from bot.actions.moderation.claims import Claim
from bot.texts import Html, Translator


def on_it(t: Translator, by: str, until: int) -> Html:
    """ "Aigerim is on it until 14:32"; `until` in epoch seconds."""
    return t("claims.held", by=by, until=t.clock(until))


def wait(t: Translator, claim: Claim) -> str:
    """The same for a toast."""
    return t.plain("claims.held", by=claim.by, until=t.clock(claim.until))
