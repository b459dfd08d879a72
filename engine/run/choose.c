/* choose.c - the target list from the actions that an analysis left (analysis.h).
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "engine/base/str.h"
#include "engine/run/analysis.h"
#include "engine/run/portfolio.h"
#include "engine/run/wishes.h"
#include "engine/run/words.h"
#include "engine/store/results.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* ---- options ---- */

spil_list_opts spil_list_defaults(void)
{
    spil_list_opts opts = {.top = 20, .budget = HUGE_VAL, .gap_days = 7};
    for (size_t p = 0; p < SPIL_PARTNER_COUNT; p++)
        opts.hours[p] = HUGE_VAL;
    return opts;
}

static spil_status parse_one(spil_list_opts *opts, const char *text, size_t length, spil_err *err)
{
    char item[80] = "";
    double hours = 0;
    spil_partner partner;
    memcpy(item, text, length < sizeof item ? length : sizeof item - 1);
    char *const equals = strchr(item, '=');
    if (!equals)
        return spil_fail(err, SPIL_USAGE, "hours: '%s' is not partner=hours", item);
    *equals = '\0';
    if (!spil_partner_find(item, &partner))
        return spil_fail(err, SPIL_USAGE, "hours: there is no partner '%s'", item);
    if (!spil_parse_double(equals + 1, &hours) || hours < 0)
        return spil_fail(err, SPIL_USAGE, "hours: '%s' is no number of hours for %s", equals + 1,
                         item);
    opts->hours[partner] = hours;
    return SPIL_OK;
}

spil_status spil_parse_hours(spil_list_opts *opts, const char *text, spil_err *err)
{
    spil_status rc = SPIL_OK;
    for (const char *p = text; rc == SPIL_OK && *p;) {
        const size_t length = strcspn(p, ",");
        rc = parse_one(opts, p, length, err);
        p += length + (p[length] == ',');
    }
    return rc;
}

typedef struct choosing {
    spil_store *store;
    const spil_list_opts *opts;
    spil_choosing from;
    spil_limits *limits;
    spil_target_list *list;
} choosing;

/* ---- what was chosen, into the store ---- */

static spil_status options_text(const spil_list_opts *opts, spil_str *out, spil_err *err)
{
    const char *comma = "";
    spil_str_addf(out, "{\"top\": %zu, \"hours\": {", opts->top);
    for (size_t p = 0; p < SPIL_PARTNER_COUNT; p++) {
        if (!isfinite(opts->hours[p]))
            continue;
        spil_str_addf(out, "%s\"%s\": %.17g", comma, spil_partner_id((spil_partner)p),
                      opts->hours[p]);
        comma = ", ";
    }
    spil_str_add(out, "}");
    if (isfinite(opts->budget))
        spil_str_addf(out, ", \"budget\": %.17g", opts->budget);
    if (opts->days > 0)
        spil_str_addf(out, ", \"days\": %.17g, \"gap_days\": %.17g", opts->days, opts->gap_days);
    spil_status rc = SPIL_OK;
    if (spil_wishes_count(opts->wishes)) {
        spil_str_add(out, ", \"wishes\": ");
        rc = spil_wishes_write(opts->wishes, out, err);
    }
    spil_str_add(out, "}");
    return rc == SPIL_OK ? spil_str_status(out, err) : rc;
}

static spil_status keep_figure(const choosing *c, int64_t run, const char *name, const char *of,
                               double value, spil_err *err)
{
    char full[120];
    (void)snprintf(full, sizeof full, "%s%s", name, of);
    return spil_store_add_figures(c->store, run, &(spil_figure_row){full, value}, 1, err);
}

static spil_status keep_figures(const choosing *c, int64_t run, spil_err *err)
{
    spil_status rc = SPIL_OK;
    TRY(keep_figure(c, run, SPIL_FIGURE_GAIN, "", c->list->gain, err));
    TRY(keep_figure(c, run, SPIL_FIGURE_POSSIBLE, "", c->list->possible, err));
    TRY(keep_figure(c, run, SPIL_FIGURE_MONEY_USED, "", c->list->money_used, err));
    if (isfinite(c->opts->budget))
        TRY(keep_figure(c, run, SPIL_FIGURE_BUDGET, "", c->opts->budget, err));
    for (size_t p = 0; p < SPIL_PARTNER_COUNT; p++) {
        const char *const partner = spil_partner_id((spil_partner)p);
        TRY(keep_figure(c, run, SPIL_FIGURE_HOURS_USED, partner, c->list->hours_used[p], err));
        if (isfinite(c->opts->hours[p]))
            TRY(keep_figure(c, run, SPIL_FIGURE_HOURS_GIVEN, partner, c->opts->hours[p], err));
    }
done:
    return rc;
}

static spil_status keep_targets(const choosing *c, int64_t run, spil_err *err)
{
    spil_target_row *rows = NULL;
    const size_t count = c->list->count;
    spil_status rc = NEW_ARRAY(rows, count, err);
    if (rc != SPIL_OK)
        return rc;
    for (size_t i = 0; i < count; i++) {
        const spil_target *const t = &c->list->targets[i];
        rows[i] = (spil_target_row){.action = c->from.rows->actions[t->choice].id,
                                    .marginal = t->marginal,
                                    .stability = t->stability};
    }
    rc = spil_store_add_targets(c->store, run, rows, count, err);
    spil_free(rows);
    return rc;
}

static spil_status keep_list(const choosing *c, int64_t *run, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_str options = SPIL_STR_INIT;
    char detail[120];
    const spil_run_row *const analysis = &c->from.rows->run;
    TRY(options_text(c->opts, &options, err));
    TRY(spil_store_add_run(c->store,
                           &(spil_run_row){.parent = analysis->id,
                                           .command = SPIL_RUN_TARGETS,
                                           .options = options.text,
                                           .version = SPIL_VERSION,
                                           .input_digest = analysis->input_digest,
                                           .seed = analysis->seed,
                                           .draws = analysis->draws,
                                           .as_of = analysis->as_of},
                           run, err));
    TRY(keep_figures(c, *run, err));
    TRY(keep_targets(c, *run, err));
    uint64_t carried = 0;
    TRY(spil_store_carry_decisions(c->store, *run, &carried, err));
    (void)snprintf(detail, sizeof detail,
                   "run %" PRId64 ", %zu targets, %" PRIu64 " earlier decisions hold", *run,
                   c->list->count, carried);
    rc = spil_store_audit(c->store, SPIL_RUN_TARGETS, detail, err);
done:
    spil_str_free(&options);
    return rc;
}

static spil_status choose_list(int64_t *run, spil_store *store, const spil_list_opts *opts,
                               spil_progress *progress, spil_err *err)
{
    spil_status rc = SPIL_OK;
    int64_t made = 0;
    spil_list_opts own = *opts;
    choosing c = {.store = store, .opts = &own};
    TRY(spil_store_begin(store, err));
    TRY(spil_choosing_open(&c.from, store, 0, err));
    TRY(spil_limits_make(&c.limits, &c.from, &own, err));
    spil_limits_use(c.limits, &own);
    TRY(spil_targets_choose(&c.list, c.from.choices, c.from.rows->action_count,
                            spil_choosing_values(&c.from), c.from.chains.count, c.from.rows->draws,
                            &own, progress, err));
    TRY(keep_list(&c, &made, err));
    TRY(spil_store_commit(store, err));
    *run = made;
done:
    if (rc != SPIL_OK)
        spil_store_rollback(store);
    spil_target_list_free(c.list);
    spil_limits_free(c.limits);
    spil_choosing_close(&c.from);
    return rc;
}

spil_status spil_choose_targets(int64_t *run, spil_store *store, const spil_list_opts *opts,
                                spil_progress *progress, spil_err *err)
{
    const spil_status rc = choose_list(run, store, opts, progress, err);
    return rc == SPIL_OK ? spil_portfolio_keep(store, progress, err) : rc;
}
