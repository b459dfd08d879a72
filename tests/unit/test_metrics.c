/* test_metrics.c - every metric: closed forms, igraph as the oracle on random graphs, and what must
 * not change the result. SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/t.h"

#include "engine/base/par.h"
#include "engine/graph/igraph_view.h"
#include "engine/metrics/linear.h"
#include "engine/metrics/metric.h"
#include "tests/unit/t_graphs.h"

#include <stdlib.h>

enum { GRAPHS = 1040, SIZE = 70 };

static double *computed(const char *name, const spil_csr *g, bool weighted)
{
    spil_err err;
    spil_metric_opts opts = SPIL_METRIC_OPTS_DEFAULTS;
    const spil_metric *const metric = spil_metric_find(name);
    double *value = NULL;
    assert_non_null(metric);
    opts.weighted = weighted;
    assert_ok(NEW_ARRAY(value, g->n, &err));
    assert_ok(metric->run(g, &opts, value, NULL, &err));
    return value;
}

/* ---- closed forms ---- */

static void assert_values(const char *name, spil_csr *g, const double *expected)
{
    double *const value = computed(name, g, false);
    for (spil_vid v = 0; v < g->n; v++)
        assert_close(value[v], expected[v], 1e-12);
    spil_free(value);
    spil_csr_free(g);
}

static void betweenness__of_a_star_is_all_pairs_of_leaves(void **state)
{
    (void)state;
    assert_values("betweenness", t_graph_star(5), (double[]){6, 0, 0, 0, 0});
}

static void betweenness__of_a_path_is_left_times_right(void **state)
{
    (void)state;
    assert_values("betweenness", t_graph_path(5), (double[]){0, 3, 4, 3, 0});
}

static void betweenness__of_a_cycle_shares_the_far_side(void **state)
{
    (void)state;
    assert_values("betweenness", t_graph_cycle(4), (double[]){0.5, 0.5, 0.5, 0.5});
    assert_values("betweenness", t_graph_cycle(5), (double[]){1, 1, 1, 1, 1});
}

static void betweenness__of_the_kite_is_as_published(void **state)
{
    (void)state;
    spil_csr *const g = t_graph_kite();
    double *const value = computed("betweenness", g, false);
    assert_close(value[7], 14, 1e-12); /* Heather */
    assert_close(value[8], 8, 1e-12);  /* Ike */
    assert_close(value[3], 3.6666666666666667, 1e-12);
    spil_free(value);
    spil_csr_free(g);
}

static void betweenness__counts_more_paths_than_a_double_holds(void **state)
{
    (void)state;
    /* Diamonds closed to a ring, so that it is one block: 2^k paths along k of them. */
    enum { DIAMONDS = 2060 };
    spil_vid *const pairs = malloc(DIAMONDS * 8 * sizeof *pairs);
    assert_non_null(pairs);
    for (spil_vid d = 0; d < DIAMONDS; d++) {
        const spil_vid here = 3 * d, there = 3 * ((d + 1) % DIAMONDS);
        const spil_vid four[] = {here, here + 1, here, here + 2, here + 1, there, here + 2, there};
        memcpy(pairs + 8 * d, four, sizeof four);
    }
    spil_csr *const g = t_graph_pairs(3 * DIAMONDS, DIAMONDS * 4, pairs);
    double *const value = computed("betweenness", g, false);
    for (spil_vid v = 0; v < g->n; v++) { /* by symmetry two values, and all is finite */
        assert_true(isfinite(value[v]));
        assert_close(value[v], value[v % 3 == 0 ? 0 : 1], 1e-9);
    }
    assert_true(value[0] > value[1] && value[1] > 0);
    free(pairs);
    spil_free(value);
    spil_csr_free(g);
}

static void harmonic__of_a_path_sums_one_over_distance(void **state)
{
    (void)state;
    assert_values("harmonic", t_graph_path(4),
                  (double[]){1 + 0.5 + 1 / 3.0, 2.5, 2.5, 1 + 0.5 + 1 / 3.0});
}

static void closeness__of_a_path_and_of_two_pieces(void **state)
{
    (void)state;
    assert_values("closeness", t_graph_path(4), (double[]){3 / 6.0, 3 / 4.0, 3 / 4.0, 3 / 6.0});
    /* a pair, and a path of three: 1/4 and 2/4 of the others are within reach */
    assert_values("closeness", t_graph_pairs(5, 3, (spil_vid[]){0, 1, 2, 3, 3, 4}),
                  (double[]){0.25, 0.25, 0.5 * 2 / 3, 0.5, 0.5 * 2 / 3});
    assert_values("closeness", t_graph_pairs(1, 0, NULL), (double[]){0});
}

static void constraint__of_a_triangle_and_a_star(void **state)
{
    (void)state;
    assert_values("constraint", t_graph_clique(3), (double[]){1.125, 1.125, 1.125});
    assert_values("constraint", t_graph_star(5), (double[]){0.25, 1, 1, 1, 1});
    assert_values("constraint", t_graph_pairs(1, 0, NULL), (double[]){1});
}

static void effective_size__counts_contacts_that_lead_elsewhere(void **state)
{
    (void)state;
    assert_values("effective_size", t_graph_star(5), (double[]){4, 1, 1, 1, 1});
    assert_values("effective_size", t_graph_clique(4), (double[]){1, 1, 1, 1});
    assert_values("effective_size", t_graph_barbell(3), (double[]){1, 1, 7 / 3.0, 7 / 3.0, 1, 1});
    assert_values("effective_size", t_graph_pairs(1, 0, NULL), (double[]){0});
}

/* b = 0.85 / (largest eigenvalue): 0.425 in a star of five, 0.85 / 3 in a clique of four. */
static void katz__of_a_star_a_clique_and_nobody(void **state)
{
    (void)state;
    const double centre = (1 + 4 * 0.425) / (1 - 4 * 0.425 * 0.425), leaf = 1 + 0.425 * centre;
    const double one = 1 / (1 - 0.85);
    assert_values("katz", t_graph_star(5), (double[]){centre, leaf, leaf, leaf, leaf});
    assert_values("katz", t_graph_clique(4), (double[]){one, one, one, one});
    assert_values("katz", t_graph_pairs(2, 0, NULL), (double[]){1, 1});
}

static void eigenvector__of_a_star_is_one_over_root_of_leaves(void **state)
{
    (void)state;
    assert_values("eigenvector", t_graph_star(5), (double[]){1, 0.5, 0.5, 0.5, 0.5});
}

static void pagerank__shares_the_mass_of_isolated_vertices(void **state)
{
    (void)state;
    /* x0 = x1 = .85 x0 + t, x2 = t: 2 t / .15 + t = 1 */
    const double t = 1 / (2 / 0.15 + 1);
    assert_values("pagerank", t_graph_pairs(3, 1, (spil_vid[]){0, 1}),
                  (double[]){t / 0.15, t / 0.15, t});
}

static void coreness_and_clustering__of_a_barbell(void **state)
{
    (void)state;
    assert_values("coreness", t_graph_barbell(4), (double[]){3, 3, 3, 3, 3, 3, 3, 3});
    assert_values("clustering", t_graph_barbell(4), (double[]){1, 1, 1, 0.5, 0.5, 1, 1, 1});
    assert_values("articulation", t_graph_barbell(4), (double[]){0, 0, 0, 1, 1, 0, 0, 0});
}

static void component__is_numbered_by_first_vertex(void **state)
{
    (void)state;
    assert_values("component", t_graph_pairs(6, 2, (spil_vid[]){5, 0, 4, 2}),
                  (double[]){0, 1, 2, 3, 2, 0});
}

/* ---- igraph ---- */

typedef struct oracle_case {
    const char *name;
    spil_igraph_metric metric;
    bool weighted;
} oracle_case;

static void compare(const oracle_case *c, const spil_csr *g, double *expected, uint64_t seed)
{
    double *const value = computed(c->name, g, c->weighted);
    for (spil_vid v = 0; v < g->n; v++) {
        if (isnan(expected[v]))
            continue; /* igraph leaves it open */
        const double gap = fabs(value[v] - expected[v]);
        if (!(gap <= 1e-9 * fabs(expected[v]) + 1e-13))
            fail_msg("%s, graph %llu, vertex %u: %.17g, igraph says %.17g", c->name,
                     (unsigned long long)seed, v, value[v], expected[v]);
    }
    spil_free(value);
}

static void metrics__agree_with_igraph_on_random_graphs(void **state)
{
    (void)state;
    static const oracle_case cases[] = {
        {"degree", SPIL_IGRAPH_DEGREE, false},
        {"strength", SPIL_IGRAPH_STRENGTH, true},
        {"betweenness", SPIL_IGRAPH_BETWEENNESS, false},
        {"harmonic", SPIL_IGRAPH_HARMONIC, false},
        {"pagerank", SPIL_IGRAPH_PAGERANK, false},
        {"pagerank", SPIL_IGRAPH_PAGERANK_WEIGHTED, true},
        {"coreness", SPIL_IGRAPH_CORENESS, false},
        {"constraint", SPIL_IGRAPH_CONSTRAINT, false},
        {"constraint", SPIL_IGRAPH_CONSTRAINT_WEIGHTED, true},
        {"clustering", SPIL_IGRAPH_CLUSTERING, false},
        {"clustering", SPIL_IGRAPH_CLUSTERING_WEIGHTED, true},
        {"articulation", SPIL_IGRAPH_ARTICULATION, false},
        {"component", SPIL_IGRAPH_COMPONENT, false},
    };
    for (uint64_t seed = 0; seed < GRAPHS; seed++) {
        spil_err err;
        spil_csr *const g = t_graph_random(seed, SIZE);
        spil_igraph *graph = NULL;
        double *expected = NULL;
        assert_ok(NEW_ARRAY(expected, g->n, &err));
        assert_ok(spil_igraph_new(&graph, g, &err));
        for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
            if (g->n == 0)
                continue; /* igraph has no PageRank of nothing; see metrics__take_the_empty_graph */
            assert_ok(spil_igraph_metric_run(graph, cases[i].metric, expected, &err));
            compare(&cases[i], g, expected, seed);
        }
        spil_igraph_free(graph);
        spil_free(expected);
        spil_csr_free(g);
    }
}

/* From igraph's 1 / (sum of distances) within reach, which it leaves open where nobody is. */
static void times_who_is_reached(const spil_csr *g, double *closeness)
{
    double *const part = computed("component", g, false);
    for (spil_vid v = 0; v < g->n; v++) {
        double others = -1;
        for (spil_vid u = 0; u < g->n; u++)
            others += part[u] == part[v];
        closeness[v] = others > 0 ? closeness[v] * others * others / (g->n - 1.0) : 0;
    }
    spil_free(part);
}

static void closeness__is_igraphs_times_who_is_within_reach(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < GRAPHS; seed++) {
        spil_err err;
        spil_csr *const g = t_graph_random(seed, SIZE);
        spil_igraph *graph = NULL;
        double *expected = NULL;
        assert_ok(NEW_ARRAY(expected, g->n, &err));
        assert_ok(spil_igraph_new(&graph, g, &err));
        if (g->n > 0)
            assert_ok(spil_igraph_metric_run(graph, SPIL_IGRAPH_CLOSENESS, expected, &err));
        times_who_is_reached(g, expected);
        compare(&(oracle_case){"closeness", SPIL_IGRAPH_CLOSENESS, false}, g, expected, seed);
        spil_igraph_free(graph);
        spil_free(expected);
        spil_csr_free(g);
    }
}

/* A link is 1/weight long; igraph is given the lengths. */
static void metrics__of_distances_agree_with_igraph_by_weight(void **state)
{
    (void)state;
    static const oracle_case cases[] = {
        {"betweenness", SPIL_IGRAPH_BETWEENNESS_WEIGHTED, true},
        {"harmonic", SPIL_IGRAPH_HARMONIC_WEIGHTED, true},
        {"closeness", SPIL_IGRAPH_CLOSENESS_WEIGHTED, true},
    };
    for (uint64_t seed = 0; seed < GRAPHS; seed++) {
        spil_err err;
        spil_csr *const g = t_graph_random(seed, SIZE), *const lengths = t_graph_random(seed, SIZE);
        spil_igraph *graph = NULL;
        double *expected = NULL;
        for (spil_eid i = 0; i < 2 * g->m; i++)
            lengths->weight[i] = 1 / g->weight[i];
        assert_ok(NEW_ARRAY(expected, g->n, &err));
        assert_ok(spil_igraph_new(&graph, lengths, &err));
        for (size_t i = 0; g->n > 0 && i < sizeof cases / sizeof cases[0]; i++) {
            assert_ok(spil_igraph_metric_run(graph, cases[i].metric, expected, &err));
            if (cases[i].metric == SPIL_IGRAPH_CLOSENESS_WEIGHTED)
                times_who_is_reached(g, expected);
            compare(&cases[i], g, expected, seed);
        }
        spil_igraph_free(graph);
        spil_free(expected);
        spil_csr_free(g);
        spil_csr_free(lengths);
    }
}

static void metrics__by_weight_say_when_they_would_take_too_long(void **state)
{
    (void)state;
    const char *const names[] = {"betweenness", "harmonic", "closeness"};
    spil_csr *const g = t_graph_path(5);
    spil_metric_opts opts = SPIL_METRIC_OPTS_DEFAULTS;
    double value[5];
    opts.weighted = true;
    opts.exact_work = 19; /* 5 vertices, 4 links */
    for (size_t i = 0; i < 3; i++) {
        spil_err err;
        assert_fails(spil_metric_find(names[i])->run(g, &opts, value, NULL, &err), SPIL_LIMIT,
                     "with weights on 5 entities and 4 links takes long");
    }
    spil_csr_free(g);
}

/* Burt's formula, term by term. */
static void effective_size__by_weight_is_its_definition(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < GRAPHS; seed++) {
        spil_csr *const g = t_graph_random(seed, SIZE);
        double *const value = computed("effective_size", g, true);
        for (spil_vid i = 0; i < g->n; i++) {
            double sum = 0, strength = 0;
            for (spil_eid a = g->row[i]; a < g->row[i + 1]; a++)
                strength += g->weight[a];
            for (spil_eid a = g->row[i]; a < g->row[i + 1]; a++) {
                const spil_vid j = g->col[a];
                double lost = 0, largest = 0;
                for (spil_eid b = g->row[j]; b < g->row[j + 1]; b++)
                    largest = fmax(largest, g->weight[b]);
                for (spil_eid b = g->row[j]; b < g->row[j + 1]; b++)
                    for (spil_eid c = g->row[i]; c < g->row[i + 1]; c++)
                        if (g->col[b] == g->col[c])
                            lost += g->weight[c] / strength * g->weight[b] / largest;
                sum += 1 - lost;
            }
            assert_close(value[i], sum, 1e-12);
        }
        spil_free(value);
        spil_csr_free(g);
    }
}

static void betweenness__agrees_with_igraph_on_larger_graphs(void **state)
{
    (void)state;
    for (uint64_t seed = 4; seed < 16; seed++) { /* levels that pull, sources in sorted order */
        spil_err err;
        const oracle_case c = {"betweenness", SPIL_IGRAPH_BETWEENNESS, false};
        spil_csr *const g = t_graph_random(seed + 16 * 3, 1500);
        spil_igraph *graph = NULL;
        double *expected = NULL;
        assert_ok(NEW_ARRAY(expected, g->n, &err));
        assert_ok(spil_igraph_new(&graph, g, &err));
        assert_ok(spil_igraph_metric_run(graph, c.metric, expected, &err));
        compare(&c, g, expected, seed);
        spil_igraph_free(graph);
        spil_free(expected);
        spil_csr_free(g);
    }
}

/* Only where the answer is one: the largest eigenvalue of a connected graph. Both must solve
 * A x = lambda x; igraph's vector is compared where the next eigenvalue is not too near. */
static void eigenvector__solves_its_equation_and_agrees_with_igraph(void **state)
{
    (void)state;
    unsigned compared = 0;
    for (uint64_t seed = 0; seed < GRAPHS; seed++)
        for (int weighted = 0; weighted < 2; weighted++) {
            spil_err err;
            spil_csr *const g = t_graph_random(seed, SIZE);
            double *const x = computed("eigenvector", g, weighted);
            double *const part = computed("component", g, false);
            spil_igraph *graph = NULL;
            double *expected = NULL, lambda = 0, worst = 0;
            bool connected = g->n > 1;
            for (spil_vid v = 0; v < g->n; v++)
                connected = connected && part[v] == 0;
            for (spil_vid v = 0; v < g->n && g->m > 0; v++) {
                double sum = 0;
                for (spil_eid i = g->row[v]; i < g->row[v + 1]; i++)
                    sum += (weighted ? g->weight[i] : 1) * x[g->col[i]];
                if (x[v] == 1)
                    lambda = sum;
            }
            for (spil_vid v = 0; v < g->n && g->m > 0; v++) {
                double sum = 0;
                for (spil_eid i = g->row[v]; i < g->row[v + 1]; i++)
                    sum += (weighted ? g->weight[i] : 1) * x[g->col[i]];
                worst = fmax(worst, fabs(sum - lambda * x[v]));
            }
            if (worst > 1e-11 * fmax(1, lambda))
                fail_msg("graph %llu: residual %g", (unsigned long long)seed, worst);
            if (connected) {
                assert_ok(NEW_ARRAY(expected, g->n, &err));
                assert_ok(spil_igraph_new(&graph, g, &err));
                assert_ok(spil_igraph_metric_run(
                    graph, weighted ? SPIL_IGRAPH_EIGENVECTOR_WEIGHTED : SPIL_IGRAPH_EIGENVECTOR,
                    expected, &err));
                for (spil_vid v = 0; v < g->n; v++)
                    if (fabs(x[v] - expected[v]) > 1e-9)
                        fail_msg("graph %llu vertex %u: %.17g, igraph %.17g",
                                 (unsigned long long)seed, v, x[v], expected[v]);
                compared++;
            }
            spil_igraph_free(graph);
            spil_free(expected);
            spil_free(part);
            spil_free(x);
            spil_csr_free(g);
        }
    assert_true(compared > GRAPHS / 2);
}

/* x = 1 + b A x, with igraph's vector giving the eigenvalue in b. */
static void katz__solves_its_equation(void **state)
{
    (void)state;
    unsigned compared = 0;
    for (uint64_t seed = 0; seed < GRAPHS; seed++) {
        spil_err err;
        spil_csr *const g = t_graph_random(seed, SIZE);
        double *const x = computed("katz", g, true);
        spil_igraph *graph = NULL;
        double vector[SIZE + 80], sums[SIZE + 80], lambda = 0;
        assert_true(g->n <= sizeof vector / sizeof *vector);
        assert_ok(spil_igraph_new(&graph, g, &err));
        if (g->m > 0)
            assert_ok(
                spil_igraph_metric_run(graph, SPIL_IGRAPH_EIGENVECTOR_WEIGHTED, vector, &err));
        spil_adjacency_times(g, true, vector, sums);
        for (spil_vid v = 0; v < g->n && g->m > 0; v++)
            if (vector[v] > 1 - 1e-12)
                lambda = sums[v];
        spil_adjacency_times(g, true, x, sums);
        for (spil_vid v = 0; v < g->n; v++)
            assert_close(x[v], 1 + (g->m > 0 ? 0.85 / lambda * sums[v] : 0), 1e-9);
        compared += g->m > 0;
        spil_igraph_free(graph);
        spil_free(x);
        spil_csr_free(g);
    }
    assert_true(compared > GRAPHS / 2);
}

/* By the definition: a walker that starts anew at reset, and goes there from where no link leads.
 */
static void walk_long(const spil_csr *g, const double *reset, double total, double *x)
{
    double next[SIZE + 80];
    memset(x, 0, g->n * sizeof *x);
    for (int step = 0; step < 300; step++) {
        double stuck = 0;
        for (spil_vid v = 0; v < g->n; v++)
            stuck += spil_degree(g, v) ? 0 : x[v];
        for (spil_vid v = 0; v < g->n; v++) {
            next[v] = (0.15 + 0.85 * stuck) * reset[v] / total;
            for (spil_eid i = g->row[v]; i < g->row[v + 1]; i++)
                next[v] += 0.85 * x[g->col[i]] / spil_degree(g, g->col[i]);
        }
        double sum = 0;
        for (spil_vid v = 0; v < g->n; v++)
            sum += next[v];
        for (spil_vid v = 0; v < g->n; v++)
            x[v] = next[v] / sum;
    }
}

static void pagerank__from_chosen_vertices_is_a_walk_from_there(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < GRAPHS; seed++) {
        spil_err err;
        spil_csr *const g = t_graph_random(seed, SIZE);
        double reset[SIZE + 80], value[SIZE + 80], expected[SIZE + 80], total = 0;
        spil_metric_opts opts = SPIL_METRIC_OPTS_DEFAULTS;
        for (spil_vid v = 0; v < g->n; v++)
            total += reset[v] = (v * 5 + seed) % 7 == 0 ? 1 + v % 3 : 0;
        opts.reset = reset;
        if (total > 0) {
            assert_ok(spil_metric_find("pagerank")->run(g, &opts, value, NULL, &err));
            walk_long(g, reset, total, expected);
        }
        for (spil_vid v = 0; v < g->n && total > 0; v++)
            if (fabs(value[v] - expected[v]) > 1e-11)
                fail_msg("graph %llu vertex %u: %.17g, expected %.17g", (unsigned long long)seed, v,
                         value[v], expected[v]);
        spil_csr_free(g);
    }
}

/* ---- invariants ---- */

static bool needs_order(const spil_metric *metric)
{
    return strcmp(metric->name, "component") == 0; /* numbered by first vertex */
}

static void metrics__do_not_depend_on_the_names_of_vertices(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 64; seed++) {
        spil_csr *const g = t_graph_random(seed, SIZE);
        spil_vid *name = NULL;
        spil_csr *const h = t_graph_relabel(g, seed, &name);
        for (size_t i = 0; i < spil_metric_count; i++) {
            if (needs_order(spil_metrics[i]))
                continue;
            double *const a = computed(spil_metrics[i]->name, g, false);
            double *const b = computed(spil_metrics[i]->name, h, false);
            for (spil_vid v = 0; v < g->n; v++)
                assert_close(a[v], b[name[v]], 1e-9);
            spil_free(a);
            spil_free(b);
        }
        spil_free(name);
        spil_csr_free(g);
        spil_csr_free(h);
    }
}

static void assert_same_bits(const spil_metric *metric, const spil_csr *g)
{
    spil_par_set_threads(1);
    double *const one = computed(metric->name, g, true);
    for (unsigned threads = 2; threads <= 5; threads += 3) {
        spil_par_set_threads(threads);
        double *const many = computed(metric->name, g, true);
        assert_memory_equal(one, many, g->n * sizeof *one);
        spil_free(many);
    }
    spil_free(one);
    spil_par_set_threads(0);
}

static void metrics__give_the_same_bits_for_any_number_of_threads(void **state)
{
    (void)state;
    const uint64_t seeds[] = {13, 12};
    for (size_t s = 0; s < 2; s++) {
        spil_csr *const g = t_graph_random(seeds[s] + 16 * 7, 9000);
        for (size_t i = 0; i < spil_metric_count; i++)
            assert_same_bits(spil_metrics[i], g);
        spil_csr_free(g);
    }
}

/* Those that run on one thread below SPIL_WORTH_THREADS vertices. */
static void metrics__of_vectors_give_the_same_bits_for_any_number_of_threads(void **state)
{
    (void)state;
    const char *const names[] = {"pagerank", "eigenvector", "katz", "strength"};
    spil_csr *const g = t_graph_random(13 + 16 * 7, 2 * SPIL_WORTH_THREADS);
    assert_true(g->n >= SPIL_WORTH_THREADS);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        assert_same_bits(spil_metric_find(names[i]), g);
    spil_csr_free(g);
}

static void metrics__take_the_empty_graph(void **state)
{
    (void)state;
    spil_csr *const g = t_graph_pairs(0, 0, NULL);
    for (size_t i = 0; i < spil_metric_count; i++)
        spil_free(computed(spil_metrics[i]->name, g, false));
    spil_csr_free(g);
}

static void metrics__stop_when_asked(void **state)
{
    (void)state;
    const char *const long_ones[] = {"betweenness", "harmonic",   "pagerank",       "eigenvector",
                                     "constraint",  "clustering", "articulation",   "katz",
                                     "coreness",    "component",  "effective_size", "closeness"};
    spil_csr *const g = t_graph_random(15, SIZE);
    spil_metric_opts opts = SPIL_METRIC_OPTS_DEFAULTS;
    double value[SIZE];
    for (size_t i = 0; i < sizeof long_ones / sizeof long_ones[0]; i++) {
        spil_err err;
        spil_request_stop();
        assert_fails(spil_metric_find(long_ones[i])->run(g, &opts, value, NULL, &err),
                     SPIL_CANCELLED, "stopped");
        spil_clear_stop();
    }
    spil_csr_free(g);
}

static spil_status run_quietly(const spil_metric *metric, const spil_csr *g)
{
    const spil_metric_opts opts = SPIL_METRIC_OPTS_DEFAULTS;
    double value[SIZE];
    return metric->run(g, &opts, value, NULL, NULL);
}

static void metrics__survive_lack_of_memory(void **state)
{
    (void)state;
    spil_csr *const g = t_graph_random(10 + 16, SIZE);
    spil_par_set_threads(1);
    for (size_t i = 0; i < spil_metric_count; i++)
        assert_survives_no_memory(run_quietly(spil_metrics[i], g));
    spil_par_set_threads(0);
    spil_csr_free(g);
}

static void metrics__registry_is_complete_and_without_doubles(void **state)
{
    (void)state;
    for (size_t i = 0; i < spil_metric_count; i++) {
        const spil_metric *const m = spil_metrics[i];
        assert_ptr_equal(spil_metric_find(m->name), m);
        assert_true(*m->label_en && *m->label_nl && *m->summary && *m->source && *m->cost);
    }
    assert_null(spil_metric_find("no such metric"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(betweenness__of_a_star_is_all_pairs_of_leaves),
        T(betweenness__of_a_path_is_left_times_right),
        T(betweenness__of_a_cycle_shares_the_far_side),
        T(betweenness__of_the_kite_is_as_published),
        T(betweenness__counts_more_paths_than_a_double_holds),
        T(harmonic__of_a_path_sums_one_over_distance),
        T(closeness__of_a_path_and_of_two_pieces),
        T(constraint__of_a_triangle_and_a_star),
        T(effective_size__counts_contacts_that_lead_elsewhere),
        T(katz__of_a_star_a_clique_and_nobody),
        T(eigenvector__of_a_star_is_one_over_root_of_leaves),
        T(pagerank__shares_the_mass_of_isolated_vertices),
        T(coreness_and_clustering__of_a_barbell),
        T(component__is_numbered_by_first_vertex),
        T(metrics__agree_with_igraph_on_random_graphs),
        T(closeness__is_igraphs_times_who_is_within_reach),
        T(metrics__of_distances_agree_with_igraph_by_weight),
        T(metrics__by_weight_say_when_they_would_take_too_long),
        T(effective_size__by_weight_is_its_definition),
        T(betweenness__agrees_with_igraph_on_larger_graphs),
        T(eigenvector__solves_its_equation_and_agrees_with_igraph),
        T(katz__solves_its_equation),
        T(pagerank__from_chosen_vertices_is_a_walk_from_there),
        T(metrics__do_not_depend_on_the_names_of_vertices),
        T(metrics__give_the_same_bits_for_any_number_of_threads),
        T(metrics__of_vectors_give_the_same_bits_for_any_number_of_threads),
        T(metrics__take_the_empty_graph),
        T(metrics__stop_when_asked),
        T(metrics__survive_lack_of_memory),
        T(metrics__registry_is_complete_and_without_doubles),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
