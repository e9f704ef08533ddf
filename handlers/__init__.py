"""Every update's way: the first router whose filter takes it has it. The order is this one list."""

from __future__ import annotations

from aiogram import Router

from handlers import (
    agenda,
    announcement_choices,
    announcement_content,
    announcement_run,
    announcements,
    audit,
    claims,
    desk_group,
    editing,
    fallback,
    hall,
    labelling,
    likeness,
    menu,
    merging,
    moderation,
    mutes,
    news,
    outbox,
    papers,
    privacy,
    programme_desk,
    questions,
    ratings,
    registration,
    runs,
    settings,
    sorting,
    speakers,
    staff,
    stage,
    stats,
    stop_words,
    undo,
)

WAY = (
    # A group is no private chat: nothing of it may reach the handlers below.
    desk_group.router,
    fallback.groups,
    # Commands, the menu's keys and buttons, so that these are never taken for an answer.
    agenda.router,
    questions.router,
    moderation.router,
    claims.router,
    undo.router,
    editing.router,
    merging.router,
    labelling.router,
    sorting.router,
    likeness.router,
    stop_words.router,
    mutes.router,
    audit.router,
    hall.router,
    registration.router,
    menu.router,
    speakers.router,
    settings.router,
    announcements.router,
    announcement_choices.router,
    announcement_run.router,
    news.router,
    staff.router,
    programme_desk.router,
    outbox.router,
    stats.router,
    papers.router,
    ratings.router,
    stage.router,
    runs.router,
    privacy.router,
    # What is typed into forms.
    registration.forms,
    questions.forms,
    moderation.forms,
    editing.forms,
    stop_words.forms,
    stage.forms,
    ratings.forms,
    settings.forms,
    announcement_content.forms,
    announcement_choices.forms,
    # Any other word is a search; what is left, last.
    agenda.search_router,
    fallback.router,
)


def routers() -> list[Router]:
    """Fresh routers for one dispatcher."""
    return [router() for router in WAY]
