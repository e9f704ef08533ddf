-- Delivery: who holds a claim, every message a letter became, what may not wait for the morning; announcements of any
-- content for a chosen audience.

-- holder is the process that claimed it; messages are the ids of all messages it became, separated by commas (an
-- album is several); urgent passes quiet hours and mute.
ALTER TABLE deliveries ADD COLUMN holder TEXT NOT NULL DEFAULT '';
ALTER TABLE deliveries ADD COLUMN messages TEXT NOT NULL DEFAULT '';
ALTER TABLE deliveries ADD COLUMN urgent {int} NOT NULL DEFAULT 0;
CREATE INDEX deliveries_claimed ON deliveries (claimed_until) WHERE state = 'claimed';
CREATE INDEX deliveries_held ON deliveries (kind, thing) WHERE state = 'held';
CREATE INDEX deliveries_done ON deliveries (done_at) WHERE done_at IS NOT NULL;

-- Quiet hours: '' the forum's own, 'off', or '22-7' in the forum's zone. present_at: when the person said they came.
ALTER TABLE participants ADD COLUMN quiet TEXT NOT NULL DEFAULT '';
ALTER TABLE participants ADD COLUMN present_at {int};

-- audience is JSON (bot.actions.audience). It is sent at send_at, or when the session in send_with starts. It holds
-- until expires_at, which moves with the end of the session in expires_with. revision grows with each correction of what
-- was delivered. report_message stands in report_chat and follows what is under way until finished_at.
ALTER TABLE announcements ADD COLUMN audience TEXT NOT NULL DEFAULT '{}';
ALTER TABLE announcements ADD COLUMN urgent {int} NOT NULL DEFAULT 0;
ALTER TABLE announcements ADD COLUMN send_at {int};
ALTER TABLE announcements ADD COLUMN send_with TEXT NOT NULL DEFAULT '';
ALTER TABLE announcements ADD COLUMN expires_at {int};
ALTER TABLE announcements ADD COLUMN expires_with TEXT NOT NULL DEFAULT '';
ALTER TABLE announcements ADD COLUMN revision {int} NOT NULL DEFAULT 1;
ALTER TABLE announcements ADD COLUMN approved_by {int};
ALTER TABLE announcements ADD COLUMN started_at {int};
ALTER TABLE announcements ADD COLUMN finished_at {int};
ALTER TABLE announcements ADD COLUMN withdrawn_at {int};
ALTER TABLE announcements ADD COLUMN report_chat {int};
UPDATE announcements SET report_chat = author, started_at = confirmed_at WHERE state IN ('sending', 'sent');
UPDATE announcements SET finished_at = confirmed_at WHERE state = 'sent';

-- What an announcement says: language '' is for everybody, '+' before a language marks a correction that is not yet
-- confirmed. position orders an album: it is the id of the organizer's message. kind is text, photo, video, document,
-- audio, voice or location; file is Telegram's file_id; text is Telegram HTML; place is "latitude,longitude".
CREATE TABLE announcement_parts (
    announcement {int} NOT NULL REFERENCES announcements (number) ON DELETE CASCADE,
    language TEXT NOT NULL,
    position {int} NOT NULL,
    kind TEXT NOT NULL,
    text TEXT NOT NULL DEFAULT '',
    file TEXT NOT NULL DEFAULT '',
    place TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (announcement, language, position)
);
INSERT INTO announcement_parts (announcement, language, position, kind, text)
    SELECT number, '', 0, 'text', text FROM announcements;

-- What organizers set for the whole forum from their phones.
CREATE TABLE forum_settings (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);
