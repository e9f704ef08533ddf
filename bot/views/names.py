"""What a session, a delegation and topics are called when only their codes are known."""

from __future__ import annotations

from collections.abc import Sequence

from bot.programme.model import Programme, Session
from bot.texts import Html, Translator
from bot.views.labels import timed
from bot.views.screen import cut, shorten

GONE_SIGN = "🚫"  # before the title of a session that is not in the programme any more


def session_name(t: Translator, programme: Programme, code: str, most: int = 200) -> Html:
    """Its title, of a session that has left the programme the one it had, marked so, and cut to so many characters."""
    session = programme.known(code)
    if session is None:
        return t("questions.session_gone")
    title = cut(t.say(session.title), most)
    return title if programme.session(code) else Html(f"{title} ({t('names.gone')})")


def session_title(t: Translator, programme: Programme, code: str, most: int | None = None) -> str:
    """The same as plain text; the code of a session that nobody knows."""
    session = programme.known(code)
    if session is None:
        return code
    title = t.say_plain(session.title) if most is None else shorten(t.say_plain(session.title), most)
    return title if programme.session(code) else f"{title} ({t.plain('names.gone')})"


def marked(t: Translator, programme: Programme, sessions: Sequence[Session]) -> list[str]:
    """The sessions of a list of buttons, as bot.views.labels has them; those that are gone with a sign."""
    labels = zip(sessions, timed(t, sessions), strict=True)
    return [label if programme.session(one.code) else f"{GONE_SIGN} {label}" for one, label in labels]


def delegation_name(t: Translator, programme: Programme, code: str) -> str:
    delegation = programme.delegation(code)
    return t.say_plain(delegation.name) if delegation else code


def topic_names(t: Translator, programme: Programme, codes: Sequence[str]) -> str:
    topics = ((code, programme.topic(code)) for code in codes)
    return ", ".join(t.say_plain(topic.name) if topic else code for code, topic in topics)
