"""What the outbox sends into the moderators' group: in the language set for it, at first that of whoever opened the
desk there."""

from __future__ import annotations

from functools import singledispatchmethod

from aiogram.methods import SendMessage

from bot.actions import outgoing
from bot.actions.codec import OutgoingMessage
from bot.actions.moderation import group as desk_group
from bot.actions.moderation.cards import card_facts, changed_cards, unfolded
from bot.actions.questions.desk_cards import STREAM
from bot.clock import Clock
from bot.delivery.rendered import Rendered, Send, screen_edited, screen_sent
from bot.programme.current import CurrentProgramme
from bot.texts import LANGUAGES, Translator, Translators
from bot.views.moderation import group as views
from storage import cards, desk_groups
from storage.database import Database, Transaction
from storage.desk_groups import DeskGroup
from storage.questions import MERGED, WITHDRAWN, Question


class GroupRenderers:
    """Renders what is for a group, by the message's class."""

    def __init__(self, db: Database, translators: Translators, current: CurrentProgramme, clock: Clock) -> None:
        self._db = db
        self._translators = translators
        self._current = current
        self._clock = clock

    @singledispatchmethod
    async def render(self, message: OutgoingMessage, chat: int) -> Rendered:
        """Nothing else is for groups."""
        return None

    @render.register
    async def _offer(self, message: outgoing.DeskOffer, chat: int) -> Rendered:
        group = await self._group(chat)
        if group is not None:
            t = self._translators[group.language]
            return screen_sent(chat, views.lacking(t, group.fault) if group.fault else views.opened(t, group.forum))
        return screen_sent(chat, views.offer(self._words(message.language)))

    @render.register
    async def _moved(self, message: outgoing.DeskMoved, chat: int) -> Rendered:
        group = await self._db.read(desk_group.current)
        if group is None or group.chat == chat:
            return None
        return screen_sent(chat, views.moved(self._translators[group.language], group.title))

    @render.register
    async def _left(self, message: outgoing.DeskLeft, chat: int) -> Rendered:
        group = await self._db.read(desk_group.current)
        if group is None or group.chat == chat:
            return None
        return screen_sent(chat, views.moved(self._words(message.language), group.title))

    @render.register
    async def _card(self, message: outgoing.DeskCard, chat: int) -> Rendered:
        """Into the session's topic as it is now; the card of a topic that is gone is enqueued again with the next."""
        group = await self._group(chat)
        if group is None:
            return None
        facts = await self._db.read(card_facts, message.question, self._clock.seconds())
        place = await self._db.read(place_of_card, group, facts.question)
        if place != message.thread or group.fault or facts.question.state in (WITHDRAWN, MERGED):
            return None
        screen = views.card(self._translators[group.language], self._current.programme, facts)
        topic = None if place == STREAM else place
        call = SendMessage(chat_id=chat, message_thread_id=topic, text=screen.text, reply_markup=screen.keyboard)
        return Send([call], card=facts.question)

    @render.register
    async def _card_change(self, message: outgoing.CardChange, chat: int) -> Rendered:
        group = await self._group(chat)
        if group is None:
            return None
        changed = await self._db.read(changed_cards, message, chat, self._clock.seconds())
        screen = views.card(self._translators[group.language], self._current.programme, changed.facts)
        calls = [screen_edited(chat, card, screen) for card, _ in changed.places]
        return Send(calls, card=changed.facts.question)

    @render.register
    async def _card_unfolded(self, message: outgoing.CardUnfolded, chat: int) -> Rendered:
        group = await self._group(chat)
        facts, place = await self._db.read(unfolded, message, chat, self._clock.seconds())
        if group is None or place is None:
            return None
        screen = views.reasons(self._translators[group.language], self._current.programme, facts)
        return Send([screen_edited(chat, place.message, screen)])

    def _words(self, language: str) -> Translator:
        """Those of a language that a message kept."""
        return self._translators[language if language in LANGUAGES else "ru"]

    async def _group(self, chat: int) -> DeskGroup | None:
        """None when the desk is not, or no longer, there."""
        group = await self._db.read(desk_group.current)
        return group if group is not None and group.chat == chat else None


def place_of_card(tx: Transaction, group: DeskGroup, question: Question) -> int | None:
    """The topic for the question's card; None when it has none yet, or the card stands in the group already."""
    if cards.in_chat(tx, question.number, group.chat):
        return None
    return desk_groups.thread(tx, group.chat, question.session) if group.forum else STREAM
