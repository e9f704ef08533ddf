"""The most that any view can be asked to show: what readers of programmes and forms of people let through, and more."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.actions.cards import CardFacts
from bot.programme.model import Day, Delegation, Forum, Page, Programme, Room, Session, Speaker, Text, Topic
from bot.who import Who
from storage.announcements import Announcement
from storage.participants import Participant
from storage.questions import ANSWERED, APPROVED, ASKED, DECLINED, PENDING, WITHDRAWN, Question
from storage.roles import Invitation, Role

ZONE = ZoneInfo("Asia/Almaty")
FIRST = dt.date(2026, 11, 26)
NOW = dt.datetime(2026, 11, 26, 10, 30, tzinfo=ZONE)
CODE_MAX = 24
LARGE = 2**40

# A thousand characters that are HTML, quotes and emoji, in one language only: the others are marked as missing.
TITLE = Text({"ru": ("<b>&\"'😀 " * 200)[:1000]})
BODY = Text({"kk": "<b>сөз &amp; <i>😀</i></b> &lt;br&gt; " * 2000})


def code(kind: str, number: int) -> str:
    """As long as a code may be."""
    return f"{kind}-{number}-".ljust(CODE_MAX, "x")


def session(number: int) -> Session:
    start = dt.datetime(2026, 11, 26 + number // 100, 10, tzinfo=ZONE) + dt.timedelta(minutes=number % 100)
    return Session(
        code=code("s", number),
        kind="panel",
        title=TITLE,
        start=start,
        end=start + dt.timedelta(hours=23),
        day=FIRST + dt.timedelta(days=number // 100),
        abstract=BODY,
        room=code("r", number % 200),
        speakers=tuple(code("p", one) for one in range(40)),
        moderators=tuple(code("p", one) for one in range(20, 60)),
        topic=code("t", 0),
        cancelled=number % 7 == 6,
    )


PROGRAMME = Programme(
    forum=Forum(TITLE, BODY, TITLE, TITLE, (43.3, 68.25), "Asia/Almaty"),
    days=tuple(Day(FIRST + dt.timedelta(days=number), TITLE) for number in range(20)),
    rooms=tuple(Room(code("r", number), TITLE, TITLE) for number in range(200)),
    topics=(Topic(code("t", 0), TITLE),),
    speakers=tuple(Speaker(code("p", number), TITLE, TITLE, BODY, "photo.png") for number in range(60)),
    delegations=tuple(Delegation(code("d", number), TITLE) for number in range(100)),
    pages=tuple(Page(code("pg", number), TITLE, BODY) for number in range(40)),
    sessions=tuple(session(number) for number in range(400)),
)
EMPTY = Programme(forum=Forum(Text("Forum"), timezone="Asia/Almaty"))

PERSON = Participant(LARGE, "ru", 1, "<" * 64, code("d", 0), "&" * 128, 1, 30, True, None)
ROLES = tuple(Role(LARGE + number, "moderator", code("s", number), None, 1) for number in range(100))
WHO = Who(LARGE, "ru", PERSON, ROLES[:1], chief=True)
GUEST = Who(LARGE, "kk")
INVITATIONS = tuple(
    Invitation("f" * 64, "moderator", code("s", number), LARGE, LARGE // 1000, None) for number in range(100)
)
ANNOUNCEMENT = Announcement(LARGE, LARGE, "<b>&lt;😀</b>" * 1000, "sending", LARGE, 1, 1, 1)
PHOTO = Path("photo.png")


def question(number: int, state: str, session_code: str) -> Question:
    """Five hundred characters of question, a thousand of reason and of answer."""
    return Question(
        number=LARGE + number,
        session=session_code,
        author=LARGE,
        anonymous=number % 2 == 0,
        language="ru",
        text="<😀&" * 166,
        state=state,
        reason="=offtopic" if number % 2 else "<&" * 500,
        answer="😀<" * 500,
        revision=1,
        decided_by=LARGE,
        asked_at=1795000000,
        decided_at=1795000000,
        votes=LARGE,
    )


STATES = (PENDING, APPROVED, DECLINED, ASKED, ANSWERED, WITHDRAWN)
QUESTIONS = tuple(question(number, STATES[number % 6], code("s", number)) for number in range(60))
CARDS = tuple(
    CardFacts(
        one,
        "<" * 192,
        "<" * 64,
        claimed_by="<" * 64,
        claimed_until=1795000000,
        labels=(code("t", 0),) * 3,
        flags=("<&😀" * 8,) * 10,
        merged=LARGE,
        first=True,
        muted=True,
    )
    for one in QUESTIONS[:12]
)
