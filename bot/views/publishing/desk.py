"""The programme's desk, from which organizers change it."""

from __future__ import annotations

from bot.actions.announcements.moved import Offer
from bot.actions.publishing.drafts import Draft
from bot.texts import Html, Translator
from bot.views.buttons import Go, button
from bot.views.publishing import moved
from bot.views.publishing.versions import origin
from bot.views.screen import Row, Screen, screen
from storage.programmes import Version

OFFERED = 3  # acts about what moved: when one is done, the next one comes


def desk(t: Translator, draft: Draft, version: Version, offer: Offer) -> Screen:
    """Which version holds, what waits in the draft, and what can be done; what it moves can still be told."""
    programme = draft.published
    lines = [
        t(
            "programme.version",
            number=version.number,
            source=origin(t, version),
            at=t.moment(version.published_at),
            days=len(programme.days),
            sessions=len(programme.sessions),
            speakers=len(programme.speakers),
        )
    ]
    if draft.steps:
        lines += [Html(""), t("programme.draft_waits", steps=t.plain_n("programme.steps", len(draft.steps)))]
    rows: list[Row] = [
        [
            button(t.plain("programme.draft_key"), Go(where="draft")),
            button(t.plain("programme.versions_key"), Go(where="versions")),
        ],
        [button(t.plain("change.button"), Go(where="change")), button(t.plain("posters.open"), Go(where="posters"))],
        [button(t.plain("speaking.desk_button"), Go(where="speakers"))],
        [button(t.plain("files.button"), Go(where="files"))],
        [button(t.plain("watch.button"), Go(where="watch"))],
        *(moved.rows(t, offer, version.number)[:OFFERED] if offer.moves else []),
    ]
    return screen("\n".join(lines), *rows)
