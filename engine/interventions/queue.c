/* queue.c - see queue.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/interventions/queue.h"

static bool before(spil_queued a, spil_queued b)
{
    if (a.key < b.key || a.key > b.key)
        return a.key < b.key;
    return a.rank < b.rank;
}

spil_status spil_queue_push(spil_queue *queue, spil_queued entry, spil_err *err)
{
    const spil_status rc = VEC_PUSH(*queue, entry, err);
    if (rc != SPIL_OK)
        return rc;
    size_t at = queue->count - 1;
    while (at > 0 && before(entry, queue->items[(at - 1) / 2])) {
        queue->items[at] = queue->items[(at - 1) / 2];
        at = (at - 1) / 2;
    }
    queue->items[at] = entry;
    return SPIL_OK;
}

spil_queued spil_queue_pop(spil_queue *queue)
{
    const spil_queued top = queue->items[0], last = queue->items[--queue->count];
    size_t at = 0;
    for (;;) {
        size_t child = 2 * at + 1;
        if (child >= queue->count)
            break;
        if (child + 1 < queue->count && before(queue->items[child + 1], queue->items[child]))
            child++;
        if (!before(queue->items[child], last))
            break;
        queue->items[at] = queue->items[child];
        at = child;
    }
    queue->items[at] = last;
    return top;
}
