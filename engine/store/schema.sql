-- The case store, as of schema version 1. SPDX-License-Identifier: GPL-3.0-or-later
--
-- A new store is made from this file and then, as every older one, by the steps of migrations.def:
-- version_2.sql holds what came since. Days count from 1970-01-01 (NULL: not stated), times are
-- microseconds UTC since then. Texts are '' when not stated. Every row that came in names its source
-- and line; every derived row names its run. docs/store.md tells how to read and how to change it.

-- ---- what came in ----

-- A file that was imported. The same bytes come in once.
CREATE TABLE source (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL,
    sha256 TEXT NOT NULL UNIQUE,
    bytes INTEGER NOT NULL,
    loader TEXT NOT NULL,
    options TEXT NOT NULL,             -- how it was read, as JSON text
    grade TEXT NOT NULL,               -- Admiralty code
    owner TEXT NOT NULL,
    basis TEXT NOT NULL,               -- legal ground
    purpose TEXT NOT NULL,
    keep_until INTEGER,                -- day after which it must go
    imported INTEGER NOT NULL,         -- time
    row_count INTEGER NOT NULL DEFAULT 0,
    accepted INTEGER NOT NULL DEFAULT 0,
    rejected INTEGER NOT NULL DEFAULT 0,
    merged INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Label and type as the first source gave them; further sources stand in mention.
CREATE TABLE entity (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,                -- kinds.def
    "key" TEXT NOT NULL UNIQUE,
    label TEXT NOT NULL,
    type TEXT NOT NULL,                -- the source's own word
    source INTEGER NOT NULL REFERENCES source,
    line INTEGER NOT NULL
) STRICT;

-- A further source that names an entity known already. When the first source goes, this one stands
-- in for it, so purging takes nothing away that another source gave too.
CREATE TABLE mention (
    entity INTEGER NOT NULL REFERENCES entity,
    source INTEGER NOT NULL REFERENCES source,
    line INTEGER NOT NULL,
    label TEXT NOT NULL,
    type TEXT NOT NULL,
    PRIMARY KEY (entity, source)
) STRICT, WITHOUT ROWID;

CREATE TABLE attribute (
    id INTEGER PRIMARY KEY,
    entity INTEGER NOT NULL REFERENCES entity,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    source INTEGER NOT NULL REFERENCES source,
    line INTEGER NOT NULL
) STRICT;

CREATE TABLE link (
    id INTEGER PRIMARY KEY,
    from_entity INTEGER NOT NULL REFERENCES entity,
    to_entity INTEGER NOT NULL REFERENCES entity,
    kind TEXT NOT NULL,                -- kinds.def
    type TEXT NOT NULL,                -- the source's own word
    weight REAL NOT NULL CHECK (weight > 0),
    confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
    since INTEGER,
    until INTEGER,
    source INTEGER NOT NULL REFERENCES source,
    line INTEGER NOT NULL
) STRICT;

CREATE TABLE role (
    id INTEGER PRIMARY KEY,
    entity INTEGER NOT NULL REFERENCES entity,
    model TEXT NOT NULL,
    step TEXT NOT NULL,
    role TEXT NOT NULL,
    confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
    source INTEGER NOT NULL REFERENCES source,
    line INTEGER NOT NULL
) STRICT;

CREATE TABLE signal (
    id INTEGER PRIMARY KEY,
    entity INTEGER NOT NULL REFERENCES entity,
    code TEXT NOT NULL,
    strength REAL NOT NULL CHECK (strength BETWEEN 0 AND 1),
    confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
    day INTEGER,
    source INTEGER NOT NULL REFERENCES source,
    line INTEGER NOT NULL
) STRICT;

-- A row that could not be taken, as it was found.
CREATE TABLE reject (
    id INTEGER PRIMARY KEY,
    source INTEGER NOT NULL REFERENCES source,
    line INTEGER NOT NULL,
    column_name TEXT NOT NULL,
    reason TEXT NOT NULL,
    raw TEXT NOT NULL
) STRICT;

-- A column that was left at the door (traits), and in how many rows it held a value.
CREATE TABLE dropped (
    id INTEGER PRIMARY KEY,
    source INTEGER NOT NULL REFERENCES source,
    column_name TEXT NOT NULL,
    reason TEXT NOT NULL,
    row_count INTEGER NOT NULL
) STRICT;

-- No index on the ends of links, nor on the source of any row: an import would pay for them on
-- every row, and the one that needs them (purging) makes them for the time it works.

-- ---- what runs made of it ----

CREATE TABLE run (
    id INTEGER PRIMARY KEY,
    parent INTEGER REFERENCES run ON DELETE CASCADE,
    command TEXT NOT NULL,
    options TEXT NOT NULL,             -- JSON text
    seed INTEGER NOT NULL,             -- the 64 bits of an unsigned number
    draws INTEGER NOT NULL,
    version TEXT NOT NULL,             -- of the program
    input_digest TEXT NOT NULL,
    as_of INTEGER,                     -- day
    started INTEGER NOT NULL           -- time
) STRICT;
CREATE INDEX run_parent ON run (parent);

CREATE TABLE run_model (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
    model TEXT NOT NULL,
    version TEXT NOT NULL,
    digest TEXT NOT NULL,              -- of the model file
    UNIQUE (run, model)
) STRICT;

-- Named numbers of the whole run. Here and in metric_value NULL is "not a number".
CREATE TABLE figure (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
    name TEXT NOT NULL,
    value REAL,
    UNIQUE (run, name)
) STRICT;

CREATE TABLE metric (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
    name TEXT NOT NULL,
    approximate INTEGER NOT NULL CHECK (approximate IN (0, 1)),
    error REAL NOT NULL,               -- |reported - true| is no larger ...
    confidence REAL NOT NULL,          -- ... with this probability
    UNIQUE (run, name)
) STRICT;

CREATE TABLE metric_value (
    metric INTEGER NOT NULL REFERENCES metric ON DELETE CASCADE,
    entity INTEGER NOT NULL REFERENCES entity,
    value REAL,
    PRIMARY KEY (metric, entity)
) STRICT, WITHOUT ROWID;

CREATE TABLE community (
    run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
    number INTEGER NOT NULL,           -- 0 is the largest
    size INTEGER NOT NULL,
    inner_edges INTEGER NOT NULL,
    cut_edges INTEGER NOT NULL,
    density REAL,
    conductance REAL,
    stability REAL,
    PRIMARY KEY (run, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE community_member (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL,
    community INTEGER NOT NULL,
    entity INTEGER NOT NULL REFERENCES entity,
    membership REAL,                   -- how firmly, over the runs of the method
    UNIQUE (run, community, entity),
    FOREIGN KEY (run, community) REFERENCES community ON DELETE CASCADE
) STRICT;

-- A community held against a model: the whole chain or process (step ''), a step (role ''), or a
-- role. Points over the draws; draws: little-endian doubles, one a draw.
CREATE TABLE score (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL,
    community INTEGER NOT NULL,
    model TEXT NOT NULL,
    part TEXT NOT NULL CHECK (part IN ('chain', 'process', 'step', 'role')),
    step TEXT NOT NULL,
    role TEXT NOT NULL,
    p5 REAL, p50 REAL, p95 REAL, mean REAL,
    filled_p5 REAL, filled_p50 REAL, filled_p95 REAL, filled_mean REAL,
    stand_ins REAL,
    weakest INTEGER NOT NULL CHECK (weakest IN (0, 1)),
    draws BLOB,
    UNIQUE (run, community, model, part, step, role),
    FOREIGN KEY (run, community) REFERENCES community ON DELETE CASCADE
) STRICT;

-- Who fills a role, and how surely.
CREATE TABLE holder (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL,
    community INTEGER NOT NULL,
    model TEXT NOT NULL,
    step TEXT NOT NULL,
    role TEXT NOT NULL,
    entity INTEGER NOT NULL REFERENCES entity,
    q REAL NOT NULL,
    FOREIGN KEY (run, community) REFERENCES community ON DELETE CASCADE
) STRICT;
CREATE INDEX holder_community ON holder (run, community);

-- How far the chain falls without the entity.
CREATE TABLE fall (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL,
    community INTEGER NOT NULL,
    model TEXT NOT NULL,
    entity INTEGER NOT NULL REFERENCES entity,
    p5 REAL, p50 REAL, p95 REAL, mean REAL,
    UNIQUE (run, community, model, entity),
    FOREIGN KEY (run, community) REFERENCES community ON DELETE CASCADE
) STRICT;

-- The mean fall split over its reasons, each with the row that it rests on. A place in the network
-- rests on none.
CREATE TABLE contribution (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL,
    community INTEGER NOT NULL,
    model TEXT NOT NULL,
    entity INTEGER NOT NULL REFERENCES entity,
    step TEXT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    signal INTEGER REFERENCES signal,
    attribute INTEGER REFERENCES attribute,
    role INTEGER REFERENCES role,
    link INTEGER REFERENCES link,
    value REAL NOT NULL,
    CHECK ((signal IS NOT NULL) + (attribute IS NOT NULL) + (role IS NOT NULL)
           + (link IS NOT NULL) <= 1),
    FOREIGN KEY (run, community) REFERENCES community ON DELETE CASCADE
) STRICT;
CREATE INDEX contribution_community ON contribution (run, community);

-- What a partner could do. gain_draws: little-endian doubles, one a draw.
CREATE TABLE action (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL,
    community INTEGER NOT NULL,
    model TEXT NOT NULL,
    step TEXT NOT NULL,
    barrier TEXT NOT NULL,
    partner TEXT NOT NULL,
    entity INTEGER NOT NULL REFERENCES entity,
    hours REAL NOT NULL,
    lead_days REAL NOT NULL,
    effect REAL NOT NULL,
    recovers REAL NOT NULL,
    candidates INTEGER NOT NULL,
    gain_p5 REAL, gain_p50 REAL, gain_p95 REAL, gain_mean REAL,
    gain_draws BLOB,
    FOREIGN KEY (run, community) REFERENCES community ON DELETE CASCADE
) STRICT;
CREATE INDEX action_community ON action (run, community);

-- The list, in order. Nothing on it is a decision until a person took one.
CREATE TABLE target (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
    rank INTEGER NOT NULL,
    action INTEGER NOT NULL REFERENCES action ON DELETE CASCADE,
    marginal REAL NOT NULL,            -- what it adds to those above it
    stability REAL NOT NULL,
    status TEXT NOT NULL DEFAULT 'proposed'
        CHECK (status IN ('proposed', 'accepted', 'rejected')),
    UNIQUE (run, rank),
    UNIQUE (run, action)
) STRICT;
CREATE INDEX target_action ON target (action);

-- A person's word. It keeps its target, and so its run, from being replaced.
CREATE TABLE decision (
    id INTEGER PRIMARY KEY,
    target INTEGER NOT NULL REFERENCES target,
    verdict TEXT NOT NULL CHECK (verdict IN ('accepted', 'rejected')),
    reviewer TEXT NOT NULL,
    reason TEXT NOT NULL,
    decided INTEGER NOT NULL           -- time
) STRICT;
CREATE INDEX decision_target ON decision (target);

-- ---- what was done ----

-- hash = SHA-256 over number, time, action, detail and the hash before, each as text with its NUL.
CREATE TABLE audit (
    number INTEGER PRIMARY KEY,        -- 1, 2, ... without a gap
    time INTEGER NOT NULL,
    action TEXT NOT NULL,
    detail TEXT NOT NULL,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL
) STRICT;
CREATE TRIGGER audit_keeps_its_rows BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit chain only grows'); END;
CREATE TRIGGER audit_keeps_its_words BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit chain only grows'); END;
