"""What the outbox carries: the kinds of letters, and what each one's `thing` says.

A letter holds no words: they are chosen when it is sent, in the language the person has by then and
about the world as it is by then.
"""

FATE = "fate"  # "12:3": to the author, and those of all merged into it, what became of question 12 at its revision 3
EDITED = "edited"  # "12:3": to the author, that a moderator corrected question 12, which made its revision 3
CARD = "card"  # "12": to a moderator, question 12
CARD_CHANGE = "card-change"  # "12:3": to a chat with cards of question 12, which is at revision 3 now;
# "12:3:480": to a chat in which message 480 came to show question 12 as it was before;
# "12:x4f0a1b2c": something beside the question changed, "12:x4f0a1b2c:480" but not for message 480; "12:u1795000000":
# the claim until then is over
CARD_UNFOLDED = (
    "card-unfolded"  # "12:480:4f0a1b2c": to a chat whose message 480 is to show again what question 12's card
)
# led to there, which a change of the card may have covered
CORRECTION = "correction"  # "fate@12:3": to who was sent that letter, that it does not hold any more
REMINDER = "reminder"  # "opening@1795000000": to who starred the session that starts then
RATING = "rating"  # "opening": to who had the session in their agenda or asked there, how it was: once, wherever it is
CHANGE = "change"  # "5:7": to whom it concerns, what differs between the programme's versions 5 and 7
CHANGE_MARK = "change-mark"  # "5:7": to who has that letter, in its place, that it has changed again since
ANNOUNCEMENT = "announcement"  # "7": announcement 7, to its audience
ANNOUNCEMENT_EDIT = "announcement-edit"  # "7:2": to who has announcement 7, what it says since its revision 2
ANNOUNCEMENT_DELETE = "announcement-delete"  # "7": to who has announcement 7, which was withdrawn
APPROVAL = "announcement-approval"  # "7:1795000000": to an organizer, announcement 7, put forward then
CORRECTION_APPROVAL = "announcement-edit-approval"  # "7:kk:9f3a01c2": to an organizer, the correction of announcement
# 7's Kazakh version that has this mark (bot.actions.announcements.wording)
ANNOUNCEMENT_NEWS = "announcement-news"  # "7:declined:1795000000": to organizers, what became of announcement 7
DESK_CARD = "desk-card"  # "12:480:9f3a01c2": to the moderators' group, question 12 in topic 480 (0: no topics)
DESK_OFFER = "desk-offer"  # "ru@1795000000": to a group, the button that opens the desk there
DESK_MOVED = "desk-moved"  # "1795000000": to a group that held the desk until then
DESK_NEWS = "desk-news"  # "removed@1795000000@Moderators": to organizers, what happened to the desk in that group
SLOT = "slot"  # "opening@1795000000": to who speaks at the session that starts then, or moderates it
WATCH_NEWS = "watch-news"  # "changed@1795000000@3": to organizers, what a look at the watched address came to
ROLE_ENDED = "role-ended"  # "moderator@opening@1795000000": to who had the role, until then


def revision_of(number: int, revision: int) -> str:
    return f"{number}:{revision}"


def number_and_revision(thing: str) -> tuple[int, int]:
    number, revision = thing.split(":")
    return int(number), int(revision)


def between(before: int, after: int) -> str:
    return f"{before}:{after}"


def versions_of(thing: str) -> tuple[int, int]:
    """The versions of the programme between which a change was told."""
    before, after = thing.split(":")
    return int(before), int(after)


def news_of(number: int, what: str, now: int) -> str:
    return f"{number}:{what}:{now}"


def correction_put_forward(number: int, language: str, mark: str) -> str:
    return f"{number}:{language}:{mark}"


def put_forward(thing: str) -> tuple[int, str, str]:
    """The number, the language and the mark of a correction that was put forward."""
    number, language, mark = thing.split(":")
    return int(number), language, mark


def number_and_news(thing: str) -> tuple[int, str]:
    number, what, _ = thing.split(":")
    return int(number), what


def changes_of(number: int) -> str:
    """How the things of all changes of a question's cards begin."""
    return f"{number}:"


def late_change_of(number: int, revision: int, message: int) -> str:
    return f"{number}:{revision}:{message}"


def number_of_change(thing: str) -> int:
    return int(thing.split(":")[0])


def touch_of(number: int, touch: str, passed_over: int | None) -> str:
    """`touch` makes it another thing than the touch before, at the same revision of the question."""
    return f"{number}:x{touch}" if passed_over is None else f"{number}:x{touch}:{passed_over}"


def unfolded_in(number: int, message: int, token: str) -> str:
    return f"{number}:{message}:{token}"


def number_and_message(thing: str) -> tuple[int, int]:
    number, message, _ = thing.split(":")
    return int(number), int(message)


def claim_end_of(number: int, until: int) -> str:
    return f"{number}:u{until}"


def correction_of(kind: str, thing: str) -> str:
    return f"{kind}@{thing}"


def corrected_by(thing: str) -> tuple[str, str]:
    """The kind and the thing of the letter that a correction corrects."""
    kind, corrected = thing.split("@", 1)
    return kind, corrected


def end_of_claim(thing: str) -> int | None:
    """When the claim is over whose end a change of cards is to say."""
    mark = thing.split(":")[1]
    return int(mark[1:]) if mark.startswith("u") else None


def passed_over_by(thing: str) -> int | None:
    """The message that a touch says nothing to."""
    parts = thing.split(":")
    return int(parts[2]) if len(parts) == 3 and parts[1].startswith("x") else None


def start_of(session: str, start: int) -> str:
    return f"{session}@{start}"


def role_until(role: str, session: str, now: int) -> str:
    return f"{role}@{session}@{now}"


def role_and_session(thing: str) -> tuple[str, str]:
    role, rest = thing.split("@", 1)
    return role, rest.rsplit("@", 1)[0]


def session_and_start(thing: str) -> tuple[str, int]:
    session, start = thing.rsplit("@", 1)
    return session, int(start)


def cards_in(number: int, thread: int) -> str:
    """How the things of a question's cards in one topic begin."""
    return f"{number}:{thread}:"


def number_and_thread(thing: str) -> tuple[int, int]:
    number, thread, _ = thing.split(":")
    return int(number), int(thread)


def offer_in(language: str, now: int) -> str:
    return f"{language}@{now}"


def language_of_offer(thing: str) -> str:
    return thing.split("@")[0]


def moved_at(now: int) -> str:
    return str(now)


def watch_news(what: str, now: int, changes: int = 0) -> str:
    return f"{what}@{now}@{changes}"


def what_and_changes(thing: str) -> tuple[str, int]:
    what, _, changes = thing.split("@")
    return what, int(changes)


def desk_news(what: str, now: int, title: str) -> str:
    return f"{what}@{now}@{title}"


def what_and_title(thing: str) -> tuple[str, str]:
    what, _, title = thing.split("@", 2)
    return what, title
