-- The organizers' boards: which message of a chat is kept up to date. says is a digest of what it says, former that it has
-- been left behind by a newer one and is still to say so.
CREATE TABLE boards (
    chat {int} NOT NULL,
    message {int} NOT NULL,
    says TEXT NOT NULL,
    former {int} NOT NULL DEFAULT 0,
    PRIMARY KEY (chat, message)
);

-- What failed lately is counted each time something fails, among all that was sent.
CREATE INDEX deliveries_lost ON deliveries (done_at) WHERE state IN ('failed', 'unsure');
