-- scope: the session in which somebody asks nothing for now, '' for all sessions. Whoever moderates some sessions only
-- mutes in the session of the question by which they do. One by the same question in its session and one everywhere are
-- two, and each is taken back on its own.
ALTER TABLE mutes RENAME TO mutes_everywhere;
CREATE TABLE mutes (
    person {int} NOT NULL,
    question {int} NOT NULL,
    scope TEXT NOT NULL,
    muted_by {int},
    muted_at {int} NOT NULL,
    PRIMARY KEY (person, question, scope)
);
-- What was said so far holds as far as whoever said it may say so now; where they are not known any more, in the session
-- of the question.
INSERT INTO mutes (person, question, scope, muted_by, muted_at)
SELECT person, question,
       CASE
           WHEN muted_by IN (SELECT chief_organizers.person FROM chief_organizers) THEN ''
           WHEN EXISTS (
               SELECT 1 FROM roles
               WHERE roles.person = mutes_everywhere.muted_by
                 AND (roles.role = 'organizer' OR (roles.role = 'moderator' AND roles.session = ''))
           ) THEN ''
           ELSE COALESCE((SELECT session FROM questions WHERE number = mutes_everywhere.question), '')
       END,
       muted_by, muted_at
FROM mutes_everywhere;
DROP TABLE mutes_everywhere;
