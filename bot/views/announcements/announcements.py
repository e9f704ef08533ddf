"""Announcements as organizers make, send and follow them: one message that changes."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bot.actions.announcements import claims
from bot.actions.announcements.amending import COUNTS, COUNTS_ASKED, STAGES, Amended
from bot.actions.announcements.announcements import Facts
from bot.actions.announcements.repairs import Reached, Staged
from bot.actions.announcements.wording import in_order, languages_of
from bot.programme.model import Programme
from bot.texts import Html, Translator, escape
from bot.views.announcements import card, truth
from bot.views.announcements.buttons import (
    Announce,
    AnnounceApply,
    AnnounceDecide,
    AnnounceDesk,
    AnnounceList,
    AnnounceRun,
    AnnounceSendBack,
    AnnounceStaged,
    AnnounceVersion,
)
from bot.views.announcements.choices import (
    go_on,
    short_name,
    version_name,
)
from bot.views.announcements.decisions import decision_words
from bot.views.announcements.lines import (
    about,
    behind_line,
    drop_button,
    head,
    plain_title,
    plain_words,
    preview_button,
    right_button,
    said,
    terms,
    to_list,
)
from bot.views.announcements.report import report
from bot.views.buttons import LeaveForm, button
from bot.views.labels import WHOLE, side_by_side
from bot.views.pager import pager
from bot.views.screen import Row, Screen, page_of, screen
from storage.announcements import ASKED, CANCELLED, DRAFT, PAUSED, SCHEDULED, Announcement
from storage.announcements import DONE as SENT_OUT
from storage.announcements import SENDING as UNDER_WAY

LIST_PAGE = 6
ICONS = {DRAFT: "📝", ASKED: "🤝", SCHEDULED: "🕒", UNDER_WAY: "📤", PAUSED: "⏸", SENT_OUT: "✅", CANCELLED: "⏹"}


def form(t: Translator, listed: int) -> Screen:
    """What to send now. `listed` is how many others there are."""
    others = [button(t.plain("announcements.all", count=listed), AnnounceList(page=0))] if listed else []
    return screen(t("announcements.form"), others, [button(t.plain("form.cancel"), LeaveForm())])


def desk(t: Translator, programme: Programme, facts: Facts, reader: int) -> Screen:
    """The announcement with all that `reader`, an organizer, can do about it now."""
    announcement = facts.announcement
    untrue = claims.untrue(facts.parts, programme, facts.at)
    if announcement.started_at is not None:
        return report(t, facts, untrue)
    mine = announcement.author == reader
    if announcement.state == DRAFT and not mine:
        return given_back(t, facts)
    about_it = [head(t, announcement), *about(t, programme, facts, card.language_lines(t, facts))]
    if announcement.state == DRAFT:
        right = right_button(t, facts) if facts.behind and not untrue else []
        again = truth.word_again(t, facts, untrue, "moving.again")
        rows = [*again, *card.draft_rows(t, facts, right=right)]
    else:
        states = {ASKED: asked_rows, SCHEDULED: scheduled_rows}
        rows = states[announcement.state](t, facts, mine) if announcement.state in states else []
        rows.append([to_list(t)])
    return screen("\n".join([*about_it, *truth.lines(t, facts, untrue)]), *rows, decided_on=said(facts))


def given_back(t: Translator, facts: Facts) -> Screen:
    """In place of a request that was put forward to this organizer: it is the author's draft again."""
    lines = [t("announcements.given_back", number=facts.announcement.number)]
    if facts.verdict is not None:
        lines.append(decision_words(t, facts.verdict))
    return screen("\n".join(lines), [to_list(t)])


def asked_rows(t: Translator, facts: Facts, mine: bool) -> list[Row]:
    number = facts.announcement.number
    if mine:
        return [[preview_button(t, number)], *scheduled_rows(t, facts, mine)[1:]]
    asked = facts.announcement.confirmed_at or 0
    return [
        [preview_button(t, number)],
        *side_by_side(
            [
                button(
                    t.plain("announcements.approve"),
                    AnnounceDecide(number=number, asked=asked, act="approve"),
                    "success",
                ),
                button(t.plain("announcements.decline"), AnnounceDecide(number=number, asked=asked, act="decline")),
            ]
        ),
    ]


def scheduled_rows(t: Translator, facts: Facts, mine: bool) -> list[Row]:
    number = facts.announcement.number
    back = button(t.plain("announcements.back"), AnnounceDesk(number=number, act="back"))
    return [
        [preview_button(t, number)],
        [*([back] if mine else []), drop_button(t, number, "announcements.call_off")],
    ]


def dropped(t: Translator) -> Screen:
    return screen(t("announcements.cancelled"), [to_list(t)])


def confirm(t: Translator, programme: Programme, facts: Facts, approval: bool) -> Screen:
    """The last look: how many, who, when, and whether somebody else must agree."""
    announcement = facts.announcement
    number, people = announcement.number, facts.reach.gets(announcement.urgent)
    question = t.n("announcements.confirm", people) if people else t("announcements.nobody")
    untrue = claims.untrue(facts.parts, programme, facts.at)
    lines = [question, "", *terms(t, programme, facts), *truth.outdated(t, untrue), *behind_line(t, facts)]
    if approval:
        lines.append(t("announcements.second"))
    later = announcement.send_at is not None or announcement.send_with
    label = t.plain("announcements.schedule") if later else t.plain_n("announcements.send", people)
    go = [button(label, Announce(number=number, act="send"), "success")] if (people or later) and not untrue else []
    back = [button(t.plain("menu.back"), AnnounceDesk(number=number, act="open"))]
    again = truth.word_again(t, facts, untrue, "moving.again")
    return screen("\n".join(lines), *again, go, back, decided_on=said(facts))


def listing(t: Translator, listed: Sequence[Announcement], page: int, behind: Collection[int] = ()) -> Screen:
    """Drafts, what is to be sent, what is under way, what is past. Those with a version `behind` have a sign."""
    shown, page, pages = page_of(listed, page, LIST_PAGE)
    rows = [
        [
            button(
                f"{sign(one, behind)} {t.number(one.number)} " + plain_title(t, one, WHOLE - 9),
                AnnounceDesk(number=one.number, act="open"),
            )
        ]
        for one in shown
    ]
    words = t("announcements.listing") if listed else t("announcements.none")
    return screen(
        f"📣 <b>{t('announcements.title')}</b>\n\n{words}",
        *rows,
        pager(page, pages, lambda to: AnnounceList(page=to)),
        [button(t.plain("announcements.new"), AnnounceDesk(number=0, act="new"), "success")],
    )


def sign(announcement: Announcement, behind: Collection[int]) -> str:
    if announcement.withdrawn_at:
        return "🗑"
    return ICONS.get(announcement.state, "") + ("⚠️" if announcement.number in behind else "")


def choose_version(t: Translator, number: int, languages: tuple[str, ...]) -> Screen:
    """Which version to correct."""
    rows = [
        [button(version_name(t, one), AnnounceVersion(number=number, language=one, act="correct"))] for one in languages
    ]
    return screen(
        t("announcements.which_version"),
        *rows,
        [button(t.plain("menu.back"), AnnounceDesk(number=number, act="open"))],
    )


def correction(t: Translator, number: int, language: str, staged: Staged) -> Screen:
    """Whether to put what is staged in place of what people have. Anyone asked to agree may send it back."""
    now_says, will_say = (escape(plain_words(t, words, 300)) for words in (staged.before, staged.after))
    apply = AnnounceApply(number=number, language=language, mark=staged.mark)
    lines = [
        t.n("announcements.correct_sure", staged.people, number=number),
        *([t("announcements.own_sure", count=staged.own)] if staged.own else []),
        f"\n{t('announcements.now_says')}\n<blockquote>{now_says}</blockquote>",
        f"{t('announcements.will_say')}\n<blockquote>{will_say}</blockquote>",
    ]
    answers = [button(t.plain("announcements.apply"), apply, "success")]
    others = () if staged.asked else in_order(languages_of(staged.others))
    if others:
        names = ", ".join(version_name(t, one) for one in others)
        lines.append(f"\n{t('announcements.others_stay', languages=names)}")
    if staged.asked:
        refusal = AnnounceSendBack(number=number, language=language, mark=staged.mark)
        answers.append(button(t.plain("announcements.decline"), refusal))
    return screen(
        "\n".join(lines),
        [button(t.plain("announcements.look"), AnnounceVersion(number=number, language=language, act="staged"))],
        *side_by_side(answers),
        *go_on(t, number, others, "correct"),
        [button(t.plain("menu.back"), AnnounceDesk(number=number, act="open"))],
    )


def amended(t: Translator, came: Amended) -> Html:
    """What came of an edit of the message that it says."""
    if came.came in (COUNTS, COUNTS_ASKED):
        return t("edited.counted" if came.came == COUNTS else "edited.counted_asked")
    if came.came == STAGES:
        return t("edited.staged", number=came.number)
    return t("edited.announcement_sent", number=came.number)


def correctable(t: Translator, number: int, language: str) -> Screen:
    """A correction that was written before waits; another may take its place."""
    return screen(
        t("announcements.staged_there"),
        [
            button(
                t.plain("announcements.staged", version=short_name(t, language)),
                AnnounceStaged(number=number, language=language),
            )
        ],
        [button(t.plain("announcements.correct"), AnnounceVersion(number=number, language=language, act="correct"))],
    )


def removal(t: Translator, number: int, reached: Reached) -> Screen:
    lines = [t.n("announcements.remove_sure", reached.people - reached.older, number=number)]
    if reached.own:
        lines.append(t("announcements.own_sure", count=reached.own))
    if reached.older:
        lines.append(t("announcements.remove_older", count=reached.older))
    return screen(
        "\n\n".join(lines),
        [button(t.plain("announcements.remove_yes"), AnnounceRun(number=number, act="removal"), "danger")],
        [button(t.plain("menu.back"), AnnounceDesk(number=number, act="open"))],
    )


def news(t: Translator, number: int, fate: str) -> Screen:
    """To those it concerns: approved, declined, corrected, held back, or why it was not sent."""
    return screen(
        t(f"announcements.news_{fate}", number=number),
        [button(t.plain("announcements.open", number=number), AnnounceDesk(number=number, act="open"))],
    )
