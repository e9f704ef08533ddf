"""Every update's way: the first router whose filter takes it has it. The order is this one list."""

from __future__ import annotations

from aiogram import Router

from handlers import (
    agenda,
    announcements,
    fallback,
    hall,
    menu,
    moderation,
    privacy,
    questions,
    registration,
    settings,
    speakers,
    staff,
    stats,
)


def routers() -> list[Router]:
    """Fresh routers for one dispatcher.

    Groups first, then commands, the menu's keys and buttons, so that these are never taken for an answer;
    then what is typed into forms; then any other word, which is a search; what is left, last.
    """
    return [
        fallback.groups(),
        agenda.router(),
        questions.router(),
        moderation.router(),
        hall.router(),
        registration.router(),
        menu.router(),
        speakers.router(),
        settings.router(),
        announcements.router(),
        staff.router(),
        stats.router(),
        privacy.router(),
        registration.forms(),
        questions.forms(),
        moderation.forms(),
        settings.forms(),
        announcements.forms(),
        agenda.search_router(),
        fallback.router(),
    ]
