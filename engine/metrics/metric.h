/* metric.h - a metric: one number a vertex, computed from the compressed rows.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * To add one: write metric_<name>.c that defines `const spil_metric spil_metric_<name>`, and add
 * its row to metrics.def. The row drives the command line, the report columns, the bench and the
 * docs. A metric is a pure function: no file, clock, log, SQL or global state.
 */
#ifndef SPIL_METRICS_METRIC_H
#define SPIL_METRICS_METRIC_H

#include "engine/base/progress.h"
#include "engine/graph/csr.h"

/* Open struct: options for all metrics; each reads what it knows. */
typedef struct spil_metric_opts {
    bool weighted;           /* use csr->weight where the measure has a weighted form */
    double damping;          /* PageRank, Katz */
    const double *reset;     /* PageRank: n weights of where to start anew; NULL: all alike */
    uint64_t seed;           /* approximations only */
    double exact_work;       /* betweenness: above so many vertices x edges, by block, sample;
                                harmonic: above sixteen times as many */
    double error;            /* of a sample: of the largest value there can be; harmonic: six
                                times that */
    double confidence;       /* of a sample: chance that no vertex is off by more */
    spil_progress *progress; /* NULL allowed */
} spil_metric_opts;

#define SPIL_METRIC_OPTS_DEFAULTS                                                                  \
    {                                                                                              \
        .weighted = false, .damping = 0.85, .reset = NULL, .seed = 1, .exact_work = 2e10,          \
        .error = 0.002, .confidence = 0.9, .progress = NULL                                        \
    }

/* What a run says of itself; zero for an exact result. With the chance `confidence` all three hold
 * at once. */
typedef struct spil_metric_note {
    bool approximate;
    double error; /* |reported - true|, on the metric's scale */
    double confidence;
    uint32_t sure_ranks; /* the first so many vertices are in their true order, above all others */
    double top_error;    /* |reported - true| / reported of the ten largest; 0: not known */
} spil_metric_note;

typedef struct spil_metric {
    const char *name; /* as on the command line */
    const char *label_en, *label_nl;
    const char *summary; /* one sentence, for help and docs */
    const char *source;  /* paper and year */
    const char *cost;    /* "O(nm)" */
    bool integral;       /* values are whole numbers */
    bool personal;       /* reads opts->reset */
    bool by_name;        /* dear, and near to another: only where somebody asks for it */
    /* value: n doubles of the caller. note: may be NULL. */
    spil_status (*run)(const spil_csr *g, const spil_metric_opts *opts, double *value,
                       spil_metric_note *note, spil_err *err);
} spil_metric;

/* All metrics, in the order of metrics.def. Whoever runs them all leaves out those by_name. */
extern const spil_metric *const spil_metrics[];
extern const size_t spil_metric_count;
const spil_metric *spil_metric_find(const char *name); /* NULL when there is none */

#endif
