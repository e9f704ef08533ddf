"""The Markdown that people write in abstracts, as HTML for bot.programme.clean.

A small subset on purpose: paragraphs, headings, lists, quotes, fenced code, and inline code, links, bold,
italic and strike. A line break stays a line break, unless a program has wrapped the text. HTML in between
passes untouched.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import pairwise

_FENCE = re.compile(r"\s*(```+|~~~+)\s*+[\w+-]*+\s*+$")
_HEADING = re.compile(r" {0,3}#{1,6}\s+(\S.*)$")  # the closing #s are taken off afterwards: a pattern for them is slow
_UNDERLINE = re.compile(r" {0,3}(=+|-{3,})\s*$")
_RULE = re.compile(r" {0,3}([-*_])(\s*\1){2,}\s*$")
_BULLET = re.compile(r"(\s*)[-*+•]\s+(.+)$")
_NUMBERED = re.compile(r"(\s*)(\d{1,9})[.)]\s+(.+)$")
_QUOTE = re.compile(r" {0,3}> ?(.*)$")

_BLOCK_STARTS = (_FENCE, _HEADING, _UNDERLINE, _RULE, _BULLET, _NUMBERED, _QUOTE)
_WRAP_WIDTHS = range(50, 101)

# What emphasis must not look into. Lengths are bounded, so that no text can make a match slow.
_ATOM = re.compile(
    r"(?P<fence>`{1,20})(?P<code>[^`]{1,2000})(?P=fence)"
    r"|!?\[(?P<words>[^\[\]]{0,500})\]\(\s*<?(?P<href>[^\s()<>]{1,2000}(?:\([^\s()<>]{0,200}\)[^\s()<>]{0,200})?)>?"
    r"(?:\s+(?:\"[^\"]{0,500}\"|'[^']{0,500}'))?\s*\)"
    r"|<(?P<auto>(?:https?://|mailto:)[^\s<>]{1,2000})>"
    r"|(?P<url>https?://[^\s<>]{1,2000})"
    r"|(?P<tag></?[a-zA-Z][^<>]{0,2000}>)"
    r"|\\(?P<escaped>[\\`*_{}\[\]()#+\-.!~>|])"
)
_EMPHASIS = (
    (re.compile(r"\*\*(?=\S)(.{1,500}?)(?<=\S)\*\*"), "b"),
    (re.compile(r"(?<!\w)__(?=\S)(.{1,500}?)(?<=\S)__(?!\w)"), "b"),
    (re.compile(r"~~(?=\S)(.{1,500}?)(?<=\S)~~"), "s"),
    (re.compile(r"(?<![\w*])\*(?=[^\s*])(.{1,500}?)(?<=[^\s*])\*(?![\w*])"), "i"),
    (re.compile(r"(?<![\w_])_(?=[^\s_])(.{1,500}?)(?<=[^\s_])_(?![\w_])"), "i"),
)
# Private-use characters that stand for an atom while emphasis is looked for; the text is freed of them first.
_MARK, _END = "\ue000", "\ue001"
_PLACE = re.compile(f"{_MARK}(\\d+){_END}")


def to_html(text: str) -> str:
    """HTML for a Markdown text: not safe yet, clean() still has to look at every tag."""
    lines = text.replace(_MARK, "").replace(_END, "").split("\n")
    return "".join(_blocks(lines))


def _blocks(lines: list[str]) -> Iterator[str]:
    at = 0
    while at < len(lines):
        line = lines[at]
        if fence := _FENCE.match(line):
            stop = _fence_end(lines, at + 1, fence[1])
            yield f"<pre>{html.escape(chr(10).join(lines[at + 1 : stop]), quote=False)}</pre>"
            at = stop + 1
        elif _QUOTE.match(line):
            quoted = []
            while at < len(lines) and (quote := _QUOTE.match(lines[at])):
                quoted.append(_inline(quote[1]))
                at += 1
            yield f"<blockquote>{'<br>'.join(quoted)}</blockquote>"
        elif heading := _HEADING.match(line):
            yield f"<h3>{_inline(_without_closing(heading[1].rstrip()))}</h3>"
            at += 1
        elif _is_prose(line) and _underlined(lines, at):
            yield f"<h3>{_inline(line)}</h3>"
            at += 2
        elif stop := _paragraph_end(lines, at):
            paragraph = lines[at:stop]
            yield from map(_line, [" ".join(paragraph)] if _is_wrapped(paragraph) else paragraph)
            at = stop
        else:
            yield _line(line)
            at += 1


def _paragraph_end(lines: list[str], at: int) -> int:
    """Where the prose that begins here ends, before a line that is underlined; 0 when none begins."""
    stop = at
    while stop < len(lines) and _is_prose(lines[stop]) and not _underlined(lines, stop):
        stop += 1
    return stop if stop > at else 0


def _underlined(lines: list[str], at: int) -> bool:
    return at + 1 < len(lines) and bool(_UNDERLINE.match(lines[at + 1]))


def _is_wrapped(paragraph: list[str]) -> bool:
    """Whether a mail program or an editor has broken the lines, which on a phone would then break twice.

    It has, in three lines or more, when each is so full that the next one's first word had no room in it;
    breaks that somebody meant (an address, a poem) stay.
    """
    widest = max(map(len, paragraph))
    return (
        len(paragraph) >= 3
        and widest in _WRAP_WIDTHS
        and all(len(line) + 1 + len(following.split(maxsplit=1)[0]) > widest for line, following in pairwise(paragraph))
    )


def _without_closing(heading: str) -> str:
    """ "Title ##" is "Title", but "C#" is "C#"."""
    words = heading.rstrip("#")
    return words.rstrip() if words[-1:].isspace() else heading


def _is_prose(line: str) -> bool:
    return bool(line.strip()) and not any(block.match(line) for block in _BLOCK_STARTS)


def _fence_end(lines: list[str], at: int, fence: str) -> int:
    while at < len(lines) and lines[at].strip() != fence:
        at += 1
    return at


def _line(line: str) -> str:
    if not line.strip() or _RULE.match(line):
        return "<p>"
    if bullet := _BULLET.match(line):
        return f"{_indent(bullet[1])}• {_inline(bullet[2])}<br>"
    if numbered := _NUMBERED.match(line):
        return f"{_indent(numbered[1])}{numbered[2]}. {_inline(numbered[3])}<br>"
    return f"{_inline(line)}<br>"


def _indent(space: str) -> str:
    # Two or four spaces, or a tab, make a step, three steps at most; unbreakable, since HTML eats spaces.
    return "&nbsp;&nbsp;" * min(3, len(space.expandtabs(4)) // 2)


def _inline(line: str) -> str:
    atoms: list[str] = []

    def keep(match: re.Match[str]) -> str:
        atoms.append(_atom(match))
        return f"{_MARK}{len(atoms) - 1}{_END}"

    marked = _ATOM.sub(keep, line)
    for pattern, tag in _EMPHASIS:
        marked = pattern.sub(rf"<{tag}>\1</{tag}>", marked)
    return _PLACE.sub(lambda place: atoms[int(place[1])], marked)


def _atom(match: re.Match[str]) -> str:
    if match["code"] is not None:
        return f"<code>{html.escape(match['code'].strip(), quote=False)}</code>"
    if match["href"] is not None:
        words = _inline(match["words"]) if match["words"] else html.escape(match["href"])
        return f'<a href="{html.escape(match["href"])}">{words}</a>'
    if match["auto"] is not None:
        return f'<a href="{html.escape(match["auto"])}">{html.escape(match["auto"].removeprefix("mailto:"))}</a>'
    if match["escaped"] is not None:
        return html.escape(match["escaped"])
    return match[0]
