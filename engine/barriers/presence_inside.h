/* presence_inside.h - what presence.h hides, for the files that make it up.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SPIL_BARRIERS_PRESENCE_INSIDE_H
#define SPIL_BARRIERS_PRESENCE_INSIDE_H

#include "engine/barriers/presence.h"

/* What falls off with a vertex: a range of positions. */
typedef struct spil_presence_range {
    uint32_t begin, end;
} spil_presence_range;

struct spil_presence {
    uint32_t n, m;
    const spil_vid *member; /* n, borrowed */
    /* Inside edges, both ways: to[row[v] .. row[v + 1]), link: number of the edge. */
    uint32_t *row, *to, *link;
    double *confidence; /* m */
    uint64_t *key;      /* m */
    uint8_t *alive;     /* m */
    bool certain, drawn;
    /* The pass. */
    uint32_t *position, *vertex; /* n: of a member, and back */
    uint32_t *low, *parent, *end, *next, *stack;
    uint32_t *prefix; /* n + 1: room for counts by position */
    uint32_t part_begin, part_end;
    /* Ranges that fall off with the vertex at position p: off[off_row[p] .. off_row[p + 1]). */
    spil_presence_range *off;
    uint32_t *off_row;
    spil_presence_range
        *kept;       /* by position: what remains, when that is one of the ranges (end > begin) */
    uint8_t *rest;   /* by position: what remains is everything that falls not off */
    uint32_t *inner; /* 3m: room for the uncertain edges */
};

#endif
