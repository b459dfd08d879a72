/* choosing.c - see choosing.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/run/choosing.h"

#include "engine/base/digest.h"
#include "engine/run/words.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

void spil_choosing_close(spil_choosing *c)
{
    for (size_t i = 0; i < c->chains.count; i++)
        spil_free(c->chains.items[i]);
    spil_free(c->chains.items);
    spil_strmap_free(c->chain_of);
    spil_free(c->choices);
    spil_results_free(c->rows);
    spil_facts_free(c->facts);
}

/* The list must rest on all that is in the case. */
static spil_status load_analysis(spil_choosing *c, int64_t run, spil_err *err)
{
    spil_status rc = SPIL_OK;
    char now[SPIL_DIGEST_TEXT];
    if (run == 0)
        TRY(spil_store_find_run(c->store, SPIL_RUN_ANALYZE, &run, err));
    if (run == 0)
        return spil_fail(err, SPIL_NOT_FOUND, "%s: no analysis yet; run 'spil analyze' first",
                         spil_store_path(c->store));
    TRY(spil_store_load_facts(&c->facts, c->store, err));
    TRY(spil_results_load(&c->rows, c->store, run, c->facts,
                          SPIL_RESULTS_SCORES | SPIL_RESULTS_ACTIONS | SPIL_RESULTS_DRAWS |
                              SPIL_RESULTS_TARGETS,
                          err));
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
static spil_status value_chains(spil_choosing *c, spil_err *err)
{
    spil_status rc = SPIL_OK;
    double *value = NULL;
    TRY(spil_strmap_new(&c->chain_of, err));
    for (size_t i = 0; i < c->rows->score_count; i++) {
        const spil_score_row *const row = &c->rows->scores[i];
        char key[160], harm[120];
        if (row->part != SPIL_PART_CHAIN || !row->draw) /* without draws: no action of it */
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

static spil_status list_choices(spil_choosing *c, spil_err *err)
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
        choice->cost = row->cost;
        choice->chain = (size_t)chain;
        choice->draw = row->draw;
        TRY(exclusive_group(groups, row, &choice->exclusive, err));
    }
done:
    spil_strmap_free(groups);
    return rc;
}

spil_status spil_choosing_open(spil_choosing *c, spil_store *store, int64_t run, spil_err *err)
{
    spil_status rc = SPIL_OK;
    *c = (spil_choosing){.store = store};
    TRY(load_analysis(c, run, err));
    TRY(value_chains(c, err));
    TRY(list_choices(c, err));
done:
    return rc;
}

spil_status spil_newest_list(int64_t *run, spil_store *store, spil_err *err)
{
    const spil_status rc = spil_store_find_run(store, SPIL_RUN_TARGETS, run, err);
    if (rc != SPIL_OK || *run != 0)
        return rc;
    return spil_fail(err, SPIL_NOT_FOUND, "there is no list of targets yet; see spil targets");
}
