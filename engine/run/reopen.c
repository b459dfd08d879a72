/* reopen.c - see reopen.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/run/reopen.h"

#include "engine/barriers/rule.h"
#include "engine/run/learned.h"
#include "engine/run/words.h"

#include <inttypes.h>
#include <jansson.h>
#include <string.h>

void spil_reopened_clear(spil_reopened *it)
{
    spil_results_free(it->rows);
    spil_model_set_free(it->models);
    spil_communities_free(it->communities);
    spil_network_free(it->network);
    spil_facts_free(it->facts);
    *it = (spil_reopened){0};
}

const spil_run_row *spil_reopened_run(const spil_reopened *it)
{
    return it->rows->parent.id ? &it->rows->parent : &it->rows->run;
}

/* The newest list when it builds on the newest analysis, else that analysis. */
static spil_status load_rows(spil_reopened *it, spil_store *store, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const unsigned what = SPIL_RESULTS_COMMUNITIES | SPIL_RESULTS_SCORES | SPIL_RESULTS_REASONS;
    int64_t analysis = 0, list = 0;
    TRY(spil_store_find_run(store, SPIL_RUN_ANALYZE, &analysis, err));
    TRY(spil_store_find_run(store, SPIL_RUN_TARGETS, &list, err));
    if (analysis == 0)
        return spil_fail(err, SPIL_NOT_FOUND, "%s: no analysis yet; run 'spil analyze' first",
                         spil_store_path(store));
    if (list != 0)
        TRY(spil_results_load(&it->rows, store, list, it->facts, what | SPIL_RESULTS_TARGETS, err));
    if (!it->rows || it->rows->parent.id != analysis) {
        spil_results_free(it->rows);
        it->rows = NULL;
        TRY(spil_results_load(&it->rows, store, analysis, it->facts, what, err));
    }
done:
    return rc;
}

static spil_status check_input(const spil_reopened *it, spil_store *store, spil_err *err)
{
    char now[SPIL_DIGEST_TEXT];
    const spil_run_row *const run = spil_reopened_run(it);
    const spil_status rc = spil_store_input_digest(store, now, err);
    if (rc != SPIL_OK || strcmp(now, run->input_digest) == 0)
        return rc;
    return spil_fail(err, SPIL_INPUT,
                     "%s: files were imported since run %" PRId64 "; analyze again",
                     spil_store_path(store), run->id);
}

/* The models of the run alone, in its order. */
static spil_status load_models(spil_reopened *it, const char *folder, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_model_set *all = NULL;
    const int64_t run = spil_reopened_run(it)->id;
    TRY(spil_model_set_read(&all, folder, err));
    TRY(NEW(it->models, err));
    TRY(NEW_ARRAY(it->models->models, it->rows->model_count, err));
    for (size_t i = 0; i < it->rows->model_count; i++) {
        const spil_run_model_row *const row = &it->rows->models[i];
        size_t m = 0;
        while (m < all->count && (!all->models[m] || strcmp(all->models[m]->id, row->model) != 0))
            m++;
        if (m == all->count || strcmp(all->models[m]->digest, row->digest) != 0) {
            rc = spil_fail(err, SPIL_INPUT, "model '%s' of run %" PRId64 " %s; analyze again",
                           row->model, run,
                           m == all->count ? "is not among the model files" : "has changed since");
            goto done;
        }
        it->models->models[it->models->count++] = all->models[m];
        all->models[m] = NULL;
    }
done:
    spil_model_set_free(all);
    return rc;
}

/* As the options of the run say: rules by id or by the name of their condition. */
static spil_status switch_rules_off(const spil_reopened *it, spil_err *err)
{
    json_error_t fault;
    json_t *const options = json_loads(spil_reopened_run(it)->options, 0, &fault);
    size_t at;
    json_t *each;
    if (!options)
        return spil_fail(err, SPIL_INPUT, "run %" PRId64 " has options that are no JSON: %s",
                         spil_reopened_run(it)->id, fault.text);
    json_array_foreach(json_object_get(options, "rules_off"), at, each)
    {
        const char *const name = json_string_value(each);
        for (size_t m = 0; name && m < it->models->count; m++)
            for (size_t r = 0; r < it->models->models[m]->rule_count; r++) {
                spil_model_rule *const rule = &it->models->models[m]->rules[r];
                if (strcmp(rule->id, name) == 0 || strcmp(rule->rule->name, name) == 0)
                    rule->off = true;
            }
    }
    json_decref(options);
    return SPIL_OK;
}

static spil_status load_communities(spil_reopened *it, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_results *const rows = it->rows;
    const spil_vid n = it->network->csr->n;
    spil_communities *own = NULL;
    TRY(NEW(own, err));
    own->best = (spil_partition){.n = n, .count = (uint32_t)rows->community_count};
    TRY(NEW_ARRAY(own->best.of, n, err));
    TRY(NEW_ARRAY(own->membership, n, err));
    TRY(NEW_ARRAY(own->stats, rows->community_count, err));
    memset(own->best.of, 0xff, n * sizeof *own->best.of); /* SPIL_NO_COMMUNITY */
    for (size_t i = 0; i < rows->member_count; i++) {
        const spil_member_row *const row = &rows->members[i];
        own->best.of[it->network->vertex[row->entity]] = row->community;
        own->membership[it->network->vertex[row->entity]] = row->membership;
    }
    for (size_t k = 0; k < rows->community_count; k++)
        own->stats[k] = (spil_community_stats){.size = (spil_vid)rows->communities[k].size,
                                               .density = rows->communities[k].density,
                                               .conductance = rows->communities[k].conductance,
                                               .stability = rows->communities[k].stability};
    it->communities = own;
    own = NULL;
done:
    spil_communities_free(own);
    return rc;
}

spil_status spil_reopen(spil_reopened *out, spil_store *store, const char *folder, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_reopened it = {0};
    spil_network *whole = NULL;
    TRY(spil_store_load_facts(&it.facts, store, err));
    TRY(load_rows(&it, store, err));
    TRY(check_input(&it, store, err));
    TRY(load_models(&it, folder, err));
    TRY(spil_network_build(&whole, it.facts, err));
    TRY(spil_network_apart(&it.network, whole, it.facts, err));
    TRY(switch_rules_off(&it, err));
    TRY(spil_learned_again(it.models, spil_reopened_run(&it)->options, err));
    TRY(load_communities(&it, err));
    *out = it;
    it = (spil_reopened){0};
done:
    spil_network_free(whole);
    spil_reopened_clear(&it);
    return rc;
}

const spil_score_row *spil_reopened_score(const spil_reopened *it, uint32_t community,
                                          const char *model, spil_score_part part, const char *step)
{
    const spil_results *const rows = it->rows;
    for (size_t i = rows->score_row[community]; i < rows->score_row[community + 1]; i++) {
        const spil_score_row *const row = &rows->scores[i];
        if (row->part == part && strcmp(row->model, model) == 0 && strcmp(row->step, step) == 0)
            return row;
    }
    return NULL;
}
