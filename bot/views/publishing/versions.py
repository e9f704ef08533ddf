"""The versions of the programme: who published which and when, what differs, bringing one back."""

from __future__ import annotations

from collections.abc import Sequence

from bot.actions.publishing.notices import Report
from bot.actions.publishing.publishing import (
    DRAFT,
    NamedVersion,
    Pair,
    VersionsPage,
)
from bot.programme.differences import RecordChange, SessionChange
from bot.texts import Html, Translator, escape
from bot.views.buttons import Go, button
from bot.views.labels import WHOLE
from bot.views.pager import pager
from bot.views.publishing.buttons import BringBack, CompareVersions
from bot.views.publishing.buttons import VersionsPage as VersionsPageButton
from bot.views.publishing.changes import PAGE, entry
from bot.views.screen import Screen, cut, page_of, screen, shorten
from storage.programmes import Version

NAME_MAX = 40
SOURCE_MAX = 60


def versions(t: Translator, found: VersionsPage) -> Screen:
    """A line for each version, and a button to see what changed since."""
    keys = [
        [button(titled(t, one), CompareVersions(number=one.version.number, target=0, page=0))] for one in found.versions
    ]
    return screen(
        "\n".join(
            (
                f"📚 <b>{t('versions.title')}</b>",
                *(line(t, one) for one in found.versions),
                f"<i>{t('versions.tap_number')}</i>",
            )
        ),
        *keys,
        pager(found.page, found.pages, lambda to: VersionsPageButton(page=to)),
        [button(t.plain("menu.back"), Go(where="programme"))],
    )


def titled(t: Translator, one: NamedVersion) -> str:
    """On its button: "7 · 26 November, 10:20 · Dinara"."""
    parts = (str(one.version.number), t.moment(one.version.published_at), one.by)
    return shorten(" · ".join(part for part in parts if part), WHOLE)


def line(t: Translator, one: NamedVersion) -> Html:
    """ "7. 26 November, 10:20 · Dinara", and below it where it comes from; 🔕 is one that nobody was notified of."""
    by = f" · {cut(escape(one.by), NAME_MAX)}" if one.by else ""
    number, at = one.version.number, t.moment(one.version.published_at)
    quiet = " · 🔕" if one.version.quiet else ""
    return Html(f"<b>{number}.</b> {at}{by}\n     {origin(t, one.version)}{quiet}")


def origin(t: Translator, version: Version) -> Html:
    """Where a version comes from: a file, the draft with so many changes, an older version."""
    if version.restores is not None:
        return t("versions.restores", number=version.restores)
    if version.source == DRAFT:
        return t.n("versions.draft", version.steps)
    return t("versions.file", name=cut(escape(version.source), SOURCE_MAX))


def report(t: Translator, found: Report) -> list[Html]:
    """What became of the notices of a version, in a line; none when there were none."""
    counts = (
        (found.told, "versions.report_told"),
        (found.waiting, "versions.report_waiting"),
        (found.unreached, "versions.report_unreached"),
        (found.unsure, "versions.report_unsure"),
        (found.repeated, "versions.report_repeated"),
    )
    said = [t(key, count=count) for count, key in counts if count]
    return [Html(f"👥 {' · '.join(said)}")] if said else []


def compare(
    t: Translator,
    pair: Pair,
    changes: Sequence[SessionChange | RecordChange],
    revision: int,
    page: int,
) -> Screen:
    """What differs between two versions, from the older to the newer; `revision` is the draft's."""
    shown, page, pages = page_of(changes, page, PAGE)
    one, other = pair.older.version.number, pair.newer.version.number
    differs = "\n\n".join(entry(t, change, {}) for change in shown) or t("versions.same")
    head = f"📚 <b>{t('versions.compared', older=one, newer=other)}</b>"
    return screen(
        "\n".join((head, line(t, pair.older), line(t, pair.newer), *report(t, pair.report), "", differs)),
        pager(page, pages, lambda to: CompareVersions(number=one, target=other, page=to)),
        [button(t.plain("versions.step", number=one), CompareVersions(number=one, target=pair.before, page=0))]
        if pair.before is not None
        else [],
        [button(t.plain("versions.bring_back", number=one), BringBack(number=one, revision=revision))]
        if changes
        else [],
        [button(t.plain("menu.back"), VersionsPageButton(page=0))],
    )
