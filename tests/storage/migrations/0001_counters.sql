-- What the contract tests write to; a semicolon here; 'and a quote' there.
CREATE TABLE counters (
    name TEXT PRIMARY KEY, -- the counter's own name; unique
    value {int} NOT NULL DEFAULT 0
);
CREATE TABLE notes (
    id {id},
    author {int} NOT NULL,
    text TEXT NOT NULL DEFAULT 'a:b; 100%',
    data {blob},
    weight DOUBLE PRECISION
);
/* The author's parent
   is checked at COMMIT; */
CREATE TABLE replies (
    note {int} NOT NULL REFERENCES notes (id) DEFERRABLE INITIALLY DEFERRED
);
