/* metric_constraint.c - Burt's constraint: how little room a vertex has to play its contacts
 * against each other. SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     p(i,j) = w(i,j) / s(i)                          share of i's effort that goes to j
 *     C(i)   = sum over j != i of ( p(i,j) + sum over q != i,j of p(i,q) p(q,j) )^2
 *
 * j runs over the neighbours of i. Low: i bridges structural holes. A vertex without links has no
 * constraint by the formula; 1 stands for it, the value of a vertex with a single link.
 *
 * Each link (q, j) among the neighbours of i adds p(i,q) p(q,j) to j and p(i,j) p(j,q) to q; how
 * they are found in O(m^1.5), whatever the hubs, is in ego.h. Burt 1992, Structural Holes.
 */
#include "engine/metrics/ego.h"
#include "engine/metrics/metric.h"

static inline void detour(const spil_ego *ego, spil_contact *by, spil_contact *to, spil_vid q,
                          spil_vid j, double w)
{
    to->sum += by->direct * w / ego->strength[q];
    by->sum += to->direct * w / ego->strength[j];
}

static double constraint(const spil_ego *ego, spil_vid i)
{
    double sum = 0;
    const spil_vid degree = spil_degree(ego->g, i);
    if (degree == 0)
        return 1;
    SPIL_EGO_LINKS(ego, i, detour);
    for (spil_vid c = 0; c < degree; c++) {
        const double bracket = ego->contacts[c].direct + ego->contacts[c].sum;
        sum += bracket * bracket;
    }
    return sum;
}

static spil_status run(const spil_csr *g, const spil_metric_opts *opts, double *value,
                       spil_metric_note *note, spil_err *err)
{
    (void)note;
    return spil_ego_run(g, opts->weighted, constraint, NULL, value, err);
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
