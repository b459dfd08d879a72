/* ego.h - the contacts of one vertex after another, and the links among them, each once.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     p(i, j) = w(i, j) / s(i)      the share of i's effort that goes to j
 *
 * For each i the p(i, j) of its contacts are written into an array; then the links (q, j) among
 * them are found in rows that hold each link once, at its end of smaller degree (triangles.h), so a
 * hub with 30,000 links costs its contacts nothing. O(m^1.5), each thread with its own array.
 */
#ifndef SPIL_METRICS_EGO_H
#define SPIL_METRICS_EGO_H

#include "engine/graph/csr.h"
#include "engine/metrics/triangles.h"

typedef struct spil_contact { /* of i, in the order of its row */
    double direct;            /* p(i, j) */
    double sum;               /* 0 at first; for the metric to add to */
} spil_contact;

/* What a thread works with; contacts are those of one i at a time. */
typedef struct spil_ego {
    const spil_csr *g;
    const spil_heads *heads;
    const double *strength; /* s */
    const void *context;    /* the metric's */
    bool weighted;
    spil_contact *contacts; /* of the largest row */
    spil_vid *place;        /* n: 1 + the place of a contact of i, else 0 */
} spil_ego;

/* The value of i, whose contacts and place stand ready. Called from several threads at once. */
typedef double spil_ego_value(const spil_ego *ego, spil_vid i);

/* value: n doubles of the caller. The same bits for any number of threads. */
spil_status spil_ego_run(const spil_csr *g, bool weighted, spil_ego_value *of, const void *context,
                         double *value, spil_err *err) SPIL_CHECKED;

/* Runs link(ego, by, to, q, j, w) for each link (q, j) of weight w among the contacts of i; by and
 * to are q's and j's places among the contacts. A macro, so that the body stands in the loop. */
#define SPIL_EGO_LINKS(ego, i, link)                                                               \
    do {                                                                                           \
        const spil_heads *const rows = (ego)->heads;                                               \
        for (spil_eid e = (ego)->g->row[i]; e < (ego)->g->row[(i) + 1]; e++) {                     \
            const spil_vid q = (ego)->g->col[e];                                                   \
            spil_contact *const by = &(ego)->contacts[e - (ego)->g->row[i]];                       \
            for (spil_eid f = rows->row[q]; f < rows->row[q + 1]; f++) {                           \
                const spil_vid j = rows->col[f];                                                   \
                if ((ego)->place[j] == 0)                                                          \
                    continue;                                                                      \
                link((ego), by, &(ego)->contacts[(ego)->place[j] - 1], q, j,                       \
                     (ego)->weighted ? spil_weight((ego)->g, rows->from[f]) : 1);                  \
            }                                                                                      \
        }                                                                                          \
    } while (0)

#endif
