"""Whether somebody may ask now."""

from __future__ import annotations

from bot.errors import NotAllowed
from bot.who import Who
from storage import mutes
from storage.database import Transaction


def need_voice(tx: Transaction, who: Who, text: str = "") -> None:
    """Refuse anyone who is muted, and give back the words they typed."""
    if mutes.is_muted(tx, who.id):
        raise NotAllowed("mutes.words_back", text=text) if text else NotAllowed("mutes.asking")
