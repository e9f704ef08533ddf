-- From whom an announcement is, as its readers read it below its words: JSON of a text in languages; '' where it does not
-- say it, as all until now.
ALTER TABLE announcements ADD COLUMN said_by TEXT NOT NULL DEFAULT '';
