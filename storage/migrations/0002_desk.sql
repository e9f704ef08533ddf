-- The moderators' desk: claims, corrections, merging, labels, mutes, the stage, the group, the hall screen, and who
-- did what.

-- original holds the author's own words once a moderator has corrected them, '' before. merged_into is the question
-- that this one was found to repeat; it may itself be merged further. postponed_at and skipped are the chair's
-- "later" and "not today" about an approved question.
ALTER TABLE questions ADD COLUMN original TEXT NOT NULL DEFAULT '';
ALTER TABLE questions ADD COLUMN merged_into {int};
ALTER TABLE questions ADD COLUMN postponed_at {int};
ALTER TABLE questions ADD COLUMN skipped {int} NOT NULL DEFAULT 0;
CREATE INDEX questions_merged ON questions (merged_into) WHERE merged_into IS NOT NULL;

-- votes is the number of the question's rows in votes; storage.votes keeps it in the transaction that writes those. side
-- is whose turn the question takes when delegations take turns: its author's delegation, '' when they have none, '?' when
-- the question is anonymous, whose author no order may betray. It follows the author to another delegation.
ALTER TABLE questions ADD COLUMN votes {int} NOT NULL DEFAULT 0;
ALTER TABLE questions ADD COLUMN side TEXT NOT NULL DEFAULT '?';
UPDATE questions SET votes = (SELECT COUNT(*) FROM votes WHERE votes.question = questions.number);
UPDATE questions SET side = COALESCE((SELECT delegation FROM participants WHERE participants.id = questions.author), '')
    WHERE anonymous = 0 AND author IS NOT NULL;

-- The orders of a line (storage.lines), each read from its beginning. COALESCE puts first what was never put off, which
-- NULLS FIRST cannot say in an index of SQLite.
DROP INDEX questions_by_session;
CREATE INDEX questions_by_time ON questions (session, state, skipped, (COALESCE(postponed_at, 0)), number);
CREATE INDEX questions_by_votes ON questions (session, state, skipped, (COALESCE(postponed_at, 0)), votes DESC, number);
CREATE INDEX questions_by_side
    ON questions (session, state, skipped, side, (COALESCE(postponed_at, 0)), votes DESC, number);
CREATE INDEX questions_of_named ON questions (author, state, session, skipped, number) WHERE anonymous = 0;

-- via is the merged question that brought the vote, so that the merge can be undone; NULL for a vote of one's own.
ALTER TABLE votes ADD COLUMN via {int};

-- Who works on a question now. Two moderators at once: the unique key lets one in.
CREATE TABLE claims (
    question {int} PRIMARY KEY REFERENCES questions (number) ON DELETE CASCADE,
    moderator {int} NOT NULL,
    until {int} NOT NULL
);

-- topic is a code of the programme's topics.
CREATE TABLE labels (
    question {int} NOT NULL REFERENCES questions (number) ON DELETE CASCADE,
    topic TEXT NOT NULL,
    PRIMARY KEY (question, topic)
);

-- Who may ask nothing for now, and by which of their questions they were muted. One row a question and not a person:
-- an anonymous author stays unnamed, and nothing tells that they also asked another.
CREATE TABLE mutes (
    person {int} NOT NULL,
    question {int} NOT NULL,
    muted_by {int},
    muted_at {int} NOT NULL,
    PRIMARY KEY (person, question)
);

-- Words that flag a question for its moderators and do nothing else; as typed, in small letters.
CREATE TABLE stop_words (
    word TEXT PRIMARY KEY,
    added_by {int},
    added_at {int} NOT NULL
);

-- Who did what and when. detail is JSON: of a decision about a question what it was before, so that it can be
-- undone. session '' and question NULL where a deed is about neither.
CREATE TABLE audit (
    id {id},
    at {int} NOT NULL,
    actor {int},
    deed TEXT NOT NULL,
    question {int},
    session TEXT NOT NULL DEFAULT '',
    detail TEXT NOT NULL DEFAULT '{}',
    undone_by {int},
    undone_at {int}
);
CREATE INDEX audit_by_actor ON audit (actor, id);
CREATE INDEX audit_by_question ON audit (question, id);

-- The moderators' group, and its topic for each session. fault says which right was missing when last tried.
CREATE TABLE desk_groups (
    chat {int} PRIMARY KEY,
    title TEXT NOT NULL,
    forum {int} NOT NULL,
    language TEXT NOT NULL,
    opened_by {int},
    opened_at {int} NOT NULL,
    fault TEXT NOT NULL DEFAULT ''
);

CREATE TABLE desk_topics (
    chat {int} NOT NULL,
    session TEXT NOT NULL,
    thread {int} NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (chat, session)
);

-- A topic that is being made in Telegram: several instances are to make one between them. Nobody waits after until.
CREATE TABLE topics_in_making (
    chat {int} NOT NULL,
    session TEXT NOT NULL,
    until {int} NOT NULL,
    PRIMARY KEY (chat, session)
);

-- A session's desk: the order of its lists, what is on stage now, the desk's silent note to the chair.
CREATE TABLE session_desks (
    session TEXT PRIMARY KEY,
    sorting TEXT NOT NULL DEFAULT '',
    on_stage {int},
    on_stage_at {int},
    note TEXT NOT NULL DEFAULT '',
    note_by {int},
    note_at {int}
);

-- The one message in a chair's chat that follows the stage.
CREATE TABLE stages (
    chat {int} PRIMARY KEY,
    message {int} NOT NULL,
    session TEXT NOT NULL
);

-- Hall screens that are private: place is a session's or a room's code, key the unguessable end of the link.
CREATE TABLE hall_keys (
    place TEXT PRIMARY KEY,
    key TEXT NOT NULL,
    made_by {int},
    made_at {int} NOT NULL
);
