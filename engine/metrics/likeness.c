/* likeness.c - see likeness.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/metrics/likeness.h"

#include "engine/base/mem.h"

#include <stdlib.h>

enum { HUBS = 8, FEWEST = 256, FAR = 255 };

typedef struct placed { /* eight distances, the largest hub's in the highest byte */
    uint64_t key;
    spil_vid vertex, at;
} placed;

static int by_key(const void *a, const void *b)
{
    const placed *const x = a, *const y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return (x->at > y->at) - (x->at < y->at);
}

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

spil_status spil_likeness_sort(const spil_part *part, spil_vid *list, spil_vid count, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_vid hub[HUBS], *queue = NULL;
    uint8_t *distance = NULL;
    placed *keys = NULL;
    if (part->n < FEWEST)
        return SPIL_OK;
    TRY(NEW_ARRAY(queue, part->n, err));
    TRY(NEW_ARRAY(distance, part->n, err));
    TRY(NEW_ARRAY(keys, count, err));
    find_hubs(part, hub);
    for (spil_vid i = 0; i < count; i++)
        keys[i] = (placed){0, list[i], i};
    for (int h = 0; h < HUBS; h++) {
        measure(part, hub[h], queue, distance);
        for (spil_vid i = 0; i < count; i++)
            keys[i].key = keys[i].key << 8 | distance[list[i]];
    }
    qsort(keys, count, sizeof *keys, by_key);
    for (spil_vid i = 0; i < count; i++)
        list[i] = keys[i].vertex;
done:
    spil_free(queue);
    spil_free(distance);
    spil_free(keys);
    return rc;
}
