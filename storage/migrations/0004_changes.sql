-- The programme changes: its draft, who is told, what really happens in the halls, who came, what people thought.

-- restores: which older version a version brings back; NULL for a new one. steps: of how many changes it was made.
-- quiet: nobody was told of it.
ALTER TABLE programmes ADD COLUMN restores {int};
ALTER TABLE programmes ADD COLUMN steps {int} NOT NULL DEFAULT 0;
ALTER TABLE programmes ADD COLUMN quiet {int} NOT NULL DEFAULT 0;

-- The sessions that a version changed in a way people are told of: who speaks there, before or after (codes between
-- colons, ":a:b:"), when the news is due, and until when it is worth anything.
CREATE TABLE programme_news (
    version {int} NOT NULL,
    session TEXT NOT NULL,
    speakers TEXT NOT NULL,
    due_at {int} NOT NULL,
    valid_until {int} NOT NULL,
    PRIMARY KEY (version, session)
);

-- What organizers changed since the newest version, step by step; the draft is that version with all steps made in their
-- order. changes is JSON (bot.programme.changes), what and detail (JSON) say in which words a step is told.
CREATE TABLE draft_steps (
    number {id},
    what TEXT NOT NULL,
    detail TEXT NOT NULL,
    changes TEXT NOT NULL,
    made_by {int},
    made_at {int} NOT NULL
);

-- One row, one more with everything that happens to the draft: who saw an older one changes nothing.
CREATE TABLE draft_revision (
    revision {int} NOT NULL
);
INSERT INTO draft_revision (revision) VALUES (0);

-- What really happens: when a session was begun and ended, and until when it is expected to run over. A session that
-- nobody marked has no row and goes by the programme; one whose marks were taken back keeps a row without any, for
-- revision counts marks made and taken back, and a button carries the one it was shown with.
CREATE TABLE session_runs (
    session TEXT PRIMARY KEY,
    started_at {int},
    ends_at {int},
    ended_at {int},
    revision {int} NOT NULL,
    marked_by {int},
    marked_at {int} NOT NULL
);

-- What people thought of a session: 1 to 5 stars and a word.
CREATE TABLE ratings (
    session TEXT NOT NULL,
    person {int} NOT NULL,
    stars {int} NOT NULL,
    word TEXT NOT NULL DEFAULT '',
    rated_at {int} NOT NULL,
    PRIMARY KEY (session, person)
);
CREATE INDEX ratings_by_person ON ratings (person);

-- The code on a person's badge opens the door once. A new one takes the place of the one before. A badge that was on no
-- sheet yet has no printed_at.
CREATE TABLE badges (
    person {int} PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    made_at {int} NOT NULL,
    printed_at {int},
    used_at {int},
    used_by {int}
);

-- The address from which a programme is watched; one row. mark is what the server called the last version that was
-- taken, digest its content, document the programme in it: the next one is compared with that, so that what organizers
-- changed beside it stays. fault (JSON) says why the last look found nothing to read, failures how many in a row did,
-- told whether organizers know. checked_at is NULL when it is to be looked at at once.
CREATE TABLE programme_watches (
    address TEXT PRIMARY KEY,
    mark TEXT NOT NULL DEFAULT '',
    digest TEXT NOT NULL DEFAULT '',
    document TEXT NOT NULL,
    taken_at {int} NOT NULL,
    fault TEXT NOT NULL DEFAULT '',
    failures {int} NOT NULL DEFAULT 0,
    told {int} NOT NULL DEFAULT 0,
    checked_at {int},
    set_by {int},
    set_at {int} NOT NULL
);

-- Whose a session's cards are, asked with each of its questions. The key of roles begins with the person.
CREATE INDEX roles_by_session ON roles (session, role);
