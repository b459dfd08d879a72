/* sensitivity.c - see sensitivity.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/barriers/sensitivity.h"

#include "engine/barriers/replay.h"
#include "engine/base/par.h"
#include "engine/stats/sobol.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What one thread works with: its own models, whose numbers it turns. */
typedef struct worker {
    spil_model_set models;
    spil_numbers numbers;
    spil_replay *replay;
    double *value; /* pairs */
} worker;

typedef struct study {
    const spil_facts *facts;
    const spil_network *network;
    const spil_communities *communities;
    const spil_model_set *models;
    const spil_sensitivity_opts *opts;
    size_t *member_row;
    spil_vid *member;
    spil_effort *looks;
    spil_evidence *evidence;
    worker *workers;
    size_t worker_count, pairs, top;
    double *base;   /* pairs: value at the middle */
    uint32_t *best; /* top: pairs, best first */
    double base_total;
} study;

typedef struct outcome {
    double shift, kept, total;
} outcome;

/* ---- workers ---- */

static spil_status open_worker(worker *w, const study *s, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_model_set *const from = s->models;
    const spil_against_place place = {s->facts, s->network,    from,
                                      s->looks, s->member_row, s->member};
    TRY(NEW_ARRAY(w->models.models, from->count, err));
    for (size_t m = 0; m < from->count; m++) {
        TRY(spil_model_read(&w->models.models[m], from->models[m]->path, err));
        w->models.count++;
        if (strcmp(w->models.models[m]->digest, from->models[m]->digest) != 0) {
            rc = spil_fail(err, SPIL_INPUT, "%s: changed while it was read", from->models[m]->path);
            goto done;
        }
    }
    for (size_t m = 0; m < from->count; m++)
        for (size_t r = 0; r < from->models[m]->rule_count; r++)
            w->models.models[m]->rules[r].off = from->models[m]->rules[r].off;
    TRY(spil_numbers_list(&w->numbers, &w->models, err));
    TRY(spil_replay_new(&w->replay, s->evidence, &w->models, &place, err));
    TRY(NEW_ARRAY(w->value, s->pairs, err));
done:
    return rc;
}

static void close_worker(worker *w)
{
    spil_replay_free(w->replay);
    spil_numbers_free(&w->numbers);
    for (size_t m = 0; m < w->models.count; m++)
        spil_model_free(w->models.models[m]);
    spil_free(w->models.models);
    spil_free(w->value);
}

static spil_status collect(study *s, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const spil_score_opts opts = {.draws = 1, .seed = 1, .as_of = s->opts->as_of};
    TRY(spil_partition_members(&s->member_row, &s->member, &s->communities->best, err));
    TRY(spil_effort_new(&s->looks, s->facts, err));
    TRY(spil_evidence_collect(&s->evidence, s->facts, s->network, s->communities, s->member_row,
                              s->member, s->models, &opts, err));
    s->pairs = s->evidence->pair_count;
    if (s->pairs == 0)
        rc = spil_fail(err, SPIL_NOT_FOUND, "no community is scored against any model");
done:
    return rc;
}

/* ---- distance of rankings ---- */

/* Place of the pair by value; ties by number. */
static size_t place_of(const double *value, size_t pairs, size_t pair)
{
    size_t place = 0;
    for (size_t p = 0; p < pairs; p++)
        place += value[p] > value[pair] || (value[p] == value[pair] && p < pair);
    return place;
}

static outcome compare(const study *s, const double *value)
{
    outcome out = {0, 0, 0};
    for (size_t k = 0; k < s->top; k++) {
        const size_t place = place_of(value, s->pairs, s->best[k]);
        out.shift += place > k ? (double)(place - k) : (double)(k - place);
        out.kept += place < s->top;
        out.total += value[s->best[k]];
    }
    out.shift /= (double)s->top;
    out.kept /= (double)s->top;
    out.total = s->base_total > 0 ? out.total / s->base_total : (double)NAN;
    return out;
}

static spil_status rank_base(study *s, spil_err *err)
{
    spil_status rc = SPIL_OK;
    s->top = s->opts->top < s->pairs ? s->opts->top : s->pairs;
    TRY(NEW_ARRAY(s->base, s->pairs, err));
    TRY(NEW_ARRAY(s->best, s->top, err));
    spil_replay_values(s->workers[0].replay, s->base);
    for (size_t p = 0; p < s->pairs; p++) {
        const size_t place = place_of(s->base, s->pairs, p);
        if (place < s->top)
            s->best[place] = (uint32_t)p;
    }
    for (size_t k = 0; k < s->top; k++)
        s->base_total += s->base[s->best[k]];
done:
    return rc;
}

static outcome evaluate(const study *s, worker *w)
{
    spil_replay_read(w->replay);
    spil_replay_values(w->replay, w->value);
    return compare(s, w->value);
}

/* ---- one at a time ---- */

static void try_ends(const study *s, worker *w, size_t number, spil_sensitivity_row *row)
{
    const spil_number *const n = &w->numbers.items[number];
    spil_number_pin(n, n->low);
    const outcome low = evaluate(s, w);
    spil_number_pin(n, n->high);
    const outcome high = evaluate(s, w);
    spil_number_reset(n);
    row->shift_low = low.shift;
    row->shift_high = high.shift;
    row->kept = fmin(low.kept, high.kept);
    row->total_low = low.total;
    row->total_high = high.total;
}

static spil_status one_at_a_time(const study *s, spil_sensitivity *out, size_t *index,
                                 spil_err *err)
{
    spil_status rc = SPIL_OK;
    const size_t count = out->count;
    spil_sensitivity_row *const rows = out->rows;
    spil_progress_begin(s->opts->progress, "numbers", count);
#pragma omp parallel for default(none) shared(s, rows, index, count) schedule(dynamic, 1)          \
    num_threads((int)s->worker_count)
    for (size_t i = 0; i < count; i++) {
        if (spil_check_stop(NULL) != SPIL_OK)
            continue;
        try_ends(s, &s->workers[spil_par_thread()], index[i], &rows[i]);
        spil_progress_step(s->opts->progress, 1);
    }
    rc = spil_check_stop(err);
    spil_progress_end(s->opts->progress);
    return rc;
}

/* ---- together ---- */

static double larger_shift(const spil_sensitivity_row *row)
{
    return fmax(row->shift_low, row->shift_high);
}

static double move_of_total(const spil_sensitivity_row *row)
{
    return fabs(row->total_high - row->total_low);
}

static int by_shift(const void *left, const void *right)
{
    const spil_sensitivity_row *const a = left, *const b = right;
    const bool drawn_a = !isnan(a->total), drawn_b = !isnan(b->total);
    if (drawn_a != drawn_b)
        return drawn_a ? -1 : 1;
    if (drawn_a && a->total != b->total)
        return a->total > b->total ? -1 : 1;
    if (larger_shift(a) != larger_shift(b))
        return larger_shift(a) > larger_shift(b) ? -1 : 1;
    if (move_of_total(a) != move_of_total(b))
        return move_of_total(a) > move_of_total(b) ? -1 : 1;
    return a->number.order < b->number.order ? -1 : a->number.order > b->number.order;
}

static spil_status together(const study *s, spil_sensitivity *out, spil_err *err)
{
    spil_status rc = SPIL_OK;
    double *points = NULL, *answer = NULL, first[SPIL_SOBOL_INPUTS], total[SPIL_SOBOL_INPUTS];
    size_t index[SPIL_SOBOL_INPUTS];
    const size_t n = s->opts->samples, inputs = out->drawn, rows = n * (inputs + 2);
    for (size_t i = 0; i < inputs; i++)
        index[i] = out->rows[i].number.order;
    TRY(NEW_ARRAY(points, rows * inputs, err));
    TRY(NEW_ARRAY(answer, rows, err));
    TRY(spil_sobol_points(points, n, inputs, err));
    spil_progress_begin(s->opts->progress, "numbers together", rows);
#pragma omp parallel for default(none) shared(s, points, answer, index, inputs, rows)              \
    schedule(dynamic, 16) num_threads((int)s->worker_count)
    for (size_t k = 0; k < rows; k++) {
        worker *const w = &s->workers[spil_par_thread()];
        if (spil_check_stop(NULL) != SPIL_OK)
            continue;
        for (size_t i = 0; i < inputs; i++) {
            const spil_number *const number = &w->numbers.items[index[i]];
            spil_number_pin(number, spil_number_point(number, points[k * inputs + i]));
        }
        answer[k] = evaluate(s, w).shift;
        for (size_t i = 0; i < inputs; i++)
            spil_number_reset(&w->numbers.items[index[i]]);
        spil_progress_step(s->opts->progress, 1);
    }
    TRY(spil_check_stop(err));
    spil_sobol_indices(answer, n, inputs, first, total);
    for (size_t i = 0; i < inputs; i++) {
        out->rows[i].first = first[i];
        out->rows[i].total = total[i];
    }
done:
    spil_progress_end(s->opts->progress);
    spil_free(points);
    spil_free(answer);
    return rc;
}

/* ---- all ---- */

/* How often a look finds a signal matters where somebody recorded a look. */
static bool can_move(const study *s, const spil_number *number)
{
    return number->assumed && (s->looks || number->kind != SPIL_NUMBER_FOUND);
}

static spil_status study_numbers(study *s, spil_sensitivity *out, spil_err *err)
{
    spil_status rc = SPIL_OK;
    size_t *index = NULL;
    TRY(spil_numbers_list(&out->numbers, s->models, err));
    TRY(NEW_ARRAY(index, out->numbers.count, err));
    TRY(NEW_ARRAY(out->rows, out->numbers.count, err));
    for (size_t i = 0; i < out->numbers.count; i++)
        if (can_move(s, &out->numbers.items[i])) {
            index[out->count] = i;
            out->rows[out->count++] = (spil_sensitivity_row){
                .number = out->numbers.items[i], .first = (double)NAN, .total = (double)NAN};
        }
    TRY(one_at_a_time(s, out, index, err));
    if (out->count)
        qsort(out->rows, out->count, sizeof *out->rows, by_shift);
    while (out->drawn < out->count && out->drawn < SPIL_SOBOL_INPUTS &&
           larger_shift(&out->rows[out->drawn]) > 0)
        out->drawn++;
    if (s->opts->samples == 0)
        out->drawn = 0;
    if (out->drawn > 0)
        TRY(together(s, out, err));
    if (out->count)
        qsort(out->rows, out->count, sizeof *out->rows, by_shift);
done:
    spil_free(index);
    return rc;
}

spil_status spil_sensitivity_find(spil_sensitivity *out, const spil_facts *facts,
                                  const spil_network *network, const spil_communities *communities,
                                  const spil_model_set *models, const spil_sensitivity_opts *opts,
                                  spil_err *err)
{
    spil_status rc = SPIL_OK;
    study s = {.facts = facts,
               .network = network,
               .communities = communities,
               .models = models,
               .opts = opts};
    *out = (spil_sensitivity){0};
    TRY(collect(&s, err));
    s.worker_count = spil_par_threads();
    TRY(NEW_ARRAY(s.workers, s.worker_count, err));
    for (size_t i = 0; i < s.worker_count; i++)
        TRY(open_worker(&s.workers[i], &s, err));
    TRY(rank_base(&s, err));
    out->pairs = s.pairs;
    out->top = s.top;
    out->samples = opts->samples;
    rc = study_numbers(&s, out, err);
done:
    for (size_t i = 0; s.workers && i < s.worker_count; i++)
        close_worker(&s.workers[i]);
    spil_free(s.workers);
    spil_evidence_free(s.evidence);
    spil_effort_free(s.looks);
    spil_free(s.member_row);
    spil_free(s.member);
    spil_free(s.base);
    spil_free(s.best);
    return rc;
}

void spil_sensitivity_clear(spil_sensitivity *it)
{
    spil_free(it->rows);
    spil_numbers_free(&it->numbers);
    *it = (spil_sensitivity){0};
}
