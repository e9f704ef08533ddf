-- What people have been told of changes: a row for each copy of a notice, written before it leaves. It says what differs
-- between the versions older and newer, of these sessions in this order (":a:b:"; '': of those that concern the person,
-- which was not kept before). holder had claimed the delivery then: as long as the delivery is that claim's, its row says
-- what became of the copy, and otherwise nobody knows. state is what the copy shows: told; replaced (struck out, a newer
-- message says it); withdrawn (struck out, it says itself what holds now); restored (it was struck out, and holds again).
CREATE TABLE told (
    number {id},
    delivery {int} NOT NULL REFERENCES deliveries (id) ON DELETE CASCADE,
    holder TEXT NOT NULL,
    older {int} NOT NULL,
    newer {int} NOT NULL,
    sessions TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'told'
);
CREATE INDEX told_by_delivery ON told (delivery);
CREATE INDEX told_by_words ON told (older, newer, sessions);
INSERT INTO told (delivery, holder, older, newer, sessions, state)
    SELECT notices.id, notices.holder, older.number, newer.number, '',
           CASE WHEN EXISTS (
               SELECT 1 FROM deliveries AS marks WHERE marks.kind = 'change-mark' AND marks.thing = notices.thing
                 AND marks.recipient = notices.recipient AND marks.state = 'sent'
           ) THEN 'withdrawn' ELSE 'told' END
    FROM deliveries AS notices
    JOIN programmes AS newer ON notices.thing LIKE '%:' || CAST(newer.number AS TEXT)
    JOIN programmes AS older ON notices.thing = CAST(older.number AS TEXT) || ':' || CAST(newer.number AS TEXT)
    WHERE notices.kind = 'change' AND notices.state IN ('claimed', 'sent', 'unsure')
    ORDER BY notices.id;

-- people: how many were to be told of a version when it was published.
ALTER TABLE programmes ADD COLUMN people {int} NOT NULL DEFAULT 0;

-- asked: questions can be asked there, so that moderators of all sessions have a part in it.
ALTER TABLE programme_news ADD COLUMN asked {int} NOT NULL DEFAULT 0;
