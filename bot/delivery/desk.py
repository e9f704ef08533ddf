"""What the outbox writes into the moderators' group: in the language of who opened the desk there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from aiogram.methods import EditMessageText, SendMessage, TelegramMethod

from bot.actions import letters
from bot.actions.moderation import group as desk_group
from bot.actions.moderation.cards import card_change, card_facts
from bot.actions.questions.desk_cards import STREAM
from bot.clock import Clock
from bot.programme.current import CurrentProgramme
from bot.texts import LANGUAGES, Translators
from bot.views.moderation import group as views
from bot.views.screen import Screen
from storage import cards, desk_groups
from storage.database import Database, Transaction
from storage.deliveries import Delivery
from storage.desk_groups import DeskGroup
from storage.questions import MERGED, WITHDRAWN, Question

# The calls that deliver a letter, and the question whose card its messages show.
Written = tuple[Sequence[TelegramMethod[Any]], Question | None]


class GroupLetters:
    """Writes what is for a group. None: it is no longer true, and is dropped."""

    def __init__(self, db: Database, translators: Translators, current: CurrentProgramme, clock: Clock) -> None:
        self._db = db
        self._translators = translators
        self._current = current
        self._clock = clock

    async def write(self, delivery: Delivery) -> Written | None:
        if delivery.kind == letters.DESK_OFFER:
            return await self._offer(delivery)
        if delivery.kind == letters.DESK_MOVED:
            return await self._moved(delivery)
        group = await self._db.read(desk_group.current)
        if group is None or group.chat != delivery.recipient:
            return None
        if delivery.kind == letters.DESK_CARD:
            return await self._card(delivery, group)
        if delivery.kind == letters.CARD_CHANGE:
            return await self._card_change(delivery, group)
        return None

    async def _offer(self, delivery: Delivery) -> Written | None:
        group = await self._db.read(desk_group.current)
        if group is not None and group.chat == delivery.recipient:
            t = self._translators[group.language]
            return said(group.chat, views.lacking(t, group.fault) if group.fault else views.opened(t, group.forum))
        language = letters.language_of_offer(delivery.thing)
        return said(delivery.recipient, views.offer(self._translators[language if language in LANGUAGES else "ru"]))

    async def _moved(self, delivery: Delivery) -> Written | None:
        group = await self._db.read(desk_group.current)
        if group is None or group.chat == delivery.recipient:
            return None
        return said(delivery.recipient, views.moved(self._translators[group.language], group.title))

    async def _card(self, delivery: Delivery, group: DeskGroup) -> Written | None:
        """Into the session's topic as it is by now: the card of a topic that is gone is owed anew with the next."""
        number, thread = letters.number_and_thread(delivery.thing)
        facts = await self._db.read(card_facts, number, self._clock.seconds())
        place = await self._db.read(place_of_card, group, facts.question)
        if place != thread or group.fault or facts.question.state in (WITHDRAWN, MERGED):
            return None
        screen = views.card(self._translators[group.language], self._current.programme, facts)
        topic = None if thread == STREAM else thread
        call = SendMessage(chat_id=group.chat, message_thread_id=topic, text=screen.text, reply_markup=screen.keyboard)
        return [call], facts.question

    async def _card_change(self, delivery: Delivery, group: DeskGroup) -> Written | None:
        change = await self._db.read(card_change, delivery.thing, group.chat, self._clock.seconds())
        screen = views.card(self._translators[group.language], self._current.programme, change.facts)
        calls = [
            EditMessageText(chat_id=group.chat, message_id=message, text=screen.text, reply_markup=screen.keyboard)
            for message, _ in change.places
        ]
        return calls, change.facts.question


def place_of_card(tx: Transaction, group: DeskGroup, question: Question) -> int | None:
    """The topic for the question's card; None when it has none yet, or the card stands in the group already."""
    if cards.in_chat(tx, question.number, group.chat):
        return None
    return desk_groups.thread(tx, group.chat, question.session) if group.forum else STREAM


def said(chat: int, screen: Screen) -> Written:
    return [SendMessage(chat_id=chat, text=screen.text, reply_markup=screen.keyboard)], None
