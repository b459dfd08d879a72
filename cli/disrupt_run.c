/* disrupt_run.c - a curve for each strategy that was asked for. SPDX-License-Identifier:
 * GPL-3.0-or-later */
#include "cli/disrupt.h"

#include "cli/show.h"
#include "cli/suggest.h"
#include "engine/run/barrier_order.h"

#include <string.h>

/* ---- curves ---- */

void disrupt_curves_clear(disrupt_curves *curves)
{
    for (size_t i = 0; i < curves->count; i++) {
        disrupt_curve *const r = &curves->items[i];
        spil_curve_free(r->curve);
        spil_healing_free(r->healing);
        spil_bands_free(r->ties);
        spil_bands_free(r->missing);
        spil_free(r->chains);
        spil_free(r->order);
        spil_free(r->edges);
    }
    spil_free(curves->items);
    *curves = (disrupt_curves){0};
}

size_t disrupt_points(const disrupt_curve *curve)
{
    return curve->healing ? curve->healing->count : curve->curve->count;
}

const spil_curve_point *disrupt_point(const disrupt_curve *curve, size_t step)
{
    return curve->healing ? &curve->healing->points[step].healed : &curve->curve->points[step];
}

/* ---- one strategy ---- */

spil_status disrupt_one_of(const char *option, const char *text, const char *const *words,
                           size_t count, size_t *out, spil_err *err)
{
    spil_suggestion near = spil_suggest_for(text);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(words[i], text) == 0) {
            *out = i;
            return SPIL_OK;
        }
        spil_suggest_weigh(&near, words[i]);
    }
    return spil_fail(err, SPIL_USAGE, "%s: '%s' is none of its words%s%s%s", option, text,
                     near.best ? "; did you mean '" : "", near.best ? near.best : "",
                     near.best ? "'?" : "");
}

/* The name that begins at text, up to a comma; what follows it, or NULL at the end. */
static const char *next_name(const char *text, char name[64])
{
    const size_t length = strcspn(text, ",");
    const size_t kept = length < 63 ? length : 63;
    memcpy(name, text, kept);
    name[kept] = '\0';
    return text[length] ? text + length + 1 : NULL;
}

static spil_status find_ranking(spil_ranking *out, const char *name, spil_err *err)
{
    if (spil_ranking_find(out, name, NULL) == SPIL_OK)
        return SPIL_OK;
    spil_suggestion near = spil_suggest_for(name);
    for (size_t i = 0; i < spil_strategy_count; i++)
        spil_suggest_weigh(&near, spil_strategies[i]->name);
    for (size_t i = 0; i < spil_metric_count; i++)
        spil_suggest_weigh(&near, spil_metrics[i]->name);
    spil_suggest_weigh(&near, DISRUPT_BARRIERS);
    if (near.best)
        return spil_fail(err, SPIL_USAGE, "there is no strategy '%s'; did you mean '%s'?", name,
                         near.best);
    return spil_fail(err, SPIL_USAGE, "there is no strategy '%s'; see spil disrupt --list", name);
}

static size_t removals(const disrupt_asked *a, uint64_t all)
{
    const uint64_t wanted = a->steps * (uint64_t)a->opts.block;
    return (size_t)(a->steps == 0 || wanted > all ? all : wanted);
}

static spil_status run_links(disrupt_curve *r, const spil_csr *g, const disrupt_asked *a,
                             spil_err *err)
{
    static const char *const rules[] = {"betweenness", "degree", "weight", "random"};
    spil_status rc = SPIL_OK;
    size_t rule = 0;
    TRY(disrupt_one_of("--strategy, of links", r->name, rules, 4, &rule, err));
    r->count = removals(a, g->m);
    TRY(NEW_ARRAY(r->edges, r->count, err));
    TRY(spil_link_order(g, (spil_link_rule)rule, &a->opts, r->count, r->edges, err));
    TRY(spil_link_curve_measure(&r->curve, g, r->edges, r->count, r->block, !a->quick,
                                a->opts.progress, err));
done:
    return rc;
}

static spil_status run_vertices(disrupt_curve *r, const spil_csr *g, const disrupt_asked *a,
                                spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_ranking ranking;
    TRY(find_ranking(&ranking, r->name, err));
    r->count = removals(a, g->n);
    TRY(NEW_ARRAY(r->order, r->count, err));
    if (a->heal) {
        TRY(spil_recovery_run(&r->healing, g, &ranking, &a->opts, r->count, &a->recovery, !a->quick,
                              err));
        memcpy(r->order, r->healing->order, r->count * sizeof *r->order);
        goto done;
    }
    TRY(spil_ranking_order(&ranking, g, &a->opts, r->count, r->order, err));
    TRY(spil_curve_measure(&r->curve, g, r->order, r->count, r->block, !a->quick, a->opts.progress,
                           err));
    if (a->tie_orders > 0)
        TRY(spil_curve_over_ties(&r->ties, g, &ranking, &a->opts, r->count, (size_t)a->tie_orders,
                                 false, err));
    if (a->has_missing)
        TRY(spil_curve_over_missing(&r->missing, g, &ranking, &a->opts, r->count, a->missing,
                                    (size_t)a->draws, false, err));
done:
    return rc;
}

/* The run has said the order; it ends where the run has nobody more to propose. */
static spil_status run_barriers(disrupt_curve *r, const disrupt_case *c, const disrupt_asked *a,
                                spil_err *err)
{
    spil_status rc = SPIL_OK;
    size_t proposed = 0;
    if (a->heal || a->has_missing || a->tie_orders) {
        rc = spil_fail(err, SPIL_USAGE,
                       "--strategy " DISRUPT_BARRIERS
                       " does not go with --recovery, --missing or --tie-orders: its order is that "
                       "of the run");
        goto done;
    }
    if (!c->run.facts) {
        rc = spil_fail(err, SPIL_NOT_FOUND, "--strategy " DISRUPT_BARRIERS ": %s", c->absent);
        goto done;
    }
    TRY(spil_barrier_order(&r->order, &proposed, &c->run, c->store, err));
    r->count = removals(a, proposed);
    rc = spil_curve_measure(&r->curve, c->network->csr, r->order, r->count, r->block, !a->quick,
                            a->opts.progress, err);
done:
    return rc;
}

/* What is left of the chains at each point of the curve. */
static spil_status follow_chains(disrupt_curve *r, spil_wear *wear, spil_err *err)
{
    spil_status rc = SPIL_OK;
    const size_t points = disrupt_points(r);
    TRY(NEW_ARRAY(r->chains, points, err));
    spil_wear_reset(wear);
    r->chains[0] = spil_wear_now(wear);
    for (size_t step = 1; step < points; step++) {
        const size_t first = (step - 1) * r->block;
        const size_t many = r->count - first < r->block ? r->count - first : r->block;
        TRY(spil_wear_take(wear, r->order + first, many, err));
        r->chains[step] = spil_wear_now(wear);
    }
done:
    return rc;
}

/* ---- all of them ---- */

spil_status disrupt_run(disrupt_curves *curves, const disrupt_case *c, disrupt_asked *a,
                        spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_vid *rank = NULL;
    const spil_csr *const g = c->network->csr;
    const char *text = a->strategies;
    if (strcmp(a->ties, "lowest") != 0) {
        TRY(NEW_ARRAY(rank, g->n, err));
        if (strcmp(a->ties, "highest") == 0)
            spil_rank_reversed(g->n, rank);
        else
            spil_rank_random(g->n, a->opts.seed, 0, rank);
    }
    a->opts.rank = rank;
    a->opts.progress = spil_meter();
    while (text) {
        disrupt_curve r = {.block = a->opts.block};
        text = next_name(text, r.name);
        TRY(VEC_PUSH(*curves, r, err));
        disrupt_curve *const last = &curves->items[curves->count - 1];
        if (a->links)
            TRY(run_links(last, g, a, err));
        else if (strcmp(last->name, DISRUPT_BARRIERS) == 0)
            TRY(run_barriers(last, c, a, err));
        else
            TRY(run_vertices(last, g, a, err));
        if (c->wear)
            TRY(follow_chains(last, c->wear, err));
    }
done:
    spil_free(rank);
    a->opts.rank = NULL;
    return rc;
}
