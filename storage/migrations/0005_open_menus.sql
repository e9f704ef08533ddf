-- unfolded: what stands in a card's place, opened from it (storage.cards): what changes beside the question as it was read
-- (revision) does not cover it. 0 is the card itself.
ALTER TABLE cards ADD COLUMN unfolded {int} NOT NULL DEFAULT 0;
