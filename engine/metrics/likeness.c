/* likeness.c - see likeness.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/metrics/likeness.h"

#include "engine/base/mem.h"

#include <string.h>

enum { HUBS = 8, FEWEST = 256, FAR = 255 };

static spil_vid degree(const spil_part *part, spil_vid v)
{
    return (spil_vid)(part->row[v + 1] - part->row[v]);
}

/* The vertices of largest degree, largest first, ties by number. */
static void find_hubs(const spil_part *part, spil_vid hub[HUBS])
{
    int found = 0;
    for (spil_vid v = 0; v < part->n; v++) {
        int at = found < HUBS ? found++ : HUBS;
        for (; at > 0 && degree(part, hub[at - 1]) < degree(part, v); at--)
            if (at < HUBS)
                hub[at] = hub[at - 1];
        if (at < HUBS)
            hub[at] = v;
    }
}

static void measure(const spil_part *part, spil_vid hub, spil_vid *queue, uint8_t *distance)
{
    spil_vid end = 1;
    for (spil_vid v = 0; v < part->n; v++)
        distance[v] = FAR;
    queue[0] = hub;
    distance[hub] = 0;
    for (spil_vid at = 0; at < end; at++)
        for (spil_eid i = part->row[queue[at]]; i < part->row[queue[at] + 1]; i++) {
            const spil_vid u = part->col[i];
            if (distance[u] != FAR)
                continue;
            distance[u] =
                (uint8_t)(distance[queue[at]] < FAR - 1 ? distance[queue[at]] + 1 : FAR - 1);
            queue[end++] = u;
        }
}

/* Stable: by counts of the distances, each written where its turn comes. */
static void sort_by(const uint8_t *distance, const spil_vid *list, spil_vid count, spil_vid *sorted)
{
    spil_vid next[FAR + 2] = {0};
    for (spil_vid i = 0; i < count; i++)
        next[distance[list[i]] + 1]++;
    for (int d = 0; d <= FAR; d++)
        next[d + 1] += next[d];
    for (spil_vid i = 0; i < count; i++)
        sorted[next[distance[list[i]]]++] = list[i];
}

spil_status spil_likeness_sort(const spil_part *part, spil_vid *list, spil_vid count, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_vid hub[HUBS], *queue = NULL, *sorted = NULL;
    uint8_t *distance = NULL;
    if (part->n < FEWEST)
        return SPIL_OK;
    TRY(NEW_ARRAY(queue, part->n, err));
    TRY(NEW_ARRAY(sorted, count, err));
    TRY(NEW_ARRAY(distance, part->n, err));
    find_hubs(part, hub);
    for (int h = HUBS; h-- > 0;) { /* the least first: the last sort rules */
        measure(part, hub[h], queue, distance);
        sort_by(distance, list, count, sorted);
        memcpy(list, sorted, count * sizeof *list);
    }
done:
    spil_free(queue);
    spil_free(sorted);
    spil_free(distance);
    return rc;
}
