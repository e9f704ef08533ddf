-- Which messages in organizers' chats show which announcement, and follow it. asks is '' for the announcement itself, and
-- else what the message asks about it (storage.announcement_screens). nth grows within a chat: the screens opened last
-- follow. Until now one message did, in report_message of report_chat, which stay empty from now on.
CREATE TABLE announcement_screens (
    chat {int} NOT NULL,
    message {int} NOT NULL,
    announcement {int} NOT NULL,
    asks TEXT NOT NULL DEFAULT '',
    nth {int} NOT NULL,
    PRIMARY KEY (chat, message)
);
INSERT INTO announcement_screens (chat, message, announcement, nth)
    SELECT report_chat, report_message, MAX(number), MAX(number) FROM announcements
    WHERE report_chat IS NOT NULL AND report_message IS NOT NULL AND finished_at IS NULL
      AND (started_at IS NOT NULL OR state IN ('asked', 'scheduled'))
    GROUP BY report_chat, report_message;
UPDATE announcements SET report_chat = NULL, report_message = NULL;
-- Who decided about an announcement: the staff action is found by what it is about (storage.audit).
CREATE INDEX audit_of_announcements ON audit (id)
    WHERE deed IN ('announced', 'approved', 'declined', 'taken_back', 'cancelled', 'corrected');
