-- What may stand in a chat although nobody knows its message's id. lost: how many claims ended with the process that had
-- them; each may have been sent already, and it is sent again. own: whether it became a message of its own, rather than
-- a change of one that was there; kept since this migration.
ALTER TABLE deliveries ADD COLUMN lost {int} NOT NULL DEFAULT 0;
ALTER TABLE deliveries ADD COLUMN own {int} NOT NULL DEFAULT 0;
