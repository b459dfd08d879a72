/* score.c - see score.h. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Facts are collected first; a community without evidence is never looked at again. Communities are
 * then scored in parallel, each by one thread with all its models, so that the connected part of a
 * draw is worked out once; every score has its own place, so threads change nothing. With deep_most
 * this is done twice: chains of all (bulk.h), then all there is to know of those that come first
 * (trial.h).
 */
#include "engine/barriers/score.h"

#include "engine/barriers/bulk.h"
#include "engine/barriers/evidence.h"
#include "engine/barriers/trial.h"

#include <assert.h>
#include <math.h>
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
    spil_bulk *bulk;
} work;

typedef spil_status (*score_job)(const work *w, size_t job, spil_err *err);

/* ---- one community: chains ---- */

/* Members with a fact, ascending by vertex, and whether each is in the largest part in each draw.
 */
typedef struct there {
    uint32_t *local;
    uint8_t *in; /* count x draws */
    size_t count;
} there;

static int by_number(const void *left, const void *right)
{
    const uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    return a < b ? -1 : a > b;
}

static spil_status see_who_is_there(const work *w, size_t job, there *out, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_presence *presence = NULL;
    const size_t begin = w->evidence->pair[w->job[job]], end = w->evidence->pair[w->job[job + 1]];
    const spil_fact *const facts = w->evidence->facts;
    const size_t row = w->member_row[facts[begin].community];
    const size_t members = w->member_row[facts[begin].community + 1] - row;
    TRY(NEW_ARRAY(out->local, end - begin, err));
    for (size_t f = begin; f < end; f++)
        out->local[f - begin] =
            spil_member_place(w->member + row, members, w->network->vertex[facts[f].entity]);
    qsort(out->local, end - begin, sizeof *out->local, by_number);
    for (size_t i = 0; i < end - begin; i++)
        if (i == 0 || out->local[i] != out->local[i - 1])
            out->local[out->count++] = out->local[i];
    TRY(NEW_ARRAY(out->in, out->count * w->opts->draws, err));
    TRY(spil_presence_new(&presence, w->network, w->member + row, members, w->communities->best.of,
                          w->opts->seed, w->facts, err));
    spil_presence_all(presence, w->opts->draws, out->local, out->count, out->in);
done:
    spil_presence_free(presence);
    return rc;
}

/* draw: room for chain, process and scratch, draws each. */
static spil_status bulk_pair(const work *w, size_t pair, const there *is, double *draw,
                             spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_case *chain_case = NULL;
    const uint8_t **in = NULL;
    uint8_t *off = NULL;
    const size_t draws = w->opts->draws, begin = w->evidence->pair[pair];
    const size_t count = w->evidence->pair[pair + 1] - begin;
    const spil_fact *const facts = w->evidence->facts + begin;
    const size_t row = w->member_row[facts->community];
    const size_t members = w->member_row[facts->community + 1] - row;
    spil_score *const score = &w->scores[pair];
    TRY(NEW_ARRAY(in, count, err));
    TRY(NEW_ARRAY(off, count, err));
    TRY(spil_case_new(&chain_case, w->evidence->columns, facts, count, err));
    chain_case->against = spil_evidence_against(w->evidence, pair);
    for (size_t f = 0; f < count; f++) {
        const uint32_t local =
            spil_member_place(w->member + row, members, w->network->vertex[facts[f].entity]);
        in[f] = is->in + spil_member_place(is->local, is->count, local) * draws;
    }
    spil_bulk_chain(w->bulk, chain_case, in, off, draw, draw + draws);
    score->community = facts->community;
    score->model = facts->model;
    score->chain = spil_spread_of(draw, draws, draw + 2 * draws);
    score->process = spil_spread_of(draw + draws, draws, draw + 2 * draws);
done:
    spil_case_free(chain_case);
    spil_free((void *)in);
    spil_free(off);
    return rc;
}

static spil_status bulk_community(const work *w, size_t job, spil_err *err)
{
    spil_status rc = SPIL_OK;
    there is = {0};
    double *draw = NULL;
    TRY(spil_check_stop(err));
    TRY(NEW_ARRAY(draw, 3 * w->opts->draws, err));
    TRY(see_who_is_there(w, job, &is, err));
    for (size_t pair = w->job[job]; pair < w->job[job + 1]; pair++)
        TRY(bulk_pair(w, pair, &is, draw, err));
    spil_progress_step(w->opts->progress, 1);
done:
    spil_free(is.local);
    spil_free(is.in);
    spil_free(draw);
    return rc;
}

/* ---- one community: all there is to know ---- */

static spil_status start(const work *w, size_t first, size_t count, const spil_presence *presence,
                         spil_trial **trials, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_evidence *const evidence = w->evidence;
    const uint32_t community = evidence->facts[evidence->pair[first]].community;
    spil_trial_place place = {
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
        place.against = spil_evidence_against(evidence, first + i);
        TRY(spil_trial_new(&trials[i], evidence->columns, facts,
                           evidence->pair[first + i + 1] - begin, &place, err));
    }
done:
    return rc;
}

static spil_status finish(const work *w, size_t pair, const spil_trial *trial, spil_err *err)
{
    const spil_fact *const fact = &w->evidence->facts[w->evidence->pair[pair]];
    w->scores[pair] = (spil_score){.community = fact->community, .model = fact->model};
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

/* These jobs. Largest communities come first, so one at a time balances. The failure of the first
 * job in order is the one that is told. */
static spil_status score_jobs(const work *w, score_job score, const size_t *jobs, size_t count,
                              const char *what, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_err *errors = NULL;
    spil_progress_begin(w->opts->progress, what, count);
    TRY(NEW_ARRAY(errors, count, err));
/* Threads woken for one job would cost more than the job. */
#pragma omp parallel for if (count > 1) default(none) shared(w, score, jobs, errors, count)        \
    schedule(dynamic, 1)
    for (size_t j = 0; j < count; j++)
        errors[j].code = score(w, jobs[j], &errors[j]);
    for (size_t j = 0; j < count; j++)
        if (errors[j].code != SPIL_OK) {
            TRY(spil_fail(err, errors[j].code, "%s", errors[j].msg));
            break;
        }
done:
    spil_free(errors);
    spil_progress_end(w->opts->progress);
    return rc;
}

/* ---- who comes first ---- */

typedef struct candidate {
    double value;
    size_t job;
} candidate;

static int by_promise(const void *left, const void *right)
{
    const candidate *const a = left, *const b = right;
    if (a->value != b->value)
        return a->value > b->value ? -1 : 1;
    return a->job < b->job ? -1 : a->job > b->job; /* jobs ascend by community */
}

static double value_of(const work *w, const spil_score *score)
{
    return score->chain.mean * w->models->models[score->model]->harm;
}

/* jobs: all of them, most promising first. */
static spil_status put_first(const work *w, size_t *jobs, spil_err *err)
{
    spil_status rc = SPIL_OK;
    candidate *order = NULL;
    TRY(NEW_ARRAY(order, w->job_count, err));
    for (size_t j = 0; j < w->job_count; j++) {
        order[j].job = j;
        for (size_t p = w->job[j]; p < w->job[j + 1]; p++)
            order[j].value = fmax(order[j].value, value_of(w, &w->scores[p]));
    }
    if (w->job_count)
        qsort(order, w->job_count, sizeof *order, by_promise);
    for (size_t j = 0; j < w->job_count; j++)
        jobs[j] = order[j].job;
done:
    spil_free(order);
    return rc;
}

/* Chains of all, then the depth asked for those that come first. *deep: how many. */
static spil_status score_communities(work *w, size_t *deep, spil_err *err)
{
    spil_status rc = SPIL_OK;
    size_t *jobs = NULL;
    const size_t most = w->opts->deep_most, all = w->job_count;
    *deep = w->opts->depth == SPIL_SCORE_CHAINS ? 0 : most && most < all ? most : all;
    TRY(NEW_ARRAY(jobs, all, err));
    for (size_t j = 0; j < all; j++)
        jobs[j] = j;
    if (*deep < all) {
        TRY(spil_bulk_new(&w->bulk, w->evidence, w->opts->draws, err));
        TRY(score_jobs(w, bulk_community, jobs, all, "barrier chains", err));
        TRY(put_first(w, jobs, err));
    }
    if (*deep > 0)
        TRY(score_jobs(w, score_community, jobs, *deep, "barrier scores", err));
done:
    spil_free(jobs);
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
        order[p] = (ranked){w->scores[p], value_of(w, &w->scores[p])};
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
    spil_bulk_free(w->bulk);
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
    scores->communities = w.job_count;
    TRY(score_communities(&w, &scores->deep, err));
    TRY(put_in_order(&w, err));
    *out = scores;
    scores = NULL;
done:
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
