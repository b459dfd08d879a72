/* test_recovery.c - networks that mend themselves, ties that nobody recorded, and positions.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/t.h"

#include "engine/base/par.h"
#include "engine/interventions/hidden.h"
#include "engine/interventions/pieces.h"
#include "engine/interventions/position.h"
#include "engine/interventions/recovery.h"
#include "engine/metrics/components.h"
#include "tests/unit/t_graphs.h"

#include <stdlib.h>

#define DATA "../shared/data/"

static spil_healing *healed(const spil_csr *g, const char *name, size_t count,
                            const spil_recovery_opts *recovery)
{
    spil_err err;
    spil_ranking ranking;
    spil_healing *h = NULL;
    const spil_strategy_opts opts = SPIL_STRATEGY_OPTS_DEFAULTS;
    assert_ok(spil_ranking_find(&ranking, name, &err));
    assert_ok(spil_recovery_run(&h, g, &ranking, &opts, count, recovery, true, &err));
    return h;
}

/* ---- recovery ---- */

/* A ring of ten: without one it is a path of nine. The two orphans knew each other through him, so
 * they link, and the ring of nine that stands then has shorter paths than the ring of ten had. */
static void recovery__by_distance_closes_the_ring_and_leaves_it_more_efficient(void **state)
{
    (void)state;
    spil_csr *const g = t_graph_cycle(10);
    const spil_recovery_opts recovery = SPIL_RECOVERY_OPTS_DEFAULTS;
    spil_healing *const h = healed(g, "degree", 1, &recovery);
    assert_int_equal(h->order[0], 0);
    const double before = h->points[0].healed.efficiency;
    /* distances in a ring of 10: twice 1 2 3 4, once 5; of 9: twice 1 2 3 4 */
    assert_close(before, (2 * (1 + 1.0 / 2 + 1.0 / 3 + 1.0 / 4) + 1.0 / 5) / 9, 1e-12);
    double path = 0;
    for (int d = 1; d < 9; d++)
        path += 2.0 * (9 - d) / d / 72;
    assert_close(h->points[1].hit.efficiency, path, 1e-12);
    assert_true(h->points[1].hit.efficiency < before);
    /* 1 turns to 9; 9 knows 1 by then and turns to 7: a ring of nine with a chord. */
    assert_int_equal(h->points[1].links, 2);
    assert_true(h->points[1].healed.efficiency > 2 * (1 + 1.0 / 2 + 1.0 / 3 + 1.0 / 4) / 8);
    assert_true(h->points[1].healed.efficiency > before);
    spil_healing_free(h);
    spil_csr_free(g);
}

static void recovery__by_degree_leaves_a_long_chain_more_efficient(void **state)
{
    (void)state;
    spil_csr *const g = t_graph_path(21);
    spil_recovery_opts recovery = SPIL_RECOVERY_OPTS_DEFAULTS;
    recovery.rule = SPIL_HEAL_DEGREE;
    spil_healing *const h = healed(g, "betweenness", 3, &recovery);
    assert_int_equal(h->order[0], 10);
    assert_int_equal(h->points[1].hit.components, 2);
    assert_true(h->points[3].healed.efficiency > h->points[0].healed.efficiency);
    assert_true(h->points[3].healed.efficiency > h->points[3].hit.efficiency);
    spil_healing_free(h);
    spil_csr_free(g);
}

static void recovery__without_a_chance_is_the_plain_curve(void **state)
{
    (void)state;
    spil_err err;
    for (uint64_t seed = 0; seed < 32; seed++) {
        spil_csr *const g = t_graph_random(seed, 30);
        spil_recovery_opts recovery = SPIL_RECOVERY_OPTS_DEFAULTS;
        recovery.chance = 0;
        spil_healing *const h = healed(g, "betweenness", g->n, &recovery);
        spil_curve *curve = NULL;
        assert_ok(spil_curve_measure(&curve, g, h->order, g->n, 1, true, NULL, &err));
        assert_int_equal(curve->count, h->count);
        for (size_t i = 0; i < curve->count; i++) {
            assert_int_equal(h->points[i].healed.largest, curve->points[i].largest);
            assert_int_equal(h->points[i].links, 0);
            assert_close(h->points[i].healed.efficiency, curve->points[i].efficiency, 1e-12);
        }
        assert_close(h->robustness, curve->robustness, 1e-12);
        spil_curve_free(curve);
        spil_healing_free(h);
        spil_csr_free(g);
    }
}

static void recovery__waits_for_its_delay_and_counts_its_cost(void **state)
{
    (void)state;
    spil_csr *const g = t_graph_cycle(12);
    spil_recovery_opts recovery = SPIL_RECOVERY_OPTS_DEFAULTS;
    recovery.delay = 2;
    recovery.cost = 2.5;
    spil_healing *const h = healed(g, "degree", 4, &recovery);
    assert_int_equal(h->points[1].links, 0);
    assert_int_equal(h->points[2].links, 0);
    assert_true(h->points[3].links > 0);
    assert_close(h->points[3].cost, 2.5 * (double)h->points[3].links, 1e-12);
    assert_close(h->points[3].hit.share, h->points[3].hit.largest / 12.0, 1e-12);
    spil_healing_free(h);
    spil_csr_free(g);
}

static void recovery__by_role_takes_nobody_else(void **state)
{
    (void)state;
    /* 0 is the cook between 1, 2 and 3; the other cook, 5, is far away behind 4. */
    spil_csr *const g = t_graph_pairs(6, 5, (spil_vid[]){0, 1, 0, 2, 0, 3, 3, 4, 4, 5});
    static const uint32_t role[] = {7, 1, 1, 1, 1, 7};
    spil_recovery_opts recovery = SPIL_RECOVERY_OPTS_DEFAULTS;
    recovery.rule = SPIL_HEAL_DEGREE;
    recovery.role = role;
    spil_healing *const h = healed(g, "degree", 1, &recovery);
    assert_int_equal(h->order[0], 0);
    assert_int_equal(h->points[1].links, 3); /* all three turn to 5 */
    assert_int_equal(h->points[1].healed.components, 1);
    spil_healing_free(h);
    spil_csr_free(g);
}

static void recovery__at_random_follows_its_seed(void **state)
{
    (void)state;
    spil_csr *const g = t_graph_grid(6, 6);
    spil_recovery_opts recovery = SPIL_RECOVERY_OPTS_DEFAULTS;
    recovery.rule = SPIL_HEAL_RANDOM;
    spil_healing *a = healed(g, "betweenness", 6, &recovery);
    spil_healing *b = healed(g, "betweenness", 6, &recovery);
    recovery.seed = 2;
    spil_healing *c = healed(g, "betweenness", 6, &recovery);
    bool differs = false;
    for (size_t i = 0; i < a->count; i++) {
        assert_memory_equal(&a->points[i].healed.efficiency, &b->points[i].healed.efficiency,
                            sizeof(double));
        differs |= a->points[i].healed.efficiency != c->points[i].healed.efficiency;
    }
    assert_true(differs);
    spil_healing_free(a);
    spil_healing_free(b);
    spil_healing_free(c);
    spil_csr_free(g);
}

static void recovery__makes_montagna_mend(void **state)
{
    (void)state;
    spil_csr *const g = t_graph_read(DATA "montagna/meetings_edgelist.tsv");
    if (!g) {
        print_message("SKIPPED: there is no " DATA "montagna/meetings_edgelist.tsv\n");
        skip();
    }
    for (int rule = SPIL_HEAL_DISTANCE; rule <= SPIL_HEAL_RANDOM; rule++) {
        spil_recovery_opts recovery = SPIL_RECOVERY_OPTS_DEFAULTS;
        recovery.rule = (spil_heal_rule)rule;
        spil_healing *const h = healed(g, "betweenness", 10, &recovery);
        print_message("by %-9s largest %u, then %u; efficiency %.3f, then %.3f\n",
                      spil_heal_rule_names[rule], h->points[0].healed.largest,
                      h->points[10].healed.largest, h->points[0].healed.efficiency,
                      h->points[10].healed.efficiency);
        assert_true(h->points[10].healed.largest > 60); /* 19 without recovery */
        assert_true(h->points[10].healed.efficiency > h->points[0].healed.efficiency);
        spil_healing_free(h);
    }
    spil_csr_free(g);
}

static spil_status mend(const spil_csr *g)
{
    spil_ranking ranking;
    spil_healing *h = NULL;
    const spil_strategy_opts opts = SPIL_STRATEGY_OPTS_DEFAULTS;
    const spil_recovery_opts recovery = SPIL_RECOVERY_OPTS_DEFAULTS;
    spil_status rc = spil_ranking_find(&ranking, "degree", NULL);
    if (rc == SPIL_OK)
        rc = spil_recovery_run(&h, g, &ranking, &opts, 3, &recovery, true, NULL);
    spil_healing_free(h);
    return rc;
}

static void recovery__survives_every_failed_allocation(void **state)
{
    (void)state;
    spil_csr *const g = t_graph_kite();
    assert_survives_no_memory(mend(g));
    spil_csr_free(g);
}

/* ---- hidden ties ---- */

static const spil_tie *tie(const spil_ties *ties, spil_vid from, spil_vid to)
{
    for (size_t i = 0; i < ties->count; i++)
        if (ties->ties[i].from == from && ties->ties[i].to == to)
            return &ties->ties[i];
    return NULL;
}

static void ties__of_a_small_network_are_as_on_paper(void **state)
{
    (void)state;
    spil_err err;
    /* 0 and 3 share 1 (3 links) and 2 (2 links); 4 hangs on 1. */
    spil_csr *const g = t_graph_pairs(5, 5, (spil_vid[]){0, 1, 0, 2, 1, 3, 2, 3, 1, 4});
    spil_ties *ties = NULL;
    spil_hidden_opts opts = SPIL_HIDDEN_OPTS_DEFAULTS;
    opts.beta = 0.1;
    opts.length = 3;
    assert_ok(spil_ties_find(&ties, g, &opts, &err));
    const spil_tie *const t = tie(ties, 0, 3);
    assert_non_null(t);
    assert_close(t->score[SPIL_TIE_COMMON], 2, 1e-12);
    assert_close(t->score[SPIL_TIE_ADAMIC], 1 / log(3) + 1 / log(2), 1e-12);
    assert_close(t->score[SPIL_TIE_RESOURCE], 1.0 / 3 + 1.0 / 2, 1e-12);
    assert_close(t->score[SPIL_TIE_KATZ], 0.01 * 2, 1e-12); /* no walk of three: bipartite */
    const spil_tie *const far = tie(ties, 2, 4);            /* 2-0-1-4 and 2-3-1-4 */
    assert_non_null(far);
    assert_close(far->score[SPIL_TIE_COMMON], 0, 1e-12);
    assert_close(far->score[SPIL_TIE_KATZ], 0.001 * 2, 1e-12);
    assert_null(tie(ties, 0, 1));
    assert_ok(spil_ties_sort(ties, SPIL_TIE_COMBINED, &err));
    assert_int_equal(ties->ties[0].from, 1); /* 1 and 2 share 0 and 3, who have two links each */
    assert_int_equal(ties->ties[0].to, 2);
    assert_close(ties->ties[0].score[SPIL_TIE_COMBINED], 1, 1e-12);
    assert_close(ties->ties[1].score[SPIL_TIE_COMBINED], 0.8, 1e-12); /* of five pairs */
    assert_int_equal(ties->ties[4].from, 2); /* 2 and 4 have nobody in common */
    spil_ties_free(ties);
    spil_csr_free(g);
}

/* Dense powers of the adjacency matrix beside the spreading walks. */
static void ties__katz_equals_powers_of_the_matrix(void **state)
{
    (void)state;
    spil_err err;
    for (uint64_t seed = 0; seed < 48; seed++) {
        spil_csr *const g = t_graph_random(seed, 24);
        const spil_vid n = g->n;
        spil_ties *ties = NULL;
        const spil_hidden_opts opts = SPIL_HIDDEN_OPTS_DEFAULTS;
        double *a = NULL, *power = NULL, *next = NULL, *katz = NULL, factor = opts.beta;
        assert_ok(NEW_ARRAY(a, n * n, &err));
        assert_ok(NEW_ARRAY(power, n * n, &err));
        assert_ok(NEW_ARRAY(next, n * n, &err));
        assert_ok(NEW_ARRAY(katz, n * n, &err));
        for (spil_vid v = 0; v < n; v++)
            for (spil_eid i = g->row[v]; i < g->row[v + 1]; i++)
                a[v * n + g->col[i]] = power[v * n + g->col[i]] = 1;
        for (unsigned step = 2; step <= opts.length; step++) {
            factor *= opts.beta;
            for (spil_vid i = 0; i < n; i++)
                for (spil_vid j = 0; j < n; j++) {
                    next[i * n + j] = 0;
                    for (spil_vid k = 0; k < n; k++)
                        next[i * n + j] += power[i * n + k] * a[k * n + j];
                }
            memcpy(power, next, sizeof(double) * n * n);
            for (size_t i = 0; i < (size_t)n * n; i++)
                katz[i] += factor * power[i];
        }
        assert_ok(spil_ties_find(&ties, g, &opts, &err));
        for (size_t i = 0; i < ties->count; i++) {
            const spil_tie *const t = &ties->ties[i];
            assert_close(t->score[SPIL_TIE_KATZ], katz[t->from * n + t->to], 1e-12);
        }
        spil_ties_free(ties);
        spil_free(a);
        spil_free(power);
        spil_free(next);
        spil_free(katz);
        spil_csr_free(g);
    }
}

static void ties__test_of_cliques_finds_what_was_hidden(void **state)
{
    (void)state;
    spil_err err;
    spil_csr *const g = t_graph_barbell(12);
    spil_tie_test result[SPIL_TIE_SCORES];
    const spil_hidden_opts opts = SPIL_HIDDEN_OPTS_DEFAULTS;
    assert_ok(spil_ties_test(g, 0.1, 0, &opts, result, &err));
    assert_int_equal(result[0].held_out, 13);
    for (int by = 0; by < SPIL_TIE_SCORES; by++) {
        assert_true(result[by].auc > 0.9);
        assert_true(result[by].precision > 0.8);
    }
    assert_fails(spil_ties_test(g, 0, 0, &opts, result, &err), SPIL_RANGE, "nothing to compare");
    spil_csr_free(g);
}

/* Every pair against every pair, the slow way. */
static void ties__auc_equals_comparing_all_pairs(void **state)
{
    (void)state;
    spil_err err;
    for (uint64_t seed = 0; seed < 32; seed++) {
        spil_csr *const g = t_graph_random(seed, 26);
        spil_csr *seen = NULL;
        spil_ties *ties = NULL;
        spil_tie_test result[SPIL_TIE_SCORES];
        const spil_hidden_opts opts = SPIL_HIDDEN_OPTS_DEFAULTS;
        if (spil_ties_test(g, 0.2, 3, &opts, result, NULL) != SPIL_OK) {
            spil_csr_free(g);
            continue; /* too small, or complete */
        }
        assert_ok(spil_graph_thinned(&seen, g, 0.2, opts.seed, 3, &err));
        assert_ok(spil_ties_find(&ties, seen, &opts, &err));
        double score[2][400];
        size_t count[2] = {0, 0};
        for (spil_vid u = 0; u < g->n; u++)
            for (spil_vid v = u + 1; v < g->n; v++) {
                bool in_seen = false, in_g = false;
                for (spil_eid i = seen->row[u]; i < seen->row[u + 1]; i++)
                    in_seen |= seen->col[i] == v;
                for (spil_eid i = g->row[u]; i < g->row[u + 1]; i++)
                    in_g |= g->col[i] == v;
                if (in_seen)
                    continue;
                const spil_tie *const t = tie(ties, u, v);
                score[in_g][count[in_g]++] = t ? t->score[SPIL_TIE_KATZ] : 0;
            }
        double wins = 0;
        for (size_t i = 0; i < count[1]; i++)
            for (size_t j = 0; j < count[0]; j++) {
                const double gap = score[1][i] - score[0][j];
                const bool tied = fabs(gap) <= 1e-12 * fmax(score[1][i], score[0][j]);
                wins += tied ? 0.5 : gap > 0;
            }
        assert_int_equal(count[1], result[SPIL_TIE_KATZ].held_out);
        assert_close(result[SPIL_TIE_KATZ].auc, wins / ((double)count[0] * (double)count[1]),
                     1e-12);
        spil_ties_free(ties);
        spil_csr_free(seen);
        spil_csr_free(g);
    }
}

/* On real networks, a tenth of the links held out, twenty draws; as a table. */
static void ties__on_real_networks_beat_chance_and_combining_pays(void **state)
{
    (void)state;
    spil_err err;
    static const char *const files[] = {
        "montagna/meetings_edgelist.tsv", "covert/cocaine_dealing.edges.csv",
        "covert/heroin_dealing.edges.csv", "covert/hijackers.edges.csv",
        "covert/italian_gangs.edges.csv"};
    double total[SPIL_TIE_SCORES] = {0};
    size_t networks = 0;
    for (size_t f = 0; f < sizeof files / sizeof *files; f++) {
        char path[256];
        snprintf(path, sizeof path, DATA "%s", files[f]);
        spil_csr *const g = t_graph_read(path);
        if (!g)
            continue;
        double auc[SPIL_TIE_SCORES] = {0}, precision[SPIL_TIE_SCORES] = {0};
        for (uint64_t draw = 0; draw < 20; draw++) {
            spil_tie_test result[SPIL_TIE_SCORES];
            const spil_hidden_opts opts = SPIL_HIDDEN_OPTS_DEFAULTS;
            assert_ok(spil_ties_test(g, 0.1, draw, &opts, result, &err));
            for (int by = 0; by < SPIL_TIE_SCORES; by++) {
                auc[by] += result[by].auc / 20;
                precision[by] += result[by].precision / 20;
            }
        }
        print_message("%-32s", files[f]);
        for (int by = 0; by < SPIL_TIE_SCORES; by++) {
            print_message("  %s %.3f/%.3f", spil_tie_score_names[by], auc[by], precision[by]);
            total[by] += auc[by];
        }
        print_message("\n");
        networks++;
        spil_csr_free(g);
    }
    if (networks == 0) {
        print_message("SKIPPED: there are no networks under " DATA "\n");
        skip();
    }
    for (int by = 0; by < SPIL_TIE_SCORES; by++)
        assert_true(total[by] / (double)networks > 0.65);
    for (int by = 0; by < SPIL_TIE_COMBINED; by++)
        assert_true(total[SPIL_TIE_COMBINED] > total[by] - 0.02 * (double)networks);
}

static void ties__survive_every_failed_allocation(void **state)
{
    (void)state;
    spil_csr *const g = t_graph_kite();
    spil_tie_test result[SPIL_TIE_SCORES];
    const spil_hidden_opts opts = SPIL_HIDDEN_OPTS_DEFAULTS;
    assert_survives_no_memory(spil_ties_test(g, 0.2, 0, &opts, result, NULL));
    spil_csr_free(g);
}

/* ---- positions ---- */

static void positions__of_a_barbell_are_its_two_joints(void **state)
{
    (void)state;
    spil_err err;
    spil_csr *const g = t_graph_barbell(4);
    static const uint32_t community[] = {0, 0, 0, 0, 1, 1, 1, 1};
    spil_position p[8];
    assert_ok(spil_positions_find(g, community, p, &err));
    assert_int_equal(p[3].communities, 1);
    assert_close(p[3].participation, 1 - 9.0 / 16 - 1.0 / 16, 1e-12);
    assert_int_equal(p[3].parts, 2);
    assert_int_equal(p[3].cut_off, 3);
    assert_int_equal(p[0].communities, 0);
    assert_close(p[0].participation, 0, 1e-12);
    assert_int_equal(p[0].parts, 1);
    assert_int_equal(p[0].cut_off, 0);
    spil_csr_free(g);
}

static void positions__parts_equal_taking_the_vertex_out(void **state)
{
    (void)state;
    spil_err err;
    for (uint64_t seed = 0; seed < 64; seed++) {
        spil_csr *const g = t_graph_random(seed, 40);
        uint32_t *const none = calloc(g->n + 1, sizeof *none);
        uint32_t *const of = calloc(g->n + 1, sizeof *of);
        spil_position *const p = calloc(g->n + 1, sizeof *p);
        uint8_t *const gone = calloc(g->n + 1, 1);
        uint32_t before = 0, after = 0;
        assert_ok(spil_positions_find(g, none, p, &err));
        assert_ok(spil_components_find(g, of, &before, &err));
        for (spil_vid v = 0; v < g->n; v++) {
            spil_csr *rest = NULL;
            spil_vid *name = NULL;
            gone[v] = 1;
            assert_ok(spil_graph_without(&rest, &name, g, gone, &err));
            assert_ok(spil_components_find(rest, of, &after, &err));
            assert_int_equal(p[v].parts, after + 1 - before);
            spil_csr_free(rest);
            spil_free(name);
            gone[v] = 0;
        }
        free(none);
        free(of);
        free(p);
        free(gone);
        spil_csr_free(g);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(recovery__by_distance_closes_the_ring_and_leaves_it_more_efficient),
        T(recovery__by_degree_leaves_a_long_chain_more_efficient),
        T(recovery__without_a_chance_is_the_plain_curve),
        T(recovery__waits_for_its_delay_and_counts_its_cost),
        T(recovery__by_role_takes_nobody_else),
        T(recovery__at_random_follows_its_seed),
        T(recovery__makes_montagna_mend),
        T(recovery__survives_every_failed_allocation),
        T(ties__of_a_small_network_are_as_on_paper),
        T(ties__katz_equals_powers_of_the_matrix),
        T(ties__test_of_cliques_finds_what_was_hidden),
        T(ties__auc_equals_comparing_all_pairs),
        T(ties__on_real_networks_beat_chance_and_combining_pays),
        T(ties__survive_every_failed_allocation),
        T(positions__of_a_barbell_are_its_two_joints),
        T(positions__parts_equal_taking_the_vertex_out),
    };
    spil_par_set_threads(1); /* thousands of tiny runs: threads would only wait */
    return cmocka_run_group_tests(tests, NULL, NULL);
}
