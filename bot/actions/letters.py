"""What the outbox carries: the kinds of letters, and what each one's `thing` says.

A letter holds no words: they are chosen when it is sent, in the language the person has by then and
about the world as it is by then.
"""

FATE = "fate"  # "12:3": to the author, what became of question 12 at its revision 3
CARD = "card"  # "12": to a moderator, question 12
CARD_CHANGE = "card-change"  # "12:3": to a chat with cards of question 12, which is at revision 3 now;
# "12:3:480": to a chat in which message 480 came to show question 12 as it was before
REMINDER = "reminder"  # "opening@1795000000": to who starred the session that starts then
ANNOUNCEMENT = "announcement"  # "7": announcement 7, to everybody
ROLE_ENDED = "role-ended"  # "moderator@opening@1795000000": to who had the role, until then


def revision_of(number: int, revision: int) -> str:
    return f"{number}:{revision}"


def number_and_revision(thing: str) -> tuple[int, int]:
    number, revision = thing.split(":")
    return int(number), int(revision)


def changes_of(number: int) -> str:
    """How the things of all changes of a question's cards begin."""
    return f"{number}:"


def late_change_of(number: int, revision: int, message: int) -> str:
    return f"{number}:{revision}:{message}"


def number_of_change(thing: str) -> int:
    return int(thing.split(":")[0])


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
