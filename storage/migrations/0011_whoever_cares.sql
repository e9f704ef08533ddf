-- Who follows a question without having asked it: told what becomes of it, as its author is.
CREATE TABLE followers (
    question {int} NOT NULL REFERENCES questions (number) ON DELETE CASCADE,
    person {int} NOT NULL,
    followed_at {int} NOT NULL,
    PRIMARY KEY (question, person)
);
CREATE INDEX followers_by_person ON followers (person);

-- unheard_at: when those who wait for the question were told that its session is over and there was no time for it. NULL
-- again when it has another chance.
ALTER TABLE questions ADD COLUMN unheard_at {int};
