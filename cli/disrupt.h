/* disrupt.h - what the parts of `spil disrupt` hand to each other: what was asked, the case, and a
 * curve for each strategy. SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     options -> disrupt_case.c -> disrupt_run.c -> disrupt_show.c (table, JSON)
 *                                                -> disrupt_draw.c (picture)
 */
#ifndef SPIL_CLI_DISRUPT_H
#define SPIL_CLI_DISRUPT_H

#include "engine/barriers/wear.h"
#include "engine/base/vec.h"
#include "engine/interventions/recovery.h"
#include "engine/interventions/removal.h"
#include "engine/run/reopen.h"
#include "engine/run/table.h"

/* What was asked for, checked. Texts are borrowed from the command line. */
typedef struct disrupt_asked {
    const char *strategies, *models, *heal; /* heal: rule of recovery; NULL: none */
    bool links, quick, has_missing;
    spil_strategy_opts opts;
    spil_recovery_opts recovery;
    spil_table_format format;
    const char *ties;
    uint64_t steps, tie_orders, draws;
    double missing;
} disrupt_asked;

/* The strategy that takes out whom the actions of the run stand against. */
#define DISRUPT_BARRIERS "barriers"

/* ---- the case ---- */

typedef struct disrupt_case {
    spil_store *store;
    spil_reopened run; /* facts NULL: there is none to be had, see absent */
    spil_facts *own;   /* where the run has none */
    const spil_facts *facts;
    spil_network *network; /* with the links of hubs; vertices as in run.network */
    spil_wear *wear;       /* NULL: chains are not told, see absent */
    char absent[512];      /* why */
} disrupt_case;

/* Close it in every case. */
spil_status disrupt_case_open(disrupt_case *c, const char *path, const disrupt_asked *asked,
                              spil_err *err) SPIL_CHECKED;
void disrupt_case_close(disrupt_case *c);

/* ---- curves ---- */

/* One strategy's result. */
typedef struct disrupt_curve {
    char name[64];
    spil_curve *curve;     /* NULL with recovery */
    spil_healing *healing; /* NULL without */
    spil_bands *ties, *missing;
    spil_wear_point *chains; /* by point; NULL: not told */
    spil_vid *order;         /* of vertices */
    uint32_t *edges;         /* of links */
    size_t count, block;
} disrupt_curve;

typedef SPIL_VEC(disrupt_curve) disrupt_curves;

/* Clear the curves in every case. asked->opts.rank and progress are set meanwhile. */
spil_status disrupt_run(disrupt_curves *curves, const disrupt_case *c, disrupt_asked *asked,
                        spil_err *err) SPIL_CHECKED;
void disrupt_curves_clear(disrupt_curves *curves);

size_t disrupt_points(const disrupt_curve *curve);
const spil_curve_point *disrupt_point(const disrupt_curve *curve, size_t step);

/* Position of text in words, or SPIL_USAGE that names them. */
spil_status disrupt_one_of(const char *option, const char *text, const char *const *words,
                           size_t count, size_t *out, spil_err *err) SPIL_CHECKED;

/* ---- telling ---- */

spil_status disrupt_show(const disrupt_case *c, const disrupt_curves *curves,
                         const disrupt_asked *asked, spil_err *err) SPIL_CHECKED;
spil_status disrupt_list(spil_table_format format, spil_err *err) SPIL_CHECKED;
spil_status disrupt_draw(const disrupt_curves *curves, const disrupt_asked *asked, const char *path,
                         spil_err *err) SPIL_CHECKED;

#endif
