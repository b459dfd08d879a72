/* measure.c - see measure.h. SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench/models/measure.h"

#include "bench/models/scorer.h"
#include "datasets/generate/noise.h"
#include "engine/stats/agreement.h"
#include "engine/stats/draw.h"
#include "engine/stats/ranking.h"

#include <math.h>
#include <string.h>

static void put(const spil_bench_place *at, const char *part, const char *scorer,
                const char *measure, double value)
{
    spil_bench_add(at->rows, (spil_bench_row){.part = at->part ? at->part : part,
                                              .scorer = scorer,
                                              .measure = measure,
                                              .setting = at->setting,
                                              .seed = at->seed,
                                              .value = value});
}

enum { OTHERS_LEAST = 2000 }; /* candidates: a large region */

/* Precision at fewer and at more than the 50 of the goal. */
static spil_status put_other_tops(const spil_bench_place *at, const char *part, const char *scorer,
                                  const double *value, const bool *right, size_t count,
                                  spil_err *err)
{
    static const struct {
        const char *name;
        size_t top;
    } tops[] = {{"precision_at_10", 10}, {"precision_at_100", 100}, {"precision_at_200", 200}};
    spil_status rc = SPIL_OK;
    for (size_t i = 0; i < sizeof tops / sizeof *tops; i++) {
        spil_ranking ranking;
        TRY(spil_ranking_of(&ranking, value, right, count, tops[i].top, err));
        put(at, part, scorer, tops[i].name, ranking.precision);
    }
done:
    return rc;
}

static spil_status put_ranking(const spil_bench_place *at, const char *part, const char *scorer,
                               const double *value, const bool *right, size_t count, spil_err *err)
{
    spil_ranking ranking;
    if (count == 0)
        return SPIL_OK;
    const spil_status rc = spil_ranking_of(&ranking, value, right, count, SPIL_BENCH_TOP, err);
    if (rc != SPIL_OK)
        return rc;
    put(at, part, scorer, "precision_at_50", ranking.precision);
    put(at, part, scorer, "average_precision", ranking.average_precision);
    put(at, part, scorer, "roc_area", ranking.roc_area);
    if (count < OTHERS_LEAST)
        return SPIL_OK;
    return put_other_tops(at, part, scorer, value, right, count, err);
}

/* ---- communities ---- */

static bool is_candidate(const spil_bench_case *it, uint32_t community)
{
    return it->communities->stats[community].size >= SPIL_BENCH_LEAST;
}

void spil_bench_community_scores(const spil_bench_case *it, const spil_scores *scores,
                                 double *value)
{
    for (uint32_t c = 0; c < it->communities->best.count; c++)
        value[c] = 0;
    for (size_t s = 0; s < scores->count; s++) {
        const spil_score *const score = &scores->scores[s];
        const double worth = it->models->models[score->model]->harm * score->chain.mean;
        if (worth > value[score->community])
            value[score->community] = worth;
    }
}

/* Ranks the candidates by value (one a community) and puts the rows. */
static spil_status rank_communities(const spil_bench_place *at, const char *part,
                                    const char *scorer, const spil_bench_case *it,
                                    const double *value, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const uint32_t all = it->communities->best.count;
    bool *home = NULL, *right = NULL;
    double *of_candidate = NULL;
    size_t count = 0;
    TRY(NEW_ARRAY(home, all, err));
    TRY(NEW_ARRAY(right, all, err));
    TRY(NEW_ARRAY(of_candidate, all, err));
    for (size_t p = 0; p < it->planted_count; p++)
        if (it->planted[p].home != UINT32_MAX)
            home[it->planted[p].home] = true;
    for (uint32_t c = 0; c < all; c++)
        if (is_candidate(it, c)) {
            of_candidate[count] = value[c];
            right[count++] = home[c];
        }
    TRY(put_ranking(at, part, scorer, of_candidate, right, count, err));
done:
    spil_free(home);
    spil_free(right);
    spil_free(of_candidate);
    return rc;
}

spil_status spil_bench_communities(const spil_bench_place *at, const char *part, const char *scorer,
                                   const spil_bench_case *it, const spil_scores *scores,
                                   spil_err *err)
{
    spil_status rc = SPIL_OK;
    double *value = NULL;
    TRY(NEW_ARRAY(value, it->communities->best.count, err));
    spil_bench_community_scores(it, scores, value);
    TRY(rank_communities(at, part, scorer, it, value, err));
done:
    spil_free(value);
    return rc;
}

spil_status spil_bench_plain_communities(const spil_bench_place *at, const spil_bench_case *it,
                                         spil_err *err)
{
    spil_status rc = SPIL_OK;
    const uint32_t all = it->communities->best.count;
    double *value = NULL;
    TRY(NEW_ARRAY(value, all, err));
    for (uint32_t c = 0; c < all; c++)
        value[c] = it->communities->stats[c].size;
    TRY(rank_communities(at, "communities", "size", it, value, err));
    for (uint32_t c = 0; c < all; c++)
        value[c] = it->communities->stats[c].density;
    TRY(rank_communities(at, "communities", "density", it, value, err));
    memset(value, 0, all * sizeof *value);
    for (size_t i = 0; i < it->facts->signal_count; i++) {
        const spil_signal *const signal = &it->facts->signals[i];
        const spil_vid v = it->network->vertex[signal->entity];
        if (v != SPIL_NO_VERTEX)
            value[it->communities->best.of[v]] += signal->strength * signal->confidence;
    }
    TRY(rank_communities(at, "communities", "signals", it, value, err));
done:
    spil_free(value);
    return rc;
}

/* ---- entities ---- */

spil_status spil_bench_targets(const spil_bench_place *at, const spil_bench_case *it, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const size_t count = it->facts->entity_count;
    bool *right = NULL;
    double *value = NULL;
    TRY(NEW_ARRAY(right, count, err));
    TRY(NEW_ARRAY(value, count, err));
    for (size_t e = 0; e < count; e++)
        right[e] = it->member_of[e] != UINT32_MAX;
    for (size_t s = 0; s < spil_bench_scorer_count; s++) {
        const spil_bench_scorer *const scorer = spil_bench_scorers[s];
        if (scorer->own && !it->program)
            continue;
        memset(value, 0, count * sizeof *value);
        TRY(scorer->run(it, at->seed, value, err));
        TRY(put_ranking(at, "targets", scorer->name, value, right, count, err));
    }
done:
    spil_free(right);
    spil_free(value);
    return rc;
}

/* ---- communities and roles recovered ---- */

spil_status spil_bench_recovery(const spil_bench_place *at, const spil_bench_case *it,
                                spil_err *err)
{
    spil_status rc = SPIL_OK;
    uint32_t *planted = NULL, *found = NULL, *rename = NULL;
    const size_t entities = it->facts->entity_count;
    size_t count = 0, homes = 0, all = 0;
    double held = 0, ami = 0;
    TRY(NEW_ARRAY(planted, entities, err));
    TRY(NEW_ARRAY(found, entities, err));
    TRY(NEW_ARRAY(rename, it->communities->best.count, err));
    uint32_t names = 0;
    for (size_t e = 0; e < entities; e++) {
        const spil_vid v = it->network->vertex[e];
        if (it->member_of[e] == UINT32_MAX || v == SPIL_NO_VERTEX)
            continue;
        uint32_t *const name = &rename[it->communities->best.of[v]];
        if (*name == 0)
            *name = ++names;
        planted[count] = it->member_of[e];
        found[count++] = *name - 1;
    }
    TRY(spil_adjusted_information(&ami, planted, found, count, err));
    for (size_t p = 0; p < it->planted_count; p++) {
        all += it->planted[p].named;
        homes += it->planted[p].home != UINT32_MAX;
        held += it->planted[p].held;
    }
    put(at, "recovery", "leiden", "adjusted_information", ami);
    put(at, "recovery", "leiden", "members_together", held / (double)all);
    put(at, "recovery", "leiden", "collaborations_with_a_home", (double)homes / (double)all);
done:
    spil_free(planted);
    spil_free(found);
    spil_free(rename);
    return rc;
}

/* Is the seat's holder among the first `needed` for that role, in the community that is its
 * collaboration's home? */
static bool is_found(const spil_bench_case *it, const spil_bench_seat *seat)
{
    const spil_bench_planted *const planted = &it->planted[seat->planted];
    for (size_t s = 0; s < it->scores->count; s++) {
        const spil_score *const score = &it->scores->scores[s];
        if (score->community != planted->home || score->model != planted->model)
            continue;
        const spil_model_step *const step = &it->models->models[planted->model]->steps[seat->step];
        uint32_t rank = 0;
        for (size_t h = 0; h < score->holder_count; h++) {
            const spil_holder *const holder = &score->holders[h];
            if (holder->step != seat->step || holder->role != seat->role)
                continue;
            if (holder->entity == seat->entity)
                return rank < step->roles[seat->role].needed;
            rank++;
        }
    }
    return false;
}

void spil_bench_roles(const spil_bench_place *at, const spil_bench_case *it)
{
    double found[2] = {0, 0}, all[2] = {0, 0}; /* not recorded, recorded */
    for (size_t i = 0; i < it->seat_count; i++)
        if (it->planted[it->seats[i].planted].home != UINT32_MAX) {
            all[it->seats[i].recorded] += 1;
            found[it->seats[i].recorded] += is_found(it, &it->seats[i]) ? 1 : 0;
        }
    put(at, "roles", "spil", "recorded_found", found[1] / all[1]);
    put(at, "roles", "spil", "unrecorded_found", found[0] / all[0]);
}

/* ---- chances ---- */

/* Which pairs are right: community x models. */
static spil_status right_pairs(bool **out, const spil_bench_case *it, spil_err *err)
{
    bool *right = NULL;
    const size_t models = it->models->count;
    const spil_status rc = NEW_ARRAY(right, (size_t)it->communities->best.count * models, err);
    if (rc != SPIL_OK)
        return rc;
    for (size_t p = 0; p < it->planted_count; p++)
        if (it->planted[p].home != UINT32_MAX)
            right[it->planted[p].home * models + it->planted[p].model] = true;
    *out = right;
    return SPIL_OK;
}

static void add_diagram(spil_calibration *sum, const spil_calibration *one)
{
    for (size_t b = 0; b < SPIL_CALIBRATION_BINS; b++) {
        spil_calibration_bin *const to = &sum->bin[b];
        const spil_calibration_bin *const from = &one->bin[b];
        const double n = (double)to->count, m = (double)from->count;
        if (from->count == 0)
            continue;
        to->said = (to->said * n + from->said * m) / (n + m);
        to->happened = (to->happened * n + from->happened * m) / (n + m);
        to->count += from->count;
    }
    sum->count += one->count;
}

/* Mean gap over the bins above the first, weighed by their counts: most pairs say nearly nothing,
 * and would hide what the few say. */
static double upper_error(const spil_calibration *c)
{
    double gap = 0, count = 0;
    for (size_t b = 1; b < SPIL_CALIBRATION_BINS; b++) {
        gap += (double)c->bin[b].count * fabs(c->bin[b].said - c->bin[b].happened);
        count += (double)c->bin[b].count;
    }
    return count > 0 ? gap / count : (double)NAN;
}

spil_status spil_bench_calibration(const spil_bench_place *at, const spil_bench_case *it,
                                   spil_calibration *sum, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const size_t models = it->models->count, communities = it->communities->best.count;
    double *chance = NULL;
    bool *right = NULL;
    size_t count = 0;
    TRY(right_pairs(&right, it, err));
    TRY(NEW_ARRAY(chance, communities * models, err));
    for (size_t i = 0; i < communities * models; i++) /* nothing recorded: the prior */
        chance[i] = it->models->models[i % models]->prior;
    for (size_t s = 0; s < it->scores->count; s++) {
        const spil_score *const score = &it->scores->scores[s];
        chance[score->community * models + score->model] = score->process.mean;
    }
    for (size_t i = 0; i < communities * models; i++)
        if (is_candidate(it, (uint32_t)(i / models))) {
            chance[count] = chance[i];
            right[count++] = right[i];
        }
    const spil_calibration c = spil_calibration_of(chance, right, count);
    put(at, "calibration", "spil", "brier", c.brier);
    put(at, "calibration", "spil", "expected_calibration_error", c.error);
    put(at, "calibration", "spil", "error_above_a_tenth", upper_error(&c));
    add_diagram(sum, &c);
done:
    spil_free(chance);
    spil_free(right);
    return rc;
}

static spil_rng rng_of(uint64_t seed, const char *model, const char *step, const char *name)
{
    const uint64_t key = spil_key_join(spil_key_text(model), spil_key_text(step));
    return spil_rng_stream(seed, spil_key_join(key, spil_key_text(name)));
}

static void settle(spil_ratio *ratio, double value)
{
    *ratio = (spil_ratio){value, value, value};
}

/* A ratio of this region: drawn from its range, as the generator draws those of signals. */
static void settle_ratio(spil_ratio *ratio, uint64_t seed, const char *model, const char *step,
                         const char *name)
{
    spil_rng rng = rng_of(seed, model, step, name);
    settle(ratio, exp(spil_draw_log_ratio(&rng, ratio->mid, ratio->low, ratio->high)));
}

static void settle_chance(double *mid, spil_range *range, uint64_t seed, const char *model,
                          const char *step, const char *name)
{
    spil_rng rng = rng_of(seed, model, step, name);
    *mid = spil_draw_chance(&rng, *mid, range->low, range->high);
    *range = (spil_range){*mid, *mid};
}

/* The models as this region has them. The ratios of signals are those that the generator drew. It
 * draws no others; they and the chances are drawn here from the same ranges as the engine's draws,
 * so that no number stands at the middle of its range, where every interval holds it. */
static void settle_ratios(spil_model_set *models, uint64_t seed)
{
    for (size_t m = 0; m < models->count; m++) {
        spil_model *const model = models->models[m];
        settle_ratio(&model->role_ratio, seed, model->id, "", "role");
        settle_chance(&model->prior, &model->prior_range, seed, model->id, "", "prior");
        for (size_t r = 0; r < model->rule_count; r++)
            if (model->rules[r].has_ratio)
                settle_ratio(&model->rules[r].ratio, seed, model->id, "rule", model->rules[r].id);
        for (size_t s = 0; s < model->step_count; s++) {
            spil_model_step *const step = &model->steps[s];
            settle_chance(&step->given, &step->given_range, seed, model->id, step->id, "given");
            settle_chance(&step->prior, &step->prior_range, seed, model->id, step->id, "prior");
            step->prior = fmin(step->prior, step->given);
            step->prior_range = (spil_range){step->prior, step->prior};
            for (size_t g = 0; g < step->signal_count; g++)
                settle(&step->signals[g].ratio,
                       spil_gen_true_ratio(seed, model, &step->signals[g]));
            for (size_t o = 0; o < step->opportunity_count; o++)
                if (step->opportunities[o].has_ratio)
                    settle_ratio(&step->opportunities[o].ratio, seed, model->id, step->id,
                                 step->opportunities[o].id);
        }
    }
}

static const spil_score *find_score(const spil_scores *scores, const spil_score *like)
{
    for (size_t s = 0; s < scores->count; s++)
        if (scores->scores[s].community == like->community &&
            scores->scores[s].model == like->model)
            return &scores->scores[s];
    return NULL;
}

/* Share of the pairs whose intervals hold what comes out under the change, with the ratios known.
 */
static spil_status cover(const spil_bench_place *at, const spil_bench_case *it,
                         const spil_bench_change *change, const spil_model_set *models,
                         spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_scores *known = NULL;
    double covered = 0, count = 0, chains = 0, chain_count = 0;
    TRY(spil_bench_rescore(&known, it, change, models, 1, at->seed, err));
    for (size_t s = 0; s < it->scores->count; s++) {
        const spil_score *const score = &it->scores->scores[s];
        const spil_score *const is = find_score(known, score);
        /* all it rested on was untrue: what is left is the prior of the region */
        const double process = is ? is->process.mean : models->models[score->model]->prior;
        covered += score->process.p5 <= process && process <= score->process.p95;
        count += 1;
        chains += is && score->chain.p5 <= is->chain.mean && is->chain.mean <= score->chain.p95;
        chain_count += is ? 1 : 0;
    }
    put(at, "coverage", change->name, "process_interval90", covered / count);
    put(at, "coverage", change->name, "chain_interval90", chains / chain_count);
done:
    spil_scores_free(known);
    return rc;
}

spil_status spil_bench_coverage(const spil_bench_place *at, const spil_bench_case *it,
                                uint64_t region_seed, spil_err *err)
{
    static const spil_bench_change known[] = {
        {.name = "all_known",
         .sure_links = true,
         .no_untrue_links = true,
         .sure_roles = true,
         .no_untrue_roles = true},
        {.name = "links_and_ratios_known", .sure_links = true, .no_untrue_links = true},
        {.name = "ratios_known"},
    };
    spil_status rc = SPIL_OK;
    spil_model_set *models = NULL;
    char *folder = NULL;
    TRY(spil_copy_text(&folder, it->models->models[0]->path, err));
    char *const slash = strrchr(folder, '/');
    if (slash)
        *slash = '\0';
    TRY(spil_model_set_read(&models, slash ? folder : ".", err));
    settle_ratios(models, region_seed);
    for (size_t k = 0; k < sizeof known / sizeof *known; k++)
        TRY(cover(at, it, &known[k], models, err));
done:
    spil_free(folder);
    spil_model_set_free(models);
    return rc;
}
