"""The draft of the next version: its steps, what it changes and for whom; publishing it."""

from __future__ import annotations

from collections import Counter

from bot.actions.announcements.moved import Offer
from bot.actions.publishing.hanging import NOTHING, Hanging
from bot.actions.publishing.publishing import Preview, Published, Undoing
from bot.programme.model import Programme
from bot.texts import Html, Translator, escape
from bot.views.buttons import Go, button
from bot.views.pager import pager
from bot.views.publishing import hanging, moved
from bot.views.publishing.buttons import (
    GONE,
    AskPublish,
    DiscardDraft,
    DraftPage,
    GoingAway,
    Publish,
    TakeBackStep,
    UndoPublish,
    UndoPublishSure,
)
from bot.views.publishing.changes import PAGE, entry
from bot.views.publishing.concerns import concern_lines
from bot.views.publishing.steps import behind_lines, step
from bot.views.screen import Row, Screen, cut, page_of, screen
from storage.drafts import Step

STEPS_SHOWN = 5  # the last ones
MAKERS_SHOWN = 5  # those of most steps
ASKED_ABOUT = 3  # changes that the question still lists one by one
NAME_MAX = 40


def draft(t: Translator, preview: Preview, page: int, offer: Offer) -> Screen:
    """What was done, and what comes of it."""
    seen = preview.draft
    if not seen.steps:
        return screen(f"📝 <b>{t('draft.title')}</b>\n\n{t('draft.empty')}", back(t))
    shown, page, pages = page_of(preview.changes, page, PAGE)
    parts = [f"📝 <b>{t('draft.title')}</b> · {t.n('programme.steps', len(seen.steps))}", *steps(t, preview)]
    parts += warnings(t, preview)
    parts += ["", f"<b>{t('draft.comes')}</b>"]
    parts += ["\n\n".join(entry(t, one, preview.reach.by_session) for one in shown) or t("draft.nothing")]
    parts += ["", audience(t, preview), *moved.ahead(t, offer)] if preview.changes else []
    parts += hanging.ahead(t, seen.programme, preview.hanging, preview.back)
    last = seen.steps[-1]
    return screen(
        "\n".join(parts),
        pager(page, pages, lambda to: DraftPage(page=to)),
        [button(t.plain("draft.publish"), AskPublish(revision=seen.revision))] if preview.changes else [],
        [button(t.plain("draft.take_back"), TakeBackStep(revision=seen.revision, number=last.number, sure=0))],
        [button(t.plain("draft.discard"), DiscardDraft(revision=seen.revision, sure=0))],
        back(t),
    )


def steps(t: Translator, preview: Preview) -> list[Html]:
    """The last steps, each with who and when."""
    made = preview.draft.steps
    earlier = len(made) - STEPS_SHOWN
    return [
        *([t.n("draft.earlier", earlier)] if earlier > 0 else []),
        *(step_line(t, preview, one) for one in made[-STEPS_SHOWN:]),
    ]


def step_line(t: Translator, preview: Preview, one: Step) -> Html:
    """ "09:31 Aigerim: «The opening» 20 minutes later"."""
    return Html(f"{t.clock(one.made_at)} {maker(t, preview, one)}: {step(t, preview.draft, one)}")


def maker(t: Translator, preview: Preview, one: Step) -> Html:
    if one.made_by is None:
        return t("draft.by_itself")
    return cut(escape(preview.names.get(one.made_by) or t.plain("audit.gone")), NAME_MAX)


def warnings(t: Translator, preview: Preview) -> list[str]:
    """What is rarely meant, and what was changed in one language only."""
    seen = preview.draft
    lines = [*concern_lines(t, seen.programme, preview.concerns), *behind_lines(t, seen)]
    return ["", *lines] if lines else []


def audience(t: Translator, preview: Preview) -> Html:
    return t.n("publishing.audience", preview.reach.people) if preview.reach.people else t("publishing.nobody")


def ask_publish(t: Translator, preview: Preview, offer: Offer) -> Screen:
    """The one question, with what was done; where that is little, also what comes of it. Where nobody new would be
    notified, there is no choice to be quiet about it."""
    seen = preview.draft
    people, waiting = preview.reach.people, preview.reach.waiting
    parts = [f"<b>{t('publishing.sure')}</b>", *steps(t, preview), ""]
    if len(preview.changes) <= ASKED_ABOUT:
        parts += ["\n\n".join(entry(t, one, {}) for one in preview.changes), ""]
    parts += [t.n("publishing.changes", len(preview.changes)), audience(t, preview)]
    parts += moved.ahead(t, offer)
    parts += hanging.ahead(t, seen.programme, preview.hanging, preview.back)
    makers = Counter(maker(t, preview, one) for one in seen.steps)
    if len(makers) > 1:  # anyone who publishes their own change must know that they publish another's with it
        names = ", ".join(f"{name} ({steps})" for name, steps in makers.most_common(MAKERS_SHOWN))
        parts.append(t("publishing.makers", names=Html(names)))
    parts += warnings(t, preview)
    yes = t.plain_n("publishing.and_tell", people) if people else t.plain("draft.publish")
    rows: list[Row] = [[publish_button(yes, preview, 0)]]
    if people > waiting:
        hint = t.n("publishing.quiet_hint_waiting", waiting) if waiting else t("publishing.quiet_hint")
        parts += ["", hint, *hanging.told_anyway(t, preview.hanging)]
        rows.append([publish_button(t.plain("publishing.quietly"), preview, 1)])
    if preview.hanging:
        rows.append([button(t.plain("hanging.move"), GoingAway(revision=seen.revision, page=0))])
    return screen("\n".join(parts), *rows, [button(t.plain("menu.back"), DraftPage(page=0))])


def publish_button(label: str, preview: Preview, quiet: int) -> dict[str, str]:
    seen = preview.draft
    return button(label, Publish(base=seen.base, revision=seen.revision, quiet=quiet))


def published(t: Translator, done: Published, offer: Offer, *, left: Hanging = NOTHING, undone: bool = False) -> Screen:
    """That it is done, who will be notified and when, and the way back; whom one can tell besides, and what is `left`
    on sessions that are gone. What was `undone` is published again from the list of versions only: one tap too many
    must not do it."""
    version = done.version
    if version.restores is None:
        words = t("publishing.done", number=version.number)
    else:
        words = t("publishing.restored", number=version.number, restores=version.restores)
    notified = t("publishing.nobody_told")
    if done.people and done.due_at is not None:
        notified = t.n("publishing.told_from", done.people, at=t.clock(done.due_at))
    return screen(
        "\n".join([f"✅ <b>{words}</b>\n{notified}", *hanging.behind(t, done, left), *moved.behind(t, offer)]),
        *moved.rows(t, offer, version.number),
        [button(t.plain("hanging.move"), GoingAway(revision=GONE, page=0))] if left else [],
        back(t),
        [button(t.plain("publishing.undo"), UndoPublish(number=version.number))]
        if not undone
        else [button(t.plain("programme.versions_key"), Go(where="versions"))],
    )


def ask_undo(t: Translator, programme: Programme, found: Undoing, number: int) -> Screen:
    """Undoing version `number` takes away sessions on which something hangs, or brings some back with what was moved
    from them; `programme` is the one that would hold."""
    return screen(
        "\n".join(
            [
                f"<b>{t('publishing.undo_sure', number=number)}</b>",
                *hanging.ahead(t, programme, found.hanging, found.back),
            ]
        ),
        [button(t.plain("publishing.undo_yes"), UndoPublishSure(number=number), style="danger")],
        back(t),
    )


def ask_take_back(t: Translator, preview: Preview, last: Step) -> Screen:
    """The last step is another organizer's."""
    return screen(
        f"{t('draft.take_back_sure', name=maker(t, preview, last))}\n\n{step_line(t, preview, last)}",
        [button(t.plain("draft.take_back"), TakeBackStep(revision=preview.draft.revision, number=last.number, sure=1))],
        [button(t.plain("menu.back"), DraftPage(page=0))],
    )


def ask_discard(t: Translator, preview: Preview) -> Screen:
    seen = preview.draft
    return screen(
        t("draft.discard_sure", steps=t.plain_n("programme.steps", len(seen.steps))),
        [button(t.plain("draft.discard_yes"), DiscardDraft(revision=seen.revision, sure=1), style="danger")],
        [button(t.plain("menu.back"), DraftPage(page=0))],
    )


def back(t: Translator) -> Row:
    return [button(t.plain("menu.back"), Go(where="programme"))]
