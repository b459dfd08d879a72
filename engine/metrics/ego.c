/* ego.c - see ego.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/metrics/ego.h"

#include "engine/base/mem.h"
#include "engine/base/par.h"
#include "engine/base/progress.h"
#include "engine/metrics/linear.h"

static void meet(const spil_ego *ego, spil_vid i)
{
    const spil_csr *const g = ego->g;
    for (spil_eid e = g->row[i]; e < g->row[i + 1]; e++) {
        const double p = (ego->weighted ? spil_weight(g, e) : 1) / ego->strength[i];
        ego->contacts[e - g->row[i]] = (spil_contact){p, 0};
        ego->place[g->col[e]] = 1 + (spil_vid)(e - g->row[i]);
    }
}

static void part(const spil_ego *ego, spil_vid i)
{
    for (spil_eid e = ego->g->row[i]; e < ego->g->row[i + 1]; e++)
        ego->place[ego->g->col[e]] = 0;
}

static spil_vid largest_row(const spil_csr *g)
{
    spil_vid most = 0;
    for (spil_vid v = 0; v < g->n; v++)
        most = spil_degree(g, v) > most ? spil_degree(g, v) : most;
    return most;
}

spil_status spil_ego_run(const spil_csr *g, bool weighted, spil_ego_value *of, const void *context,
                         double *value, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_heads heads = {NULL, NULL, NULL};
    const unsigned threads = spil_par_threads();
    const spil_vid most = largest_row(g);
    spil_ego *egos = NULL;
    double *strength = NULL;
    TRY(NEW_ARRAY(strength, g->n, err));
    TRY(NEW_ARRAY(egos, threads, err));
    for (unsigned t = 0; t < threads; t++) {
        egos[t] = (spil_ego){g, &heads, strength, context, weighted, NULL, NULL};
        TRY(NEW_ARRAY(egos[t].contacts, most, err));
        TRY(NEW_ARRAY(egos[t].place, g->n, err));
    }
    TRY(spil_heads_fill(&heads, g, weighted, err));
    spil_strengths(g, weighted, strength);
#pragma omp parallel for default(none) shared(g, egos, of, value) schedule(dynamic, 256) /* hubs   \
                                                                                          */
    for (spil_vid v = 0; v < g->n; v++) {
        const spil_ego *const ego = &egos[spil_par_thread()];
        if (spil_stop_requested())
            continue;
        meet(ego, v);
        value[v] = of(ego, v);
        part(ego, v);
    }
    TRY(spil_check_stop(err));
done:
    for (unsigned t = 0; egos && t < threads; t++) {
        spil_free(egos[t].contacts);
        spil_free(egos[t].place);
    }
    spil_free(egos);
    spil_free(strength);
    spil_heads_release(&heads);
    return rc;
}
