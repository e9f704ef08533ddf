-- The sessions that have left the programme, as its last version with them had them (document, JSON; NULL when no version
-- has them), and when they did.
CREATE TABLE gone_sessions (
    code TEXT PRIMARY KEY,
    document TEXT,
    gone_at {int} NOT NULL
);

-- Of the draft: where what hangs on a session that goes away is to be moved when it is published.
CREATE TABLE draft_heirs (
    session TEXT PRIMARY KEY,
    heir TEXT NOT NULL
);

-- What was moved from a session that went away, to bring it back with it. had: the person had starred the heir before.
CREATE TABLE moved_stars (
    session TEXT NOT NULL,
    person {int} NOT NULL,
    heir TEXT NOT NULL,
    had {int} NOT NULL,
    starred_at {int} NOT NULL,
    PRIMARY KEY (session, person)
);
CREATE INDEX moved_stars_by_person ON moved_stars (person);
CREATE TABLE moved_questions (
    session TEXT NOT NULL,
    question {int} NOT NULL REFERENCES questions (number) ON DELETE CASCADE,
    heir TEXT NOT NULL,
    revision {int} NOT NULL,
    PRIMARY KEY (session, question)
);

-- goes: the session goes away with it, which also concerns whoever follows a question there.
ALTER TABLE programme_news ADD COLUMN goes {int} NOT NULL DEFAULT 0;
