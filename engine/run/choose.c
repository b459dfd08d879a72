/* choose.c - the target list from the actions that an analysis left (analysis.h).
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "engine/base/digest.h"
#include "engine/base/str.h"
#include "engine/base/strmap.h"
#include "engine/base/vec.h"
#include "engine/run/analysis.h"
#include "engine/run/words.h"
#include "engine/store/results.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* ---- options ---- */

spil_list_opts spil_list_defaults(void)
{
    spil_list_opts opts = {.top = 20};
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

/* ---- what the chooser asks for ---- */

typedef struct choosing {
    spil_store *store;
    const spil_list_opts *opts;
    spil_facts *facts;
    spil_results *rows;
    spil_strmap *chain_of; /* "community model" -> chain */
    SPIL_VEC(double *) chains;
    spil_choice *choices;
    spil_target_list *list;
} choosing;

static void close_choosing(choosing *c)
{
    for (size_t i = 0; i < c->chains.count; i++)
        spil_free(c->chains.items[i]);
    spil_free(c->chains.items);
    spil_strmap_free(c->chain_of);
    spil_free(c->choices);
    spil_target_list_free(c->list);
    spil_results_free(c->rows);
    spil_facts_free(c->facts);
}

/* The list must rest on all that is in the case. */
static spil_status load_analysis(choosing *c, spil_err *err)
{
    spil_status rc = SPIL_OK;
    int64_t analysis = 0;
    char now[SPIL_DIGEST_TEXT];
    TRY(spil_store_find_run(c->store, SPIL_RUN_ANALYZE, &analysis, err));
    if (analysis == 0)
        return spil_fail(err, SPIL_NOT_FOUND, "%s: no analysis yet; run 'spil analyze' first",
                         spil_store_path(c->store));
    TRY(spil_store_load_facts(&c->facts, c->store, err));
    TRY(spil_results_load(&c->rows, c->store, analysis, c->facts,
                          SPIL_RESULTS_SCORES | SPIL_RESULTS_ACTIONS | SPIL_RESULTS_DRAWS, err));
    TRY(spil_store_input_digest(c->store, now, err));
    if (strcmp(now, c->rows->run.input_digest) != 0)
        rc = spil_fail(err, SPIL_INPUT,
                       "%s: files were imported since the analysis, or entities merged; run "
                       "'spil analyze' again",
                       spil_store_path(c->store));
done:
    return rc;
}

static void chain_key(char out[160], uint32_t community, const char *model)
{
    (void)snprintf(out, 160, "%" PRIu32 " %s", community, model);
}

/* V of each chain: harm of the model times the chance of the chain, a value a draw. */
static spil_status value_chains(choosing *c, spil_err *err)
{
    spil_status rc = SPIL_OK;
    double *value = NULL;
    TRY(spil_strmap_new(&c->chain_of, err));
    for (size_t i = 0; i < c->rows->score_count; i++) {
        const spil_score_row *const row = &c->rows->scores[i];
        char key[160], harm[120];
        if (row->part != SPIL_PART_CHAIN)
            continue;
        (void)snprintf(harm, sizeof harm, SPIL_FIGURE_HARM "%s", row->model);
        const double factor = spil_results_figure(c->rows, harm, 1);
        TRY(NEW_ARRAY(value, c->rows->draws, err));
        for (size_t d = 0; d < c->rows->draws; d++)
            value[d] = factor * row->draw[d];
        chain_key(key, row->community, row->model);
        TRY(spil_strmap_put(c->chain_of, key, (int64_t)c->chains.count, err));
        TRY(VEC_PUSH(c->chains, value, err));
        value = NULL;
    }
done:
    spil_free(value);
    return rc;
}

/* Number of the group in which one instrument alone may stand: an entity in a step of a model. */
static spil_status exclusive_group(spil_strmap *groups, const spil_action_row *row, uint32_t *out,
                                   spil_err *err)
{
    char key[240];
    int64_t group = (int64_t)spil_strmap_count(groups);
    (void)snprintf(key, sizeof key, "%" PRIu32 " %s %s", row->entity, row->model, row->step);
    spil_status rc = SPIL_OK;
    if (!spil_strmap_get(groups, key, &group))
        rc = spil_strmap_put(groups, key, group, err);
    *out = (uint32_t)group;
    return rc;
}

static spil_status list_choices(choosing *c, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_strmap *groups = NULL;
    TRY(spil_strmap_new(&groups, err));
    TRY(NEW_ARRAY(c->choices, c->rows->action_count, err));
    for (size_t i = 0; i < c->rows->action_count; i++) {
        const spil_action_row *const row = &c->rows->actions[i];
        spil_choice *const choice = &c->choices[i];
        int64_t chain = 0;
        char key[160];
        chain_key(key, row->community, row->model);
        if (!spil_strmap_get(c->chain_of, key, &chain) ||
            !spil_partner_find(row->partner, &choice->partner)) {
            rc = spil_fail(err, SPIL_INPUT, "%s: an action of run %" PRId64 " has no chain",
                           spil_store_path(c->store), c->rows->run.id);
            goto done;
        }
        choice->hours = row->hours;
        choice->chain = (size_t)chain;
        choice->draw = row->draw;
        TRY(exclusive_group(groups, row, &choice->exclusive, err));
    }
done:
    spil_strmap_free(groups);
    return rc;
}

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
    spil_str_add(out, "}}");
    return spil_str_status(out, err);
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
        rows[i] = (spil_target_row){.action = c->rows->actions[t->choice].id,
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
    const spil_run_row *const analysis = &c->rows->run;
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

spil_status spil_choose_targets(int64_t *run, spil_store *store, const spil_list_opts *opts,
                                spil_progress *progress, spil_err *err)
{
    spil_status rc = SPIL_OK;
    int64_t made = 0;
    choosing c = {.store = store, .opts = opts};
    TRY(spil_store_begin(store, err));
    TRY(load_analysis(&c, err));
    TRY(value_chains(&c, err));
    TRY(list_choices(&c, err));
    TRY(spil_targets_choose(&c.list, c.choices, c.rows->action_count,
                            (const double *const *)c.chains.items, c.chains.count, c.rows->draws,
                            opts, progress, err));
    TRY(keep_list(&c, &made, err));
    TRY(spil_store_commit(store, err));
    *run = made;
done:
    if (rc != SPIL_OK)
        spil_store_rollback(store);
    close_choosing(&c);
    return rc;
}
