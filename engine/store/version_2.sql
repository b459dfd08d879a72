-- From schema version 1 to 2. SPDX-License-Identifier: GPL-3.0-or-later
--
-- New tables stand at the end, each with its comment; this step is not released yet, so it may still
-- change. Rebuilding a table: see "Making Other Kinds Of Table Schema Changes" of SQLite's ALTER TABLE.

-- A target may also be held: looked at, and put off.
CREATE TABLE target_2 (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
    rank INTEGER NOT NULL,
    action INTEGER NOT NULL REFERENCES action ON DELETE CASCADE,
    marginal REAL NOT NULL,            -- what it adds to those above it
    stability REAL NOT NULL,
    status TEXT NOT NULL DEFAULT 'proposed'
        CHECK (status IN ('proposed', 'accepted', 'rejected', 'held')),
    UNIQUE (run, rank),
    UNIQUE (run, action)
) STRICT;
CREATE TABLE decision_2 (
    id INTEGER PRIMARY KEY,
    target INTEGER NOT NULL REFERENCES target,
    verdict TEXT NOT NULL CHECK (verdict IN ('accepted', 'rejected', 'held')),
    reviewer TEXT NOT NULL,
    reason TEXT NOT NULL,
    decided INTEGER NOT NULL           -- time
) STRICT;
INSERT INTO target_2 SELECT * FROM target;
INSERT INTO decision_2 SELECT * FROM decision;
DROP TABLE decision;
DROP TABLE target;
ALTER TABLE target_2 RENAME TO target;
ALTER TABLE decision_2 RENAME TO decision;
CREATE INDEX target_action ON target (action);
CREATE INDEX decision_target ON decision (target);
