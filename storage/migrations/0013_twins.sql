-- Open questions of one session that say much the same, as found when the words of one of them were last looked at: a
-- pair is one row. likeness is whole percent. A question that is not open any more has no rows.
CREATE TABLE twins (
    question {int} NOT NULL REFERENCES questions (number) ON DELETE CASCADE,
    twin {int} NOT NULL REFERENCES questions (number) ON DELETE CASCADE,
    likeness {int} NOT NULL,
    PRIMARY KEY (question, twin)
);
CREATE INDEX twins_by_twin ON twins (twin);
