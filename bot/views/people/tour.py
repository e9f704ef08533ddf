"""The rehearsal's tour: five things that somebody who opens it for the first time does with the bot.

A step is made of moves. A move says in each language which phone and what to tap, and by what it is known to be done:
by what then stands in a chat, never by the tap alone, which may have been refused.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.texts import LANGUAGES, Translator, Translators
from bot.views.agenda.buttons import Star
from bot.views.announcements.buttons import AnnounceDesk, AnnounceRun
from bot.views.moderation.buttons import Decide, GroupCard, Undo
from bot.views.publishing.buttons import GoingAway, Shift, UndoPublish, UndoPublishSure

Json = dict[str, Any]

REMINDER = "⏰"


@dataclass(frozen=True, slots=True)
class Actor:
    id: int
    name: str
    language: str


@dataclass(frozen=True, slots=True)
class Cast:
    """Whose phones the tour needs. Staff are registered, the delegate has not pressed START."""

    delegate: Actor
    moderator: Actor
    organizer: Actor


def everywhere(translators: Translators, say: Callable[[Translator], str]) -> Json:
    """The same in each language."""
    return {language: say(translators[language]) for language in LANGUAGES}


def nothing(translators: Translators) -> Json:
    """In place of a tour, when there is nothing to ask about."""
    return {"steps": [], "instead": everywhere(translators, lambda t: t.plain("tour.nothing"))}


def tour(translators: Translators, cast: Cast) -> Json:
    """The five steps, as the chat page takes them."""

    def move(who: Actor, say: Callable[[Translator], str], **until: Any) -> Json:
        return {"person": who.id, "say": everywhere(translators, say), "until": until}

    def step(title: Callable[[Translator], str], *moves: Json) -> Json:
        return {"title": everywhere(translators, title), "moves": moves}

    delegate, moderator, organizer = cast.delegate, cast.moderator, cast.organizer
    theirs, his, hers = (translators[one.language] for one in (delegate, moderator, organizer))
    steps = [
        step(
            lambda t: t.plain("tour.step_ask"),
            move(delegate, lambda t: t.plain("tour.register", name=delegate.name), menu=True),
            move(
                delegate,
                lambda t: t.plain("tour.ask", name=delegate.name, ask=whole(theirs.plain("menu.ask"))),
                button=begins(Decide, GroupCard) + r"\d+:approve",
            ),
        ),
        step(
            lambda t: t.plain("tour.step_approve"),
            move(
                moderator,
                lambda t: t.plain("tour.approve", name=moderator.name, approve=whole(his.plain("moderation.approve"))),
                press=begins(Decide, GroupCard) + r"\d+:approve",
                button=begins(Undo),
            ),
        ),
        step(
            lambda t: t.plain("tour.step_star"),
            move(
                delegate,
                lambda t: t.plain(
                    "tour.star",
                    name=delegate.name,
                    agenda=whole(theirs.plain("menu.agenda")),
                    star=whole(theirs.plain("agenda.star")),
                ),
                chat=delegate.id,
                button=begins(Star) + r"[^:]+:0",
            ),
            {
                **move(delegate, lambda t: t.plain("tour.clock", name=delegate.name), chat=delegate.id, text=REMINDER),
                "clock": True,
            },
        ),
        step(
            lambda t: t.plain("tour.step_announce"),
            move(
                organizer,
                lambda t: t.plain("tour.announce", name=organizer.name),
                chat=organizer.id,
                button=begins(AnnounceDesk) + r"\d+:confirm",
            ),
            move(
                organizer,
                lambda t: t.plain("tour.send", name=organizer.name, send=whole(hers.plain("announcements.go"))),
                chat=organizer.id,
                button=begins(AnnounceRun),
            ),
        ),
        step(
            lambda t: t.plain("tour.step_shift"),
            move(
                organizer,
                lambda t: t.plain(
                    "tour.change",
                    name=organizer.name,
                    agenda=whole(hers.plain("menu.agenda")),
                    change=whole(hers.plain("change.button")),
                    time=whole(hers.plain("change.part_time")),
                ),
                chat=organizer.id,
                button=begins(Shift),
            ),
            move(
                organizer,
                lambda t: t.plain("tour.shift", name=organizer.name, publish=whole(hers.plain("draft.publish"))),
                chat=organizer.id,
                button=begins(UndoPublish),
            ),
            move(
                organizer,
                lambda t: t.plain("tour.undo", name=organizer.name, undo=whole(hers.plain("publishing.undo"))),
                chat=organizer.id,
                press=begins(UndoPublish, UndoPublishSure),
                lacks=begins(UndoPublish, UndoPublishSure, GoingAway),
            ),
        ),
    ]
    return {"steps": steps}


def whole(label: str) -> str:
    """A button's label in a sentence: no line ends within it."""
    return label.replace(" ", "\u00a0")


def begins(*buttons: Any) -> str:
    """How the callback data of these buttons begin, as a pattern."""
    return f"^({'|'.join(one.__prefix__ for one in buttons)}):"


def before(t: Translator, at: str, minutes: int) -> str:
    """Where the clock can jump to: so many minutes before a start."""
    return t.plain("tour.before", at=at, minutes=minutes)


def into(t: Translator, at: str, minutes: int) -> str:
    return t.plain("tour.into", at=at, minutes=minutes)
