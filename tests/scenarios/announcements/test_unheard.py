"""What another instance did, and this one has not heard of: its messages say it all the same."""

from __future__ import annotations

from storage import deliveries
from storage.announced import SENDING
from storage.database import Transaction
from storage.deliveries import LANE_ANNOUNCEMENT
from tests.conftest import Forum
from tests.scenarios.announcements.announcing import announced
from tests.scenarios.steps import outbox, until

# As bot.actions.announcements.repairs would, but that nobody is notified of it.
SAY = "UPDATE announcement_parts SET text = :text WHERE announcement = 1"
STOP = "UPDATE announcements SET state = 'cancelled' WHERE number = 1"


def correct(tx: Transaction, text: str) -> None:
    tx.run(SAY, text=text)


def stop(tx: Transaction) -> None:
    tx.run(STOP)


async def test_a_correction_not_heard_of_is_sent_and_what_was_stopped_is_not(forum: Forum) -> None:
    organizer = await forum.organizer()
    await announced(forum, organizer, "Старое", 1)
    one, two = await forum.delegate("Ася"), await forum.delegate("Ира")
    await two.look_away()
    now = forum.clock.seconds()
    await forum.db.write(correct, "Новое")
    await forum.db.write(deliveries.put, SENDING, thing="1", recipients=[one.id], lane=LANE_ANNOUNCEMENT, now=now)
    await one.sees("Новое")
    await forum.db.write(stop)
    await forum.db.write(deliveries.put, SENDING, thing="1", recipients=[two.id], lane=LANE_ANNOUNCEMENT, now=now)
    await until(lambda: [row["state"] for row in outbox(forum, SENDING)] == ["sent", "sent", "dropped"])
    await two.quiet()
