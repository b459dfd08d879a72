/* queue.h - vertices by key, smallest first; equal keys by rank. SPDX-License-Identifier:
 * GPL-3.0-or-later
 *
 * A binary heap that keeps outdated entries: push again when a key changes and drop what is stale
 * when it comes out.
 */
#ifndef SPIL_INTERVENTIONS_QUEUE_H
#define SPIL_INTERVENTIONS_QUEUE_H

#include "engine/base/vec.h"
#include "engine/graph/csr.h"

typedef struct spil_queued {
    double key;
    spil_vid rank, vertex;
} spil_queued;

typedef SPIL_VEC(spil_queued) spil_queue; /* {0} is empty; spil_free(queue.items) */

spil_status spil_queue_push(spil_queue *queue, spil_queued entry, spil_err *err) SPIL_CHECKED;
spil_queued spil_queue_pop(spil_queue *queue); /* queue->count > 0 */

#endif
