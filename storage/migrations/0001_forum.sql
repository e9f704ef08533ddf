-- Everything the forum keeps. Times are epoch seconds (UTC), JSON is text,
-- sessions and delegations are the programme's own codes, people are Telegram ids.

CREATE TABLE programmes (
    number {id},
    document TEXT NOT NULL,
    source TEXT NOT NULL,
    published_by {int},
    published_at {int} NOT NULL
);

-- A row exists only after consent: who merely looks around leaves no trace.
CREATE TABLE participants (
    id {int} PRIMARY KEY,
    language TEXT NOT NULL,
    consented_at {int} NOT NULL,
    name TEXT,
    delegation TEXT,
    organization TEXT,
    registered_at {int},
    lead_minutes {int} NOT NULL,
    muted {int} NOT NULL DEFAULT 0,
    blocked_at {int}
);
CREATE INDEX participants_by_delegation ON participants (delegation);

-- session '' means all sessions.
CREATE TABLE roles (
    person {int} NOT NULL,
    role TEXT NOT NULL,
    session TEXT NOT NULL,
    granted_by {int},
    granted_at {int} NOT NULL,
    PRIMARY KEY (person, role, session)
);

-- Only the token's digest is kept: whoever reads the database cannot use a link.
CREATE TABLE invitations (
    digest TEXT PRIMARY KEY,
    role TEXT NOT NULL,
    session TEXT NOT NULL,
    invited_by {int},
    created_at {int} NOT NULL,
    expires_at {int} NOT NULL,
    used_by {int},
    used_at {int}
);

CREATE TABLE bookmarks (
    person {int} NOT NULL,
    session TEXT NOT NULL,
    created_at {int} NOT NULL,
    PRIMARY KEY (person, session)
);
CREATE INDEX bookmarks_by_session ON bookmarks (session);

-- message is the id of the author's own message: the same update twice is one question. NULL when it was written
-- to a former bot (see serving_bot).
CREATE TABLE questions (
    number {id},
    session TEXT NOT NULL,
    author {int},
    message {int},
    anonymous {int} NOT NULL,
    language TEXT NOT NULL,
    text TEXT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT NOT NULL DEFAULT '',
    answer TEXT NOT NULL DEFAULT '',
    revision {int} NOT NULL DEFAULT 1,
    decided_by {int},
    asked_at {int} NOT NULL,
    decided_at {int},
    UNIQUE (author, message)
);
CREATE INDEX questions_by_session ON questions (session, state);

CREATE TABLE votes (
    question {int} NOT NULL REFERENCES questions (number) ON DELETE CASCADE,
    person {int} NOT NULL,
    created_at {int} NOT NULL,
    PRIMARY KEY (question, person)
);
CREATE INDEX votes_by_person ON votes (person);

-- Where a question's card stands in a moderator's chat, so that it can follow its state, and which revision of
-- the question it shows: a decision is about that text and no other. desk is the list it was opened from
-- ("w" waiting, "a" approved), "-" when it came by itself: it decides the card's buttons.
CREATE TABLE cards (
    chat {int} NOT NULL,
    message {int} NOT NULL,
    question {int} NOT NULL,
    revision {int} NOT NULL,
    desk TEXT NOT NULL,
    PRIMARY KEY (chat, message)
);
CREATE INDEX cards_by_question ON cards (question);

CREATE TABLE announcements (
    number {id},
    author {int},
    message {int},
    text TEXT NOT NULL,
    state TEXT NOT NULL,
    recipients {int} NOT NULL DEFAULT 0,
    created_at {int} NOT NULL,
    confirmed_at {int},
    report_message {int},
    UNIQUE (author, message)
);

-- The outbox: one row a recipient and thing, whatever happens.
CREATE TABLE deliveries (
    id {id},
    kind TEXT NOT NULL,
    thing TEXT NOT NULL,
    recipient {int} NOT NULL,
    lane {int} NOT NULL,
    state TEXT NOT NULL,
    due_at {int} NOT NULL,
    valid_until {int},
    claimed_until {int},
    attempts {int} NOT NULL DEFAULT 0,
    message {int},
    error TEXT NOT NULL DEFAULT '',
    created_at {int} NOT NULL,
    done_at {int},
    UNIQUE (kind, thing, recipient)
);
CREATE INDEX deliveries_open ON deliveries (lane, due_at, id) WHERE state = 'waiting';
CREATE INDEX deliveries_late ON deliveries (valid_until) WHERE state = 'waiting' AND valid_until IS NOT NULL;
CREATE INDEX deliveries_by_recipient ON deliveries (recipient, state);

-- One row: the bot in whose chats the message ids of the other tables stand.
CREATE TABLE serving_bot (
    bot {int} PRIMARY KEY
);

-- What came in and is not finished yet; the mark is the highest update that a bot has taken in.
CREATE TABLE inbox (
    update_id {int} PRIMARY KEY,
    body TEXT NOT NULL,
    received_at {int} NOT NULL
);

CREATE TABLE inbox_mark (
    bot {int} PRIMARY KEY,
    update_id {int} NOT NULL,
    received_at {int} NOT NULL
);

-- Half-typed forms. key is "chat:person" or "chat:person:topic".
CREATE TABLE conversations (
    key TEXT PRIMARY KEY,
    person {int} NOT NULL,
    state TEXT,
    data TEXT NOT NULL,
    updated_at {int} NOT NULL
);
CREATE INDEX conversations_by_person ON conversations (person);
