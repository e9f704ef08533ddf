-- unfolded: 1 while a card's menu, or what that led to, stands in its place: what changes beside the question as it was
-- read (revision) does not cover it.
ALTER TABLE cards ADD COLUMN unfolded {int} NOT NULL DEFAULT 0;
