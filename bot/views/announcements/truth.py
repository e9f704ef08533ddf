"""What an announcement's screens say when it says something of the programme, and that is not so any more."""

from __future__ import annotations

from collections.abc import Sequence

from bot.actions.announcements import claims
from bot.actions.announcements.announcements import Facts
from bot.texts import Html, Translator
from bot.views.announcements.buttons import WordAgain
from bot.views.announcements.choices import version_name
from bot.views.buttons import button
from bot.views.screen import Row


def outdated(t: Translator, untrue: Sequence[str]) -> list[Html]:
    """That these versions say what is not in the programme any more."""
    if not untrue:
        return []
    names = ", ".join(version_name(t, one) for one in untrue)
    return [Html(""), Html(f"⚠️ <b>{t('moving.untrue', languages=names)}</b>")]


def apart(t: Translator, facts: Facts) -> list[Html]:
    """Of what the bot worded: that those who are notified by themselves get it too, a little later."""
    about_programme = any(claims.sessions(part) for part in facts.parts)
    return [t("moving.apart")] if about_programme and facts.announcement.started_at is None else []


def lines(t: Translator, facts: Facts, untrue: Sequence[str]) -> list[Html]:
    return [*outdated(t, untrue), *apart(t, facts)]


def word_again(t: Translator, facts: Facts, untrue: Sequence[str], key: str) -> list[Row]:
    return [[button(t.plain(key), WordAgain(number=facts.announcement.number))]] if untrue and key else []
