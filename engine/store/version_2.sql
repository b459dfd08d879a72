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

-- A run of `spil resolve` whose merges stand. Each run puts its own in the place of the last one's.
CREATE TABLE resolution (
    id INTEGER PRIMARY KEY,
    options TEXT NOT NULL,             -- thresholds, as JSON text
    weights TEXT NOT NULL,             -- what was estimated (m, u, prior), as JSON text
    version TEXT NOT NULL,             -- of the program
    input_digest TEXT NOT NULL,        -- of what came in, merges left aside
    made INTEGER NOT NULL              -- time
) STRICT;

-- Who is who: entities with one cluster number are one. All rows of entities, links and the rest
-- stay as they came in; who loads the facts sees the cluster as one entity (alias_join.c).
CREATE TABLE alias (
    entity INTEGER PRIMARY KEY REFERENCES entity,
    cluster INTEGER NOT NULL,
    partner INTEGER NOT NULL REFERENCES entity, -- whom of the cluster it resembles most ...
    pattern TEXT NOT NULL,             -- ... in what they agree and differ ...
    weight REAL NOT NULL,              -- ... the bits that this speaks for one and the same ...
    probability REAL NOT NULL CHECK (probability BETWEEN 0 AND 1), -- ... and how likely it is
    resolution INTEGER NOT NULL REFERENCES resolution
) STRICT;
CREATE INDEX alias_cluster ON alias (cluster);

-- A person's word about a pair, which every later run of resolve obeys.
CREATE TABLE pair_answer (
    a INTEGER NOT NULL REFERENCES entity,
    b INTEGER NOT NULL REFERENCES entity,
    same INTEGER NOT NULL CHECK (same IN (0, 1)),
    reviewer TEXT NOT NULL,
    reason TEXT NOT NULL,
    answered INTEGER NOT NULL,         -- time
    PRIMARY KEY (a, b),
    CHECK (a < b)
) STRICT, WITHOUT ROWID;

-- Entities linked to more different others than hubs.def allows their kind, as of the last import.
CREATE TABLE hub (
    entity INTEGER PRIMARY KEY REFERENCES entity,
    degree INTEGER NOT NULL,           -- to so many different analysed entities
    most INTEGER NOT NULL              -- so many are allowed
) STRICT;

-- What an action costs beside the hours, whether anybody sees it, and how much of what it takes away
-- comes back at another step or across the border (means; gain is net of both).
ALTER TABLE action ADD COLUMN cost REAL NOT NULL DEFAULT 0;
ALTER TABLE action ADD COLUMN covert INTEGER NOT NULL DEFAULT 0;
ALTER TABLE action ADD COLUMN moved REAL NOT NULL DEFAULT 0;
ALTER TABLE action ADD COLUMN abroad REAL NOT NULL DEFAULT 0;

-- What was done, and what came of it: a barrier raised against an entity on a day. It needs no run.
CREATE TABLE outcome (
    id INTEGER PRIMARY KEY,
    model TEXT NOT NULL,
    step TEXT NOT NULL,
    barrier TEXT NOT NULL,
    partner TEXT NOT NULL,
    entity INTEGER REFERENCES entity,  -- NULL: it was purged
    day INTEGER NOT NULL,              -- days since 1970-01-01
    done INTEGER NOT NULL CHECK (done IN (0, 1)),
    result TEXT NOT NULL CHECK (result IN ('works', 'fails', 'unknown')),
    hours REAL CHECK (hours >= 0),     -- of the partner; NULL: not stated
    reporter TEXT NOT NULL,
    note TEXT NOT NULL,
    recorded INTEGER NOT NULL,         -- time
    CHECK (done = 1 OR result = 'unknown'),
    UNIQUE (entity, model, step, barrier, partner, day)
) STRICT;

-- What a source says of a link beside its kind, weight and period: the amount of a payment, its
-- currency. Several values of one name are several rows. Source and line are those of the link.
CREATE TABLE link_detail (
    link INTEGER NOT NULL REFERENCES link,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (link, name, value)
) STRICT, WITHOUT ROWID;

-- What a sampled metric says of its ranks.
ALTER TABLE metric ADD COLUMN sure_ranks INTEGER NOT NULL DEFAULT 0; -- the first so many are certain
ALTER TABLE metric ADD COLUMN top_error REAL NOT NULL DEFAULT 0;     -- of the ten largest, as a share
