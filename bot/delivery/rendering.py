"""Turns a row of the outbox into calls of the Bot API, in the recipient's language, about the world as it is."""

from __future__ import annotations

import asyncio
import datetime as dt
from dataclasses import replace
from functools import singledispatchmethod
from typing import Any

from aiogram.methods import SendMessage, TelegramMethod

from bot.actions import outgoing, quiet
from bot.actions.agenda import ratings, reminders, speaking
from bot.actions.codec import OutgoingMessage
from bot.actions.moderation.cards import CardFacts, ChangedCards, card_facts, changed_cards, seen_by, unfolded
from bot.actions.moderation.carrying import was_in
from bot.actions.publishing import drafts
from bot.actions.publishing.hanging import NOTHING, Hanging, of_draft
from bot.actions.publishing.watches import CHANGED, host_of
from bot.actions.questions import questions, telling
from bot.clock import Clock
from bot.delivery import announcing
from bot.delivery.desk import GroupRenderers
from bot.delivery.left_over import LeftOverNews, left_over_news
from bot.delivery.notices import Notices
from bot.delivery.rendered import AT_ONCE, Later, Rendered, Send, repeatable, screen_edited, screen_sent
from bot.delivery.screens import Screens
from bot.people import People
from bot.programme.current import CurrentProgramme
from bot.programme.model import Session
from bot.texts import Translator, Translators
from bot.versions import Versions
from bot.views.agenda import ratings as rating_views
from bot.views.agenda.reminders import reminder
from bot.views.agenda.speaking import slot
from bot.views.moderation import carrying as carrying_views
from bot.views.moderation import desk as moderation_views
from bot.views.moderation import editing as editing_views
from bot.views.moderation import group as desk_group_views
from bot.views.moderation import left_over as left_over_views
from bot.views.moderation.undo import taken_back, taken_back_since
from bot.views.people import menu
from bot.views.publishing import notices as notice_views
from bot.views.publishing import watches as watch_views
from bot.views.questions import following as following_views
from bot.views.questions import questions as question_views
from bot.views.staff.staff import role_name
from bot.who import Who
from storage import announced, bookmarks, deliveries, followers, heirs
from storage import programme_watches as watches
from storage.database import Database
from storage.deliveries import SENT, Delivery
from storage.questions import LIVE, PUBLIC, WITHDRAWN


class Renderers:
    """Renders outgoing messages, each by its class."""

    def __init__(
        self,
        db: Database,
        people: People,
        *,
        translators: Translators,
        current: CurrentProgramme,
        versions: Versions,
        clock: Clock,
        open_screens: Screens,
    ) -> None:
        self._db = db
        self._people = people
        self._translators = translators
        self._current = current
        self._clock = clock
        self._announcing = announcing.Announcing(db, people, current, clock, open_screens)
        self._groups = GroupRenderers(db, translators, current, clock)
        self._versions = versions
        self._notices = Notices(db, versions, clock)

    def forget_read(self) -> None:
        """Render what follows about the world as it is from now on."""
        self._announcing.forget_read()

    async def render(self, delivery: Delivery, card: CardFacts | None = None) -> Rendered:
        """`card` is what a question's card is to say, where that is known already.

        Raises ValueError when the delivery's thing does not fit its kind. A kind of a newer version is dropped.
        """
        if delivery.valid_until is not None and self._clock.seconds() >= delivery.valid_until:
            return None
        message = outgoing.of(delivery.kind, delivery.thing)
        if message is None:
            return None
        await self._versions.settled()
        if delivery.recipient < 0:
            return await self._groups.render(message, delivery.recipient)
        who = await self._people.get(delivery.recipient)
        t = self._translators[who.language]
        if isinstance(message, outgoing.Card) and card is not None:
            rendered = await self._card(message, delivery, who, t, card)
        else:
            rendered = await self._for_person(message, delivery, who, t)
        return in_its_time(rendered, delivery, who, self._clock.now().astimezone(t.zone))

    @singledispatchmethod
    async def _for_person(self, message: OutgoingMessage, delivery: Delivery, who: Who, t: Translator) -> Rendered:
        """By the message's class. All else that is for people is about announcements."""
        return await self._announcing.render(message, who, t)

    @_for_person.register
    async def _fate(self, message: outgoing.Fate, delivery: Delivery, who: Who, t: Translator) -> Rendered:
        if await self._db.read(deliveries.overtaken, delivery, message.beginning(message.question)):
            return None  # more has happened since: that news is in the outbox too
        fate = await self._db.read(questions.fate, message.question, who.id)
        if fate is None:
            return None  # it concerns them no more: they stopped following it, or theirs stands for itself again
        if await self._db.read(telling.says_no_time, fate.stays or fate.question, who.id):
            return None  # as after a night: the news that there is no time for it says all of it
        programme = self._current.programme
        return screen_sent(who.id, question_views.fate(t, programme, fate.question, fate.stays, followed=fate.followed))

    @_for_person.register
    async def _carried(self, message: outgoing.Carried, delivery: Delivery, who: Who, t: Translator) -> Rendered:
        if await self._db.read(deliveries.overtaken, delivery, message.beginning(message.question)):
            return None
        fate = await self._db.read(questions.fate, message.question, who.id)
        if fate is None:
            return None
        programme = self._current.programme
        return screen_sent(
            who.id, question_views.carried(t, programme, fate.question, fate.stays, followed=fate.followed)
        )

    @_for_person.register
    async def _unheard(self, message: outgoing.Unheard, delivery: Delivery, who: Who, t: Translator) -> Rendered:
        if await self._db.read(deliveries.overtaken, delivery, message.beginning(message.question)):
            return None
        fate = await self._db.read(questions.fate, message.question, who.id)
        if fate is None:
            return None
        stands = fate.stays or fate.question
        lost = questions.lost(self._current.programme, stands.session)
        if stands.state not in LIVE or (stands.unheard_at is None and not lost):
            return None  # it has another chance, or more has happened: that news is in the outbox too
        programme = self._current.programme
        return screen_sent(
            who.id, question_views.unheard(t, programme, fate.question, fate.stays, followed=fate.followed)
        )

    @_for_person.register
    async def _edited(self, message: outgoing.Edited, delivery: Delivery, who: Who, t: Translator) -> Rendered:
        if await self._db.read(deliveries.overtaken, delivery, message.beginning(message.question)):
            return None
        question = await self._db.read(questions.found, message.question)
        if question.author == who.id:
            return screen_sent(who.id, editing_views.corrected(t, self._current.programme, question))
        if question.state not in PUBLIC or not await self._db.read(followers.follows, message.question, who.id):
            return None
        return screen_sent(who.id, following_views.corrected(t, self._current.programme, question))

    @_for_person.register
    async def _correction(self, message: outgoing.Correction, delivery: Delivery, who: Who, t: Translator) -> Rendered:
        """In the place of the message it corrects, and as a message of its own where a copy may stand that nobody knows
        the id of. Who stopped following it hears no more, but what they have is not to be false."""
        former = message.news
        state, place = await self._db.read(deliveries.outcome, former.kind, former.thing, who.id)
        doubtful = await self._db.read(deliveries.doubtful, former.kind, former.thing, who.id)
        fate = await self._db.read(questions.fate, former.question, who.id)
        programme = self._current.programme
        if fate is None:
            read = await self._db.read(questions.as_anybody_reads, former.question)
            screen = taken_back_since(t, programme, read.question, read.stays)
        else:
            screen = taken_back(t, programme, fate, former)
        calls: list[TelegramMethod[Any]] = []
        if state == SENT and place is not None:
            calls.append(screen_edited(who.id, place, screen))
        if doubtful and fate is not None:
            calls += screen_sent(who.id, screen).calls
        return Send(calls, needed_by=AT_ONCE) if calls else None

    @_for_person.register
    async def _stands_again(
        self, message: outgoing.StandsAgain, delivery: Delivery, who: Who, t: Translator
    ) -> Rendered:
        """In the last news of the question, which may have been told while its session did not take place."""
        last = await self._db.read(telling.latest, message.question, who.id)
        fate = await self._db.read(questions.fate, message.question, who.id)
        if last is None or fate is None or isinstance(last[1], outgoing.Unheard):
            return None
        place, news = last
        correction = outgoing.Correction.to(news)
        state, _ = await self._db.read(deliveries.outcome, correction.kind, correction.thing, who.id)
        programme, question, followed = self._current.programme, fate.question, fate.followed
        if state == SENT:
            screen = taken_back(t, programme, fate, news)
        elif isinstance(news, outgoing.Carried):
            screen = question_views.carried(t, programme, question, fate.stays, followed=followed)
        else:
            screen = question_views.fate(t, programme, question, fate.stays, followed=followed)
        return Send([screen_edited(who.id, place, screen)], needed_by=AT_ONCE)

    @_for_person.register
    async def _card(
        self, message: outgoing.Card, delivery: Delivery, who: Who, t: Translator, known: CardFacts | None = None
    ) -> Rendered:
        facts = known
        if facts is None:
            facts = await self._db.read(card_facts, message.question, self._clock.seconds())
        question = facts.question
        if not who.moderates(question.session) or question.state == WITHDRAWN:
            return None
        screen = moderation_views.card(t, self._current.programme, seen_by(who, facts), moderation_views.NO_LIST)
        return screen_sent(who.id, screen, card=question)

    @_for_person.register
    async def _card_change(self, message: outgoing.CardChange, delivery: Delivery, who: Who, t: Translator) -> Rendered:
        changed = await self._db.read(changed_cards, message, who.id, self._clock.seconds())
        facts, programme = seen_by(who, changed.facts), self._current.programme
        if not who.moderates(facts.question.session):
            return await self._carried_away(changed, who, t)
        calls = [
            screen_edited(who.id, card, moderation_views.card(t, programme, facts, desk))
            for card, desk in changed.places
        ]
        return Send(calls, card=facts.question)

    async def _carried_away(self, changed: ChangedCards, who: Who, t: Translator) -> Rendered:
        """To whoever moderates where the question was, and not where it is: their cards say where that is."""
        question = changed.facts.question
        if not any(who.moderates(code) for code in await self._db.read(was_in, question.number)):
            return None
        screen = carrying_views.elsewhere(t, self._current.programme, question)
        return Send([screen_edited(who.id, card, screen) for card, _ in changed.places], card=question)

    @_for_person.register
    async def _card_unfolded(
        self, message: outgoing.CardUnfolded, delivery: Delivery, who: Who, t: Translator
    ) -> Rendered:
        facts, place = await self._db.read(unfolded, message, who.id, self._clock.seconds())
        if place is None or not who.moderates(facts.question.session):
            return None
        screen = moderation_views.unfolded(t, self._current.programme, seen_by(who, facts), place)
        return Send([screen_edited(who.id, place.message, screen)])

    @_for_person.register
    async def _reminder(self, message: outgoing.Reminder, delivery: Delivery, who: Who, t: Translator) -> Rendered:
        programme = self._current.programme
        session = reminders.still_true(programme, message)
        if session is None or (speaking.comes_with_slot(who) and await self._part(who, session)):
            return None
        if not await self._db.read(reminders.wanted, who.id, session.code):
            return None
        if await self._notices.covers_start(who.id, session.code, delivery.due_at):
            return None
        return screen_sent(who.id, reminder(t, programme, self._current.runs, session, self._clock.now()))

    @_for_person.register
    async def _slot(self, message: outgoing.Slot, delivery: Delivery, who: Who, t: Translator) -> Rendered:
        programme, runs = self._current.programme, self._current.runs
        session = reminders.still_true(programme, message)
        part = await self._part(who, session) if session else None
        if session is None or part is None:
            return None
        if await self._notices.covers_start(who.id, session.code, delivery.due_at):
            return None
        moderates = who.moderates(session.code)
        return screen_sent(
            who.id, slot(t, programme, runs, session, does=part, moderates=moderates, now=self._clock.now())
        )

    async def _part(self, who: Who, session: Session) -> str | None:
        """What the person does at the session."""
        part = speaking.part_of(who, session)
        if part is None and speaking.moderates_all(who) and await self._db.read(speaking.stands_in, who, session):
            return speaking.MODERATES
        return part

    @_for_person.register
    async def _left_over(self, message: outgoing.LeftOver, delivery: Delivery, who: Who, t: Translator) -> Rendered:
        """Before the authors are told, also in quiet hours; afterwards there is no hurry."""
        now = self._clock.now()
        news = await left_over_news(self._db, self._current, message, now)
        if not isinstance(news, LeftOverNews) or not who.moderates(message.session):
            return news if isinstance(news, Later) else None
        screen = left_over_views.notice(t, self._current.programme, self._current.runs, news.left, now)
        needed_by = news.closes if now.timestamp() < news.closes else None
        return replace(screen_sent(who.id, screen), needed_by=needed_by)

    @_for_person.register
    async def _rating(self, message: outgoing.RatingRequest, delivery: Delivery, who: Who, t: Translator) -> Rendered:
        programme = self._current.programme
        session = await self._db.read(ratings.asked_about, programme, message.session, who.id)
        if session is None:
            return None
        over = ratings.over(programme, self._current.runs, session) + ratings.DELAY
        if self._clock.seconds() < over:
            return Later(over, "it goes on")
        return screen_sent(who.id, rating_views.request(t, programme, session.code))

    @_for_person.register
    async def _change(self, message: outgoing.ChangeNotice, delivery: Delivery, who: Who, t: Translator) -> Rendered:
        return await self._notices.change(message, delivery, t)

    @_for_person.register
    async def _change_mark(self, message: outgoing.ChangeMark, delivery: Delivery, who: Who, t: Translator) -> Rendered:
        return await self._notices.mark(message, who.id, t)

    @_for_person.register
    async def _change_word(self, message: outgoing.ChangeWord, delivery: Delivery, who: Who, t: Translator) -> Rendered:
        return await self._notices.word(message, delivery, t)

    @_for_person.register
    async def _star_moved(self, message: outgoing.StarMoved, delivery: Delivery, who: Who, t: Translator) -> Rendered:
        """Where the star is now; nothing to whoever has taken it off since, or whose session is back."""
        heir = (await self._db.read(heirs.stars_of, who.id)).get(message.session, "")
        programme = self._current.programme
        session = programme.session(heir)
        if session is None or not await self._db.read(bookmarks.has, who.id, heir):
            return None
        return screen_sent(who.id, notice_views.star_moved(t, programme, message.session, session))

    @_for_person.register
    async def _role_ended(self, message: outgoing.RoleEnded, delivery: Delivery, who: Who, t: Translator) -> Rendered:
        """With the keyboard that is theirs from now on."""
        role, session = message.role, message.session
        if any((held.role, held.session) == (role, session) for held in who.roles):
            return None
        words = t("staff.ended", what=role_name(t, self._current.programme, role, session))
        return Send([SendMessage(chat_id=who.id, text=words, reply_markup=menu.keyboard(t, who))])

    @_for_person.register
    async def _watch_news(self, message: outgoing.WatchNews, delivery: Delivery, who: Who, t: Translator) -> Rendered:
        watch = await self._db.read(watches.get)
        if watch is None or not who.organizer:
            return None
        hangs = await self._hanging(who) if message.what == CHANGED else NOTHING
        news = watch_views.news(t, message.what, message.changes, host_of(watch.address), watch.fault, hanging=hangs)
        return screen_sent(who.id, news)

    async def _hanging(self, who: Who) -> Hanging:
        """What hangs on what the draft takes away."""
        stored = await self._db.read(drafts.read)
        published = await self._versions.get(stored.base)
        draft = await asyncio.to_thread(drafts.whole, published, stored)
        return await self._db.read(of_draft, who, self._clock.seconds(), draft)

    @_for_person.register
    async def _desk_news(self, message: outgoing.DeskNews, delivery: Delivery, who: Who, t: Translator) -> Rendered:
        news = desk_group_views.news(t, message.what, message.title)
        return screen_sent(who.id, news) if who.organizer else None


def in_its_time(rendered: Rendered, delivery: Delivery, who: Who, now: dt.datetime) -> Rendered:
    """In the person's quiet hours nothing rings: what can wait comes when they are over, what would be worthless by
    then comes without sound. What makes no sound anyway comes at once, a group is not a person, and what is urgent
    rings."""
    until = None if delivery.urgent or delivery.recipient < 0 else quiet.ends(who.quiet, now)
    if until is None or not isinstance(rendered, Send) or rendered.silent:
        return rendered
    due_at = int(until.timestamp())
    needed_by = delivery.valid_until if rendered.needed_by is None else rendered.needed_by
    if needed_by is None or due_at < needed_by:
        return Later(due_at, announced.ASLEEP)
    return replace(rendered, calls=[call if repeatable(call) else silent(call) for call in rendered.calls])


def silent(call: TelegramMethod[Any]) -> TelegramMethod[Any]:
    return call.model_copy(update={"disable_notification": True})
