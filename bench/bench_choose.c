/* bench_choose.c - how long a plan and a disruption curve take. SPDX-License-Identifier:
 * GPL-3.0-or-later
 *
 *     bench_choose [plan] [curve] [again]   --actions N --partners N --draws N --vertices N
 *                                           --removals N
 *
 * plan:  N made-up candidate actions of so many partners on chains of 8 actions, each partner with
 * hours for some 40 of them and money for half; the list with its stability, then the limit of any
 * list. curve: removals one at a time by exact betweenness, true after each; again: worked out from
 * the start after each. The sum of the order tells whether both are the same.
 */
#define _POSIX_C_SOURCE 200809L
#include "bench/graphs.h"
#include "engine/base/mem.h"
#include "engine/base/rng.h"
#include "engine/interventions/optimum.h"
#include "engine/interventions/removal.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { A_CHAIN = 8 };

typedef struct sizes {
    size_t actions, partners, draws, removals;
    spil_vid vertices;
    bool again;
} sizes;

static double read_clock(clockid_t clock)
{
    struct timespec t;
    (void)clock_gettime(clock, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static double now(void)
{
    return read_clock(CLOCK_MONOTONIC);
}

typedef struct made {
    spil_choice *choices;
    double *draw, *value;
    const double **chains;
    size_t chain_count;
} made;

static void clear(made *m)
{
    spil_free(m->choices);
    spil_free(m->draw);
    spil_free(m->value);
    spil_free(m->chains);
}

static spil_status make(made *m, const sizes *z, spil_err *err)
{
    spil_status rc = SPIL_OK;
    m->chain_count = (z->actions + A_CHAIN - 1) / A_CHAIN;
    TRY(NEW_ARRAY(m->choices, z->actions, err));
    TRY(NEW_ARRAY(m->draw, z->actions * z->draws, err));
    TRY(NEW_ARRAY(m->value, m->chain_count * z->draws, err));
    TRY(NEW_ARRAY(m->chains, m->chain_count, err));
    for (size_t c = 0; c < m->chain_count; c++) {
        spil_rng rng = spil_rng_stream(1, c);
        const double likely = pow(spil_rng_unit(&rng), 3);
        m->chains[c] = m->value + c * z->draws;
        for (size_t b = 0; b < z->draws; b++)
            m->value[c * z->draws + b] = likely * (0.5 + spil_rng_unit(&rng));
    }
    for (size_t i = 0; i < z->actions; i++) {
        spil_rng rng = spil_rng_stream(2, i);
        const size_t chain = i / A_CHAIN;
        const uint64_t partner = spil_rng_below(&rng, z->partners);
        const uint64_t hours = spil_rng_below(&rng, 20);
        const uint64_t cost = spil_rng_below(&rng, 10);
        const double effect = spil_rng_unit(&rng);
        for (size_t b = 0; b < z->draws; b++)
            m->draw[i * z->draws + b] =
                m->chains[chain][b] * effect * (0.5 + 0.5 * spil_rng_unit(&rng));
        m->choices[i] =
            (spil_choice){8 * (double)(hours + 1), (spil_partner)partner, chain,
                          m->draw + i * z->draws,  (uint32_t)(i / 2),     500 * (double)cost};
    }
done:
    return rc;
}

static spil_status run_plan(const sizes *z, spil_err *err)
{
    spil_status rc = SPIL_OK;
    made m = {0};
    spil_target_list *list = NULL;
    size_t *chosen = NULL;
    double bound = 0;
    spil_list_opts opts = {.top = z->actions, .budget = 1000.0 * 20 * (double)z->partners};
    for (size_t p = 0; p < SPIL_PARTNER_COUNT; p++)
        opts.hours[p] = p < z->partners ? 40 * 40 : 0;
    TRY(make(&m, z, err));
    const double begin = now();
    TRY(spil_targets_choose(&list, m.choices, z->actions, m.chains, m.chain_count, z->draws, &opts,
                            NULL, err));
    const double chosen_at = now();
    (void)printf(
        "plan: %zu candidates, %zu partners, %zu draws: a list of %zu in %.2f s, gain %.4g\n",
        z->actions, z->partners, z->draws, list->count, chosen_at - begin, list->gain);
    (void)fflush(stdout);
    TRY(NEW_ARRAY(chosen, list->count, err));
    for (size_t i = 0; i < list->count; i++)
        chosen[i] = list->targets[i].choice;
    rc = spil_optimum_bound(&bound, m.choices, z->actions, m.chains, m.chain_count, z->draws, &opts,
                            chosen, list->count, 30, NULL);
    if (rc == SPIL_OK)
        (void)printf("      no list gains more than %.4g (within %.2f%%), in %.2f s\n", bound,
                     100 * (1 - list->gain / bound), now() - chosen_at);
    else if (rc == SPIL_LIMIT)
        (void)printf("      a limit for all lists: not within 30 s\n");
    rc = rc == SPIL_LIMIT ? SPIL_OK : rc;
done:
    clear(&m);
    spil_free(chosen);
    spil_target_list_free(list);
    return rc;
}

static spil_status run_curve(const sizes *z, spil_err *err)
{
    spil_status rc = SPIL_OK;
    spil_csr *g = NULL;
    spil_vid *order = NULL;
    spil_curve *curve = NULL;
    spil_ranking ranking;
    spil_strategy_opts opts = SPIL_STRATEGY_OPTS_DEFAULTS;
    uint64_t sum = 0;
    opts.memory = z->again ? 0 : opts.memory;
    TRY(bench_graph(&g, z->vertices, 4, 1, SPIL_CSR_UNWEIGHTED, err));
    TRY(NEW_ARRAY(order, z->removals, err));
    TRY(spil_ranking_find(&ranking, "betweenness", err));
    const double begin = now(), begin_work = read_clock(CLOCK_PROCESS_CPUTIME_ID);
    TRY(spil_ranking_order(&ranking, g, &opts, z->removals, order, err));
    const double work = read_clock(CLOCK_PROCESS_CPUTIME_ID) - begin_work;
    for (size_t i = 0; i < z->removals; i++)
        sum = sum * 31 + order[i];
    TRY(spil_curve_measure(&curve, g, order, z->removals, 1, false, NULL, err));
    (void)printf("curve: %u vertices, %llu links, %zu removals by exact betweenness in %.1f s, "
                 "%.1f s of the processor; largest component then %.4f of before; order %016llx\n",
                 g->n, (unsigned long long)g->m, z->removals, now() - begin, work,
                 curve->points[curve->count - 1].share, (unsigned long long)sum);
done:
    spil_csr_free(g);
    spil_free(order);
    spil_curve_free(curve);
    return rc;
}

static bool read_number(const char *name, const char *text, sizes *z)
{
    const size_t value = (size_t)strtoull(text, NULL, 10);
    if (strcmp(name, "--actions") == 0)
        z->actions = value;
    else if (strcmp(name, "--partners") == 0 && value <= SPIL_PARTNER_COUNT)
        z->partners = value;
    else if (strcmp(name, "--draws") == 0)
        z->draws = value;
    else if (strcmp(name, "--vertices") == 0)
        z->vertices = (spil_vid)value;
    else if (strcmp(name, "--removals") == 0)
        z->removals = value;
    else
        return false;
    return value > 0;
}

int main(int argc, char **argv)
{
    sizes z = {
        .actions = 100000, .partners = 15, .draws = 200, .vertices = 20000, .removals = 1000};
    bool plan = false, curve = false;
    spil_err err = SPIL_ERR_INIT;
    spil_status rc = SPIL_OK;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "plan") == 0)
            plan = true;
        else if (strcmp(argv[i], "curve") == 0)
            curve = true;
        else if (strcmp(argv[i], "again") == 0)
            z.again = true;
        else if (i + 1 < argc && read_number(argv[i], argv[i + 1], &z))
            i++;
        else {
            (void)fprintf(stderr, "bench_choose: '%s' is no option or number of it\n", argv[i]);
            return 2;
        }
    }
    if (plan || !curve)
        rc = run_plan(&z, &err);
    if (rc == SPIL_OK && (curve || !plan))
        rc = run_curve(&z, &err);
    if (rc != SPIL_OK)
        (void)fprintf(stderr, "bench_choose: %s\n", err.msg);
    return spil_status_exit(rc);
}
