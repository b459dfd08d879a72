/* portfolio.c - see portfolio.h. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The figures are those of plan.h without its calendar: nothing here depends on the day.
 */
#include "engine/run/portfolio.h"

#include "engine/run/plan.h"
#include "engine/run/words.h"

#include <math.h>
#include <stdio.h>

#define MORE_HOURS SPIL_FIGURE_PORTFOLIO "more_hours"
#define CREDIT SPIL_FIGURE_PORTFOLIO "credit."
#define ERROR SPIL_FIGURE_PORTFOLIO "error."
#define WITHOUT SPIL_FIGURE_PORTFOLIO "without."
#define MORE SPIL_FIGURE_PORTFOLIO "more." /* absent: no limit */

/* ---- keeping ---- */

static spil_status keep_one(spil_store *store, int64_t run, const char *name, const char *of,
                            double value, spil_err *err)
{
    char full[80];
    (void)snprintf(full, sizeof full, "%s%s", name, of);
    return spil_store_add_figures(store, run, &(spil_figure_row){full, value}, 1, err);
}

static spil_status keep_plan(spil_store *store, const spil_plan *plan, double more_hours,
                             spil_err *err)
{
    spil_status rc = SPIL_OK;
    const int64_t run = plan->from.rows->run.id;
    TRY(spil_store_begin(store, err));
    TRY(spil_store_drop_figures(store, run, SPIL_FIGURE_PORTFOLIO, err));
    TRY(keep_one(store, run, MORE_HOURS, "", more_hours, err));
    for (size_t p = 0; p < SPIL_PARTNER_COUNT; p++) {
        const spil_plan_partner *const from = &plan->partners[p];
        const char *const id = spil_partner_id((spil_partner)p);
        TRY(keep_one(store, run, CREDIT, id, from->credit, err));
        TRY(keep_one(store, run, ERROR, id, from->credit_error, err));
        TRY(keep_one(store, run, WITHOUT, id, from->out, err));
        if (isfinite(from->given))
            TRY(keep_one(store, run, MORE, id, from->more, err));
    }
    TRY(spil_store_commit(store, err));
done:
    if (rc != SPIL_OK)
        spil_store_rollback(store);
    return rc;
}

spil_status spil_portfolio_keep(spil_store *store, spil_progress *progress, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_plan *plan = NULL;
    spil_plan_opts opts = spil_plan_defaults();
    opts.exact_seconds = 0;
    opts.progress = progress;
    TRY(spil_plan_make(&plan, store, &opts, err));
    if (plan->item_count > 0)
        TRY(keep_plan(store, plan, opts.more_hours, err));
done:
    spil_plan_free(plan);
    return rc;
}

/* ---- reading back ---- */

static double figure(const spil_results *rows, const char *name, const char *of, double fallback)
{
    char full[80];
    (void)snprintf(full, sizeof full, "%s%s", name, of);
    return spil_results_figure(rows, full, fallback);
}

spil_result_portfolio spil_portfolio_read(const spil_results *rows)
{
    spil_result_portfolio out = {.more_hours = figure(rows, MORE_HOURS, "", (double)NAN)};
    out.known = !isnan(out.more_hours);
    for (size_t p = 0; out.known && p < SPIL_PARTNER_COUNT; p++) {
        const char *const id = spil_partner_id((spil_partner)p);
        out.partners[p] = (spil_result_share){.credit = figure(rows, CREDIT, id, 0),
                                              .error = figure(rows, ERROR, id, 0),
                                              .without = figure(rows, WITHOUT, id, 0),
                                              .more = figure(rows, MORE, id, (double)NAN)};
    }
    return out;
}
