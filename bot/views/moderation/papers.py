"""Papers: which file is wanted, and the numbers in sentences a chair can read aloud."""

from __future__ import annotations

from bot.actions.moderation.papers import WHOLE_FORUM, Line, Summary
from bot.programme.model import Programme
from bot.texts import Html, Translator, escape
from bot.views.buttons import button
from bot.views.moderation.buttons import DeskSession, GetPaper, Papers, ReadSummary
from bot.views.names import delegation_name, session_title, topic_names
from bot.views.questions.questions import voices
from bot.views.screen import Row, Screen, cut, screen
from storage.papers import Author


def menu(t: Translator, programme: Programme, session: str, numbers: Summary, now: int) -> Screen:
    """Of a session, or of the whole forum, which has its CSV too."""
    count = numbers.received + numbers.withdrawn
    forum = session == WHOLE_FORUM
    title = t("papers.forum") if forum else cut(named(t, programme, session), 200)
    rows: list[Row] = []
    if count:
        rows.append([button(t.plain("papers.summary"), ReadSummary(session=session), style="primary")])
        rows.append(
            [
                button(t.plain("papers.docx"), GetPaper(session=session, kind="docx")),
                button(t.plain("papers.xlsx"), GetPaper(session=session, kind="xlsx")),
            ]
        )
        annex = button(t.plain("papers.docx_annex"), GetPaper(session=session, kind="annex"))
        rows.append([annex] if numbers.left_out else [])
        rows.append([button(t.plain("papers.csv"), GetPaper(session=session, kind="csv"))] if forum else [])
    rows.append([] if forum else [button(t.plain("moderation.to_session"), DeskSession(session=session))])
    lines = [f"📄 <b>{title}</b>", t.n("papers.count", numbers.received) if count else t("papers.empty")]
    return screen("\n".join([*lines, *beside(t, numbers, now)] if count else lines), *rows)


def caption(t: Translator, numbers: Summary, now: int) -> str:
    """Under a file: how many questions it is about, and when."""
    return "\n".join([t.n("papers.caption", numbers.received), *beside(t, numbers, now)])


def beside(t: Translator, numbers: Summary, now: int) -> list[Html]:
    """What the count leaves out, and of which moment it is."""
    withdrawn = [t("papers.withdrawn", count=numbers.withdrawn)] if numbers.withdrawn else []
    return [*withdrawn, Html(f"<i>{t('papers.as_of', at=t.moment(now))}</i>")]


def summary(t: Translator, programme: Programme, session: str, numbers: Summary, now: int) -> Screen:
    """One message, to be read from the phone on stage."""
    title = t("papers.forum") if session == WHOLE_FORUM else cut(named(t, programme, session), 200)
    leading = [
        f"<b>{place}.</b> {escape(line.question.text)}\n{escape(signature(t, programme, line))}"
        for place, line in enumerate(numbers.leading, 1)
    ]
    parts = [f"🗣 <b>{title}</b>", escape("\n".join(sentences(t, programme, numbers)))]
    parts += [f"<b>{t('papers.leading')}</b>", *leading] if leading else []
    parts.append(f"<i>{t('papers.as_of', at=t.moment(now))}</i>")
    return screen("\n\n".join(parts), [button(t.plain("menu.back"), Papers(session=session))])


def sentences(t: Translator, programme: Programme, numbers: Summary) -> list[str]:
    """How many came, from where, what became of them, what they are about; plain text."""
    said = [t.plain_n("papers.received", numbers.received)]
    if numbers.delegations:
        said.append(t.plain_n("papers.delegations", numbers.delegations))
    counted = (
        ("papers.anonymous", numbers.anonymous),
        # From here on the counts add up to what was received.
        ("papers.asked", numbers.asked),
        ("papers.answered", numbers.answered),
        ("papers.waiting", numbers.waiting),
        ("papers.pending", numbers.pending),
        ("papers.declined", numbers.declined),
        ("papers.merged", numbers.merged),
        ("papers.no_time", numbers.no_time),
        ("papers.closed", numbers.closed),
        ("papers.withdrawn", numbers.withdrawn),
    )
    others = [(t.plain(f"questions.state_{state}"), count) for state, count in numbers.others]
    said += [t.plain(key, count=count) for key, count in counted if count]
    said += [t.plain("papers.other", state=state[:1].upper() + state[1:], count=count) for state, count in others]
    if numbers.topics:
        topics = ", ".join(f"{topic_names(t, programme, [code])} ({count})" for code, count in numbers.topics)
        said.append(t.plain("papers.topics", topics=topics))
    return said


def signature(t: Translator, programme: Programme, line: Line) -> str:
    """ "Name, organization, delegation · 👍 34"; of an anonymous one only that it is."""
    return f"{known_as(t, programme, line.author) or t.plain('questions.anonymous')}{voices(line.question)}"


def known_as(t: Translator, programme: Programme, author: Author) -> str:
    known = (author.name, author.organization, delegation_name(t, programme, author.delegation))
    return ", ".join(part for part in known if part)


def named(t: Translator, programme: Programme, code: str) -> str:
    """A session's title as HTML; of one that nobody knows its code."""
    return escape(session_title(t, programme, code))
