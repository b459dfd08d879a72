/* barrier_order.c - see barrier_order.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/run/barrier_order.h"

#include <stdlib.h>

typedef struct proposal {
    double per_hour, gain;
    uint32_t entity; /* entities stand by key */
} proposal;

static int by_worth(const void *left, const void *right)
{
    const proposal *const a = left, *const b = right;
    if (a->per_hour != b->per_hour)
        return a->per_hour > b->per_hour ? -1 : 1;
    if (a->gain != b->gain)
        return a->gain > b->gain ? -1 : 1;
    return a->entity < b->entity ? -1 : a->entity > b->entity;
}

spil_status spil_barrier_order(spil_vid **out, size_t *count, const spil_reopened *it,
                               spil_store *store, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_results *rows = NULL;
    proposal *all = NULL;
    spil_vid *order = NULL;
    bool *seen = NULL;
    size_t kept = 0;
    TRY(spil_results_load(&rows, store, spil_reopened_run(it)->id, it->facts, SPIL_RESULTS_ACTIONS,
                          err));
    TRY(NEW_ARRAY(all, rows->action_count, err));
    TRY(NEW_ARRAY(order, rows->action_count, err));
    TRY(NEW_ARRAY(seen, it->network->csr->n, err));
    for (size_t i = 0; i < rows->action_count; i++) {
        const spil_action_row *const action = &rows->actions[i];
        all[i] = (proposal){action->gain.mean / action->hours, action->gain.mean, action->entity};
    }
    if (rows->action_count)
        qsort(all, rows->action_count, sizeof *all, by_worth);
    for (size_t i = 0; i < rows->action_count; i++) {
        const spil_vid v = it->network->vertex[all[i].entity];
        if (v == SPIL_NO_VERTEX || seen[v])
            continue;
        seen[v] = true;
        order[kept++] = v;
    }
    *out = order;
    *count = kept;
    order = NULL;
done:
    spil_free(order);
    spil_free(all);
    spil_free(seen);
    spil_results_free(rows);
    return rc;
}
