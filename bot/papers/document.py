"""The questions as a document to print: what is said first, then each session's questions, the most wanted on top; the
others, and why they are not among them, in an annex for those who want it."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from bot.actions.moderation.papers import PRINTED, Line, by_votes, summed
from bot.programme.model import Programme
from bot.texts import Translator
from bot.views.moderation.papers import sentences, signature
from bot.views.names import session_title
from bot.views.questions.questions import reason_words
from bot.views.times import times
from storage.questions import ANSWERED, CLOSED, MERGED, PENDING, WITHDRAWN

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

FONT = "Arial"  # has all Kazakh letters, and every office has it or its metric twin
LOCALES = {"kk": "kk-KZ", "ru": "ru-RU", "en": "en-GB"}
PAGE_NUMBER = "PAGE"
# XML 1.0 has no place for them, and one would cost the whole document.
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def document(
    t: Translator, programme: Programme, title: str, lines: Sequence[Line], now: dt.datetime, *, annex: bool
) -> bytes:
    """A .docx in the translator's language; sessions in the order of the programme, gone ones last."""
    # Late, like everything big that is seldom wanted: it costs memory from then on.
    import docx

    paper = docx.Document()
    set_up(paper, t, title, now)
    forum = t.say_plain(programme.forum.title)
    write(paper, forum, "Title")
    write(paper, title, "Subtitle")
    write(paper, t.plain("papers.as_of", at=t.moment(int(now.timestamp()))))
    write_summary(paper, t, programme, lines)
    order = {session.code: number for number, session in enumerate((*programme.sessions, *programme.gone))}
    codes = sorted({line.question.session for line in lines}, key=lambda code: (order.get(code, len(order)), code))
    sessions = {code: [line for line in lines if line.question.session == code] for code in codes}
    left_out = "papers.in_annex" if annex else "papers.left_out"
    for place, (code, of_session) in enumerate(sessions.items()):
        heading = write_session(paper, t, programme, code, lines=of_session, left_out=left_out)
        heading.paragraph_format.page_break_before = place == 0  # the first page is for those who read nothing else
    if annex:
        write_annex(paper, t, programme, sessions)
    file = io.BytesIO()
    paper.save(file)
    return file.getvalue()


def write_summary(paper: Document, t: Translator, programme: Programme, lines: Sequence[Line]) -> None:
    summary = summed(lines)
    for sentence in sentences(t, programme, summary):
        write(paper, sentence, "List Bullet")
    if summary.leading:
        write(paper, t.plain("papers.leading"), "Heading 2")
    for line in summary.leading:
        write(paper, f"{line.question.text} ({signature(t, programme, line)})", "List Number")


def write_session(
    paper: Document, t: Translator, programme: Programme, code: str, *, lines: Sequence[Line], left_out: str
) -> Paragraph:
    """Its heading. `left_out` is the text that says how many are not printed here, and where they are."""
    heading = write(paper, session_title(t, programme, code), "Heading 1")
    session = programme.known(code)
    if session is not None:
        write(paper, f"{t.date(session.start)}, {times(t, session)}").paragraph_format.keep_with_next = True
    printed = by_votes([line for line in lines if line.question.state in PRINTED])
    for line in printed:
        write_question(paper, t, programme, line)
    if count := len(lines) - len(printed):
        write(paper, t.plain_n(left_out, count))
    return heading


def write_question(paper: Document, t: Translator, programme: Programme, line: Line) -> None:
    question = line.question
    author = write_words(paper, t, programme, line, "Heading 2")
    if question.state == ANSWERED and question.answer:
        author.paragraph_format.keep_with_next = True
        by = f" ({line.decider})" if line.decider else ""
        write(paper, f"{t.plain('questions.answer', text=question.answer)}{by}", "Quote")
    elif question.state != PENDING and line.decider:
        author.paragraph_format.keep_with_next = True
        write(paper, t.plain("papers.decided_by", name=line.decider))


def write_annex(paper: Document, t: Translator, programme: Programme, sessions: Mapping[str, Sequence[Line]]) -> None:
    """What is not printed above, whatever its state, by session and number; nothing where all is printed."""
    left_out = {
        code: [line for line in lines if line.question.state not in PRINTED] for code, lines in sessions.items()
    }
    heading: Paragraph | None = None
    for code, lines in left_out.items():
        if lines and heading is None:
            heading = write(paper, t.plain("papers.annex"), "Heading 1")
            heading.paragraph_format.page_break_before = True
        if lines:
            write(paper, session_title(t, programme, code), "Heading 2")
        for line in lines:
            write_left_out(paper, t, programme, line)


def write_left_out(paper: Document, t: Translator, programme: Programme, line: Line) -> None:
    """The reason in the paper's language, or in the moderator's own words."""
    question = line.question
    reason = "questions.closing" if question.state == CLOSED else "questions.reason"
    said = [t.plain(reason, text=reason_words(t, question.reason))] if question.reason else []
    decider = t.plain("papers.the_author") if question.state == WITHDRAWN else line.decider
    said += [t.plain("papers.decided_by", name=decider)] if decider else []
    last = write_words(paper, t, programme, line, "Heading 3")
    for words in said:
        last.paragraph_format.keep_with_next = True
        last = write(paper, words)


def write_words(paper: Document, t: Translator, programme: Programme, line: Line, style: str) -> Paragraph:
    """The question under its number and state, and who asked it: the last paragraph."""
    question = line.question
    into = f" → {t.plain('papers.number', number=question.merged_into)}" if question.state == MERGED else ""
    number = t.plain("papers.number", number=question.number)
    write(paper, f"{number} · {t.plain(f'questions.state_{question.shown_state}')}{into}", style)
    text = write(paper, question.text or t.plain("moderation.erased"))
    text.paragraph_format.keep_with_next = True
    text.paragraph_format.keep_together = True
    author = write(paper, "")
    author.add_run(printable(signature(t, programme, line))).italic = True
    return author


def write(paper: Document, text: str, style: str | None = None) -> Paragraph:
    return paper.add_paragraph(printable(text), style)


def printable(text: str) -> str:
    return UNPRINTABLE.sub("", text)


def set_up(paper: Document, t: Translator, title: str, now: dt.datetime) -> None:
    """A4, one font, the language for the spelling, numbered pages, and no trace of the tool in the properties."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement
    from docx.shared import Mm, Pt

    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin = section.bottom_margin = Mm(20)
    for name, size in (
        ("Normal", 11),
        ("Title", 22),
        ("Subtitle", 14),
        ("Heading 1", 15),
        ("Heading 2", 11),
        ("Heading 3", 11),
    ):
        style = paper.styles[name]
        style.font.name, style.font.size = FONT, Pt(size)
        # The theme's own font goes before a named one, letter by letter.
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{kind}"), None)
        fonts.set(qn("w:cs"), FONT)
    for language in paper.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), LOCALES[t.language])
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    number = OxmlElement("w:fldSimple")
    number.set(qn("w:instr"), PAGE_NUMBER)
    number.append(footer.add_run("1")._r)  # until whoever opens it counts
    footer._p.append(number)
    about = paper.core_properties
    about.title, about.author, about.comments = printable(title), "", ""
    about.language = LOCALES[t.language]
    about.created = about.modified = now.astimezone(dt.UTC).replace(tzinfo=None)
