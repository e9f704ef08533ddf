"""Announcements as organizers make, send and follow them: one message that changes."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bot.actions.announcements import claims
from bot.actions.announcements.amending import COUNTS, COUNTS_ASKED, STAGES, Amended
from bot.actions.announcements.announcements import Facts
from bot.actions.announcements.repairs import Reached, Staged
from bot.actions.announcements.wording import STAGED, in_order, languages_of, mark
from bot.programme.model import Programme
from bot.texts import Html, Translator, escape
from bot.views.announcements import truth
from bot.views.announcements.buttons import (
    Announce,
    AnnounceApply,
    AnnounceAudience,
    AnnounceDecide,
    AnnounceDesk,
    AnnounceFailures,
    AnnounceList,
    AnnounceRight,
    AnnounceRun,
    AnnounceSendBack,
    AnnounceStaged,
    AnnounceTime,
    AnnounceUntil,
    AnnounceVersion,
)
from bot.views.announcements.choices import (
    audience_words,
    go_on,
    goes_out,
    holds_until,
    read_in,
    version_name,
)
from bot.views.announcements.pace import bar, pace_line
from bot.views.announcements.repaired import repaired, unrepaired
from bot.views.buttons import LeaveForm, button
from bot.views.labels import WHOLE
from bot.views.pager import pager
from bot.views.screen import Row, Screen, page_of, screen, shorten, visible
from storage.announced import CORRECTING, REMOVING, SENDING, Failure, Tally
from storage.announcements import ASKED, CANCELLED, DRAFT, PAUSED, SCHEDULED, Announcement, Part
from storage.announcements import DONE as SENT_OUT
from storage.announcements import SENDING as UNDER_WAY
from storage.deliveries import BLOCKED, DROPPED, FAILED, SENT, UNSURE

LIST_PAGE = 8
FAILURES_PAGE = 20
REPAIRS = {CORRECTING: "✏️", REMOVING: "🗑"}  # before who has the announcement, but not its repair
ICONS = {DRAFT: "✏️", ASKED: "🤝", SCHEDULED: "🕓", UNDER_WAY: "📤", PAUSED: "⏸", SENT_OUT: "✅", CANCELLED: "⏹"}


def form(t: Translator, listed: int) -> Screen:
    """What to send now. `listed` is how many others there are."""
    others = [button(t.plain("announcements.all", count=listed), AnnounceList(page=0))] if listed else []
    return screen(t("announcements.form"), others, [button(t.plain("form.cancel"), LeaveForm())])


def form_for(t: Translator, number: int, language: str) -> Screen:
    """What to send as the version of a language, of announcement `number`."""
    return screen(
        t("announcements.form_version", number=number, language=version_name(t, language)),
        [button(t.plain("form.cancel"), AnnounceDesk(number=number, act="open"))],
    )


def form_correction(t: Translator, number: int) -> Screen:
    return screen(
        t("announcements.form_correction", number=number),
        [button(t.plain("form.cancel"), AnnounceDesk(number=number, act="open"))],
    )


def desk(t: Translator, programme: Programme, facts: Facts, reader: int) -> Screen:
    """The announcement with all that `reader`, an organizer, can do about it now."""
    announcement = facts.announcement
    untrue = claims.untrue(facts.parts, programme, facts.at)
    if announcement.started_at is not None:
        return report(t, facts, untrue)
    mine = announcement.author == reader
    rows = {DRAFT: draft_rows, ASKED: asked_rows, SCHEDULED: scheduled_rows}.get(announcement.state)
    return screen(
        "\n".join([head(t, announcement), *about(t, programme, facts), *truth.lines(t, facts, untrue)]),
        *truth.word_again(t, facts, untrue, "moving.again" if announcement.state == DRAFT and mine else ""),
        *(rows(t, facts, mine) if rows else []),
        *last_rows(t, facts, "write" if announcement.state == DRAFT and mine else ""),
        decided_on=said(facts),
    )


def said(facts: Facts) -> tuple[object, ...]:
    """What anyone lets go of with it: its words, to whom and when."""
    one = facts.announcement
    return mark(facts.parts), one.audience, one.urgent, one.send_at, one.send_with


def head(t: Translator, announcement: Announcement) -> Html:
    state = "withdrawn" if announcement.withdrawn_at else announcement.state
    number = t("announcements.number", number=announcement.number)
    return Html(f"📣 <b>{number}</b> · {t(f'announcements.state_{state}')}")


def about(t: Translator, programme: Programme, facts: Facts) -> list[str]:
    """What it says, whose it is, and its terms."""
    lines = ["", content_line(t, facts.parts, facts.announcement)]
    if facts.author:
        lines.append(t("announcements.by", name=facts.author))
    return [*lines, *terms(t, programme, facts), *behind_line(t, facts)]


def behind_line(t: Translator, facts: Facts) -> list[str]:
    """Which versions were not changed since another was."""
    names = ", ".join(read_in(t, facts.parts, one) for one in facts.behind)
    return ["", t("announcements.behind", languages=names)] if names else []


def last_rows(t: Translator, facts: Facts, act: str = "") -> list[Row]:
    """Back to the list; where one may `act`, before that on to each version behind, or they are right as they are.

    These stand last: what stood above them stays where it was, and beside the list nothing was confirmed before.
    """
    if not facts.behind or not act:
        return [[to_list(t)]]
    number = facts.announcement.number
    right = button(t.plain("announcements.right_as_they_are"), AnnounceRight(number=number))
    return [*go_on(t, number, facts.behind, act), [to_list(t), right]]


def terms(t: Translator, programme: Programme, facts: Facts) -> list[str]:
    """To whom, when, until when, and whether it makes a sound."""
    announcement, reach = facts.announcement, facts.reach
    return [
        f"👥 {audience_words(t, programme, facts.condition)}: <b>{reach.gets(announcement.urgent)}</b>",
        *([t("announcements.muted", count=reach.muted)] if reach.muted and not announcement.urgent else []),
        *([t("announcements.out_of_reach", count=reach.blocked)] if reach.blocked else []),
        f"🕓 {goes_out(t, programme, announcement)}",
        f"⌛ {holds_until(t, announcement)}",
        *([t("announcements.urgent_words")] if announcement.urgent else []),
    ]


def content_line(t: Translator, parts: Sequence[Part], announcement: Announcement) -> str:
    """ "📝 photo ×3 · қаз, рус": the beginning of its words below."""
    languages = languages_of(parts)
    first = [part for part in parts if languages and part.language == languages[0]]
    kind = t(f"announcements.kind_{first[0].kind}") if first else "—"
    many = f" ×{len(first)}" if len(first) > 1 else ""
    names = "" if languages in ((), ("",)) else " · " + ", ".join(version_name(t, one) for one in languages)
    return f"📝 {kind}{many}{names}\n<blockquote>{title(t, announcement, 300)}</blockquote>"


def title(t: Translator, announcement: Announcement, limit: int) -> Html:
    """Its first words; "(without words)" when it has none."""
    return escape(plain_title(t, announcement, limit))


def plain_title(t: Translator, announcement: Announcement, limit: int) -> str:
    return plain_words(t, announcement.text, limit)


def plain_words(t: Translator, text: str, limit: int) -> str:
    words = " ".join(visible(text).split())
    return shorten(words, limit) if words else t.plain("announcements.no_words")


def draft_rows(t: Translator, facts: Facts, mine: bool) -> list[Row]:
    number = facts.announcement.number
    urgent = facts.announcement.urgent
    label = ("● " if urgent else "") + t.plain("announcements.urgent")
    return [
        [
            preview_button(t, number),
            button(t.plain("announcements.replace"), AnnounceDesk(number=number, act="replace")),
        ],
        [
            button(
                t.plain("announcements.audience"), AnnounceAudience(number=number, kind="l", value="", wanted=0, page=0)
            ),
            button(t.plain("announcements.languages"), AnnounceVersion(number=number, language="", act="open")),
        ],
        [
            button(t.plain("announcements.when"), AnnounceTime(number=number, choice="")),
            button(t.plain("announcements.until"), AnnounceUntil(number=number, choice="")),
        ],
        [button(label, AnnounceDesk(number=number, act="calm" if urgent else "urgent"))],
        [button(t.plain("announcements.go"), AnnounceDesk(number=number, act="confirm"), "success")],
        [drop_button(t, number, "announcements.drop")],
    ]


def asked_rows(t: Translator, facts: Facts, mine: bool) -> list[Row]:
    number = facts.announcement.number
    if mine:
        return [[preview_button(t, number)], *scheduled_rows(t, facts, mine)[1:]]
    asked = facts.announcement.confirmed_at or 0
    return [
        [preview_button(t, number)],
        [
            button(
                t.plain("announcements.approve"), AnnounceDecide(number=number, asked=asked, act="approve"), "success"
            ),
            button(t.plain("announcements.decline"), AnnounceDecide(number=number, asked=asked, act="decline")),
        ],
    ]


def scheduled_rows(t: Translator, facts: Facts, mine: bool) -> list[Row]:
    number = facts.announcement.number
    back = button(t.plain("announcements.back"), AnnounceDesk(number=number, act="back"))
    return [
        [preview_button(t, number)],
        [*([back] if mine else []), drop_button(t, number, "announcements.call_off")],
    ]


def preview_button(t: Translator, number: int) -> dict[str, str]:
    return button(t.plain("announcements.look"), AnnounceDesk(number=number, act="preview"))


def drop_button(t: Translator, number: int, key: str) -> dict[str, str]:
    return button(t.plain(key), AnnounceDesk(number=number, act="drop"))


def to_list(t: Translator) -> dict[str, str]:
    return button(t.plain("announcements.list"), AnnounceList(page=0))


def dropped(t: Translator) -> Screen:
    return screen(t("announcements.cancelled"), [to_list(t)])


def decided(t: Translator, number: int) -> Screen:
    """In place of a request that somebody else has answered."""
    return screen(
        t("announcements.decided"),
        [button(t.plain("announcements.open", number=number), AnnounceDesk(number=number, act="open"))],
    )


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


def report(t: Translator, facts: Facts, untrue: Sequence[str] = ()) -> Screen:
    """How far it is, and at the end what became of it; the languages in which it says what is not so any more."""
    announcement = facts.announcement
    sending = facts.tallies.get(SENDING, Tally())
    lines = [
        report_head(t, announcement, sending),
        f"<i>{title(t, announcement, 80)}</i>",
        "",
        bar(sending.total - sending.open, sending.total),
        t("announcements.delivered", count=sending.states.get(SENT, 0)),
        *([t("announcements.twice", count=sending.twice)] if sending.twice else []),
        t("announcements.blocked", count=sending.states.get(BLOCKED, 0)),
        t("announcements.failed", count=sending.states.get(FAILED, 0) + sending.states.get(DROPPED, 0)),
    ]
    if sending.states.get(UNSURE):
        lines.append(t("announcements.unsure", count=sending.states[UNSURE]))
    if sending.open:
        lines.append(t("announcements.waiting", count=sending.open))
        lines += pace_line(t, sending, facts.measured) if announcement.state == UNDER_WAY else []
    for kind, key in ((CORRECTING, "announcements.corrected"), (REMOVING, "announcements.removed")):
        lines += repaired(t, facts.tallies.get(kind, Tally()), key)
    missed = sending.undelivered + sum(unrepaired(facts.tallies.get(kind, Tally())) for kind in (CORRECTING, REMOVING))
    holds = announcement.withdrawn_at is None
    if holds:
        lines += [*truth.outdated(t, untrue), *behind_line(t, facts)]
    return screen(
        "\n".join(lines),
        *(truth.word_again(t, facts, untrue, "moving.correct") if holds else []),
        *report_rows(t, announcement, sending, missed),
        *(staged_rows(t, facts) if holds else []),
        *last_rows(t, facts, "correct" if holds else ""),
    )


def staged_rows(t: Translator, facts: Facts) -> list[Row]:
    """The corrections that were written and are not in place."""
    number = facts.announcement.number
    coming = dict.fromkeys(part.language for part in facts.parts if part.language.startswith(STAGED))
    rows: list[Row] = []
    for language in (one.removeprefix(STAGED) for one in coming):
        label = t.plain("announcements.staged", version=version_name(t, language))
        rows.append([button(label, AnnounceStaged(number=number, language=language))])
    return rows


def report_head(t: Translator, announcement: Announcement, sending: Tally) -> Html:
    key = "running" if sending.open else "over"
    if announcement.withdrawn_at is not None:
        key = "withdrawn"
    elif announcement.state == PAUSED:
        key = "paused"
    elif announcement.state == CANCELLED:
        key = "stopped"
    return Html(f"📣 <b>{t(f'announcements.{key}', number=announcement.number)}</b>")


def report_rows(t: Translator, announcement: Announcement, sending: Tally, missed: int) -> list[Row]:
    number = announcement.number
    rows: list[Row] = []
    if announcement.state in (UNDER_WAY, PAUSED) and sending.open:
        pausing = (
            ("resume", "announcements.resume") if announcement.state == PAUSED else ("pause", "announcements.pause")
        )
        rows.append([run(t, number, *pausing), run(t, number, "stop", "announcements.stop")])
    if announcement.withdrawn_at is None:
        rows.append(
            [run(t, number, "correct", "announcements.correct"), run(t, number, "remove", "announcements.remove")]
        )
    if missed:
        label = t.plain("announcements.failures", count=missed)
        rows.append([button(label, AnnounceFailures(number=number, page=0))])
    refresh = button(t.plain("announcements.refresh"), AnnounceDesk(number=number, act="open"))
    return [*rows, [preview_button(t, number), refresh]]


def run(t: Translator, number: int, act: str, key: str) -> dict[str, str]:
    return button(t.plain(key), AnnounceRun(number=number, act=act))


def failures(t: Translator, number: int, failed: Sequence[Failure], page: int, more: bool) -> Screen:
    """Who did not get it, its correction or its deletion, and why; names only."""
    lines = [f"⚠️ <b>{t('announcements.failures_of', number=number)}</b>", ""]
    lines += [failure_line(t, one) for one in failed]
    turn: Row = []
    if page > 0:
        turn.append(button("‹", AnnounceFailures(number=number, page=page - 1)))
    if more:
        turn.append(button("›", AnnounceFailures(number=number, page=page + 1)))
    return screen("\n".join(lines), turn, [button(t.plain("menu.back"), AnnounceDesk(number=number, act="open"))])


def failure_line(t: Translator, failure: Failure) -> str:
    why = t(f"announcements.fate_{failure.state}")
    named = t("announcements.failure", name=shorten(failure.name or "—", 40), why=why)
    error = f" <i>({escape(shorten(failure.error, 80))})</i>" if failure.error else ""
    return f"{REPAIRS.get(failure.kind, '•')} {named}{error}"


def listing(t: Translator, listed: Sequence[Announcement], page: int, behind: Collection[int] = ()) -> Screen:
    """Drafts, what is to be sent, what is under way, what is past. Those with a version `behind` have a sign."""
    shown, page, pages = page_of(listed, page, LIST_PAGE)
    rows = [
        [
            button(
                f"{sign(one, behind)} №{one.number} " + plain_title(t, one, WHOLE - 8),
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
        answers,
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
                t.plain("announcements.staged", version=version_name(t, language)),
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
