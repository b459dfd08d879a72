/* sets.h - components that only grow: vertices are put in and joined (union-find by size).
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Read backwards, a removal is a vertex put in, so a whole curve of removals takes O((n + m) alpha)
 * (Newman & Ziff 2000, PRL 85:4104).
 */
#ifndef SPIL_INTERVENTIONS_SETS_H
#define SPIL_INTERVENTIONS_SETS_H

#include "engine/graph/csr.h"

/* Open struct. */
typedef struct spil_sets {
    spil_vid *root; /* n: SPIL_NO_VERTEX where the vertex is not in */
    spil_vid *size; /* n: of roots */
    spil_vid left, largest, components;
    double pairs; /* sum of s (s - 1), a whole number */
} spil_sets;

spil_status spil_sets_new(spil_sets *sets, spil_vid n, spil_err *err) SPIL_CHECKED; /* none in */
void spil_sets_free(spil_sets *sets);

spil_vid spil_sets_find(spil_sets *sets, spil_vid v);
void spil_sets_add(spil_sets *sets, spil_vid v);
void spil_sets_join(spil_sets *sets, spil_vid a, spil_vid b);
/* Adds v and joins it with those of its neighbours that are in. */
void spil_sets_add_with_links(spil_sets *sets, const spil_csr *g, spil_vid v);

#endif
