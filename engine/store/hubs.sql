-- Flags the hubs anew, from the candidates in temp.candidate (entity, links: of all links it is an
-- end) and the limits in temp.hub_limit (kind, most: analysed kinds alone).
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Merged entities count as one: together they are the negative of their cluster's number, and the
-- one with the smallest key bears the flag, as it stands for them in the facts. A candidate has links
-- enough; here it is counted to how many different others they lead. UNION sorts in a temporary file, so
-- memory stays flat.

UPDATE temp.candidate SET one = coalesce(
    (SELECT -a.cluster FROM alias a WHERE a.entity = candidate.entity), entity);
DELETE FROM temp.candidate WHERE one NOT IN (
    SELECT c.one FROM temp.candidate c
        JOIN entity e ON e.id = c.entity
        JOIN temp.hub_limit h ON h.kind = e.kind
    GROUP BY c.one HAVING sum(c.links) > max(h.most));
DELETE FROM hub;
INSERT INTO hub (entity, degree, most)
    SELECT e.id, found.degree, h.most
    FROM (
        SELECT pair.one AS one, count(*) AS degree
        FROM (
            SELECT c.one AS one, coalesce(-a.cluster, l.to_entity) AS other
            FROM link l
                JOIN temp.candidate c ON c.entity = l.from_entity
                JOIN entity o ON o.id = l.to_entity
                JOIN temp.hub_limit oh ON oh.kind = o.kind
                LEFT JOIN alias a ON a.entity = l.to_entity
            UNION
            SELECT c.one, coalesce(-a.cluster, l.from_entity)
            FROM link l
                JOIN temp.candidate c ON c.entity = l.to_entity
                JOIN entity o ON o.id = l.from_entity
                JOIN temp.hub_limit oh ON oh.kind = o.kind
                LEFT JOIN alias a ON a.entity = l.from_entity
        ) pair
        WHERE pair.one <> pair.other
        GROUP BY pair.one
    ) found
    JOIN entity e ON e.id = CASE WHEN found.one > 0 THEN found.one ELSE
        (SELECT a.entity FROM alias a JOIN entity m ON m.id = a.entity
         WHERE a.cluster = -found.one ORDER BY m."key" LIMIT 1) END
    JOIN temp.hub_limit h ON h.kind = e.kind
    WHERE found.degree > h.most
    ORDER BY e.id;
