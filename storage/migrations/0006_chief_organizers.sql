-- The organizers that the settings name, put in again at each start: the bare id, for some of them have not consented to
-- anything.
CREATE TABLE chief_organizers (
    person {int} PRIMARY KEY
);
