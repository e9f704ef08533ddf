"""Turns a row of the outbox into calls of the Bot API, in the recipient's language, about the world as it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from aiogram.methods import EditMessageText, SendMessage, TelegramMethod

from bot.actions import letters, quiet
from bot.actions.agenda import ratings, reminders, speaking
from bot.actions.moderation.cards import (
    CardFacts,
    card_change,
    card_facts,
    unfolded,
)
from bot.actions.publishing.watches import host_of
from bot.actions.questions import questions
from bot.clock import Clock
from bot.delivery import announcing
from bot.delivery.desk import GroupLetters
from bot.delivery.notices import Notices
from bot.people import People
from bot.programme.current import CurrentProgramme
from bot.texts import Translator, Translators
from bot.versions import Versions
from bot.views.agenda import ratings as rating_views
from bot.views.agenda.reminders import reminder
from bot.views.agenda.speaking import slot
from bot.views.moderation import desk as moderation_views
from bot.views.moderation import editing as editing_views
from bot.views.moderation import group as desk_group_views
from bot.views.moderation.undo import taken_back
from bot.views.people import menu
from bot.views.publishing import watches as watch_views
from bot.views.questions import questions as question_views
from bot.views.screen import Screen
from bot.views.staff.staff import role_name
from bot.who import Who
from storage import deliveries
from storage import programme_watches as watches
from storage.announced import PAUSED
from storage.database import Database
from storage.deliveries import SENT, UNSURE, Delivery
from storage.questions import WITHDRAWN, Question

REPEATABLE = ("edit", "delete")  # how the methods begin that done twice are as good as done once


@dataclass(frozen=True, slots=True)
class Letter:
    """The calls that deliver it, in order. `card` is the question whose card its messages show.

    `needed_by`: when it must be known at the latest (epoch seconds), where that is before the delivery's end.
    """

    calls: Sequence[TelegramMethod[Any]]
    card: Question | None = None
    needed_by: int | None = None

    @property
    def repeatable(self) -> bool:
        """Only edits and deletions: done twice they leave no second copy."""
        return all(call.__api_method__.startswith(REPEATABLE) for call in self.calls)


@dataclass(frozen=True, slots=True)
class Later:
    """Not now but at `due_at` (unix seconds): no try was made. What is not valid any more by then is dropped.

    `error` is what the ledger says meanwhile.
    """

    due_at: int
    error: str = ""


@dataclass(frozen=True, slots=True)
class Anew:
    """The ledger has let go of it already, and has it wait as another letter than the one that was claimed."""


# What a writer comes to. None: it is no longer true, and is dropped.
Written = Letter | Later | Anew | None


class Letters:
    """Writes letters."""

    def __init__(
        self,
        db: Database,
        people: People,
        translators: Translators,
        current: CurrentProgramme,
        versions: Versions,
        clock: Clock,
    ) -> None:
        self._db = db
        self._people = people
        self._translators = translators
        self._current = current
        self._clock = clock
        self._announcing = announcing.Announcing(db, people, current, clock)
        self._groups = GroupLetters(db, translators, current, clock)
        self._notices = Notices(db, versions, clock)
        self._writers: dict[str, Callable[[Delivery, Who, Translator], Awaitable[Written]]] = {
            letters.FATE: self._fate,
            letters.EDITED: self._edited,
            letters.CARD: self._card,
            letters.CARD_CHANGE: self._card_change,
            letters.CARD_UNFOLDED: self._card_unfolded,
            letters.REMINDER: self._reminder,
            letters.CHANGE: self._change,
            letters.CHANGE_MARK: self._change_mark,
            letters.RATING: self._rating,
            **dict.fromkeys(announcing.KINDS, self._announced),
            letters.ROLE_ENDED: self._role_ended,
            letters.SLOT: self._slot,
            letters.WATCH_NEWS: self._watch_news,
            letters.CORRECTION: self._correction,
            letters.DESK_NEWS: self._desk_news,
        }

    def forget_read(self) -> None:
        """Write what follows about the world as it is from now on."""
        self._announcing.forget_read()

    async def write(self, delivery: Delivery, card: CardFacts | None = None) -> Written:
        """`card` is what a question's card is to say, where that is known already."""
        if delivery.valid_until is not None and self._clock.seconds() >= delivery.valid_until:
            return None
        if delivery.recipient < 0:
            written = await self._groups.write(delivery)
            return None if written is None else Letter(*written)
        who = await self._people.get(delivery.recipient)
        writer = self._writers.get(delivery.kind) if card is None else partial(self._card, known=card)
        if writer is None:
            return None
        t = self._translators[who.language]
        return in_its_time(await writer(delivery, who, t), delivery, who, self._clock.now().astimezone(t.zone))

    async def _fate(self, delivery: Delivery, who: Who, t: Translator) -> Letter | None:
        number, _ = letters.number_and_revision(delivery.thing)
        if await self._db.read(deliveries.overtaken, delivery, letters.changes_of(number)):
            return None  # more has happened since: that news is in the outbox too
        fate = await self._db.read(questions.fate, number, delivery.recipient)
        return send(delivery.recipient, question_views.fate(t, self._current.programme, fate.question, fate.stays))

    async def _edited(self, delivery: Delivery, who: Who, t: Translator) -> Letter | None:
        number, _ = letters.number_and_revision(delivery.thing)
        if await self._db.read(deliveries.overtaken, delivery, letters.changes_of(number)):
            return None
        question = await self._db.read(questions.found, number)
        return send(delivery.recipient, editing_views.told(t, self._current.programme, question))

    async def _correction(self, delivery: Delivery, who: Who, t: Translator) -> Letter | None:
        """In the place of the letter it corrects. Nobody knows whether that arrived: then as a message of its own."""
        kind, thing = letters.corrected_by(delivery.thing)
        state, message = await self._db.read(deliveries.outcome, kind, thing, delivery.recipient)
        fate = await self._db.read(questions.fate, letters.number_of_change(thing), delivery.recipient)
        screen = taken_back(t, self._current.programme, fate.question, fate.stays)
        if state == UNSURE:
            return send(delivery.recipient, screen)
        if state != SENT or message is None:
            return None
        return Letter(
            [
                EditMessageText(
                    chat_id=delivery.recipient, message_id=message, text=screen.text, reply_markup=screen.keyboard
                )
            ]
        )

    async def _card(self, delivery: Delivery, who: Who, t: Translator, known: CardFacts | None = None) -> Letter | None:
        facts = known
        if facts is None:
            facts = await self._db.read(card_facts, int(delivery.thing), self._clock.seconds())
        question = facts.question
        if not who.moderates(question.session) or question.state == WITHDRAWN:
            return None
        screen = moderation_views.card(t, self._current.programme, facts, moderation_views.NO_LIST)
        return send(delivery.recipient, screen, card=question)

    async def _card_change(self, delivery: Delivery, who: Who, t: Translator) -> Letter | None:
        change = await self._db.read(card_change, delivery.thing, delivery.recipient, self._clock.seconds())
        facts = change.facts
        if not who.moderates(facts.question.session):
            return None
        calls = []
        for message, desk in change.places:
            screen = moderation_views.card(t, self._current.programme, facts, desk)
            calls.append(
                EditMessageText(
                    chat_id=delivery.recipient, message_id=message, text=screen.text, reply_markup=screen.keyboard
                )
            )
        return Letter(calls, card=facts.question)

    async def _card_unfolded(self, delivery: Delivery, who: Who, t: Translator) -> Letter | None:
        facts, place = await self._db.read(unfolded, delivery.thing, delivery.recipient, self._clock.seconds())
        if place is None or not who.moderates(facts.question.session):
            return None
        screen = moderation_views.unfolded(t, self._current.programme, facts, place)
        call = EditMessageText(
            chat_id=delivery.recipient, message_id=place.message, text=screen.text, reply_markup=screen.keyboard
        )
        return Letter([call])

    async def _reminder(self, delivery: Delivery, who: Who, t: Translator) -> Letter | None:
        programme = self._current.programme
        session = reminders.still_true(programme, delivery.thing)
        if session is None or speaking.told_by_slot(who, session):
            return None
        if not await self._db.read(reminders.wanted, delivery.recipient, session.code):
            return None
        if await self._notices.tells_start(delivery.recipient, session.code, delivery.due_at):
            return None
        return send(delivery.recipient, reminder(t, programme, self._current.runs, session, self._clock.now()))

    async def _change(self, delivery: Delivery, who: Who, t: Translator) -> Written:
        if await self._notices.goes_with_newer(delivery):
            return Anew()
        written = await self._notices.change(delivery, t)
        return None if written is None else Letter(written[0], needed_by=written[1])

    async def _change_mark(self, delivery: Delivery, who: Who, t: Translator) -> Written:
        written = await self._notices.mark(delivery, t)
        if isinstance(written, int):
            return Later(written, "after the newer one")
        return None if written is None else Letter(written)

    async def _rating(self, delivery: Delivery, who: Who, t: Translator) -> Written:
        programme = self._current.programme
        session = await self._db.read(ratings.asked_about, programme, delivery.thing, delivery.recipient)
        if session is None:
            return None
        over = ratings.over(programme, self._current.runs, session) + ratings.DELAY
        if self._clock.seconds() < over:
            return Later(over, "it goes on")
        return send(delivery.recipient, rating_views.request(t, programme, session.code))

    async def _announced(self, delivery: Delivery, who: Who, t: Translator) -> Written:
        written = await self._announcing.write(delivery, who, t)
        if written is None:
            return None
        return Later(written, PAUSED) if isinstance(written, int) else Letter(written)

    async def _role_ended(self, delivery: Delivery, who: Who, t: Translator) -> Letter | None:
        """With the keyboard that is theirs from now on."""
        role, session = letters.role_and_session(delivery.thing)
        if any((held.role, held.session) == (role, session) for held in who.roles):
            return None
        words = t("staff.ended", what=role_name(t, self._current.programme, role, session))
        return Letter([SendMessage(chat_id=who.id, text=words, reply_markup=menu.keyboard(t, who))])

    async def _slot(self, delivery: Delivery, who: Who, t: Translator) -> Letter | None:
        programme, runs = self._current.programme, self._current.runs
        session = reminders.still_true(programme, delivery.thing)
        part = speaking.part_of(who, session) if session else None
        if session is None or part is None:
            return None
        if await self._notices.tells_start(delivery.recipient, session.code, delivery.due_at):
            return None
        moderates = who.moderates(session.code)
        return send(who.id, slot(t, programme, runs, session, part, moderates, self._clock.now()))

    async def _watch_news(self, delivery: Delivery, who: Who, t: Translator) -> Letter | None:
        what, changes = letters.what_and_changes(delivery.thing)
        watch = await self._db.read(watches.get)
        if watch is None or not who.organizer:
            return None
        return send(who.id, watch_views.news(t, what, changes, host_of(watch.address), watch.fault))

    async def _desk_news(self, delivery: Delivery, who: Who, t: Translator) -> Letter | None:
        what, title = letters.what_and_title(delivery.thing)
        return send(delivery.recipient, desk_group_views.news(t, what, title)) if who.organizer else None


def in_its_time(written: Written, delivery: Delivery, who: Who, now: dt.datetime) -> Written:
    """In the person's quiet hours nothing rings: what can wait comes when they are over, what would be worthless by
    then comes without sound. Edits make no sound anyway, a group is no person, and what is urgent rings."""
    until = None if delivery.urgent or delivery.recipient < 0 else quiet.ends(who.quiet, now)
    if until is None or not isinstance(written, Letter) or written.repeatable:
        return written
    due_at = int(until.timestamp())
    needed_by = delivery.valid_until if written.needed_by is None else written.needed_by
    if needed_by is None or due_at < needed_by:
        return Later(due_at, "quiet hours")
    return replace(written, calls=[call.model_copy(update={"disable_notification": True}) for call in written.calls])


def send(chat: int, screen: Screen, card: Question | None = None) -> Letter:
    return Letter([SendMessage(chat_id=chat, text=screen.text, reply_markup=screen.keyboard)], card)
