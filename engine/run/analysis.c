/* analysis.c - see analysis.h. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The store's write lock is held from the reading of the facts to the last row, so that what is
 * written belongs to what was read. A stop or a failure anywhere undoes all of it.
 */
#include "engine/run/analysis.h"

#include "engine/barriers/effort.h"
#include "engine/barriers/rule.h"
#include "engine/barriers/unread.h"
#include "engine/base/digest.h"
#include "engine/base/file.h"
#include "engine/base/str.h"
#include "engine/run/keep.h"
#include "engine/run/words.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* What the stages hand to each other. */
typedef struct pipeline {
    spil_store *store;
    const spil_analysis_opts *opts;
    spil_day as_of;
    int64_t run;
    spil_facts *facts;
    spil_network *network; /* all links */
    spil_network *ties;    /* without those of hubs */
    spil_model_set *models;
    spil_communities *communities;
    spil_scores *scores;
    spil_actions *actions;
    spil_unread *unread;
} pipeline;

static void close_pipeline(pipeline *p)
{
    spil_unread_free(p->unread);
    spil_actions_free(p->actions);
    spil_scores_free(p->scores);
    spil_communities_free(p->communities);
    spil_model_set_free(p->models);
    spil_network_free(p->ties);
    spil_network_free(p->network);
    spil_facts_free(p->facts);
}

/* ---- stages ---- */

static spil_status read_models(pipeline *p, spil_err *err)
{
    spil_status rc = SPIL_OK;
    TRY(spil_model_set_read(&p->models, p->opts->models, err));
    rc = spil_learned_apply(p->models, p->opts->learned, p->opts->learned_count, err);
done:
    return rc;
}

static bool has_rule(const spil_model_set *models, const char *name)
{
    for (size_t m = 0; m < models->count; m++)
        for (size_t r = 0; r < models->models[m]->rule_count; r++)
            if (strcmp(models->models[m]->rules[r].id, name) == 0 ||
                strcmp(models->models[m]->rules[r].rule->name, name) == 0)
                return true;
    return false;
}

/* A rule that is switched off is one of some model: else it was mistyped. */
static spil_status check_rules_off(const pipeline *p, spil_err *err)
{
    for (size_t i = 0; i < p->opts->rules_off_count; i++)
        if (!has_rule(p->models, p->opts->rules_off[i]))
            return spil_fail(err, SPIL_USAGE,
                             "no barrier model has a rule '%.60s' to switch off; spil model show "
                             "MODEL lists them",
                             p->opts->rules_off[i]);
    return SPIL_OK;
}

/* Ids alone (a-z, 0-9 and _), checked before: nothing to escape. */
static void add_rules_off(const pipeline *p, spil_str *out)
{
    spil_str_add(out, ", \"rules_off\": [");
    for (size_t i = 0; i < p->opts->rules_off_count; i++)
        spil_str_addf(out, "%s\"%s\"", i ? ", " : "", p->opts->rules_off[i]);
    spil_str_add(out, "]");
}

static spil_status open_run(pipeline *p, spil_err *err)
{
    const spil_analysis_opts *const o = p->opts;
    spil_status rc = SPIL_OK;
    char digest[SPIL_DIGEST_TEXT], day[16];
    spil_str options = SPIL_STR_INIT;
    TRY(spil_store_input_digest(p->store, digest, err));
    spil_format_day(p->as_of, day);
    spil_str_addf(&options,
                  "{\"seed\": %" PRIu64 ", \"draws\": %zu, \"runs\": %u, \"resolution\": %.17g, "
                  "\"method\": \"%s\", \"as_of\": \"%s\", \"most_actions\": %zu, "
                  "\"deep_most\": %zu",
                  o->seed, o->draws, o->runs, o->resolution, o->scope ? "stated" : o->method, day,
                  o->most_actions, o->deep_most);
    if (o->scope)
        spil_scope_write(o->scope, &options);
    if (o->rules_off_count)
        add_rules_off(p, &options);
    spil_learned_write(o->learned, o->learned_count, &options);
    spil_str_add(&options, "}");
    TRY(spil_str_status(&options, err));
    TRY(spil_store_add_run(p->store,
                           &(spil_run_row){.command = SPIL_RUN_ANALYZE,
                                           .options = options.text,
                                           .version = SPIL_VERSION,
                                           .input_digest = digest,
                                           .seed = o->seed,
                                           .draws = o->draws,
                                           .as_of = p->as_of},
                           &p->run, err));
    rc = spil_keep_models(p->store, p->run, p->models, err);
done:
    spil_str_free(&options);
    return rc;
}

/* All of the registry that need not be asked for, each kept as soon as it is known. */
static spil_status run_metrics(const pipeline *p, spil_err *err)
{
    spil_status rc = SPIL_OK;
    double *value = NULL;
    spil_metric_opts opts = SPIL_METRIC_OPTS_DEFAULTS;
    opts.seed = p->opts->seed;
    opts.progress = p->opts->progress;
    TRY(NEW_ARRAY(value, p->network->csr->n, err));
    for (size_t i = 0; i < spil_metric_count; i++) {
        spil_metric_note note = {0};
        if (spil_metrics[i]->by_name)
            continue;
        TRY(spil_check_stop(err));
        TRY(spil_metrics[i]->run(p->network->csr, &opts, value, &note, err));
        TRY(spil_keep_metric(p->store, p->run, p->facts, p->network, spil_metrics[i], &note, value,
                             err));
    }
done:
    spil_free(value);
    return rc;
}

static spil_status find_communities(pipeline *p, spil_err *err)
{
    const spil_analysis_opts *const o = p->opts;
    const spil_community_method *const method = spil_community_method_find(o->method);
    const spil_community_opts opts = {.resolution = o->resolution,
                                      .seed = o->seed,
                                      .runs = o->runs,
                                      .edge_weight = p->ties->edge_confidence,
                                      .progress = o->progress};
    if (o->scope)
        return spil_scope_communities(&p->communities, o->scope, p->facts, p->network, err);
    if (!method)
        return spil_fail(err, SPIL_USAGE, "there is no community method '%s'", o->method);
    return spil_communities_find(&p->communities, p->ties->csr, method, &opts, err);
}

static spil_status score(pipeline *p, spil_err *err)
{
    spil_score_opts opts = SPIL_SCORE_OPTS_DEFAULTS;
    opts.draws = p->opts->draws;
    opts.seed = p->opts->seed;
    opts.as_of = p->as_of;
    opts.rules_off = p->opts->rules_off;
    opts.rules_off_count = p->opts->rules_off_count;
    opts.deep_most = p->opts->deep_most;
    opts.progress = p->opts->progress;
    return spil_score_all(&p->scores, p->facts, p->ties, p->communities, p->models, &opts, err);
}

static spil_status find_actions(pipeline *p, spil_err *err)
{
    const spil_action_opts opts = {
        .seed = p->opts->seed, .most = p->opts->most_actions, .progress = p->opts->progress};
    return spil_actions_find(&p->actions, p->facts, p->ties, p->models, p->scores, &opts, err);
}

static spil_status audit(const pipeline *p, spil_err *err)
{
    char detail[120];
    (void)snprintf(detail, sizeof detail, "run %" PRId64 ", %zu actions", p->run,
                   p->actions->count);
    return spil_store_audit(p->store, SPIL_RUN_ANALYZE, detail, err);
}

/* "signal 'smel' (3 rows, from signals.csv:7), role 'm/s/r' (1 row, from roles.csv:2), 4 more" */
static spil_status tell_unread(spil_analysis_summary *out, const pipeline *p, spil_err *err)
{
    spil_str text = SPIL_STR_INIT;
    const spil_unread *const unread = p->unread;
    size_t told = 0;
    for (; told < unread->count && text.length < 110; told++) {
        const spil_unread_row *const row = &unread->rows[told];
        spil_str_addf(&text, "%s%s '%.40s'", told ? ", " : "",
                      row->why == SPIL_UNREAD_ROLE ? "role" : "signal", row->what);
        if (row->why == SPIL_UNREAD_SIGNAL_KIND)
            spil_str_addf(&text, " of a %s", spil_entity_kind_info(row->kind)->en);
        spil_str_addf(&text, " (%" PRIu64 " row%s, from %.40s:%" PRIu64 ")", row->rows,
                      row->rows == 1 ? "" : "s",
                      spil_path_name(p->facts->sources[row->first.source].path), row->first.line);
    }
    if (told < unread->count)
        spil_str_addf(&text, ", %zu more", unread->count - told);
    const spil_status rc = spil_str_status(&text, err);
    out->unread = unread->all;
    (void)snprintf(out->unread_text, sizeof out->unread_text, "%s", spil_str_text(&text));
    spil_str_free(&text);
    return rc;
}

static spil_status tell_looks(spil_analysis_summary *out, const pipeline *p, spil_err *err)
{
    spil_effort *looks = NULL;
    const spil_status rc = spil_effort_new(&looks, p->facts, err);
    out->looks_known = looks || p->facts->signal_count == 0;
    spil_effort_free(looks);
    return rc;
}

static spil_analysis_summary summarise(const pipeline *p)
{
    return (spil_analysis_summary){.run = p->run,
                                   .entities = p->facts->entity_count,
                                   .vertices = p->network->csr->n,
                                   .edges = p->network->csr->m,
                                   .links = p->facts->link_count,
                                   .communities = p->communities->best.count,
                                   .scored = p->scores->communities,
                                   .deep = p->scores->deep,
                                   .actions = p->actions->count};
}

/* ---- the whole ---- */

spil_status spil_analyze(spil_analysis_summary *out, spil_store *store,
                         const spil_analysis_opts *opts, spil_err *err)
{
    spil_status rc = SPIL_OK;
    pipeline p = {.store = store, .opts = opts};
    TRY(read_models(&p, err));
    TRY(check_rules_off(&p, err));
    TRY(spil_store_begin(store, err));
    TRY(spil_store_load_facts(&p.facts, store, err));
    p.as_of = opts->as_of == SPIL_NO_DAY ? p.facts->newest : opts->as_of;
    TRY(spil_network_build(&p.network, p.facts, err));
    TRY(spil_network_apart(&p.ties, p.network, p.facts, err));
    TRY(open_run(&p, err));
    TRY(run_metrics(&p, err));
    TRY(find_communities(&p, err));
    TRY(spil_keep_communities(store, p.run, p.facts, p.network, p.communities, err));
    TRY(score(&p, err));
    TRY(spil_keep_scores(store, p.run, p.facts, p.models, p.scores, err));
    TRY(find_actions(&p, err));
    TRY(spil_keep_actions(store, p.run, p.facts, p.models, p.actions, err));
    TRY(spil_unread_find(&p.unread, p.facts, p.models, err));
    TRY(spil_check_stop(err));
    TRY(audit(&p, err));
    spil_analysis_summary summary = summarise(&p);
    TRY(tell_unread(&summary, &p, err));
    TRY(tell_looks(&summary, &p, err));
    TRY(spil_store_commit(store, err));
    *out = summary;
done:
    if (rc != SPIL_OK)
        spil_store_rollback(store);
    close_pipeline(&p);
    return rc;
}
