-- What a message that somebody typed into a form has become, so that an edit of that message finds it again. `kind` and
-- `thing` as bot.actions.became has them; `seen` tells the content that was dealt with last from another.
CREATE TABLE typed_messages (
    person {int} NOT NULL,
    message {int} NOT NULL,
    kind TEXT NOT NULL,
    thing TEXT NOT NULL,
    seen TEXT NOT NULL,
    at {int} NOT NULL,
    PRIMARY KEY (person, message)
);

-- Versions of an announcement that were not changed since the version in the language `because` was.
CREATE TABLE announcement_behind (
    announcement {int} NOT NULL REFERENCES announcements (number) ON DELETE CASCADE,
    language TEXT NOT NULL,
    because TEXT NOT NULL,
    PRIMARY KEY (announcement, language, because)
);
