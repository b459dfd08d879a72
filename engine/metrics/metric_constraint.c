/* metric_constraint.c - Burt's constraint: how little room a vertex has to play its contacts
 * against each other. SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     p(i,j) = w(i,j) / s(i)                          share of i's effort that goes to j
 *     C(i)   = sum over j != i of ( p(i,j) + sum over q != i,j of p(i,q) p(q,j) )^2
 *
 * j runs over the neighbours of i. Low: i bridges structural holes. A vertex without links has no
 * constraint by the formula; 1 stands for it, the value of a vertex with a single link.
 *
 * For each i the p(i,j) of its neighbours are written into an array; then every link (q, j) among
 * them adds p(i,q) p(q,j) to j and p(i,j) p(j,q) to q. Those links are found in rows that hold each
 * link once, at its end of smaller degree (triangles.h), so a hub with 30,000 links costs its
 * neighbours nothing. O(m^1.5), each thread with its own array. Burt 1992, Structural Holes.
 */
#include "engine/base/mem.h"
#include "engine/base/par.h"
#include "engine/metrics/linear.h"
#include "engine/metrics/metric.h"
#include "engine/metrics/triangles.h"

typedef struct contact { /* of i, in the order of its row */
    double direct;       /* p(i, j) */
    double sum;          /* the bracket of the formula so far */
} contact;

typedef struct desk {  /* of a thread */
    contact *contacts; /* of the largest row */
    spil_vid *place;   /* n: 1 + the place of a contact of i, else 0 */
} desk;

static double weight_of(const spil_csr *g, bool weighted, spil_eid i)
{
    return weighted ? spil_weight(g, i) : 1.0;
}

typedef struct network {
    const spil_csr *g;
    const spil_heads *heads;
    const double *strength;
    bool weighted;
} network;

static void meet_contacts(const network *net, spil_vid i, const desk *d)
{
    const spil_csr *const g = net->g;
    for (spil_eid e = g->row[i]; e < g->row[i + 1]; e++) {
        const double p = weight_of(g, net->weighted, e) / net->strength[i];
        d->contacts[e - g->row[i]] = (contact){p, p};
        d->place[g->col[e]] = 1 + (spil_vid)(e - g->row[i]);
    }
}

/* The links among i's contacts, each once. */
static void add_detours(const network *net, spil_vid i, const desk *d)
{
    const spil_heads *const h = net->heads;
    for (spil_eid e = net->g->row[i]; e < net->g->row[i + 1]; e++) {
        const spil_vid q = net->g->col[e];
        contact *const by = &d->contacts[e - net->g->row[i]];
        for (spil_eid f = h->row[q]; f < h->row[q + 1]; f++) {
            const spil_vid j = h->col[f];
            if (d->place[j] == 0)
                continue;
            contact *const to = &d->contacts[d->place[j] - 1];
            const double w = net->weighted ? weight_of(net->g, true, h->from[f]) : 1;
            to->sum += by->direct * w / net->strength[q];
            by->sum += to->direct * w / net->strength[j];
        }
    }
}

static double constraint(const network *net, spil_vid i, const desk *d)
{
    const spil_csr *const g = net->g;
    double sum = 0;
    if (spil_degree(g, i) == 0)
        return 1;
    meet_contacts(net, i, d);
    add_detours(net, i, d);
    for (spil_eid e = g->row[i]; e < g->row[i + 1]; e++) {
        const double bracket = d->contacts[e - g->row[i]].sum;
        sum += bracket * bracket;
        d->place[g->col[e]] = 0;
    }
    return sum;
}

static spil_status desks_new(desk *desks, unsigned threads, const spil_csr *g, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_vid most = 0;
    for (spil_vid v = 0; v < g->n; v++)
        most = spil_degree(g, v) > most ? spil_degree(g, v) : most;
    for (unsigned t = 0; t < threads; t++) {
        TRY(NEW_ARRAY(desks[t].contacts, most, err));
        TRY(NEW_ARRAY(desks[t].place, g->n, err));
    }
done:
    return rc;
}

static void desks_free(desk *desks, unsigned threads)
{
    for (unsigned t = 0; desks && t < threads; t++) {
        spil_free(desks[t].contacts);
        spil_free(desks[t].place);
    }
    spil_free(desks);
}

static spil_status run(const spil_csr *g, const spil_metric_opts *opts, double *value,
                       spil_metric_note *note, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_heads heads = {NULL, NULL, NULL};
    desk *desks = NULL;
    const unsigned threads = spil_par_threads();
    double *strength = NULL;
    (void)note;
    TRY(NEW_ARRAY(strength, g->n, err));
    TRY(NEW_ARRAY(desks, threads, err));
    TRY(desks_new(desks, threads, g, err));
    TRY(spil_heads_fill(&heads, g, opts->weighted, err));
    spil_strengths(g, opts->weighted, strength);
    const network net = {g, &heads, strength, opts->weighted};
#pragma omp parallel for default(none) shared(net, desks, value) schedule(dynamic, 256) /* hubs */
    for (spil_vid v = 0; v < net.g->n; v++)
        if (!spil_stop_requested())
            value[v] = constraint(&net, v, &desks[spil_par_thread()]);
    TRY(spil_check_stop(err));
done:
    spil_heads_release(&heads);
    desks_free(desks, threads);
    spil_free(strength);
    return rc;
}

const spil_metric spil_metric_constraint = {
    .name = "constraint",
    .label_en = "Burt's constraint",
    .label_nl = "Beperktheid (Burt)",
    .summary = "How much an entity's contacts are linked to each other and so leave it no room; "
               "low values mark brokers.",
    .source = "Burt 1992, Structural Holes",
    .cost = "O(m^1.5)",
    .run = run,
};
