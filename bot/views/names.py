"""What a session, a delegation and topics are called when only their codes are known."""

from __future__ import annotations

from collections.abc import Sequence

from bot.programme.model import Programme, Session
from bot.programme.outside import OUTSIDE, kind_of
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


def in_quotes(t: Translator, session: Session, most: int) -> str:
    """Its title as the language quotes, cut to so many characters."""
    return t.plain("change.quoted", words=shorten(t.say_plain(session.title), most))


def marked(t: Translator, programme: Programme, sessions: Sequence[Session], begins: Sequence[str] = ()) -> list[str]:
    """The sessions of a list of buttons, as bot.views.labels.timed has them; those that are gone with a sign."""
    labels = zip(sessions, timed(t, sessions, begins), strict=True)
    return [label if programme.session(one.code) else f"{GONE_SIGN} {label}" for one, label in labels]


def delegation_name(t: Translator, programme: Programme, code: str) -> str:
    return known_delegation(t, programme, code) or code


def known_delegation(t: Translator, programme: Programme, code: str | None) -> str:
    """The name of a delegation, or of those who are in none; "" for what is not, or not any more, in the programme."""
    if code in OUTSIDE:
        return t.plain(f"delegation.{kind_of(code)}")
    delegation = programme.delegation(code) if code else None
    return t.say_plain(delegation.name) if delegation else ""


def delegation_names(t: Translator, programme: Programme) -> list[tuple[str, str]]:
    """The codes and names of all that people can be of, those in no delegation last."""
    named = [(one.code, t.say_plain(one.name)) for one in programme.delegations]
    return named + [(code, known_delegation(t, programme, code)) for code in OUTSIDE]


def topic_names(t: Translator, programme: Programme, codes: Sequence[str]) -> str:
    topics = ((code, programme.topic(code)) for code in codes)
    return ", ".join(t.say_plain(topic.name) if topic else code for code, topic in topics)
