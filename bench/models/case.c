/* case.c - see case.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench/models/case.h"

#include "datasets/generate/region.h"
#include "engine/base/file.h"
#include "engine/store/store.h"
#include "loaders/loader.h"

#include <errno.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

static double seconds_now(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static spil_status remove_store(const char *path, spil_err *err)
{
    static const char *const ends[] = {"", "-wal", "-shm"};
    char name[512];
    for (size_t i = 0; i < 3; i++) {
        (void)snprintf(name, sizeof name, "%s%s", path, ends[i]);
        if (unlink(name) != 0 && errno != ENOENT)
            return spil_fail_io(err, errno, name);
    }
    return SPIL_OK;
}

/* The files of the region into a store, and the facts out of it. */
static spil_status load(spil_facts **out, const char *folder, spil_err *err)
{
    static const char *const files[] = {"persons", "addresses", "companies",
                                        "links",   "roles",     "signals"};
    enum { FILES = sizeof files / sizeof *files };
    spil_status rc = SPIL_OK;
    spil_store *store = NULL;
    spil_import_summary *summary = NULL;
    spil_import_opts opts = SPIL_IMPORT_OPTS_DEFAULTS;
    char path[FILES][512], db[512];
    const char *paths[FILES];
    for (int f = 0; f < FILES; f++) {
        (void)snprintf(path[f], sizeof path[f], "%s/%s.csv", folder, files[f]);
        paths[f] = path[f];
    }
    (void)snprintf(db, sizeof db, "%s/case.db", folder);
    TRY(remove_store(db, err));
    TRY(spil_store_create(db, err));
    TRY(spil_store_open(&store, db, SPIL_STORE_WRITE, err));
    TRY(spil_import(&summary, store, paths, FILES, &opts, err));
    TRY(spil_store_load_facts(out, store, err));
done:
    spil_import_summary_free(summary);
    spil_store_close(store);
    return rc;
}

static spil_status find_communities(spil_bench_case *it, const spil_bench_setup *setup,
                                    spil_err *err)
{
    spil_community_opts opts = SPIL_COMMUNITY_OPTS_DEFAULTS;
    opts.runs = setup->runs;
    return spil_communities_find(&it->communities, it->network->csr,
                                 spil_community_method_find("leiden"), &opts, err);
}

/* What an analysis scores: the network without the links of hubs. */
static spil_status build_ties(spil_network **out, const spil_facts *facts, spil_err *err)
{
    spil_network *whole = NULL;
    spil_status rc = spil_network_build(&whole, facts, err);
    if (rc == SPIL_OK)
        rc = spil_network_apart(out, whole, facts, err);
    spil_network_free(whole);
    return rc;
}

spil_status spil_bench_case_make(spil_bench_case **out, const spil_bench_setup *setup,
                                 spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_bench_case *it = NULL;
    spil_score_opts opts = SPIL_SCORE_OPTS_DEFAULTS;
    opts.draws = setup->draws;
    opts.depth = setup->depth;
    TRY(NEW(it, err));
    it->folder = setup->folder;
    it->program = setup->program;
    TRY(spil_model_set_read(&it->models, setup->models, err));
    TRY(spil_gen_region(setup->folder, &setup->region, it->models, false, NULL, NULL, err));
    TRY(load(&it->facts, setup->folder, err));
    TRY(build_ties(&it->network, it->facts, err));
    TRY(find_communities(it, setup, err));
    const double begin = seconds_now();
    TRY(spil_score_all(&it->scores, it->facts, it->network, it->communities, it->models, &opts,
                       err));
    it->seconds = seconds_now() - begin;
    TRY(spil_bench_truth_read(it, setup->folder, err));
    *out = it;
    it = NULL;
done:
    spil_bench_case_free(it);
    return rc;
}

void spil_bench_case_free(spil_bench_case *it)
{
    if (!it)
        return;
    spil_scores_free(it->scores);
    spil_communities_free(it->communities);
    spil_network_free(it->network);
    spil_facts_free(it->facts);
    spil_model_set_free(it->models);
    spil_free(it->planted);
    spil_free(it->seats);
    spil_free(it->member_of);
    spil_free(it->untrue_link);
    spil_free(it->untrue_role);
    spil_free(it);
}

/* ---- variants ---- */

static spil_status copy_links_and_roles(spil_facts *to, const spil_bench_case *it,
                                        const spil_bench_change *change, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_facts *const from = it->facts;
    for (size_t i = 0; i < from->link_count; i++) {
        spil_link link = from->links[i];
        if (change->sure_links)
            link.confidence = 1;
        if (!change->no_untrue_links || !it->untrue_link[i])
            TRY(spil_facts_add_link(to, &link, err));
    }
    for (size_t i = 0; i < from->role_count; i++) {
        spil_role role = from->roles[i];
        if (change->sure_roles)
            role.confidence = 1;
        if (!change->no_roles && (!change->no_untrue_roles || !it->untrue_role[i]))
            TRY(spil_facts_add_role(to, &role, err));
    }
done:
    return rc;
}

static spil_status copy_facts(spil_facts **out, const spil_bench_case *it,
                              const spil_bench_change *change, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_facts *const from = it->facts;
    spil_facts *to = NULL;
    TRY(spil_facts_new(&to, err));
    for (size_t i = 0; i < from->source_count; i++)
        TRY(spil_facts_add_source(to, &from->sources[i], err));
    for (size_t i = 0; i < from->entity_count; i++)
        TRY(spil_facts_add_entity(to, &from->entities[i], err));
    for (size_t i = 0; i < from->attribute_count && !change->no_attributes; i++)
        TRY(spil_facts_add_attribute(to, &from->attributes[i], err));
    for (size_t i = 0; i < from->signal_count && !change->no_signals; i++)
        TRY(spil_facts_add_signal(to, &from->signals[i], err));
    TRY(copy_links_and_roles(to, it, change, err));
    TRY(spil_facts_finish(to, err));
    *out = to;
    to = NULL;
done:
    spil_facts_free(to);
    return rc;
}

/* Ids of all rules of the models, to switch them off. */
static spil_status list_rules(const char ***out, size_t *count, const spil_model_set *models,
                              spil_err *err)
{
    size_t all = 0;
    for (size_t m = 0; m < models->count; m++)
        all += models->models[m]->rule_count;
    const char **ids = NULL;
    const spil_status rc = NEW_ARRAY(ids, all, err);
    if (rc != SPIL_OK)
        return rc;
    *count = 0;
    for (size_t m = 0; m < models->count; m++)
        for (size_t r = 0; r < models->models[m]->rule_count; r++)
            ids[(*count)++] = models->models[m]->rules[r].id;
    *out = ids;
    return SPIL_OK;
}

spil_status spil_bench_rescore(spil_scores **out, const spil_bench_case *it,
                               const spil_bench_change *change, const spil_model_set *models,
                               size_t draws, uint64_t seed, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_facts *facts = NULL;
    spil_network *network = NULL;
    const char **rules = NULL;
    size_t rule_count = 0;
    spil_score_opts opts = SPIL_SCORE_OPTS_DEFAULTS;
    opts.draws = draws;
    opts.seed = seed;
    opts.as_of = it->facts->newest; /* else the age of signals would shift with what is left */
    TRY(list_rules(&rules, &rule_count, models, err));
    if (change->no_rules) {
        opts.rules_off = rules;
        opts.rules_off_count = rule_count;
    }
    TRY(copy_facts(&facts, it, change, err));
    TRY(build_ties(&network, facts, err)); /* the same entities, so the same vertices */
    TRY(spil_score_all(out, facts, network, it->communities, models, &opts, err));
done:
    spil_free((void *)rules);
    spil_network_free(network);
    spil_facts_free(facts);
    return rc;
}
