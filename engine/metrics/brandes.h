/* brandes.h - betweenness from a batch of sources at once, inside one block.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Brandes 2001 (J. Math. Sociol. 25:163): with sigma(v) the number of shortest paths from s to v,
 * the dependency of s on v is
 *
 *     delta(v) = sigma(v) * sum over w one level further, next to v, of c(w)
 *     c(w)     = (target(w) + delta(w)) / sigma(w) = target(w) / sigma(w) + sum of c one further
 *
 * and v's betweenness the sum over s of source(s) delta(v). A lane is a source. Each level keeps
 * only its reached vertices: an entry is (vertex, mask of the lanes that reach it at this level)
 * and a row of one double a lane, zero outside the mask. Then both passes are one operation: add up
 * the rows of those neighbours that are entries of the level before (after). A vertex that stands
 * for k twins (twins.h) shows k sigma and k c to its neighbours. No condition a lane,
 * rows of a level side by side in memory. Sources that are neighbours share most of their levels.
 */
#ifndef SPIL_METRICS_BRANDES_H
#define SPIL_METRICS_BRANDES_H

#include "engine/metrics/parts.h"

enum { SPIL_BRANDES_LANES = 16 };

/* The memory of one thread; grows to what its largest batch needs. */
typedef struct spil_brandes spil_brandes;
/* n: of the largest part. */
spil_status spil_brandes_new(spil_brandes **out, spil_vid n, spil_err *err) SPIL_CHECKED;
void spil_brandes_free(spil_brandes *b);

/* value: part->n doubles, set to the sum over the lanes of source(s) delta(v), for each twin of v.
 * sources: count <= SPIL_BRANDES_LANES different local vertices. Path counts beyond 1e308 are
 * noticed, and the batch is done again with an exponent of its own for each count. */
spil_status spil_brandes_batch(spil_brandes *b, const spil_part *part, const spil_vid *sources,
                               unsigned count, double *value, spil_err *err) SPIL_CHECKED;

/* The same, always with the wide counts and one source at a time: the slow way, for tests too. */
spil_status spil_brandes_wide(const spil_part *part, const spil_vid *sources, unsigned count,
                              double *value, spil_err *err) SPIL_CHECKED;

#endif
