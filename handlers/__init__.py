"""All handlers in one order: an update goes to the first one whose filters take it."""

from __future__ import annotations

from aiogram import Router

from handlers import fallback
from handlers.agenda import agenda, ratings, runs, search, speakers, speaking
from handlers.announcements import announcements, choices, content, from_whom, news, run
from handlers.entrance import badges, posters, presence
from handlers.moderation import (
    carrying,
    claims,
    desk,
    editing,
    group,
    hall,
    labelling,
    left_over,
    merging,
    mutes,
    papers,
    sorting,
    stage,
    stop_words,
    undo,
)
from handlers.people import kept, menu, privacy, registration, settings
from handlers.publishing import (
    add,
    amend,
    edit,
    edit_everywhere,
    edit_halls,
    edit_people,
    edit_removal,
    edit_texts,
    edit_time,
    files,
    hanging,
    moved,
    publishing,
    speaker_links,
    speaker_photos,
    versions,
    watches,
)
from handlers.publishing import desk as programme_desk
from handlers.questions import ask_this, following, likeness, naming, questions
from handlers.staff import audit, board, outbox, staff, stats

IN_ORDER = (
    # A group is not a private chat: nothing of it may reach the handlers below.
    group.register,
    fallback.register_groups,
    # Commands, the menu's keys and buttons, so that these are never taken for an answer.
    agenda.register,
    search.register,
    questions.register,
    ask_this.register,
    naming.register,
    desk.register,
    claims.register,
    undo.register,
    editing.register,
    merging.register,
    carrying.register,
    left_over.register,
    labelling.register,
    sorting.register,
    likeness.register,
    following.register,
    stop_words.register,
    mutes.register,
    audit.register,
    hall.register,
    registration.register,
    menu.register,
    kept.register,
    speakers.register,
    settings.register,
    announcements.register,
    choices.register,
    from_whom.register,
    run.register,
    news.register,
    staff.register,
    board.register,
    programme_desk.register,
    publishing.register,
    hanging.register,
    moved.register,
    versions.register,
    edit.register,
    edit_time.register,
    edit_people.register,
    edit_texts.register,
    edit_everywhere.register,
    edit_removal.register,
    edit_halls.register,
    add.register,
    files.register,
    watches.register,
    speaking.register,
    speaker_links.register,
    speaker_photos.register,
    outbox.register,
    stats.register,
    papers.register,
    presence.register,
    badges.register,
    posters.register,
    ratings.register,
    stage.register,
    runs.register,
    privacy.register,
    # What is typed into forms.
    registration.register_forms,
    questions.register_forms,
    desk.register_forms,
    editing.register_forms,
    left_over.register_forms,
    stop_words.register_forms,
    presence.register_forms,
    stage.register_forms,
    ratings.register_forms,
    settings.register_forms,
    speaker_links.register_forms,
    speaker_photos.register_forms,
    watches.register_forms,
    content.register_forms,
    choices.register_forms,
    from_whom.register_forms,
    edit.register_forms,
    edit_time.register_forms,
    edit_people.register_forms,
    edit_everywhere.register_forms,
    edit_texts.register_forms,
    add.register_forms,
    amend.register_forms,
    files.register_documents,
    questions.register_edits,
    # Any other word is a search; what is left, last.
    search.register_words,
    fallback.register,
)


def router() -> Router:
    """All handlers, for one dispatcher."""
    routes = Router(name="handlers")
    for register in IN_ORDER:
        register(routes)
    return routes
