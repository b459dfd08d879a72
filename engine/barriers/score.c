/* score.c - see score.h. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Facts are collected first; a community without evidence is never looked at again. Communities are
 * then scored in parallel, each by one thread with all its models, so that the connected part of a
 * draw is worked out once; every score has its own place, so threads change nothing.
 */
#include "engine/barriers/score.h"

#include "engine/barriers/evidence.h"
#include "engine/barriers/trial.h"

#include <assert.h>
#include <stdlib.h>

typedef struct work {
    const spil_facts *facts;
    const spil_network *network;
    const spil_communities *communities;
    const spil_model_set *models;
    const spil_score_opts *opts;
    spil_evidence *evidence;
    size_t *member_row;
    spil_vid *member;
    size_t *job; /* job_count + 1: pairs [job[j], job[j + 1]) are of one community */
    size_t job_count;
    spil_score *scores; /* by pair */
} work;

/* ---- one community ---- */

static spil_status start(const work *w, size_t first, size_t count, const spil_presence *presence,
                         spil_trial **trials, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_evidence *const evidence = w->evidence;
    const uint32_t community = evidence->facts[evidence->pair[first]].community;
    const spil_trial_place place = {
        .facts = w->facts,
        .network = w->network,
        .presence = presence,
        .member = w->member + w->member_row[community],
        .member_count = w->member_row[community + 1] - w->member_row[community],
        .draws = w->opts->draws,
        .seed = w->opts->seed,
        .depth = w->opts->depth,
    };
    for (size_t i = 0; i < count; i++) {
        const size_t begin = evidence->pair[first + i];
        const spil_fact *const facts = evidence->facts + begin;
        TRY(spil_trial_new(&trials[i], evidence->columns, facts,
                           evidence->pair[first + i + 1] - begin, &place, err));
    }
done:
    return rc;
}

static spil_status finish(const work *w, size_t pair, const spil_trial *trial, spil_err *err)
{
    const spil_fact *const fact = &w->evidence->facts[w->evidence->pair[pair]];
    w->scores[pair].community = fact->community;
    w->scores[pair].model = fact->model;
    return spil_trial_finish(trial, &w->scores[pair], err);
}

static spil_status score_community(const work *w, size_t job, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_presence *presence = NULL;
    spil_trial **trials = NULL;
    const size_t first = w->job[job], count = w->job[job + 1] - first;
    const uint32_t community = w->evidence->facts[w->evidence->pair[first]].community;
    const size_t begin = w->member_row[community];
    TRY(NEW_ARRAY(trials, count, err));
    TRY(spil_presence_new(&presence, w->network, w->member + begin,
                          w->member_row[community + 1] - begin, w->communities->best.of,
                          w->opts->seed, w->facts, err));
    TRY(start(w, first, count, presence, trials, err));
    for (size_t b = 0; b < w->opts->draws; b++) {
        TRY(spil_check_stop(err));
        spil_presence_draw(presence, b);
        for (size_t i = 0; i < count; i++)
            TRY(spil_trial_draw(trials[i], b, w->evidence->number + b * w->evidence->columns->count,
                                err));
    }
    for (size_t i = 0; i < count; i++)
        TRY(finish(w, first + i, trials[i], err));
    spil_progress_step(w->opts->progress, 1);
done:
    for (size_t i = 0; trials && i < count; i++)
        spil_trial_free(trials[i]);
    spil_free(trials);
    spil_presence_free(presence);
    return rc;
}

/* ---- all of them ---- */

static spil_status list_jobs(work *w, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_evidence *const evidence = w->evidence;
    TRY(NEW_ARRAY(w->job, evidence->pair_count + 1, err));
    for (size_t p = 0; p < evidence->pair_count; p++)
        if (p == 0 || evidence->facts[evidence->pair[p]].community !=
                          evidence->facts[evidence->pair[p - 1]].community)
            w->job[w->job_count++] = p;
    w->job[w->job_count] = evidence->pair_count;
done:
    return rc;
}

/* Largest communities come first, so one at a time balances. The failure of the first job in order
 * is the one that is told. */
static spil_status score_jobs(const work *w, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_err *errors = NULL;
    TRY(NEW_ARRAY(errors, w->job_count, err));
    const size_t count = w->job_count;
#pragma omp parallel for default(none) shared(w, errors, count) schedule(dynamic, 1)
    for (size_t j = 0; j < count; j++)
        errors[j].code = score_community(w, j, &errors[j]);
    for (size_t j = 0; j < count; j++)
        if (errors[j].code != SPIL_OK) {
            TRY(spil_fail(err, errors[j].code, "%s", errors[j].msg));
            break;
        }
done:
    spil_free(errors);
    return rc;
}

/* ---- order ---- */

typedef struct ranked {
    spil_score score;
    double value;
} ranked;

static int by_value(const void *left, const void *right)
{
    const ranked *const a = left, *const b = right;
    if (a->value != b->value)
        return a->value > b->value ? -1 : 1;
    if (a->score.community != b->score.community)
        return a->score.community < b->score.community ? -1 : 1;
    return a->score.model < b->score.model ? -1 : a->score.model > b->score.model;
}

static spil_status put_in_order(const work *w, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const size_t count = w->evidence->pair_count;
    ranked *order = NULL;
    TRY(NEW_ARRAY(order, count, err));
    for (size_t p = 0; p < count; p++)
        order[p] = (ranked){w->scores[p],
                            w->scores[p].chain.mean * w->models->models[w->scores[p].model]->harm};
    if (count)
        qsort(order, count, sizeof *order, by_value);
    for (size_t p = 0; p < count; p++)
        w->scores[p] = order[p].score;
done:
    spil_free(order);
    return rc;
}

static void clear(work *w)
{
    spil_evidence_free(w->evidence);
    spil_free(w->member_row);
    spil_free(w->member);
    spil_free(w->job);
}

spil_status spil_score_all(spil_scores **out, const spil_facts *facts, const spil_network *network,
                           const spil_communities *communities, const spil_model_set *models,
                           const spil_score_opts *opts, spil_err *err)
{
    assert(opts->draws > 0);
    spil_status rc = SPIL_OK;
    spil_scores *scores = NULL;
    work w = {.facts = facts,
              .network = network,
              .communities = communities,
              .models = models,
              .opts = opts};
    TRY(NEW(scores, err));
    scores->draws = opts->draws;
    TRY(spil_partition_members(&w.member_row, &w.member, &communities->best, err));
    TRY(spil_evidence_collect(&w.evidence, facts, network, communities, w.member_row, w.member,
                              models, opts, err));
    TRY(list_jobs(&w, err));
    TRY(NEW_ARRAY(scores->scores, w.evidence->pair_count, err));
    scores->count = w.evidence->pair_count;
    w.scores = scores->scores;
    spil_progress_begin(opts->progress, "barrier scores", w.job_count);
    TRY(score_jobs(&w, err));
    TRY(put_in_order(&w, err));
    *out = scores;
    scores = NULL;
done:
    spil_progress_end(opts->progress);
    clear(&w);
    spil_scores_free(scores);
    return rc;
}

void spil_scores_free(spil_scores *scores)
{
    if (!scores)
        return;
    for (size_t i = 0; i < scores->count; i++)
        spil_score_clear(&scores->scores[i]);
    spil_free(scores->scores);
    spil_free(scores);
}
