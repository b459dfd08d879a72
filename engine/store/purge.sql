-- Takes the sources in temp.expired out of the store. SPDX-License-Identifier: GPL-3.0-or-later
--
-- Runs in one transaction, with foreign keys checked at its end instead of row by row (purge.c). All
-- runs go: each of them was made of all that was there.

DELETE FROM decision;
DELETE FROM target;
DELETE FROM action;
DELETE FROM contribution;
DELETE FROM fall;
DELETE FROM holder;
DELETE FROM score;
DELETE FROM community_member;
DELETE FROM community;
DELETE FROM metric_value;
DELETE FROM metric;
DELETE FROM figure;
DELETE FROM run_model;
DELETE FROM run;

DELETE FROM hub; -- flagged anew when all is gone

-- A merge was made of all that its entities' sources say: where one of these goes, the cluster falls
-- apart, and the next run of resolve looks at it anew. What remains of how the weights were
-- estimated names nobody.
CREATE TEMP TABLE touched (entity INTEGER PRIMARY KEY);
INSERT INTO temp.touched
    SELECT id FROM entity WHERE source IN temp.expired
    UNION SELECT entity FROM mention WHERE source IN temp.expired
    UNION SELECT entity FROM attribute WHERE source IN temp.expired
    UNION SELECT from_entity FROM link WHERE source IN temp.expired
    UNION SELECT to_entity FROM link WHERE source IN temp.expired;
DELETE FROM alias WHERE cluster IN
    (SELECT cluster FROM alias WHERE entity IN temp.touched);
DROP TABLE temp.touched;

DELETE FROM link_detail WHERE link IN
    (SELECT id FROM link WHERE source IN temp.expired);
DELETE FROM link WHERE source IN temp.expired;
DELETE FROM attribute WHERE source IN temp.expired;
DELETE FROM role WHERE source IN temp.expired;
DELETE FROM signal WHERE source IN temp.expired;
DELETE FROM reject WHERE source IN temp.expired;
DELETE FROM dropped WHERE source IN temp.expired;
DELETE FROM mention WHERE source IN temp.expired;

-- Entities whose own source goes, and who may speak for them: first a source that named them too,
-- else any row that still refers to them, and that one knows no label.
CREATE TEMP TABLE loose (entity INTEGER PRIMARY KEY);
INSERT INTO temp.loose SELECT id FROM entity WHERE source IN temp.expired;

CREATE TEMP TABLE heir (entity INTEGER PRIMARY KEY, source INTEGER, line INTEGER, label TEXT, type TEXT);
INSERT OR IGNORE INTO temp.heir
    SELECT entity, source, line, label, type FROM mention
    WHERE entity IN temp.loose ORDER BY entity, source;
INSERT OR IGNORE INTO temp.heir
    SELECT from_entity, source, line, '', '' FROM link
    WHERE from_entity IN temp.loose ORDER BY id;
INSERT OR IGNORE INTO temp.heir
    SELECT to_entity, source, line, '', '' FROM link
    WHERE to_entity IN temp.loose ORDER BY id;
INSERT OR IGNORE INTO temp.heir
    SELECT entity, source, line, '', '' FROM attribute
    WHERE entity IN temp.loose ORDER BY id;
INSERT OR IGNORE INTO temp.heir
    SELECT entity, source, line, '', '' FROM role
    WHERE entity IN temp.loose ORDER BY id;
INSERT OR IGNORE INTO temp.heir
    SELECT entity, source, line, '', '' FROM signal
    WHERE entity IN temp.loose ORDER BY id;

UPDATE entity
    SET source = heir.source, line = heir.line, label = heir.label, type = heir.type
    FROM temp.heir AS heir WHERE entity.id = heir.entity;
DELETE FROM mention WHERE (entity, source) IN (SELECT entity, source FROM temp.heir);
DELETE FROM entity
    WHERE id IN temp.loose AND id NOT IN (SELECT entity FROM temp.heir);
DELETE FROM pair_answer
    WHERE a NOT IN (SELECT id FROM entity) OR b NOT IN (SELECT id FROM entity);
-- What an instrument did stays as a number; whom it was done to, and what was noted of it, goes.
UPDATE outcome SET entity = NULL, note = ''
    WHERE entity IS NOT NULL AND entity NOT IN (SELECT id FROM entity);
DELETE FROM source WHERE id IN temp.expired;

DROP TABLE temp.heir;
DROP TABLE temp.loose;
