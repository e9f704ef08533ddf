"""What the outbox sends into the moderators' group: in the language set for it, at first that of whoever opened the
desk there."""

from __future__ import annotations

from functools import singledispatchmethod

from aiogram.methods import SendMessage

from bot.actions import outgoing
from bot.actions.codec import OutgoingMessage
from bot.actions.moderation import group as desk_group
from bot.actions.moderation.cards import card_facts, changed_cards, unfolded
from bot.actions.questions.desk_cards import STREAM, stands, strays
from bot.clock import Clock
from bot.delivery.left_over import LeftOverNews, left_over_news
from bot.delivery.rendered import Later, Rendered, Send, screen_edited, screen_sent
from bot.programme.current import CurrentProgramme
from bot.texts import LANGUAGES, Translator, Translators
from bot.views.moderation import group as views
from bot.views.moderation.carrying import elsewhere
from bot.views.moderation.left_over import in_group
from storage import desk_groups
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
        call = SendMessage(chat_id=chat, message_thread_id=topic(place), text=screen.text, reply_markup=screen.keyboard)
        return Send([call], card=facts.question)

    @render.register
    async def _card_change(self, message: outgoing.CardChange, chat: int) -> Rendered:
        group = await self._group(chat)
        if group is None:
            return None
        changed = await self._db.read(changed_cards, message, chat, self._clock.seconds())
        question, programme = changed.facts.question, self._current.programme
        strayed = await self._db.read(strays, group, question.number, question.session)
        t = self._translators[group.language]
        card, away = views.card(t, programme, changed.facts), elsewhere(t, programme, question)
        calls = [screen_edited(chat, place, away if place in strayed else card) for place, _ in changed.places]
        return Send(calls, card=question)

    @render.register
    async def _left_over(self, message: outgoing.LeftOver, chat: int) -> Rendered:
        """Into the session's topic; what can be done is done in private chats."""
        group = await self._group(chat)
        now = self._clock.now()
        news = await left_over_news(self._db, self._current, message, now)
        if group is None or group.fault or not isinstance(news, LeftOverNews):
            return news if isinstance(news, Later) else None
        place = await self._db.read(topic_of, group, message.session)
        if place is None:
            return None
        t = self._translators[group.language]
        screen = in_group(t, self._current.programme, self._current.runs, news.left, now)
        return Send([SendMessage(chat_id=chat, message_thread_id=topic(place), text=screen.text)])

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


def topic(place: int) -> int | None:
    """As Telegram is told: None for a group without topics."""
    return None if place == STREAM else place


def place_of_card(tx: Transaction, group: DeskGroup, question: Question) -> int | None:
    """The topic for the question's card; None when it has none yet, or the card stands there already."""
    if stands(tx, group, question.number, question.session):
        return None
    return topic_of(tx, group, question.session)


def topic_of(tx: Transaction, group: DeskGroup, session: str) -> int | None:
    return desk_groups.thread(tx, group.chat, session) if group.forum else STREAM
