-- Flags the hubs anew, from the candidates in temp.candidate (entity, links: of all links it is an
-- end) and the limits in temp.hub_limit (kind, most: analysed kinds alone).
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- A candidate has links enough; here it is counted to how many different entities they lead.
-- UNION sorts in a temporary file, so memory stays flat.

DELETE FROM temp.candidate WHERE NOT EXISTS (
    SELECT 1 FROM entity e JOIN temp.hub_limit h ON h.kind = e.kind
    WHERE e.id = candidate.entity AND candidate.links > h.most);
DELETE FROM hub;
INSERT INTO hub (entity, degree, most)
    SELECT found.entity, found.degree, h.most
    FROM (
        SELECT pair.entity AS entity, count(*) AS degree
        FROM (
            SELECT from_entity AS entity, to_entity AS other FROM link
            WHERE from_entity IN (SELECT entity FROM temp.candidate)
            UNION
            SELECT to_entity, from_entity FROM link
            WHERE to_entity IN (SELECT entity FROM temp.candidate)
        ) pair
        JOIN entity o ON o.id = pair.other
        JOIN temp.hub_limit oh ON oh.kind = o.kind
        WHERE pair.entity <> pair.other
        GROUP BY pair.entity
    ) found
    JOIN entity e ON e.id = found.entity
    JOIN temp.hub_limit h ON h.kind = e.kind
    WHERE found.degree > h.most
    ORDER BY found.entity;
