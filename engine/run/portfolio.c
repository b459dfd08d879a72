/* portfolio.c - what each partner brings to the list, added to a result (result.h).
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The figures are those of plan.h without its calendar: nothing here depends on the day.
 */
#include "engine/run/plan.h"
#include "engine/run/result.h"

#include <math.h>

static void take(spil_result_portfolio *out, const spil_plan *plan, double more_hours)
{
    out->known = true;
    out->more_hours = more_hours;
    for (size_t p = 0; p < SPIL_PARTNER_COUNT; p++) {
        const spil_plan_partner *const from = &plan->partners[p];
        out->partners[p] =
            (spil_result_share){.credit = from->credit,
                                .error = from->credit_error,
                                .without = from->out,
                                .more = isfinite(from->given) ? from->more : (double)NAN};
    }
}

spil_status spil_result_add_portfolio(spil_result *result, spil_store *store,
                                      spil_progress *progress, spil_err *err)
{
    spil_err own = SPIL_ERR_INIT;
    spil_plan *plan = NULL;
    spil_plan_opts opts = spil_plan_defaults();
    opts.exact_seconds = 0;
    opts.progress = progress;
    if (result->target_count == 0)
        return SPIL_OK;
    const spil_status rc = spil_plan_make(&plan, store, &opts, &own);
    if (rc == SPIL_INPUT || rc == SPIL_NOT_FOUND)
        return SPIL_OK; /* files came in since: the list stands, its plan cannot be made again */
    if (rc != SPIL_OK)
        return spil_fail(err, rc, "%s", own.msg);
    take(&result->portfolio, plan, opts.more_hours);
    spil_plan_free(plan);
    return SPIL_OK;
}
