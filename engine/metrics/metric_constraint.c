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

typedef struct contact { /* what i's search knows of a vertex */
    double direct;       /* p(i, j) */
    double sum;          /* the bracket of the formula so far */
    spil_vid of;         /* i + 1 when this belongs to i */
} contact;

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

static void meet_contacts(const network *net, spil_vid i, contact *contacts)
{
    const spil_csr *const g = net->g;
    for (spil_eid e = g->row[i]; e < g->row[i + 1]; e++) {
        const double p = weight_of(g, net->weighted, e) / net->strength[i];
        contacts[g->col[e]] = (contact){p, p, i + 1};
    }
}

/* The links among i's contacts, each once. */
static void add_detours(const network *net, spil_vid i, contact *contacts)
{
    const spil_heads *const h = net->heads;
    for (spil_eid e = net->g->row[i]; e < net->g->row[i + 1]; e++) {
        const spil_vid q = net->g->col[e];
        for (spil_eid f = h->row[q]; f < h->row[q + 1]; f++) {
            const spil_vid j = h->col[f];
            if (contacts[j].of != i + 1)
                continue;
            const double w = weight_of(net->g, net->weighted, h->from[f]);
            contacts[j].sum += contacts[q].direct * w / net->strength[q];
            contacts[q].sum += contacts[j].direct * w / net->strength[j];
        }
    }
}

static double constraint(const network *net, spil_vid i, contact *contacts)
{
    const spil_csr *const g = net->g;
    double sum = 0;
    if (spil_degree(g, i) == 0)
        return 1;
    meet_contacts(net, i, contacts);
    add_detours(net, i, contacts);
    for (spil_eid e = g->row[i]; e < g->row[i + 1]; e++)
        sum += contacts[g->col[e]].sum * contacts[g->col[e]].sum;
    return sum;
}

static spil_status run(const spil_csr *g, const spil_metric_opts *opts, double *value,
                       spil_metric_note *note, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const size_t n = g->n;
    spil_heads heads = {NULL, NULL, NULL};
    contact *contacts = NULL;
    double *strength = NULL;
    (void)note;
    TRY(NEW_ARRAY(strength, n, err));
    TRY(NEW_ARRAY(contacts, n * spil_par_threads(), err));
    TRY(spil_heads_fill(&heads, g, err));
    spil_strengths(g, opts->weighted, strength);
    const network net = {g, &heads, strength, opts->weighted};
#pragma omp parallel for default(none) shared(n, net, contacts, value)                             \
    schedule(dynamic, 256) /* hubs */
    for (spil_vid v = 0; v < net.g->n; v++)
        if (!spil_stop_requested())
            value[v] = constraint(&net, v, contacts + n * spil_par_thread());
    TRY(spil_check_stop(err));
done:
    spil_heads_release(&heads);
    spil_free(contacts);
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
