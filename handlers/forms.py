"""The forms a person can be in the middle of. State names are kept in the database: never rename one."""

from __future__ import annotations

from aiogram.fsm.state import State, StatesGroup


class Registration(StatesGroup):
    """Data: then (the deep link to come back to, see handlers.deep_links)."""

    name = State()
    delegation = State()
    organization = State()


class ProfileForm(StatesGroup):
    name = State()
    organization = State()


class QuestionForm(StatesGroup):
    """Data: session, anonymous; or number when an asked one is edited."""

    text = State()
    edit = State()


class DecisionForm(StatesGroup):
    """Data: number, decision, desk, and the revision of the question that was read."""

    words = State()


class AnnouncementForm(StatesGroup):
    text = State()
