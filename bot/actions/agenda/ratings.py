"""What people thought of a session: who is asked when it has ended, stars and a word, and what organizers see of it.

Organizers see no names, and nothing but the number while fewer than FEWEST have rated.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.actions import outgoing
from bot.actions.rights import need_organizer
from bot.actions.typed import tidy
from bot.errors import BadInput, NotRegistered, Stale
from bot.programme.estimates import Runs, ends
from bot.programme.lookup import need_session
from bot.programme.model import Programme, Session
from bot.who import Who
from storage import deliveries, ratings
from storage.database import Transaction
from storage.ratings import STARS, Rating

DELAY = 300  # seconds after the end: people leave the hall first
WINDOW = 6 * 3600  # seconds after the end; later, as after an outage, nobody is asked any more
HOLDS = 24 * 3600  # seconds after the end for which a request can wait for the end of quiet hours
SHARE = 0.2  # of the bot's pace: bot.actions.agenda.reminders has the rest
LONGEST = 500  # characters of a word
RECENT = 600  # seconds after the stars in which the next words may be about the session
FEWEST = 3  # ratings below which neither their mean nor their words are shown
BY_PROGRAMME, BY_MEAN = "p", "m"
ORDERS = BY_PROGRAMME, BY_MEAN


@dataclass(frozen=True, slots=True)
class Result:
    """How a session was rated: by `people` people. Fewer than FEWEST of them, and the rest is empty.

    `by_stars` has a number for each of STARS; `words` are (stars, word), the best first.
    """

    session: str
    people: int
    by_stars: Mapping[int, int] = field(default_factory=dict)
    words: Sequence[tuple[int, str]] = ()

    @property
    def mean(self) -> float | None:
        """1.0 to 5.0, None while it is not shown."""
        return sum(stars * people for stars, people in self.by_stars.items()) / self.people if self.by_stars else None


def look(tx: Transaction, programme: Programme, runs: Runs, per_second: float, now: int) -> int | None:
    """Enqueue the requests that are due; the moment (epoch seconds) at which the next will be.

    It may be called at any time and as often as one likes: a session about which anybody was asked is not asked about
    again, even when it is moved afterwards.
    """
    following = None
    for session in programme.sessions:
        if session.is_break or session.cancelled:
            continue
        ended = over(programme, runs, session)
        if now < ended + DELAY:
            following = min(following or ended + DELAY, ended + DELAY)
        elif now < ended + WINDOW and not ratings.asked(tx, outgoing.RatingRequest.kind, session.code):
            ratings.enqueue(
                tx,
                outgoing.RatingRequest.kind,
                session=session.code,
                speakers=on_stage(session),
                begins=ended + DELAY,
                per_second=max(1, int(per_second * SHARE)),
                valid_until=ended + HOLDS,
                now=now,
            )
    return following


def over(programme: Programme, runs: Runs, session: Session) -> int:
    """When the session ended, or is expected to, in epoch seconds."""
    return int(ends(programme, runs, session).timestamp())


def on_stage(session: Session) -> tuple[str, ...]:
    """Codes of those who are not asked how they were."""
    return (*session.speakers, *session.moderators)


def asked_about(tx: Transaction, programme: Programme, code: str, person: int) -> Session | None:
    """The session of a request on its way, if the person is still to be asked about it."""
    session = programme.session(code)
    if session is None or session.cancelled or not ratings.wanted(tx, person, code, on_stage(session)):
        return None
    return session


def rate(tx: Transaction, who: Who, now: int, programme: Programme, code: str, *, stars: int) -> Rating:
    """Give stars, or others than before. Only whoever was asked may: nobody else can say how it was."""
    if stars not in STARS:
        raise Stale("refusal.stale")
    need_asked(tx, who, programme, code)
    ratings.rate(tx, code, who.id, stars=stars, now=now)
    return rated(tx, who, code)


def need_asked(tx: Transaction, who: Who, programme: Programme, code: str) -> None:
    if not who.registered:
        raise NotRegistered(f"s_{code}")
    need_session(programme, code)
    request = outgoing.RatingRequest(code)
    state, _ = deliveries.outcome(tx, request.kind, request.thing, who.id)
    if not state:
        raise Stale("ratings.not_asked")


def rated(tx: Transaction, who: Who, code: str) -> Rating:
    """The person's own rating; Stale when there is none."""
    if not who.registered:
        raise NotRegistered(f"s_{code}")
    rating = ratings.get(tx, code, who.id)
    if rating is None:
        raise Stale("ratings.none")
    return rating


def add_word(tx: Transaction, who: Who, code: str, typed: str) -> Rating:
    """Add words to the stars, in place of the words before; days later too."""
    rated(tx, who, code)
    word = tidy(typed)
    if not word:
        raise BadInput("ratings.text_only")
    if len(word) > LONGEST:
        raise BadInput("ratings.too_long", most=LONGEST, over=len(word) - LONGEST)
    ratings.set_word(tx, code, who.id, word)
    return rated(tx, who, code)


def amend_word(tx: Transaction, who: Who, code: str, *, kept: str, typed: str) -> Rating | None:
    """The message with the words that were `kept` is edited; None when it says the same."""
    rating = rated(tx, who, code)
    if tidy(typed) == kept:
        return None
    if rating.word not in (kept, tidy(typed)):
        raise Stale("edited.replaced")
    return add_word(tx, who, code, typed)


def remove(tx: Transaction, who: Who, code: str) -> None:
    """Take stars and word back; again changes nothing."""
    if not who.registered:
        raise NotRegistered(f"s_{code}")
    ratings.remove(tx, code, who.id)


def results(tx: Transaction, who: Who, programme: Programme, order: str = BY_PROGRAMME) -> list[Result]:
    """Of every session that anybody rated, for organizers; those that are no longer in the programme come last.

    BY_MEAN the best first, and those with too few ratings after the others.
    """
    need_organizer(who)
    words = ratings.words(tx)
    found = {
        code: Result(code, people, by_stars, in_order(words.get(code, ())))
        if people >= FEWEST
        else Result(code, people)
        for code, by_stars in ratings.counts(tx).items()
        for people in [sum(by_stars.values())]
    }
    known = [found.pop(session.code) for session in programme.sessions if session.code in found]
    listed = [*known, *(found[code] for code in sorted(found))]
    return sorted(listed, key=lambda one: (-(one.mean or 0), -one.people)) if order == BY_MEAN else listed


def result(tx: Transaction, who: Who, programme: Programme, code: str) -> Result:
    """Of one session; nobody may have rated it."""
    return next((one for one in results(tx, who, programme) if one.session == code), Result(code, 0))


def in_order(words: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    """By what they say and not by when they came: the order must not reveal whose they are."""
    return sorted(words, key=lambda one: (-one[0], one[1]))
