-- A case store of schema version 1, as `sqlite3 case.db .dump` gives it: never to be changed.
PRAGMA application_id=1397770572;
PRAGMA user_version=1;
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
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
INSERT INTO source VALUES(1,'persons.csv','aa',120,'persons','{}','B2','police','Wpg art. 8','test',20000,1795552029920679,2,2,0,0);
INSERT INTO source VALUES(2,'links.csv','bb',240,'links','{}','B2','police','Wpg art. 8','test',NULL,1795552029920724,8,7,1,1);
CREATE TABLE entity (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,                -- kinds.def
    "key" TEXT NOT NULL UNIQUE,
    label TEXT NOT NULL,
    type TEXT NOT NULL,                -- the source's own word
    source INTEGER NOT NULL REFERENCES source,
    line INTEGER NOT NULL
) STRICT;
INSERT INTO entity VALUES(1,'person','P1','Jan','',1,2);
INSERT INTO entity VALUES(2,'person','P2','Piet','',1,3);
INSERT INTO entity VALUES(3,'address','A1','Laan 1','',2,2);
CREATE TABLE mention (
    entity INTEGER NOT NULL REFERENCES entity,
    source INTEGER NOT NULL REFERENCES source,
    line INTEGER NOT NULL,
    label TEXT NOT NULL,
    type TEXT NOT NULL,
    PRIMARY KEY (entity, source)
) STRICT, WITHOUT ROWID;
INSERT INTO mention VALUES(1,2,4,'Jan de Vries','Suspect');
CREATE TABLE attribute (
    id INTEGER PRIMARY KEY,
    entity INTEGER NOT NULL REFERENCES entity,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    source INTEGER NOT NULL REFERENCES source,
    line INTEGER NOT NULL
) STRICT;
INSERT INTO attribute VALUES(1,3,'use','barn',2,2);
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
INSERT INTO link VALUES(1,1,3,'lives_at','',1.0,0.8000000000000000444,18000,NULL,2,5);
INSERT INTO link VALUES(2,1,2,'met','',2.0,0.5,NULL,NULL,2,6);
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
INSERT INTO role VALUES(1,1,'cannabis_cultivation','location','landlord',0.9000000000000000222,2,7);
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
INSERT INTO signal VALUES(1,3,'power_theft',1.0,0.8000000000000000444,19000,2,8);
CREATE TABLE reject (
    id INTEGER PRIMARY KEY,
    source INTEGER NOT NULL REFERENCES source,
    line INTEGER NOT NULL,
    column_name TEXT NOT NULL,
    reason TEXT NOT NULL,
    raw TEXT NOT NULL
) STRICT;
INSERT INTO reject VALUES(1,2,9,'kind','is no link kind','P1;P9;likes');
CREATE TABLE dropped (
    id INTEGER PRIMARY KEY,
    source INTEGER NOT NULL REFERENCES source,
    column_name TEXT NOT NULL,
    reason TEXT NOT NULL,
    row_count INTEGER NOT NULL
) STRICT;
INSERT INTO dropped VALUES(1,1,'nationality','a trait',2);
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
INSERT INTO run VALUES(1,NULL,'analyze','{}',1,2,'0.1.0','cc',19000,1795552029921329);
INSERT INTO run VALUES(2,1,'targets','{}',1,2,'0.1.0','cc',19000,1795552029921826);
CREATE TABLE run_model (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
    model TEXT NOT NULL,
    version TEXT NOT NULL,
    digest TEXT NOT NULL,              -- of the model file
    UNIQUE (run, model)
) STRICT;
INSERT INTO run_model VALUES(1,1,'cannabis_cultivation','1','dd');
CREATE TABLE figure (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
    name TEXT NOT NULL,
    value REAL,
    UNIQUE (run, name)
) STRICT;
INSERT INTO figure VALUES(1,1,'quality',0.25);
CREATE TABLE metric (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
    name TEXT NOT NULL,
    approximate INTEGER NOT NULL CHECK (approximate IN (0, 1)),
    error REAL NOT NULL,               -- |reported - true| is no larger ...
    confidence REAL NOT NULL,          -- ... with this probability
    UNIQUE (run, name)
) STRICT;
INSERT INTO metric VALUES(1,1,'degree',0,0.0,0.0);
CREATE TABLE metric_value (
    metric INTEGER NOT NULL REFERENCES metric ON DELETE CASCADE,
    entity INTEGER NOT NULL REFERENCES entity,
    value REAL,
    PRIMARY KEY (metric, entity)
) STRICT, WITHOUT ROWID;
INSERT INTO metric_value VALUES(1,1,2.0);
INSERT INTO metric_value VALUES(1,2,1.0);
INSERT INTO metric_value VALUES(1,3,1.0);
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
INSERT INTO community VALUES(1,0,3,2,0,0.66666666666666662965,0.0,1.0);
CREATE TABLE community_member (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL,
    community INTEGER NOT NULL,
    entity INTEGER NOT NULL REFERENCES entity,
    membership REAL,                   -- how firmly, over the runs of the method
    UNIQUE (run, community, entity),
    FOREIGN KEY (run, community) REFERENCES community ON DELETE CASCADE
) STRICT;
INSERT INTO community_member VALUES(1,1,0,3,1.0);
INSERT INTO community_member VALUES(2,1,0,1,1.0);
INSERT INTO community_member VALUES(3,1,0,2,1.0);
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
INSERT INTO score VALUES(1,1,0,'cannabis_cultivation','chain','','',0.25,0.375,0.5,0.375,0.0,0.0,0.0,0.0,0.0,0,X'000000000000d03f000000000000e03f');
INSERT INTO score VALUES(2,1,0,'cannabis_cultivation','step','location','',0.25,0.375,0.5,0.375,0.25,0.375,0.5,0.375,0.9000000000000000222,1,NULL);
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
INSERT INTO holder VALUES(1,1,0,'cannabis_cultivation','location','landlord',1,0.9000000000000000222);
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
INSERT INTO fall VALUES(1,1,0,'cannabis_cultivation',1,0.25,0.375,0.5,0.375);
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
INSERT INTO contribution VALUES(1,1,0,'cannabis_cultivation',1,'location','role','landlord',NULL,NULL,1,NULL,0.375);
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
INSERT INTO "action" VALUES(1,1,0,'cannabis_cultivation','location','closure','municipality',1,24.0,30.0,0.66666666666666662965,0.2000000000000000111,1,0.25,0.375,0.5,0.375,X'000000000000d03f000000000000e03f');
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
INSERT INTO target VALUES(1,2,1,1,0.375,1.0,'accepted');
CREATE TABLE decision (
    id INTEGER PRIMARY KEY,
    target INTEGER NOT NULL REFERENCES target,
    verdict TEXT NOT NULL CHECK (verdict IN ('accepted', 'rejected')),
    reviewer TEXT NOT NULL,
    reason TEXT NOT NULL,
    decided INTEGER NOT NULL           -- time
) STRICT;
INSERT INTO decision VALUES(1,1,'accepted','A. Bakker','fits the plan',1795552029921980);
CREATE TABLE audit (
    number INTEGER PRIMARY KEY,        -- 1, 2, ... without a gap
    time INTEGER NOT NULL,
    action TEXT NOT NULL,
    detail TEXT NOT NULL,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL
) STRICT;
INSERT INTO audit VALUES(1,1795552029915398,'create','program 0.1.0','0000000000000000000000000000000000000000000000000000000000000000','c5de621599de37c71599c7a76366e807abd2c2f3e0e634034c8cb2eaed750f4d');
INSERT INTO audit VALUES(2,1795552029922010,'decide','target 1 accepted by A. Bakker','c5de621599de37c71599c7a76366e807abd2c2f3e0e634034c8cb2eaed750f4d','68386df11b41ccc5d188eace1ea3b5547c90ce0d6cf92239c4ed5628452acdbd');
CREATE INDEX run_parent ON run (parent);
CREATE INDEX holder_community ON holder (run, community);
CREATE INDEX contribution_community ON contribution (run, community);
CREATE INDEX action_community ON action (run, community);
CREATE INDEX target_action ON target (action);
CREATE INDEX decision_target ON decision (target);
CREATE TRIGGER audit_keeps_its_rows BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit chain only grows'); END;
CREATE TRIGGER audit_keeps_its_words BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit chain only grows'); END;
COMMIT;
