"""How was it? The request with its stars, and what organizers see of the answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.actions.agenda.ratings import (
    BY_MEAN,
    BY_PROGRAMME,
    FEWEST,
    LONGEST,
    Result,
)
from bot.programme.model import Programme
from bot.texts import Translator, escape
from bot.views.agenda.buttons import (
    AskRemoveRating,
    Rate,
    RateWord,
    RatingsFile,
    RatingsPage,
    RatingsPicture,
    RemoveRating,
    SessionRatings,
)
from bot.views.buttons import (
    Button,
    Go,
    LeaveForm,
    button,
)
from bot.views.labels import WHOLE, distinguish
from bot.views.names import (
    session_name,
    session_title,
)
from bot.views.pager import pager
from bot.views.screen import CAPTION_LIMIT, Row, Screen, cut, page_of, screen
from storage.ratings import STARS, Rating

PAGE = 5  # sessions of a list, and bars of its picture
WORDS_PAGE = 5  # five words of 500 characters stay well under a message's 4096
BLOCKS = 12  # of the longest bar: a line of it stands on a narrow phone


def request(t: Translator, programme: Programme, session: str) -> Screen:
    return screen(
        f"⭐ <b>{t('ratings.how')}</b>\n{session_name(t, programme, session)}\n\n<i>{t('ratings.nameless')}</i>",
        stars_row(session),
    )


def thanks(t: Translator, programme: Programme, rating: Rating) -> Screen:
    word = f"\n<blockquote>{escape(rating.word)}</blockquote>" if rating.word else ""
    return screen(
        f"{'⭐' * rating.stars} <b>{t('ratings.thanks', stars=rating.stars)}</b>\n"
        f"{session_name(t, programme, rating.session)}{word}\n\n<i>{t('ratings.nameless')}</i>",
        stars_row(rating.session, rating.stars),
        [
            button(
                t.plain("ratings.change_word" if rating.word else "ratings.add_word"), RateWord(session=rating.session)
            )
        ],
        [button(t.plain("ratings.remove"), AskRemoveRating(session=rating.session, wanted=1))],
    )


def remove_sure(t: Translator, programme: Programme, session: str) -> Screen:
    return screen(
        f"{t('ratings.remove_sure')}\n{session_name(t, programme, session)}",
        [button(t.plain("ratings.remove_yes"), RemoveRating(session=session), style="danger")],
        [button(t.plain("menu.back"), AskRemoveRating(session=session, wanted=0))],
    )


def stars_row(session: str, chosen: int = 0) -> Row:
    """Five small keys: they stand side by side on the narrowest phone."""
    return [
        button(f"{'✅' if stars == chosen else '⭐'}{stars}", Rate(session=session, stars=stars)) for stars in STARS
    ]


def word_form(t: Translator, programme: Programme, rating: Rating) -> Screen:
    return screen(
        f"✍️ <b>{session_name(t, programme, rating.session)}</b>\n{t('ratings.form', most=LONGEST)}",
        [button(t.plain("form.cancel"), LeaveForm())],
    )


def results(
    t: Translator, programme: Programme, listed: Sequence[Result], order: str, *, page: int, now: int
) -> Screen:
    """Every session that was rated, for organizers: one a key, in the order of the programme or the best first."""
    back = [button(t.plain("menu.back"), Go(where="stats"))]
    title = head(t, now)
    if not listed:
        return screen(f"{title}\n{t('ratings.no_results')}", back)
    shown, page, pages = page_of(listed, page, PAGE)
    marks = [f"{one.people}" if one.mean is None else f"{decimal(t, one.mean)} ({one.people})" for one in shown]
    titles = distinguish(
        [titled(t, programme, one.session) for one in shown], WHOLE - max(map(len, marks)) - len(" · ")
    )
    other = BY_PROGRAMME if order == BY_MEAN else BY_MEAN
    return screen(
        f"{title}\n{t.n('ratings.count', sum(one.people for one in listed))}\n\n{t('ratings.legend', fewest=FEWEST)}",
        *[
            [button(f"{mark} · {title}", SessionRatings(session=one.session, page=0, order=order, list_page=page))]
            for one, mark, title in zip(shown, marks, titles, strict=True)
        ],
        pager(page, pages, lambda to: RatingsPage(order=order, page=to)),
        [
            button(
                t.plain("ratings.order_m" if other == BY_MEAN else "ratings.order_p"), RatingsPage(order=other, page=0)
            )
        ],
        [
            button(t.plain("ratings.picture"), RatingsPicture(order=order, page=page)),
            button(t.plain("ratings.file"), RatingsFile()),
            *back,
        ],
    )


def one_session(t: Translator, programme: Programme, found: Result, *, page: int, order: str, list_page: int) -> Screen:
    """Its mean, how many gave how many stars, and the words, a page of them."""
    parts = [f"⭐ <b>{session_name(t, programme, found.session)}</b>"]
    if found.mean is None:
        parts.append(f"{t.n('ratings.count', found.people)}\n{t('ratings.too_few', fewest=FEWEST)}")
    else:
        mean = t("ratings.mean", mean=decimal(t, found.mean), most=STARS[-1])
        parts.append(
            f"<b>{mean}</b> · {t.n('ratings.count', found.people)}\n<code>{distribution(found.by_stars)}</code>"
        )
    shown, page, pages = page_of(found.words, page, WORDS_PAGE)
    parts += [f"{'⭐' * stars}\n{escape(word)}" for stars, word in shown]
    return screen(
        "\n\n".join(parts),
        pager(page, pages, lambda to: SessionRatings(session=found.session, page=to, order=order, list_page=list_page)),
        [to_results(t, order, list_page)],
    )


def to_results(t: Translator, order: str, page: int) -> Button:
    return button(t.plain("menu.back"), RatingsPage(order=order, page=page))


def distribution(by_stars: Mapping[int, int]) -> str:
    """A line for each number of stars, the most first: "5 ██████ 12"."""
    most = max(by_stars.values())
    lines = []
    for stars in reversed(STARS):
        people = by_stars.get(stars, 0)
        blocks = "█" * -(-people * BLOCKS // most)
        lines.append(" ".join(part for part in (str(stars), blocks, str(people)) if part))
    return "\n".join(lines)


def caption(t: Translator, programme: Programme, shown: Sequence[Result], now: int) -> str:
    """What the picture shows, for those who cannot see it; HTML that fits under it."""
    lines = [
        f"• {cut(escape(titled(t, programme, one.session)), 80)}: "
        + (f"({one.people})" if one.mean is None else f"<b>{decimal(t, one.mean)}</b> ({one.people})")
        for one in shown
    ]
    return cut("\n".join((head(t, now), *lines)), CAPTION_LIMIT)


def head(t: Translator, now: int) -> str:
    return f"⭐ <b>{t('ratings.title')}</b>\n<i>{t('papers.as_of', at=t.moment(now))}</i>"


def file_caption(t: Translator, now: int) -> str:
    return f"{t('ratings.file_caption')}\n{t('papers.as_of', at=t.moment(now))}"


def titled(t: Translator, programme: Programme, code: str) -> str:
    """A session's title as plain text; of one that nobody knows its code."""
    return session_title(t, programme, code)


def decimal(t: Translator, number: float) -> str:
    """With one place behind the point, or the comma: "4,3"."""
    return f"{number:.1f}" if t.language == "en" else f"{number:.1f}".replace(".", ",")
