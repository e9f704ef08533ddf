"""Whether somebody may ask now."""

from __future__ import annotations

from bot.errors import NotAllowed
from bot.who import Who
from storage import mutes
from storage.database import Transaction


def need_voice(tx: Transaction, who: Who, session: str, text: str = "") -> None:
    """Refuse anyone who is muted in that session or everywhere, say which, and give back the words they typed."""
    if mutes.is_muted(tx, who.id, session):
        everywhere = mutes.is_muted(tx, who.id)
        if text:
            raise NotAllowed("mutes.words_back" if everywhere else "mutes.words_back_here", text=text)
        raise NotAllowed("mutes.asking" if everywhere else "mutes.asking_here")
